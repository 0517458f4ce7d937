"""Records of delimited text with more fields than their header: a text that holds the separator has moved the others."""

from collections import Counter

from pipeline.domain.model import Problem, Source
from pipeline.domain.tables.grid import Grid
from pipeline.domain.tables.lines.people import is_footer
from pipeline.domain.values.identity import masked
from pipeline.domain.values.text import Cells, is_identity, text_of

_SEEN = 60


def unfit_rows(grid: Grid, first: int, last: int) -> dict[int, Problem]:
    """Row number → why the row cannot be taken (code ``ragged-row``).

    That is what its reader says, and of the rows below a header those with more fields than both header and most rows, or with something beyond the
    header's columns. Fewer fields are blanks at the end that were not written. As many more as most rows have are
    separators at the end of each, and a column without a header where the header was written as wide holds remarks.

    :param first: the header's first line, a place among the grid's rows.
    :param last: its last line.
    """
    unfit = {row: fault for fault in grid.faults if (row := fault.source.row)}
    widths = grid.widths[last + 1 :]
    if not widths:
        return unfit
    wide = max(grid.widths[first : last + 1])
    named = max(len(cells) for _, cells in grid.rows[first : last + 1])
    lines = Counter((wide, *widths))
    usual = max(lines, key=lambda width: (lines[width], -width))
    least, most = sorted((wide, usual))
    if max(widths) <= least:
        return unfit
    for (number, cells), width in zip(grid.rows[last + 1 :], widths, strict=True):
        if (width > most or (width > least and len(cells) > named)) and not _is_remark(cells):
            unfit.setdefault(number, _ragged(grid.source._replace(row=number), cells, width, wide))
    return unfit


def _ragged(source: Source, cells: Cells, width: int, wide: int) -> Problem:
    advice = (
        f"这一行有{width}格，表头只有{wide}格，多半是文字里带着分隔用的逗号，后面的格子错了位，没有读。"
        "请在原来的软件里另存为 .xlsx 再放入；或者用记事本打开，给带逗号的文字前后加上英文引号。"
        "多出的格子是备注的，请给那一列也写上表头。"
    )
    seen = masked(" | ".join(filter(None, map(text_of, cells))))
    short = seen if len(seen) <= _SEEN else f"{seen[:_SEEN]}…"
    return Problem(source, None, short, "ragged-row", advice)


def _is_remark(cells: Cells) -> bool:
    """Whether it is a line below the table (填报人 …), which may hold any number of separators."""
    label = next((text for value in cells if (text := text_of(value))), "")
    return is_footer(label) and not any(map(is_identity, cells))
