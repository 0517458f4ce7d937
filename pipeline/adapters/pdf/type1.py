"""Type 1 fonts within a PDF, without the number by which LibreOffice counts all fonts that it has ever written.

One LibreOffice stays for a whole run, so the number tells how much it has printed before, and nothing of the page: the
same letters made again would not be the same bytes. PostScript printers keep glyphs by that number; so it is worked out
from the font itself, and two fonts have two.
"""

import re
from functools import lru_cache
from hashlib import sha256

_NUMBER = re.compile(rb"(/UniqueID )(\d{7})(?= def)")
_FIRST, _FREE = 4_000_000, 1_000_000
"""Numbers that anybody may use (Adobe Type 1 Font Format, 2.5)."""
_KEY, _ONE, _TWO = 55665, 52845, 22719
"""Of the cipher of a font's private part (Adobe Type 1 Font Format, 7.2)."""


@lru_cache(maxsize=32)  # a file for each unit, cut from one: the same fonts in all of them
def numbered_by_content(font: bytes, clear: int, sealed: int) -> bytes:
    """A font program with a ``UniqueID`` that depends on nothing but the font; as long as before.

    :param clear: bytes of its first part, which is plain text (``/Length1``).
    :param sealed: bytes of its second part, which is encrypted (``/Length2``).
    """
    plain, private, rest = font[:clear], _opened(font[clear : clear + sealed]), font[clear + sealed :]
    if not _NUMBER.search(plain):
        return font
    digest = sha256(_NUMBER.sub(rb"\1", plain) + _NUMBER.sub(rb"\1", private)).digest()
    number = b"%d" % (_FIRST + int.from_bytes(digest[:8]) % _FREE)
    plain, private = (_NUMBER.sub(rb"\g<1>" + number, part) for part in (plain, private))
    return plain + _sealed(private) + rest


def _opened(sealed: bytes) -> bytes:
    key, plain = _KEY, bytearray()
    for byte in sealed:
        plain.append(byte ^ (key >> 8))
        key = ((byte + key) * _ONE + _TWO) & 0xFFFF
    return bytes(plain)


def _sealed(plain: bytes) -> bytes:
    key, sealed = _KEY, bytearray()
    for byte in plain:
        sealed.append(byte ^ (key >> 8))
        key = ((sealed[-1] + key) * _ONE + _TWO) & 0xFFFF
    return bytes(sealed)
