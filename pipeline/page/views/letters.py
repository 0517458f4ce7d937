"""Letters: tried out, numbered and printed, and the batches that were printed."""

from dataclasses import dataclass

from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from pipeline.page.access import PageRequest
from pipeline.page.views.files import Listing, outputs, shown_in
from pipeline.page.views.runs import started

TITLES = {"dry": "试算", "number": "编号并排版", "more": "加印"}
"""What can be asked for, and how its run is called."""


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch of letters as it lies in ``outputs/letters``."""

    name: str
    files: Listing


def overview(request: PageRequest) -> HttpResponse:
    """The buttons, and the batches: to a unit its own letters alone."""
    found = sorted(path for path in (outputs() / "letters").glob("*") if path.is_dir())
    batches = [Batch(path.name, shown_in(path, request.visitor)) for path in reversed(found)]
    return render(request, "page/letters.html", {"batches": [each for each in batches if each.files]})


def run(request: PageRequest) -> HttpResponseBase:
    """试算, 编号并排版 or 加印, whichever button was pressed."""
    form = request.POST
    action = form.get("action", "")
    if request.method == "POST" and action not in TITLES:
        raise BadRequest
    arguments = ["letters"]
    if action == "dry":
        arguments.append("--dry-run")
    if action == "more":
        arguments += [f"--unit={form.get('unit', '').strip()}", f"--count={form.get('count', '').strip()}"]
    elif form.get("skip"):
        arguments.append("--skip-bad-rows")
    if day := form.get("day", "").strip():
        arguments.append(f"--date={day}")
    return started(request, arguments, TITLES.get(action, ""))
