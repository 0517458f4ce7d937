"""The job ``assess ACT``: a step of a year's assessment, entered in the journal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pipeline.adapters.archive import Archive
from pipeline.adapters.register import open_register
from pipeline.domain.assessment.course import (
    ANSWER,
    APPROVE,
    FEED_BACK,
    OBJECT,
    SETTLE,
    TITLES,
    Course,
)  # fmt: skip
from pipeline.domain.assessment.reading import assessment_from
from pipeline.domain.assessment.steps import folded
from pipeline.domain.journal import Act, Journal
from pipeline.domain.model import Unit
from pipeline.domain.outcome import Outcome
from pipeline.domain.period import Year
from pipeline.domain.records.unit_names import find_unit
from pipeline.domain.wording import chinese_date, near
from pipeline.errors import ExitCode, RegisterFault, UsageFault
from pipeline.intake import age_day, read_inputs
from pipeline.jobs.published import Shelf
from pipeline.reports.assess import ASSESSMENT
from pipeline.reports.assess.acts import NEEDS_DECEMBER, Wish, acts_of
from pipeline.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be done, as typed."""

    act: str
    """One of :data:`~pipeline.domain.assessment.course.TITLES`."""
    by: str = ""
    reason: str = ""
    unit: str = ""
    """Name or code; empty for all."""
    item: str = ""
    value: str = ""


def do(workspace: Workspace, request: Request, today: date, now: datetime) -> Outcome:
    """Take a step.

    :raises UsageFault: there is no such unit or item, or ``assessment.toml`` cannot be used.
    :raises RegisterFault: the step is not allowed.
    """
    if today > now.date():
        raise RegisterFault(f"没有登记：{today}还没有到（今天是{now.date()}）。请核对年月日。")
    year = workspace.settings.plan.year
    shelf = Shelf(workspace, ASSESSMENT, Archive(workspace.publications))
    intake = read_inputs(workspace, age_day(year, now.date()), ASSESSMENT.reads)
    facts = shelf.ruled(shelf.facts(intake, today))
    problems = intake.plan_problems  # an objection has its days, whatever is wrong in other tables
    if request.act in NEEDS_DECEMBER:
        problems = intake.stopping or ASSESSMENT.lacks(facts, Year(year)) or ASSESSMENT.checks(facts)
    if problems:
        closing = f"有{len(problems)}处问题，没有登记{TITLES[request.act]}。请照列出来的改好，再办一次。"
        return Outcome(ExitCode.DATA, closing, tuple(problems))
    rules = assessment_from(facts.rules, intake.units)
    unit = _unit(request.unit, intake.units) if request.unit else None
    wish = Wish(request.act, request.by, request.reason, unit, request.item, request.value)

    def plan(journal: Journal) -> Sequence[Act]:
        return acts_of(wish, facts, rules, journal)

    with open_register(workspace.register) as register:
        entered = register.enter(year, plan, now)
        course, _ = folded(year, register.entered(year).entries)
    return Outcome(ExitCode.DONE, _closing(wish, course, is_new=bool(entered)))


def _unit(text: str, units: Sequence[Unit]) -> Unit:
    unit = find_unit(text, units) or next((each for each in units if each.code == text.zfill(2)), None)
    if unit is None:
        raise UsageFault(f"单位名录里没有“{text}”{near(text, [each.name for each in units])}")
    return unit


def _closing(wish: Wish, course: Course, *, is_new: bool) -> str:
    if not is_new:
        return f"方案和{chinese_date(course.settled[-1].day)}定版的一样，没有再登记。"
    name = wish.unit.name if wish.unit else ""
    if wish.act == FEED_BACK and course.fed_back:
        fed_back = course.fed_back
        more = (
            f"，对督查结论的到{chinese_date(fed_back.conclusions_last)}为止"
            if fed_back.conclusions_last
            else ""
        )
        return f"反馈：{len(fed_back.totals)}个单位，异议期到{chinese_date(fed_back.last)}为止{more}。"
    if wish.act == SETTLE:
        return f"方案定版：摘要 {course.settled[-1].digest[:16]}。之后改了方案，要重新定版才能出考核。"
    told = {
        OBJECT: f"申诉：{name}，等复核。",
        ANSWER: f"复核：{name}，{'改按' + wish.value + '计' if wish.value else '维持'}；还有{len(course.open_objections)}件没有答复。",
        APPROVE: f"再次审定：{wish.by}。公布过的，要写明原因更正；没有公布过的，再出一次考核，就公布、存档。"
        if wish.reason
        else f"审定：{wish.by}。再出一次考核，就公布、存档。",
    }  # fmt: skip
    return told[wish.act]
