"""The verification mark (验证码): key, printed serial and a keyed check; no personal data."""

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass

from pipeline.domain.model import Letter, Serial

CHECK_BITS = 80
"""Length of the check, cut from HMAC-SHA256."""
_TEXT = re.compile(r"(\d{4})-(\d{2})-(\d{4,}) (\S+) ([A-Z2-7]{16})")


@dataclass(frozen=True, slots=True)
class Mark:
    """What a mark says."""

    serial: Serial
    """The letter's number."""
    printed: str
    """The serial as printed."""
    check: str
    """The keyed check."""


def mark_text(letter: Letter, secret: bytes) -> str:
    """The text of a letter's mark: ``2022-01-0001 岚个培〔2022〕01-0001 K3J…``."""
    return f"{letter.serial.key} {letter.printed} {check_of(letter.serial, letter.printed, secret)}"


def check_of(serial: Serial, printed: str, secret: bytes) -> str:
    """The keyed check of key and printed serial, 16 characters of Base32."""
    whole = hmac.digest(secret, f"{serial.key} {printed}".encode(), hashlib.sha256)
    return base64.b32encode(whole[: CHECK_BITS // 8]).decode()


def read_mark(text: str) -> Mark | None:
    """A mark's parts; None when the text is not of that form."""
    found = _TEXT.fullmatch(text.strip())
    if not found:
        return None
    year, unit, number, printed, check = found.groups()
    return Mark(Serial(int(year), unit, int(number)), printed, check)


def is_genuine(mark: Mark, secret: bytes) -> bool:
    """Whether the check was made with this secret for this key and serial."""
    return hmac.compare_digest(mark.check, check_of(mark.serial, mark.printed, secret))
