"""Workbooks of before 2007 (.xls, .et): ``ole2`` is their container, ``xls`` their cells.

Encrypted ones come in that container too, the newer .xlsx included; ``protected`` opens those whose password is known to all.
"""

CONTAINER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How an OLE2 file begins."""
STREAMS = (b"\x09\x08\x10\0", b"\x09\x08\x08\0", b"\x09\x04\x06\0", b"\x09\x02\x06\0", b"\x09\0\x04\0")
"""How a workbook without one does: the first record of a BIFF stream, version 8 to 2, and its length."""
