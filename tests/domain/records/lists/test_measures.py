"""The plan's measures and policies, as the office keeps them."""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

import pytest
from openpyxl import load_workbook
from support.desk import ROOT
from support.reading.tables import recognise

from examples.build.measures import FILE, lanxian
from examples.build.plans import JINCHENG, LANXIAN, Plan
from pipeline.adapters.sheet import read_sheets
from pipeline.domain.letters.number import SerialFormat
from pipeline.domain.model import Problem, Source, Unit
from pipeline.domain.records.lists.measures import COLUMNS, MEASURES, Measure, promises
from pipeline.domain.records.lists.policies import COLUMNS as POLICY_COLUMNS
from pipeline.domain.records.lists.policies import POLICIES
from pipeline.domain.records.reading import Known, Reading
from pipeline.domain.tables.grid import Grid, Table
from pipeline.domain.values.cell import Value
from pipeline.settings import Letters

EAST = Unit("01", "东村镇", "岚县东村镇人民政府", "乡镇", ("东村",), 180)
WORKS = Unit("16", "县住建局", "岚县住房和城乡建设管理局", "县直", ("住建局",), 170)
KNOWN = Known((EAST, WORKS), SerialFormat(2022, Letters().serial), date(2022, 7, 1), ("县税务局",))
FIRST: Mapping[str, Value] = {
    "措施编号": "C6-2", "工作措施": "开展辅导培训", "责任单位": "住建局、县税务局、各乡镇人民政府", "量化指标": "培训", "计量单位": "人",
    "目标值": 2380, "完成数": 1320, "数据来源": "县人社局", "数据日期": "2022-06-30", "完成时限": "2022-12-31", "责任人": "张某",
}  # fmt: skip
NEXT: Mapping[str, Value] = {"量化指标": "其中：创业培训", "计量单位": "人", "目标值": 180}


def table(name: str, headers: Sequence[str], lines: Sequence[Mapping[str, Value]]) -> Table:
    rows = [headers, *([line.get(header) for header in headers] for line in lines)]
    found = recognise(
        Grid(Source("素材.xlsx", name), tuple((n, tuple(cells)) for n, cells in enumerate(rows, 1)))
    )
    assert isinstance(found, Table) and found.kind == name
    return found


def read(*lines: Mapping[str, Value]) -> Reading[tuple[Measure, ...]]:
    return MEASURES.read([table("measures", [words[0] for words in COLUMNS.values()], lines)], KNOWN)


def told(problems: Sequence[Problem]) -> list[tuple[int | None, str | None, str]]:
    return [(each.source.row, each.column, each.code) for each in problems]


def test_a_line_for_each_amount_goes_on_with_the_measure_above() -> None:
    first, second = read(FIRST, NEXT).says
    assert first.units == ("县住建局", "县税务局", "各乡镇人民政府")
    assert (first.target, first.actual, first.source, first.day) == (
        2380,
        1320,
        "县人社局",
        date(2022, 6, 30),
    )
    assert first.completion_rate == Fraction(132, 238)
    assert (second.key, second.title, second.units) == (first.key, first.title, first.units)
    assert (second.indicator, second.target, second.deadline) == ("其中：创业培训", 180, date(2022, 12, 31))
    assert second.texts["person"] == "张某"


@pytest.mark.parametrize("nothing", [None, "未报", "", "—", "无"])
def test_what_nobody_has_reported_is_not_nought(nothing: Value) -> None:
    [measure] = read({**FIRST, "完成数": nothing, "数据来源": None, "数据日期": None}).says
    assert measure.actual is None and measure.completion_rate is None
    [measure] = read({**FIRST, "完成数": 0}).says
    assert measure.actual == 0 and measure.completion_rate == 0


@pytest.mark.parametrize(
    "value, amount",
    [
        ("436.5", Fraction(873, 2)),
        (436.5, Fraction(873, 2)),
        ("１，０００", 1000),
        ("1,000.25", Fraction(4001, 4)),
    ],
)
def test_an_amount_is_exact(value: Value, amount: Fraction) -> None:
    assert read({**FIRST, "完成数": value}).says[0].actual == amount


