"""考核: its steps for the office, to each unit its own score, its self-assessment, its evidence, its objection."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from pipeline.domain.assessment.course import ANSWER, APPROVE, FEED_BACK, OBJECT, SETTLE, TITLES, Course
from pipeline.domain.assessment.steps import free_until
from pipeline.domain.model import Problem, Unit
from pipeline.errors import Stop
from pipeline.page.access import PageRequest, Role
from pipeline.page.arrivals import Unwanted
from pipeline.page.forms import assess
from pipeline.page.forms.sheet import Overtaken, Place
from pipeline.page.views import files
from pipeline.page.views.forms import fields
from pipeline.page.views.forms.dispatch import CHANGED
from pipeline.page.views.forms.evidence import keep, of
from pipeline.page.views.runs import started
from pipeline.reports.assess import ASSESSMENT
from pipeline.reports.assess.typed import evidence_names

ASKS: Mapping[str, Sequence[str]] = {
    SETTLE: ("by", "reason", "today"), FEED_BACK: ("by", "today"),
    ANSWER: ("by", "reason", "value", "item", "today"), APPROVE: ("by", "reason", "today"),
}  # fmt: skip
"""Step of the office's → what its form asks for."""
TWICE = "filled-twice"
"""That another file of the unit holds a self-assessment."""


def overview(request: PageRequest) -> HttpResponseBase:
    """How far the assessment is, the next step, every unit's score; a unit goes to its own."""
    if request.visitor.role is Role.UNIT:
        return redirect("assess-unit", unit=request.visitor.unit)
    year = assess.of_year(settings.WORKSPACE)
    rows = [
        {
            "unit": unit, "score": year.score(unit.code), "lines": len(year.lines(unit.code)), "selves": unit.code in (year.course.selves or {}),
            "objections": [each for each in year.course.objections if each.unit == unit.code],
        }
        for unit in year.tables.intake.units
    ]  # fmt: skip
    names = {unit.code: unit.name for unit in year.tables.intake.units}
    return render(request, "page/forms/assess.html", {
        "year": year.year, "course": year.course, "rows": rows, "steps": _steps(year.course), "titles": TITLES,
        "open": [(each, names.get(each.unit, each.unit)) for each in year.course.open_objections], "items": _item_names(year.course),
        "is_late": _today() >= free_until(year.year.year), "made": files.shown_in(_folder(year), request.visitor),
    })  # fmt: skip


def step(request: PageRequest, act: str) -> HttpResponseBase:
    """Take a step of the office's, with what its form says."""
    if act not in ASKS:
        raise Http404
    whom = [of(request.POST.get("unit", ""))[1].code] if act == ANSWER and request.method == "POST" else []
    return started(request, ["assess", act, *whom, *_said(request, ASKS[act])], f"考核{TITLES[act]}")


def shown(request: PageRequest, unit: str) -> HttpResponse:
    """A unit's score, and what it can hand in now."""
    year, who = of(unit)
    cells = assess.cells_of(year.form(who), year.lines(unit)) if year.is_open else {}
    return _shown(request, year, who, cells, {}, year.tables.problems(unit))


def objected(request: PageRequest, unit: str) -> HttpResponseBase:
    """A unit's objection, its evidence kept first; the office enters one that came on paper, with the day on which it came."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    _, who = of(unit)
    try:
        keep(request, who, request.POST.get("item", "").strip() or TITLES[OBJECT], "evidence")
    except (Unwanted, Stop) as fault:
        messages.error(request, str(fault))
        return redirect("assess-unit", unit=unit)
    asks = (
        ("item", "reason", "by") if request.visitor.role is Role.UNIT else ("item", "reason", "by", "today")
    )
    arguments = ["assess", OBJECT, unit, *_said(request, asks)]
    return started(request, arguments, "考核申诉", request.visitor.unit)


def sent(request: PageRequest, unit: str) -> HttpResponseBase:
    """Hand a self-assessment in, its evidence first: kept as the unit's own sheet, or told what is wrong."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    year, who = of(unit)
    if not year.is_open:
        messages.warning(request, "现在不收自评：方案没有定版，或者已经反馈。")
        return redirect("assess-unit", unit=unit)
    form, now = year.form(who), datetime.now().astimezone()
    cells = fields.typed(form, request.POST)
    try:
        cells |= _with_evidence(request, who, assess.items_of(form), cells, form.asked)
        others = set(year.others(unit)) & set(request.POST.getlist("instead"))
        wrong = form.hand_in(cells, request.POST.get("seen", ""), year.tables.files, sorted(others), now)
    except Overtaken:
        messages.warning(request, CHANGED)
        return _shown(request, year, who, cells, {}, ())
    except (Unwanted, Stop) as fault:
        messages.error(request, str(fault))
        return _shown(request, year, who, cells, {}, ())
    if wrong:
        messages.error(request, "还没有交：请照下面的提示改好，再点“交自评”。选好的佐证已经收下，不用再选。")
        at_cells = form.faults(each for each in wrong if each.code != TWICE)
        return _shown(request, year, who, cells, at_cells, wrong)
    messages.success(request, "自评交了。反馈以前还可以改；反馈那一天登记到台账上。")
    return redirect("assess-unit", unit=unit)


