"""Tables on their way in: dropped, kept, asked about where one of that name is there, taken out again."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from pipeline.adapters.inputs import input_files
from pipeline.domain.model import Source
from pipeline.errors import Stop
from pipeline.page.access import PageRequest, Role, Visitor
from pipeline.page.arrivals import Arrivals, Unwanted, Verdict, came
from pipeline.page.models import Waiting
from pipeline.page.views import files


def listing(request: PageRequest) -> HttpResponse:
    """What lies below ``inputs/``, and where to drop more."""
    asked = [each for each in Waiting.objects.order_by("pk") if request.visitor.may_see(each.unit or None)]
    return render(request, "page/inputs.html", {"files": list(_files(request)), "asked": asked})


def dropped(request: PageRequest) -> HttpResponseBase:
    """Files as a form or the script sends them; the script sends one at a time, with its path in a dropped folder.

    The script is told in JSON what became of it; a form's sender sees it on the next page.
    """
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    paths = request.POST.getlist("path")
    sent = request.FILES.getlist("file")
    told = [_kept(request, each, path) for each, path in zip(sent, _named(sent, paths), strict=True)]
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"files": told})
    for each in told:
        (messages.success if each["kept"] else messages.warning)(request, each["text"])
    if not sent:
        messages.warning(request, "没有选表格。请点“选择表格”，选好再放入。")
    return redirect("inputs")


def answered(request: PageRequest, number: int) -> HttpResponseBase:
    """Whether a file that waits replaces the one of its name, or is not wanted after all."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    waiting = get_object_or_404(Waiting, pk=number)
    arrivals = Arrivals(settings.WORKSPACE)
    arrived = arrivals.incoming / waiting.file
    if not arrived.exists():
        messages.warning(request, f"{waiting.target}：已经有人办过了。")
    elif request.POST.get("answer") == "replace":
        try:
            arrivals.take(arrived, PurePosixPath(waiting.target), _now(), replace=True)
        except Stop as stop:
            messages.error(request, str(stop))
            return redirect("inputs")
        messages.success(request, f"{waiting.target}：替换了，原来的在 inputs/历史 里。")
    else:
        arrived.unlink(missing_ok=True)
        messages.success(request, f"{waiting.target}：没有替换，还是原来的。")
    waiting.delete()
    return redirect("inputs")


def removed(request: PageRequest, name: str) -> HttpResponseBase:
    """Take a table out; it is kept in the history."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    path = _below(name).relative_to(settings.WORKSPACE.inputs)
    try:
        Arrivals(settings.WORKSPACE).remove(PurePosixPath(path), _now())
    except Stop as stop:
        messages.error(request, str(stop))
    else:
        messages.success(request, f"{name}：拿出来了，存在 inputs/历史 里。")
    return redirect("inputs")


def handed_out(request: PageRequest, name: str) -> HttpResponseBase:
    """A table as it was dropped."""
    return files.file_response(_below(name))


def owner(name: str) -> str | None:
    """Code of the unit in whose folder a path below ``inputs/`` or ``outputs/check`` lies; None for the office's."""
    return None if ".." in name.split("/") else Source(name).owner or None


def waits_of(number: int) -> str | None:
    """Code of the unit whose a waiting file is; None for the office's."""
    return Waiting.objects.filter(pk=number).values_list("unit", flat=True).first() or None


def count(visitor: Visitor) -> int:
    """How many tables somebody sees."""
    return sum(visitor.may_see(owner(name)) for name in input_files(settings.WORKSPACE.inputs))


def _files(request: PageRequest) -> Iterator[dict[str, Any]]:
    """Name, size and time of each that the visitor may see, in the natural order."""
    for name, path in input_files(settings.WORKSPACE.inputs).items():
        if not request.visitor.may_see(owner(name)):
            continue
        try:
            about = path.stat()
        except FileNotFoundError:  # taken out by somebody else in between
            continue
        yield {
            "name": name, "size": about.st_size,
            "at": came(about),
        }  # fmt: skip


def _named(sent: list[Any], paths: list[str]) -> list[str]:
    """Each file's path; a form that sends none, or not one for each, is taken at its files' bare names."""
    return paths if len(paths) == len(sent) else [each.name or "" for each in sent]


def _kept(request: PageRequest, sent: Any, path: str) -> dict[str, Any]:
    """What became of one file, for the eye: 「六月.xlsx：收下了」."""
    arrivals = Arrivals(settings.WORKSPACE)
    visitor = request.visitor
    unit = visitor.unit if visitor.role is Role.UNIT else ""
    own = arrivals.whole(sent)
    try:
        target = arrivals.target(path, unit)
        verdict = arrivals.take(own, target, _now())
    except (Unwanted, Stop) as fault:
        own.unlink(missing_ok=True)
        return {"name": path, "kept": False, "text": str(fault)}
    if verdict is Verdict.ASKS:
        about = {"target": str(target), "account": visitor.name, "unit": unit}
        for older in Waiting.objects.filter(**about):  # what he mended once more
            (arrivals.incoming / older.file).unlink(missing_ok=True)
            older.delete()
        Waiting.objects.create(file=own.name, **about)
    return {
        "name": str(target), "kept": verdict is not Verdict.ASKS, "asks": verdict is Verdict.ASKS,
        "text": f"{target}：{verdict.value}。",
    }  # fmt: skip


def _below(name: str) -> Path:
    """A table below ``inputs/`` that is looked at.

    :raises Http404: there is none of that name.
    """
    path = input_files(settings.WORKSPACE.inputs).get(name)
    if path is None:
        raise Http404
    return path


def _now() -> datetime:
    return datetime.now().astimezone()
