"""What the last examination found: file by file, and each fault among the rows of its table."""

from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from pipeline.intake import TITLES
from pipeline.page import runs
from pipeline.page.access import PageRequest, Role
from pipeline.page.findings import FileFindings, Plain, by_file
from pipeline.page.models import Run
from pipeline.page.remedies import PLACES
from pipeline.page.views import files
from pipeline.page.views.inputs import owner
from pipeline.page.views.runs import started

AROUND = "2"
"""Rows shown above and below a fault."""
AT_ONCE = 50
"""Faults of one group that are shown among their rows; the rest are in the marked copy."""


def check(request: PageRequest) -> HttpResponseBase:
    """检查: read every table again."""
    return started(request, ["check", f"--around={AROUND}"], "检查", request.visitor.unit)


def overview(request: PageRequest) -> HttpResponseBase:
    """Every file with what it is, what was taken of it, and how much is wrong."""
    run, found = latest()
    if found is None:
        return redirect("inputs")
    shown = [each for each in by_file(found) if request.visitor.may_see(owner(each.file))]
    counts = {
        "problems": sum(each.problem_count for each in shown), "notices": sum(each.notice_count for each in shown),
    }  # fmt: skip
    return render(request, "page/verdict.html", {"run": run, "files": _told(shown), "counts": counts})


def file(request: PageRequest, name: str) -> HttpResponse:
    """One file: its faults in groups, each among the rows of its table."""
    run, found = latest()
    if found and request.visitor.role is Role.UNIT:
        found = _discreet(found)
    own = next((each for each in by_file(found or _NOTHING) if each.file == name), None)
    if own is None:
        raise Http404
    told = {"run": run, "file": own, **_told([own])[0], "copy": own.copy, "at_once": AT_ONCE}
    if request.visitor.role is Role.UNIT and _tells_of_others(own):
        told["copy"] = None
    return render(request, "page/verdict_file.html", told)


def copy(request: PageRequest, name: str) -> HttpResponseBase:
    """The marked copy of a table."""
    own = next((each for each in by_file(latest()[1] or _NOTHING) if each.file == name), None)
    if own is None or own.copy is None or (request.visitor.role is Role.UNIT and _tells_of_others(own)):
        raise Http404
    return files.file_response(files.found(own.copy))


ELSEWHERE = "与已有的记录重复。本单位的表里没有重复的，请找专班办公室核对。"
"""What a unit is told of a person who is listed or has a letter elsewhere, be it with itself."""
_ABOUT_OTHERS = {"already-issued", "duplicate-applicant", "same-id", "second-business"}
_NOTHING: dict[str, Any] = {"problems": [], "notices": [], "files": [], "copies": []}


def latest() -> tuple[Run | None, dict[str, Any] | None]:
    """The last examination that came to its end, and what it found."""
    for run in Run.objects.filter(arguments__0="check").order_by("-pk")[: runs.SHOWN]:
        found = runs.result_of(run)
        if found is not None and _NOTHING.keys() <= found.keys():
            return run, found
    return None, None


def _tells_of_others(own: FileFindings) -> bool:
    return any(alike.code in _ABOUT_OTHERS for alike in (*own.problems, *own.notices, *own.settled))


def _discreet(found: dict[str, Any]) -> dict[str, Any]:
    """What was found, without what it says of other units' people: a unit could ask about anybody by listing him."""
    return found | {
        kind: [
            each | {"advice": ELSEWHERE} if each["code"] in _ABOUT_OTHERS else each for each in found[kind]
        ]
        for kind in ("problems", "notices")
    }


def _left_out(part: Plain) -> list[tuple[str, int]]:
    """Why lines were not taken, and how many; what sounds like a fault and is none is called otherwise."""
    return [(_CALM.get(reason, reason), count) for reason, count in part["left_out"].items()]


_CALM = {"已有介绍信": "出过介绍信、不用再出的"}


def _told(shown: list[FileFindings]) -> list[dict[str, Any]]:
    told = []
    for each in shown:
        parts = [
            {**part, "title": TITLES.get(part["kind"], "不是认得的表"), "left_out": _left_out(part)}
            for part in each.parts
        ]
        name = PLACES.get(each.file, each.file)
        told.append({"findings": each, "name": name, "parts": parts, "lines": parts or [{}]})
    return told
