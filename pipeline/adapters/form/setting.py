"""Text → operators: a letter's fields set in their slots with the PDF's own glyphs."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from pipeline.adapters.form.reading import Type

NO_START = frozenset("，。、；：？！）》」』】〕〗”’…—％℃·!%),.:;?]}")
"""Signs that may not begin a line."""
NO_END = frozenset("（《「『【〔〖“‘([{￥$")
"""Signs that may not end one."""
TIGHT_PT = 0.02
"""Room that rounding may take."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One place of a field."""

    field: str
    """Placeholder."""
    size_pt: float
    """Font size."""
    colour: tuple[int, int, int]
    """Red, green, blue; 0 to 255."""
    align: float
    """Where the text hangs on its anchor: 0 at its left end, ½ at its middle, 1 at its right end."""
    anchor_pt: float
    """From the page's left edge."""
    baselines_pt: Mapping[int, tuple[float, ...]]
    """Number of lines → their baselines from the bottom edge."""
    gap_pt: float
    """Space that LibreOffice puts between a hanzi and a Latin letter or digit."""
    fits_pt: float
    """A line this long certainly fits."""
    breaks_pt: float
    """A line this long certainly does not."""
    pushes: bool
    """Whether a sign that may not begin a line takes the character before it along; otherwise it hangs."""
    types: Mapping[str, Type]
    """Character → glyph in one of the field's own two fonts, hanzi and Latin."""
    rare_types: Mapping[str, Type]
    """Character that neither has → glyph in the font that stands in, where that leaves the line in place."""


class Form:
    """A measured template: its slots."""

    def __init__(self, slots: Sequence[Slot]) -> None:
        self.slots = tuple(slots)
        self._set = lru_cache(maxsize=4096)(self._set_slot)

    def set(self, fields: Mapping[str, str]) -> bytes | None:
        """Operators that set a letter's fields over the empty page; None when a text needs LibreOffice itself."""
        pieces = []
        for number, slot in enumerate(self.slots):
            text = fields[slot.field]
            if text:
                piece = self._set(number, text)
                if piece is None:
                    return None
                pieces.append(piece)
        return b"BT\n" + b"".join(pieces) + b"ET\n"

    def _set_slot(self, number: int, text: str) -> bytes | None:
        slot = self.slots[number]
        types = [slot.types.get(char) or slot.rare_types.get(char) for char in text]
        known = [glyph for glyph in types if glyph]
        if _is_delicate(text) or len(known) < len(text):
            return None
        lines = _break(slot, text, known)
        baselines = slot.baselines_pt.get(len(lines)) if lines else None
        if not lines or baselines is None:
            return None
        colour = " ".join(f"{channel / 255:.4g}" for channel in slot.colour)
        return f"{colour} rg\n".encode() + b"".join(
            _line(slot, text[start:end], known[start:end], y)
            for (start, end), y in zip(lines, baselines, strict=True)
        )


def _is_delicate(text: str) -> bool:
    """Whether glyphs stand closer or wider here than their widths say: kerned letters, pairs of signs, spaces."""
    for one, other in pairwise(text):
        if one.isascii() and other.isascii() and one.isalpha() and other.isalpha():
            return True
        if not one.isascii() and not other.isascii() and _is_sign(one) and _is_sign(other):
            return True
    return any(char.isspace() or unicodedata.combining(char) for char in text)


def _is_sign(char: str) -> bool:
    return unicodedata.category(char)[0] in "PS"


def _gap_after(slot: Slot, one: str, other: str) -> float:
    """Space between two neighbours: between ideograph and Latin, not beside signs."""
    hanzi, latin = (one, other) if other.isascii() else (other, one)
    return slot.gap_pt if latin.isascii() and latin.isalnum() and unicodedata.category(hanzi) == "Lo" else 0.0


def _width(slot: Slot, text: str, types: Sequence[Type]) -> float:
    gaps = sum(_gap_after(slot, one, other) for one, other in pairwise(text))
    return sum(glyph.width_em for glyph in types) * slot.size_pt + gaps


def _break(slot: Slot, text: str, types: Sequence[Type]) -> list[tuple[int, int]] | None:
    """Start and end of each line as LibreOffice breaks it; None when that cannot be told for certain."""
    lines = []
    start = 0
    while _width(slot, text[start:], types[start:]) > slot.fits_pt + TIGHT_PT:
        end = start + 1
        while _width(slot, text[start : end + 1], types[start : end + 1]) <= slot.fits_pt + TIGHT_PT:
            end += 1
        if (
            end == len(text)
            or _width(slot, text[start : end + 1], types[start : end + 1]) < slot.breaks_pt - TIGHT_PT
        ):
            return None
        if text[end] in NO_START and not slot.pushes:
            return None
        while end > start and not _may_break(text[end - 1], text[end]):
            end -= 1
        if end == start:
            return None
        lines.append((start, end))
        start = end
    return [*lines, (start, len(text))]


def _may_break(one: str, other: str) -> bool:
    glued = one.isascii() and other.isascii()
    return not glued and one not in NO_END and other not in NO_START


def _line(slot: Slot, text: str, types: Sequence[Type], baseline: float) -> bytes:
    x = slot.anchor_pt - slot.align * _width(slot, text, types)
    runs: list[str] = []
    resource = ""
    for index, glyph in enumerate(types):
        if glyph.resource != resource:
            resource = glyph.resource
            runs.append(f"{']TJ' if runs else ''}\n{resource} {slot.size_pt:.5g} Tf [<")
        else:
            runs.append("<")
        gap = _gap_after(slot, text[index], text[index + 1]) if index + 1 < len(text) else 0.0
        runs.append(f"{glyph.code:02X}>" + (f"{-1000 * gap / slot.size_pt:.4g}" if gap else ""))
    operators = "".join(runs).replace("[<<", "[<").replace("><", "")
    return f"1 0 0 1 {x:.3f} {baseline:.3f} Tm{operators}]TJ\n".encode()
