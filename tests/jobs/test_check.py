"""``check`` on files whose names other systems made: told under a name that a clerk can search for, copied under one that fits."""

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook
from support.desk import Desk, settle, write_sheet
from support.inputs import locks
from support.inputs.lists import HEADER, PEOPLE, write_list

from pipeline.jobs.check import _names
from pipeline.to_json import print_object


def in_gbk(name: str) -> str:
    return name.encode("gbk").decode("utf-8", "surrogateescape")


def test_a_list_named_in_gbk_is_told_read_and_copied_under_its_name(desk: Desk) -> None:
    write_list(desk, in_gbk("普明镇名单.xlsx"), PEOPLE[1:3], 联系方式="1")
    outcome = desk.run("check", "--json")
    assert outcome.code == 3 and outcome.out.encode().decode() == outcome.out
    [problem] = outcome.json["problems"]
    assert (problem["file"], problem["code"]) == ("普明镇名单.xlsx", "bad-phone")
    assert [notice["code"] for notice in outcome.json["notices"]] == ["unit-by-place"]
    assert [Path(copy).name for copy in outcome.json["copies"]] == ["普明镇名单-已标注.xlsx"]
    assert "普明镇名单.xlsx" in desk.run("check").said


def test_the_rows_around_what_is_wrong_are_told_when_they_are_asked_for(desk: Desk) -> None:
    write_list(desk, "普明镇名单.xlsx", PEOPLE[1:5], 联系方式="13800")
    outcome = desk.run("check", "--json", "--around", "1")
    assert (outcome.code, outcome.json["exit_code"]) == (3, 3) and "1处问题" in outcome.json["closing"]
    [problem] = outcome.json["problems"]
    assert (problem["row"], problem["place"], problem["around"]) == (6, 4, [5, 6])
    [table] = outcome.json["tables"]
    assert (table["file"], table["sheet"], table["header"]) == ("普明镇名单.xlsx", "Sheet1", 2)
    assert table["columns"][3] == {"place": 4, "column": "D", "name": "联系方式"}
    rows = {row["row"]: row["cells"] for row in table["rows"]}
    assert list(rows) == [1, 2, 5, 6], "that no column names the unit is told of the sheet as a whole"
    cells = rows[6]
    assert cells[1] == PEOPLE[4].name and cells[3] == problem["value"] == "138…（5位）"
    for who in PEOPLE:
        assert who.id_no not in outcome.out and who.phone not in outcome.out
    plain = desk.run("check", "--json").json
    assert plain["tables"] == [] and "around" not in plain["problems"][0]


def test_what_systems_and_browsers_leave_behind_stops_nothing(desk: Desk) -> None:
    for name in ("desktop.ini", "@eaDir/名单.xlsx@SynoEAStream", "名单.xlsx.crdownload"):
        path = write_sheet(desk.root / "inputs" / f"{name}.xlsx", [HEADER])
        path.rename(desk.root / "inputs" / name)
    outcome = desk.run("check", "--json")
    assert outcome.code == 0, outcome
    assert [(notice["file"], notice["code"]) for notice in outcome.json["notices"]] == [
        ("名单.xlsx.crdownload", "half-downloaded")
    ]
    assert desk.run("letters", "--dry-run").code == 0


@pytest.mark.parametrize(
    "name",
    [
        "单" * 82 + ".xlsx",
        "a" * 250 + ".xlsx",
        in_gbk("单" * 120 + ".xlsx"),
        in_gbk("夹" * 120) + "/名单.xlsx",
    ],
)
def test_a_name_as_long_as_can_be_still_gets_its_marked_copy(desk: Desk, name: str) -> None:
    write_list(desk, name, [PEOPLE[1]], 联系方式="1")
    found = desk.run("check", "--json")
    assert found.code == 3 and {problem["code"] for problem in found.json["problems"]} == {
        "bad-phone",
        "empty-cell",
    }
    [copy] = found.json["copies"]
    assert Path(copy).exists() and copy.endswith("-已标注.xlsx")


def test_copies_of_long_names_that_begin_alike_are_told_apart() -> None:
    files = [f"{'长' * 80}{end}.xlsx" for end in "甲乙丙"] + ["夹/名单.xlsx", "夹/名单.csv"]
    names = _names(files)
    assert len(set(names.values())) == 5 and all(len(name.encode()) <= 255 for name in names.values())
    assert names["夹/名单.csv"] == "夹/名单.csv-已标注.xlsx"


def test_json_is_json_whatever_bytes_a_name_has(capsys: pytest.CaptureFixture[str]) -> None:
    print_object({"folders": [f"/{in_gbk('岚县')}/outputs"], "value": "\ud800x", in_gbk("名"): ("\udcff",)})
    out = capsys.readouterr().out
    assert json.loads(out.encode()) == {"folders": ["/岚县/outputs"], "value": "\\ud800x", "名": ["\\udcff"]}


def test_a_protected_list_gets_a_marked_copy_that_opens_without_ado(desk: Desk) -> None:
    path = write_list(desk, "普明镇名单.xlsx", PEOPLE[1:3], 联系方式="1")
    path.write_bytes(locks.by_agile(path.read_bytes()))
    settle(path)
    found = desk.run("check", "--json")
    assert [(problem["row"], problem["code"]) for problem in found.json["problems"]] == [(4, "bad-phone")]
    [copy] = found.json["copies"]
    assert load_workbook(copy)["Sheet1"]["D4"].comment is not None
