"""Evidence for the assessment: kept for a unit and an item, handed out, taken out again."""

from datetime import datetime
from pathlib import PurePosixPath

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from pipeline.domain.items.item import EVIDENCE
from pipeline.domain.model import Unit
from pipeline.errors import Stop
from pipeline.page.access import PageRequest
from pipeline.page.arrivals import Arrivals
from pipeline.page.forms import assess
from pipeline.page.views import files

_BETWEEN = str.maketrans(dict.fromkeys("、；;，,\n", "-"))
"""Signs that stand between names of files in a self-assessment."""
_TAKEN_OUT = "拿出来了，存在 inputs/历史 里。自评里写了它的名字的，请一并删去，再交一次。"


def handed_out(request: PageRequest, unit: str, name: str) -> HttpResponseBase:
    """A file of a unit's evidence."""
    year, who = of(unit)
    path = year.evidence(who).get(name)
    if path is None:
        raise Http404
    return files.file_response(path)


def removed(request: PageRequest, unit: str, name: str) -> HttpResponseBase:
    """Take a file of evidence out; it is kept in the history."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    year, who = of(unit)
    if name not in year.evidence(who):
        raise Http404
    if not year.is_open:
        messages.warning(request, "反馈以后，佐证不能再拿出来。")
        return redirect("assess-unit", unit=unit)
    try:
        Arrivals(settings.WORKSPACE).remove(PurePosixPath(EVIDENCE, name), datetime.now().astimezone())
    except Stop as stop:
        messages.error(request, str(stop))
    else:
        messages.success(request, f"{name}：{_TAKEN_OUT}")
    return redirect("assess-unit", unit=unit)


def of(unit: str) -> tuple[assess.Assessed, Unit]:
    """The plan year's assessment, and a unit by its code.

    :raises Http404: there is no such unit.
    """
    year = assess.of_year(settings.WORKSPACE)
    who = year.unit(unit)
    if who is None:
        raise Http404
    return year, who


def keep(request: PageRequest, who: Unit, item: str, field: str) -> list[str]:
    """Keep the files of a field as a unit's evidence for an item; their names there.

    :raises Unwanted: one has a name that no file can have.
    :raises FileFault: the disk refuses.
    """
    arrivals, now = Arrivals(settings.WORKSPACE), datetime.now().astimezone()
    folder = assess.evidence_folder(who, item)
    return [
        arrivals.keep_beside(sent, folder, now, (sent.name or "").translate(_BETWEEN))
        for sent in request.FILES.getlist(field)
    ]
