"""Runs: the list of them, one with its progress and its result, and the buttons that start one."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from pipeline.domain.model import Source
from pipeline.page import runs
from pipeline.page.access import PageRequest, Role, Visitor
from pipeline.page.models import Run
from pipeline.page.remedies import PLACES, in_page, way_of
from pipeline.page.views import files

DRY = "--dry-run"
"""The option with which letters are only foreseen."""
LONGEST = 100_000
"""Bytes of an argument; Linux takes no more than 131,071 (``MAX_ARG_STRLEN``, execve(2))."""
_NOTHING: Mapping[str, UploadedFile] = {}


def started(
    request: PageRequest,
    arguments: Sequence[str],
    title: str,
    unit: str = "",
    given: Mapping[str, UploadedFile] = _NOTHING,
) -> HttpResponseBase:
    """What a button does: have a command run, and show the run. Only a form's POST starts anything.

    :param given: files for the command alone, as :func:`~pipeline.page.runs.start` takes them.
    :raises RequestDataTooBig: something is too long to be a command's argument.
    """
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if any(len(argument.encode()) > LONGEST for argument in arguments):
        raise RequestDataTooBig
    return redirect("run", number=runs.start(arguments, title, request.visitor, unit, given).pk)


def asks(run: Run) -> str | None:
    """What a dry run of letters asks whether to number, by the name that the command gave it; None where nothing is asked."""
    result = runs.result_of(run) if DRY in run.arguments else None
    return result.get("foreseen") if result else None


def listing(request: PageRequest) -> HttpResponse:
    """What has been run, by whom, and how it stands."""
    states = [runs.state_of(run) for run in runs.visible(request.visitor)]
    return render(request, "page/runs.html", {"states": states})


def shown(request: PageRequest, number: int) -> HttpResponseBase:
    """A run: how far it is, then what came of it."""
    run = get_object_or_404(Run, pk=number)
    state = runs.state_of(run)
    result = None if state.running else runs.result_of(run)
    if result is not None and run.arguments[0] == "check" and "files" in result:
        return redirect("verdict")  # which shows each visitor his own
    return render(
        request,
        "page/run.html",
        {
            "state": state,
            "run": run,
            "said": result is None and runs.said(run),
            "asks": request.visitor.role is Role.OFFICE and asks(run),
            **told(result, request.visitor),
        },
    )


def state(request: PageRequest, number: int) -> JsonResponse:
    """How far it is, for the script that asks every second."""
    found = runs.state_of(get_object_or_404(Run, pk=number))
    progress = found.progress
    return JsonResponse(
        {
            "state": found.state, "title": found.title, "text": progress.text, "done": progress.done,
            "total": progress.total, "exit_code": found.exit_code,
        }
    )  # fmt: skip


def cancel(request: PageRequest, number: int) -> HttpResponseBase:
    """停下来."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    runs.cancel(get_object_or_404(Run, pk=number))
    return redirect("run", number=number)


def told(result: dict[str, Any] | None, visitor: Visitor) -> dict[str, Any]:
    """What a command's object says, as the template shows it."""
    if result is None:
        return {"result": None}
    parts = [result, *result.get("made", ())]  # what a month's round made is told of one by one
    return {
        "result": result,
        "closing": in_page(result.get("sentence") or result.get("closing", "")),
        "parts": [
            (in_page(part.get("closing", "")), way_of(part.get("remedy"), part.get("edition")))
            for part in parts[1:]
        ],
        "way": way_of(result.get("remedy"), result.get("edition")),
        "problems": [
            one | {"file": _named(one), "advice": in_page(one.get("advice") or "")}
            for part in parts
            for one in part.get("problems", ())
            if isinstance(one, dict) and visitor.may_see(Source(one.get("file") or "").owner or None)
        ],
        "notices": [
            in_page(one if isinstance(one, str) else f"{_named(one)} {one.get('advice') or ''}".strip())
            for part in parts
            for one in part.get("notices", ())
        ],
        "missing": list(map(in_page, result.get("missing", ()))) if "made" in result else (),
        "waits": list(map(in_page, result.get("waits", ()))),
        "folders": [(folder, files.links(folder, visitor)) for folder in result.get("folders", ())],
    }


def _named(problem: Mapping[str, Any]) -> str:
    """The file of a problem, or what else it is about."""
    file = problem.get("file") or ""
    return PLACES.get(file, file)
