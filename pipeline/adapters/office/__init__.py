"""LibreOffice, fenced in: the only package that starts a program.

``soffice`` can exit 0 without a PDF, hang, or leave children behind; so each call has its own process group and
deadline, dies with us, and counts as done only when the PDF opens and has pages.

``program``    documents → PDF
``fonts``      which fonts there are
``foundation`` what a page depends on besides its document
``resident``   a LibreOffice that stays, so that each document need not wait for one to start
"""

from pipeline.adapters.office.program import Office

__all__ = ["Office"]
