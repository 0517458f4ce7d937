"""Papers that were issued, held against what the bulletins say now; what a month asks for."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from support.figures.months import EAST, FINANCE, WEST, published, year

from pipeline.domain.journal import Entry, Journal
from pipeline.domain.statistics.figures import MonthFigures, Yardstick
from pipeline.domain.supervision.cases import cases, criticised, praised
from pipeline.domain.supervision.ladder import INTERVIEW, REMIND, SUPERVISE, Rule, ladder
from pipeline.domain.supervision.papers import CONFIRM, WITHDRAW, Ground, Paper, faults, papers

RULE = Rule(1, 2, (1, 2, 3))
AT = datetime(2022, 7, 5, 9, tzinfo=UTC)


def entry(level: str, number: int, act: str = CONFIRM, unit: str = "01", ground: Ground | None = None) -> Entry:  # fmt: skip
    details = {"ground": ground.to_plain(), "serial": f"{level}{number}"} if ground else {"reason": "更正"}
    return Entry(level, 2022, number, act, unit, date(2022, 7, 5), "张三", details, AT)


def ground(months: Sequence[MonthFigures], running: int = 1, rule: Rule = RULE) -> Ground:
    """Of the last of the months, for the first unit."""
    each = months[-1].units[0]
    return Ground(months[-1].month, each, running, rule)


def journal(*entries: Entry) -> Journal:
    return Journal(2022, entries)


def issued(level: str, months: Sequence[MonthFigures], unit: str = "01") -> Paper:
    [paper] = papers(journal(entry(level, 1, unit=unit, ground=ground(months))))
    return paper


def test_a_ground_comes_back_from_what_is_kept_of_it() -> None:
    june = ground(year(0, 0, 0, 0, 0, 7), running=4)
    kept = Ground.from_plain(june.to_plain())
    assert kept.progress.gap_to_pace == june.progress.gap_to_pace == 23
    assert (kept.progress.lead, kept.month, kept.months_running, kept.rule) == (
        june.progress.lead, 6, 4, RULE,
    )  # fmt: skip


def test_a_paper_holds_until_it_is_withdrawn() -> None:
    may = ground(year(0, 0, 0, 0, 0))
    first, second = entry(REMIND, 1, ground=may), entry(SUPERVISE, 1, unit="02", ground=may)
    back = entry(REMIND, 1, WITHDRAW)
    found = papers(journal(first, second, replace(first, series="items"), back))
    assert [(each.level, each.number, each.unit, each.withdrawn) for each in found] == [
        (REMIND, 1, "01", back), (SUPERVISE, 1, "02", None),
    ]  # fmt: skip
    assert found[0].serial == "提醒1"


THEN = (0, 0, 0)


@pytest.mark.parametrize(
    "level, now, why",
    [
        pytest.param(INTERVIEW, (0, 0, 0), "", id="nothing changed"),
        pytest.param(INTERVIEW, (0, 0, -1), "", id="corrected to its disadvantage"),
        pytest.param(INTERVIEW, (0, 0, 12), "按现在的简报，该单位3月不再滞后", id="lags no more"),
        pytest.param(INTERVIEW, (0, 9, 0), "按现在的简报，该单位3月只够提醒", id="did not lag the month before"),
        pytest.param(INTERVIEW, (5, 0, 0), "按现在的简报，该单位3月只够督办", id="began a month later"),
        pytest.param(INTERVIEW, (0, 0, 1), "简报已作有利于该单位的更正，文书所载3月的数字不再准确", id="better, and still as far behind"),
        pytest.param(INTERVIEW, (0, 0, None), "现在的简报里没有该单位3月的数字", id="no longer on the roster"),
        pytest.param(REMIND, (0, 0, 0), "", id="a milder paper than would be due stands"),
    ],
)  # fmt: skip
def test_a_correction_in_the_unit_s_favour_takes_the_ground_away(
    level: str, now: tuple[int | None, ...], why: str
) -> None:
    later = published(4, (0,))  # what comes afterwards has no say
    assert issued(level, year(*THEN)).ground_lost([*year(*now), later]) == why


def test_a_target_that_was_lowered_is_in_the_unit_s_favour_too() -> None:
    lower = year(*THEN, unit=replace(EAST, target=40))
    assert issued(INTERVIEW, year(*THEN)).ground_lost(lower).startswith("简报已作有利于该单位的更正")


def test_other_settings_take_no_paper_back() -> None:
    june, strict = [published(6, (8,), (replace(EAST, target=21),))], replace(RULE, months=(1, 2, 9))
    for rule in (RULE, strict):  # it lags by either, and stands on another level by neither
        [paper] = papers(journal(entry(REMIND, 1, ground=ground(june, rule=rule))))
        assert paper.ground_lost(june) == ""
    forgiving = replace(RULE, min_gap=3)
    assert ladder(june, forgiving)["01", 6].level is None


@pytest.mark.parametrize(
    "entries, told",
    [
        pytest.param([(REMIND, 1, CONFIRM, "01"), (REMIND, 1, WITHDRAW, "01"), (REMIND, 2, CONFIRM, "02")], [], id="sound"),
        pytest.param([(REMIND, 1, WITHDRAW, "01")], ["提醒 2022-0001 的流水不成立：没有之后是 withdraw。"], id="withdrawn, never issued"),
        pytest.param([(REMIND, 1, CONFIRM, "01"), (REMIND, 1, CONFIRM, "02")], ["提醒 2022-0001 的流水不成立：confirm之后是 confirm。"], id="one number twice"),
        pytest.param([(REMIND, 1, CONFIRM, "01"), (SUPERVISE, 1, CONFIRM, "01")], ["督办 2022-0001：编号 01 的单位3月有两件督查文书。"], id="two for a month"),
    ],
)  # fmt: skip
def test_what_cannot_have_been_entered_is_found(
    entries: list[tuple[str, int, str, str]], told: list[str]
) -> None:
    march = ground(year(*THEN))
    rows = [entry(*each, ground=march if each[2] == CONFIRM else None) for each in entries]
    assert list(faults(journal(*rows))) == told


def test_a_paper_of_which_nothing_can_be_made_is_found() -> None:
    broken = replace(entry(REMIND, 1), act=CONFIRM)
    assert list(faults(journal(broken))) == ["提醒 2022-0001 的内容不完整。"]


def test_a_month_asks_for_one_paper_a_unit_the_sternest_first() -> None:
    units = (EAST, WEST, FINANCE)
    months = [published(month, nets, units) for month, nets in ((1, (0, 5, 0)), (2, (0, 0, 1)))]
    rule = replace(RULE, min_gap=1)
    found = cases(months[-1], ladder(months, rule), ())
    assert [(case.standing.unit.name, case.level, case.months_running, case.state) for case in found] == [
        ("东村镇", SUPERVISE, 2, "proposed"), ("县财政局", SUPERVISE, 2, "proposed"), ("普明镇", REMIND, 1, "proposed"),
    ]  # fmt: skip


def test_nobody_is_called_to_an_interview_once_the_plans_last_month_was_judged() -> None:
    to_october = Yardstick(last_month=10)
    months = [published(month, (0,), (EAST,), to_october) for month in (8, 9, 10, 11, 12)]
    found = ladder(months, RULE)
    levels = [[case.level for case in cases(each, found, ())] for each in months]
    assert levels == [[REMIND], [SUPERVISE], [INTERVIEW], [], []]
    assert [bool(criticised(each, found)) for each in months] == [False, False, False, False, True]
    called = papers(journal(entry(INTERVIEW, 1, ground=ground(months, 5))))
    assert [case.state for case in cases(months[-1], found, called)] == ["confirmed"], (
        "what was issued stands"
    )
    assert called[0].ground_lost(months) == ""


def test_what_was_issued_stands_in_the_place_of_what_would_be_and_nothing_follows_a_withdrawal() -> None:
    months = year(0, 0)
    first = entry(REMIND, 1, ground=ground(months))
    for entries, state in (([first], "confirmed"), ([first, entry(REMIND, 1, WITHDRAW)], "withdrawn")):
        [case] = cases(months[-1], ladder(months, RULE), papers(journal(*entries)))
        assert (case.level, case.state) == (REMIND, state)
    [case] = cases(year(0)[0], ladder(months, RULE), papers(journal(first)))
    assert (case.level, case.state) == (REMIND, "proposed")  # that paper is another month's


def test_praise_goes_to_the_first_three_of_a_group_that_are_at_pace() -> None:
    units = tuple(replace(EAST, code=f"{n:02d}", name=f"镇{n}") for n in range(1, 7))
    june = published(6, (40, 30, 35, 35, 29, 0), units)
    # Ranks 1, 2, 2, 4; the fourth is at pace, too.
    assert [each.unit.name for each in praised(june)] == ["镇1", "镇3", "镇4"]
    few = published(6, (40, 29, 20, 0), units[:4])
    assert [each.unit.name for each in praised(few)] == ["镇1"]
    early = published(1, (0, 0), units[:2], Yardstick(first_month=5))
    assert early.units[0].has_reached_pace and praised(early) == ()  # nothing gained is nothing to praise


def test_criticism_is_proposed_at_the_end_of_a_quarter_and_of_the_year() -> None:
    units = (EAST, WEST, FINANCE, replace(WEST, code="03", target=0))
    nets = [(1, 12, 9, 0), (2, 13, 9, 0), (3, 14, 9, 0), (4, 21, 11, 0)]
    months = [published(number, each, units) for number, each in zip((7, 8, 9, 10), nets, strict=True)]
    found = ladder(months, replace(RULE, first_month=8))
    assert [criticised(each, found) for each in (months[0], months[1], months[3])] == [(), (), ()]
    found = ladder(months, RULE)
    assert [each.unit.name for each in criticised(months[2], found)] == ["普明镇", "东村镇", "县财政局"]
    december = published(12, (60, 59, 30, -1), units)
    assert [each.unit.name for each in criticised(december, ladder([december], RULE))] == ["普明镇"]


def test_who_came_down_from_the_top_is_not_criticised() -> None:
    months = [published(month, (net,)) for month, net in ((6, 0), (7, 0), (8, 0), (9, 45))]
    assert criticised(months[-1], ladder(months, RULE)) == ()
    assert len(criticised(published(9, (0,)), ladder([*months[:-1], published(9, (0,))], RULE))) == 1
