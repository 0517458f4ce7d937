"""The dispatch sheet of the example county's June, by the bulletins that were published; people are made up."""

import hashlib
import json
import math
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook
from support.desk import Desk
from support.paper import page_count, poppler_text
from support.reading.founded import unfounded

from pipeline.adapters.archive import Archive
from pipeline.domain.documents import Data
from pipeline.domain.records.dispatch.matters import HEADERS
from pipeline.reports.dispatch.content import Content
from pipeline.reports.dispatch.documents import documents
from pipeline.workspace import open_workspace

MONTH = "2022-06"
ASKED = ["堵点类别", "堵点", "需协调事项", "下月措施", "完成时限"]


@pytest.fixture(scope="module")
def told(bulletins: Desk, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Six bulletins and June's sheet; not to be changed."""
    desk = bulletins.copy(tmp_path_factory.mktemp("dispatch") / "岚县")
    outcome = desk.run("dispatch", "--json")
    assert outcome.code == 0 and outcome.json["folders"] == [str(folder(desk))]
    assert outcome.json["closing"].startswith("2022年6月调度表已出：第1次，全县还差")
    return desk


def folder(desk: Desk) -> Path:
    return desk.outputs / "dispatch" / MONTH


def sheet(desk: Desk) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder(desk) / "dispatch.json").read_text(encoding="utf-8"))
    return found


def bulletin(desk: Desk, month: str = MONTH) -> dict[str, Any]:
    path = desk.outputs / "bulletin" / month / "figures.json"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def digests(desk: Desk) -> dict[str, str]:
    return {
        path.relative_to(folder(desk)).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder(desk).rglob("*"))
        if path.is_file()
    }


def test_figures_are_those_of_the_bulletin_and_what_follows_from_them(told: Desk) -> None:
    found, june = sheet(told), bulletin(told)
    months = [bulletin(told, f"2022-0{month}") for month in (4, 5, 6)]
    assert (found["month"], found["as_of"], found["months_left"]) == (MONTH, "2022-06-30", 6)
    assert len(found["units"]) == 26
    for own, printed in zip(found["units"], june["units"], strict=True):
        for name in ("code", "name", "group", "target", "net", "completion_rate", "lead", "band", "rank"):
            assert own[name] == printed[name]
        place = june["units"].index(printed)
        recent = Fraction(sum(month["units"][place]["net_month"] for month in months), 3)
        assert math.isclose(own["recent_average"], recent, abs_tol=1e-9)
        assert own["gap"] == own["target"] - own["net"]
        assert own["gap_to_pace"] == math.ceil(Fraction(own["target"], 2)) - own["net"]
        assert own["needed_per_month"] == max(math.ceil(Fraction(own["gap"], 6)), 0)
        assert own["projected"] == math.floor(own["net"] + 6 * recent + Fraction(1, 2))
        assert own["hard"] is (own["needed_per_month"] >= 2 * max(recent, 1))
        assert own["open_items"] == own["overdue_items"] == 0
    assert found["county"]["net"] == june["county"]["net"] == 1128


def test_the_county_s_workbook_is_locked_but_for_what_units_fill_in(told: Desk) -> None:
    table = load_workbook(folder(told) / "调度表.xlsx").active
    assert table.protection.sheet and table.max_row == 2 + 26 + 4
    headers = [cell.value for cell in table[2]]
    assert headers[-5:] == ASKED and headers[-8:-5] == ["未销号", "其中逾期", "月份"]
    for row in table.iter_rows(min_row=3):
        assert [cell.protection.locked for cell in row] == [True] * 16 + [False] * 5
    names = [row[1].value for row in table.iter_rows(min_row=3)]
    assert names[9] == "乡镇小计" and names[-3:] == ["县直小计", "未归属", "合计"]


def test_each_unit_has_a_workbook_of_its_own_line(told: Desk) -> None:
    units = sheet(told)["units"]
    files = sorted((folder(told) / "各单位").iterdir())
    assert [path.stem for path in files] == [f"{each['code']}-{each['name']}" for each in units]
    for path, each in zip(files, units, strict=True):
        table = load_workbook(path).active
        [row] = table.iter_rows(min_row=3, values_only=True)
        assert (row[1], row[2], row[3]) == (each["name"], str(each["target"]), str(each["net"]))


