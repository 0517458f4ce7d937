"""The office's ledgers: each in the columns that a clerk expects, all of them agreeing with the register."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from desk import Desk
from openpyxl import load_workbook
from test_filled_letters import DATE, PEOPLE, write_list

NAMES = ("使用登记台账", "领用登记", "作废遗失登记", "存根移交清单")


def table(desk: Desk, name: str) -> tuple[list[str], list[tuple[object, ...]]]:
    """Header and rows of a ledger."""
    sheet = load_workbook(desk.outputs / "register" / "2022" / f"{name}.xlsx").worksheets[0]
    assert str(sheet.cell(1, 1).value).startswith("2022年岚县个体工商户培育介绍信")
    header, *rows = sheet.iter_rows(min_row=2, values_only=True)
    return list(map(str, header)), [tuple("" if cell is None else cell for cell in row) for row in rows]


@pytest.fixture
def lived(desk: Desk) -> Desk:
    """01: two filled, one void and replaced; 02: all three out, one lost, one returned; 03: untouched."""
    write_list(desk, "东村镇培育对象名单.xlsx", PEOPLE[:2])
    for command in (
        ("letters", *DATE),
        ("register", "distribute", "--unit", "普明镇", "--receiver", "张三", "--date", "2022-06-02"),
        ("register", "lost", "02-0001", "--reason", "途中丢失", "--date", "2022-06-03"),
        ("register", "return", "02-0003", "--date", "2022-06-04"),
        ("register", "distribute", "02-0003", "--receiver", "李四", "--date", "2022-06-05"),
        ("register", "replace", "01-0001", "--reason", "填错"),
    ):
        assert desk.run(*command).code == 0
    return desk


def column(header: Sequence[str], rows: Sequence[tuple[object, ...]], name: str) -> list[object]:
    return [row[header.index(name)] for row in rows]


def test_every_ledger_has_its_columns_and_rows(lived: Desk) -> None:
    outcome = lived.run("register", "export", "--json")
    assert outcome.code == 0, outcome
    assert [Path(path).stem for path in outcome.json["files"]] == list(NAMES)
    assert all(Path(path).stat().st_mode & 0o077 == 0 for path in outcome.json["files"])

    header, rows = table(lived, "使用登记台账")
    assert header == [
        "编号", "开具日期", "姓名", "身份证号", "联系方式", "拟用名称", "主要经营", "经营地址", "开具单位", "经办人", "审批人",
        "领信人签字", "状态", "统一社会信用代码", "核准/成立日期", "备注",
    ]  # fmt: skip
    assert len(rows) == 10 and rows[1][3] == PEOPLE[1].id_no
    assert column(header, rows, "状态") == [
        "作废", "未发放", "未发放", "遗失", "已发放", "已发放", "未发放", "未发放", "未发放", "未发放",
    ]  # fmt: skip
    assert rows[2][-1] == "原2022-01-0001号作废" and rows[3][-1] == "2022-06-03，途中丢失"

    header, rows = table(lived, "领用登记")
    assert header == [
        "序号", "领用单位", "起始号", "终止号", "份数（大写）", "本数", "领用日期", "领用人（签字）", "联系电话", "发放人", "备注",
    ]  # fmt: skip
    assert rows == [
        (1, "普明镇", "岚个培〔2022〕02-0001号", "岚个培〔2022〕02-0003号", "叁", 1, "2022-06-02", "张三", "", "", "退回1份"),
        (2, "普明镇", "岚个培〔2022〕02-0003号", "岚个培〔2022〕02-0003号", "壹", 1, "2022-06-05", "李四", "", "", ""),
    ]  # fmt: skip

    header, rows = table(lived, "作废遗失登记")
    assert header == ["编号", "单位", "原因", "日期", "替代编号", "经办人", "批准人"]
    assert [(row[0], row[2], row[4]) for row in rows] == [
        ("岚个培〔2022〕01-0001号", "作废：填错", "岚个培〔2022〕01-0003号"),
        ("岚个培〔2022〕02-0001号", "遗失：途中丢失", ""),
    ]

    header, rows = table(lived, "存根移交清单")
    assert header == ["单位", "起止号", "应交", "实交", "缺号", "移交人", "接收人", "日期"]
    assert [(row[0], row[2], row[4]) for row in rows] == [
        ("东村镇", 3, ""),
        ("普明镇", 2, "2022-02-0001"),
        ("县民政局", 4, ""),
    ]


def test_a_found_letter_that_was_made_void_tells_both(printed_desk: Desk) -> None:
    assert (
        printed_desk.run("register", "lost", "01-0001", "--reason", "丢失", "--date", "2022-06-03").code == 0
    )
    assert (
        printed_desk.run("register", "void", "01-0001", "--reason", "找到", "--date", "2022-06-09").code == 0
    )
    assert printed_desk.run("register", "export").code == 0
    _, rows = table(printed_desk, "作废遗失登记")
    assert [(row[2], row[3]) for row in rows] == [("遗失：丢失；作废：找到", "2022-06-09")]


def test_ledgers_are_written_anew_and_may_be_empty(printed_desk: Desk) -> None:
    for _ in range(2):
        assert printed_desk.run("register", "export").code == 0
    assert sorted(path.stem for path in (printed_desk.outputs / "register" / "2022").iterdir()) == sorted(
        NAMES
    )
    assert table(printed_desk, "领用登记")[1] == [] and len(table(printed_desk, "使用登记台账")[1]) == 9
