"""What a cell of a registration export says, and what is odd in it."""

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from pipeline.domain.records.exports.columns import Odd
from pipeline.domain.tables.findings import what_to_do
from pipeline.domain.tables.grid import Row, Table
from pipeline.domain.values.cell import Unreadable, Value
from pipeline.domain.values.identity import Checked, are_sound_ids, id_number, is_sound_id
from pipeline.domain.values.licence import are_sound_codes, credit_code, is_sound_code, registration_number
from pipeline.domain.values.phones import are_mobiles, is_mobile, phone
from pipeline.domain.values.text import compact, is_name, one_line, text_of

T = TypeVar("T")
Text = str | Odd[str]
_CITIZEN = frozenset({"1", "10", "01"})
"""Codes of the resident identity card among kinds of certificate."""
NOTHING = frozenset((
    "", "无", "暂无", "/", "//", "／", "\\", "-", "--", "－", "—", "——", "null", "NULL", "0000-00-00", "0000-00-00 00:00:00",
))  # fmt: skip
"""What exports and clerks write where there is nothing to say."""


def says_nothing(value: Value) -> bool:
    """Whether a cell is empty, or says in words that there is nothing."""
    return value is None or (isinstance(value, str) and value.strip() in NOTHING)


def said(row: Row, name: str) -> str:
    """A field's text; empty where it says nothing or cannot be read."""
    return said_of(row.cells.get(name))


def said_of(value: Value) -> str:
    """The same of a cell."""
    if value is None or isinstance(value, Unreadable) or says_nothing(value):
        return ""
    return text_of(value)


def column_of(table: Table, *names: str) -> str:
    """The first of these fields that a table has."""
    return next((name for name in names if name in table.headers), names[0])


def judged(checked: Checked, says: T) -> T | Odd[T]:
    """What a cell that was checked says, with what is wrong with it."""
    return Odd(says, checked.code, checked.advice) if checked.code else says


def licence(value: Value, is_first: bool = True) -> tuple[str, str] | Odd[tuple[str, str]]:
    """Unified code and registration number of a cell in the column of the former, of which one at least is empty."""
    if isinstance(value, str) and is_sound_code(value):
        return value, ""
    if value is None or says_nothing(value):
        return "", ""
    text = compact(value)
    is_regno = len(text) in {13, 15} and text.isdecimal() if is_first else len(text) != 18
    checked = (registration_number if is_regno else credit_code)(value)
    said = "" if checked.stops else checked.text
    return judged(checked, ("", said) if is_regno else (said, ""))


def sound_licences(texts: Sequence[str]) -> list[tuple[str, str]] | None:
    """The same of some texts that are all right; None for any others."""
    return [(text, "") for text in texts] if are_sound_codes(texts) else None


def second_licence(value: Value) -> tuple[str, str] | Odd[tuple[str, str]]:
    """The same of a cell in the column of registration numbers."""
    return licence(value, is_first=False)


def id_no_of(last_day: date, value: Value) -> tuple[str, bool] | Odd[tuple[str, bool]]:
    """An ID number, and whether it tells people apart.

    :param last_day: a birth after it is wrong.
    """
    if isinstance(value, str) and is_sound_id(value, last_day):
        return value, True
    if value is None or says_nothing(value):
        return "", True
    checked = id_number(value, last_day)
    return judged(checked, (checked.text, not checked.stops or checked.code in {"id-checksum", "id-date"}))


def sound_id_nos(last_day: date, texts: Sequence[str]) -> list[tuple[str, bool]] | None:
    """The same of some texts that are all right; None for any others."""
    return [(text, True) for text in texts] if are_sound_ids(texts, last_day) else None


def is_other_paper(value: Value) -> bool:
    """Whether a kind of certificate is another than the resident identity card."""
    kind = compact(value) if value is not None else ""
    return bool(kind) and "身份证" not in kind and kind not in _CITIZEN


def phone_of(value: Value) -> Text:
    """Phone numbers; empty where they are none."""
    if isinstance(value, str) and is_mobile(value):
        return value
    if value is None or says_nothing(value):
        return ""
    checked = phone(value)
    return judged(checked, "" if checked.stops else checked.text)


def mobiles(texts: Sequence[str]) -> Sequence[str] | None:
    """Some texts that are all mobiles' numbers; None for any others."""
    return texts if are_mobiles(texts) else None


def names(texts: Sequence[str]) -> Sequence[str] | None:
    """Some texts that all say what is to be read of them as it stands; None for any others."""
    return texts if is_name("".join(texts)) and NOTHING.isdisjoint(texts) else None


def text_in(value: Value) -> Text:
    """A text on one line; empty where it says nothing or cannot be read."""
    if value is None:
        return ""
    if isinstance(value, Unreadable):
        return Odd("", value.code, what_to_do(value, "格子里没有可读的内容，请直接填上。"))
    text = one_line(value)
    return "" if text in NOTHING else text
