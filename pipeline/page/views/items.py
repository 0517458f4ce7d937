"""Open items: the list, one with its course, and the buttons of what can be done to it now."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from pipeline.domain.items.item import EVIDENCE, Item, State, proof_words
from pipeline.domain.items.objections import acts
from pipeline.domain.items.plain import history_object
from pipeline.domain.items.standing import overdue_days, sentence, urgency
from pipeline.domain.items.steps import STEPS, WAYS, WORDS
from pipeline.errors import Stop
from pipeline.jobs.items import lookup
from pipeline.page.access import PageRequest, Role
from pipeline.page.arrivals import Arrivals, Unwanted
from pipeline.page.views import files
from pipeline.page.views.runs import started

BY_UNITS = frozenset({"accept", "object", "progress", "extend", "apply"})
"""What a responsible unit does itself."""
FIELDS = {
    "object": ("head",), "progress": ("evidence",), "extend": ("head",), "grant": ("deadline",),
    "apply": ("reason",), "close": ("way", "reason"), "return": ("way",),
}  # fmt: skip
"""What can be said besides what must be."""


def overview(request: PageRequest) -> HttpResponse:
    """Those that press first; to a unit its own."""
    workspace, day = settings.WORKSPACE, _today()
    due_soon = workspace.settings.items.due_soon
    items = [item for item in lookup.items_on(workspace, day) if request.visitor.may_see(item.about.unit)]
    items.sort(key=lambda item: (not item.is_open, urgency(item, day, due_soon)))
    told = {
        "rows": [_row(item, day) for item in items], "sentence": sentence(items, day, due_soon),
        "kinds": workspace.settings.items.kinds,
    }  # fmt: skip
    return render(request, "page/items.html", told)


def shown(request: PageRequest, key: str) -> HttpResponse:
    """One item: what it is about, what was done, what can be done now."""
    day = _today()
    found = _history(key, day)
    told = history_object(found.item, found.entries, settings.WORKSPACE.item_numbers, day)
    open_acts = [
        {"name": act, "step": STEPS[act], "fields": _fields(act)}
        for act in acts(found.item, day)
        if request.visitor.role is Role.OFFICE or act in BY_UNITS
    ]
    events: Any = told["events"]
    course = [
        (event, [(proof_words(proof), _kept(proof)) for proof in event["details"].get("evidence", ())])
        for event in events
    ]
    return render(
        request,
        "page/item.html",
        {"item": told, "course": course, "acts": open_acts, "words": WORDS, "ways": WAYS},
    )


def handed_out(request: PageRequest, key: str, name: str) -> HttpResponseBase:
    """A file that an act on an item put forward as evidence; only what lies in ``inputs/佐证``."""
    proofs: list[Any] = [entry.details.get("evidence", ()) for entry in _history(key, _today()).entries]
    if not name or name not in {_kept(proof) for some in proofs for proof in some}:
        raise Http404
    return files.file_response(settings.WORKSPACE.inputs / EVIDENCE / name)


def opened(request: PageRequest) -> HttpResponseBase:
    """立账."""
    form = request.POST
    said = [
        f"--{name}={form.get(name, '').strip()}"
        for name in ("unit", "kind", "problem", "standard", "deadline")
    ]
    more = [f"--{name}={text}" for name in ("source", "person") if (text := form.get(name, "").strip())]
    return started(request, ["items", "open", *said, *more], "立账")


def exchanged(request: PageRequest) -> HttpResponseBase:
    """Enter the tables of items that were dropped, or write all items down."""
    way = "import" if request.POST.get("action") == "import" else "export"
    return started(
        request, ["items", way], {"import": "按挂账事项表登记", "export": "写问题台账、销号台账"}[way]
    )


def act(request: PageRequest, key: str, name: str) -> HttpResponseBase:
    """Do something to an item, with what the form says; evidence is kept first."""
    if name not in STEPS or name in {"open", "again"}:
        raise Http404
    visitor = request.visitor
    if visitor.role is not Role.OFFICE and name not in BY_UNITS:
        raise PermissionDenied
    _history(key, _today())  # or evidence would be kept for an item that there is not
    form = request.POST
    said = [
        f"--{each}={text}"
        for each in ("by", "head", "deadline", "reason", "way")
        if (text := form.get(each, "").strip())
    ]
    try:
        kept = [f"--evidence={file}" for file in _evidence(request, key)]
    except (Unwanted, Stop) as fault:
        messages.error(request, str(fault))
        return redirect("item", key=key)
    title = f"{key} {STEPS[name].title}"
    return started(
        request, ["items", name, key, *said, *kept], title, owner(key) or "" if visitor.unit else ""
    )


def owner(key: str, name: str = "") -> str | None:
    """Code of the unit that is responsible for an item."""
    del name
    try:
        return lookup.history(settings.WORKSPACE, key, date.max).item.about.unit
    except Stop:
        return None


def _history(key: str, day: date) -> lookup.History:
    try:
        return lookup.history(settings.WORKSPACE, key, day)
    except Stop as fault:
        raise Http404 from fault


def _kept(proof: dict[str, Any]) -> str:
    """Path of a piece of evidence below ``inputs/佐证``; empty for a figure and for a table of the office's."""
    name, folder = proof.get("name", ""), f"{EVIDENCE}/"
    return name.removeprefix(folder) if name.startswith(folder) else ""


def _fields(name: str) -> list[str]:
    """What the form of an act asks for: (name, whether it must be said)."""
    return list(dict.fromkeys([*STEPS[name].needs, *FIELDS.get(name, ()), "reason", "by"]))


def _row(item: Item, day: date) -> dict[str, Any]:
    return {
        "item": item, "number": settings.WORKSPACE.item_numbers.text(item.number, item.year),
        "overdue": overdue_days(item, day), "closed": item.state is State.CLOSED,
    }  # fmt: skip


def _evidence(request: PageRequest, key: str) -> Iterator[str]:
    """Names below ``inputs/佐证`` under which the files of a form are kept, whatever they were called."""
    arrivals, now = Arrivals(settings.WORKSPACE), datetime.now().astimezone()
    for sent in request.FILES.getlist("evidence"):
        yield f"{key}/{arrivals.keep_beside(sent, PurePosixPath(EVIDENCE, key), now)}"


def _today() -> date:
    return datetime.now().astimezone().date()
