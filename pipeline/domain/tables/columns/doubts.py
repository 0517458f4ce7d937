"""What is told of a table's columns: two that contradict each other, hidden ones, radicals in place of hanzi.

Where two columns of one field are filled and say different things, nobody knows which is meant: that is a problem in what
is numbered or printed, and only told in exports, which no clerk here can correct.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.domain.model import Problem, Source
from pipeline.domain.tables.columns.choice import Rival
from pipeline.domain.tables.findings import Findings, as_shown
from pipeline.domain.tables.grid import Grid, Row, Table
from pipeline.domain.tables.kinds import Kind
from pipeline.domain.values.cell import Value
from pipeline.domain.values.characters import legible
from pipeline.domain.values.phones import phone
from pipeline.domain.values.text import letters

_DECIDES_NOTHING = ("seq", "note")
"""Fields that may be hidden without a word."""
_MOBILE = re.compile(r"\b1\d{10}\b")
_SOME = 10


def settled(table: Table, kind: Kind, grids: Sequence[Grid], rivals: Sequence[Rival]) -> Table:
    """The table with what is to be said of its columns, and without the rows that cannot be used for it.

    :param grids: the sheet with the header, and those with which the table goes on.
    :param rivals: the further columns, those that are not hidden weighed in every row.

    Code of the doubts: ``two-columns``; of the remarks: ``two-columns``, ``hidden-column``, ``radical-characters``.
    """
    findings = Findings()
    rows = {row.source: row for row in table.rows} if rivals else {}
    findings.notices += _of_hidden(table, grids[0], rivals)
    for grid in grids:
        findings.notices += _of_radicals(table, grid)
    for rival in rivals:
        differing = [(rows[source], other) for source, other in rival.differing.items() if source in rows]
        for row, other in differing:
            if _contradicts(kind, rival, row, other):
                advice = (
                    f"“{table.headers[rival.field]}”和{rival.named}说的是一件事，这一行却不一样，后一列写的是"
                    f"“{as_shown(rival.field, other)}”，不知道该用哪个。请核对，再把不用的一列删去、改名或隐藏。"
                )
                findings.problem(table, row, rival.field, "two-columns", advice)
        told = [(row, other) for row, other in differing if not _contradicts(kind, rival, row, other)]
        findings.notices += _of_differing(table, rival, told)
    bad = set() if kind.is_plan else {problem.source for problem in findings.problems}
    return replace(
        table,
        rows=tuple(row for row in table.rows if row.source not in bad) if bad else table.rows,
        left_out={**table.left_out, **({"有问题": len(bad)} if bad else {})},
        doubts=(*table.doubts, *findings.problems),
        remarks=tuple(findings.notices),
    )


def _contradicts(kind: Kind, rival: Rival, row: Row, other: Value) -> bool:
    """Whether what differs cannot both be right; somebody may well have a mobile and a landline."""
    if not kind.stops or rival.is_vague:
        return False
    numbers = (phone(each).text for each in (row.cells[rival.field], other))
    return rival.field != "phone" or len({bool(_MOBILE.search(number)) for number in numbers}) == 1


def _of_differing(table: Table, rival: Rival, told: Sequence[tuple[Row, Value]]) -> Iterator[Problem]:
    """One remark for all rows in which a column says something else than the one that is used."""
    if told:
        own = table.headers[rival.field]
        advice = (
            f"“{own}”和{rival.named}有{len(told)}行不一样（第{_some([row.source.row for row, _ in told])}行），用的是“{own}”。"
            "用错了的，请把不用的一列删去、改名或隐藏。"
        )
        [(first, other), *_] = told
        seen = as_shown(rival.field, other)
        yield Problem(first.source, rival.header, seen, "two-columns", advice, rival.index + 1)


def _of_hidden(table: Table, grid: Grid, rivals: Sequence[Rival]) -> Iterator[Problem]:
    """Hidden columns that gave way, and those that were read for want of another."""
    sheet = Source(table.source.file, table.source.sheet)
    for rival in rivals:
        if rival.is_hidden:
            advice = f"{rival.named}是隐藏的，没有用，用的是“{table.headers[rival.field]}”。要用它的，请取消隐藏，把另一列删去或改名。"
            yield Problem(sheet, rival.header, "", "hidden-column", advice)
    read = [
        f"“{table.headers[name]}”（{letters(place)}列）"
        for name, place in table.places.items()
        if place in grid.hidden_columns and name not in _DECIDES_NOTHING
    ]
    if read:
        advice = f"有{len(read)}列是隐藏的，照样读了：{'、'.join(read)}。不要的，请删去或改名。"
        yield Problem(sheet, None, "", "hidden-column", advice)


def _of_radicals(table: Table, grid: Grid) -> Iterator[Problem]:
    """Columns in which radicals were read as the hanzi that they look like."""
    for name, place in table.places.items():
        head = table.source.row or 0 if grid.source.sheet == table.source.sheet else 0
        found = [(row, signs) for row, signs in grid.radicals.get(place, ()) if row > head]
        if found:
            signs = list(dict.fromkeys("".join(each for _, each in found)))[:_SOME]
            advice = (
                f"有{len(found)}格（第{_some([row for row, _ in found])}行）里的“{'”“'.join(signs)}”不是汉字，是样子一样的部首或兼容字，"
                f"多半是从 PDF 复制来的；已当作“{'”“'.join(map(legible, signs))}”。请核对，最好改成汉字。"
            )
            source = grid.source._replace(row=found[0][0])
            yield Problem(source, table.headers[name], "".join(signs), "radical-characters", advice, place)


def _some(rows: Sequence[int | None]) -> str:
    return "、".join(map(str, rows[:_SOME])) + ("等" if len(rows) > _SOME else "")
