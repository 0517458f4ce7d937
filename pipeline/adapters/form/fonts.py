"""The fonts of probe pages: how wide each sets a character, and two of them beside each other."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from statistics import fmean

from pipeline.adapters.form.comparing import NotAForm
from pipeline.adapters.form.reading import NEAR_PT, Glyph, PrintedPages, Type

Look = tuple[Mapping[str, Type], Mapping[str, float]]
"""Character → glyph; two characters → points by which they stand wider apart than one by one."""


class Fonts:
    """What is known of the fonts that a PDF carries."""

    def __init__(self, sheet: PrintedPages, samples: Iterable[int]) -> None:
        """Look through all pages.

        :param samples: pages that show characters beside each other.
        """
        self._types = sheet.types()
        glyphs = (glyph for page in range(len(sheet)) for glyph in sheet.glyphs(page))
        self._nameless = {glyph.char for glyph in glyphs if not self.is_known(glyph)}
        self._pairs = self._closer(sheet, samples)
        self._looks: dict[object, Look] = {}

    def _closer(self, sheet: PrintedPages, pages: Iterable[int]) -> dict[tuple[str, float], dict[str, float]]:
        """Font and size → two neighbours → points by which they stand wider (or closer) than one by one.

        What is seen in two ways, and signs that became one glyph, are left out.
        """
        seen: dict[tuple[str, float], dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
        for page in pages:
            for one, other in pairwise(sheet.glyphs(page)):
                is_beside = (one.font, one.size_pt, one.y_pt) == (other.font, other.size_pt, other.y_pt)
                if is_beside and self.is_known(one):
                    wider = other.x_pt - one.x_pt - self.advance(one)
                    seen[one.font, one.size_pt][one.char + other.char].append(wider)
        return defaultdict(
            dict,
            {
                look: {
                    pair: fmean(found)
                    for pair, found in pairs.items()
                    if max(found) - min(found) < NEAR_PT and min(found) > -look[1] / 5
                }
                for look, pairs in seen.items()
            },
        )

    def closer_pt(self, hanzi: Glyph, latin: Glyph) -> dict[str, float]:
        """The pairs of a field, as each of its two fonts sets those that are its own."""
        wide, narrow = self._pairs[hanzi.font, hanzi.size_pt], self._pairs[latin.font, latin.size_pt]
        return {pair: wider for pair, wider in wide.items() if not any(map(str.isascii, pair))} | {
            pair: wider for pair, wider in narrow.items() if pair.isascii()
        }

    def look(self, glyphs: Sequence[Glyph]) -> Look:
        """What texts like these, all of one size, are set in, of two fonts or one: one value for all that have the same."""
        wide = next((glyph for glyph in glyphs if not glyph.char.isascii()), None)
        narrow = next((glyph for glyph in glyphs if glyph.char.isascii()), None)
        one, other = wide or glyphs[0], narrow or glyphs[0]
        key = wide and wide.font, narrow and narrow.font, one.size_pt
        if key not in self._looks:
            own = self.own_types(one.font, other.font)
            known = {char: glyph for char, glyph in own.items() if (narrow if char.isascii() else wide)}
            self._looks[key] = known, self.closer_pt(one, other)
        return self._looks[key]

    def is_known(self, glyph: Glyph) -> bool:
        """Whether a character has a glyph by its own name: of several that share one, a PDF's font names the first."""
        return glyph.char in self._types.get(glyph.font, ())

    def advance(self, glyph: Glyph) -> float:
        """Points from a glyph's origin to the next one's.

        :raises NotAForm: the character shares its glyph with another.
        """
        if not self.is_known(glyph):
            raise NotAForm(f"“{glyph.char}”与别的字共用一个字形")
        return self._types[glyph.font][glyph.char].width_em * glyph.size_pt

    def own_types(self, hanzi_font: str, latin_font: str) -> dict[str, Type]:
        """Character → glyph in the field's own fonts: the Latin one for ASCII, else the hanzi one first.

        One without a name of its own in some font is left out: it may be set in that.
        """
        hanzi, latin = self._types[hanzi_font], self._types[latin_font]
        wide = {char: glyph for char, glyph in hanzi.items() if not char.isascii()}
        return {char: glyph for char, glyph in {**latin, **wide}.items() if char not in self._nameless}

    def stand_ins(self, own: Mapping[str, Type]) -> dict[str, Type]:
        """Character → glyph for those that the field's own fonts lack and exactly one other has."""
        found: dict[str, list[Type]] = defaultdict(list)
        for types in self._types.values():
            for char in types.keys() - own.keys() - self._nameless:
                found[char].append(types[char])
        return {char: glyphs[0] for char, glyphs in found.items() if len(glyphs) == 1}
