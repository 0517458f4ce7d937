"""The annex of the five lists: views of the same measures as the workbook of the lists, counted there line by line."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.desk import ROOT
from support.figures.lists import content, measure, policy
from support.figures.months import EAST

from pipeline.domain.period import Year
from pipeline.domain.records.lists.measures import MEASURES
from pipeline.domain.records.lists.policies import POLICIES
from pipeline.domain.statistics.figures import Yardstick
from pipeline.intake import Intake, read_inputs
from pipeline.reports.lists.content import Content
from pipeline.reports.lists.data import lists_object
from pipeline.reports.lists.five import five_lists
from pipeline.reports.report.lists import Lists, object_of, rows
from pipeline.workspace import open_workspace

DAY = date(2022, 8, 8)


@pytest.fixture(scope="module")
def intake() -> Intake:
    """The example county's sheet."""
    return read_inputs(open_workspace(ROOT / "examples" / "2022"), DAY, (MEASURES, POLICIES))


@pytest.fixture(scope="module")
def lists(intake: Intake) -> Lists:
    """As it stands, and with some progress, people and evidence typed in."""
    measures = [
        replace(
            each,
            texts={**each.texts, "person": "张某某" if number % 2 else "", "progress": "已经部署" * (number % 3 == 0), "obstacle": "",
                   "evidence": "会议纪要" * (number % 5 == 0), "verdict": ""},
            deadline=date(2022, 7, 31) if each.key == "C6-2" else each.deadline,
        )
        for number, each in enumerate(intake.said(MEASURES))
    ]  # fmt: skip
    policies = [
        replace(each, until=DAY.replace(day=7)) if not number else each
        for number, each in enumerate(intake.said(POLICIES))
    ]
    return Lists(measures, policies, DAY, 2022, (1, 12))


def test_every_count_is_that_of_the_workbook_of_the_lists(lists: Lists) -> None:
    content = Content(
        Year(2022), "岚县", "办公室", datetime(2022, 8, 8, tzinfo=UTC), DAY, [EAST], lists.measures, lists.policies, {}, Yardstick(), None, (), (),
    )  # fmt: skip
    sheets = {
        sheet.name: [dict(zip([each.header for each in sheet.columns], row, strict=True)) for row in sheet.rows]
        for sheet in five_lists(content)
    }  # fmt: skip
    found = object_of(lists)
    assert found is not None
    tasks = [row for row in sheets["任务清单"][1:] if row["量化指标"]]
    states = Counter(str(row["状态"]) for row in tasks)
    assert found["tasks"]["amounts"] == len(tasks) == 22
    assert {state: count for state, count in found["tasks"]["states"].items() if count} == states
    assert states["已到期"] and states["已完成"] and states["未报"]
    duties = sheets["责任清单"]
    assert found["duties"] == {
        "measures": len(duties), "leading": len({row["牵头单位"] for row in duties}),
        "named": sum(bool(row["责任人"]) for row in duties),
    }  # fmt: skip
    steps = sheets["措施清单"]
    assert found["steps"] == {
        "measures": len(steps), "progress": sum(bool(row["进展"]) for row in steps), "obstacles": 0
    }  # fmt: skip
    results = [row for row in sheets["结果清单"][1:] if row["量化指标"]]
    assert found["results"]["reported"] == sum(row["当前值"] != "未报" for row in results)
    assert found["results"]["evidence"] == sum(bool(row["佐证材料"]) for row in results)
    policies = sheets["政策清单"]
    over = sum(row["状态"] == "已到期" for row in policies)
    assert (found["policies"]["running"], found["policies"]["over"]) == (len(policies) - over, over)
    for header, name in (("兑现金额（万元）", "amount"), ("发放贷款（万元）", "loans")):
        told = [Fraction(str(row[header])) for row in policies if row[header] not in {"未报", "—"}]
        assert told and Fraction(str(found["policies"][name])) == sum(told)
    assert over == 1


def test_the_annex_says_it_in_words_and_names_nobody(lists: Lists) -> None:
    said = {row["清单"]: (row["内容"], row["项数"], row["进展"]) for row in rows(lists)}
    assert said["任务清单"] == ("量化指标", "22", "已完成1项，滞后1项，已到期2项，已报5项，未报13项")
    assert said["政策清单"] == (
        "兑现政策", "9", "执行中8项，已到期1项，报了兑现数的3项，兑现金额共62.4万元，发放贷款436.5万元"
    )  # fmt: skip
    assert list(said) == ["任务清单", "责任清单", "措施清单", "结果清单", "政策清单"]
    assert "张某某" not in str(said)


def test_without_measures_there_is_no_annex() -> None:
    nothing = Lists((), (), DAY, 2022, (1, 12))
    assert object_of(nothing) is None and rows(nothing) == []


def test_what_nobody_has_handed_out_is_no_nought(lists: Lists) -> None:
    unreported = Lists(
        [replace(each, actual=None) for each in lists.measures], lists.policies, DAY, 2022, (1, 12)
    )
    found = object_of(unreported)
    assert found is not None and found["policies"]["amount"] is None and found["policies"]["loans"] is None
    assert not any(word in rows(unreported)[-1]["进展"] for word in ("金额", "贷款"))


amounts = st.tuples(
    st.sampled_from(
        ["补助金额", "其中：县级补助金额", "发放贷款", "贷款贴息金额", "其中：信用贷款", "受益户数"]
    ),
    st.sampled_from(["万元", "元", "户", "人"]),
    st.sampled_from(["甲政策", "个体工商户贷款", "没有列的政策", ""]),
    st.none() | st.decimals(0, 1000, places=2),
)


@given(st.lists(amounts, max_size=8))
def test_report_and_lists_tell_the_same_money_and_none_of_it_twice(told: list[Any]) -> None:
    measures = [
        measure("C3-4", "降低成本", "县财政局", indicator=name, unit_of_measure=unit, policy=by,
                actual=None if actual is None else Fraction(actual))
        for name, unit, by, actual in told
    ]  # fmt: skip
    policies = (policy("甲政策"), policy("个体工商户贷款"))
    found = object_of(Lists(measures, policies, DAY, 2022, (1, 12)))
    if not measures:
        assert found is None
        return
    by_policy = lists_object(content(measures=measures, policies=policies))["policies"]
    assert isinstance(by_policy, list) and found is not None
    lent = {"发放贷款": True, "贷款贴息金额": False, "补助金额": False}
    for key, is_lent in (("money", False), ("loans", True)):
        wanted = [
            Fraction(actual) * (1 if unit == "万元" else Fraction(1, 10_000))
            for name, unit, by, actual in told
            if by in {"甲政策", "个体工商户贷款"} and unit in {"万元", "元"} and actual is not None
            and not name.startswith("其中") and lent.get(name, by == "个体工商户贷款") is is_lent
        ]  # fmt: skip
        own = [each[key] for each in by_policy if each[key] is not None]
        name = "amount" if key == "money" else "loans"
        assert (found["policies"][name] is None) is (not wanted) is (not own)
        assert abs((found["policies"][name] or 0) - sum(wanted)) < 1e-9 and abs(sum(own) - sum(wanted)) < 1e-9
