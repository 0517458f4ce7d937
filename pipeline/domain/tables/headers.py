"""Which kind of table a sheet is, told by its header row, and which of its lines are rows."""

from collections import ChainMap, Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.domain.model import Problem, Source
from pipeline.domain.tables.column_doubts import settled
from pipeline.domain.tables.columns import Rival, columns_of, header_name, rivals_of
from pipeline.domain.tables.grid import Grid, Row, Table
from pipeline.domain.tables.kinds import KINDS, Kind
from pipeline.domain.tables.lines import Lines, sorted_out
from pipeline.domain.tables.out_of_place import HeaderAgain, rows_above
from pipeline.domain.tables.ragged import unfit_rows
from pipeline.domain.tables.totals import total_of
from pipeline.domain.values.cell import Unreadable, Value
from pipeline.domain.values.text import Cells, text_of

HEADER_WITHIN = 30
"""Rows from the top in which a header may stand, below titles and notes."""
MOST_FILLED = 1_000_000
"""Cells that merged areas may fill; more are not an office's table."""
_AS_HELD: Mapping[str, str | Unreadable] = {}


@dataclass(frozen=True, slots=True)
class _Header:
    """A way to read a sheet's header."""

    kind: Kind
    position: int
    """Place of its first line among the sheet's lines."""
    depth: int
    """1, or 2 where group titles stand above the columns' own."""
    names: tuple[str, ...]
    """Column by column."""
    columns: Mapping[str, int]
    """Field → column, from 0."""

    @property
    def required(self) -> int:
        """How much of what the kind asks for is there."""
        return len(self.kind.required) - len(self.missing)

    @property
    def missing(self) -> list[str]:
        """Recommended header texts of what the kind asks for and this lacks."""
        groups = [group for group in self.kind.required if not self.columns.keys() & set(group)]
        return ["/".join(self.kind.columns[field][0] for field in group) for group in groups]


def recognise(grid: Grid, kinds: Sequence[Kind] = KINDS, pages: Sequence[Grid] = ()) -> Table | Problem:
    """The table that a sheet holds, or a problem that says what the nearest kind lacks.

    :param pages: sheets without a header with which the table goes on.
    Codes of the problem: ``unknown-table``; ``unclear-table`` where it could be two kinds; ``duplicate-column``.
    """
    grid = _merged_filled(grid)
    rows = grid.rows
    best: _Header | None = None
    for position in range(min(len(rows), HEADER_WITHIN)):
        headers = list(_headers(grid, rows, position, kinds))
        complete = [header for header in headers if not header.missing]
        if complete:
            header = max(complete, key=lambda header: (len(header.columns), -header.depth))
            return _doubt(grid, header, complete) or _table(grid, rows, header, pages)
        # 说明 alone stands above remarks.
        near = (each for each in (best, *headers) if each and (each.required or len(each.columns) > 1))
        best = max(near, key=lambda header: (len(header.columns), header.required), default=None)
    if best is None:
        names = "、".join(kind.title for kind in kinds)
        advice = f"看不出是哪种表：没有认得的表头。可放入的有：{names}。不是要用的表，请移出 inputs。"
    else:
        advice = (
            f"看不出是哪种表：第{rows[best.position][0]}行最像“{best.kind.title}”的表头，还缺“{'”“'.join(best.missing)}”列。"
            "请补上表头，或把文件移出 inputs。"
        )
    return Problem(grid.source, None, "", "unknown-table", advice)


def _headers(
    grid: Grid, rows: Sequence[tuple[int, Cells]], position: int, kinds: Sequence[Kind]
) -> Iterator[_Header]:
    names = tuple(header_name(value) for value in rows[position][1])
    for kind in kinds:
        yield _Header(kind, position, 1, names, columns_of(grid, kind, names))
    if position + 1 < min(len(rows), HEADER_WITHIN):
        below = tuple(header_name(value) for value in rows[position + 1][1])
        above = _spread(grid, rows[position], names, len(below))
        own = tuple(
            low or (names[index] if index < len(names) else "")
            for index, low in enumerate((*below, *[""] * (len(names) - len(below))))
        )
        joined = tuple(high + low if low else "" for high, low in zip(above, below, strict=False))
        for kind in kinds:
            columns = columns_of(grid, kind, joined) | columns_of(grid, kind, own)
            # A title must add something; a group title need only lose nothing.
            is_title = not columns_of(grid, kind, names)
            if len(columns) >= len(columns_of(grid, kind, below)) + is_title:
                yield _Header(kind, position, 2, own, columns)


def _spread(grid: Grid, row: tuple[int, Cells], names: Sequence[str], width: int) -> list[str]:
    """Group titles over each of the columns that they are merged across."""
    spread = [*names, *[""] * (width - len(names))]
    for area in grid.merged:
        if area.top <= row[0] <= area.bottom and area.left <= len(names):
            for column in range(area.left, min(area.right, width)):
                spread[column] = spread[area.left - 1]
    return spread


