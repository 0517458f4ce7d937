"""What may be done to an open item: every act in every state, its guards, and any sequence of acts."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.items import ABOUT, DAY, PROOF, RULES, after, do, empty_book, entered, to

from pipeline.domain.items.book import ItemBook
from pipeline.domain.items.course import folded
from pipeline.domain.items.item import OPEN, State
from pipeline.domain.items.objections import acts
from pipeline.domain.items.steps import STEPS
from pipeline.domain.journal import Act, Journal
from pipeline.domain.values.text import plain
from pipeline.errors import RegisterFault

ACTS = [name for name in STEPS if name not in {"open", "again"}]
LEGAL = {
    "已立账": {"assign", "suspend", "withdraw"},
    "已交办": {"accept", "object", "suspend", "withdraw"},
    "整改中": {"progress", "extend", "apply", "suspend"},
    "待复核": {"apply", "close", "return", "suspend"},
    "已中止": {"resume"},
    "已销号": set(),
    "已撤账": set(),
}
"""As reports.md has it; 同意 and 不同意 need an extension asked for besides."""
AFTER = {
    "assign": "已交办", "accept": "整改中", "object": "已立账", "progress": "整改中", "extend": "整改中", "apply": "待复核",
    "close": "已销号", "return": "整改中", "suspend": "已中止", "resume": "已立账", "withdraw": "已撤账",
}  # fmt: skip


@pytest.mark.parametrize("state", LEGAL)
@pytest.mark.parametrize("name", ACTS)
def test_in_each_state_what_may_be_done_is_done_and_all_else_refused(state: str, name: str) -> None:
    book = to(state)
    before, acts = dict(book.items), len(book.acts)
    if name in LEGAL[state]:
        assert do(book, name).state == AFTER[name] and len(book.acts) == acts + 1
        return
    with pytest.raises(RegisterFault, match="没有登记：账号0001（东村镇，进度滞后）"):
        do(book, name)
    assert book.items == before and len(book.acts) == acts


@pytest.mark.parametrize("state", LEGAL)
def test_the_acts_that_an_item_takes_are_told(state: str) -> None:
    assert set(acts(to(state).items[1], DAY)) == LEGAL[state]
    assert "extend" not in acts(to(state).items[1], after(16))


def test_an_extension_that_was_asked_for_is_to_be_decided() -> None:
    book = to("整改中")
    assert set(acts(do(book, "extend"), DAY)) == {"progress", "apply", "suspend", "grant", "refuse"}


def test_an_item_goes_its_whole_way() -> None:
    book = empty_book()
    assert book.open(ABOUT, DAY, "经办").state is State.OPENED
    do(book, "assign", after(0))
    do(book, "accept", after(1))
    do(book, "progress", after(5), reason="已走访12户")
    do(book, "apply", after(9), reason="净增达到")
    do(book, "return", after(10), reason="缺照片")
    do(book, "apply", after(12), reason="补了照片")
    item = do(book, "close", after(14), who="赵六、钱七", way="现场", reason="属实")
    assert (item.state, item.opened, item.assigned, item.accepted, item.closed) == (
        State.CLOSED, DAY, DAY, after(1), after(14),
    )  # fmt: skip
    assert (item.returns, item.demand, item.reviewer, item.way, item.opinion) == (
        1,
        "缺照片",
        "赵六、钱七",
        "现场",
        "属实",
    )
    assert item.application and item.application.result == "补了照片" and item.deadline == ABOUT.deadline
    items, faults = folded(2022, entered(book).entries)
    assert items == book.items and faults == []


def test_there_is_no_such_item() -> None:
    with pytest.raises(RegisterFault, match="没有账号0001"):
        do(empty_book(), "assign")


# ---- opening


def test_the_same_of_a_unit_is_named_again_and_not_opened_twice() -> None:
    book = empty_book()
    book.open(ABOUT, DAY)
    again = book.open(replace(ABOUT, problem="还是滞后", source="第7期简报"), after(30))
    assert again.number == 1 and again.named == ((after(30), "还是滞后"),) and len(book.items) == 1
    assert [act.act for act in book.acts] == ["open", "again"]
    for other in (
        replace(ABOUT, unit="02"),
        replace(ABOUT, kind="数据问题"),
    ):
        assert book.open(other, DAY).number == len(book.items)


def test_what_a_meeting_agreed_on_is_each_a_matter_of_its_own() -> None:
    book = empty_book()
    agreed = replace(ABOUT, kind="议定事项", problem="腾出市场摊位")
    assert book.open(agreed, DAY).number == 1
    assert book.open(replace(agreed, problem="补助本月发放"), DAY).number == 2
    assert book.open(replace(agreed, problem="腾出市场 摊位"), DAY).number == 1


def test_a_relapse_is_a_new_item_that_names_the_old_one() -> None:
    book = to("已销号")
    second = book.open(ABOUT, after(40).replace(month=7, day=19))
    assert (second.number, second.previous, second.relapses) == (2, 1, 1)
    assert book.items[1].state is State.CLOSED, "the old one stays as it is"
    for name in ("assign", "accept", "apply", "close"):
        book.do(
            2,
            name,
            date(2022, 7, 19),
            "赵六" if name == "close" else "李四",
            PROOF if name == "apply" else {},
        )
    assert (book.open(ABOUT, date(2022, 7, 20)).previous, book.items[3].relapses) == (2, 2)


def test_after_a_withdrawal_nothing_is_followed() -> None:
    assert to("已撤账").open(ABOUT, DAY).previous is None


@pytest.mark.parametrize(
    "about, reason",
    [
        (replace(ABOUT, deadline=date(2022, 7, 4)), "早于立账日"),
        (replace(ABOUT, problem="联系人13812345678"), "手机号"),
        (replace(ABOUT, standard="140101199001011234 的照办好"), "身份证号"),
    ],
)
def test_an_opening_that_cannot_be_is_refused(about: Any, reason: str) -> None:
    book = empty_book()
    with pytest.raises(RegisterFault, match=reason):
        book.open(about, DAY)
    assert book.items == {} and book.acts == []


# ---- signing and objecting


@pytest.mark.parametrize("days, state", [(0, "已交办"), (2, "已交办"), (3, "整改中"), (30, "整改中")])
def test_a_unit_that_is_silent_for_two_working_days_has_signed(days: int, state: str) -> None:
    book = to("已交办")
    assert book.on(1, after(days)).state == state


def test_silence_is_entered_before_what_comes_next() -> None:
    book = to("已交办")
    item = do(book, "progress", after(6))
    assert [(act.act, act.day) for act in book.acts][-2:] == [("accept", after(2)), ("progress", after(6))]
    assert item.accepted == after(2)


def test_an_act_that_is_refused_enters_no_silence_either() -> None:
    book = to("已交办")
    before, acts = dict(book.items), list(book.acts)
    with pytest.raises(RegisterFault, match="现在是整改中，不能登记销号：要先申请销号"):
        do(book, "close", after(6))
    assert book.items == before and book.acts == acts


def test_silence_does_not_count_a_weekend() -> None:
    book = empty_book()
    book.open(ABOUT, date(2022, 7, 8))
    do(book, "assign", date(2022, 7, 8))  # a Friday
    assert book.on(1, date(2022, 7, 12)).state == "已交办" and book.on(1, date(2022, 7, 13)).state == "整改中"


@pytest.mark.parametrize("days, is_in_time", [(0, True), (3, True), (4, False)])
def test_a_unit_objects_within_three_working_days(days: int, is_in_time: bool) -> None:
    book = to("已交办")
    if is_in_time:
        assert do(book, "object", after(days)).assigned is None
    else:
        with pytest.raises(RegisterFault, match="3个工作日内（2022-07-08以前）"):
            do(book, "object", after(days))


def test_what_was_silently_signed_is_not_withdrawn() -> None:
    with pytest.raises(RegisterFault, match="视同签收"):
        do(to("已交办"), "withdraw", after(3))


def test_a_late_signature_is_entered() -> None:
    assert do(to("已交办"), "accept", after(9)).accepted == after(9)


# ---- extending


def test_an_extension_moves_the_deadline_when_it_is_granted() -> None:
    book = to("整改中")
    asked = do(book, "extend", after(3))
    assert asked.asked and asked.asked.deadline == date(2022, 8, 5) and asked.deadline == ABOUT.deadline
    granted = do(book, "grant", after(4))
    assert (granted.deadline, granted.extended, granted.asked) == (date(2022, 8, 5), 1, None)


def test_another_day_than_asked_can_be_granted() -> None:
    book = to("整改中")
    do(book, "extend")
    assert do(book, "grant", deadline="2022-07-30").deadline == date(2022, 7, 30)


@pytest.mark.parametrize(
    "acts, reason",
    [
        (["grant"], "没有等待答复的延期申请"),
        (["refuse"], "没有等待答复的延期申请"),
        (["extend", "extend"], "还没有答复"),
        (["extend", "grant", "extend"], "已经延期1次，最多1次"),
        (["extend", "refuse", "grant"], "没有等待答复的延期申请"),
    ],
)
def test_an_extension_out_of_order_is_refused(acts: list[str], reason: str) -> None:
    book = to("整改中")
    for name in acts[:-1]:
        do(book, name)
    with pytest.raises(RegisterFault, match=reason):
        do(book, acts[-1], deadline="2022-09-01")


def test_an_extension_is_asked_for_and_granted_before_the_deadline_passes() -> None:
    book = to("整改中")
    with pytest.raises(RegisterFault, match="到期以前申请"):
        do(book, "extend", after(16))
    do(book, "extend", after(15))
    with pytest.raises(RegisterFault, match="不算数"):
        do(book, "grant", after(16))
    assert do(book, "refuse", after(16)).deadline == ABOUT.deadline


def test_a_county_may_allow_none() -> None:
    with pytest.raises(RegisterFault, match="不许延期"):
        do(to("整改中", replace(RULES, extensions=0)), "extend")


def test_an_extension_to_no_later_day_is_refused() -> None:
    with pytest.raises(RegisterFault, match="没有晚于"):
        do(to("整改中"), "extend", deadline="2022-07-20")


# ---- applying and reviewing


@pytest.mark.parametrize(
    "lacking, word", [({"head": ""}, "单位负责人"), ({"evidence": []}, "佐证"), ({"head": "", "evidence": []}, "单位负责人、佐证")]
)  # fmt: skip
def test_an_application_needs_the_head_and_evidence(lacking: dict[str, object], word: str) -> None:
    with pytest.raises(RegisterFault, match=word):
        do(to("整改中"), "apply", **lacking)


@pytest.mark.parametrize(
    "reviewer",
    [
        "李四",
        "王五",
        "赵六、李四",
        " 李 四 ",
        "王五，赵六",
        "赵六 李四",
        "李四同志",
        "李　四（科员）",
        "王五副局长",
    ],
)
@pytest.mark.parametrize("name", ["close", "return"])
def test_who_applied_or_agreed_does_not_review(name: str, reviewer: str) -> None:
    with pytest.raises(RegisterFault, match="复核人不能是申请人"):
        do(to("待复核"), name, who=reviewer)


def test_where_only_the_head_is_named_he_is_the_applicant() -> None:
    book = to("整改中")
    assert do(book, "apply", who="").application.by == "王五"  # type: ignore[union-attr]


@pytest.mark.parametrize("reviewer", ["李四光", "王主任"])
def test_whose_name_is_only_like_it_may_review(reviewer: str) -> None:
    assert do(to("待复核"), "close", who=reviewer).closed


@pytest.mark.parametrize(
    "state, name, told",
    [
        ("已中止", "progress", "要先恢复"), ("已中止", "withdraw", "要先恢复"), ("待复核", "extend", "正在复核"), ("待复核", "refuse", "正在复核"),
        ("整改中", "accept", "已经签收"), ("待复核", "object", "签收以后不能提出异议"), ("已立账", "refuse", "要先申请延期"),
        ("整改中", "resume", "没有中止"), ("整改中", "assign", "已经交办过"), ("已交办", "close", "要先申请销号"),
    ],
)  # fmt: skip
def test_a_refusal_says_what_stands_in_the_way(state: str, name: str, told: str) -> None:
    with pytest.raises(RegisterFault, match=f"现在是{state}，不能登记.*：{told}。"):
        do(to(state), name)


def test_a_closed_item_needs_no_way_out() -> None:
    with pytest.raises(RegisterFault, match="现在是已销号，不能登记不同意延期。"):
        do(to("已销号"), "refuse")


def test_a_review_on_the_spot_takes_two() -> None:
    with pytest.raises(RegisterFault, match="两个人"):
        do(to("待复核"), "close", way="现场")
    assert do(to("待复核"), "close", who="赵六、钱七", way="现场").closed


def test_nobody_closes_without_a_name_or_returns_without_a_demand() -> None:
    with pytest.raises(RegisterFault, match="经办人"):
        do(to("待复核"), "close", who="")
    with pytest.raises(RegisterFault, match="原因或内容"):
        do(to("待复核"), "return", reason="")


def test_a_newer_application_takes_the_place_of_the_one_that_waits() -> None:
    book = to("待复核")
    item = do(book, "apply", after(3), who="孙八", reason="补充")
    assert item.application
    assert (item.application.since, item.application.day, item.application.by) == (DAY, after(3), "孙八")


def test_a_return_moves_no_deadline() -> None:
    item = do(to("待复核"), "return", after(2))
    assert (item.deadline, item.returns) == (ABOUT.deadline, 1)


# ---- resting, and time


def test_time_in_which_an_item_rests_does_not_count() -> None:
    book = to("整改中")
    do(book, "extend", after(1))
    do(book, "suspend", after(2))
    item = do(book, "resume", after(12))
    assert (item.state, item.deadline, item.rested_days) == (State.WORKING, date(2022, 7, 30), 10)
    assert item.asked and item.asked.deadline == date(2022, 8, 15) and item.about.deadline == ABOUT.deadline


def test_an_item_comes_back_to_where_it_rested() -> None:
    for state in ("已立账", "已交办", "整改中", "待复核"):
        book = to(state)
        do(book, "suspend", after(1))
        assert do(book, "resume", after(9)).state == state and book.on(1, after(9)).state == state


def test_no_act_comes_before_the_last_one() -> None:
    book = to("整改中")
    do(book, "progress", after(4))
    with pytest.raises(RegisterFault, match="早于上一步"):
        do(book, "progress", after(3))


# ---- any sequence of acts

WHO = st.sampled_from(["", "李四", "赵六", "赵六、钱七"])
ANY = [*ACTS, "open", "open other"]
ASIDE = {"suspend", "withdraw", "object"}
"""What leads away from an item's end, and is tried less often."""
FULL = PROOF | {"reason": "说明", "deadline": after(50).isoformat(), "way": "资料"}
STEP = st.tuples(
    st.integers(0, 4),  # 0: whatever act; else one that the state allows
    st.integers(0, 15),
    st.sampled_from([0, 0, 0, 1, 2, 5, 9, -1]),
    WHO,
    st.just(FULL)
    | st.fixed_dictionaries(
        {},
        optional={
            "reason": st.sampled_from(["", "说明"]), "head": st.sampled_from(["", "王五"]),
            "deadline": st.integers(0, 60).map(lambda days: after(days).isoformat()),
            "evidence": st.sampled_from([[], [{"name": "佐证/甲.jpg", "sha256": "0"}]]),
            "way": st.sampled_from(["资料", "现场", "看看"]),
        },
    ),
)  # fmt: skip


