"""The ledgers of the open items, written out: papers, tables and figures say the same."""

import json
from datetime import date

import pytest
from openpyxl import load_workbook
from support.clerk import Quiet, at, now
from support.desk import Desk, settle
from support.items import after
from support.paper import squeezed

from pipeline.adapters.pdf.reading import page_count, read_pages
from pipeline.errors import RegisterFault
from pipeline.jobs.items import acts, importing
from pipeline.jobs.items.acts import Request, Wish
from pipeline.jobs.items.export import export
from pipeline.workspace import open_workspace

DAY, LATE = date(2022, 7, 5), date(2022, 7, 25)
SENTENCE = "截至2022年7月25日，挂账事项共4项，已销号1项，销号率25.0%；未销号3项，其中逾期1项。"


@pytest.fixture
def told(desk: Desk) -> Desk:
    """01 overdue, 02 closed and open again, 03 waiting for review."""
    proof = desk.root / "inputs" / "佐证" / "照片.txt"
    proof.parent.mkdir()
    proof.write_text("照片", encoding="utf-8")
    workspace = open_workspace(desk.root)

    def opened(unit: str, deadline: date, day: date = DAY) -> None:
        wish = Wish(unit, "进度滞后", f"{unit}低于序时进度", "达到序时进度", deadline, {"person": "李四"})
        acts.open_item(workspace, wish, day, now())

    def do(number: str, act: str, day: date, by: str = "", **said: str) -> None:
        evidence = ("照片.txt",) if act == "apply" else ()
        acts.do(workspace, Request(number, act, by, said, evidence), day, now())

    opened("东村镇", after(15))
    opened("普明镇", after(20))
    opened("县民政局", after(30))
    do("1", "assign", DAY)
    do("1", "progress", after(7), reason="走访12户，办照3户")
    for number in ("2", "3"):
        do(number, "assign", DAY)
        do(number, "accept", after(1))
        do(number, "apply", after(9), "李四", head="王五", reason="净增达到序时进度")
    do("2", "close", after(10), "赵六、钱七", way="现场", reason="属实")
    opened("普明镇", after(60), after(18))
    with at(desk) as there:
        export(there, (), LATE, now(), Quiet().say)
    return desk


def text(desk: Desk, name: str) -> str:
    return "".join(page.text for page in read_pages(desk.outputs / "items" / f"{name}.pdf"))


@pytest.mark.soffice
def test_papers_tables_and_figures_say_the_same(told: Desk) -> None:
    folder = told.outputs / "items"
    assert {path.name for path in folder.iterdir()} == {
        "items.json", *(f"{name}{kind}" for name in ("问题台账", "销号台账", "销号申请表-2022-0003-县民政局")
                        for kind in (".docx", ".pdf")), "问题台账.xlsx", "销号台账.xlsx",
    }  # fmt: skip
    figures = json.loads((folder / "items.json").read_text(encoding="utf-8"))
    listed = told.run("items", "list", "--today", "2022-07-25", "--json").json
    assert [item.pop("acts") for item in listed["items"]][2] == ["apply", "close", "return", "suspend"]
    assert figures == {
        key: value for key, value in listed.items() if key not in {"exit_code", "closing", "folders"}
    }
    assert figures["totals"] == {
        "open": 3, "overdue": 1, "due_soon": 0, "closed": 1, "closing_rate": 0.25, "on_time_rate": 0.5,
    }  # fmt: skip
    for name in ("问题台账", "销号台账"):
        assert squeezed(SENTENCE) in text(told, name)
    sheet = load_workbook(folder / "问题台账.xlsx").worksheets[0]
    rows = [
        dict(zip([cell.value for cell in sheet[2]], row, strict=True))
        for row in sheet.iter_rows(3, values_only=True)
    ]
    assert [(row["账号"], row["责任单位"], row["状态"], row["逾期"]) for row in rows] == [
        ("岚个培账〔2022〕0001", "东村镇", "整改中", "逾期5天"),
        ("岚个培账〔2022〕0003", "县民政局", "待复核", None),
        ("岚个培账〔2022〕0004", "普明镇", "已立账", None),
    ]
    assert rows[2]["前账号"] == "岚个培账〔2022〕0002"
    left = squeezed(text(told, "问题台账"))
    assert left.index("东村镇低于") < left.index("县民政局低于") < left.index("普明镇低于")
    assert "逾期5天" in left and "走访12户，办照3户" in left and "反弹，前账号岚个培账〔2022〕0002" in left
    closed = squeezed(text(told, "销号台账"))
    assert (
        "普明镇低于序时进度" in closed
        and "赵六、钱七" in closed
        and "按期" in closed
        and "东村镇" not in closed
    )


@pytest.mark.soffice
def test_a_form_says_what_was_applied_for_on_one_page(told: Desk) -> None:
    form = told.outputs / "items" / "销号申请表-2022-0003-县民政局.pdf"
    said = squeezed("".join(page.text for page in read_pages(form)))
    assert page_count(form) == 1
    for word in (
        "岚个培账〔2022〕0003号",
        "县民政局低于序时进度",
        "1.照片.txt",
        "申请人：李四",
        "负责人：王五",
        "2022年7月14日",
    ):
        assert word in said, word
    with at(told) as workspace:
        export(workspace, ("1", "2022-0004"), LATE, now(), Quiet().say)
        names = {path.stem for path in (told.outputs / "items").glob("销号申请表*.pdf")}
        assert names == {
            f"销号申请表-{each}" for each in ("2022-0001-东村镇", "2022-0003-县民政局", "2022-0004-普明镇")
        }
        with pytest.raises(RegisterFault, match="没有账号0009"):
            export(workspace, ("9",), LATE, now(), Quiet().say)


@pytest.mark.soffice
def test_the_ledgers_dragged_back_enter_nothing_and_what_is_filled_in_enters(told: Desk) -> None:
    for name in ("问题台账", "销号台账"):
        path = told.root / "inputs" / f"{name}.xlsx"
        path.write_bytes((told.outputs / "items" / path.name).read_bytes())
        settle(path)
    workspace = open_workspace(told.root)
    outcome = importing.import_items(workspace, LATE, now())
    assert outcome.exit_code == 0 and "的4行：没有新的" in outcome.closing, outcome
    book = load_workbook(path := told.root / "inputs" / "问题台账.xlsx")
    sheet = book.worksheets[0]
    columns = {cell.value: cell.column for cell in sheet[2]}
    sheet.cell(5, columns["交办日"]).value = "2022-07-25"
    book.save(path)
    settle(path)
    outcome = importing.import_items(workspace, LATE, now())
    assert "的4行：交办1项。" in outcome.closing, outcome
