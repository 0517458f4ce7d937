"""The verification mark (验证码): a letter's key and a keyed check; no personal data.

Up to version 0.1 it also held the printed serial, in 26 bytes that say the key once more; such marks stay valid.
"""

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass

from pipeline.domain.letters.model import Letter, Serial

CHECK_BITS = 80
"""Length of the check, cut from HMAC-SHA256."""
_TEXT = re.compile(r"(\d{4})-(\d{2})-(\d{4,})(?: (\S+))? ([A-Z2-7]{16})")


@dataclass(frozen=True, slots=True)
class Mark:
    """What a mark says."""

    serial: Serial
    """The letter's number."""
    printed: str
    """The serial as printed; empty where the mark does not say it."""
    check: str
    """The keyed check."""


def mark_text(letter: Letter, secret: bytes) -> str:
    """The text of a letter's mark: ``2022-01-0001 K3J…``, 29 characters of a QR code's alphanumeric kind."""
    return f"{letter.serial.key} {check_of(letter.serial, secret)}"


def check_of(serial: Serial, secret: bytes, printed: str = "") -> str:
    """The keyed check of a key, 16 characters of Base32.

    :param printed: the printed serial, where the mark says that too.
    """
    whole = hmac.digest(secret, f"{serial.key} {printed}".strip().encode(), hashlib.sha256)
    return base64.b32encode(whole[: CHECK_BITS // 8]).decode()


def read_mark(text: str) -> Mark | None:
    """A mark's parts; None when the text is not of that form."""
    found = _TEXT.fullmatch(text.strip())
    if not found:
        return None
    year, unit, number, printed, check = found.groups()
    return Mark(Serial(int(year), unit, int(number)), printed or "", check)


def is_genuine(mark: Mark, secret: bytes) -> bool:
    """Whether the check was made with this secret for what the mark says."""
    return hmac.compare_digest(mark.check, check_of(mark.serial, secret, mark.printed))
