"""Every address of the table, asked by everybody."""

from typing import Any

import pytest
from django.test import Client
from support.desk import Desk
from support.page import Site
from support.page.samples import address

from pipeline.page.access import Role, Route
from pipeline.page.models import Access, Run
from pipeline.page.urls import ROUTES, urlpatterns

ROLES = {
    "office": Role.OFFICE,
    "auditor": Role.AUDITOR,
    "own": Role.UNIT,
    "other": Role.UNIT,
    "nobody": Role.NOBODY,
}


def test_every_address_is_in_the_table_once() -> None:
    assert [pattern.name for pattern in urlpatterns] == [route.name for route in ROUTES]
    assert len({route.path for route in ROUTES}) == len({route.name for route in ROUTES}) == len(ROUTES)


def test_a_unit_can_be_let_nowhere_without_saying_whose_it_is() -> None:
    with pytest.raises(ValueError, match="whose it is"):
        Route("letters/<str:key>/", lambda _: None, "letter", frozenset({Role.UNIT}))  # type: ignore[arg-type,return-value]


def test_everybody_is_let_where_he_belongs_and_nowhere_else(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[str] = []
    monkeypatch.setattr(
        "pipeline.page.runs.start",
        lambda *_: started.append("") or Run.objects.create(title="", arguments=[]),
    )
    clients = site.everybody()
    wrong = []
    for route in ROUTES:
        if route.name == "logout":  # tried in test_accounts: it would end this
            continue
        for name, client in clients.items():
            for method in ("GET", "POST"):
                before = (len(started), Access.objects.count())
                answer = client.generic(method, address(route, site))
                told = answer.status_code
                answer.close()
                refused = _refusal(route, name, method)
                let = told not in {302, 403, 404} or (
                    told == 302 and "/login/" not in answer.headers["Location"]
                )
                if (told != refused) if refused else not let:
                    wrong.append(
                        f"{method} {route.name} by {name}: {told}, expected {refused or 'to be let in'}"
                    )
                if refused and (len(started), Access.objects.count()) != before:
                    wrong.append(f"{method} {route.name} by {name}: refused, and done")

    assert wrong == []


def _refusal(route: Route, name: str, method: str) -> int | None:
    role = ROLES[name]
    if role not in route.roles:
        return 302 if role is Role.NOBODY and method == "GET" else 403
    if role is not Role.UNIT or "<" not in route.path:
        return None
    return None if name == "own" else 404


def test_the_office_of_a_machine_without_accounts_needs_no_password(site: Site) -> None:
    assert site.client().get("/").status_code == 200
    site.account("张三", Role.OFFICE)
    assert site.client().get("/").headers["Location"] == "/login/?next=%2F"


def test_no_account_opens_nothing_where_other_machines_can_come(desk: Desk) -> None:
    from pipeline.page.serving.site import open_site
    from pipeline.workspace import open_workspace

    open_site(open_workspace(desk.root), ("page.example",))
    client = Client(SERVER_NAME="page.example")

    assert client.get("/", secure=True).headers["Location"].startswith("/login/")


def test_what_was_shown_of_persons_is_recorded_and_only_that(site: Site) -> None:
    clients = site.everybody()
    [route] = [route for route in ROUTES if route.name == "file"]
    where = address(route, site)
    for name in ("office", "auditor", "own"):
        clients[name].get(where).close()
    clients["office"].get("/files/letters/2022-001/没有.pdf")
    clients["office"].get("/")

    assert [(one.account, one.role, one.address) for one in Access.objects.order_by("pk")] == [
        ("office", "office", "127.0.0.1"), ("auditor", "auditor", "127.0.0.1"), ("own", "unit", "127.0.0.1"),
    ]  # fmt: skip
    shown = clients["auditor"].get("/accesses/").content.decode()
    assert shown.count("做好的文件") == 3 and "专班办公室" in shown


@pytest.mark.parametrize(
    "name", ["../pipeline.toml", "..%2fpipeline.toml", "/etc/passwd", "letters", "link/pipeline.toml"]
)
def test_no_file_outside_the_outputs_is_handed_out(site: Site, name: str) -> None:
    site.desk.outputs.mkdir()
    (site.desk.outputs / "link").symlink_to(site.desk.root)

    assert site.client().get(f"/files/{name}").status_code == 404


def test_whoever_sends_too_much_is_told_to_wait(site: Site) -> None:
    client = site.client()
    answers = [client.post("/login/", {"username": "x", "password": "y"}).status_code for _ in range(31)]

    assert answers[-1] == 429 and "太快了" in client.post("/login/").content.decode()


@pytest.mark.parametrize(
    "asked, told",
    [
        ({"CONTENT_LENGTH": 200_000_001}, "一次最多放 200 MB"),
        ({"data": {"text": "9" * 3_000_000}}, "写得太长了"),
        ({"data": {"text": "9" * 200_000}}, "写得太长了"),
        ({"data": {f"{number}": "" for number in range(6000)}}, "一次放得太多"),
    ],
)
def test_whoever_sends_too_much_at_once_is_told_what_to_do(site: Site, asked: Any, told: str) -> None:
    client = site.client()
    page = client.post("/register/verify/", **asked)
    script = client.post("/register/verify/", **asked, headers={"accept": "application/json"})

    assert page.status_code == script.status_code == 413 and Run.objects.count() == 0
    assert told in page.content.decode() and told in script.json()["text"]


def test_a_call_by_another_name_is_refused(site: Site) -> None:
    answer = site.client().get("/", headers={"host": "evil.example"})

    assert answer.status_code == 400 and "这个请求看不懂" in answer.content.decode()


def test_a_form_of_somebody_else_is_refused(site: Site) -> None:
    client = Client(enforce_csrf_checks=True, SERVER_NAME="127.0.0.1")
    answer = client.post("/check/")

    assert answer.status_code == 403 and "页面过期了" in answer.content.decode()
    assert Run.objects.count() == 0


def test_faults_are_told_in_chinese(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.page.runs.visible", lambda _: 1 // 0)
    missing, broken = site.client().get("/nowhere"), site.client().get("/runs/")

    assert missing.status_code == 404 and "没有这一页" in missing.content.decode()
    assert broken.status_code == 500 and "程序出了错" in broken.content.decode()
    assert "ZeroDivision" not in broken.content.decode()


def test_every_answer_forbids_what_a_page_of_ours_does_not_need(site: Site) -> None:
    for where in ("/", "/login/", "/nowhere", "/static/page/page.css"):
        answer = site.client().get(where)
        answer.close()
        headers = answer.headers
        policy = headers["Content-Security-Policy"]
        assert (
            "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "unsafe" not in policy
        )
        assert headers["X-Content-Type-Options"] == "nosniff" and headers["Referrer-Policy"] == "same-origin"
    assert "no-store" in site.client().get("/").headers["Cache-Control"]
