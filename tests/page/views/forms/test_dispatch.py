"""调度 on the page: a unit's cells, held against the rules of the workbook, kept as the workbook; the office sees them all."""

import html
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from openpyxl import load_workbook
from support.desk import settle
from support.page import UNITS, Site
from support.page.samples import SAMPLES, dispatch_sheet

from pipeline.adapters.archive import Archive
from pipeline.adapters.workbook import write_tables
from pipeline.domain.documents import Workbook
from pipeline.domain.records.dispatch.returned import RETURNED, Written
from pipeline.intake import read_inputs
from pipeline.page.access import Role
from pipeline.reports.dispatch import DISPATCH, issued_sheets
from pipeline.reports.dispatch.documents import documents
from pipeline.workspace import open_workspace

SAID = {
    "c0-16": "场地", "c0-17": "市场没有完工", "c0-18": "=请县住建局协调，\r\n东区先行启用", "c0-19": "上门登记", "c0-20": "2022-07-31",
}  # fmt: skip
FILE = "单位/01/调度表-2022-06.xlsx"
NEW = "调度表-2022-06.xlsx "
"""What a form says that was opened before anything was handed in."""


@pytest.fixture
def issued(site: Site) -> Site:
    """June's sheet is issued."""
    SAMPLES["dispatch-unit unit"](site)
    for table in (site.desk.root / "inputs").iterdir():
        settle(table)
    return site


@pytest.fixture
def unit(issued: Site) -> Client:
    """东村镇."""
    return issued.account("dongcun", Role.UNIT, UNITS[0])


def told(answer: object) -> str:
    """What a page says, tags and white space left out."""
    main = answer.content.decode().partition("<main")[2]  # type: ignore[attr-defined]
    return html.unescape("".join(re.sub("<[^>]*>", " ", main).split()))


def field(page: str, name: str) -> str:
    """What stands in a field."""
    found = re.search(rf'<textarea id="{name}"[^>]*>([^<]*)<', page) or re.search(
        rf'<input id="{name}"[^>]* value="([^"]*)"', page
    )
    if found is None:
        found = re.search(rf'<select id="{name}".*?<option selected>([^<]*)<', page, re.DOTALL)
    return html.unescape(found[1]) if found else ""


def hand_in(client: Client, said: Mapping[str, object], unit: str = "01") -> str:
    """A form as it was opened, filled in and sent off; where it leads, what is said."""
    page = client.get(f"/dispatch/{unit}/").content.decode()
    seen = re.search(r'name="seen" value="([^"]*)"', page)
    assert seen
    return told(client.post(f"/dispatch/{unit}/send/", {"seen": seen[1], **said}, follow=True))


def written(site: Site) -> list[Written]:
    """What the command would find."""
    workspace = open_workspace(site.desk.root)
    sheets = issued_sheets(Archive(workspace.publications).each_of(DISPATCH.name))
    intake = read_inputs(workspace, date(2022, 7, 5), (RETURNED,), sheets=sheets)
    return list(intake.said(RETURNED))


def history(site: Site) -> list[str]:
    return sorted(path.name for path in (site.desk.root / "inputs").glob("历史/**/*.xlsx"))