@settings(max_examples=200)
@given(st.lists(STEP, min_size=10, max_size=40))
def test_any_sequence_of_acts_leaves_lawful_items(
    steps: list[tuple[int, int, int, str, dict[str, Any]]],
) -> None:
    book, day, refused = empty_book(), DAY, list[str]()
    for is_likely, place, days, who, said in steps:
        item = book.items.get(1)
        allowed = sorted(LEGAL[book.on(1, day).state]) if item and is_likely else []
        likely = [each for each in allowed for _ in range(1 if each in ASIDE else 4)]
        likely += ["grant", "refuse"] if item and item.asked else []
        name = (likely or ANY)[place * 7 % len(likely or ANY)]
        day = max(DAY, day + timedelta(days=days))
        before, acts = dict(book.items), list(book.acts)
        try:
            if name.startswith("open"):
                unit = "01" if name == "open" else "02"
                book.open(replace(ABOUT, unit=unit, deadline=day + timedelta(days=days)), day, who)
            else:
                book.do(1, name, day, who, said)
        except RegisterFault as fault:
            refused.append(str(fault))
            assert book.items == before
            assert book.acts == acts
            continue
        assert len(acts) < len(book.acts) <= len(acts) + 2
        prove(book, before)
    items, faults = folded(2022, entered(book).entries)
    assert items == book.items and faults == []
    assert all(reason.startswith("没有") and reason.endswith("。") for reason in refused)


