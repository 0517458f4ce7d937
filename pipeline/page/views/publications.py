"""What is made each month, quarter and year: the buttons, and what was made."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from pipeline.domain.period import Month, Quarter, Year
from pipeline.page.access import PageRequest, Visitor
from pipeline.page.views.files import Listing, outputs, shown_in
from pipeline.page.views.runs import started
from pipeline.reports.kinds import FROZEN

ROUND, LISTS, SUPERVISE = "month", "lists", "supervise"
"""Commands of no frozen report."""


@dataclass(frozen=True, slots=True)
class Kind:
    """Something that a button makes."""

    name: str
    """Its command, and its folder below ``outputs/``."""
    title: str
    option: str
    """The option that names its period; empty where it has none."""
    periods: tuple[tuple[str, str], ...]
    """What the option can say, latest last, and how that is called."""
    can_be_revised: bool = False


def kinds() -> tuple[Kind, ...]:
    """All of them; a roll-up only where the place has counties."""
    plan = settings.WORKSPACE.settings
    year = plan.plan.year
    months = tuple((f"{year}-{month:02d}", f"{month}月") for month in range(1, 13))
    spans: dict[type, tuple[tuple[str, str], ...]] = {
        Month: months,
        Quarter: tuple((f"{year}-Q{quarter}", f"第{quarter}季度") for quarter in range(1, 5)),
        Year: ((str(year), f"{year}年"),),
    }
    frozen = tuple(
        Kind(each.name, each.title, each.period.option, spans[each.period], can_be_revised=True)
        for each in FROZEN
        if plan.rollup.counties or not each.goes_by_counties
    )
    return (
        Kind(ROUND, "本月该出的，一次出齐", "month", months), *frozen,
        Kind(SUPERVISE, "督查文书", "month", months), Kind(LISTS, "五清单、六定表、一台账", "", ()),
    )  # fmt: skip


def overview(request: PageRequest) -> HttpResponse:
    """A button for each kind, and what there is of it."""
    told = [{"kind": each, "made": list(_made(each, request.visitor))} for each in kinds()]
    any_made = any(each["made"] for each in told)
    return render(request, "page/publications.html", {"kinds": told, "any_made": any_made})


def run(request: PageRequest, kind: str) -> HttpResponseBase:
    """Have a kind made, for a period or for the last that there is; made anew where a reason is given."""
    asked = _kind(kind)
    form = request.POST
    arguments = [asked.name]
    if asked.option and (period := form.get("period", "")):
        arguments.append(f"--{asked.option}={period}")
    reason, is_left = form.get("reason", "").strip(), bool(form.get("leave"))
    if asked.can_be_revised and (
        reason or is_left
    ):  # without a reason the command refuses to leave it, and makes nothing
        arguments += ["--leave" if is_left else "--revise", f"--reason={reason}"]
    return started(request, arguments, asked.title)


def shown(request: PageRequest, kind: str, period: str) -> HttpResponse:
    """What was made of a kind for a period, its first pages as pictures."""
    asked = _kind(kind)
    folder = outputs() / asked.name / period
    files = shown_in(folder, request.visitor)
    if not files or period in {".", ".."}:
        raise Http404
    papers = _papers(asked, folder)
    drafts = any(paper["number"] is None for paper in papers)
    told = {"kind": asked, "period": period, "files": files, "papers": papers, "drafts": drafts}
    return render(request, "page/publication.html", told)


def decide(request: PageRequest, period: str) -> HttpResponseBase:
    """Issue the chosen drafts of supervision, or take issued ones back with a reason."""
    form = request.POST
    units = form.getlist("unit")
    arguments = [SUPERVISE, f"--month={period}"]
    if request.method == "POST" and not units:
        messages.warning(request, "没有选单位。请在表里勾上要签发或撤回的单位。")
        return redirect("publication", kind=SUPERVISE, period=period)
    if form.get("action") == "withdraw" and not form.get("reason", "").strip():
        messages.warning(request, "没有写为什么撤回，没有办。")
        return redirect("publication", kind=SUPERVISE, period=period)
    if form.get("action") == "withdraw":
        return started(
            request, [*arguments, *(f"--withdraw={unit}" for unit in units), f"--reason={form.get('reason', '')}"], "撤回督查文书"
        )  # fmt: skip
    return started(request, [*arguments, *(f"--confirm={unit}" for unit in units)], "签发督查文书")


def _kind(name: str) -> Kind:
    found = next((each for each in kinds() if each.name == name), None)
    if found is None:
        raise Http404
    return found


def _made(kind: Kind, visitor: Visitor) -> Iterator[tuple[str, Listing]]:
    """Period → files that the visitor may see, latest first."""
    for folder in sorted((outputs() / kind.name).glob("*"), reverse=True):
        if folder.is_dir() and (files := shown_in(folder, visitor)):
            yield folder.name, files


def _papers(kind: Kind, folder: Path) -> list[dict[str, Any]]:
    """The papers of supervision that somebody decides on."""
    if kind.name != SUPERVISE:
        return []
    try:
        papers: list[dict[str, Any]] = json.loads((folder / "supervise.json").read_text("utf-8"))["papers"]
    except (OSError, ValueError, KeyError):
        return []
    return papers
