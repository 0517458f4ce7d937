"""The table below a header: every line of it a row, or left out for a reason."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from pipeline.domain.model import Problem
from pipeline.domain.tables.columns.choice import Rival, rivals_of
from pipeline.domain.tables.columns.doubts import settled
from pipeline.domain.tables.grid import Grid, Row, Rows, Table, at, cell_at, shown_in
from pipeline.domain.tables.headers import Header
from pipeline.domain.tables.lines.out_of_place import HeaderAgain, rows_above
from pipeline.domain.tables.lines.people import Lines, sorted_out
from pipeline.domain.tables.lines.ragged import unfit_rows
from pipeline.domain.tables.lines.totals import total_of
from pipeline.domain.tables.tidied import merged_filled
from pipeline.domain.values.text import Cells

_TOGETHER = 500
"""Lines that are looked at together."""


def table_of(header: Header, pages: Sequence[Grid] = ()) -> Table:
    """The table below a header, every line of it a row or left out for a reason.

    :param pages: sheets without a header with which it goes on.
    """
    grid, kind, columns = header.grid, header.kind, header.columns
    pages = tuple(map(merged_filled, pages))
    rivals = rivals_of(grid, kind, header.names, columns, header.text, header.source.row or 0)
    kept, left_out, faults = _below(header)
    grids = [grid] * len(kept)
    for page in pages:
        grids += [page] * len(page.rows)
        kept += page.rows
    weighed = [rival for rival in rivals if not rival.is_hidden]
    rows: Sequence[Row] = Rows(grids, kept, columns, kind.printed)
    if weighed:
        rows = [
            _weighed(row, where, line, header, weighed)
            for row, where, line in zip(rows, grids, kept, strict=True)
        ]
    if kind.is_list:
        lines = sorted_out(rows, [cells for _, cells in kept], columns)
        rows = rows if len(lines.kept) == len(rows) else at(rows, lines.kept)
    else:
        lines = Lines()
        rows = [_marked(row, cells, columns.get("seq")) for row, (_, cells) in zip(rows, kept, strict=True)]
    table = Table(
        kind.name,
        header.source,
        {field: header.text(index) for field, index in columns.items()},
        rows if isinstance(rows, Rows) else tuple(rows),
        {field: index + 1 for field, index in columns.items()},
        grid.from_1904,
        +(left_out + lines.left_out),
        tuple(lines.doubts),
        faults=tuple(dict.fromkeys(faults)),
    )
    return settled(table, kind, (grid, *pages), rivals)


def _below(header: Header) -> tuple[list[tuple[int, Cells]], Counter[str], list[Problem]]:
    """The lines of a header's sheet that may be rows, why others are not → how many, and what is wrong with these."""
    grid, words = header.grid, header.kind.columns
    above, faults = rows_above(grid, header.position, header.columns)
    left_out = Counter({"标题": header.position - above, "表头": header.depth, "有问题": above})
    unfit = unfit_rows(grid, header.position, header.last)
    of_header = grid.rows[header.position : header.last + 1]
    faults += [unfit[number] for number, _ in of_header if number in unfit]
    columns = {place: words[name] for name, place in header.columns.items()}
    again = HeaderAgain(header.source, header.lines, columns)
    kept: list[tuple[int, Cells]] = []
    for first in range(header.last + 1, len(grid.rows), _TOGETHER):
        lines = grid.rows[first : first + _TOGETHER]
        if not (unfit or again.moved or again.may_see([cells for _, cells in lines])):
            kept += lines
            continue
        for line in lines:
            number, cells = line
            reason = again.sees(number, cells) if again.may_see([cells]) else ""
            if reason and not again.moved:
                left_out[reason] += 1
            elif again.moved or number in unfit:
                left_out["有问题"] += 1
                faults.append(again.moved or unfit[number])
            else:
                kept.append(line)
    return kept, left_out, faults


def _marked(row: Row, cells: Cells, seq: int | None) -> Row:
    total = total_of(cells, seq)
    return replace(row, total=total.label) if total else row


def _weighed(row: Row, grid: Grid, line: tuple[int, Cells], header: Header, rivals: Sequence[Rival]) -> Row:
    """A row, with what a rival column has where the field's own has nothing."""
    number, cells = line
    values, columns = dict(row.cells), header.columns
    for rival in rivals:
        if rival.weigh(row.source, values, cell_at(cells, rival.index), grid.from_1904):
            columns = {**columns, rival.field: rival.index}
    shown = shown_in(grid, number, header.kind.printed, columns) if grid.shown else row.shown
    return Row(row.source, values, shown=shown)
