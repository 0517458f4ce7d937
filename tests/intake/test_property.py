"""Whatever stands in a table, reading it ends in figures or in problems, and every line is accounted for."""

from dataclasses import replace
from datetime import date, datetime
from functools import cache, partial

from hypothesis import given, settings
from hypothesis import strategies as st
from support.settings import SETTINGS

from pipeline.domain.model import Problem, Source
from pipeline.domain.records.kinds import KINDS, READERS
from pipeline.domain.tables.grid import Area, Grid
from pipeline.domain.values.cell import Unreadable, Value
from pipeline.intake import gathered

WORDS = ("东村镇", "普明镇", "县税务局", "合计", "小计3", "填报人：", "2", "2人", "180", "乡镇", "01", "999999199001010118",
         "13800000000", "2022-05-07", "44688", "注销", "1.41E+17", "92999999MA00000001", "2022-01-0001", "第1号")  # fmt: skip
VALUES = st.one_of(
    st.none(),
    st.sampled_from(WORDS),
    st.text(max_size=12),
    st.integers(-(10**20), 10**20),
    st.floats(),
    st.booleans(),
    st.datetimes(datetime(1890, 1, 1), datetime(2200, 1, 1)),  # noqa: DTZ001 - cells know no zone
    st.sampled_from([Unreadable("#N/A", "error-value"), Unreadable("=A1", "no-cached-value")]),
)


# Made once: making a strategy anew for each draw takes longer than drawing from it.
KIND = st.sampled_from(KINDS)
ORDERS = {kind.name: st.permutations(list(kind.columns)) for kind in KINDS}
WORDINGS = {
    kind.name: st.fixed_dictionaries({field: st.sampled_from(words) for field, words in kind.columns.items()})
    for kind in KINDS
}
CORNERS = st.lists(st.tuples(*[st.integers(1, 6)] * 4), max_size=3)
CONCEALED = st.sets(st.integers(1, 9), max_size=3)


@cache
def rows_below(width: int) -> st.SearchStrategy[list[list[Value]]]:
    """Rows below a header of so many cells."""
    return st.lists(st.lists(VALUES, min_size=1, max_size=width + 2), max_size=8)


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    """A sheet with some kind's columns, or some of them, above any cells whatever."""
    kind = draw(KIND)
    wording = draw(WORDINGS[kind.name])
    header = [wording[field] for field in draw(ORDERS[kind.name])]
    header = header[: draw(st.integers(1, len(header)))] if draw(st.booleans()) else header
    rows = draw(rows_below(len(header)))
    if draw(st.booleans()):
        rows.insert(0, list(header))
    titles: list[list[Value]] = [["标题"]] * draw(st.integers(0, 2))
    lines = tuple((number, tuple(row)) for number, row in enumerate([*titles, [*header], *rows], 1))
    merged = tuple(Area(top, left, top + down, left + right) for top, left, down, right in draw(CORNERS))
    lines = lines[draw(st.integers(0, len(lines))) if draw(st.booleans()) else 0 :]
    source = Source("甲.csv")
    widths = tuple(len(cells) + draw(st.integers(0, 2)) for _, cells in lines) if draw(st.booleans()) else ()
    torn = draw(st.sets(st.sampled_from([number for number, _ in lines]))) if widths else set()
    faults = tuple(
        Problem(source._replace(row=row), None, "", "ragged-row", "引号。") for row in sorted(torn)
    )
    concealed = frozenset(draw(CONCEALED))
    return Grid(source, lines, merged, concealed, draw(st.booleans()), draw(st.booleans()), widths, faults)


NAMES = st.lists(st.sampled_from(["甲.xlsx", "东村镇.xls", "普明镇/乙.csv"]), unique=True)
SHEETS = st.lists(grids(), max_size=4)


@st.composite
def files(draw: st.DrawFn) -> list[tuple[str, tuple[Grid, ...]]]:
    """Files of a few sheets, some of which have no header of their own."""
    return [(name, tuple(map(partial(_placed, name), enumerate(draw(SHEETS))))) for name in draw(NAMES)]


def _placed(file: str, numbered: tuple[int, Grid]) -> Grid:
    number, grid = numbered
    source = Source(file, f"Sheet{number}" if number else None)
    faults = tuple(replace(each, source=source._replace(row=each.source.row)) for each in grid.faults)
    return replace(grid, source=source, faults=faults)


@settings(max_examples=150)
@given(files())
def test_no_table_whatever_makes_it_fail(found: list[tuple[str, tuple[Grid, ...]]]) -> None:
    intake = gathered(found, SETTINGS, date(2022, 6, 1), READERS)
    for account in intake.accounts:
        assert account.rows == account.read + sum(account.left_out.values()), account
        assert account.read >= 0
    assert sum(account.rows for account in intake.accounts) == sum(
        len(grid.rows) for _, sheets in found for grid in sheets
    )
    for problem in (*intake.problems, *intake.notices):
        assert isinstance(problem, Problem) and problem.advice.endswith(("。", "？")) and problem.code
    assert set(intake.plan_problems) <= set(intake.problems)
