"""Logging in and out."""

from django.contrib.auth.views import LoginView, LogoutView
from django.http.response import HttpResponseBase

from pipeline.page.access import PageRequest

_LOG_IN = LoginView.as_view(template_name="page/login.html")
_LOG_OUT = LogoutView.as_view()


def log_in(request: PageRequest) -> HttpResponseBase:
    """Name and password."""
    return _LOG_IN(request)


def log_out(request: PageRequest) -> HttpResponseBase:
    """The session ends, here and in the database."""
    return _LOG_OUT(request)
