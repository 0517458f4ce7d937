"""What stands in a cell, as text and as a whole number; and what a column is called."""

import re
import unicodedata

from pipeline.domain.values.cell import Value
from pipeline.domain.values.characters import legible

_BREAK = re.compile(r"\s*(?:[\r\n\v\f\x85\u2028\u2029]|_x000d_)\s*", re.IGNORECASE)
_JOINS_BEFORE, _JOINS_AFTER = "（(【〔《“‘—-/·，。、；：！？", "（(）)】〕》”’—-/·，。、；：！？,.;:!?%"
"""Signs beside which a line can end or begin without a space in its place."""
_IGNORED = re.compile(r"[\s:*]")
Cells = tuple[Value, ...]
"""A line of a sheet, from column A."""
SHOWN_SIGNS = 11
"""Signs, its point included, that a number without a format is shown with at most."""


def plain(text: str) -> str:
    """A name or header stripped of what does not tell it apart: widths, spaces, 「：」 and 「*」; ⼭ is 山.

    NFKC turns full-width letters, digits and brackets into plain ones.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKC", legible(text))
    return _IGNORED.sub("", text).lower()


def text_of(value: Value) -> str:
    """A cell without a format of its own as the clerk sees it.

    Legible, its edges stripped; whole numbers are without 「.0」, others as long as spreadsheets show them; a day is
    without its midnight.
    """
    if isinstance(value, str):
        return (value if value.isascii() else legible(value)).strip()
    if value is None:
        return ""
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, bool):
        return str(value).upper()
    return str(value).removesuffix(" 00:00:00")


def _number(value: float) -> str:
    if value.is_integer():
        return str(int(value))
    text = str(value)
    if len(text) <= SHOWN_SIGNS or "e" in text or "n" in text:
        return text
    whole = len(str(int(abs(value))))
    return f"{value:.{max(0, SHOWN_SIGNS - 1 - whole)}f}".rstrip("0").rstrip(".")


def one_line(value: Value) -> str:
    """A cell's text on one line.

    Where a line ended stands a space, so that 「面馆」 over 「小吃」 stay two; none beside a sign that parts them anyway.
    """
    text = text_of(value)
    if text.isprintable() and "_x" not in text:
        return text
    text = re.sub(r"[\t\xa0]", " ", text).strip()
    return _BREAK.sub(lambda found: _between(text[: found.start()][-1:], text[found.end() :][:1]), text)


def _between(before: str, after: str) -> str:
    is_parted = (
        before in _JOINS_BEFORE or after in _JOINS_AFTER or (before in ",.;:!?" and not after.isascii())
    )
    return "" if is_parted else " "


def whole_number(value: Value) -> int | None:
    """The whole number, 0 or more, that a cell holds as number or text (full-width digits, ``1,040``, ``180户``).

    A number counts as it is shown: what a formula left of a share, 179.99999999999997, is 180.
    None when it is none of these: a fraction, a negative, words, an error value, a date.
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        text = text_of(value)
        return int(text) if text.isdecimal() else None
    if any(unicodedata.category(character) == "No" for character in text_of(value)):
        return None  # NFKC would make 122 of 「12²」
    text = re.sub(r"\s|户$", "", unicodedata.normalize("NFKC", text_of(value)))
    if re.fullmatch(r"\d{1,3}(,\d{3})+", text):
        text = text.replace(",", "")
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else None


def letters(column: int) -> str:
    """A column's letters: 1 → ``A``, 27 → ``AA``."""
    text = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text
