"""Businesses that are to become companies, as the county keeps them."""

from collections.abc import Mapping, Sequence
from datetime import date

import pytest
from support.reading.tables import recognise

from pipeline.domain.letters.number import SerialFormat
from pipeline.domain.model import Source, Unit
from pipeline.domain.records.lists.upgrades import COLUMNS, UPGRADES, Upgrade
from pipeline.domain.records.reading import Known, Reading
from pipeline.domain.tables.grid import Grid, Table
from pipeline.domain.values.cell import Unreadable, Value
from pipeline.settings import Letters

CODE, OTHER = "92999999MA0D4GUK9D", "92999999MA00A1B25D"
EAST = Unit("01", "东村镇", "岚县东村镇人民政府", "乡镇", ("东村",), 180)
KNOWN = Known((EAST,), SerialFormat(2022, Letters().serial), date(2022, 7, 1), ("县中小企业服务中心",))
FULL: Mapping[str, Value] = {
    "个体名称": "岚县某某饭店", "统一社会信用代码": CODE, "经营者": "王某", "从业人数": 6, "年营业额（万元）": "120.5", "一般纳税人": "否",
    "意愿": "有", "对接单位": "东村", "转型方式": "注销+设立", "企业名称": "岚县某某餐饮有限公司", "企业类型": "有限责任公司",
    "转型日期": "2022-06-15", "奖补应兑（元）": 4200, "奖补已兑（元）": 1200, "兑现日期": "2022-06-30",
}  # fmt: skip


def read(*lines: Mapping[str, Value]) -> Reading[tuple[Upgrade, ...]]:
    headers = [words[0] for words in COLUMNS.values()]
    rows: list[Sequence[Value]] = [headers, *([line.get(header) for header in headers] for line in lines)]
    found = recognise(
        Grid(Source("个转企.xlsx", "表"), tuple((n, tuple(cells)) for n, cells in enumerate(rows, 1)))
    )
    assert isinstance(found, Table) and found.kind == "upgrades"
    return UPGRADES.read([found], KNOWN)


def test_a_full_line() -> None:
    [upgrade] = read(FULL).says
    assert (upgrade.uscc, upgrade.unit, upgrade.texts["way"]) == (CODE, "东村镇", "注销+设立")
    assert upgrade.amounts == {"staff": 6, "turnover": 120.5, "due": 4200, "paid": 1200}
    assert upgrade.days == {"day": date(2022, 6, 15), "paid_day": date(2022, 6, 30)}


def test_what_nobody_has_told_is_not_nought_and_an_office_without_a_target_may_help() -> None:
    [upgrade] = read({"统一社会信用代码": CODE, "意愿": "有", "对接单位": "县中小企业服务中心"}).says
    assert set(upgrade.amounts.values()) == set(upgrade.days.values()) == {None}
    assert upgrade.unit == "县中小企业服务中心"


@pytest.mark.parametrize(
    "changed, problem",
    [
        ({"统一社会信用代码": None}, ("统一社会信用代码", "empty-cell")),
        ({"统一社会信用代码": "9299"}, ("统一社会信用代码", "code-length")),
        ({"对接单位": "县气象局"}, ("对接单位", "unknown-unit")),
        ({"年营业额（万元）": "120万"}, ("年营业额（万元）", "bad-amount")),
        ({"转型日期": "六月"}, ("转型日期", "bad-date")),
        ({"兑现日期": None}, ("兑现日期", "empty-cell")),
    ],
)
def test_what_is_wrong_is_told_at_its_cell(changed: Mapping[str, Value], problem: tuple[str, str]) -> None:
    found = read({**FULL, **changed})
    assert [(each.column, each.code) for each in found.problems] == [problem] and found.says == ()
    assert "计量单位" not in found.problems[0].advice, "this table has no such column"


def test_a_cell_that_cannot_be_read_is_told_once_and_hides_no_other() -> None:
    error = Unreadable("#REF!", "error-value")
    found = read(
        {**FULL, "年营业额（万元）": error, "转型日期": error, "对接单位": error, "奖补应兑（元）": "很多"}
    )
    assert {(each.column, each.code) for each in found.problems} == {
        ("对接单位", "error-value"), ("年营业额（万元）", "error-value"), ("转型日期", "error-value"), ("奖补应兑（元）", "bad-amount"),
    }  # fmt: skip
    assert len(found.problems) == 4 and found.says == ()


def test_a_business_stands_there_once_and_a_footer_is_none() -> None:
    found = read(FULL, {**FULL, "个体名称": "别的"}, {"对接单位": "填报人：张某"})
    assert [(each.source.row, each.code) for each in found.problems] == [(3, "duplicate-upgrade")]
    assert found.left_out == {"个转企.xlsx": {"有问题": 1, "填报说明": 1}}
