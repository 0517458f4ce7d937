"""Where a line may be broken, seen in a narrow column: LibreOffice has other rules from version to version.

Every two neighbours of a batch's texts (a seam, by kinds) are shown behind a few hanzi, the first of them at the end
of the line. Where it stays there the line may be broken between both; where it goes along to the next line it may not.
"""

from collections.abc import Iterable, Mapping
from operator import attrgetter

from pipeline.adapters.form.reading import PrintedPages, lines_of

SIZE_PT = 9.5
"""Font size of the column: no template has it, so its glyphs are known by it."""
COLUMN_PT = 4.15 * SIZE_PT
"""Width of the column: four hanzi, and of the narrowest sign not all."""
_HANZI = "甲"
_BEFORE = 3
_END = "乙"


def line_of(seam: str) -> str:
    """What is to be shown of a seam."""
    return _HANZI * _BEFORE + seam + _END


def seams_seen(sheet: PrintedPages, pages: Iterable[int]) -> Mapping[str, bool]:
    """Seam → whether a line may be broken there; one that is seen in two ways, or in neither, is left out."""
    seen: dict[str, set[bool | None]] = {}
    shown: list[str] = []
    column = [glyph for page in pages for glyph in sheet.glyphs(page) if abs(glyph.size_pt - SIZE_PT) < 0.1]
    for line in lines_of(column):  # a character of a stand-in font is written after the others
        shown.append("".join(glyph.char for glyph in sorted(line, key=attrgetter("x_pt"))))
        if shown[-1].endswith(_END):
            whole = "".join(shown)
            seam = whole.removeprefix(_HANZI * _BEFORE).removesuffix(_END)
            if line_of(seam) == whole:
                seen.setdefault(seam, set()).add(_verdict(len(shown[0])))
            shown = []
    return {seam: may for seam, found in seen.items() if len(found) == 1 and (may := found.pop()) is not None}


def _verdict(first: int) -> bool | None:
    """What the first line of a column's text tells by its length."""
    return None if first > _BEFORE + 1 else first == _BEFORE + 1