def prove(book: ItemBook, before: dict[int, Any]) -> None:
    """What holds of every item after every act."""
    assert sorted(book.items) == list(range(1, len(book.items) + 1))
    alive = [(item.about.unit, item.about.kind) for item in book.items.values() if item.is_open]
    assert len(alive) == len(set(alive)), "one open item for a unit and kind"
    for number, item in book.items.items():
        was = before.get(number)
        assert item.extended <= RULES.extensions and item.last_day >= item.opened
        assert (item.suspended is not None) == (item.state is State.SUSPENDED)
        if item.state in {State.WORKING, State.REVIEW, State.CLOSED}:
            assert item.assigned and item.accepted
        if item.state is State.CLOSED:
            applied = item.application
            assert applied and applied.evidence and applied.head and item.reviewer and item.closed
            assert not {plain(applied.by), plain(applied.head)} & set(item.reviewer.split("、"))
        if was is not None and was != item:
            assert was.state in OPEN, "what is closed or withdrawn stays"
            assert item.deadline >= was.deadline and item.last_day >= was.last_day


def test_an_act_that_no_rule_allows_is_named_where_somebody_wrote_it_into_the_journal() -> None:
    book = to("已销号")
    journal = entered(book)
    forged = [*journal.entries, replace(journal.entries[1], day=after(20))]
    assert folded(2022, forged)[1] == ["挂账 2022-0001 的“assign”是规则不许的：现在是已销号，不能登记交办。"]
    assert folded(2022, [Act("items", 4, "fly", "01", DAY, "", {})])[1] == [
        "挂账 2022-0004 的“fly”是规则不许的：没有“fly”这种登记。"
    ]
    for details in (
        {},
        {"unit_name": "甲", "kind": "乙", "problem": "丙", "standard": "丁", "deadline": "下月"},
    ):
        told = folded(2022, [Act("items", 1, "open", "01", DAY, "", details)])
        assert told == ({}, ["挂账 2022-0001 的“open”是规则不许的：立账没有写全。"])
    assert Journal(2022, tuple(forged)).next_number("items") == 2
