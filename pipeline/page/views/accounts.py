"""Logging in and out, one's own password, who has access, and who looked at what."""

import re
from urllib.parse import unquote

from django.contrib import messages
from django.contrib.auth.views import LoginView, LogoutView, PasswordChangeView
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from pipeline.page.access import TITLES, PageRequest, Role
from pipeline.page.accounts import all_accounts
from pipeline.page.models import Access

SHOWN = 100
"""Accesses on one page."""
_LOG_IN = LoginView.as_view(template_name="page/login.html")
_LOG_OUT = LogoutView.as_view()
_PASSWORD = PasswordChangeView.as_view(template_name="page/password.html", success_url="/")


def log_in(request: PageRequest) -> HttpResponseBase:
    """Name and password."""
    return _LOG_IN(request)


def log_out(request: PageRequest) -> HttpResponseBase:
    """The session ends, here and in the database."""
    return _LOG_OUT(request)


def password(request: PageRequest) -> HttpResponseBase:
    """A new one for oneself; other sessions of the account end."""
    if not request.visitor.name:
        return redirect("front")
    response = _PASSWORD(request)
    if response.status_code == 302:
        messages.success(request, "密码改好了。")
    return response


def listing(request: PageRequest) -> HttpResponse:
    """Who has access, as what."""
    people = [(account, TITLES[Role(account.role)]) for account in all_accounts()]
    return render(request, "page/accounts.html", {"people": people})


def accesses(request: PageRequest) -> HttpResponse:
    """Who was shown which personal data, latest first; ``?before=`` goes on."""
    found = Access.objects.order_by("-pk")
    before = request.GET.get("before", "")
    if re.fullmatch(r"\d{1,18}", before, re.ASCII):
        found = found.filter(pk__lt=int(before))
    shown = list(found[: SHOWN + 1])
    older = shown[SHOWN - 1].pk if len(shown) > SHOWN else None
    rows = [(one, TITLES[Role(one.role)], unquote(one.path)) for one in shown[:SHOWN]]
    return render(request, "page/accesses.html", {"rows": rows, "older": older})
