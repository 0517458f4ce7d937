"""Fillings of a paper, printed one behind the other → the paper: what differs between them are slots, all else stands still."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import inf
from statistics import fmean

from pipeline.adapters.form.background import TEXT_BLOCK
from pipeline.adapters.form.comparing import FIXED_PT, Group, NotAForm, apart
from pipeline.adapters.form.fonts import Fonts
from pipeline.adapters.form.papers.paper import PAGE, PAGES, Counter, Leaf, Paper
from pipeline.adapters.form.reading import NEAR_PT, PrintedPages, lines_of
from pipeline.adapters.form.type_case import Slot, is_gap
from pipeline.domain.letters.sampling import KINDS

_BLANK = "\u3000"
"""The blank of hanzi, which has a glyph as wide as theirs."""
_BETWEEN_HANZI = "中中"


@dataclass(frozen=True, slots=True)
class Filling:
    """One filling as it was printed."""

    first: int
    """Its first page in the PDF, from 0."""
    pages: int
    """How many it has."""
    groups: tuple[tuple[int, Group] | None, ...]
    """Each paragraph's page, counted within the filling, and glyphs; None for one that says nothing."""


class Fillings:
    """A PDF of fillings, each from a new page on, and behind them what shows characters beside each other."""

    def __init__(
        self, sheet: PrintedPages, said: Sequence[Sequence[str]], counting: Sequence[Sequence[str]]
    ) -> None:
        """Find them.

        :param said: for each filling, what its paragraphs say.
        :param counting: for each header and footer that counts pages, its words before, between and behind the numbers.
        :raises NotAForm: something is not on the pages as it was filled in.
        """
        self._sheet, self._said = sheet, said
        self.found = list(self._found())
        last = self.found[-1]
        self._fonts = Fonts(sheet, range(last.first + last.pages, len(sheet)))
        self._counted = [seen for seen in map(self._seen, counting) if seen[1]]

    def paper(self, first: int, end: int) -> Paper:
        """What the fillings from the first to before the end have in common.

        :raises NotAForm: fixed words or lines move, or a paragraph stands in a way that cannot be set.
        """
        alike, said = self.found[first:end], self._said[first:end]
        base = alike[0]
        if any(self._drawings(each) != self._drawings(base) for each in alike):
            raise NotAForm("线条随填写的内容移动或增减")
        slots: dict[int, list[tuple[Slot, Group]]] = {page: [] for page in range(base.pages)}
        fixed: list[str | None] = []
        for number, texts in enumerate(zip(*said, strict=True)):
            places = [each.groups[number] for each in alike]
            groups = [place[1] for place in places if place]
            pages = {place[0] if place else None for place in places}
            if len(pages) > 1:
                raise NotAForm(f"“{texts[0]}”随填写的内容换页")
            is_slot = len(set(texts)) > 1
            fixed.append(None if is_slot else texts[0])
            if is_slot:
                slots[pages.pop() or 0].append((self._slot(str(number), groups), groups[0]))
            elif any(_moved(groups[0], other) for other in groups[1:]):
                raise NotAForm(f"固定文字“{texts[0][:6]}”随填写的内容移动")
            if is_slot and not self._differ(groups):  # they would hang by either end
                raise NotAForm(f"“{texts[0][:6]}”看不出怎样对齐")
        for number, (_, places_of) in enumerate(self._counted, len(fixed)):
            for page in range(base.pages):
                if base.first + page in places_of:
                    group = places_of[base.first + page]
                    slots[page].append((self._slot(str(number), [group, *places_of.values()]), group))
        leaves = (self._leaf(base.first + page, own) for page, own in slots.items())
        return Paper(tuple(fixed), tuple(counter for counter, _ in self._counted), tuple(leaves))

    def _found(self) -> Iterator[Filling]:
        first = 0
        for texts in self._said:
            page, at = first, 0
            groups: list[tuple[int, Group] | None] = []
            for text in map(_bare, texts):
                if not text:
                    groups.append(None)
                    continue
                while (start := self._text(page).find(text, at)) < 0:
                    page, at = page + 1, 0
                at = start + len(text)
                groups.append((page - first, self._sheet.glyphs(page)[start:at]))
            yield Filling(first, page + 1 - first, tuple(groups))
            first = page + 1

    @cache  # noqa: B019 - fillings live as long as one measuring
    def _text(self, page: int) -> str:
        if page >= len(self._sheet):
            raise NotAForm("填写的内容没有原样印出来")
        return "".join(glyph.char for glyph in self._sheet.glyphs(page))

    def _drawings(self, filling: Filling) -> list[bytes]:
        return [self._sheet.drawing(page) for page in range(filling.first, filling.first + filling.pages)]

    def _seen(self, words: Sequence[str]) -> tuple[Counter, Mapping[int, Group]]:
        """A header or footer that counts pages, and where each page has it; nowhere, if it is that of other papers.

        :raises NotAForm: it does not tell pages in plain figures.
        """
        pattern = re.compile("([0-9]+)".join(map(re.escape, map(_bare, words))))
        places: dict[int, Group] = {}
        kinds = [{PAGE, PAGES} for _ in words[1:]]
        for page in range(len(self._sheet)):
            hits = list(pattern.finditer(self._text(page)))
            if len(hits) > 1:
                raise NotAForm("页码和正文分不开")
            for hit in hits:
                places[page] = self._sheet.glyphs(page)[hit.start() : hit.end()]
                right = {PAGE: str(page + 1), PAGES: str(len(self._sheet))}
                kinds = [
                    {kind for kind in left if right[kind] == told}
                    for left, told in zip(kinds, hit.groups(), strict=True)
                ]
        if places and any(len(left) != 1 for left in kinds):
            raise NotAForm("页码不是从1起的数字")
        return Counter(tuple(words), tuple(left.pop() for left in kinds)), places

    def _slot(self, field: str, groups: Sequence[Group]) -> Slot:
        """The place of a paragraph.

        :param groups: its glyphs in each filling; in the first it stays on one line.
        :raises NotAForm: it cannot be set.
        """
        glyphs = [glyph for group in groups for glyph in group]
        lines = [lines_of(group) for group in groups]
        levels = [each[0][0].y_pt for each in lines if len(each) == 1]
        looks = {(glyph.size_pt, glyph.colour, glyph.upright) for glyph in glyphs}
        if (
            len(lines[0]) > 1
            or len(looks) > 1
            or not glyphs[0].upright
            or max(levels) - min(levels) > NEAR_PT
        ):
            raise NotAForm(f"“{_said(groups[0])[:6]}”一段里字的大小、颜色或高低不一样")
        align, anchor = self._hang([line for each in lines for line in each])
        broken = [pair for each in lines for pair in pairwise(each) if _seam(*pair) == _BETWEEN_HANZI]
        types, closer = self._fonts.look(glyphs)
        return Slot(
            field=field,
            size_pt=glyphs[0].size_pt,
            colour=glyphs[0].colour,
            align=align,
            anchor_pt=anchor,
            baselines_pt={len(each): tuple(line[0].y_pt for line in each) for each in reversed(lines)},
            gap_pt=self._gap(lines),
            fits_pt=max(self._width(line) for each in lines for line in each),
            breaks_pt=min(
                (self._width(line) + self._fonts.advance(after[0]) for line, after in broken), default=inf
            ),
            seams=dict.fromkeys([_BETWEEN_HANZI] if broken else [], True),
            closer_pt=closer,
            types=types,
            rare_types={},
            after=0,
            blank=_BLANK,
        )

    def _width(self, line: Group) -> float:
        return line[-1].x_pt + self._fonts.advance(line[-1]) - line[0].x_pt

    def _hang(self, lines: Sequence[Group]) -> tuple[float, float]:
        """Alignment (0, ½, 1) and anchor."""
        for align in (0.0, 0.5, 1.0):
            anchors = [line[0].x_pt + align * self._width(line) for line in lines]
            if max(anchors) - min(anchors) < NEAR_PT:
                return align, fmean(anchors)
        raise NotAForm(f"“{_said(lines[0])[:6]}”不是左对齐、居中或右对齐")

    def _differ(self, groups: Sequence[Group]) -> bool:
        """Whether some lines are wider than others."""
        widths = [self._width(line) for group in groups for line in lines_of(group)]
        return max(widths) - min(widths) > 1

    def _gap(self, lines: Sequence[Sequence[Group]]) -> float:
        """Space between hanzi and Latin letters or digits."""
        gaps = [
            other.x_pt - one.x_pt - self._fonts.advance(one)
            for each in lines
            for line in each
            for one, other in pairwise(line)
            if is_gap(one.char, other.char)
        ]
        gaps = [gap for gap in gaps if gap < lines[0][0][0].size_pt / 2]  # a wider one is a blank
        return gap if gaps and (gap := fmean(gaps)) > NEAR_PT else 0.0

    def _leaf(self, page: int, slots: Sequence[tuple[Slot, Group]]) -> Leaf:
        """A page without the text of its slots.

        :raises NotAForm: one piece of text belongs to a slot and to something else.
        """
        content = self._sheet.content(page)
        blocks = list(TEXT_BLOCK.finditer(content))
        owners = {glyph.block: slot for slot, group in slots for glyph in group}
        glyphs = self._sheet.glyphs(page)
        if sum(glyph.block in owners for glyph in glyphs) != sum(len(group) for _, group in slots) or max(
            glyph.block for glyph in glyphs
        ) > len(blocks):
            raise NotAForm("填写的内容和别的文字分不开")
        operators, placed, at = [b""], [], 0
        for number, block in enumerate(blocks, 1):
            if number in owners:
                operators[-1] += content[at : block.start()]
                at = block.end()
                if owners[number] not in placed:
                    placed.append(owners[number])
                    operators.append(b"")
        operators[-1] += content[at:]
        return Leaf(tuple(operators), tuple(placed))


def _bare(text: str) -> str:
    return "".join(text.split())


def _said(group: Group) -> str:
    return "".join(glyph.char for glyph in group)


def _moved(one: Group, other: Group) -> bool:
    return any(apart(*pair) > FIXED_PT for pair in zip(one, other, strict=True))


def _seam(line: Group, following: Group) -> str:
    return (line[-1].char + following[0].char).translate(KINDS)
