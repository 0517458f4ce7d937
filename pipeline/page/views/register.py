"""The register: who has which letters, what became of each, and what a clerk says has become of it.

What is shown is read here; every change is a command's run.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from pipeline.adapters.register import exists
from pipeline.domain.letters.lifecycle import HAPPENINGS, STATES, Event, acts
from pipeline.domain.letters.model import Letter, Serial
from pipeline.domain.values.identity import masked_whole
from pipeline.errors import RegisterFault, UsageFault
from pipeline.jobs.register import listing, lookup
from pipeline.page.access import PageRequest
from pipeline.page.views.runs import started
from pipeline.reports.ledgers.tables import LedgerRow

if TYPE_CHECKING:
    from pipeline.workspace import Workspace

ON_A_PAGE = 50
"""Letters."""
_CASE = 40
"""Numbers and ranges that a form takes at once."""


@dataclass(frozen=True, slots=True)
class Move:
    """Something that a clerk enters for letters."""

    title: str
    """What clerks call it."""
    hint: str
    """What it means, and whether it can be taken back."""
    asks: str
    """What must be said: ``reason`` or ``receiver``."""
    is_dated: bool = True
    """Whether the day on which it happened is asked for."""


MOVES: Mapping[str, Move] = {
    "distribute": Move("发放", "领走了：写明谁领的。", "receiver"),
    "return": Move("退回", "没有用的收回来了，以后可以再发放。", "reason"),
    "void": Move("作废", "号不再使用，缺的份数下次编号补上。不能撤销。", "reason"),
    "lost": Move("遗失", "号不再有效，缺的份数下次编号补上。不能撤销，找到了也不能再用。", "reason"),
    "reprint": Move("补打", "打坏的再打一次，号码不变，注明第几次补打。打坏的那张要收回。", "reason", is_dated=False),
    "replace": Move("换号", "原号作废，另编一个新号打印，互相注明。不能撤销。", "reason", is_dated=False),
}  # fmt: skip
"""The commands by which they are entered, in the order of a letter's life."""
_NOTHING: Mapping[str, str] = {}
_ASKED = {"reason": "原因", "receiver": "领用人"}
TASKS: Mapping[str, tuple[str, Sequence[str]]] = {
    "check": ("核对台账", ("register", "check")),
    "backup": ("备份台账", ("register", "backup")),
    "receipts": ("按领取签收表登记发放", ("register", "distribute")),
    "reconcile": ("对账", ("register", "reconcile")),
    "export": ("写台账的各种表", ("register", "export")),
}
"""What a button does for the register as a whole: its title, and the command."""


def shown(request: PageRequest, typed: Mapping[str, str] = _NOTHING) -> HttpResponse:
    """The year's letters, searched by number or name, by unit and by state.

    :param typed: what a form said that could not be entered, its ``field`` that is wrong and ``advice``.
    """
    unit = request.visitor.unit or request.GET.get("unit", "")
    state, text = request.GET.get("state", ""), request.GET.get("text", "").strip()
    everything = _listed()
    units = {row.letter.serial.unit: row.letter.unit_name for row in everything}
    is_filtered = bool(unit or text or state in STATES)
    wanted = listing.Filter(unit or None, state if state in STATES else None, text=text or None)
    found = _listed(wanted) if is_filtered else everything
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    asked = request.GET.copy()
    asked.pop("page", None)
    return render(request, "page/register/list.html", {
        "page": page, "rows": [_row(each) for each in page], "total": len(found), "units": units, "unit": unit,
        "states": STATES, "state": state, "text": text, "asked": asked.urlencode(), "moves": MOVES, "typed": typed,
    })  # fmt: skip


def letter(
    request: PageRequest, year: int, unit: str, letter: int, typed: Mapping[str, str] = _NOTHING
) -> HttpResponse:
    """One letter: whom it is for, what became of it, what can be entered.

    :param typed: as :func:`shown` takes it.
    """
    workspace: Workspace = settings.WORKSPACE
    serial = Serial(year, unit, letter)
    if not exists(workspace.register):
        raise Http404
    try:
        story = lookup.history(workspace, serial.key)
    except (UsageFault, RegisterFault):
        raise Http404 from None
    free, forced = acts(story.letter, workspace.settings.plan.year, is_replaced=story.replacement is not None)
    return render(request, "page/register/letter.html", {
        "letter": story.letter, "who": _person(story.letter), "state": STATES[story.letter.state],
        "replaces": story.letter.replaces, "replacement": story.replacement, "events": [_event(each) for each in story.events],
        "moves": [(name, MOVES[name], typed if name == typed.get("act") else {}) for name in MOVES if name in {*free, *forced}],
        "forced": forced,
    })  # fmt: skip


def status(request: PageRequest) -> HttpResponse:
    """What each unit has: target, letters that count, number ranges, states."""
    workspace: Workspace = settings.WORKSPACE
    summary = lookup.status(workspace) if exists(workspace.register) else None
    accounts = [
        (account, [(STATES[state], count) for state, count in _states(account.holding)])
        for account in (summary.accounts if summary else ())
        if request.visitor.may_see(account.unit_code)
    ]
    unfinished = summary.unfinished if summary else None
    return render(request, "page/register/status.html", {
        "accounts": accounts, "unfinished": unfinished, "tasks": TASKS,
    })  # fmt: skip


