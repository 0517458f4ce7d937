"""A month's whole circle through the program: sheet → filled in and agreed upon → the next sheet, the bulletin, the wall chart."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook
from support.desk import Desk, settle
from support.paper import page_count, poppler_text, squeezed
from support.reading.founded import unfounded

MAY, JUNE = "2022-05", "2022-06"
SAID = {"Q3": "场地", "R3": "市场没有完工", "S3": "请县住建局协调市场东区先行启用", "U3": "2022-06-30"}
AGREED = {
    "B3": "市场东区启用", "D3": "县住建局", "E3": "东村镇", "G3": "2022-06-20",
    "B4": "对接信用贷款", "D4": "县发改局", "G4": "2022-07-31",
}  # fmt: skip


def drag(desk: Desk, file: str, cells: Mapping[str, str], name: str = "") -> None:
    """Fill in a workbook of May's sheet and put it into ``inputs``."""
    book = load_workbook(desk.outputs / "dispatch" / MAY / file)
    for place, value in cells.items():
        book.active[place] = value
    path = desk.root / "inputs" / "收回" / (name or Path(file).name)
    path.parent.mkdir(exist_ok=True)
    book.save(path)
    settle(path)


def dispatch_json(desk: Desk, month: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        (desk.outputs / "dispatch" / month / "dispatch.json").read_text("utf-8")
    )
    return found


@pytest.fixture(scope="module")
def may(bulletins: Desk, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Six bulletins and May's sheet, which 东村镇 has filled in; not to be changed."""
    desk = bulletins.copy(tmp_path_factory.mktemp("circle") / "岚县")
    assert desk.run("dispatch", "--month", MAY, "--today", "2022-06-03").code == 0
    drag(desk, "各单位/01-东村镇.xlsx", SAID)
    return desk


def test_from_one_meeting_to_the_next(may: Desk, tmp_path: Path) -> None:
    desk = may.copy(tmp_path / "岚县")
    drag(desk, "议定事项.xlsx", AGREED)
    outcome = desk.run("dispatch", "--month", MAY, "--today", "2022-06-10", "--json")
    assert outcome.code == 0 and outcome.json["closing"].startswith("台账记入2项。2022年5月调度表已出：第1次")
    assert dispatch_json(desk, MAY)["county"]["open_items"] == 0  # what was issued stays as it was

    outcome = desk.run("dispatch", "--today", "2022-07-05", "--json")
    assert outcome.code == 0 and outcome.json["closing"].startswith("2022年6月调度表已出：第2次")
    june = dispatch_json(desk, JUNE)
    assert [(each["name"], each["request"]) for each in june["proposed"]] == [("东村镇", SAID["S3"])]
    assert (june["county"]["open_items"], june["county"]["overdue_items"]) == (2, 1)
    counts = {each["name"]: (each["open_items"], each["overdue_items"]) for each in june["units"]}
    assert counts["县住建局"] == (1, 1) and counts["县发改局"] == (1, 0) and counts["东村镇"] == (0, 0)
    assert [row["状态"] for row in june["agreed"]] == ["已立账，逾期15天", "已立账"]

    paper = desk.outputs / "dispatch" / JUNE / "调度表.docx"
    heads = [table.rows[0].cells[0].text for table in Document(str(paper)).tables]
    assert heads == ["账号", "序号", "责任单位", "序号"]
    printed = squeezed(poppler_text(paper.with_suffix(".pdf")))
    for said in (
        "以前调度会议定事项落实情况",
        "市场东区启用",
        "各单位在2022年5月调度表上填报的情况",
        SAID["R3"],
        "均未销号，其中逾期1项",
    ):
        assert said in printed, said
    assert unfounded(paper.parent) == []
    table = load_workbook(paper.with_name("拟立账事项.xlsx")).active
    assert [cell.value for cell in table[3]] == [
        None,
        SAID["S3"],
        None,
        None,
        None,
        "东村镇提出",
        "2022年6月30日",
    ]
    table = load_workbook(paper.with_suffix(".xlsx")).active
    cells = {row[1].value: (row[13].value, row[14].value) for row in table.iter_rows(min_row=3)}
    assert cells["县住建局"] == ("1", "1") and cells["合计"] == ("2", "1")

    told = ("bulletin", "--month", JUNE, "--revise", "--reason", "补报", "--today", "2022-07-05")
    assert desk.run(*told).code == 0
    folder = desk.outputs / "bulletin" / JUNE
    assert "挂账事项共2项" in squeezed(poppler_text(folder / "简报.pdf"))
    chart = squeezed(poppler_text(folder / "作战图.pdf"))
    assert page_count(folder / "作战图.pdf") == 1 and "未销号逾期县住建局—11县发改局—10" in chart
    assert desk.run("register", "check").code == 0


def test_a_changed_figure_stops_the_next_sheet_and_nothing_else(may: Desk, tmp_path: Path) -> None:
    desk = may.copy(tmp_path / "岚县")
    drag(desk, "调度表.xlsx", {"D4": "99"})
    outcome = desk.run("dispatch", "--json")
    [problem] = outcome.json["problems"]
    assert outcome.code == 3 and not (desk.outputs / "dispatch" / JUNE).exists()
    assert (problem["file"], problem["row"], problem["column"], problem["value"], problem["code"]) == (
        "收回/调度表.xlsx", 4, "累计净增", "99", "changed-figure",
    )  # fmt: skip
    checked = desk.run("check", "--json").json
    assert (
        problem in checked["problems"] and (desk.outputs / "check" / "收回" / "调度表-已标注.xlsx").exists()
    )
    assert desk.run("letters", "--json").code == 0
    assert desk.run("bulletin", "--month", JUNE).code == 0
