"""The table below a header: every line of it a row, or left out for a reason."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.domain.model import Problem, Source
from pipeline.domain.tables.columns.choice import Rival, rivals_of
from pipeline.domain.tables.columns.doubts import settled
from pipeline.domain.tables.grid import Grid, Row, Table, cell_at
from pipeline.domain.tables.headers import Header
from pipeline.domain.tables.lines.out_of_place import HeaderAgain, rows_above
from pipeline.domain.tables.lines.people import Lines, sorted_out
from pipeline.domain.tables.lines.ragged import unfit_rows
from pipeline.domain.tables.lines.totals import total_of
from pipeline.domain.tables.tidied import merged_filled
from pipeline.domain.values.cell import Unreadable
from pipeline.domain.values.text import Cells

_AS_HELD: Mapping[str, str | Unreadable] = {}


def table_of(header: Header, pages: Sequence[Grid] = ()) -> Table:
    """The table below a header, every line of it a row or left out for a reason.

    :param pages: sheets without a header with which it goes on.
    """
    grid, kind, columns = header.grid, header.kind, header.columns
    pages = tuple(map(merged_filled, pages))
    rivals = rivals_of(grid, kind, header.names, columns, header.text, header.source.row or 0)
    kept, left_out, faults = _below(header)
    kept += [(page, number, cells) for page in pages for number, cells in page.rows]
    weighed = [rival for rival in rivals if not rival.is_hidden]
    rows = [(_row(page, number, cells, header, weighed), cells) for page, number, cells in kept]
    lines = sorted_out(rows, columns) if kind.is_list else _as_they_stand(rows, columns.get("seq"))
    table = Table(
        kind.name,
        header.source,
        {field: header.text(index) for field, index in columns.items()},
        tuple(lines.rows),
        {field: index + 1 for field, index in columns.items()},
        grid.from_1904,
        +(left_out + lines.left_out),
        tuple(lines.doubts),
        faults=tuple(dict.fromkeys(faults)),
    )
    return settled(table, kind, (grid, *pages), rivals)


def _below(header: Header) -> tuple[list[tuple[Grid, int, Cells]], Counter[str], list[Problem]]:
    """The lines of a header's sheet that may be rows, why others are not → how many, and what is wrong with these."""
    grid, words = header.grid, header.kind.columns
    above, faults = rows_above(grid, header.position, header.columns)
    left_out = Counter({"标题": header.position - above, "表头": header.depth, "有问题": above})
    unfit = unfit_rows(grid, header.position, header.last)
    of_header = grid.rows[header.position : header.last + 1]
    faults += [unfit[number] for number, _ in of_header if number in unfit]
    columns = {place: words[name] for name, place in header.columns.items()}
    again = HeaderAgain(header.source, header.lines, columns)
    kept = []
    for number, cells in grid.rows[header.last + 1 :]:
        reason = again.sees(number, cells)
        if reason and not again.moved:
            left_out[reason] += 1
        elif again.moved or number in unfit:
            left_out["有问题"] += 1
            faults.append(again.moved or unfit[number])
        else:
            kept.append((grid, number, cells))
    return kept, left_out, faults


def _as_they_stand(rows: Sequence[tuple[Row, Cells]], seq: int | None) -> Lines:
    return Lines([_marked(row, cells, seq) for row, cells in rows])


def _marked(row: Row, cells: Cells, seq: int | None) -> Row:
    total = total_of(cells, seq)
    return replace(row, total=total.label) if total else row


def _row(grid: Grid, number: int, cells: Cells, header: Header, rivals: Sequence[Rival]) -> Row:
    source = Source(grid.source.file, grid.source.sheet, number)
    width = len(cells)
    values = {field: cells[index] if index < width else None for field, index in header.columns.items()}
    columns = header.columns
    for rival in rivals:
        if rival.weigh(source, values, cell_at(cells, rival.index), grid.from_1904):
            columns = {**columns, rival.field: rival.index}
    shown = _shown(grid, number, header.kind.printed, columns) if grid.shown else _AS_HELD
    return Row(source, values, shown=shown)


def _shown(
    grid: Grid, number: int, printed: Sequence[str], columns: Mapping[str, int]
) -> Mapping[str, str | Unreadable]:
    """What a row's cells show otherwise than they hold, by field."""
    shown = {}
    for name in printed:
        column = columns.get(name)
        if column is not None and (text := grid.shown.get((number, column + 1))) is not None:
            shown[name] = text
    return shown or _AS_HELD
