"""Probe pages → slots: where a field hangs, how its lines stand, what fits on one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf
from statistics import fmean

from pipeline.adapters.form.comparing import Group, NotAForm, added, added_or_nothing
from pipeline.adapters.form.fonts import Fonts
from pipeline.adapters.form.probes import SHARES, Probes, hanzi_of, latin_of
from pipeline.adapters.form.reading import NEAR_PT, Glyph, PrintedPages, lines_of
from pipeline.adapters.form.seams import seams_seen
from pipeline.adapters.form.setting import Form
from pipeline.adapters.form.type_case import Slot

_SHORT_PAGES = 7


@dataclass(frozen=True, slots=True)
class _Place:
    """One place of a field: the how-many-th of how many."""

    field: str
    index: int
    count: int


@dataclass(frozen=True, slots=True)
class _Longs:
    """The lines of one place on the long pages; an empty list where a page tells nothing."""

    plain: list[Sequence[Group]]
    headed: list[Sequence[Group]]


def measure(
    sheet: PrintedPages,
    probes: Probes,
    occurrences: Mapping[str, int],
    real: Mapping[int, Mapping[str, str]],
    cut_off: Mapping[int, str],
) -> Form:
    """The form that a PDF of :meth:`Probes.records` shows.

    :param occurrences: field → how many places it has in the template.
    :param real: further pages with the batch's own texts; what stands there on one line fits on one.
    :param cut_off: page → what is not shown in full there; so many lines are too many.
    :raises NotAForm: fixed words move, or a field stands in a way that cannot be set.
    """
    measuring = _Measuring(sheet, probes, real, cut_off)
    places = [
        _Place(field, index, occurrences[field])
        for field, width in probes.widest_em.items()
        if width
        for index in range(occurrences[field])
    ]
    return Form(map(measuring.slot, sorted(places, key=measuring._turn)), sheet.content(0))


class _Measuring:
    """Slots from probe pages."""

    def __init__(
        self,
        sheet: PrintedPages,
        probes: Probes,
        real: Mapping[int, Mapping[str, str]],
        cut_off: Mapping[int, str],
    ) -> None:
        self._probes = probes
        self._cut_off = cut_off
        self._real = [(added_or_nothing(sheet, page), record) for page, record in real.items()]
        records = len(probes.records())
        self._shorts = [added(sheet, page) for page in range(1, _SHORT_PAGES)]
        samples = range(records + len(real), len(sheet))
        self._fonts, self._seams = Fonts(sheet, samples), seams_seen(sheet, samples)
        self._longs = [added_or_nothing(sheet, page) for page in range(_SHORT_PAGES, records)]

    def _turn(self, place: _Place) -> int:
        return self._short(0, place, hanzi_of(place.field, self._probes), 1)[0].block

    def slot(self, place: _Place) -> Slot:
        """One place of a field.

        :raises NotAForm: it cannot be set.
        """
        field, probes = place.field, self._probes
        hanzi, latin = hanzi_of(field, probes), latin_of(field, probes)
        one = self._short(0, place, hanzi, 1)
        several = self._short(1, place, hanzi, probes.several(field))
        letter = self._short(2, place, latin, 1)
        letters = self._short(3, place, latin, probes.several_letters(field))
        first = one[0]
        levels = [glyph.y_pt for group in (one, several, letter, letters) for glyph in group]
        if not first.upright or max(levels) - min(levels) > NEAR_PT:
            raise NotAForm(f"“{field}”填汉字和填数字时高低不一样")
        align, anchor = self._hang(field, (one, several, letter, letters))
        gap = self._gap(self._short(4, place, hanzi + latin, 3)) if probes.widest_em[field] >= 3 else 0.0
        own = self._fonts.own_types(first.font, letter[0].font)
        longs = self._long_lines(place)
        fits, breaks = self._room(place, longs, several)
        fits = max([fits, *self._single_lines(place)])
        return Slot(
            field=field,
            size_pt=first.size_pt,
            colour=first.colour,
            align=align,
            anchor_pt=anchor,
            baselines_pt={1: (first.y_pt,)} | self._baselines(self._whole(longs.plain, hanzi), align, anchor),
            gap_pt=gap,
            fits_pt=fits,
            breaks_pt=breaks,
            seams=self._seams,
            closer_pt=self._fonts.closer_pt(first, letter[0]),
            types=own,
            after=self._blocks_before(first),
            rare_types=self._fonts.stand_ins(own) if self._holds_rare(place, first) else {},
        )

    def _blocks_before(self, first: Glyph) -> int:
        """Text blocks of the empty page before a glyph of the first probe page, where probes are blocks too."""
        return first.block - 1 - len({glyph.block for glyph in self._shorts[0] if glyph.block < first.block})

    def _short(self, page: int, place: _Place, chars: str, each: int) -> Group:
        found = [glyph for glyph in self._shorts[page] if glyph.char in chars]
        if len(found) != each * place.count:
            raise NotAForm(f"“{place.field}”填的内容没有原样印出来")
        return found[place.index * each : (place.index + 1) * each]

    def _gap(self, mixed: Group) -> float:
        gap = mixed[1].x_pt - mixed[0].x_pt - self._fonts.advance(mixed[0])
        return gap if gap > NEAR_PT else 0.0

    def _hang(self, field: str, groups: Sequence[Group]) -> tuple[float, float]:
        """Alignment (0, ½, 1) and anchor: the end, or the middle, that stays put whatever the width."""
        for align in (0.0, 0.5, 1.0):
            anchors = [group[0].x_pt + align * sum(map(self._fonts.advance, group)) for group in groups]
            if max(anchors) - min(anchors) < NEAR_PT:
                return align, fmean(anchors)
        raise NotAForm(f"“{field}”不是左对齐、居中或右对齐")

    def _long_lines(self, place: _Place) -> _Longs:
        if place.field not in self._probes.long_fields:
            return _Longs([], [])
        hanzi = hanzi_of(place.field, self._probes)
        lines: list[Sequence[Group]] = []
        for page, record in zip(self._longs, self._probes.records()[_SHORT_PAGES:], strict=True):
            found = [glyph for glyph in page if glyph.char == hanzi]
            each = record[place.field].count(hanzi)
            whole = len(found) == each * place.count
            lines.append(lines_of(found[place.index * each : (place.index + 1) * each]) if whole else [])
        plain = len(SHARES)
        return _Longs(lines[:plain], lines[plain:])

    def _whole(self, plain: Sequence[Sequence[Group]], hanzi: str) -> list[Sequence[Group]]:
        """Lines of the plain long pages on which all of them are shown."""
        return [lines for page, lines in enumerate(plain, _SHORT_PAGES) if hanzi not in self._cut_off[page]]

    def _baselines(
        self, pages: Sequence[Sequence[Group]], align: float, anchor: float
    ) -> dict[int, tuple[float, ...]]:
        """Number of lines → baselines, where every line hangs on the anchor and is set evenly."""
        return {
            len(lines): tuple(line[0].y_pt for line in lines)
            for lines in pages
            if len(lines) > 1 and all(self._is_even(line, align, anchor) for line in lines)
        }

    def _is_even(self, line: Group, align: float, anchor: float) -> bool:
        advance = self._fonts.advance(line[0])
        hangs = abs(line[0].x_pt + align * advance * len(line) - anchor) < NEAR_PT
        return hangs and all(abs(b.x_pt - a.x_pt - advance) < NEAR_PT for a, b in pairwise(line))

    def _room(self, place: _Place, longs: _Longs, short: Group) -> tuple[float, float]:
        """How long a line certainly may be, and how long it certainly may not, in points."""
        em = self._fonts.advance(short[0])
        fits, breaks = len(short) * em, inf
        for lines in longs.plain:
            for line in lines[:1]:
                fits = max(fits, len(line) * em)
                breaks = min(breaks, (len(line) + 1) * em) if len(lines) > 1 else breaks
        for number, lines in enumerate(longs.headed):
            head = self._probes.head(place.field, number).count(hanzi_of(place.field, self._probes))
            for line in lines[:1]:
                if len(line) > head:  # it begins and ends with a hanzi
                    width = line[-1].x_pt + em - line[0].x_pt
                    fits = max(fits, width)
                    breaks = min(breaks, width + em) if len(lines) > 1 else breaks
        return fits, breaks

    def _single_lines(self, place: _Place) -> Iterator[float]:
        """Widths of the batch's own texts that stand on one line in this place."""
        for page, record in self._real:
            text = list(record[place.field])
            chars = [glyph.char for glyph in page]
            starts = [
                start
                for start, char in enumerate(chars)
                if text[:1] == [char] and chars[start : start + len(text)] == text
            ]
            if len(starts) == place.count:
                group = page[starts[place.index] : starts[place.index] + len(text)]
                if len(lines_of(group)) == 1 and self._fonts.is_known(group[-1]):
                    yield group[-1].x_pt + self._fonts.advance(group[-1]) - group[0].x_pt

    def _holds_rare(self, place: _Place, first: Glyph) -> bool:
        """Whether a character of another font leaves the line where it is."""
        if not self._probes.rare.get(place.field) or self._probes.widest_em[place.field] < 2:
            return True
        beside = self._short(5, place, hanzi_of(place.field, self._probes), 1)
        return abs(beside[0].y_pt - first.y_pt) < NEAR_PT