def enter(request: PageRequest) -> HttpResponseBase:
    """What has become of letters, entered by the command of that name."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    act = request.POST.get("act", "")
    move = MOVES.get(act)
    if move is None:
        messages.error(request, "没有登记：请选登记什么。")
        return redirect("register")
    numbers = request.POST.get("numbers", "").replace("，", " ").replace("、", " ").split()
    said = request.POST.get(move.asks, "").strip()
    day = request.POST.get("day", "")
    field, advice = _fault(move, act, numbers, said)
    if advice:
        typed = {name: str(text) for name, text in request.POST.items()} | {
            "field": field,
            "advice": f"没有登记：{advice}",
        }
        its = [settings.WORKSPACE.serials.read_range(text) for text in numbers] if "on" in typed else []
        if len(its) == 1 and its[0]:
            one, _ = its[0]
            return letter(request, one.year, one.unit, one.number, typed)
        return shown(request, typed)
    arguments = ["register", act, *(_key(text) for text in numbers), f"--{move.asks}={said}"]
    if move.is_dated and day:
        arguments.append(f"--date={day}")
    if act == "void" and request.POST.get("force"):
        arguments.append("--force")
    return started(request, arguments, f"{move.title} {'、'.join(numbers)}"[:100])


def _fault(move: Move, act: str, numbers: Sequence[str], said: str) -> tuple[str, str]:
    """The field of a form that is wrong, and what to do; empty where nothing is. The command itself looks closer."""
    unread = next((text for text in numbers if not _key(text)), None)
    if unread is not None:
        return "numbers", f"看不出“{unread}”是哪一份。应像 01-0001，几份连号的像 01-0001至0010。"
    if not numbers or len(numbers) > _CASE:
        return "numbers", f"请写编号，一次最多{_CASE}段。"
    if act == "replace" and len(numbers) > 1:
        return "numbers", "换号一次只能换一份。"
    return ("", "") if said else (move.asks, f"请写{_ASKED[move.asks]}。")


def _key(text: str) -> str:
    """The letters that a text names, as every command takes them; empty where it names none."""
    span = settings.WORKSPACE.serials.read_range(text)
    if span is None:
        return ""
    first, last = span
    return first.key if first == last else f"{first.key}至{last.number:04d}"


def task(request: PageRequest, what: str) -> HttpResponseBase:
    """What a button does for the register as a whole."""
    if what not in TASKS:
        raise Http404
    title, arguments = TASKS[what]
    return started(request, arguments, title)


def verify(request: PageRequest) -> HttpResponseBase:
    """Whether letters are genuine: by a scan or photo, or by the text of a mark."""
    if request.method != "POST":
        return render(request, "page/register/verify.html")
    text, scan = request.POST.get("text", "").strip(), request.FILES.get("scan")
    if bool(text) == bool(scan):
        messages.error(request, "请选一个文件，或者写扫码得到的文字，只用一种。")
        return redirect("register-verify")
    if scan:
        return started(
            request, ["register", "verify", "--image", "given/scan"], "验证真伪", given={"scan": scan}
        )
    return started(request, ["register", "verify", text.lstrip("-")], "验证真伪")


def _listed(wanted: listing.Filter | None = None) -> Sequence[LedgerRow]:
    """Letters; none where nothing was numbered yet, or nothing of that unit."""
    workspace: Workspace = settings.WORKSPACE
    if not exists(workspace.register):
        return ()
    try:
        return listing.listing(workspace, wanted or listing.Filter())
    except RegisterFault:
        if wanted and wanted.unit:
            return ()
        raise


def _row(row: LedgerRow) -> dict[str, Any]:
    who = row.letter.applicant
    return {
        "letter": row.letter, "name": who.name if who else "", "business": who.business if who else "",
        "state": STATES[row.letter.state], "day": row.day, "receiver": row.event.who,
        "reason": row.event.why if row.event.day else "",
    }  # fmt: skip


def _person(found: Letter) -> Sequence[tuple[str, str]]:
    """Whom a letter is for, as far as the page shows it: numbers masked."""
    who = found.applicant
    if who is None:
        return [("姓名", "（已按期删除）")] if found.is_forgotten else []
    return [
        ("姓名", who.name), ("身份证号", masked_whole(who.id_no)), ("联系方式", masked_whole(who.phone)),
        ("拟用名称", who.business), ("主要经营", who.scope), ("经营地址", who.address),
    ]  # fmt: skip


def _event(event: Event) -> dict[str, Any]:
    return {
        "at": event.at, "title": HAPPENINGS[event.what], "day": event.day, "who": event.who,
        "why": event.why if event.day else "", "batch": event.batch, "operator": event.operator,
    }  # fmt: skip


def _states(holding: Any) -> list[tuple[str, int]]:
    return [(state, holding.states[state]) for state in STATES if state in holding.states] if holding else []
