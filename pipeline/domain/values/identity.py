"""Numbers that stand for a person: how an ID number is checked, and how it and phones are hidden.

A number is checked, never repaired: what looks like a slip of the pen is only named in the advice.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from operator import mul

from pipeline.domain.values.cell import Unreadable, Value
from pipeline.domain.values.characters import INVISIBLE
from pipeline.domain.values.check_signs import WeighedSum
from pipeline.domain.values.text import compact


@dataclass(frozen=True, slots=True)
class Checked:
    """A cell that was checked; an empty cell is an empty text without fault."""

    text: str
    """What the cell says, in the form to be printed and compared."""
    code: str = ""
    """What is wrong with it, a problem code; empty when nothing is."""
    advice: str = ""
    """What is wrong and what to do, in Chinese."""
    stops: bool = False
    """Whether the fault makes it unusable; otherwise it is only to be looked at."""


_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_SUM = WeighedSum("0123456789X", (*_WEIGHTS, 1), 11, 1)
_ZEROS = ord("0") * sum(_WEIGHTS)
_SIGNS = "10X98765432"
_DIGIT_FOR = {"O": "0", "Q": "0", "D": "0", "I": "1", "L": "1", "S": "5", "Z": "2", "B": "8"}
"""Letters that are typed for a digit."""
_EXACT_BELOW = 10**15
"""Excel and WPS keep 15 digits of a number."""
_SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]*)?E\+[0-9]+|[0-9]\.[0-9]*E[0-9]+|[0-9]{16,}\.[0-9]*")
_SOUND = re.compile("[0-9]{17}[0-9X]")
_FIRST_BIRTH = date(1900, 1, 1)
RETYPE = "请先把单元格格式设为“文本”，再重新录入。"
"""What is to be done with a cell whose digits a spreadsheet takes for a number."""


def unfit(value: Value, text: str) -> Checked | None:
    """The verdict on a cell that has no number to check: empty, unreadable, or its digits lost; None for any other.

    :param text: what the cell says, in capitals.
    Codes: ``digits-lost``; an unreadable cell's own.
    """
    if not text:
        return Checked("")
    if isinstance(value, Unreadable):
        return problem(text, value.code, "格子里没有可读的值，请直接填上。")
    if isinstance(value, int | float):
        lost = abs(value) >= _EXACT_BELOW
    else:
        lost = not text.isalnum() and _SCIENTIFIC.fullmatch(text) is not None
    if lost:
        return problem(text, "digits-lost", f"按数字录入，15位以后的数字已经丢失，无法恢复。{RETYPE}")
    return None


def id_number(value: Value, latest: date = date.max) -> Checked:
    """A citizen's ID number (公民身份号码, GB 11643-1999), 18 signs; an old one of 15 digits with a notice, as typed.

    The region is not held against any list: counties were renamed and merged, and permits have codes of their own.

    :param latest: a birth after this day is wrong.
    Codes: ``digits-lost``, ``id-character``, ``id-length``, ``id-date``, ``id-checksum``, and as notices
    ``id-15-digits``, ``digits-lost`` (right, but ends in 000); an unreadable cell's own.
    """
    if isinstance(value, str) and is_sound_id(value, latest):
        return Checked(value)
    text = compact(value).upper()
    return unfit(value, text) or _misshapen(text) or _wrong_date(text, latest) or _wrong_sum(text)


def is_sound_id(text: str, latest: date = date.max) -> bool:
    """Whether a text is an ID number of 18 signs of which nothing is to be told."""
    return (
        _SOUND.fullmatch(text) is not None
        and not text.endswith("000")
        and text[17] == check_sign(text[:17])
        and _is_birthday(text[6:14], latest)
    )


def are_sound_ids(texts: Sequence[str], latest: date = date.max) -> bool:
    """Whether each of some texts is one, told of all together."""
    return (
        _SUM.holds_for(texts)
        and not any(text.endswith("000") or "X" in text[:17] for text in texts)
        and all(_is_birthday(digits, latest) for digits in {text[6:14] for text in texts})
    )


@lru_cache(1 << 15)
def _is_birthday(digits: str, latest: date) -> bool:
    try:
        return _FIRST_BIRTH <= _birthday(digits) <= latest
    except ValueError:
        return False


def _misshapen(text: str) -> Checked | None:
    digits = text[:-1] if len(text) == 18 and text[-1] == "X" else text
    if not (digits.isascii() and digits.isdecimal()):
        place = next(place for place, sign in enumerate(text) if sign not in "0123456789")
        hint = f"，是不是数字{_DIGIT_FOR[text[place]]}？" if text[place] in _DIGIT_FOR else "。"
        advice = f"第{place + 1}位是“{text[place]}”{hint}身份证号只有数字，末位可以是X。请对照身份证改正。"
        return problem(text, "id-character", advice)
    if len(text) not in {15, 18}:
        return problem(text, "id-length", f"身份证号应是18位，现在是{len(text)}位。请对照身份证补正。")
    return None


def _wrong_date(text: str, latest: date) -> Checked | None:
    try:
        possible = _FIRST_BIRTH <= birthday(text) <= latest
    except ValueError:
        possible = False
    if not possible:
        where = "第7至14位" if len(text) == 18 else "第7至12位"
        return problem(text, "id-date", f"{where}应是出生日期，现在写的不是真的日期。请对照身份证改正。")
    return None


def _wrong_sum(text: str) -> Checked:
    if len(text) == 15:
        return Checked(text, "id-15-digits", "这是15位的旧号码。请尽量改为现在身份证上的18位。")
    right = text[17] == check_sign(text[:17])
    if text.endswith("000"):
        advice = "末3位是000，像是曾按数字录入，末3位已经丢失。"
        if right:
            return Checked(text, "digits-lost", f"{advice}请对照身份证核对，没有错就不用改。")
        return problem(text, "digits-lost", f"{advice}{RETYPE}")
    if not right:
        return problem(text, "id-checksum", "校验码对不上，其中有一位打错了。请对照身份证逐位核对。")
    return Checked(text)


def check_sign(digits: str) -> str:
    """The last sign of an ID number, from its first 17 digits (GB 11643-1999: ISO 7064 MOD 11-2)."""
    return _SIGNS[(sum(map(mul, _WEIGHTS, digits.encode())) - _ZEROS) % 11]


def long_form(id_no: str) -> str:
    """An ID number of 15 digits as one of 18, to tell people apart; any other text as it is."""
    if len(id_no) != 15 or not (id_no.isascii() and id_no.isdecimal()):
        return id_no
    digits = f"{id_no[:6]}19{id_no[6:]}"
    return digits + check_sign(digits)


def birthday(id_no: str) -> date:
    """Date of birth in an ID number of 18 or 15 signs.

    :raises ValueError: there is none in it.
    """
    return _birthday(id_no[6:14] if len(id_no) == 18 else f"19{id_no[6:12]}")


@lru_cache(1 << 15)
def _birthday(digits: str) -> date:
    return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))


def age_on(birth: date, day: date) -> int:
    """Full years (周岁) on a day; who was born on 29 February is a year older on 1 March."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