def test_the_secretary_gets_a_form_for_what_is_agreed_upon(told: Desk) -> None:
    table = load_workbook(folder(told) / "议定事项.xlsx").active
    assert table["A1"].value == "岚县2022年第1次调度会议定事项"
    assert [cell.value for cell in table[2]] == list(HEADERS.values())
    assert [table.cell(row, 1).value for row in (3, 4, 22)] == ["1-1", "1-2", "1-20"] and table.max_row == 22
    assert not table.protection.sheet


def test_the_paper_says_every_line_and_stays_on_two_pages(told: Desk) -> None:
    pdf = folder(told) / "调度表.pdf"
    text = "".join(poppler_text(pdf).split())
    assert page_count(pdf) == 2 and "岚县2022年6月个体工商户培育工作调度表" in text
    table = Document(folder(told) / "调度表.docx").tables[0]
    assert len(table.rows) == 1 + 26 + 4
    for each in sheet(told)["units"]:
        assert each["name"] in text
    hard = [each["name"] for each in sheet(told)["units"] if each["hard"]]
    assert hard and f"的有{len(hard)}个单位：{'、'.join(hard)}。" in text


def test_the_same_again_is_the_same_to_the_byte_and_what_was_changed_is_told(
    told: Desk, tmp_path: Path
) -> None:
    desk, before = told.copy(tmp_path / "岚县"), digests(told)
    (folder(desk) / "dispatch.json").write_text("{}", encoding="utf-8")
    outcome = desk.run("register", "check")
    assert outcome.code == 6 and "dispatch.json 被改动" in outcome.err
    outcome = desk.run("dispatch", "--month", MONTH)
    assert outcome.code == 0 and digests(desk) == before
    assert desk.run("register", "check").code == 0


def test_a_sheet_is_revised_with_a_reason_that_it_prints(told: Desk, tmp_path: Path) -> None:
    desk = told.copy(tmp_path / "岚县")
    outcome = desk.run("dispatch", "--month", MONTH, "--revise", "--reason", "会议改期")
    assert outcome.code == 0 and "2022年6月调度表（更正）已出：第1次" in outcome.out
    assert "更正：会议改期" in poppler_text(folder(desk) / "调度表.pdf")


def test_a_month_without_a_bulletin_has_no_sheet(told: Desk, tmp_path: Path) -> None:
    desk = told.copy(tmp_path / "岚县")
    outcome = desk.run("dispatch", "--month", "2022-07", "--json")
    assert outcome.code == 3 and [each["code"] for each in outcome.json["problems"]] == ["missing-bulletin"]
    assert not (desk.outputs / "dispatch" / "2022-07").exists()


def test_groups_and_what_is_nobody_s_are_those_of_the_bulletin(told: Desk) -> None:
    found, months = sheet(told), [bulletin(told, f"2022-0{month}") for month in (4, 5, 6)]
    june, before = months[-1], {each["code"]: each["rank"] for each in months[-2]["units"]}
    for own in found["groups"]:
        target, net, *nets = (
            sum(each[name] for each in one["units"] if each["group"] == own["group"])
            for one, name in ((june, "target"), (june, "net"), *((each, "net_month") for each in months))
        )
        recent = Fraction(sum(nets), 3)
        assert (own["target"], own["net"], own["gap"]) == (target, net, target - net)
        assert own["gap_to_pace"] == math.ceil(Fraction(target, 2)) - net
        assert own["needed_per_month"] == math.ceil(Fraction(target - net, 6))
        assert own["projected"] == math.floor(net + 6 * recent + Fraction(1, 2))
    assert [each["group"] for each in found["groups"]] == ["乡镇", "县直"]
    assert found["unattributed"] == {"net": june["unattributed"]["net"]}
    ranks = {each["code"]: each["rank"] for each in june["units"]}
    assert [each["places_gained"] for each in found["units"]] == [
        before[code] - rank for code, rank in ranks.items()
    ]


def test_every_number_on_paper_is_in_the_data(told: Desk) -> None:
    assert unfounded(folder(told)) == []


def test_a_sheet_that_was_kept_before_its_data_had_groups_is_made_again_as_it_was(told: Desk) -> None:
    archive = Archive(open_workspace(told.root).publications)
    plain = archive.of_kind("dispatch")[MONTH].content
    for name in ("pace", "recent_months", "groups", "unattributed", "hard_units", "items"):
        del plain["figures"][name]
    *_, data = documents(Content.from_plain(plain))
    assert isinstance(data, Data) and data.content == plain["figures"]
