"""QR codes written as PDF operators.

zxing-cpp encodes one in a fifth of a millisecond; segno, in pure Python, takes three.
"""

from collections.abc import Sequence
from typing import Any

import zxingcpp

MASK = 3
"""The mask pattern. Trying all eight for the best one takes six times as long as the rest of the code."""
QUIET = 4
"""Modules of quiet zone on each side."""
LEVEL = "Q"
"""A quarter of the code may be lost; more correction makes modules so small that a phone must come closer."""

_BITS = bytes(ord("01"[level >= 128]) for level in range(256))


def operators(text: str, places: Sequence[tuple[float, float]], size_pt: float) -> bytes:
    """PDF operators that draw a QR code at several places, as a mask of one bit a module.

    A mask is drawn as sharply as rectangles would be, and a reader takes a sixth of the time over it.

    :param places: lower left corners, in points; quiet zone included.
    :param size_pt: side of the code with its quiet zone.
    """
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level=LEVEL, dataMask=MASK)
    image: Any = code.to_image(scale=1, add_quiet_zones=False)
    modules = memoryview(image)
    count = len(modules)
    module = size_pt / (count + 2 * QUIET)
    picture = f"BI /W {count} /H {count} /BPC 1 /IM true /F /AHx ID {_packed(modules.tobytes(), count)}> EI"
    side = module * count
    corners = ((x + QUIET * module, y + QUIET * module) for x, y in places)
    return "".join(
        f"q {side:.3f} 0 0 {side:.3f} {x:.2f} {y:.2f} cm 0 g {picture} Q\n" for x, y in corners
    ).encode()


def _packed(modules: bytes, count: int) -> str:
    """A code's modules, of a byte each, as rows of bits that begin at a byte, in hexadecimal."""
    digits = -(-count // 8) * 2
    bits = modules.translate(_BITS)
    rows = (int(bits[start : start + count], 2) for start in range(0, count * count, count))
    return "".join([f"{row << digits * 4 - count:0{digits}x}" for row in rows])
