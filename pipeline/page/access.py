"""Who is at the other end, and what he may see: the only place where that is decided.

A route names its roles; :func:`guarded` holds it to them, and to this: what belongs to one unit is shown to that unit
and the county's own people, to nobody else. Whoever asks for another's is told that there is no such page.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from limits import parse

from pipeline.errors import Stop
from pipeline.page import faults
from pipeline.page.models import Access, Account


class Role(Enum):
    """What somebody may do; the value is how the command line and the database call it."""

    OFFICE = "office"
    """The task force's office: everything."""
    UNIT = "unit"
    """A unit: its own."""
    AUDITOR = "auditor"
    """Who looks over the office's shoulder: reads everything, changes nothing."""
    NOBODY = "nobody"
    """Not logged in."""


TITLES = {Role.OFFICE: "专班办公室", Role.UNIT: "单位", Role.AUDITOR: "审计", Role.NOBODY: "未登录"}
"""Each role's name for the eye."""
OFFICE = frozenset({Role.OFFICE})
READERS = frozenset({Role.OFFICE, Role.AUDITOR})
SENDERS = frozenset({Role.OFFICE, Role.UNIT})
MEMBERS = frozenset({Role.OFFICE, Role.UNIT, Role.AUDITOR})
ANYBODY = frozenset(Role)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks."""

    name: str
    """The account's; empty for whoever sits at a machine without accounts."""
    role: Role
    unit: str = ""
    """Code of his unit in the roster; empty for all but units."""
    unit_name: str = ""
    """Its name."""

    def may_see(self, unit: str | None) -> bool:
        """Whether he may see what belongs to a unit; what belongs to none is not a unit's to see."""
        return self.role is not Role.UNIT or (unit is not None and unit == self.unit)


class PageRequest(HttpRequest):
    """A request as every view gets it."""

    visitor: Visitor


View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Route:
    """One address of the page."""

    path: str
    """As Django writes it. What belongs to a unit has the unit's code in it as ``<str:unit>``, or :attr:`owner` tells it."""
    view: View
    name: str
    roles: frozenset[Role]
    """Who may use it."""
    shows: str = ""
    """Which personal data it shows or hands out, as the record of accesses calls it; empty where it has none."""
    owner: Callable[..., str | None] | None = None
    """The path's parameters → code of the unit to which the thing belongs; None for the county's own."""

    often: str = "120/minute"
    """How often one visitor may send something there."""

    def __post_init__(self) -> None:
        if Role.UNIT in self.roles and "<" in self.path and "<str:unit>" not in self.path and not self.owner:
            raise ValueError(f"{self.name}: a unit may go there, and nothing says whose it is")


def visitor_of(request: HttpRequest) -> Visitor:
    """Who asks. Where only this machine can ask and no account exists, everybody is the office, as at the command line."""
    user: Any = request.user
    if user.is_authenticated:
        account = Account.objects.filter(user=user).first()
        if account and user.is_active:
            return Visitor(user.get_username(), Role(account.role), account.unit, account.unit_name)
    elif not settings.SHARED and not Account.objects.exists():
        return Visitor("", Role.OFFICE)
    return Visitor("", Role.NOBODY)


def guarded(route: Route) -> View:
    """A route's view behind its guard; what it shows of persons is recorded."""

    @wraps(route.view)
    def view(request: Any, **parts: Any) -> HttpResponseBase:
        visitor = request.visitor = visitor_of(request)
        if visitor.role not in route.roles:
            if visitor.role is Role.NOBODY and request.method in {"GET", "HEAD"}:
                return HttpResponseRedirect(
                    f"{reverse('login')}?{urlencode({'next': request.get_full_path()})}"
                )
            raise PermissionDenied
        if request.method == "POST" and not _may_send(route, request, visitor):
            return faults.too_often(request)
        if "unit" in parts and not visitor.may_see(parts["unit"]):
            raise Http404
        if not all(map(_can_be_a_name, parts.values())):
            raise Http404
        if route.owner and not visitor.may_see(route.owner(**parts)):
            raise Http404
        try:
            response = route.view(request, **parts)
        except Stop as stop:
            return faults.told(request, 503, "现在看不了", str(stop))
        if response.status_code == 405:
            response = faults.only_sent(request, response["Allow"])
        response.headers.setdefault("Cache-Control", "private, no-store")
        if route.shows and response.status_code == 200:
            Access.objects.create(
                account=visitor.name, role=visitor.role.value, address=request.META.get("REMOTE_ADDR", ""),
                shown=route.shows, path=request.get_full_path()[:1000],
            )  # fmt: skip
        return response

    return view


def _may_send(route: Route, request: HttpRequest, visitor: Visitor) -> bool:
    who = visitor.name or request.META.get("REMOTE_ADDR", "")
    return bool(settings.RECENT.hit(parse(route.often), route.name, who))


def _can_be_a_name(part: object) -> bool:
    """Whether a file could be called so; asked for any other, a disk does not say that there is none, it fails."""
    path = str(part).encode(errors="replace")
    return b"\0" not in path and len(path) <= _PATH and all(len(name) <= _NAME for name in path.split(b"/"))


_NAME, _PATH = 255, 3000
"""Bytes of a name and of a path that a disk has room for; of the path some are the workspace's own."""


def shown_everywhere(request: HttpRequest) -> dict[str, Any]:
    """What every template may use: who asks, as what, and of which place."""
    visitor = getattr(request, "visitor", None) or Visitor("", Role.NOBODY)
    told = settings.WORKSPACE.settings
    return {
        "visitor": visitor,
        "role": TITLES[visitor.role],
        "plan": told.plan,
        "most_mb": told.page.upload_mb,
    }
