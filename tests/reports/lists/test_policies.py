"""政策清单: what was handed out of each policy, what is over, and that nothing reported is lost."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from support.figures.lists import DAY, column, content, measure, policy, sheets


def paid(unit: str, actual: str | None, name: str = "补助") -> Any:
    return measure(
        "C3-4", "降低成本", "县财政局", indicator=f"{name}{unit}", unit_of_measure=unit, policy=name,
        actual=None if actual is None else Fraction(actual),
    )  # fmt: skip


@pytest.mark.parametrize(
    "amounts, until, reason, told",
    [
        (("户", "312"), None, "", [312, "—", "执行中", "", ""]),
        (("户", "0"), None, "", [0, "—", "执行中", "未填", ""]),
        (("户", "0"), None, "资金没有下达", [0, "—", "执行中", "资金没有下达", ""]),
        (("户", None), None, "", ["未报", "—", "执行中", "", ""]),
        (("户", None), date(2022, 6, 30), "", ["未报", "—", "已到期", "未填", ""]),
        (("户", "5"), date(2022, 6, 30), "", [5, "—", "已到期", "", ""]),
        (("户", "5"), DAY, "", [5, "—", "执行中", "", ""]),
        (("户", "5", "万元", None), None, "", [5, "未报", "执行中", "", "另有1个数未报"]),
        (("户", "5", "户", "7", "万元", "1.5", "元", "6000"), None, "", [12, Fraction("2.1"), "执行中", "", ""]),
        (("人", "5"), None, "", ["—", "—", "执行中", "", ""]),
    ],
)  # fmt: skip
def test_a_policy_in_each_situation(
    amounts: tuple[str | None, ...], until: date | None, reason: str, told: list[object]
) -> None:
    measures = [paid(str(unit), actual) for unit, actual in zip(amounts[::2], amounts[1::2], strict=True)]
    found = sheets(content(measures=measures, policies=(policy("补助", until, reason=reason),)))["政策清单"]
    heads = ("兑现户数", "兑现金额（万元）", "状态", "未兑现原因", "备注")
    assert [column(found, head)[0] for head in heads] == told
    assert set(found.faded) == ({0} if until and until < DAY else set())


@pytest.mark.parametrize(
    "indicators, told",
    [
        (("发放创业贷款",), ["—", 5]),
        (("贷款户数", "发放贷款", "贷款贴息金额", "贷款担保费减免金额"), [10, 5]),
        (("发放补助", "其中：县级补助"), [5, "—"]),
        (("授信额度", "其中：信用贷款"), ["—", 5]),
    ],
)
def test_money_lent_is_not_added_to_money_given_nor_a_part_to_its_whole(
    indicators: tuple[str, ...], told: list[object]
) -> None:
    measures = [
        replace(paid("户" if each.endswith("户数") else "万元", "5"), indicator=each) for each in indicators
    ]
    found = sheets(content(measures=measures, policies=(policy("补助"),)))["政策清单"]
    assert [column(found, head)[0] for head in ("兑现金额（万元）", "发放贷款（万元）")] == told


def test_what_was_handed_out_by_a_policy_that_is_not_listed_stands_there_too() -> None:
    found = sheets(content(measures=(paid("户", "3", "免租"),), policies=(policy("补助"),)))["政策清单"]
    assert column(found, "政策名称") == ["补助", "免租"] and column(found, "兑现户数") == ["—", 3]
    assert column(found, "备注")[1] == "措施里有，政策表里没有这一项"
