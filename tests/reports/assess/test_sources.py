"""Where the figures of a year come from: the frozen December, the journal, what other reports kept."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from support.figures.months import EAST, FINANCE, WEST, published
from support.figures.supervised import NOTHING, confirmed, situation
from support.items import DAY, PROOF, after, empty_book, entered
from support.settings import SETTINGS

from pipeline.domain.assessment.scoring import Fact
from pipeline.domain.items.book import ItemBook
from pipeline.domain.items.item import Opening
from pipeline.domain.journal import Journal
from pipeline.domain.model import Source
from pipeline.domain.period import Year
from pipeline.domain.records.lists.measures import Measure
from pipeline.domain.records.lists.policies import Policy
from pipeline.intake import gathered
from pipeline.publishing.report import Facts
from pipeline.reports.assess import ASSESSMENT
from pipeline.reports.assess.compose import lacks
from pipeline.reports.assess.sources import (
    campaigns,
    completion,
    measures,
    policies_paid,
    quality,
    survival,
    year_facts,
)

UNITS = (EAST, WEST, FINANCE)


def facts_of(journal: Journal = NOTHING, today: date = date(2023, 1, 10), **more: Any) -> Facts:
    return Facts(SETTINGS, today, gathered((), SETTINGS, today, ASSESSMENT.reads), {}, {}, journal, **more)


def fact(actual: int, target: int | None = None) -> Fact:
    return Fact(Fraction(actual), None if target is None else Fraction(target))


def test_net_gain_is_december_s_and_who_has_no_target_is_left_out() -> None:
    nobody = type(EAST)("20", "县妇联", "岚县妇女联合会", "县直")
    found = completion(published(12, (45, -3, 0, 5), (*UNITS, nobody)))
    assert found == {"01": fact(45, 60), "02": fact(-3, 60), "14": fact(0, 30)}


def book() -> ItemBook:
    """Two items of 东村镇 (one closed in time, one never), one of 普明镇 closed late after a return, one of 县财政局 to come."""
    made = empty_book()
    for unit, kind, deadline in (
        (EAST, "进度滞后", after(15)), (EAST, "诉求", after(20)), (WEST, "进度滞后", after(10)), (FINANCE, "诉求", date(2023, 2, 1)),
    ):  # fmt: skip
        made.open(Opening(unit.code, unit.name, kind, "问题", "标准", deadline), DAY)
    said: dict[str, tuple[str, dict[str, object]]] = {
        "apply": ("李四", PROOF), "return": ("赵六", {"reason": "说明"}), "close": ("赵六", {}),
    }  # fmt: skip
    for number, closed, steps in (
        (1, after(14), ("assign", "accept", "apply")),
        (3, after(40), ("assign", "accept", "apply", "return", "apply")),
    ):
        for place, name in enumerate(steps):
            made.do(number, name, after(place), *said.get(name, ("", {})))
        made.do(number, "close", closed, *said["close"])
    return made


def test_items_closed_in_time_of_those_that_were_due_and_returns() -> None:
    found = year_facts(facts_of(entered(book())), published(12, (1, 1, 1), UNITS))
    assert found["on_time_rate"] == {"01": fact(1, 2), "02": fact(0, 1)}
    assert found["returns"] == {"01": fact(0), "02": fact(1), "14": fact(0)}


def test_items_are_told_as_of_the_day_of_asking_where_the_year_is_not_over() -> None:
    found = year_facts(facts_of(entered(book()), today=after(15)), published(12, (1, 1, 1), UNITS))
    assert found["on_time_rate"] == {"01": fact(1, 1), "02": fact(0, 1)}


def test_papers_of_supervision_are_counted_by_their_kind() -> None:
    now = situation()
    levels = {case.standing.unit.code: case.level for case in now.cases}
    journal = confirmed(now, *(case.standing.unit.name for case in now.cases))
    found = year_facts(facts_of(journal), published(12, (1, 1, 1), UNITS))
    names = {"reminders": "提醒", "supervisions": "督办", "interviews": "约谈"}
    assert levels == {"01": "约谈", "02": "提醒"}
    for source, level in names.items():
        assert {code: int(each.actual) for code, each in found[source].items()} == {
            unit.code: int(levels.get(unit.code) == level) for unit in UNITS
        }


BULLETIN = {
    "doubt_columns": ["单位", "名称", "统一社会信用代码", "文件"],
    "doubts": [["东村镇", "甲店", "A1", "登记.xlsx"], ["", "", "", "登记.xlsx"], ["东村镇", "甲店", "A1", "登记.xlsx"]],
    "counted_rows": [
        ["东村镇", "新增", "2022-05-03", "A1", "", "甲店", "申报单位", "登记.xlsx"],
        ["东村镇", "新增", "2022-05-04", "A2", "", "乙店", "申报单位", "登记.xlsx"],
        ["东村镇", "注销", "2022-06-04", "A2", "", "乙店", "申报单位", "登记.xlsx"],
        ["普明镇", "新增", "2022-05-05", "B1", "", "丙店", "申报单位", "登记.xlsx"],
        ["未归属", "新增", "2022-05-05", "C1", "", "丁店", "", "登记.xlsx"],
    ],
}  # fmt: skip


def test_data_are_good_where_the_bulletin_has_no_doubt() -> None:
    assert quality(UNITS, BULLETIN) == {"01": fact(1, 2), "02": fact(1, 1)}
    assert quality(UNITS, {}) == quality(UNITS, BULLETIN | {"doubt_columns": ["文件"]}) == {}


def amount(
    lead: str, actual: object, target: object = 10, deadline: date | None = date(2022, 12, 31)
) -> Measure:
    goal, done = (None if each is None else Fraction(str(each)) for each in (target, actual))
    return Measure(
        Source("清单素材.xlsx"), "C1-1", "措施", (lead, "普明镇"), "指标", "户", goal, done, "", None, "", None, deadline, (), {}
    )  # fmt: skip


def test_measures_are_the_lead_s_and_what_is_unreported_says_nothing() -> None:
    told = [
        amount("东村镇", 10), amount("东村镇", 12), amount("东村镇", "9.9"), amount("东村镇", None),
        amount("县财政局", None), amount("县税务局", 10), amount("东村镇", 3, None), amount("东村镇", 0, 10, date(2023, 1, 1)),
        amount("县财政局", 0, 10, None),
    ]  # fmt: skip
    assert measures(UNITS, told, date(2022, 12, 31)) == {"01": fact(2, 3), "14": fact(0, 1)}


def test_survival_is_that_of_six_months_and_no_small_sample() -> None:
    told = [
        {"unit": "东村镇", "code": "01", "k": 3, "size": 40, "alive": 40, "rate": 1.0},
        {"unit": "东村镇", "code": "01", "k": 6, "size": 20, "alive": 18, "rate": 0.9},
        {"unit": "普明镇", "code": "02", "k": 6, "size": 3, "alive": 3, "rate": None},
    ]
    assert survival({"figures": {"letter_survival": told}}) == {"01": fact(18, 20)}
    assert survival({}) == survival({"figures": {}}) == {}


def test_other_reports_are_those_of_december() -> None:
    kept = {("bulletin", "2022-12"): BULLETIN, ("bulletin", "2022-11"): {}, ("analyse", "2022-11"): {"figures": {
        "letter_survival": [{"unit": "东村镇", "code": "01", "k": 6, "size": 20, "alive": 18, "rate": 0.9}],
    }}}  # fmt: skip
    found = year_facts(facts_of(kept=kept), published(12, (1, 1, 1), UNITS))
    assert found["data_quality"] == {"01": fact(1, 2), "02": fact(1, 1)} and found["letter_survival"] == {}


@pytest.mark.parametrize("period", [None, Year(2022)])
def test_without_december_s_bulletin_there_is_none(period: Year | None) -> None:
    [problem] = lacks(facts_of(), period)
    assert problem.code == "missing-bulletin" and problem.advice.startswith("2022年12月的简报还没有印发")


def of_policy(lead: str, policy: str, actual: object, target: object = 10, **more: Any) -> Measure:
    return replace(amount(lead, actual, target, **more), policy=policy)


def test_what_was_handed_out_of_what_was_due_is_the_policy_s_own_office_s() -> None:
    known = [Policy(Source("清单素材.xlsx"), "创业补助", ("县财政局", "普明镇"), None, {})]
    told = [
        of_policy("东村镇", "创业补助", 5), of_policy("东村镇", "创业补助", 40), of_policy("东村镇", "减免租金", 9),
        of_policy("东村镇", "减免租金", None), of_policy("东村镇", "贷款", 0, None), of_policy("东村镇", "贷款", 1, deadline=date(2023, 1, 1)),
        amount("东村镇", 3),
    ]  # fmt: skip
    found = policies_paid(UNITS, told, known, date(2022, 12, 31))
    assert found == {"14": Fact(Fraction(3, 2), Fraction(2)), "01": Fact(Fraction(9, 10), Fraction(1))}


def test_campaigns_are_those_of_the_settings_by_any_of_their_names() -> None:
    names = {"无证无照经营清零专项行动": ["清零行动"], "交通运输专项行动": []}
    told = [
        replace(amount("东村镇", 8), title="开展无证无照经营清零行动"), replace(amount("东村镇", 3), title="开展辅导培训"),
        replace(amount("普明镇", 20), title="开展交通运输专项行动"), replace(amount("县税务局", 1), title="清零行动"),
    ]  # fmt: skip
    found = campaigns(UNITS, told, names, date(2022, 12, 31))
    assert found == {"01": Fact(Fraction(4, 5), Fraction(1)), "02": fact(1, 1)}