@pytest.mark.parametrize(
    "lines, problem",
    [
        ([{**FIRST, "完成数": "很多"}], (2, "完成数", "bad-amount")),
        ([{**FIRST, "完成数": "-3"}], (2, "完成数", "bad-amount")),
        ([{**FIRST, "目标值": "1000万"}], (2, "目标值", "bad-amount")),
        ([{**FIRST, "数据来源": None}], (2, "数据来源", "empty-cell")),
        ([{**FIRST, "数据日期": None}], (2, "数据日期", "empty-cell")),
        ([{**FIRST, "数据日期": "六月"}], (2, "数据日期", "bad-date")),
        ([{**FIRST, "责任单位": "住建局、县林业局"}], (2, "责任单位", "unknown-unit")),
        ([{**FIRST, "责任单位": None}], (2, "责任单位", "empty-cell")),
        ([{**FIRST, "措施编号": None}], (2, "措施编号", "empty-cell")),
        ([{**FIRST, "计量单位": None}], (2, "计量单位", "empty-cell")),
        ([{**FIRST, "量化指标": None}], (2, "量化指标", "empty-cell")),
        ([FIRST, NEXT, NEXT], (4, "量化指标", "duplicate-measure")),
        ([FIRST, {**FIRST, "工作措施": "别的", "量化指标": "别的"}], (3, "措施编号", "duplicate-measure")),
        ([{**FIRST, "进展": "字" * 501}], (2, "进展", "too-long")),
    ],
)
def test_what_is_wrong_is_told_at_its_cell(
    lines: Sequence[Mapping[str, Value]], problem: tuple[int, str, str]
) -> None:
    assert told(read(*lines).problems) == [problem]


def test_a_footer_is_no_measure() -> None:
    found = read(FIRST, {"责任单位": "填报人：张某"})
    assert len(found.says) == 1 and found.problems == ()
    assert found.left_out == {"素材.xlsx": {"填报说明": 1}}


def test_a_policy_is_over_after_its_last_day_and_stands_there_once() -> None:
    line: Mapping[str, Value] = {
        "政策名称": "增值税免征", "对象": "小规模纳税人", "标准": "免征", "责任单位": "县税务局", "政策期限": "2022-12-31",
    }  # fmt: skip
    headers = [words[0] for words in POLICY_COLUMNS.values()]
    found = POLICIES.read([table("policies", headers, [line, {**line, "标准": "减半"}])], KNOWN)
    [policy] = found.says
    assert not policy.is_over(date(2022, 12, 31)) and policy.is_over(date(2023, 1, 1))
    assert told(found.problems) == [(3, "政策名称", "duplicate-policy")]


@pytest.mark.parametrize("until", ["长期", "长期有效", "永 久"])
def test_a_policy_without_a_last_day_is_never_over(until: str) -> None:
    headers = [words[0] for words in POLICY_COLUMNS.values()]
    line: Mapping[str, Value] = {
        "政策名称": "免收登记费",
        "对象": "个体工商户",
        "标准": "免收",
        "政策期限": until,
    }
    found = POLICIES.read([table("policies", headers, [line])], KNOWN)
    assert found.problems == () and [each.until for each in found.says] == [None]


@pytest.mark.parametrize(
    "plan, path, counts, by_part",
    [
        (LANXIAN, ROOT / "inputs" / FILE, 23, [4, 3, 4, 3, 3, 3, 3]),
        (JINCHENG, ROOT / "examples" / "jincheng" / "inputs" / FILE, 20, None),
    ],
    ids=["岚县", "晋城"],
)
def test_the_plans_measures_are_there_ready_to_use(
    plan: Plan, path: object, counts: int, by_part: list[int] | None
) -> None:
    sheet = load_workbook(str(path)).worksheets[0]
    keys = list(dict.fromkeys(str(row[0]) for row in sheet.iter_rows(min_row=3, values_only=True)))
    assert keys == [each.key for each in plan.promises] and len(keys) == counts
    if by_part:
        assert [sum(key.startswith(f"C{part}-") for key in keys) for part in range(1, 8)] == by_part
    assert all(each.units and each.title for each in plan.promises)


def test_the_county_s_own_is_what_its_builder_makes_and_promises_what_the_document_does() -> None:
    data = (ROOT / "inputs" / FILE).read_bytes()
    assert data == lanxian()
    grids = read_sheets(FILE, data)
    assert not isinstance(grids, Problem)
    measures = MEASURES.read(
        [found] if isinstance(found := recognise(grids[0]), Table) else [], Known((), *KNOWN_REST)
    )
    named = {(each.key, each.indicator): each.target for each in promises(measures.says) if each.target}
    assert named == {
        ("C3-2", "宽带平均资费再降"): 10, ("C3-3", "向个体工商户发放贷款"): 1000, ("C6-2", "职业技能提升培训"): 2380,
        ("C6-2", "其中：创业培训"): 180, ("C6-2", "个体工商户培训"): 70,
    }  # fmt: skip
    assert all(each.actual is None for each in measures.says)


KNOWN_REST = (KNOWN.serials, KNOWN.day)
