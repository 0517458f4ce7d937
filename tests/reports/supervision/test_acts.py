"""What is entered when papers are issued or withdrawn; the items that go with them."""

import json
from datetime import timedelta

import pytest
from support.figures.supervised import AT, DAY, DIGESTS, NETS, case, confirmed, entered, situation

from pipeline.domain.items.course import folded
from pipeline.domain.items.item import LAG, Item, State
from pipeline.domain.journal import Act, Journal
from pipeline.domain.supervision.papers import CONFIRM, WITHDRAW, faults
from pipeline.errors import RegisterFault, UsageFault
from pipeline.reports.supervision.acts import confirmations, withdrawals
from pipeline.reports.supervision.choice import to_confirm, to_withdraw
from pipeline.reports.supervision.compose import compose


def items(journal: Journal) -> dict[int, Item]:
    found, wrong = folded(journal.year, journal.entries)
    assert wrong == []
    return found


def named(acts: tuple[Act, ...]) -> list[tuple[str, int | None, str, str]]:
    return [(act.series, act.number, act.act, act.unit) for act in acts]


def test_a_reminder_opens_no_item_and_supervision_does() -> None:
    january, february = situation(month=1), situation(month=2)
    assert named(confirmations(january, january.cases, DIGESTS)) == [
        ("提醒", 1, CONFIRM, "01"), ("提醒", 2, CONFIRM, "02"),
    ]  # fmt: skip
    acts = confirmations(february, february.cases, DIGESTS)
    assert named(acts) == [("督办", 1, CONFIRM, "01"), ("items", 1, "open", "01")]
    [item] = items(entered(february.journal, acts)).values()
    assert (item.about.kind, item.about.source, item.state) == (
        LAG,
        "督办函（岚个培督函〔2022〕1号）",
        State.OPENED,
    )
    assert str(item.deadline) == acts[0].details["due"] == "2022-07-20"
    assert item.about.problem.startswith("截至2022年2月28日，东村镇累计新登记个体工商户1户")
    assert acts[0].details["fields"]["账号"] == acts[0].details["account"] == "岚个培账〔2022〕0001号"  # type: ignore[index]


def test_the_next_level_names_the_unit_s_item_again() -> None:
    journal = confirmed(situation(month=2), "东村镇")
    march = situation(month=3, journal=journal)
    acts = confirmations(march, [case(march, "东村镇")], DIGESTS)
    assert named(acts) == [("约谈", 1, CONFIRM, "01"), ("items", 1, "again", "01")]
    assert (acts[0].details["item"], acts[0].details["opens"]) == (1, False)


def test_what_is_kept_is_json_and_makes_the_same_paper_whatever_changes() -> None:
    before = situation(month=2)
    journal = confirmed(before, "东村镇")
    for entry in journal.entries:
        assert json.loads(json.dumps(entry.details)) == entry.details
    first = compose(situation(month=2, journal=journal), AT).papers["confirmed"]
    changed = situation(
        ((0, 0, 3), (9, 9, 6)), month=2, journal=journal, authority="", contact="", supervision_serial="督{year}{number}",
    )  # fmt: skip
    assert compose(changed, AT).papers["confirmed"] == first


def test_numbers_go_on_and_have_no_gaps_over_withdrawals() -> None:
    journal = confirmed(situation(month=1), "东村镇")
    january = situation(month=1, journal=journal)
    acts, _ = withdrawals(january, to_withdraw(january, ["东村镇"])[0], "更正")
    journal = confirmed(situation(month=1, journal=entered(journal, acts)), "普明镇")
    assert [(entry.number, entry.act) for entry in journal.of("提醒")] == [(1, CONFIRM), (1, WITHDRAW), (2, CONFIRM)]  # fmt: skip
    assert list(faults(journal)) == []


def test_an_item_goes_with_its_paper_while_nobody_has_begun_on_it() -> None:
    journal = confirmed(situation(month=2), "东村镇")
    february = situation(month=2, journal=journal)
    acts, stay = withdrawals(february, february.papers, "简报更正")
    assert named(acts) == [("督办", 1, WITHDRAW, "01"), ("items", 1, "withdraw", "01")] and stay == ()
    [item] = items(entered(journal, acts)).values()
    assert item.state == State.WITHDRAWN


def test_an_item_stays_where_another_paper_goes_by_it_or_work_has_begun() -> None:
    journal = confirmed(situation(month=2), "东村镇")
    both = confirmed(situation(month=3, journal=journal), "东村镇")
    march = situation(month=3, journal=both)
    acts, stay = withdrawals(march, to_withdraw(march, ["东村镇"])[0], "更正")
    assert named(acts) == [("约谈", 1, WITHDRAW, "01")]
    assert stay == ("岚个培账〔2022〕0001号没有撤账：岚个培督函〔2022〕1号也督办这一事项。",)
    day = march.occasion.day
    begun = journal.after(
        [Act("items", 1, act, "01", day, "某", {}) for act in ("assign", "accept")], AT
    )  # fmt: skip
    february = situation(month=2, journal=begun)
    acts, stay = withdrawals(february, february.papers, "更正")
    assert named(acts) == [("督办", 1, WITHDRAW, "01")]
    assert stay == ("岚个培账〔2022〕0001号没有撤账：现在是整改中，办完了请申请销号。",)


