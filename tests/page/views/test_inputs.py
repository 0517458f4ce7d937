"""Tables through the browser: dropped, asked about, taken out, looked at; to each his own."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from support.page import UNITS, Site

from pipeline.page.access import Role

Drop = Callable[..., list[dict[str, object]]]


@pytest.fixture
def inputs(site: Site) -> Path:
    return site.desk.root / "inputs"


def dropped(client: Client, name: str, content: bytes = b"a", path: str | None = None) -> dict[str, object]:
    """What the script is told of one file."""
    data = {"file": SimpleUploadedFile(name, content)} | ({"path": path} if path is not None else {})
    answer = client.post("/inputs/drop/", data, headers={"accept": "application/json"})
    assert answer.status_code == 200, answer.content.decode()
    [told] = answer.json()["files"]
    return dict(told)


def test_a_dropped_folder_s_path_is_kept(site: Site, inputs: Path) -> None:
    told = dropped(site.client(), "名单.xlsx", b"a", "六月/东村/名单.xlsx")
    assert told == {
        "name": "六月/东村/名单.xlsx",
        "kept": True,
        "asks": False,
        "text": "六月/东村/名单.xlsx：收下了。",
    }
    assert (inputs / "六月/东村/名单.xlsx").read_bytes() == b"a"


def test_a_form_without_script_takes_several_and_tells_them_on_the_next_page(
    site: Site, inputs: Path
) -> None:
    files = [SimpleUploadedFile("甲.xlsx", b"a"), SimpleUploadedFile("~$乙.xlsx", b"b")]
    shown = site.client().post("/inputs/drop/", {"file": files}, follow=True).content.decode()
    assert "甲.xlsx：收下了。" in shown and "“~$乙.xlsx”是临时文件" in shown
    assert (inputs / "甲.xlsx").is_file() and not (inputs / "~$乙.xlsx").exists()


def test_nothing_chosen_is_told(site: Site) -> None:
    assert "没有选表格" in site.client().post("/inputs/drop/", {}, follow=True).content.decode()


@pytest.mark.parametrize("answer, left, history", [("replace", b"new", [b"old"]), ("keep", b"old", [])])
def test_one_of_the_same_name_waits_for_an_answer(
    site: Site, inputs: Path, answer: str, left: bytes, history: list[bytes]
) -> None:
    client = site.client()
    dropped(client, "名单.xlsx", b"old")
    told = dropped(client, "名单.xlsx", b"new")
    assert told["asks"] and (inputs / "名单.xlsx").read_bytes() == b"old"
    assert "要替换吗" in client.get("/inputs/").content.decode()

    client.post("/inputs/asked/1/", {"answer": answer})

    assert (inputs / "名单.xlsx").read_bytes() == left
    assert [path.read_bytes() for path in inputs.glob("历史/**/*.xlsx")] == history
    assert "要替换吗" not in client.get("/inputs/").content.decode()
    assert list((site.desk.root / "page" / "incoming").iterdir()) == []


def test_who_drops_it_once_more_is_asked_once_and_of_the_last(site: Site, inputs: Path) -> None:
    client = site.client()
    for content in (b"old", b"new", b"newer"):
        dropped(client, "名单.xlsx", content)
    shown = client.get("/inputs/").content.decode()
    assert shown.count('aria-label="替换 ') == 1
    assert len(list((site.desk.root / "page" / "incoming").iterdir())) == 1

    client.post("/inputs/asked/2/", {"answer": "replace"})

    assert (inputs / "名单.xlsx").read_bytes() == b"newer"


def test_each_who_drops_one_of_that_name_is_asked(site: Site) -> None:
    for name in ("甲", "乙"):
        dropped(site.account(name, Role.OFFICE), "单位名录.xlsx", name.encode())
    assert site.client("甲").get("/inputs/").content.decode().count('aria-label="替换 ') == 2


def test_a_table_is_taken_out_into_the_history(site: Site, inputs: Path) -> None:
    client = site.client()
    dropped(client, "名单.xlsx", b"old")
    shown = client.post("/inputs/remove/名单.xlsx", follow=True).content.decode()
    assert "拿出来了" in shown and not (inputs / "名单.xlsx").exists()
    assert len(list(inputs.glob("历史/*/名单.xlsx"))) == 1


@pytest.mark.parametrize("name", ["../pipeline.toml", "历史/../../pipeline.toml", "没有.xlsx"])
def test_only_what_is_a_table_below_inputs_is_handed_out(site: Site, name: str) -> None:
    assert site.client().get(f"/inputs/file/{name}").status_code == 404
    assert site.client().post(f"/inputs/remove/{name}", follow=True).status_code == 404
    assert (site.desk.root / "pipeline.toml").is_file()


def test_it_is_handed_out_as_it_came(site: Site) -> None:
    client = site.client()
    dropped(client, "名单.xlsx", b"\x00raw")
    answer = client.get("/inputs/file/名单.xlsx")
    assert BytesIO(b"".join(answer.streaming_content)).getvalue() == b"\x00raw"  # type: ignore[attr-defined]


def test_a_unit_drops_into_its_own_folder_and_sees_nothing_else(site: Site, inputs: Path) -> None:
    site.account("东村", Role.UNIT, UNITS[0])
    site.account("岚城", Role.UNIT, UNITS[1])
    east, west = site.client("东村"), site.client("岚城")
    dropped(east, "名单.xlsx", b"east")
    dropped(west, "名单.xlsx", b"west")

    assert (inputs / "单位/01/名单.xlsx").read_bytes() == b"east"
    shown = east.get("/inputs/").content.decode()
    assert "单位/01/名单.xlsx" in shown and "单位/02" not in shown and "任务分解表" not in shown
    assert b"".join(east.get("/inputs/file/单位/01/名单.xlsx").streaming_content) == b"east"  # type: ignore[attr-defined]
    for name in ("单位/02/名单.xlsx", "任务分解表.xlsx", "单位/01/../02/名单.xlsx"):
        assert east.get(f"/inputs/file/{name}").status_code == 404
        assert east.post(f"/inputs/remove/{name}").status_code == 404


def test_a_unit_answers_for_its_own_waiting_file_only(site: Site, inputs: Path) -> None:
    site.account("东村", Role.UNIT, UNITS[0])
    site.account("岚城", Role.UNIT, UNITS[1])
    east, west = site.client("东村"), site.client("岚城")
    for content in (b"old", b"new"):
        dropped(east, "名单.xlsx", content)
    assert west.post("/inputs/asked/1/", {"answer": "replace"}).status_code == 404
    assert (inputs / "单位/01/名单.xlsx").read_bytes() == b"old"
    assert east.post("/inputs/asked/1/", {"answer": "replace"}).status_code == 302
    assert (inputs / "单位/01/名单.xlsx").read_bytes() == b"new"


def test_an_auditor_looks_and_changes_nothing(site: Site) -> None:
    site.account("审计", Role.AUDITOR)
    client = site.client("审计")
    assert "任务分解表" in client.get("/inputs/").content.decode()
    data = {"file": SimpleUploadedFile("名单.xlsx", b"a")}
    assert client.post("/inputs/drop/", data).status_code == 403


def test_what_somebody_else_has_just_taken_out_is_not_listed(
    site: Site, inputs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = {"没有.xlsx": inputs / "没有.xlsx", "单位名录.xlsx": inputs / "单位名录.xlsx"}
    monkeypatch.setattr("pipeline.page.views.inputs.input_files", lambda _: gone)

    shown = site.client().get("/inputs/").content.decode()
    assert "单位名录.xlsx" in shown and "没有.xlsx" not in shown
    assert site.client().get("/inputs/file/没有.xlsx").status_code == 404


def test_an_answer_comes_too_late(site: Site, inputs: Path) -> None:
    client = site.client()
    for content in (b"old", b"new"):
        dropped(client, "名单.xlsx", content)
    for waiting in (site.desk.root / "page" / "incoming").iterdir():
        waiting.unlink()

    shown = client.post("/inputs/asked/1/", {"answer": "replace"}, follow=True).content.decode()
    assert "已经有人办过了" in shown and "要替换吗" not in shown
    assert (inputs / "名单.xlsx").read_bytes() == b"old"
