"""Letters: tried out, numbered and printed, and the batches that were printed."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render

from pipeline.page.access import PageRequest
from pipeline.page.models import Run
from pipeline.page.views.files import Listing, outputs, shown_in
from pipeline.page.views.runs import DRY, asks, started

TITLE = "编号并排版"
"""How the run is called that numbers."""


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
    """编号并排版 at once, or a trial (试算) of it; :func:`numbered` is for whoever has seen what that shows."""
    form = request.POST
    is_trial = form.get("action") != "number"
    arguments = ["letters", *([DRY] if is_trial else [])]
    if unit := form.get("unit", "").strip():
        arguments += [f"--unit={unit}", f"--count={form.get('count', '').strip()}"]
    if form.get("skip"):
        arguments.append("--skip-bad-rows")
    if day := form.get("day", "").strip():
        arguments.append(f"--date={day}")
    return started(request, arguments, "试算" if is_trial else TITLE)


def numbered(request: PageRequest, number: int) -> HttpResponseBase:
    """编号并排版 of just those letters that a trial has shown."""
    trial = get_object_or_404(Run, pk=number)
    foreseen = asks(trial)
    if foreseen is None:
        raise Http404
    arguments = [each for each in trial.arguments if each != DRY]
    return started(request, [*arguments, f"--foreseen={foreseen}"], TITLE)
