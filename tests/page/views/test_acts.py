"""Buttons: each is a command with what the form says, and nothing of a form becomes another option."""

from typing import Any

import pytest
from support.page import UNITS, Site

from pipeline.page import runs
from pipeline.page.access import Role

Asked = list[tuple[list[str], str]]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    """Command and title of each run that was asked for, none of which is started."""
    told: Asked = []

    def start(arguments: Any, title: str, visitor: Any, unit: str = "", given: Any = ()) -> Any:
        told.append((list(arguments), title))
        return runs.Run.objects.create(title=title, arguments=list(arguments), unit=unit)

    monkeypatch.setattr(runs, "start", start)
    return told


@pytest.mark.parametrize(
    "address, form, command",
    [
        ("check/", {}, "check --around=2"),
        ("letters/run/", {"action": "dry"}, "letters --dry-run"),
        ("letters/run/", {"action": "number"}, "letters"),
        ("letters/run/", {"action": "number", "skip": "1", "day": "2022-06-01"}, "letters --skip-bad-rows --date=2022-06-01"),
        ("letters/run/", {"action": "more", "unit": "东村镇", "count": "10"}, "letters --unit=东村镇 --count=10"),
        ("letters/run/", {"action": "more", "unit": "--engine", "count": "10"}, "letters --unit=--engine --count=10"),
        ("publications/bulletin/run/", {"period": "2022-06"}, "bulletin --month=2022-06"),
        ("publications/bulletin/run/", {"reason": "补报"}, "bulletin --revise --reason=补报"),
        ("publications/report/run/", {"period": "2022-Q2"}, "report --quarter=2022-Q2"),
        ("publications/month/run/", {"period": ""}, "month"),
        ("publications/lists/run/", {}, "lists"),
        (
            "publications/supervise/2022-06/decide/", {"action": "confirm", "unit": ["甲乡", "乙乡"]},
            "supervise --month=2022-06 --confirm=甲乡 --confirm=乙乡",
        ),
        (
            "publications/supervise/2022-06/decide/", {"action": "withdraw", "unit": "甲乡", "reason": "更正"},
            "supervise --month=2022-06 --withdraw=甲乡 --reason=更正",
        ),
        ("items/exchange/", {"action": "import"}, "items import"),
        ("items/exchange/", {"action": "export"}, "items export"),
        (
            "items/open/", {"unit": "甲乡", "kind": "诉求", "problem": "缺场地", "standard": "落实", "deadline": "2022-07-01"},
            "items open --unit=甲乡 --kind=诉求 --problem=缺场地 --standard=落实 --deadline=2022-07-01",
        ),
    ],
)  # fmt: skip
def test_a_button_is_a_command(
    site: Site, asked: Asked, address: str, form: dict[str, Any], command: str
) -> None:
    assert site.client().post(f"/{address}", form).status_code == 302
    assert [" ".join(arguments) for arguments, _ in asked] == [command]


@pytest.mark.parametrize("address", ["check/", "letters/run/", "publications/bulletin/run/", "items/open/"])
def test_looking_starts_nothing(site: Site, asked: Asked, address: str) -> None:
    assert site.client().get(f"/{address}").status_code == 405
    assert asked == []


def test_a_kind_that_there_is_not_cannot_be_made(site: Site, asked: Asked) -> None:
    assert site.client().post("/publications/register/run/").status_code == 404
    assert asked == []


def test_a_unit_sees_its_own_of_what_was_made(site: Site) -> None:
    batch = site.desk.root / "outputs" / "letters" / "2022-001"
    (batch / "各单位").mkdir(parents=True)
    for name in ("介绍信.pdf", "各单位/01-东村镇.pdf", "各单位/02-岚城镇.pdf"):
        (batch / name).write_bytes(b"%PDF")
    site.account("东村", Role.UNIT, UNITS[0])
    client = site.client("东村")
    shown = client.get("/letters/").content.decode()
    assert "01-东村镇.pdf" in shown and "02-岚城镇" not in shown and "介绍信.pdf" not in shown
    own = "letters/2022-001/各单位/01-东村镇.pdf"
    assert b"".join(client.get(f"/files/{own}").streaming_content) == b"%PDF"  # type: ignore[attr-defined]
    for name in (
        "letters/2022-001/各单位/02-岚城镇.pdf", "letters/2022-001/介绍信.pdf",
        "letters/2022-001/各单位/01-x/../02-岚城镇.pdf", "letters/2022-001/各单位/01-东村镇.pdf/../../介绍信.pdf",
    ):  # fmt: skip
        assert client.get(f"/files/{name}").status_code == 404
        assert client.get(f"/picture/{name}").status_code == 404
