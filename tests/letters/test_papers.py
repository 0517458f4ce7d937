"""What goes with the letters: the receipt, the register sheet, the units' own files."""

import pytest
from openpyxl import load_workbook
from support.inputs.people import person
from support.paper import bookmarks, page_count
from support.registers.batches import HARD, files_of, folder_of, numbered

from pipeline.workspace import Workspace


def test_the_ledger_and_the_manifest_carry_what_a_filled_letter_says(workspace: Workspace) -> None:
    batch = numbered(workspace, [HARD[1], person(name="=1+1", scope="+86"), None])
    with files_of(workspace, None) as files:
        files.print(batch)
    rows = list(
        load_workbook(folder_of(workspace) / "编号登记.xlsx")
        .worksheets[0]
        .iter_rows(min_row=3, values_only=True)
    )
    assert rows[0][1:8] == (
        "2022-06-01",
        "欧阳&<b>",
        "999999199001011234",
        "13800000000",
        "某某<个体>经营部",
        HARD[1].scope,
        HARD[1].address,
    )
    assert rows[1][2] == "=1+1" and rows[1][6] == "+86" and not any(rows[2][1:8])
    assert bookmarks(folder_of(workspace) / "介绍信.pdf") == [("01 东村镇（3份）", 1)]


def test_a_receipt_template_that_drops_a_number_is_not_published(workspace: Workspace) -> None:
    from support.templates.zoo import edit_file

    edit_file(workspace.template("receipt.docx"), "终止号 }}", "起始号 }}")
    batch = numbered(workspace, [None, None])
    with pytest.raises(Exception, match=r"receipt\.docx"), files_of(workspace, None) as files:
        files.print(batch)
    assert not folder_of(workspace).exists()


def test_each_unit_of_a_filled_batch_has_its_own_pages(workspace: Workspace) -> None:
    batch = numbered(workspace, [person(), None])
    with files_of(workspace, None) as files:
        files.print(batch)
    assert page_count(folder_of(workspace) / "各单位" / "01-东村镇.pdf") == 2
