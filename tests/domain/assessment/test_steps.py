"""The steps of a year's assessment: what is allowed when, what is refused and why, whatever came before."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain.assessment.course import TITLES, State
from pipeline.domain.assessment.presets import PAPERS, PRESETS
from pipeline.domain.assessment.rules import Assessment
from pipeline.domain.assessment.steps import Steps, folded
from pipeline.domain.journal import Act, Journal
from pipeline.errors import RegisterFault

SCHEME = Assessment(preset="quality", items=PRESETS["quality"] + PAPERS).scheme
SETTLED, FED_BACK = date(2022, 11, 20), date(2023, 1, 10)  # a Tuesday
LAST, CONCLUSIONS = date(2023, 1, 17), date(2023, 2, 9)
SAID: Mapping[str, Mapping[str, object]] = {
    "settle": {"reason": "", "scheme": SCHEME, "digest": "d1"},
    "self": {"scores": {"措施落实": ["18.5", "", ""]}},
    "feedback": {"last": str(LAST), "conclusions_last": "", "totals": {"01": "80.00"}},
    "object": {"item": "政策兑现", "reason": "漏计2户"},
    "answer": {"item": "", "reason": "属实", "value": "80"},
    "approve": {"reason": "", "results": [{}]},
    "late": {"facts": ["东村镇的政策兑现，审定时80，现在90"]},
}  # fmt: skip
WHO = {"answer": "孙某某", "approve": "王某某（专班组长）", "feedback": "李某某", "object": "赵某某"}


def after(*road: str, conclusions: str = "") -> Steps:
    """An assessment with which so many steps have been taken, each on its usual day."""
    steps = Steps(Journal(2022, ()))
    days = {"settle": SETTLED, "self": date(2022, 12, 20), "feedback": FED_BACK, "object": date(2023, 1, 12),
            "answer": date(2023, 1, 16), "approve": date(2023, 3, 1), "late": date(2023, 3, 2)}  # fmt: skip
    for name in road:
        more = {"conclusions_last": conclusions} if name == "feedback" else {}
        do(steps, name, days[name], **more)
    return steps


def do(
    steps: Steps, name: str, day: date, *, who: str | None = None, unit: str = "01", **more: object
) -> None:
    own = unit if name in {"self", "object", "answer"} else ""
    steps.do(name, day, WHO.get(name, "") if who is None else who, {**SAID[name], **more}, own)


ALL = ("settle", "self", "feedback", "object", "answer", "approve", "late")
ROADS = {
    (): State.BEGUN, ALL[:1]: State.SETTLED, ALL[:2]: State.SETTLED, ALL[:3]: State.FED_BACK, ALL[:4]: State.OBJECTED,
    ALL[:5]: State.FED_BACK, ALL[:6]: State.APPROVED, ALL: State.APPROVED, ("settle", "feedback", "settle"): State.SETTLED,
}  # fmt: skip


@pytest.mark.parametrize("road", ROADS, ids="-".join)
def test_how_far_it_has_come(road: tuple[str, ...]) -> None:
    if road[-1:] == ("settle",) and len(road) > 1:
        steps = after(*road[:-1])
        do(steps, "settle", date(2023, 1, 11), who="王某某", reason="调整", digest="d2")
    else:
        steps = after(*road)
    assert steps.course.state is ROADS[road]


LATE_DAY = date(2023, 3, 9)
REFUSED = [
    ((), "self", {}, "方案还没有定版。请先定版，再收自评表；自评表可以先从 inputs 取出"),
    ((), "feedback", {}, "方案还没有定版。请先定版"),
    (("settle",), "object", {}, "还没有反馈各单位。请先反馈"),
    (("settle",), "approve", {}, "还没有反馈各单位。请先反馈"),
    (("settle",), "answer", {}, "该单位没有等答复的申诉"),
    (("settle",), "late", {}, "还没有审定，没有要结转的"),
    (ALL[:3], "self", {}, "2023年1月10日已经反馈，自评不能再报、再改。请取出新报的自评表；对结果有异议的，请登记申诉"),
    (ALL[:3], "approve", {"day": LAST}, "异议期到2023年1月17日为止，过了这一天才能审定"),
    (ALL[:4], "object", {"day": date(2023, 1, 13)}, "该单位上一次的申诉还没有答复。请先答复"),
    (ALL[:4], "approve", {}, "还有1个单位的申诉没有答复。请先答复"),
    (ALL[:4], "answer", {"who": "赵某某"}, "复核人不能是提出申诉的人。请换一个人复核"),
    (ALL[:4], "answer", {"who": "李某某主任、孙某某"}, "复核人不能是初评人（李某某）。请换一个人复核"),
    (ALL[:4], "answer", {"who": ""}, "复核要写明复核人和理由"),
    (ALL[:4], "answer", {"unit": "02"}, "该单位没有等答复的申诉"),
    (ALL[:6], "settle", {"who": "王某某", "reason": "x"}, "已经审定，不能再改；新的情况列入下一年度"),
    (ALL[:6], "object", {}, "已经审定，不能再改；新的情况列入下一年度"),
    (ALL[:6], "approve", {}, "2023年3月1日已经审定。要更正的，请写明原因，再审定一次"),
    (ALL[:5], "approve", {"who": ""}, "审定要写明审定人"),
    (ALL[:2], "feedback", {"day": SETTLED}, "日期2022-11-20早于上一步（2022-12-20）。请写2022-12-20或以后的日期"),
    ((), "settle", {"day": date(2022, 12, 1)}, "2022年12月1日起定版，要写明原因和批准人"),
    (("settle",), "settle", {"day": date(2022, 12, 1), "reason": "x"}, "2022年12月1日起改动方案，要写明原因和批准人"),
    (("settle",), "settle", {"day": date(2022, 12, 1), "who": "王某某"}, "2022年12月1日起改动方案，要写明原因和批准人"),
]  # fmt: skip


@pytest.mark.parametrize("road, name, said, why", REFUSED)
def test_a_step_out_of_place_is_refused_with_what_to_do(
    road: tuple[str, ...], name: str, said: dict[str, object], why: str
) -> None:
    steps = after(*road)
    before, more = steps.course, dict(said)
    day = more.pop("day", LATE_DAY)
    assert isinstance(day, date)
    with pytest.raises(RegisterFault) as fault:
        do(steps, name, day, **more)  # type: ignore[arg-type]
    assert str(fault.value) == f"没有登记{TITLES[name]}：{why}。"
    assert steps.course == before


@pytest.mark.parametrize(
    "day, conclusions, item, why",
    [
        (date(2023, 1, 17), "", "政策兑现", ""),  # five working days over a weekend: Tuesday to Tuesday
        (date(2023, 1, 18), "", "政策兑现", "异议期到2023年1月17日为止，2023年1月18日已经过期"),
        (date(2023, 1, 18), str(CONCLUSIONS), "政策兑现", "，对督查结论的到2023年2月9日为止"),
        (date(2023, 1, 18), str(CONCLUSIONS), "督办函", ""),
        (CONCLUSIONS, str(CONCLUSIONS), "督办函", ""),
        (CONCLUSIONS + timedelta(1), str(CONCLUSIONS), "督办函", "异议期到2023年2月9日为止，2023年2月10日已经过期"),
        (date(2023, 1, 9), "", "政策兑现", "早于上一步（2023-01-10）"),
    ],
)  # fmt: skip
def test_an_objection_has_its_days(day: date, conclusions: str, item: str, why: str) -> None:
    steps = after("settle", "feedback", conclusions=conclusions)
    if not why:
        do(steps, "object", day, item=item)
        assert [each.day for each in steps.course.open_objections] == [day]
        return
    with pytest.raises(RegisterFault, match=why):
        do(steps, "object", day, item=item)


def test_what_came_in_time_may_be_entered_after_another_s_answer() -> None:
    steps = after(*ALL[:5])
    do(steps, "object", date(2023, 1, 11), unit="02")
    do(steps, "answer", date(2023, 1, 18), unit="02", value="")
    assert [(each.unit, each.value) for each in steps.course.objections] == [("01", 80), ("02", None)]
    assert steps.course.changed == {"政策兑现": {"01": 80}}


def test_a_new_scheme_takes_the_feedback_back_and_keeps_what_was_objected() -> None:
    steps = after(*ALL[:5])
    do(steps, "settle", date(2023, 1, 18), who="王某某（专班组长）", reason="县政府调整", digest="d2")
    assert steps.course.fed_back is None and len(steps.course.objections) == 1
    assert [each.digest for each in steps.course.settled] == ["d1", "d2"]


def test_whoever_is_approved_again_gives_a_reason_and_what_was_late_counts() -> None:
    steps = after(*ALL)
    assert steps.course.late == ("东村镇的政策兑现，审定时80，现在90",)
    do(steps, "approve", date(2023, 3, 3), reason="更正")
    assert steps.course.approved is not None and steps.course.approved.reason == "更正"
    assert steps.course.late == ()


def test_data_of_persons_are_not_entered() -> None:
    with pytest.raises(RegisterFault, match="身份证号或手机号"):
        do(after("settle", "feedback"), "object", FED_BACK, reason="业主13800000000没有领到")


@given(
    st.lists(st.tuples(st.sampled_from(ALL), st.integers(0, 120), st.sampled_from(["01", "02"])), max_size=14)
)
def test_whatever_was_let_in_the_audit_finds_sound_and_leads_to_the_same(
    tried: list[tuple[str, int, str]],
) -> None:
    steps = Steps(Journal(2022, ()))
    for name, days, unit in tried:
        try:
            do(
                steps,
                name,
                SETTLED + timedelta(days),
                unit=unit,
                **({"reason": "x"} if name == "settle" else {}),
            )
        except RegisterFault:
            continue
    journal = Journal(2022, ()).after(steps.acts, datetime(2023, 3, 9, tzinfo=UTC))
    course, faults = folded(2022, journal.entries)
    assert (course, faults) == (steps.course, [])
    again, wrong = folded(2022, [*journal.entries, Act("assess", 1, "closed", "", SETTLED, "", {})])
    assert again == course and wrong == ["考核 2022 的“closed”是规则不许的：没有“closed”这种登记。"]