def own_workbook(path: Path) -> Path:
    """The workbook that 东村镇 has got."""
    [book] = [
        each
        for each in documents(dispatch_sheet())
        if isinstance(each, Workbook) and each.name == "01-东村镇"
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    write_tables(path, book.sheets, dispatch_sheet().at)
    return path


def drop(site: Site, name: str, cells: Mapping[str, str], folder: str = "单位/01") -> None:
    """The workbook, filled in by an office program and dropped."""
    path = own_workbook(site.desk.root / "inputs" / folder / name)
    book = load_workbook(path)
    for place, value in cells.items():
        book.active[place] = value
    book.save(path)
    settle(path)


def test_what_a_unit_types_is_found_as_a_dropped_workbook_is(issued: Site, unit: Client) -> None:
    assert "2022年6月的调度表交了。" in hand_in(unit, SAID)
    [typed] = written(issued)
    assert str(typed.source) == f"{FILE} › 调度表 › 第3行" and typed.unit.code == "01"
    assert typed.said.request == "=请县住建局协调，东区先行启用" and typed.said.deadline == date(2022, 7, 31)
    (issued.desk.root / "inputs" / FILE).unlink()
    drop(issued, "x.xlsx", {"Q3": "场地", "R3": "市场没有完工", "T3": "上门登记", "U3": "2022-07-31"})
    load = load_workbook(issued.desk.root / "inputs/单位/01/x.xlsx")
    load.active["S3"].value, load.active["S3"].data_type = SAID["c0-18"], "s"
    load.save(issued.desk.root / "inputs/单位/01/x.xlsx")
    assert [each.said for each in written(issued)] == [typed.said]


def test_a_form_left_blank_is_the_issued_workbook_to_the_byte(
    issued: Site, unit: Client, tmp_path: Path
) -> None:
    assert "五栏都空着，算没有要说的。" in hand_in(unit, dict.fromkeys(SAID, ""))
    kept = issued.desk.root / "inputs" / FILE
    assert kept.read_bytes() == own_workbook(tmp_path / "x.xlsx").read_bytes()
    assert written(issued) == [] and "交了，没有填" in told(unit.get("/dispatch/01/"))


def test_the_form_shows_what_was_handed_in_last_and_changes_it(issued: Site, unit: Client) -> None:
    hand_in(unit, SAID)
    page = unit.get("/dispatch/01/").content.decode()
    assert [field(page, name) for name in SAID] == [
        "场地", "市场没有完工", "=请县住建局协调，东区先行启用", "上门登记", "2022-07-31",
    ]  # fmt: skip
    hand_in(unit, SAID | {"c0-17": "完工了"})
    assert [each.said.obstacle for each in written(issued)] == ["完工了"]
    assert history(issued) == ["调度表-2022-06.xlsx"]
    assert list((issued.desk.root / "page" / "incoming").iterdir()) == []


def test_a_new_month_begins_with_what_was_said_of_the_last(issued: Site, unit: Client) -> None:
    hand_in(unit, SAID)
    archive = Archive(open_workspace(issued.desk.root).publications)
    archive.keep(archive.drafted(DISPATCH.name, "2022-07", dispatch_sheet("2022-07").to_plain(), {}))
    page = unit.get("/dispatch/01/").content.decode()
    assert "2022年7月调度表" in page and "没有交" in page and "下面是2022年6月填的" in page
    assert field(page, "c0-17") == "市场没有完工"
    hand_in(unit, SAID | {"c0-17": "七月的"})
    assert {each.month.name: each.said.obstacle for each in written(issued)} == {
        "2022-06": "市场没有完工",
        "2022-07": "七月的",
    }


@pytest.mark.parametrize(
    "name, text, advice",
    [
        ("c0-16", "土地", "没有“土地”这一类"),
        ("c0-17", "字" * 201, "有201个字，最多200个字。请写成一两句话。"),
        ("c0-18", "字" * 40_000, "最多200个字。请写成一两句话。"),
        ("c0-20", "月底", "请写成 2022-06-02 的样子。"),
    ],
)
def test_a_cell_is_held_against_the_workbook_s_rules_and_nothing_is_kept(
    issued: Site, unit: Client, name: str, text: str, advice: str
) -> None:
    answer = unit.post("/dispatch/01/send/", SAID | {"seen": NEW, name: text})
    page = answer.content.decode()
    assert "还没有交" in told(answer)
    [at_field] = re.findall(rf'id="{name}-advice">([^<]*)<', page)
    assert advice in html.unescape(at_field) and page.count('class="advice"') == 1
    assert field(page, "c0-19") == "上门登记"  # nothing has to be typed again
    assert not (issued.desk.root / "inputs" / FILE).exists()
    assert list((issued.desk.root / "page" / "incoming").iterdir()) == []


def test_a_dropped_workbook_and_the_form_never_take_each_other_s_place_unasked(
    issued: Site, unit: Client
) -> None:
    drop(issued, "01-东村镇.xlsx", {"R3": "放入的"})
    page = unit.get("/dispatch/01/").content.decode()
    assert field(page, "c0-17") == "放入的" and "交了（" in page
    asked = hand_in(unit, SAID)
    assert "还没有交" in asked and "把单位/01/01-东村镇.xlsx移到inputs/历史" in asked
    assert [each.said.obstacle for each in written(issued)] == ["放入的"] and history(issued) == []

    other = hand_in(unit, SAID | {"instead": "任务分解表.xlsx"})
    assert "还没有交" in other and (issued.desk.root / "inputs" / "任务分解表.xlsx").exists()
    assert "交了" in hand_in(unit, SAID | {"instead": "单位/01/01-东村镇.xlsx"})
    assert [each.said.obstacle for each in written(issued)] == ["市场没有完工"]
    assert history(issued) == ["01-东村镇.xlsx"]


def test_a_workbook_dropped_after_the_form_is_asked_about(issued: Site, unit: Client) -> None:
    hand_in(unit, SAID)
    drop(issued, "01-东村镇.xlsx", {"R3": "放入的"})
    page = unit.get("/dispatch/01/")
    assert "有要改的" in told(page) and "另外放入的表，填的和这里不一样" in told(page)
    assert field(page.content.decode(), "c0-17") == "市场没有完工"
    assert "有要改的" in told(issued.client("dongcun").get("/dispatch/01/"))


def test_what_two_people_of_a_unit_type_at_once_is_not_lost(issued: Site, unit: Client) -> None:
    first = unit.post("/dispatch/01/send/", SAID | {"seen": NEW})
    second = unit.post("/dispatch/01/send/", SAID | {"seen": NEW, "c0-17": "另一个人"})
    assert first.status_code == 302 and "又交过一次" in told(second)
    assert field(second.content.decode(), "c0-17") == "另一个人" and "市场没有完工" in told(second)
    assert [each.said.obstacle for each in written(issued)] == ["市场没有完工"]


def test_what_was_typed_for_one_month_is_not_taken_for_the_next(issued: Site, unit: Client) -> None:
    archive = Archive(open_workspace(issued.desk.root).publications)
    archive.keep(archive.drafted(DISPATCH.name, "2022-07", dispatch_sheet("2022-07").to_plain(), {}))
    answer = unit.post("/dispatch/01/send/", SAID | {"seen": NEW})
    assert "出了新的一期" in told(answer) and written(issued) == []
    assert field(answer.content.decode(), "c0-17") == "市场没有完工"


def test_the_office_sees_who_has_handed_in_and_what(issued: Site, unit: Client) -> None:
    hand_in(unit, SAID)
    office, auditor = issued.account("office", Role.OFFICE), issued.account("shenji", Role.AUDITOR)
    for client in (office, auditor):
        page = told(client.get("/dispatch/"))
        assert "3个单位，交了1个；没有交的：普明镇、县民政局。" in page and "市场没有完工" in page
    assert (
        "把" not in told(auditor.get("/dispatch/01/"))
        and 'name="c0-17"' not in auditor.get("/dispatch/01/").content.decode()
    )
    assert "市场没有完工" in told(auditor.get("/dispatch/01/"))
    assert auditor.post("/dispatch/01/send/", SAID).status_code == 403
    assert "交了" in hand_in(office, SAID, "02")  # for a unit that telephones
    drop(issued, "x.xlsx", {"C3": "9999", "R3": "堵"}, "单位/03")
    assert "3个单位，交了2个；有要改的：县民政局。" in told(office.get("/dispatch/"))


def test_a_unit_comes_to_its_own_and_nowhere_else(issued: Site, unit: Client) -> None:
    assert unit.get("/dispatch/").headers["Location"] == "/dispatch/01/"
    for unit_code in ("02", "99"):
        assert unit.get(f"/dispatch/{unit_code}/").status_code == 404
        assert unit.post(f"/dispatch/{unit_code}/send/", SAID).status_code == 404
    assert written(issued) == []


def test_what_is_no_form_of_ours_hands_nothing_in(issued: Site, unit: Client) -> None:
    assert unit.post("/dispatch/01/send/", {"seen": NEW}).status_code == 400
    assert unit.get("/dispatch/01/send/").status_code == 405
    assert not (issued.desk.root / "inputs" / FILE).exists()


def test_without_a_plan_nothing_is_taken(issued: Site, unit: Client) -> None:
    (issued.desk.root / "inputs" / "单位名录.xlsx").unlink()
    answer = unit.post("/dispatch/01/send/", SAID | {"seen": NEW})
    assert (
        "现在核对不了，没有收" in told(answer) and field(answer.content.decode(), "c0-17") == "市场没有完工"
    )
    assert not (issued.desk.root / "inputs" / FILE).exists()


def test_before_the_first_sheet_there_is_nothing_to_fill_in(site: Site) -> None:
    assert "还没有出过调度表" in told(site.client().get("/dispatch/"))
    assert "还没有出过调度表" in told(site.client().get("/dispatch/01/"))
    assert site.client().post("/dispatch/01/send/", SAID).status_code == 302


def test_a_sheet_of_last_year_is_over(site: Site) -> None:
    archive = Archive(open_workspace(site.desk.root).publications)
    archive.keep(archive.drafted(DISPATCH.name, "2021-12", dispatch_sheet("2021-12").to_plain(), {}))
    assert "还没有出过调度表" in told(site.client().get("/dispatch/"))
