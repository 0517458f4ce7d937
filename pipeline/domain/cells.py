"""What stands in a cell, as text and as a whole number; and what a column is called."""

import re
import unicodedata
from math import isfinite

from pipeline.domain.characters import legible
from pipeline.domain.model import Value

_IGNORED = re.compile(r"[\s:*]")
Cells = tuple[Value, ...]
"""A line of a sheet, from column A."""


def plain(text: str) -> str:
    """A name or header stripped of what does not tell it apart: widths, spaces, 「：」 and 「*」; ⼭ is 山.

    NFKC turns full-width letters, digits and brackets into plain ones.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKC", legible(text))
    return _IGNORED.sub("", text).lower()


def text_of(value: Value) -> str:
    """A cell as the clerk sees it: legible, whole numbers without 「.0」, edges stripped."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = str(value)
    return (text if text.isascii() else legible(text)).strip()


def whole_number(value: Value) -> int | None:
    """The whole number, 0 or more, that a cell holds as number or text (full-width digits, ``1,040``, ``180户``).

    None when it is none of these: a fraction, a negative, words, an error value, a date.
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return int(value) if value >= 0 and isfinite(value) and value == int(value) else None
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
