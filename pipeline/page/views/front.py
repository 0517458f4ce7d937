"""The first page."""

from django.http import HttpResponse
from django.shortcuts import render

from pipeline.page import runs
from pipeline.page.access import PageRequest

LATEST = 5
"""Runs on it."""


def front(request: PageRequest) -> HttpResponse:
    """What can be done here, and what was done last."""
    latest = [runs.state_of(run) for run in runs.visible(request.visitor)[:LATEST]]
    return render(request, "page/front.html", {"latest": latest})
