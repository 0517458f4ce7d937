"""Tables of which there must be exactly one."""

from collections.abc import Sequence

from pipeline.domain.model import Problem, Source, Unit
from pipeline.domain.records.reading import Reading, counted
from pipeline.domain.tables.grid import Row, Table
from pipeline.domain.tables.kinds import Kind
from pipeline.domain.values.text import text_of

FOOTNOTE, TOTAL = "填报说明", "合计"
"""Why a line is no unit."""
Units = Reading[tuple[Unit, ...]]


def only(kind: Kind, tables: Sequence[Table]) -> Table | Problem:
    """The one table of a kind of the plan, or why there is none (codes ``missing-table``, ``duplicate-table``)."""
    if not tables:
        advice = f"没有{kind.title}，请把它放进 inputs。"
        return Problem(Source("inputs"), None, "", "missing-table", advice)
    if len(tables) > 1:
        places = "、".join(f"{table.source.file}（{table.source.sheet}）" for table in tables)
        advice = f"{kind.title}有{len(tables)}份，请只留一份。"
        return Problem(tables[1].source, None, places, "duplicate-table", advice)
    return tables[0]


def unused(tables: Sequence[Table], units: tuple[Unit, ...], problems: tuple[Problem, ...] = ()) -> Units:
    """What comes of tables that cannot be read."""
    rows = ((row.source.file, "没有用到") for table in tables for row in table.rows)
    return Reading(units, problems, left_out=counted(rows))


def at_cell(table: Table, row: Row, field: str, code: str, advice: str) -> Problem:
    """A problem in a field of a row."""
    seen = text_of(row.printed(field))
    return Problem(row.source, table.headers[field], seen, code, advice, table.places.get(field))
