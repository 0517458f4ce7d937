"""五清单, 六定表 and ``lists.json`` of a few measures: what stands in which cell."""

import json
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from support.figures.lists import EAST, MEASURES, PHONE, ROW, column, content, sheets

from pipeline.domain.records.lists.unit_plans import UnitPlan
from pipeline.reports.lists.content import names
from pipeline.reports.lists.data import lists_object


def test_there_are_five_lists_and_each_measure_stands_in_them() -> None:
    found = sheets(content())
    assert list(found)[:5] == ["任务清单", "责任清单", "措施清单", "结果清单", "政策清单"]
    keys = ["C1-1", "C3-4", "C6-2"]
    assert column(found["责任清单"], "措施编号") == column(found["措施清单"], "措施编号") == keys
    lines = ["—", *(each.key for each in MEASURES)]
    assert column(found["任务清单"], "措施编号") == column(found["结果清单"], "措施编号") == lines


def test_results_are_as_reported_or_not_reported_never_nought() -> None:
    results = sheets(content())["结果清单"]
    assert column(results, "目标值") == [110, "—", "—", "—", "—", 20, 2380, 180]
    assert column(results, "当前值") == [56, "—", 312, Fraction("62.4"), 6000, "未报", 1320, "未报"]
    assert column(results, "完成率") == ["50.9%", "—", "—", "—", "—", "—", "55.5%", "—"]
    assert column(results, "状态") == ["进度正常", "", "已报", "已报", "已报", "未报", "进度正常", "未报"]
    assert column(results, "数据来源")[0] == "2022年6月简报"


def test_before_the_first_bulletin_nothing_is_said_of_the_gain() -> None:
    found = sheets(content(figures=None))
    assert column(found["结果清单"], "当前值")[0] == "未印发"
    assert column(found["单位"], "当前值") == ["未印发"] * 3


def test_a_policy_sums_what_names_it_and_ends_with_its_day() -> None:
    found = sheets(content())["政策清单"]
    assert column(found, "兑现户数") == [312, "未报", "—"]
    assert column(found, "兑现金额（万元）") == [63, "—", "—"]
    assert column(found, "状态") == ["执行中", "已到期", "执行中"]


def test_who_leads_and_who_helps_is_told_and_people_only_in_internal_lists() -> None:
    found = sheets(content())
    duties = found["责任清单"]
    assert column(duties, "牵头单位") == ["县行政审批局", "东村镇", "县住建局"]
    assert column(duties, "配合单位") == ["", "县住建局", "各乡镇人民政府"]
    assert column(duties, "联系电话") == ["", "", PHONE]
    assert column(duties, "未销号") == [0, 1, 0]
    for name, sheet in found.items():
        told = json.dumps([list(row) for row in sheet.rows], ensure_ascii=False, default=str)
        assert ("内部资料" in sheet.title) == (name in {"责任清单", "单位", "措施", "一台账"})
        if "内部资料" not in sheet.title:
            assert not any(each in told for each in ("王某", "张某", PHONE)), name


def test_each_unit_has_its_tasks_figures_nodes_and_open_items() -> None:
    own = UnitPlan(
        ROW, "02", (0,) * 11 + (20,), {"steps": "逐户摸排", "leader": "李某", "person": "", "standard": ""}
    )
    units = sheets(content(plans={"02": own}))
    rows = units["单位"]
    assert column(rows, "定任务") == [
        "净增60户；牵头：C3-4降低制度性成本；配合：C6-2开展辅导培训", "净增20户；配合：C6-2开展辅导培训",
        "净增30户；牵头：C6-2开展辅导培训；配合：C3-4降低制度性成本",
    ]  # fmt: skip
    assert column(rows, "当前值") == [36, 5, 15]
    assert column(rows, "完成率") == ["60.0%", "25.0%", "50.0%"]
    assert column(rows, "未销号") == [2, 0, 0]
    assert column(rows, "定措施") == ["", "逐户摸排", ""]
    nodes = units["进度节点"]
    assert column(nodes, "6月") == [30, 0, 15, 45] and column(nodes, "12月") == [60, 20, 30, 110]
    assert column(nodes, "节点由来") == ["平均分", "单位自定", "平均分", ""]
    assert column(units["措施"], "定目标")[1:] == [
        "补助户数；补助金额；现金补助；免租户数20户", "培训2380人；其中：创业培训180人",
    ]  # fmt: skip
    assert column(units["措施"], "当前值")[1:] == [
        "补助户数312户；补助金额62.4万元；现金补助6000元；免租户数未报", "培训1320人；其中：创业培训未报",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "several, group, is_one",
    [
        ("各乡镇人民政府", "乡镇", True), ("各镇人民政府", "乡镇", True), ("各乡镇", "县直", False),
        ("各行业主管部门", "县直", False), ("各有关部门", "县直", False), ("县各公平竞争领导小组成员单位", "县直", False),
        ("各县（区、市）政府", "县（市、区）", True), ("各县（区、市）政府", "开发区", False), ("东村镇", "县直", True),
        ("东村", "乡镇", False),
    ],
)  # fmt: skip
def test_several_units_together_are_those_of_their_group(several: str, group: str, is_one: bool) -> None:
    assert names(("县税务局", several), replace(EAST, group=group)) is is_one


def test_the_data_say_what_the_lists_do_and_name_nobody() -> None:
    found: Any = lists_object(content())
    text = json.dumps(found, ensure_ascii=False)
    assert not any(each in text for each in ("王某", "张某", PHONE))
    assert [each["key"] for each in found["measures"]] == ["C1-1", "C3-4", "C6-2"]
    free, cost, training = found["measures"]
    assert (free["indicator"], free["target"], free["actual"], free["more"]) == (None, None, None, [])
    assert [each["actual"] for each in (cost, *cost["more"])] == [312, 62.4, 6000, None]
    assert cost["open_items"] == 1
    assert training["completion_rate"] == pytest.approx(1320 / 2380, abs=1e-9)
    assert training["more"][0] == {
        "indicator": "其中：创业培训", "unit_of_measure": "人", "target": 180, "actual": None, "completion_rate": None,
        "source": None, "day": None, "deadline": "2022-12-31", "months": list(range(15, 181, 15)), "own": False, "node": 90,
        "state": "未报",
    }  # fmt: skip
    assert [(each["unit"], len(each["months"]), each["months"][-1]) for each in found["nodes"]] == [
        ("东村镇", 12, 60), ("普明镇", 12, 20), ("县住建局", 12, 30),
    ]  # fmt: skip


def columns_of(rows: Sequence[Sequence[object]]) -> set[int]:
    return {len(row) for row in rows}


def test_every_row_has_a_cell_for_each_column() -> None:
    for sheet in sheets(content()).values():
        assert columns_of([list(row) for row in sheet.rows]) <= {len(sheet.columns)}