def _doubt(grid: Grid, header: _Header, complete: Sequence[_Header]) -> Problem | None:
    """What a clerk has to settle before the table can be read."""
    source = replace(grid.source, row=grid.rows[header.position][0])
    kinds = {other.kind.name for other in complete if other.depth == header.depth}
    if {"applicants", "registrations"} <= kinds and not {"uscc", "regno", "status"} & header.columns.keys():
        advice = (
            "既像“培育对象名单”，又像“登记数据”。是名单的，请删去日期列或把它改名为“备注”；"
            "是登记数据的，请加上“统一社会信用代码”列。"
        )
        return Problem(source, None, "", "unclear-table", advice)
    for field, index in header.columns.items():
        hidden = grid.hidden_columns
        again = [
            place
            for place, name in enumerate(header.names)
            if name == header.names[index] and (place + 1 in hidden) == (index + 1 in hidden)
        ]
        if header.names[index] and len(again) > 1:
            advice = f"有{len(again)}列都叫这个名字，不知道该用哪一列。请把不用的改名、隐藏或删去。"
            seen = (
                text_of(_cell(grid.rows[header.position + header.depth - 1][1], index))
                or header.kind.columns[field][0]
            )
            return Problem(source, seen, seen, "duplicate-column", advice, again[1] + 1)
    return None


def _table(grid: Grid, rows: Sequence[tuple[int, Cells]], header: _Header, pages: Sequence[Grid]) -> Table:
    last = header.position + header.depth - 1
    source = replace(grid.source, row=rows[last][0])
    heads = [rows[place][1] for place in range(last, header.position - 1, -1)]

    def text(index: int) -> str:
        return next((text for head in heads if (text := text_of(_cell(head, index)))), "")

    rivals = rivals_of(grid, header.kind, header.names, header.columns, text, rows[last][0])
    weighed = [rival for rival in rivals if not rival.is_hidden]
    above, faults = rows_above(grid, header.position, header.columns)
    left_out = Counter({"标题": header.position - above, "表头": header.depth, "有问题": above})
    kept = []
    words = header.kind.columns
    unfit = unfit_rows(grid, header.position, last)
    faults += [unfit[number] for number, _ in rows[header.position : last + 1] if number in unfit]
    again = HeaderAgain(source, heads, {place: words[name] for name, place in header.columns.items()})
    for number, cells in rows[last + 1 :]:
        of_header = again.sees(number, cells)
        if of_header and not again.moved:
            left_out[of_header] += 1
        elif again.moved or number in unfit:
            left_out["有问题"] += 1
            faults.append(again.moved or unfit[number])
        else:
            kept.append((_row(grid, number, cells, header, weighed), cells))
    for page in map(_merged_filled, pages):
        kept += [(_row(page, number, cells, header, weighed), cells) for number, cells in page.rows]
    lines = (
        sorted_out(kept, header.columns)
        if header.kind.is_list
        else Lines([_marked(row, cells, header.columns.get("seq")) for row, cells in kept])
    )
    table = Table(
        header.kind.name,
        source,
        {field: text(index) for field, index in header.columns.items()},
        tuple(lines.rows),
        {field: index + 1 for field, index in header.columns.items()},
        grid.from_1904,
        +(left_out + lines.left_out),
        tuple(lines.doubts),
        faults=tuple(dict.fromkeys(faults)),
        width=max(map(len, heads)),
    )
    return settled(table, (grid, *pages), rivals)


def _marked(row: Row, cells: Cells, seq: int | None) -> Row:
    total = total_of(cells, seq)
    return replace(row, total=total.label) if total else row


def _row(grid: Grid, number: int, cells: Cells, header: _Header, rivals: Sequence[Rival]) -> Row:
    source = Source(grid.source.file, grid.source.sheet, number)
    values = {field: _cell(cells, index) for field, index in header.columns.items()}
    columns = header.columns
    for rival in rivals:
        if rival.weigh(source, values, _cell(cells, rival.index), grid.from_1904):
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


def _cell(cells: Cells, index: int) -> Value:
    return cells[index] if index < len(cells) else None


def _merged_filled(grid: Grid) -> Grid:
    """A sheet in which cells merged downwards all have the value that they share, and show the same."""
    tall = [area for area in grid.merged if area.bottom > area.top]
    if not tall:
        return grid
    lines = {number: list(cells) for number, cells in grid.rows}
    shown = {}
    filled = 0
    for area in tall:
        value = _cell(tuple(lines.get(area.top, ())), area.left - 1)
        text = grid.shown.get((area.top, area.left))
        for number in range(area.top + 1, area.bottom + 1) if value is not None else ():
            cells = lines.get(number)
            filled += 1
            if filled > MOST_FILLED:
                return grid
            if cells is not None:
                cells.extend([None] * (area.left - len(cells)))
                cells[area.left - 1] = value
                if text is not None:
                    shown[number, area.left] = text
    rows = tuple((number, tuple(cells)) for number, cells in lines.items())
    if not shown:
        return replace(grid, rows=rows)
    return replace(grid, rows=rows, shown=ChainMap(shown, grid.shown))  # type: ignore[arg-type] # nobody writes to it
