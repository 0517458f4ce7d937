"""What one cell says: as it is shown, as it was meant to be typed, as a name to be compared, as a whole number.

There is one rule for what nobody sees, so that a cell reads the same in whatever column it stands.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import lru_cache

from pipeline.domain.values.cell import Value
from pipeline.domain.values.characters import is_ordinary, legible

_BREAK = re.compile(r"\s*(?:[\r\n\v\f\x85\u2028\u2029]|_x000d_)\s*", re.IGNORECASE)
_JOINS_BEFORE, _JOINS_AFTER = "（(【〔《“‘—-/·，。、；：！？", "（(）)】〕》”’—-/·，。、；：！？,.;:!?%"
"""Signs beside which a line can end or begin without a space in its place."""
_CONTROL = "\x00-\x08\x0e-\x1f\x7f-\x9f"
_UNSEEN = re.compile(f"[{_CONTROL}]")
_IGNORED = re.compile(rf"[\s:*{_CONTROL}]")
is_plain = re.compile("[0-9a-z\u3400-\u9fff]*").fullmatch
"""Whether a text is made of what nearly every name is, and is compared as it stands."""
_MARKS = ("=", "'", "‘", "’", "`")
_AS_TEXT = re.compile(r"=\"(.*)\"|['‘’`]+(.*)", re.DOTALL)
_IDENTITY = re.compile(r"[0-9A-Z]{2}[0-9]{6}[0-9A-Z]{10}|[0-9]{17}X|[0-9]{15}", re.IGNORECASE)
is_name = re.compile("[0-9A-Za-z\u3400-\u9fff]*").fullmatch
"""Whether a text is of letters, figures and hanzi alone, as nearly every one is: it is shown as it stands."""
_AT_ONCE = 500
"""Texts that are looked at together; where one of them is odd, each is."""
Cells = tuple[Value, ...]
"""A line of a sheet, from column A."""
SHOWN_SIGNS = 11
"""Signs, its point included, that a number without a format is shown with at most."""


def each_made(
    texts: Sequence[str], is_made: Callable[[str], object], make: Callable[[str], str]
) -> list[str]:
    """What is made of each text, by far the most of which are so already: these are told hundreds at once.

    :param is_made: goes by the signs of a text alone, so that texts put together are found made where each of them is.
    :param make: leaves as it is what is made already.
    """
    found: list[str] = []
    for first in range(0, len(texts), _AT_ONCE):
        some = texts[first : first + _AT_ONCE]
        found += some if is_made("".join(some)) else map(make, some)
    return found


def plain(text: str) -> str:
    """A name or header stripped of what does not tell it apart: widths, spaces, control characters, 「：」 and 「*」; ⼭ is 山.

    NFKC turns full-width letters, digits and brackets into plain ones.
    """
    return text if is_plain(text) else _plain(text)


@lru_cache(1 << 15)
def _plain(text: str) -> str:
    """Units, persons and words of a status come again in thousands of rows."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", legible(text))
    return _IGNORED.sub("", text).lower()


def text_of(value: Value) -> str:
    """A cell without a format of its own as the clerk sees it.

    Legible, its edges stripped; whole numbers are without 「.0」, others as long as spreadsheets show them; a day is
    without its midnight.
    """
    if isinstance(value, str):
        if is_name(value):
            return value
        return (value if value.isascii() or is_ordinary(value) else legible(value)).strip()
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
    if isinstance(value, str) and is_name(value):
        return value
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


def typed(value: Value) -> str:
    """A cell's text as :func:`text_of` has it, in NFKC and without control characters; spaces inside stay.

    「="0358"」 and 「'0358」 are 「0358」, the marks that make a number text. A text with figures that NFKC would change the
    meaning of (²、①、½) is left as it is, so that no rule takes it for a number.
    """
    if isinstance(value, str) and value.isascii() and value.isalnum():
        return value
    text = text_of(value)
    if not text.isascii() and not unicodedata.is_normalized("NFKC", text):
        if any(unicodedata.category(character) == "No" for character in text):
            return text
        text = unicodedata.normalize("NFKC", text)
    if not text.isprintable():
        text = _UNSEEN.sub("", text)
    text = text.strip()
    if text[:1] in _MARKS and (match := _AS_TEXT.fullmatch(text)):
        text = (match[1] or match[2] or "").strip()
    return text


def compact(value: Value) -> str:
    """The same without any space."""
    text = typed(value)
    return text if text.isalnum() else "".join(text.split())


def is_identity(value: Value) -> bool:
    """Whether a cell holds nothing but what looks like a unified code, a registration number or an ID number.

    No check sign is looked at: it tells data from words, and data may be wrong.
    """
    return _IDENTITY.fullmatch(compact(value)) is not None


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
    text = compact(value).removesuffix("户")
    if re.fullmatch(r"\d{1,3}(,\d{3})+", text):
        text = text.replace(",", "")
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else None


def amount(value: Value, unit: str = "") -> Fraction | None:
    """The number, 0 or more, that a cell holds as number or text (``1,040``, ``３５６．５``), exact as it is shown.

    None when it is none: a negative, words, another unit beside it, an error value, a date.

    :param unit: what may stand behind it: ``人``.
    """
    if isinstance(value, bool):
        return None
    text = text_of(value) if isinstance(value, int | float) else compact(value).removesuffix(unit)
    if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", text):
        text = text.replace(",", "")
    return Fraction(text) if re.fullmatch(r"[0-9]{1,12}(\.[0-9]{1,6})?", text) else None


def letters(column: int) -> str:
    """A column's letters: 1 → ``A``, 27 → ``AA``."""
    text = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def column_number(text: str) -> int:
    """The column of its letters, in capitals: ``A`` → 1, ``AB`` → 28."""
    column = 0
    for letter in text:
        column = column * 26 + ord(letter) - 64
    return column
