"""A text in its slot → operators, with the PDF's own glyphs."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.adapters.form.reading import Type
from pipeline.domain.letters.sampling import CLOSE, KINDS

_SHARED = r"[\x80-\u02ff\u2000-\u2bff]"
UNSURE = re.compile(rf"[!-~]{_SHARED}|^{_SHARED}+[!-~]")
"""Quotation marks, dashes and the like belong to hanzi and to Latin letters; beside these their font is not certain."""
NEAR_PT = 0.1
"""Less than this is LibreOffice's rounding."""
ROUNDING_PT = 0.2
"""Room that rounding may take: LibreOffice writes each piece of a line to a tenth of a point."""
DIGITS = ("0123456789", "零壹贰叁肆伍陆柒捌玖")
"""Digits that most texts differ in, and no others."""
_OTHER, _HANZI, _LATIN = 0, 1, 2


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
    seams: Mapping[str, bool]
    """Kinds of two neighbours → whether a line may be broken between them, where that was seen."""
    closer_pt: Mapping[str, float]
    """Two characters → how much wider apart (closer, below 0) they stand than one by one, where that was seen."""
    types: Mapping[str, Type]
    """Character → glyph in one of the field's own two fonts, hanzi and Latin."""
    rare_types: Mapping[str, Type]
    """Character that neither has → glyph in the font that stands in, where that leaves the line in place."""
    after: int
    """Text blocks of the empty page that come before it in the order of reading."""
    blank: str = ""
    """White space that its texts may hold: as wide as its glyph."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A character ready to be set: its glyph, its advance in points, and what it is beside others."""

    font: str
    code: str
    width_pt: float
    kind: int


