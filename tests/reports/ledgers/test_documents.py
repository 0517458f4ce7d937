"""The office's ledgers: each in the columns that a clerk expects, all of them agreeing with the register."""

import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from pypdf import PdfReader
from support.clerk import DATE
from support.desk import Desk
from support.inputs.lists import PEOPLE, write_list
from support.paper import squeezed
from support.seen import ledger
from support.templates.zoo import packed

from pipeline.adapters.pdf.reading import read_pages

NAMES = ("使用登记台账", "领用登记", "作废遗失登记", "存根移交清单")


def printed(desk: Desk, name: str) -> list[str]:
    """Each page of a ledger's PDF, white space left out."""
    path = desk.outputs / "register" / "2022" / f"{name}.pdf"
    return [page.text for page in read_pages(path, simple=lambda _: True)]


def is_rare(text: str) -> bool:
    """Whether some of it is set in a stand-in font, which LibreOffice writes after the rest of its line."""
    return text.encode("gb2312", "ignore").decode("gb2312") != text


def edit_template(desk: Desk, edit: Callable[[str], str]) -> None:
    path = desk.root / "templates" / "ledger.docx"
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    old = parts["word/document.xml"].decode()
    parts["word/document.xml"] = edit(old).encode()
    assert parts["word/document.xml"].decode() != old
    path.write_bytes(packed(parts))


@pytest.fixture
def lived(after: Callable[[str, Callable[[Desk], object]], Desk]) -> Desk:
    """01: two filled, one void and replaced; 02: all three out, one lost, one returned; 03: untouched."""
    return after("lived", live)


def live(desk: Desk) -> None:
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


def column(header: Sequence[str], rows: Sequence[tuple[object, ...]], name: str) -> list[object]:
    return [row[header.index(name)] for row in rows]


def test_every_ledger_has_its_columns_and_rows(lived: Desk) -> None:
    outcome = lived.run("register", "export", "--json")
    assert outcome.code == 0, outcome
    assert [Path(path).name for path in outcome.json["files"]] == [
        f"{name}.{kind}" for kind in ("xlsx", "pdf") for name in NAMES
    ]
    assert outcome.json["folders"] == [str(Path(outcome.json["files"][0]).parent)]
    assert all(Path(path).stat().st_mode & 0o077 == 0 for path in outcome.json["files"])

    header, rows = ledger(lived, "使用登记台账")
    assert header == [
        "编号", "开具日期", "姓名", "身份证号", "联系方式", "拟用名称", "主要经营", "经营地址", "开具单位", "经办人", "审批人",
        "领信人签字", "状态", "统一社会信用代码", "核准/成立日期", "备注",
    ]  # fmt: skip
    assert len(rows) == 10 and rows[1][3] == PEOPLE[1].id_no
    assert column(header, rows, "状态") == [
        "作废", "未发放", "未发放", "遗失", "已发放", "已发放", "未发放", "未发放", "未发放", "未发放",
    ]  # fmt: skip
    assert rows[2][-1] == "原2022-01-0001号作废" and rows[3][-1] == "2022-06-03，途中丢失"

    header, rows = ledger(lived, "领用登记")
    assert header == [
        "序号", "领用单位", "起始号", "终止号", "份数（大写）", "本数", "领用日期", "领用人（签字）", "联系电话", "发放人", "备注",
    ]  # fmt: skip
    assert rows == [
        (1, "普明镇", "岚个培〔2022〕02-0001号", "岚个培〔2022〕02-0003号", "叁", 1, "2022-06-02", "张三", "", "", "退回1份"),
        (2, "普明镇", "岚个培〔2022〕02-0003号", "岚个培〔2022〕02-0003号", "壹", 1, "2022-06-05", "李四", "", "", ""),
    ]  # fmt: skip

    header, rows = ledger(lived, "作废遗失登记")
    assert header == ["编号", "单位", "原因", "日期", "替代编号", "经办人", "批准人"]
    assert [(row[0], row[2], row[4]) for row in rows] == [
        ("岚个培〔2022〕01-0001号", "作废：填错", "岚个培〔2022〕01-0003号"),
        ("岚个培〔2022〕02-0001号", "遗失：途中丢失", ""),
    ]

    header, rows = ledger(lived, "存根移交清单")
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
    _, rows = ledger(printed_desk, "作废遗失登记")
    assert [(row[2], row[3]) for row in rows] == [("遗失：丢失；作废：找到", "2022-06-09")]


