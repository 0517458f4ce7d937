"""QR codes: written as PDF operators, read from pictures and PDFs. The only module that knows zxing-cpp.

zxing-cpp encodes one in a fifth of a millisecond; segno, in pure Python, takes three.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pypdfium2
import zxingcpp
from PIL import Image, UnidentifiedImageError

from pipeline.errors import FileFault

MASK = 3
"""The mask pattern. Trying all eight for the best one takes six times as long as the rest of the code."""
QUIET = 4
"""Modules of quiet zone on each side."""
_DPI = 300


def operators(text: str, places: Sequence[tuple[float, float]], size_pt: float) -> bytes:
    """PDF operators that draw a QR code at several places, as a mask of one bit a module.

    A mask is drawn as sharply as rectangles would be, and a reader takes a sixth of the time over it.

    :param places: lower left corners, in points; quiet zone included.
    :param size_pt: side of the code with its quiet zone.
    """
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M", dataMask=MASK)
    image: Any = code.to_image(scale=1, add_quiet_zones=False)
    modules = memoryview(image)
    count = len(modules)
    bits = Image.frombytes("L", (count, count), modules.tobytes()).convert("1", dither=Image.Dither.NONE)
    module = size_pt / (count + 2 * QUIET)
    picture = f"BI /W {count} /H {count} /BPC 1 /IM true /F /AHx ID {bits.tobytes().hex()}> EI"
    side = module * count
    corners = ((x + QUIET * module, y + QUIET * module) for x, y in places)
    return "".join(
        f"q {side:.3f} 0 0 {side:.3f} {x:.2f} {y:.2f} cm 0 g {picture} Q\n" for x, y in corners
    ).encode()


def read(path: Path) -> list[str]:
    """The texts of all QR codes in a picture or a PDF.

    :raises FileFault: neither, or it cannot be read.
    """
    texts: dict[str, None] = {}
    for image in _images(path):
        for found in zxingcpp.read_barcodes(image, zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])):
            texts[found.text] = None
    return list(texts)


def _images(path: Path) -> Iterator[Any]:
    try:
        if path.read_bytes()[:5] == b"%PDF-":
            for page in pypdfium2.PdfDocument(path):
                yield page.render(scale=_DPI / 72, grayscale=True).to_pil()
        else:
            with Image.open(path) as image:
                yield image.convert("L")
    except OSError as fault:
        raise FileFault(
            f"{path} 读不了：{fault.strerror or '不是图片'}。请给一张照片、扫描件或 PDF。"
        ) from fault
    except (pypdfium2.PdfiumError, UnidentifiedImageError) as fault:
        raise FileFault(f"{path} 不是完好的图片或 PDF。") from fault
