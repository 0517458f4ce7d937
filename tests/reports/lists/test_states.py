"""How far an amount, a unit and the whole are, in exact situations: nodes, states, and what the lists say of them."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.figures.lists import EAST, WEST, WORKS, column, content, measure, sheets
from support.figures.months import published

from pipeline.domain.records.lists.nodes import read_nodes
from pipeline.domain.records.lists.progress import nodes_of
from pipeline.domain.records.lists.unit_plans import UnitPlan
from pipeline.domain.statistics.figures import Yardstick
from pipeline.reports.lists.nodes import in_words

END = date(2022, 12, 31)
YEAR = Yardstick()


def amount(target: str | None, actual: str | None = None, **more: Any) -> Any:
    numbers = {
        name: None if text is None else Fraction(text)
        for name, text in (("target", target), ("actual", actual))
    }
    day = more.pop("day", date(2022, 6, 30)) if actual is not None else None
    return measure(
        "C1-1",
        "培训",
        "县住建局",
        **{"indicator": "培训", "unit_of_measure": "人", "day": day} | numbers | more,
    )


@pytest.mark.parametrize(
    "given, day, node, state",
    [
        (amount("120", "60"), "2022-07-01", 60, "进度正常"),
        (amount("120", "59"), "2022-07-01", 60, "滞后"),
        (amount("120", "120"), "2022-07-01", 60, "已完成"),
        (amount("120", "121"), "2023-02-01", 60, "已完成"),
        (amount("120", "119", deadline=END), "2022-12-31", 60, "进度正常"),
        (amount("120", "119", deadline=END), "2023-01-01", 60, "已到期"),
        (amount("120", deadline=date(2022, 6, 30)), "2022-07-01", 120, "未报"),
        (amount("120", "0", day=date(2022, 1, 30)), "2022-07-01", None, "进度正常"),
        (amount("120", "0", day=date(2022, 1, 31)), "2022-07-01", 10, "滞后"),
        (amount("120", "50", day=date(2022, 6, 29)), "2022-07-01", 50, "进度正常"),
        (amount(None, "50"), "2022-07-01", None, "已报"),
        (amount("10", "3", unit_of_measure="%"), "2022-07-01", None, "进行中"),
        (amount("10", "10", unit_of_measure="%"), "2022-07-01", None, "已完成"),
        (amount("120", "20", texts={"nodes": "先摸底再培训"}), "2022-07-01", None, "进行中"),
        (amount("120", "30", nodes=((6, Fraction(30)), (12, Fraction(120)))), "2022-07-01", 30, "进度正常"),
        (amount("120", "29", nodes=((6, Fraction(30)), (12, Fraction(120)))), "2022-07-01", 30, "滞后"),
        (amount("62.4", "31.2"), "2022-07-01", Fraction("31.2"), "进度正常"),
        (amount("62.4", "31.1"), "2022-07-01", Fraction("31.2"), "滞后"),
        (amount("100", "67", start=date(2022, 5, 1), deadline=date(2022, 7, 31)), "2022-07-01", 67, "进度正常"),
        (amount("100", "66", start=date(2022, 5, 1), deadline=date(2022, 7, 31)), "2022-07-01", 67, "滞后"),
        (amount("100", "32", start=date(2022, 1, 1), deadline=date(2023, 6, 30)), "2022-07-01", 34, "滞后"),
    ],
)  # fmt: skip
def test_an_amount_s_state_in_every_list(given: Any, day: str, node: Fraction | None, state: str) -> None:
    lists = content(measures=(given,), day=date.fromisoformat(day))
    found = sheets(lists)
    assert lists.due(given) == node
    assert column(found["任务清单"], "状态")[1] == column(found["结果清单"], "状态")[1] == state
    assert column(found["措施"], "状态") == [f"培训{state}"]
    shown = "" if node is None else node
    assert column(found["任务清单"], "本期节点")[1] == shown


@pytest.mark.parametrize(
    "nets, day, states, whole",
    [
        ((30, 10, 15), "2022-07-05", ["进度正常", "进度正常", "进度正常"], "进度正常"),
        ((29, 20, 5), "2022-07-05", ["滞后", "已完成", "滞后"], "滞后"),
        ((100, 21, 5), "2022-07-05", ["已完成", "已完成", "滞后"], "已完成"),
        ((-1, 0, 0), "2022-07-05", ["滞后", "滞后", "滞后"], "滞后"),
        ((59, 20, 30), "2023-01-01", ["已到期", "已完成", "已完成"], "已到期"),
    ],
)  # fmt: skip
def test_a_unit_and_all_together_against_their_nodes(
    nets: tuple[int, ...], day: str, states: list[str], whole: str
) -> None:
    figures = published(6, nets, (EAST, WEST, WORKS))
    found = sheets(content(figures=figures, day=date.fromisoformat(day)))
    assert column(found["单位"], "本期节点") == [30, 10, 15]
    assert column(found["单位"], "节点状态") == states
    assert column(found["任务清单"], "状态")[0] == column(found["结果清单"], "状态")[0] == whole


def test_a_unit_s_own_node_counts_for_it_and_in_the_sum() -> None:
    own = UnitPlan(EAST.source or measure("C1-1", "", "县").row, "01", (0,) * 5 + (40, *[60] * 6), dict.fromkeys(("steps", "leader", "person", "standard"), ""))  # fmt: skip
    found = sheets(content(plans={"01": own}))
    assert column(found["单位"], "本期节点")[0] == 40 and column(found["单位"], "节点状态")[0] == "滞后"
    assert column(found["单位"], "定进度（逐月节点）")[0] == "6月40、7月60"
    assert column(found["任务清单"], "本期节点")[0] == 65


def test_nodes_are_told_whole_for_a_task_and_by_quarters_in_the_table_of_six() -> None:
    found = sheets(content(measures=(amount("120", "60", deadline=END),)))
    months = "1月10、2月20、3月30、4月40、5月50、6月60、7月70、8月80、9月90、10月100、11月110、12月120"
    assert column(found["任务清单"], "月度节点")[1] == months
    assert column(found["措施"], "定进度") == ["培训：3月30、6月60、9月90、12月120；2022-12-31前完成"]
    [row] = found["措施节点"].rows
    assert list(row)[6:18] == list(range(10, 121, 10)) and row[18] == "平均分"


def test_words_stand_as_typed_and_nothing_is_worked_out_beside_them() -> None:
    found = sheets(content(measures=(amount("120", texts={"nodes": "6月底前摸底，以后培训"}),)))
    assert column(found["任务清单"], "月度节点")[1] == "6月底前摸底，以后培训"
    assert "措施节点" not in found


MONTH = st.integers(1, 12)


@given(
    target=st.decimals(0, 100_000, places=2, allow_nan=False),
    first=MONTH,
    last=MONTH,
    by_measure=st.booleans(),
)
def test_nodes_of_any_amount_rise_evenly_and_end_at_the_target(
    target: Any, first: int, last: int, by_measure: bool
) -> None:
    first, last = sorted((first, last))
    days = {"start": date(2022, first, 1), "deadline": date(2022, last, 1)} if by_measure else {}
    span = (1, 12) if by_measure else (first, last)
    found = nodes_of(replace(amount("0"), target=Fraction(target), **days), span, 2022)
    steps = [
        now - before for before, now in zip((Fraction(0), *found), found, strict=False) if now is not None
    ]
    inside = steps[first - 1 : last]
    assert len(found) == 12 and sum(steps) == found[-1] == Fraction(target)
    assert not any(steps[: first - 1]) and not any(steps[last:])
    assert min(inside) >= 0 and max(inside) - min(inside) <= Fraction(1)
    decimals = (each.limit_denominator(100) for each in found if each is not None)
    assert list(decimals) == list(found)


@given(
    amounts=st.dictionaries(MONTH, st.integers(1, 10_000), min_size=1, max_size=12),
    sign=st.sampled_from("、，；"), unit=st.sampled_from(["", "人"]), word=st.sampled_from(["月", "月底", "月末 ", "月份达到"]),
)  # fmt: skip
def test_typed_nodes_are_read_back_or_told(amounts: dict[int, int], sign: str, unit: str, word: str) -> None:
    pairs = sorted(amounts.items())
    text = sign.join(f"{month}{word}{number}{unit}" for month, number in pairs)
    target = Fraction(pairs[-1][1])
    found, faults = read_nodes(text, "人", target, None, 2022)
    assert found == tuple((month, Fraction(number)) for month, number in pairs)
    numbers = [number for _, number in pairs]
    assert {code for code, _ in faults} == ({"falling-node"} if numbers != sorted(numbers) else set())
    assert {code for code, _ in read_nodes(text, "人", target + 1, None, 2022)[1]} >= {"node-not-target"}


@pytest.mark.parametrize(
    "text, target, deadline, told",
    [
        ("先摸底，再培训", 60, None, []),
        ("", 60, None, []),
        ("6月30日前完成", 60, None, []),
        ("6月1,200、12月2,380人", 2380, None, []),
        ("6月30户、12月60", 60, None, [("bad-node", "“6月30户”看不出是几月要到多少")]),
        ("6月30、年底60", 60, None, [("bad-node", "“年底60”看不出是几月要到多少")]),
        ("6月30、6月60", 60, None, [("bad-node", "一个月一个")]),
        ("12月60、6月30", 60, None, [("bad-node", "从前往后写")]),
        ("13月60", 60, None, [("bad-node", "在1月到12月之间")]),
        ("6月30、12月60", 60, date(2022, 7, 31), [("bad-node", "在1月到7月之间")]),
        ("6月30、9月20、12月60", 60, None, [("falling-node", "9月的20不能比6月的30少")]),
        ("6月30、12月50", 60, None, [("node-not-target", "最后一个节点是50，要等于目标值60人")]),
        ("6月30、12月60", None, None, [("node-not-target", "没有写目标值")]),
    ],
)  # fmt: skip
def test_what_is_wrong_with_typed_nodes(
    text: str, target: int | None, deadline: date | None, told: list[tuple[str, str]]
) -> None:
    goal = None if target is None else Fraction(target)
    _, faults = read_nodes(text, "人", goal, deadline, 2022)
    assert [code for code, _ in faults] == [code for code, _ in told]
    assert all(words in advice for (_, advice), (_, words) in zip(faults, told, strict=True))


def test_nothing_asked_is_nothing_told() -> None:
    assert in_words(()) == "" and in_words((0,) * 12) == ""
