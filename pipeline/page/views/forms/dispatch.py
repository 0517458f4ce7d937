"""调度: who has handed in what, and a unit's own cells to fill in."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from pipeline.domain.records.dispatch.returned import ASKED, COMPUTED
from pipeline.errors import Stop
from pipeline.page.access import PageRequest, Role
from pipeline.page.forms import dispatch
from pipeline.page.forms.sheet import Form, Overtaken, Place
from pipeline.page.views.forms import fields

TWICE = "written-twice"
"""That another file of the unit says something else."""
CHANGED = "您填的时候，这张表又交过一次，或者出了新的一期。您填的还在下面，没有交；看过现在的，要用您填的，再点一次“交”。"


def overview(request: PageRequest) -> HttpResponseBase:
    """Every unit with what it has handed in; a unit goes to its own."""
    if request.visitor.role is Role.UNIT:
        return redirect("dispatch-unit", unit=request.visitor.unit)
    sheet = dispatch.latest(settings.WORKSPACE)
    return render(request, "page/forms/dispatch.html", {"sheet": sheet, "asked": ASKED.values()})


def shown(request: PageRequest, unit: str) -> HttpResponse:
    """A unit's cells: to fill in, with what it handed in last."""
    sheet = dispatch.latest(settings.WORKSPACE)
    if sheet is None:
        return render(request, "page/forms/dispatch_unit.html", {"sheet": None})
    form = _form(sheet, unit)
    written = sheet.written(unit)
    cells = dispatch.cells_of(form, written.said) if written else {}
    [returned] = [each for each in sheet.returned() if each.code == unit]
    return _shown(request, sheet, form, cells, {}, returned.problems)


def sent(request: PageRequest, unit: str) -> HttpResponseBase:
    """Hand the cells in: kept as the unit's own sheet, or told what is wrong."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    sheet = dispatch.latest(settings.WORKSPACE)
    if sheet is None:
        return redirect("dispatch-unit", unit=unit)
    form = _form(sheet, unit)
    cells = fields.typed(form, request.POST)
    others = set(sheet.others(unit)) & set(request.POST.getlist("instead"))
    try:
        seen, now = request.POST.get("seen", ""), datetime.now().astimezone()
        wrong = form.hand_in(cells, seen, sheet.tables.files, sorted(others), now)
    except Overtaken:
        messages.warning(request, CHANGED)
        return _shown(request, sheet, form, cells, {}, ())
    except Stop as stop:
        messages.error(request, str(stop))
        return _shown(request, sheet, form, cells, {}, ())
    if wrong:
        messages.error(request, "还没有交：请照下面的提示改好，再点“交”。")
        return _shown(request, sheet, form, cells, form.faults(wrong), wrong)
    filled = "" if any(text.strip() for text in cells.values()) else "五栏都空着，算没有要说的。"
    moved = f"{'、'.join(sorted(others))}移到了 inputs/历史。" if others else ""
    messages.success(request, f"{sheet.month.words}的调度表交了。{filled}{moved}")
    return redirect("dispatch-unit", unit=unit)


def _form(sheet: dispatch.Sheet, unit: str) -> Form:
    if sheet.name_of(unit) is None:
        raise Http404
    return sheet.form(unit)


def _shown(
    request: PageRequest,
    sheet: dispatch.Sheet,
    form: Form,
    cells: Mapping[Place, str],
    faults: Mapping[Place, str],
    problems: Sequence[Any],
) -> HttpResponse:
    [row] = form.sheet.rows
    choices = {ASKED["category"]: settings.WORKSPACE.settings.dispatch.obstacles}
    [asked] = fields.rows(form, cells, faults, choices)
    [returned] = [each for each in sheet.returned() if each.code == form.unit]
    written = sheet.written(form.unit)
    others = sheet.others(form.unit) if any(each.code == TWICE for each in problems) else []
    facts = [
        (column.header, cell)
        for column, cell in zip(form.sheet.columns, row, strict=True)
        if column.header in COMPUTED.values()
    ]
    return render(request, "page/forms/dispatch_unit.html", {
        "sheet": sheet, "unit": form.unit, "name": sheet.name_of(form.unit), "facts": facts, "asked": asked,
        "returned": returned, "seen": form.seen, "before": written.month if written and written.month != sheet.month else None,
        "besides": [
            each for each in problems
            if not (others and each.code == TWICE) and each.advice not in faults.values()
        ],
        "others": others,
        "said": list(zip(ASKED.values(), dispatch.cells_of(form, returned.written.said).values(), strict=True)) if returned.written else (),
    })  # fmt: skip
