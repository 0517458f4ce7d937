"""Which act an assessment can have done to it, and why not: entered acts are held against the same rules by the audit."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from fractions import Fraction

from pipeline.domain.assessment.course import (
    ANSWER,
    APPROVE,
    FEED_BACK,
    LATE,
    NUMBER,
    OBJECT,
    SELF,
    SERIES,
    SETTLE,
    TITLES,
    Course,
    Done,
    advanced,
    of_series,
)
from pipeline.domain.assessment.rules import OF_SUPERVISION
from pipeline.domain.items.book import personal_act
from pipeline.domain.items.objections import people
from pipeline.domain.journal import Act, Journal
from pipeline.domain.wording import chinese_date
from pipeline.errors import RegisterFault, Remedy

_SETTLE_FIRST = "方案还没有定版。请先定版"
_FEED_BACK_FIRST = "还没有反馈各单位。请先反馈"
_OVER = "已经审定，不能再改；新的情况列入下一年度"


def free_until(year: int) -> date:
    """The day from which on a scheme is not settled or changed without a reason and an approver (12月1日)."""
    return date(year, 12, 1)


def obstacle(course: Course, done: Done) -> str | None:
    """Why an act is not allowed and what to do, in Chinese without a full stop; None where it is."""
    rule = _RULES.get(done.act)
    if rule is None:
        return f"没有“{done.act}”这种登记"
    before = course.fed_back.day if done.act == OBJECT and course.fed_back else course.last_day
    if before and done.day < before:  # what a unit has handed in may be entered some days later
        return f"日期{done.day}早于上一步（{before}）。请写{before}或以后的日期"
    if course.approved and done.act not in {APPROVE, LATE}:
        return _OVER
    try:
        return rule(course, done)
    except (KeyError, TypeError, ValueError):
        return "内容不完整"


def _said(done: Done, name: str) -> str:
    return str(done.details[name]).strip()


def _to_settle(course: Course, done: Done) -> str | None:
    is_late = done.day >= free_until(course.year)
    if is_late and not (done.who and _said(done, "reason")):
        what = "改动方案" if course.settled else "定版"
        return f"{course.year}年12月1日起{what}，要写明原因和批准人"
    return None if done.details["scheme"] and done.details["digest"] else "没有方案"


def _to_assess_itself(course: Course, done: Done) -> str | None:
    if not course.settled:
        return f"{_SETTLE_FIRST}，再收自评表；自评表可以先从 inputs 取出"
    if course.fed_back:
        return (
            f"{chinese_date(course.fed_back.day)}已经反馈，自评不能再报、再改。请取出新报的自评表；"
            "对结果有异议的，请登记申诉"
        )
    return None if done.unit and done.details["scores"] else "没有写是哪个单位的自评"


def _to_feed_back(course: Course, done: Done) -> str | None:
    if not course.settled:
        return _SETTLE_FIRST
    return None if date.fromisoformat(_said(done, "last")) >= done.day else "异议期在反馈以前"


def _to_object(course: Course, done: Done) -> str | None:
    if not course.fed_back:
        return _FEED_BACK_FIRST
    if not done.unit or not _said(done, "reason"):
        return "申诉要写明单位和理由"
    if course.open_of(done.unit):
        return "该单位上一次的申诉还没有答复。请先答复"
    is_conclusion = goes_by_conclusions(course, _said(done, "item"))
    last = course.fed_back.last_of(is_conclusion=is_conclusion)
    if done.day > last:
        told = f"，对督查结论的到{chinese_date(course.fed_back.closes)}为止" if (
            course.fed_back.closes > last and done.day <= course.fed_back.closes
        ) else ""  # fmt: skip
        return f"异议期到{chinese_date(last)}为止，{chinese_date(done.day)}已经过期{told}。单位在异议期内书面提出的，请写明收到的日期"
    return None


def goes_by_conclusions(course: Course, item: str) -> bool:
    """Whether an item of the settled scheme goes by conclusions of supervision."""
    items = course.settled[-1].scheme["items"]
    return any(each["name"] == item and each["source"] in OF_SUPERVISION for each in items)


def _to_answer(course: Course, done: Done) -> str | None:
    objection = course.open_of(done.unit)
    if objection is None:
        return "该单位没有等答复的申诉"
    if not done.who or not _said(done, "reason"):
        return "复核要写明复核人和理由"
    first = course.fed_back.who if course.fed_back else ""
    if people(done.who) & people(objection.who):
        return "复核人不能是提出申诉的人。请换一个人复核"
    if people(done.who) & people(first):
        return f"复核人不能是初评人（{first}）。请换一个人复核"
    if value := _said(done, "value"):
        Fraction(value)
        return None if _said(done, "item") or objection.item else "改动实绩要写明哪一项"
    return None


def _to_approve(course: Course, done: Done) -> str | None:
    if not course.fed_back:
        return _FEED_BACK_FIRST
    if course.open_objections:
        return f"还有{len(course.open_objections)}个单位的申诉没有答复。请先答复"
    if done.day <= course.fed_back.closes:
        return f"异议期到{chinese_date(course.fed_back.closes)}为止，过了这一天才能审定"
    if not done.who:
        return "审定要写明审定人"
    if course.approved and not _said(done, "reason"):
        return f"{chinese_date(course.approved.day)}已经审定。要更正的，请写明原因，再审定一次"
    return None if done.details["results"] else "没有审定的结果"


def _to_carry_over(course: Course, done: Done) -> str | None:
    return None if course.approved and done.details["facts"] else "还没有审定，没有要结转的"


_RULES: Mapping[str, Callable[[Course, Done], str | None]] = {
    SETTLE: _to_settle, SELF: _to_assess_itself, FEED_BACK: _to_feed_back, OBJECT: _to_object, ANSWER: _to_answer,
    APPROVE: _to_approve, LATE: _to_carry_over,
}  # fmt: skip


def folded(year: int, acts: Iterable[Done]) -> tuple[Course, list[str]]:
    """What acts have made of a year's assessment, and what no rule allows among them; Chinese."""
    course, faults = Course(year), []
    for done in of_series(acts):
        why = obstacle(course, done)
        if why:
            faults.append(f"考核 {year} 的“{TITLES.get(done.act, done.act)}”是规则不许的：{why}。")
        else:
            course = advanced(course, done)
    return course, faults


class Steps:
    """The acts on a year's assessment that are about to be entered."""

    def __init__(self, journal: Journal) -> None:
        """Go on from what has been entered."""
        self.course, _ = folded(journal.year, journal.entries)
        self.acts: list[Act] = []
        """To be entered, in order."""

    def do(self, act: str, day: date, who: str, details: Mapping[str, object], unit: str = "") -> None:
        """Do something.

        :param unit: code of the unit that it concerns; empty for all.
        :raises RegisterFault: it is not allowed.
        """
        done = Act(SERIES, NUMBER, act, unit, day, who, details)
        why = obstacle(self.course, done) or personal_act(done)
        if why:
            raise RegisterFault(f"没有登记{TITLES[act]}：{why}。", Remedy.ASSESS_STEPS)
        self.course = advanced(self.course, done)
        self.acts.append(done)