def test_an_item_stays_whose_unit_has_not_signed_in_time_and_the_paper_is_withdrawn_all_the_same() -> None:
    journal = confirmed(situation(month=2), "东村镇")
    assigned = journal.after([Act("items", 1, "assign", "01", DAY, "某", {})], AT)
    for days, entered_too, stays in ((2, True, 0), (3, False, 1)):
        february = situation(month=2, journal=assigned, day=DAY + timedelta(days))
        acts, stay = withdrawals(february, february.papers, "更正")
        assert [act.series for act in acts] == ["督办", *["items"] * entered_too]
        assert stay == ("岚个培账〔2022〕0001号没有撤账：现在是整改中，办完了请申请销号。",) * stays


def test_an_item_that_was_open_before_is_not_supervision_s_to_withdraw() -> None:
    told = {"unit_name": "东村镇", "kind": LAG, "problem": "某", "standard": "某", "deadline": "2022-08-01"}
    february = situation(month=2)
    opened = february.journal.after([Act("items", None, "open", "01", february.occasion.day, "", told)], AT)
    february = situation(month=2, journal=confirmed(situation(month=2, journal=opened), "东村镇"))
    acts, stay = withdrawals(february, february.papers, "更正")
    assert named(acts) == [("督办", 1, WITHDRAW, "01")]
    assert stay == ("岚个培账〔2022〕0001号没有撤账：不是督查立的账。",)


def test_all_takes_what_lacks_nothing_and_a_name_is_taken_at_its_word() -> None:
    nets = ((0, 0, 0), (0, 9, 0))
    bare = situation(nets, authority="")
    assert {each.level for each in bare.cases} == {"督办"} and to_confirm(bare, ["all"]) == ([], ())
    full = situation(nets)
    assert [each.standing.unit.name for each in to_confirm(full, ["全部"])[0]] == ["东村镇", "县财政局"]
    assert [each.standing.unit.name for each in to_confirm(full, ["岚县财政局", "县财政局"])[0]] == [
        "县财政局"
    ]
    again = situation(nets, journal=confirmed(full, "东村镇"))
    assert to_confirm(again, ["东村镇"]) == (
        [],
        ("东村镇2月的督办函已按岚个培督函〔2022〕1号签发，没有再编号。",),
    )


@pytest.mark.parametrize(
    "name, fault, reason",
    [
        ("东村", UsageFault, "简报里没有“东村”这个单位，是不是“东村镇”？"),
        ("普明镇", RegisterFault, "没有签发：普明镇2月没有应当发出的督查文书。"),
        ("东村镇", RegisterFault, "没有签发：给东村镇的是督办函，pipeline.toml 的 [supervise] 里没有写明由谁审批（approved_by）。"),
    ],
)  # fmt: skip
def test_what_cannot_be_issued_is_refused(name: str, fault: type[Exception], reason: str) -> None:
    with pytest.raises(fault) as found:
        to_confirm(situation(month=2, approved_by=""), [name])
    assert str(found.value) == reason


def test_after_a_withdrawal_nothing_more_goes_to_the_unit_in_that_month() -> None:
    journal = confirmed(situation(month=1), "东村镇")
    january = situation(month=1, journal=journal)
    acts, _ = withdrawals(january, january.papers, "更正")
    january = situation(month=1, journal=entered(journal, acts))
    with pytest.raises(RegisterFault, match="东村镇1月的提醒函已撤回，同一个月不再发"):
        to_confirm(january, ["东村镇"])
    assert to_withdraw(january, ["东村镇"]) == ([], ("东村镇1月的提醒函已经撤回，没有再登记。",))
    with pytest.raises(RegisterFault, match="普明镇1月没有已签发的督查文书"):
        to_withdraw(january, ["普明镇"])


def test_a_correction_names_the_papers_to_be_withdrawn_in_whichever_month() -> None:
    journal = confirmed(
        situation(month=2, journal=confirmed(situation(month=1), "东村镇", "普明镇")), "东村镇"
    )
    assert situation(journal=journal).withdrawals == ()
    corrected = situation(((5, 0, 3), *NETS[1:]), journal=journal)
    assert [(paper.serial, why) for paper, why in corrected.withdrawals] == [
        ("岚个培提函〔2022〕1号", "按现在的简报，该单位1月不再滞后"),
        ("岚个培督函〔2022〕1号", "按现在的简报，该单位2月只够提醒"),
    ]  # fmt: skip
