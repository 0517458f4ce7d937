"""What a cell says, freed of how it was typed: widths, invisible characters, the marks that make a number text."""

import re
import unicodedata

from pipeline.domain.values.cell import Value
from pipeline.domain.values.characters import INVISIBLE

_UNSEEN = re.compile(f"[\x00-\x08\x0e-\x1f\x7f-\x9f{INVISIBLE}]")
_MARKS = ("=", "'", "‘", "’", "`")
_AS_TEXT = re.compile(r"=\"(.*)\"|['‘’`]+(.*)", re.DOTALL)
_IDENTITY = re.compile(r"[0-9A-Z]{2}[0-9]{6}[0-9A-Z]{10}|[0-9]{17}X|[0-9]{15}", re.IGNORECASE)


def typed(value: Value) -> str:
    """A cell's text in NFKC, edges and invisible characters stripped; spaces inside stay.

    A whole number loses its 「.0」; 「="0358"」 and 「'0358」 are 「0358」. A text with figures that NFKC would change
    the meaning of (²、①、½) is left as it is, so that no rule takes it for a number.
    """
    if value is None:
        return ""
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    if not text.isascii() and not unicodedata.is_normalized("NFKC", text):
        if any(unicodedata.category(character) == "No" for character in text):
            return text.strip()
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