def test_ledgers_are_written_anew_and_may_be_empty(printed_desk: Desk) -> None:
    for _ in range(2):
        assert printed_desk.run("register", "export").code == 0
    there = sorted(path.name for path in (printed_desk.outputs / "register" / "2022").iterdir())
    assert there == sorted(f"{name}.{kind}" for kind in ("xlsx", "pdf") for name in NAMES)
    assert "领用单位" in printed(printed_desk, "领用登记")[0]
    assert ledger(printed_desk, "领用登记")[1] == [] and len(ledger(printed_desk, "使用登记台账")[1]) == 9


def test_the_printed_ledgers_say_what_the_workbooks_say(lived: Desk) -> None:
    assert lived.run("register", "export").code == 0
    for name in NAMES:
        _, rows = ledger(lived, name)
        pages = printed(lived, name)
        cells = {squeezed(str(cell)) for row in rows for cell in row}
        missing = {cell for cell in cells if cell not in "".join(pages)}
        assert rows and all(is_rare(cell) for cell in missing), missing
        assert all(f"第{number}页" in page for number, page in enumerate(pages, 1))
        box = PdfReader(lived.outputs / "register" / "2022" / f"{name}.pdf").pages[0].mediabox
        assert (round(box.width), round(box.height)) == (842, 595)
    assert "含个人信息" in printed(lived, NAMES[0])[0] and PEOPLE[1].id_no in printed(lived, NAMES[0])[0]
    assert not any(PEOPLE[1].id_no in page for name in NAMES[1:] for page in printed(lived, name))


def test_each_unit_has_pages_and_a_bookmark_of_its_own_in_the_usage_ledger(printed_desk: Desk) -> None:
    printed_desk.write_targets((("东村镇", 130), ("普明镇", 3), ("县民政局", 4)))
    assert printed_desk.run("letters").code == 0 and printed_desk.run("register", "export").code == 0
    reader = PdfReader(printed_desk.outputs / "register" / "2022" / "使用登记台账.pdf")
    marks = [(mark.title, reader.get_destination_page_number(mark)) for mark in reader.outline]
    pages = printed(printed_desk, "使用登记台账")
    assert [title for title, _ in marks] == ["东村镇", "东村镇", "普明镇", "县民政局"] and marks[0][1] == 0
    assert all(f"开具单位：{title}" in pages[page] for title, page in marks)
    assert all("统一社会信用代码" in page for page in pages), "the heading row comes again on every page"
    assert len(pages) > len(marks)


def test_a_template_that_drops_a_column_prints_nothing(lived: Desk) -> None:
    edit_template(lived, lambda xml: xml.replace("{{ 行.原因 }}", ""))
    outcome = lived.run("register", "export")
    assert outcome.code == 5 and "作废遗失登记.pdf" in outcome.err and "填错" in outcome.err
    assert not (lived.outputs / "register" / "2022").exists()


@pytest.mark.parametrize(
    "edit, words",
    [
        (lambda xml: xml.replace("台账表题", "台账表首"), "台账表题"),
        (lambda xml: xml.replace("领用登记 %}", "领用 %}"), "是不是 {{ 领用登记 }}"),
    ],
)
def test_a_template_without_its_marks_is_refused(
    printed_desk: Desk, edit: Callable[[str], str], words: str
) -> None:
    edit_template(printed_desk, edit)
    outcome = printed_desk.run("register", "export")
    assert outcome.code == 4 and words in outcome.err, outcome
