"""What no page of ours asks for: every parameter of every address with a value that nobody meant."""

import inspect
import re
from collections.abc import Iterator
from itertools import product
from urllib.parse import quote

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.test import Client
from support.page import Site
from support.page.samples import address, sample

from pipeline.page import views
from pipeline.page.access import Route
from pipeline.page.models import Run
from pipeline.page.urls import ROUTES

ODD = {
    "empty": "",
    "long": "9" * 5000,
    "beyond the database": "9" * 30,
    "negative": "-1",
    "nul": "%00",
    "no utf-8": "%FF",
    "half a character": "%ED%A0%80",
    "no number": "甲",
    "other digits": quote("²٣"),
    "the folder above": "..%2F..",
    "a thousand characters": quote("编") * 1000,
}
"""What it is → as it stands in an address."""
ASKED = re.compile(r"""(?:GET|POST|form)\.(?:get|getlist)\(\s*"(\w+)\"""")


def names() -> set[str]:
    """What the views ask an address or a form for."""
    found = set[str]()
    for name in views.__dict__:
        module = getattr(views, name)
        if inspect.ismodule(module) and module.__name__.startswith(views.__name__):
            found.update(ASKED.findall(inspect.getsource(module)))
    return found


def addresses(route: Route, site: Site) -> Iterator[str]:
    """A route's addresses, each parameter in turn with each odd value, the others as they should be."""
    parts = re.split(r"<(?:\w+:)?(\w+)>", route.path)
    good = {name: quote(sample(route, name, site)) for name in parts[1::2]}
    for odd_one in good:
        for odd in ODD.values():
            values = good | {odd_one: odd}
            yield "/" + "".join(values[part] if place % 2 else part for place, part in enumerate(parts))


def test_the_views_parameters_are_found() -> None:
    assert {"before", "page", "text", "unit", "reason", "period"} <= names()


@pytest.fixture
def client(site: Site, monkeypatch: pytest.MonkeyPatch) -> Client:
    """The office's, for whom no run is started."""
    run = Run.objects.create(title="", arguments=[])
    monkeypatch.setattr("pipeline.page.runs.start", lambda *_: run)
    monkeypatch.setattr("pipeline.page.access._may_send", lambda *_: True)
    return site.client()


def test_an_odd_path_is_no_page_and_no_fault(site: Site, client: Client) -> None:
    wrong = []
    for route in ROUTES:
        for where in addresses(route, site):
            for method in ("GET", "POST"):
                answer = client.generic(method, where)
                answer.close()
                if answer.status_code >= 500:
                    wrong.append(f"{method} {route.name}: {answer.status_code} {where[:80]}")
    assert wrong == []


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Grows as soon as a request is asked for what its address or its form says."""
    asked: list[str] = []
    question, form = WSGIRequest.__dict__["GET"].func, WSGIRequest._load_post_and_files
    monkeypatch.setattr(WSGIRequest, "GET", property(lambda self: asked.append("question") or question(self)))
    monkeypatch.setattr(WSGIRequest, "_load_post_and_files", lambda self: asked.append("form") or form(self))
    return asked


def test_an_odd_question_or_form_is_no_fault(site: Site, client: Client, asked: list[str]) -> None:
    wrong = []
    said = {what: "&".join(f"{name}={odd}" for name in sorted(names())) for what, odd in ODD.items()}
    said["repeated"] = f"{said['no number']}&{said['negative']}"
    ways = {
        "GET": lambda path, text: client.get(f"{path}?{text}"),
        "POST": lambda path, text: client.post(path, text, "application/x-www-form-urlencoded"),
    }
    for route, (method, ask) in product(ROUTES, ways.items()):
        path = address(route, site)
        for what, text in said.items():
            asked.clear()
            answer = ask(path, text)
            answer.close()
            if answer.status_code >= 500:
                wrong.append(f"{method} {route.name}: {answer.status_code}, {what}")
            if not asked:  # whatever it says
                break
    assert wrong == []