def _said(request: PageRequest, asks: Sequence[str]) -> list[str]:
    """Options of a command, as far as the form says anything."""
    return [f"--{each}={text}" for each in asks if (text := request.POST.get(each, "").strip())]


def _with_evidence(
    request: PageRequest, who: Unit, items: Sequence[str], cells: Mapping[Place, str], asked: Sequence[Place]
) -> dict[Place, str]:
    """Keep the files of a form; the cells in which they are named, with their names.

    :raises Unwanted: one has a name that no file can have.
    :raises FileFault: the disk refuses.
    """
    last = dict(asked)  # the last column of each row names its files
    found: dict[Place, str] = {}
    for row, item in enumerate(items):
        names = keep(request, who, item, f"f{row}")
        told = cells.get((row, last[row]), "").strip()
        known = set(evidence_names(told))
        new = [each for each in names if each not in known]
        if new:
            found[row, last[row]] = "、".join([*([told] if told else []), *new])
    return found


def _shown(
    request: PageRequest, year: assess.Assessed, who: Unit, cells: Mapping[Place, str],
    faults: Mapping[Place, str], problems: Sequence[Problem],
) -> HttpResponse:  # fmt: skip
    course, visitor = year.course, request.visitor
    folder = _folder(year)
    form = year.form(who) if year.is_open and visitor.role is not Role.AUDITOR else None
    may_see = visitor.role is not Role.UNIT or assess.is_told(settings.WORKSPACE, folder)
    others = year.others(who.code) if form and any(each.code == TWICE for each in problems) else []
    score = year.score(who.code) if may_see else None
    rows = list(zip(form.sheet.rows, fields.rows(form, cells, faults), strict=True)) if form else []
    return render(request, "page/forms/assess_unit.html", {
        "year": year.year, "course": course, "unit": who, "rows": rows, "seen": form.seen if form else "",
        "besides": [
            each for each in problems
            if not (others and each.code == TWICE) and each.advice not in faults.values()
        ],
        "others": others,
        "score": score, "is_final": year.is_final, "scored": score["items"] if score else (), "made": files.of_unit(folder, visitor, who.code),
        "evidence": list(year.evidence(who)), "own": year.own(who.code),
        "objections": [each for each in course.objections if each.unit == who.code],
        "may_object": _may_object(course, who.code, visitor.role), "items": _item_names(course, who.group),
    })  # fmt: skip


def _may_object(course: Course, unit: str, role: Role) -> bool:
    """Whether a unit can object now; the office may also enter what came in time on paper."""
    if not course.fed_back or course.approved or course.open_of(unit):
        return False
    return role is not Role.UNIT or _today() <= course.fed_back.closes


def _item_names(course: Course, group: str = "") -> list[str]:
    """Items of the settled scheme, of a group's where one is given."""
    if not course.settled:
        return []
    items: Sequence[Mapping[str, Any]] = course.settled[-1].scheme["items"]
    return [each["name"] for each in items if not group or each["group"] in {"both", group}]


def _steps(course: Course) -> dict[str, bool]:
    """Steps of the office's that can be taken at this point → whether it is the next one."""
    if course.approved:
        return {APPROVE: False}
    if not course.is_begun:
        return {SETTLE: True}
    if not course.fed_back:
        return {FEED_BACK: True, SETTLE: False}
    return {APPROVE: not course.open_objections, SETTLE: False}


def _folder(year: assess.Assessed) -> Any:
    return files.outputs() / ASSESSMENT.name / year.year.name


def _today() -> date:
    return datetime.now().astimezone().date()
