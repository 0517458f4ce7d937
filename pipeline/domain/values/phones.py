"""Phone numbers: checked as in :mod:`~pipeline.domain.values.identity`, never repaired."""

import re
from collections.abc import Sequence

from pipeline.domain.values.cell import Unreadable, Value
from pipeline.domain.values.identity import RETYPE, Checked, unfit
from pipeline.domain.values.text import typed

_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_MOBILES = re.compile(f"(?:{_MOBILE.pattern})+")
_DRESSED_MOBILE = re.compile(r"(?:\+86|0086|86)?(1[3-9][0-9]{9})(?:\.0)?")
_LANDLINE = re.compile(r"(0[12][0-9]|0[3-9][0-9]{2})([0-9]{7,8})|[1-9][0-9]{6}")
"""With the area code (吕梁: 0358, then seven digits), or without: then it is a number of the county."""
_BETWEEN_PHONES = re.compile(r"[/、,;\n\r]|或")
_INSIDE_PHONES = re.compile(r"[\s()]|(?<=[0-9)\s])[\-‐-―−_]")


def is_mobile(text: str) -> bool:
    """Whether a text is nothing but the number of a mobile."""
    return _MOBILE.fullmatch(text) is not None


def are_mobiles(texts: Sequence[str]) -> bool:
    """Whether each of some texts is one, told of all together."""
    return set(map(len, texts)) == {11} and _MOBILES.fullmatch("".join(texts)) is not None


def phone(value: Value) -> Checked:
    """A phone number, or several joined by 「、」: mobiles of 11 digits, landlines as ``0358-6722345`` or ``6722345``.

    Code: ``bad-phone``, or an unreadable cell's own.
    """
    if isinstance(value, str) and is_mobile(value):
        return Checked(value)
    text = typed(value)
    if _MOBILE.fullmatch(text):
        return Checked(text)
    if not text or isinstance(value, Unreadable):
        return unfit(value, text) or Checked(text)
    numbers = [_one_phone(part) for part in _BETWEEN_PHONES.split(text) if part.strip()]
    if numbers and all(numbers):
        return Checked("、".join(dict.fromkeys(numbers)))
    advice = "电话应是11位手机号，或区号加座机号（0358-6722345）；两个号码之间用“、”隔开。请核对后改正。"
    if isinstance(value, int | float) and _LANDLINE.fullmatch(f"0{text}"):
        advice = f"区号前面的0丢了。{RETYPE}"
    return Checked(text, "bad-phone", advice, stops=True)


def _one_phone(text: str) -> str:
    """A single number as it is printed; empty when it is none."""
    digits = _INSIDE_PHONES.sub("", text)
    if match := _DRESSED_MOBILE.fullmatch(digits):
        return match[1]
    if match := _LANDLINE.fullmatch(digits):
        return f"{match[1]}-{match[2]}" if match[1] else digits
    return ""
