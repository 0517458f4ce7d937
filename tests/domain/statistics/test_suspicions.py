"""What is suspicious in the plan year's registrations: each rule's situations, and the very lines that come of them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.figures.shops import UNITS, business, day

from pipeline.domain.model import Problem, Source
from pipeline.domain.records.exports.companies import Company
from pipeline.domain.records.registrations import Registration
from pipeline.domain.statistics.attribution import attribute
from pipeline.domain.statistics.counting import count
from pipeline.domain.statistics.figures import Yardstick
from pipeline.domain.statistics.measuring import month_figures
from pipeline.domain.statistics.suspicions import suspicions
from pipeline.domain.values.identity import check_sign
from pipeline.settings.doubts import Doubts

JUNE, DECEMBER = date(2022, 6, 30), date(2022, 12, 31)
HOUSE, OTHER_HOUSE = "岚县东村镇文明街8号", "岚县东村镇文明街9号"
PHONE = "15400001234"
OFF = Doubts(
    same_person=0, opened=0, same_phone=0, same_address=0, same_scope=0, rush_day=0, rush_percent=0, short_days=0,
    january=0, take_over_days=0, company_days=0, oldest=0, youngest=0,
)  # fmt: skip
"""No rule at all."""


def id_no(number: int, born: date = date(1990, 1, 1)) -> str:
    """A number that nobody has."""
    digits = f"999999{born:%Y%m%d}{number:03d}"
    return digits + check_sign(digits)


def suspected(
    shops: Sequence[Registration],
    rules: Doubts | None = None,
    as_of: date = JUNE,
    companies: Sequence[Company] = (),
    month_end: int = 0,
) -> tuple[Problem, ...]:
    yardstick = Yardstick(month_end=month_end)
    attributions = attribute(shops, {}, UNITS, as_of)
    figures = month_figures(count(attributions, as_of, yardstick.calendar), UNITS, as_of, yardstick, None)
    return suspicions(attributions, companies, figures, rules or Doubts())


def told(found: Sequence[Problem]) -> list[tuple[int | None, str]]:
    """Row and code of each."""
    return [(each.source.row, each.code) for each in found]


def only(found: Sequence[Problem]) -> Problem:
    [problem] = found
    return problem


def shops(number: int, established: str = "5-7", **same: Any) -> list[Registration]:
    """So many businesses of as many people, in rows 1 and after, that have something in common."""
    return [business(row, established, **same) for row in range(1, number + 1)]


def company(established: str | None, **said: str) -> Company:
    said = {
        "uscc": "91999999MA000001XX",
        "name": "岚县某某有限公司",
        "operator": "",
        "id_no": "",
        "address": "",
    } | said
    return Company(
        **said, established=day(established) if established else None, source=Source("企业.xlsx", "Sheet1", 9)
    )


def test_an_ordinary_month_has_nothing_suspicious() -> None:
    ordinary = [
        business(row, f"{1 + row % 6}-{1 + row % 28}", unit="01", id_no=id_no(row), phone=f"154{row:08d}",
                 address=f"岚县东村镇文明街{row}号", scope="日用百货零售")
        for row in range(1, 60)
    ]  # fmt: skip
    assert suspected(ordinary) == ()


# ------------------------------------------------------------------- many-licences


def test_many_businesses_of_one_person_are_told_of_each_new_one() -> None:
    found = suspected([
        business(1, "2019-03-01", id_no=id_no(7)), business(2, "1-5", id_no=id_no(7)),
        business(3, "5-7", id_no=id_no(7)), business(4, "5-8", id_no=id_no(8)),
    ])  # fmt: skip
    assert told(found) == [(2, "many-licences"), (3, "many-licences")]
    assert found[0].advice == (
        "同一身份证号在册3户，另有“商店1”（登记.xlsx › Sheet1 › 第1行）、“商店3”（登记.xlsx › Sheet1 › 第3行）。"
        "请核实是不是本人办理、各户是不是都在经营。"
    )
    assert id_no(7) not in str(found)


@pytest.mark.parametrize(
    "first, second, rows",
    [("5-7", "5-7", [1, 2]), ("1-1", "4-1", [2]), ("1-1", "4-2", []), ("2021-11-01", "1-30", [2])],
)
def test_two_opened_by_one_person_soon_after_each_other(first: str, second: str, rows: list[int]) -> None:
    found = suspected([business(1, first, id_no=id_no(7)), business(2, second, id_no=id_no(7))])
    assert told(found) == [(row, "many-licences") for row in rows]
    if rows == [2]:
        advice = "同一身份证号90天内登记了2户，另有“商店1”（登记.xlsx › Sheet1 › 第1行）。请核实是不是本人办理、各户是不是都在经营。"
        assert found[0].advice == advice


@pytest.mark.parametrize("number", ["", "9999************34", id_no(1)[:17], f"{id_no(1)[:17]}Y"])
def test_numbers_that_are_not_whole_or_not_right_tell_nobody_apart(number: str) -> None:
    assert suspected(shops(5, id_no=number)) == ()


def test_the_same_person_with_an_old_number_is_the_same() -> None:
    old = id_no(7)[:6] + id_no(7)[8:17]
    assert told(suspected([business(1, "5-7", id_no=id_no(7)), business(2, "5-8", id_no=old)])) == [
        (2, "many-licences")
    ]


def test_what_is_gone_from_the_register_is_no_licence_any_more() -> None:
    rules = replace(OFF, same_person=3)
    held = [business(1, "2019-03-01", id_no=id_no(7)), business(2, "1-5", id_no=id_no(7))]
    for third in (
        business(3, "2020-01-01", "5-1", id_no=id_no(7)),
        business(3, "2020-01-01", revoked="5-1", id_no=id_no(7)),
        business(3, "2020-01-01", id_no=id_no(7))._replace(status="注销"),
    ):
        assert suspected([*held, third], rules) == ()
    later = business(3, "2020-01-01", "7-1", id_no=id_no(7))
    assert told(suspected([*held, later], rules)) == [(2, "many-licences")]


# ------------------------------------------------------- shared-phone, shared-address


def test_one_phone_of_many_operators() -> None:
    assert suspected(shops(3, phone=PHONE)) == ()
    assert suspected(shops(5, phone=PHONE, operator="某甲", id_no=id_no(1)), replace(OFF, same_phone=4)) == ()
    found = suspected([*shops(4, phone=PHONE), business(5, "2019-03-01", phone=f"03586722345、{PHONE}")])
    assert told(found) == [(row, "shared-phone") for row in (1, 2, 3, 4)]
    assert found[0].seen == "154…（11位）" and found[0].advice == (
        "同一电话有5个经营者、5户，另有“商店2”（登记.xlsx › Sheet1 › 第2行）、“商店3”（登记.xlsx › Sheet1 › 第3行）、"
        "“商店4”（登记.xlsx › Sheet1 › 第4行）等。请核实电话是不是本人的，是不是有人代办。"
    )


def test_many_at_one_address() -> None:
    assert suspected(shops(2, address=HOUSE)) == ()
    found = suspected([*shops(2, address=HOUSE), business(3, "2019-03-01", address="岚县东村镇 文明街８号")])
    assert told(found) == [(1, "shared-address"), (2, "shared-address")]
    assert found[0].seen == HOUSE and found[0].advice == (
        "同一地址在册3户，另有“商店2”（登记.xlsx › Sheet1 › 第2行）、“商店3”（登记.xlsx › Sheet1 › 第3行）。"
        "请实地核实是不是都在经营；是市场、商场、集群登记地址的，可以列为例外。"
    )


@pytest.mark.parametrize(
    "address", ["", "岚县东村镇", "岚县东村镇西村", "岚县东村镇文明街", "西村村委会", "城区二马路"]
)
def test_a_village_or_a_street_is_no_place_of_its_own(address: str) -> None:
    assert suspected(shops(9, address=address)) == ()


def test_a_known_market_may_be_shared() -> None:
    market = shops(9, address="岚县东村镇文明街8号（农贸市场内）")
    assert suspected(market, Doubts(markets=["农贸 市场"])) == ()
    assert len(suspected(market, Doubts(markets=["", "建材市场"]))) == 9


# ------------------------------------------------------------------------ same-scope


def test_the_same_scope_ten_times_on_one_day_is_one_line_of_the_unit() -> None:
    rules = replace(OFF, same_scope=10)
    assert suspected(shops(9, scope="油茶种植", unit="01"), rules) == ()
    found = only(suspected(shops(10, scope="油茶种植", unit="01"), rules))
    assert (found.source.row, found.code, found.seen) == (1, "same-scope", "油茶种植")
    assert found.advice == (
        "东村镇2022-05-07登记的有10户经营范围一字不差，另有“商店2”（登记.xlsx › Sheet1 › 第2行）、"
        "“商店3”（登记.xlsx › Sheet1 › 第3行）、“商店4”（登记.xlsx › Sheet1 › 第4行）等。请核实是不是真在经营。"
    )


def test_the_same_scope_ten_times_in_one_village() -> None:
    rules = replace(OFF, same_scope=10)

    def village(address: str) -> list[Registration]:
        return [
            business(row, f"5-{row}", scope="油茶种植", unit="01", address=address.format(row))
            for row in range(1, 11)
        ]

    found = only(suspected(village("山西省吕梁市岚县东村镇西村{}号"), rules))
    assert found.advice.startswith("今年在东村镇西村登记的有10户经营范围一字不差，另有“商店2”")
    assert suspected(village("岚县东村镇文明街{}号"), rules) == (), "the township's name is no village"
    [community] = suspected(village("向阳街道幸福社区{}号楼"), rules)
    assert "在向阳街道幸福社区登记的" in community.advice
    same_day = [each._replace(established=day("5-7")) for each in village("岚县东村镇西村{}号")]
    assert "2022-05-07登记的" in only(suspected(same_day, rules)).advice, "not told twice"
    units = [each._replace(unit=f"{row:02d}") for row, each in enumerate(same_day, 1)]
    assert "今年在东村镇西村" in only(suspected(units, rules)).advice


def test_a_long_scope_is_shown_by_its_beginning() -> None:
    found = only(suspected(shops(10, scope="零售" * 50, unit="01"), replace(OFF, same_scope=10)))
    assert found.seen == "零售" * 20 + "……"


# ------------------------------------------------------------------------------ rush


def test_ten_registrations_of_a_unit_on_one_day() -> None:
    rules = replace(OFF, rush_day=10)
    assert suspected(shops(9, unit="01"), rules) == () and suspected(shops(10), rules) == (), "nobody's gain"
    found = only(suspected(shops(10, unit="02"), rules))
    assert (found.source.row, found.code, found.seen) == (1, "rush", "2022-05-07")
    assert found.advice == (
        "普明镇2022-05-07一天登记了10户，另有“商店2”（登记.xlsx › Sheet1 › 第2行）、“商店3”（登记.xlsx › Sheet1 › 第3行）、"
        "“商店4”（登记.xlsx › Sheet1 › 第4行）等。请核实是不是突击办理、是不是真在经营。"
    )


@pytest.mark.parametrize(
    "days, is_rush",
    [
        ((1, 2, 29, 30, 31), True),
        ((1, 2, 28, 29, 31), False),
        ((1, 2, 3, 29, 30, 31), False),
        ((29, 30, 30, 31), False),
    ],
)
def test_most_of_a_unit_s_month_in_its_last_three_days(days: tuple[int, ...], is_rush: bool) -> None:
    found = suspected([business(row, f"5-{number}", unit="01") for row, number in enumerate(days, 1)])
    assert told(found) == ([(3, "rush")] if is_rush else [])
    if is_rush:
        assert found[0].seen == "2022-05-29至2022-05-31" and found[0].advice == (
            "东村镇截至2022-05-31的一个月登记5户，其中最后3天3户，另有“商店4”（登记.xlsx › Sheet1 › 第4行）、"
            "“商店5”（登记.xlsx › Sheet1 › 第5行）。请核实是不是突击办理、是不是真在经营。"
        )


def test_a_month_that_ends_on_the_25th_has_its_last_days_before() -> None:
    def month(*days: str) -> list[Registration]:
        return [business(row, text, unit="01") for row, text in enumerate(days, 1)]

    closing, june = month("5-1", "5-2", "5-23", "5-24", "5-25"), date(2022, 6, 25)
    assert told(suspected(closing, as_of=june, month_end=25)) == [(3, "rush")] and suspected(closing) == ()
    assert suspected(month("5-1", "5-2", "5-29", "5-30", "5-31"), as_of=june, month_end=25) == ()


# ------------------------------------------------------------------------ short-life


@pytest.mark.parametrize(
    "opened, closed, is_short",
    [("1-1", "4-1", True), ("1-1", "4-2", False), ("5-7", "5-7", True), ("5-7", "5-6", False), ("6-1", "7-1", False),
     ("2021-12-31", "1-1", False)],
)  # fmt: skip
def test_cancelled_within_ninety_days(opened: str, closed: str, is_short: bool) -> None:
    assert told(suspected([business(1, opened, closed)])) == ([(1, "short-life")] if is_short else [])


def test_the_line_of_a_short_life() -> None:
    found = only(suspected([business(1, "1-1", "4-1")]))
    assert found.seen == "2022-04-01"
    assert found.advice == "2022-01-01成立，90天后就注销。请核实为什么注销、是不是真经营过。"


def test_last_year_s_gain_cancelled_in_january() -> None:
    gained = [business(row, "2021-06-01", f"1-{row}", unit="01") for row in range(1, 11)]
    found = only(suspected(gained))
    assert (found.source.row, found.code, found.seen) == (1, "short-life", "2022-01-01")
    assert found.advice == (
        "东村镇去年成立的，有10户在今年1月注销，另有“商店2”（登记.xlsx › Sheet1 › 第2行）、"
        "“商店3”（登记.xlsx › Sheet1 › 第3行）、“商店4”（登记.xlsx › Sheet1 › 第4行）等。请核实是不是为完成去年任务而办的。"
    )
    assert suspected(gained[1:]) == ()
    assert suspected([each._replace(established=day("2020-06-01")) for each in gained]) == ()
    assert suspected([each._replace(cancelled=day("2-1")) for each in gained]) == ()
    assert suspected([each._replace(unit=None) for each in gained]) == ()


def test_the_plan_year_begins_when_the_registry_s_does() -> None:
    shop, june = business(1, "2021-12-26", "1-20"), date(2022, 6, 25)
    assert told(suspected([shop], as_of=june, month_end=25)) == [(1, "short-life")]
    assert suspected([shop], as_of=june) == () and suspected([shop], as_of=june, month_end=26) == ()


def test_a_registration_that_was_revoked_as_false_is_no_longer_suspected() -> None:
    shop = business(1, "1-5", "2-5", id_no=id_no(5, date(1930, 1, 1)))
    assert told(suspected([shop])) == [(1, "short-life"), (1, "age")]
    assert suspected([shop._replace(struck_off=day("6-30"))]) == ()
    assert suspected([shop._replace(status="撤销")]) == ()
    assert len(suspected([shop._replace(struck_off=day("7-1"), status="撤销")])) == 2


# ------------------------------------------------------------------------- take-over


def test_a_take_over_is_told_as_a_pair_with_what_is_gained_without() -> None:
    found = only(suspected([
        business(1, "2015-03-01", "5-1", address=HOUSE), business(2, "5-20", address=HOUSE, unit="01"),
        business(3, "5-20", unit="01"),
    ]))  # fmt: skip
    assert (found.source.row, found.code, found.seen) == (2, "take-over", "2022-05-20")
    assert found.advice == (
        "疑似变更经营者：同一地址、另一经营者的“商店1”（登记.xlsx › Sheet1 › 第1行）2022-05-01注销，与这一户登记相隔19天。"
        "东村镇累计净增2户，其中这样的1户，扣除后净增1户。请核实。"
    )


@pytest.mark.parametrize(
    "closed, opened, is_pair",
    [
        ("5-1", "5-31", True), ("5-1", "6-1", False), ("5-31", "5-1", True), ("6-1", "5-1", False),
        ("2-28", "3-1", False), ("3-1", "3-1", True), ("10-31", "10-31", True), ("10-31", "11-1", False),
        ("11-1", "10-31", False),
    ],
)  # fmt: skip
def test_take_overs_are_of_the_months_in_which_the_law_made_them_so(
    closed: str, opened: str, is_pair: bool
) -> None:
    pair = [business(1, "2015-03-01", closed, address=HOUSE), business(2, opened, address=HOUSE)]
    assert told(suspected(pair, as_of=DECEMBER)) == ([(2, "take-over")] if is_pair else [])


def test_in_another_year_there_are_no_take_overs() -> None:
    pair = [business(1, "2015-03-01", "2023-05-01", address=HOUSE), business(2, "2023-05-20", address=HOUSE)]
    assert suspected(pair, as_of=date(2023, 6, 30)) == ()


@pytest.mark.parametrize(
    "new, is_pair",
    [
        ({"address": HOUSE}, True), ({"name": "商店1"}, True), ({"address": OTHER_HOUSE}, False),
        ({"address": HOUSE, "operator": "某1"}, False), ({"address": HOUSE, "operator": ""}, False),
        ({"address": HOUSE, "operator": "某1", "id_no": id_no(2)}, True),
        ({"address": HOUSE, "operator": "某改名", "id_no": id_no(1)}, False),
    ],
)  # fmt: skip
def test_a_take_over_is_by_another_operator_in_the_same_place_or_under_the_same_name(
    new: dict[str, str], is_pair: bool
) -> None:
    old = business(1, "2015-03-01", "5-1", address=HOUSE, id_no=id_no(1))
    found = suspected([old, business(2, "5-20", **new)], replace(OFF, take_over_days=30))
    assert told(found) == ([(2, "take-over")] if is_pair else [])


def test_a_cancellation_stands_for_one_new_business() -> None:
    rules = replace(OFF, take_over_days=30)
    old = business(1, "2015-03-01", "5-1", address=HOUSE)
    twice = [
        old,
        business(2, "5-20", address=HOUSE, unit="01"),
        business(3, "5-21", address=HOUSE, unit="01"),
    ]
    assert told(suspected(twice, rules)) == [(2, "take-over")]
    assert told(suspected([*twice, business(4, "2016-03-01", "5-2", name="商店3")], rules)) == [
        (2, "take-over"), (3, "take-over"),
    ]  # fmt: skip


def test_a_cancellation_that_already_counts_against_the_unit_is_not_deducted_again() -> None:
    found = suspected(
        [business(1, "3-1", "5-1", address=HOUSE, unit="01"), business(2, "5-20", address=HOUSE, unit="01")],
        replace(OFF, take_over_days=30),
    )
    assert "东村镇累计净增1户，其中这样的0户，扣除后净增1户。" in only(found).advice


def test_a_take_over_of_nobody_s_business_has_no_unit_to_deduct_from() -> None:
    pair = [business(1, "2015-03-01", "5-1", address=HOUSE), business(2, "5-20", address=HOUSE)]
    assert only(suspected(pair)).advice.endswith("相隔19天。请核实。")


# ------------------------------------------------------------------------ to-company


@pytest.mark.parametrize(
    "of, is_pair",
    [
        (company("5-31", operator="某1"), True), (company("4-1", operator="某1"), True),
        (company("6-1", operator="某1"), False), (company(None, operator="某1"), False),
        (company("5-2", operator="某2"), False), (company("5-2", operator="某2", address=HOUSE), True),
        (company("5-2", operator="某1", id_no=id_no(2)), False), (company("5-2", id_no=id_no(1)), True),
        (company("5-2"), False),
    ],
)  # fmt: skip
def test_a_company_of_the_same_operator_or_place(of: Company, is_pair: bool) -> None:
    old = business(1, "2015-03-01", "5-1", address=HOUSE, id_no=id_no(1))
    assert told(suspected([old], companies=[of])) == ([(1, "to-company")] if is_pair else [])


def test_a_company_s_line_says_what_its_row_says_of_the_unit() -> None:
    of = company("5-2", uscc="92999999MA000001XX", unit="东村镇")
    [found] = suspected([], companies=[of])
    assert found.code == "to-company" and found.whose == ("东村镇", "岚县某某有限公司", of.uscc)


def test_the_line_of_a_conversion() -> None:
    old = business(1, "2015-03-01", "5-1", address=HOUSE)
    found = only(suspected([old], companies=[company("5-2", operator="某1"), company("5-3", address=HOUSE)]))
    assert found.seen == "2022-05-01" and found.advice == (
        "疑似个转企：同一经营者的企业“岚县某某有限公司”（企业.xlsx › Sheet1 › 第9行）2022-05-02成立。请核实，是转为企业的另作统计。"
    )


def test_a_company_that_kept_the_code_of_an_individual_business_is_told_once_and_last() -> None:
    kept = company("2015-03-01", uscc="92999999MA0000011X", operator="某9")
    later = replace(kept, source=Source("企业.xlsx", "Sheet1", 12))
    first, found = suspected([business(1, "5-7", "5-8")], companies=[kept, company("2015-03-01"), later])
    assert first.code == "short-life" and found.code == "to-company" and found.source == later.source
    assert found.whose == ("", "岚县某某有限公司", "92999999MA0000011X")
    assert found.advice == (
        "疑似个转企：统一社会信用代码是个体工商户的，登记的是企业，没有计入。请核实，是转为企业的另作统计。"
    )
    assert suspected([], replace(Doubts(), company_days=0), companies=[kept]) == ()


# ------------------------------------------------------------------------------- age


@pytest.mark.parametrize(
    "born, is_odd",
    [
        ("1947-05-07", True),
        ("1947-05-08", False),
        ("2004-05-07", False),
        ("2004-05-08", True),
        ("1990-01-01", False),
    ],
)
def test_operators_who_are_very_old_or_minors(born: str, is_odd: bool) -> None:
    who = id_no(5, date.fromisoformat(born))
    found = suspected(
        [business(1, "5-7", id_no=who), business(2, "2021-05-07", id_no=id_no(6, date(1930, 1, 1)))]
    )
    assert told(found) == ([(1, "age")] if is_odd else [])
    assert who not in str(found)


def test_the_line_of_an_age() -> None:
    found = only(suspected([business(1, "5-7", id_no=id_no(5, date(1940, 5, 8)))]))
    assert found.advice == "成立时经营者81岁。请核实是不是本人办理、本人知情。" and found.seen.endswith(
        "…（18位）"
    )


# ------------------------------------------------------------------------ all of them


def everything() -> list[Registration]:
    """A business or more for every rule; rows in order."""
    made = [
        business(0, "5-7", id_no=id_no(1), unit="01"), business(0, "5-8", id_no=id_no(1), unit="02"),
        *(business(0, f"4-{n}", phone=PHONE, operator=f"代{n}") for n in range(1, 5)),
        *(business(0, f"3-{n}", address=HOUSE) for n in range(1, 4)),
        *(business(0, "2-11", scope="油茶种植", unit="03") for _ in range(10)),
        business(0, "2-1", "3-15"), business(0, "5-7", id_no=id_no(9, date(1930, 1, 1))),
        business(0, "2015-03-01", "6-1", address=OTHER_HOUSE), business(0, "6-10", address=OTHER_HOUSE, unit="04"),
    ]  # fmt: skip
    return [
        each._replace(sources=(Source("登记.xlsx", "Sheet1", row),), uscc=f"92{row:016d}")
        for row, each in enumerate(made, 1)
    ]


COMPANIES = (company("6-2", address=OTHER_HOUSE),)
CODES = {
    "many-licences", "shared-phone", "shared-address", "same-scope", "rush", "short-life", "age", "take-over", "to-company",
}  # fmt: skip


def test_every_rule_has_its_case_and_lines_come_in_the_order_of_rows() -> None:
    found = suspected(everything(), companies=COMPANIES)
    assert {each.code for each in found} == CODES
    rows = [each.source.row or 0 for each in found]
    assert rows == sorted(rows)


def test_each_rule_can_be_switched_off_alone_and_all_together() -> None:
    assert suspected(everything(), OFF, companies=COMPANIES) == ()
    for switch, code in {
        "same_phone": "shared-phone", "same_address": "shared-address", "same_scope": "same-scope", "short_days": "short-life",
        "take_over_days": "take-over", "company_days": "to-company", "rush_day": "rush", "opened": "many-licences",
    }.items():  # fmt: skip
        on = suspected(everything(), replace(OFF, **{switch: getattr(Doubts(), switch)}), companies=COMPANIES)
        assert {each.code for each in on} == {code}, switch


def test_every_number_of_the_settings_moves_a_rule() -> None:
    """A setting that nobody reads would be a promise not kept."""
    shops_of_year = [*everything(), *(
        business(100 + n, f"6-{30 - n % 3}", unit="05", id_no=id_no(300), operator="某甲") for n in range(6)
    ), *(business(200 + n, "2021-06-01", "1-31", unit="06") for n in range(10)),
        business(300, "2021-06-01", id_no=id_no(301, date(2006, 1, 1))), business(301, "6-1", id_no=id_no(302, date(2006, 1, 1))),
    ]  # fmt: skip
    usual = suspected(shops_of_year, companies=COMPANIES)
    other = {
        "markets": ["文明街8号"], "same_person": 7, "opened": 100, "opened_days": 0, "rush_percent": 100, "rush_days": 1,
        "rush_least": 7, "youngest": 0, "oldest": 100, "january": 11,
    }  # fmt: skip
    for each in fields(Doubts):
        changed = replace(Doubts(), **{each.name: other.get(each.name, 0)})
        assert suspected(shops_of_year, changed, companies=COMPANIES) != usual, each.name


def test_the_figures_are_what_they_are_whatever_is_suspicious() -> None:
    attributions = attribute(everything(), {}, UNITS, JUNE)
    before = month_figures(count(attributions, JUNE), UNITS, JUNE, Yardstick(), None)
    suspicions(attributions, COMPANIES, before, Doubts())
    assert before == month_figures(count(attributions, JUNE), UNITS, JUNE, Yardstick(), None)


SHOPS = st.lists(
    st.builds(
        lambda opened, life, person, place, unit: {
            "established": date(2021, 9, 1) + timedelta(opened),
            "cancelled": date(2021, 9, 1) + timedelta(opened + life) if life < 150 else None,
            "id_no": id_no(person), "operator": f"某{person}", "phone": f"1540000{place:04d}",
            "address": f"岚县东村镇西村{place}号", "scope": f"货物{place % 2}", "unit": unit,
        },
        st.integers(0, 350), st.integers(0, 300), st.integers(1, 6), st.integers(1, 4), st.sampled_from(["01", "02", None]),
    ),
    max_size=25,
)  # fmt: skip


@given(SHOPS)
def test_nobody_is_suspected_but_of_this_year_and_no_number_of_a_person_is_told(
    drawn: list[dict[str, Any]],
) -> None:
    made = [business(row)._replace(**each) for row, each in enumerate(drawn, 1)]
    rules = replace(
        Doubts(), same_person=2, same_phone=2, same_address=2, same_scope=2, rush_day=2, january=2
    )
    found = suspected(made, rules)
    of_year = {
        each.sources[-1]
        for each in made
        if any(when and date(2022, 1, 1) <= when <= JUNE for when in (each.established, each.cancelled))
    }
    assert {each.source for each in found} <= of_year
    shown = str(found)
    assert not any(each.id_no in shown or each.phone in shown for each in made)


@given(SHOPS, st.randoms(use_true_random=False))
def test_the_order_of_rows_makes_no_difference_to_who_is_suspected(
    drawn: list[dict[str, Any]], chance: Any
) -> None:
    made = [business(row)._replace(**each) for row, each in enumerate(drawn, 1)]
    rules = replace(Doubts(), same_person=2, same_phone=2, same_address=2, take_over_days=0, same_scope=0)
    mixed = list(made)
    chance.shuffle(mixed)
    alike = ("many-licences", "shared-phone", "shared-address", "short-life", "age")
    first, second = (
        Counter((each.source, each.code) for each in suspected(shops, rules) if each.code in alike)
        for shops in (made, mixed)
    )
    assert first == second


@given(SHOPS)
def test_a_stricter_rule_suspects_whom_a_milder_one_did(drawn: list[dict[str, Any]]) -> None:
    made = [business(row)._replace(**each) for row, each in enumerate(drawn, 1)]
    for name in ("same_person", "same_phone", "same_address"):
        mild, strict = (set(told(suspected(made, replace(OFF, **{name: least})))) for least in (4, 2))
        assert mild <= strict, name
