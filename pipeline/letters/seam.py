"""Where things stand on a letter's sheet: its mark; and cut and seam, which must be in the middle to fold it there."""

import re
from collections import defaultdict
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from pipeline.adapters.form import PrintedPages

SEAM = "编号大写"
"""Placeholder that the cut goes through."""
PROBE = "甲"
"""What stands in a placeholder to see where it is."""
TOLERANCE_MM = 0.5
"""Less than this nobody sees at the guillotine."""
_NEAR_MM = 20.0
"""What is further from the middle is no cut."""
_LEAST_SHARE = 0.1
"""Of the sheet's width, dashes for a cut at least."""
_MM = 72 / 25.4
_MIDDLE_EM = 0.38
"""From a hanzi's baseline to its middle."""
_DASHED = re.compile(rb"\[ ?[\d.]+[\d. ]*\] [\d.]+ d\s+(-?[\d.]+) (-?[\d.]+) m\s+(-?[\d.]+) (-?[\d.]+) l\b")


def added_places(path: Path) -> list[tuple[float, float]]:
    """Where :data:`PROBE` stands on the second page of a trial and not on the first."""
    with closing(PrintedPages(path)) as sheet:
        before, after = (
            [(glyph.x_pt, glyph.y_pt) for glyph in sheet.glyphs(page) if glyph.char == PROBE]
            for page in (0, 1)
        )
        return [place for place in after if place not in before]


def tell_askew(path: Path, sign: str, say: Callable[[str], None]) -> None:
    """Tell what is off the middle.

    :param path: trial pages; on the second of them ``sign`` stands for :data:`SEAM`.
    """
    with closing(PrintedPages(path)) as sheet:
        height, width = sheet.size(1)
        seams = [
            glyph.y_pt + _MIDDLE_EM * glyph.size_pt
            for glyph in sheet.glyphs(1)
            if sign and glyph.char == sign
        ]
        for name, levels in (("裁切线（虚线）", _cuts(sheet.content(1), width)), ("骑缝编号", seams)):
            off = min((abs(level - height / 2) / _MM for level in levels), default=0.0)
            if TOLERANCE_MM < off < _NEAR_MM:
                say(
                    f"提示：{name}离纸的正中差{off:.1f}毫米，对折裁开会裁偏。请检查模板里它上面各行的高度和页边距。"
                )


def _cuts(content: bytes, width: float) -> list[float]:
    """How high dashed lines are that go over much of the sheet."""
    lengths: dict[float, float] = defaultdict(float)
    for dash in _DASHED.finditer(content):
        left, level, right, end = (float(dash[number]) for number in range(1, 5))
        if abs(level - end) < 0.1:
            lengths[round(level, 1)] += abs(right - left)
    return [level for level, length in lengths.items() if length > width * _LEAST_SHARE]
