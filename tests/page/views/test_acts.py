"""Buttons: each is a command with what the form says, and nothing of a form becomes another option."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from support.page import UNITS, Site, samples

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
        ("letters/run/", {"action": "number"}, "letters"),
        ("letters/run/", {}, "letters --dry-run"),
        ("letters/run/", {"skip": "1", "day": "2022-06-01"}, "letters --dry-run --skip-bad-rows --date=2022-06-01"),
        ("letters/run/", {"unit": "东村镇", "count": "10"}, "letters --dry-run --unit=东村镇 --count=10"),
        ("letters/run/", {"unit": "--engine", "count": "10"}, "letters --dry-run --unit=--engine --count=10"),
        ("publications/bulletin/run/", {"period": "2022-06"}, "bulletin --month=2022-06"),
        ("publications/bulletin/run/", {"reason": "补报"}, "bulletin --revise --reason=补报"),
        (
            "publications/report/run/", {"period": "2022-Q2", "reason": "差1户", "leave": "yes"},
            "report --quarter=2022-Q2 --leave --reason=差1户",
        ),
        (
            "publications/report/run/", {"period": "2022-Q2", "reason": " ", "leave": "yes"},
            "report --quarter=2022-Q2 --leave --reason=",
        ),
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
    answer = site.client().get(f"/{address}")
    assert (answer.status_code, answer["Allow"], asked) == (405, "POST", [])
    assert "这里只办按钮交来的" in answer.content.decode() and "回首页" in answer.content.decode()


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


def test_issuing_for_nobody_and_withdrawing_without_a_reason_start_nothing(site: Site, asked: Asked) -> None:
    client = site.client()
    for form in ({"action": "confirm"}, {"action": "withdraw", "unit": "甲乡"}):
        assert client.post("/publications/supervise/2022-06/decide/", form).status_code == 302
    assert asked == []


def test_what_one_unit_lists_wrong_need_not_hold_up_another_s_blank_letters(site: Site, asked: Asked) -> None:
    client = site.client()
    more = client.get("/letters/").content.decode().partition("加印")[2]
    assert 'name="skip"' in more
    client.post("/letters/run/", {"unit": "东村镇", "count": "10", "skip": "1"})
    assert asked[0][0] == ["letters", "--dry-run", "--unit=东村镇", "--count=10", "--skip-bad-rows"]


def test_evidence_of_one_name_is_kept_each_time(site: Site, asked: Asked) -> None:
    key = samples.SAMPLES["key"](site)
    files = [SimpleUploadedFile("照片.jpg", content) for content in (b"1", b"2", b"3", b"1")]
    site.client().post(f"/items/{key}/progress/", {"reason": "进展", "evidence": files})
    [(arguments, _)] = asked
    kept = [each.removeprefix("--evidence=") for each in arguments if each.startswith("--evidence=")]
    folder = site.desk.root / "inputs" / "佐证"
    assert [(folder / name).read_bytes() for name in kept] == [b"1", b"2", b"3", b"1"]
    assert list((site.desk.root / "page" / "incoming").iterdir()) == []


def test_who_reviews_an_item_sees_its_evidence_and_its_unit_does(site: Site) -> None:
    name = samples.SAMPLES["item-evidence name"](site)
    key = samples.SAMPLES["key"](site)
    (site.desk.root / "inputs" / "佐证" / key / "别的.jpg").write_bytes(b"not put forward")
    browsers = site.everybody()
    for who in ("office", "auditor", "own"):
        assert f'<a href="/items/{key}/evidence/' in browsers[who].get(f"/items/{key}/").content.decode()
        handed = browsers[who].get(f"/items/{key}/evidence/{name}")
        assert b"".join(handed.streaming_content).startswith(b"%PDF-")  # type: ignore[attr-defined]
    assert browsers["other"].get(f"/items/{key}/evidence/{name}").status_code == 404
    for unsaid in (f"{key}/别的.jpg", f"{key}/../{name}", "../单位名录.xlsx", ""):
        assert browsers["own"].get(f"/items/{key}/evidence/{unsaid}").status_code == 404


def test_evidence_for_an_item_that_there_is_not_is_not_kept(site: Site, asked: Asked) -> None:
    data = {"reason": "进展", "evidence": SimpleUploadedFile("照片.jpg", b"1")}
    assert site.client().post("/items/2022-0009/progress/", data).status_code == 404
    assert asked == [] and not (site.desk.root / "inputs" / "佐证").exists()


def test_what_cannot_be_read_now_is_told_in_its_own_words(site: Site) -> None:
    (site.desk.root / "inputs").rename(site.desk.root / "别处")
    answer = site.client().get("/inputs/")
    assert answer.status_code == 503 and "inputs 文件夹" in answer.content.decode()
