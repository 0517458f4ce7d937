"""A table's rows are made when they are asked for, and say what its columns say."""

from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain.model import Source
from pipeline.domain.tables.grid import Grid, Rows, at, column, printed, sources
from pipeline.domain.values.cell import Unreadable, Value

COLUMNS = {"name": 0, "unit": 2, "operator": 5}
CELLS = st.one_of(
    st.none(), st.text("甲乙1", max_size=3), st.integers(0, 10**12), st.booleans(), st.floats(0, 1e12),
    st.just(datetime.fromisoformat("2022-06-01")), st.just(Unreadable("#N/A", "error-value")),
)  # fmt: skip


def grid(sheet: str, lines: list[list[Value]], *, is_told: bool) -> Grid:
    """A sheet whose first column shows something else in every other row.

    :param is_told: whether the sheet says which columns those are.
    """
    rows = tuple((number, tuple(cells)) for number, cells in enumerate(lines, 2))
    shown = {(number, 1): f"看到的{number}" for number, _ in rows if number % 2}
    return Grid(
        Source("登记.xlsx", sheet),
        rows,
        shown=shown,
        dressed=frozenset({1} if shown else ()) if is_told else None,
    )


@given(st.lists(st.lists(CELLS, min_size=1, max_size=7), max_size=6), st.booleans())
def test_columns_say_what_the_rows_say(lines: list[list[Value]], is_told: bool) -> None:
    grids = [grid(sheet, lines, is_told=is_told) for sheet in ("前", "后")]
    made = Rows(
        [each for each in grids for _ in each.rows], [line for each in grids for line in each.rows], COLUMNS,
        ("name", "operator"),
    )  # fmt: skip
    rows = tuple(made)
    for name in (*COLUMNS, "scope"):
        said = [row.cells.get(name) for row in rows]
        assert (
            list(map(repr, column(made, name)))
            == list(map(repr, said))
            == list(map(repr, column(rows, name)))
        )
        assert list(map(repr, printed(made, name))) == [repr(row.printed(name)) for row in rows]
    assert sources(made) == sources(rows) == [row.source for row in rows]
    last = list(range(len(rows)))[::-2]
    assert tuple(at(made, last)) == at(rows, last) and tuple(made[1:3]) == rows[1:3]
