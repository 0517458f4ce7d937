"""A paper's first page as a picture, to be looked at before it is printed."""

import threading
from io import BytesIO
from pathlib import Path

import pypdfium2

from pipeline.errors import FileFault

DOTS_PER_INCH = 80
_ONE_AT_A_TIME = threading.Lock()
"""pdfium is not made for several threads."""


def first_page(path: Path) -> bytes:
    """The first page of a PDF, as a PNG of :data:`DOTS_PER_INCH`.

    :raises FileFault: it cannot be read.
    """
    with _ONE_AT_A_TIME:
        try:
            document = pypdfium2.PdfDocument(path)
        except (OSError, pypdfium2.PdfiumError) as fault:
            raise FileFault(f"{path.name} 打不开，请重做。") from fault
        try:
            picture = document[0].render(scale=DOTS_PER_INCH / 72).to_pil()
        finally:
            document.close()
    made = BytesIO()
    picture.save(made, "PNG")
    return made.getvalue()