_GAP = rf"[\s\-‐-―−－_{INVISIBLE}]*"
_RUN = re.compile(
    rf"(?P<code>(?<![0-9A-Za-z])9[1-3](?=[0-9A-Z]*[A-WYZ])[0-9A-Z]{{13,18}}(?![0-9A-Za-z]))|\d(?:{_GAP}\d){{6,}}(?:{_GAP}[XxＸｘ])?"
)
"""A unified code, or seven digits and more with what may stand between them."""
_SHOWN = re.compile(
    r"(?:20\d\d-)?\d\d-\d{4,5}"  # a letter's number
    r"|(?:19|20)\d\d(?:-?)(?:0?[1-9]|1[0-2])(?:-?)(?:0?[1-9]|[12]\d|3[01])(?:\s+\d\d)?",  # a day, maybe with the hour
)


def masked(text: str) -> str:
    """A text to be printed, with everything hidden that could be an ID number or a phone: ``1411…（18位）``.

    That is every run of seven digits and more; unified codes, letter numbers and dates stay. In doubt it is hidden.
    """
    return _RUN.sub(lambda run: run[0] if run["code"] or _SHOWN.fullmatch(run[0]) else _hidden(run[0]), text)


def masked_whole(text: str) -> str:
    """The same for what stands in a column of ID numbers or phones, where any five digits may tell who it is."""
    return text if sum(map(str.isdecimal, text)) < 5 else _hidden(text)


def masked_name(name: str) -> str:
    """A person's name on a paper that leaves the office: the first character and 某 for each other, ``王某某``."""
    return name[:1] + "某" * (len(name) - 1)


def _hidden(text: str) -> str:
    signs = re.sub(_GAP, "", text)
    return f"{signs[: 4 if len(signs) > 13 else 3]}…（{len(signs)}位）"


def problem(text: str, code: str, advice: str) -> Checked:
    """A cell with a fault that stops its use."""
    return Checked(text, code, advice, stops=True)
