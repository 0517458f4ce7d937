"""A probe page held against the empty one: what it has beyond; a page that was set, against LibreOffice's own."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from pipeline.adapters.form.reading import Glyph, PrintedPages

FIXED_PT = 0.05
"""How far a fixed word may stand elsewhere on a probe page."""
TOLERANCE_PT = 0.3
"""How far a set glyph may stand from LibreOffice's own."""

Group = Sequence[Glyph]
"""The probe glyphs of one place of a field, or of one of its lines."""


class NotAForm(Exception):
    """The template does not behave like a form; the text says how, in Chinese."""


def added(sheet: PrintedPages, page: int) -> list[Glyph]:
    """The glyphs that a probe page has beyond the empty one.

    :raises NotAForm: a fixed word or line moved.
    """
    if sheet.drawing(page) != sheet.drawing(0):
        raise NotAForm("线条随填写的内容移动或增减")
    fixed: dict[str, list[Glyph]] = defaultdict(list)
    for glyph in sheet.glyphs(0):
        fixed[glyph.char].append(glyph)
    beyond = []
    for glyph in sheet.glyphs(page):
        same = next((old for old in fixed[glyph.char] if apart(old, glyph) < FIXED_PT), None)
        if same is None:
            beyond.append(glyph)
        else:
            fixed[glyph.char].remove(same)
    moved = "".join(glyph.char for left in fixed.values() for glyph in left)
    if moved:
        raise NotAForm(f"固定文字“{moved[:6]}”随填写的内容移动")
    return beyond


def added_or_nothing(sheet: PrintedPages, page: int) -> list[Glyph]:
    """The same for a page that may be overfull: then it tells nothing."""
    try:
        return added(sheet, page)
    except NotAForm:
        return []


def difference(theirs: Sequence[Glyph], ours: Sequence[Glyph]) -> str | None:
    """The first glyph of ours that stands, looks or is otherwise than theirs, in Chinese; None when all agree."""
    if Counter(glyph.char for glyph in theirs) != Counter(glyph.char for glyph in ours):
        return "文字与 LibreOffice 不一致"
    left: dict[str, list[Glyph]] = {}
    for glyph in theirs:
        left.setdefault(glyph.char, []).append(glyph)
    for glyph in ours:
        there = left[glyph.char]
        distances = [apart(glyph, other) for other in there]
        distance = min(distances)
        nearest = there.pop(distances.index(distance))
        if distance > TOLERANCE_PT:
            return f"“{glyph.char}”的位置与 LibreOffice 相差{distance:.1f}磅"
        if (glyph.font, glyph.colour) != (nearest.font, nearest.colour) or abs(
            glyph.size_pt - nearest.size_pt
        ) > 0.01:
            return f"“{glyph.char}”的字体、字号或颜色与 LibreOffice 不一致"
    return None


def apart(one: Glyph, other: Glyph) -> float:
    """How far two glyphs stand from each other, in points."""
    return max(abs(one.x_pt - other.x_pt), abs(one.y_pt - other.y_pt))