class TypeCase:
    """A slot with its pieces of type at hand.

    Texts that differ only in digits of one width and one font are laid out once for all.
    """

    def __init__(self, slot: Slot) -> None:
        self._slot = slot
        self._pieces = {
            char: _piece(slot, char, glyph) for char, glyph in {**slot.rare_types, **slot.types}.items()
        }
        self._codes = {char: piece.code for char, piece in self._pieces.items()}
        red, green, blue = (channel / 255 for channel in slot.colour)
        self._colour = f"{red:.4g} {green:.4g} {blue:.4g} rg\n"
        self._gap = lru_cache(maxsize=4096)(self._gap_between)
        self._alike = self._digits_alike()
        self._uneven = self._pairs_that_differ()
        self._differs = lru_cache(maxsize=1024)(self._differs_in)
        self._operators = lru_cache(maxsize=1024)(self._operators_of)

    def set(self, text: str) -> str | None:
        """Operators for a text; None when it cannot be told for certain how LibreOffice sets it."""
        operators = self._found(text)
        return operators and operators % tuple([self._codes[char] for char in text])

    def can_set(self, text: str) -> bool:
        """Whether it can be told for certain how LibreOffice sets a text."""
        return self._found(text) is not None

    def _found(self, text: str) -> str | None:
        shape = text.translate(self._alike)
        return self._operators_of(text) if self._differs(shape) else self._operators(shape)

    def _digits_alike(self) -> dict[int, int]:
        """For ``str.translate``: digits of one width and one font become the first of them."""
        alike: dict[int, int] = {}
        for digits in DIGITS:
            pieces = [piece for char in digits if (piece := self._pieces.get(char))]
            looks = {(piece.font, piece.width_pt) for piece in pieces}
            if len(pieces) == len(digits) and len(looks) == 1:
                alike |= str.maketrans(digits, digits[0] * len(digits))
        return alike

    def _pairs_that_differ(self) -> frozenset[str]:
        """Neighbours, digits made alike, that do not stand alike whatever the digit, or of which not all were seen."""
        seen: dict[str, list[float]] = defaultdict(list)
        for pair, wider in self._slot.closer_pt.items():
            seen[pair.translate(self._alike)].append(wider)
        return frozenset(
            pair
            for pair, wider in seen.items()
            if any(ord(char) in self._alike for char in pair)
            and (
                len(wider) < 10 ** sum(ord(char) in self._alike for char in pair)
                or max(map(abs, wider)) > NEAR_PT
            )
        )

    def _differs_in(self, shape: str) -> bool:
        """Whether texts that have become this one may be set in several ways."""
        return any(pair in self._uneven for pair in CLOSE.findall(shape))

    def _operators_of(self, text: str) -> str | None:
        """The same, the code of each character as ``%s``."""
        laid = self._lay(text)
        if laid is None:
            return None
        lines, gaps, widths = laid
        pieces = [self._pieces[char] for char in text]
        parts = ["BT\n", self._colour]
        for (start, end), baseline in zip(lines, self._slot.baselines_pt[len(lines)], strict=True):
            width = sum(widths[start:end]) - gaps[end - 1]
            x = self._slot.anchor_pt - self._slot.align * width
            parts.append(f"1 0 0 1 {x:.2f} {baseline:.2f} Tm\n")
            parts.append(self._line(pieces[start:end], gaps[start:end]))
        parts.append("ET\n")
        return "".join(parts)

    def _lay(self, text: str) -> tuple[list[tuple[int, int]], list[float], list[float]] | None:
        """Start and end of each line, the space behind each character, widths with that space; None as for :meth:`set`."""
        if not self._pieces.keys() >= set(text) or not _is_known(text, self._slot.blank):
            return None
        gaps = [gap for gap in map(self._gap, text, text[1:]) if gap is not None]
        if len(gaps) < len(text) - 1:
            return None
        gaps.append(0.0)
        widths = [self._pieces[char].width_pt + gap for char, gap in zip(text, gaps, strict=True)]
        lines = self._broken(text, widths, gaps)
        return (lines, gaps, widths) if lines and len(lines) in self._slot.baselines_pt else None

    def _gap_between(self, one: str, other: str) -> float | None:
        """Space between two characters: of ideograph and Latin, and what a pair has of its own; None when not known."""
        kinds = self._pieces[one].kind, self._pieces[other].kind
        if sorted(kinds) == [_HANZI, _LATIN]:
            return self._slot.gap_pt if max(one, other) <= "\uffff" else None
        if not CLOSE.match(one + other):
            return 0.0
        own = self._slot.closer_pt.get(one + other)
        return own if own is None or abs(own) > NEAR_PT else 0.0

    def _line(self, pieces: Sequence[_Piece], gaps: Sequence[float]) -> str:
        size = self._slot.size_pt
        parts = []
        font, behind = "", 0.0
        for piece, gap in zip(pieces, gaps, strict=True):
            space = f"{-1000 * behind / size:.4g}" if behind else ""
            if piece.font != font:  # pdfium takes no notice of a space at an array's end
                parts.append(f"{'>]TJ ' if font else ''}{piece.font} {size:g} Tf[{space}<")
                font = piece.font
            elif space:
                parts.append(f">{space}<")
            parts.append("%s")
            behind = gap
        return "".join(parts) + ">]TJ\n"

    def _broken(
        self, text: str, widths: Sequence[float], gaps: Sequence[float]
    ) -> list[tuple[int, int]] | None:
        """Start and end of each line as LibreOffice breaks it; None when that cannot be told for certain."""
        fits, breaks = self._slot.fits_pt + ROUNDING_PT, self._slot.breaks_pt - ROUNDING_PT
        kinds = text.translate(KINDS)
        lines = []
        start = 0
        while sum(widths[start:]) > fits:
            end, room = start, 0.0
            while room + widths[end] - gaps[end] <= fits:
                room += widths[end]
                end += 1
            if room + widths[end] - gaps[end] < breaks:
                return None
            while end > start and not (may := self._may_break(kinds[end - 1 : end + 1])):
                if may is None:
                    return None
                end -= 1
            if end == start:
                return None
            lines.append((start, end))
            start = end
        return [*lines, (start, len(text))]

    def _may_break(self, seam: str) -> bool | None:
        """Whether a line is broken between two neighbours, by kinds; None when not known."""
        return False if seam.isalnum() and seam.isascii() else self._slot.seams.get(seam)


def set_text(slot: Slot, text: str) -> str | None:
    """Operators for a single text in its slot; None when it cannot be told for certain how LibreOffice sets it."""
    own = {char: slot.types[char] for char in text if char in slot.types}
    return TypeCase(replace(slot, types=own)).set(text)


def is_gap(one: str, other: str) -> bool:
    """Whether LibreOffice may put space between two characters: of ideograph and Latin."""
    return sorted((_kind(one), _kind(other))) == [_HANZI, _LATIN]


def _piece(slot: Slot, char: str, glyph: Type) -> _Piece:
    return _Piece(glyph.resource, f"{glyph.code:02X}", glyph.width_em * slot.size_pt, _kind(char))


def _kind(char: str) -> int:
    if char.isascii() and char.isalnum():
        return _LATIN
    return _HANZI if unicodedata.category(char) == "Lo" else _OTHER


def _is_known(text: str, blank: str) -> bool:
    """Whether it is certain which font each character is set in.

    :param blank: white space that is.
    """
    printed = text.replace(blank, "") if blank else text
    return printed.isprintable() and " " not in text and not UNSURE.search(text)
