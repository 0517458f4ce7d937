"""The annotated copy: what the clerk finds in it, and that nothing in his file makes it fail."""

import io
import os
import pickle
import subprocess
import sys
import tempfile
import tracemalloc
import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText
from openpyxl.comments import Comment
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.protection import SheetProtection
from PIL import Image
from support.trials import saved_as

from pipeline.adapters import annotate as adapter
from pipeline.adapters.annotate import annotations, original, write_annotated
from pipeline.adapters.annotate.layout import RED, YELLOW
from pipeline.adapters.sheet import read_sheets
from pipeline.domain.model import Problem, Source
from pipeline.domain.tables.grid import Area, Grid
from pipeline.domain.values.cell import Unreadable, Value

FILE = "东村镇/名单.xlsx"
XLS = b"\xd0\xcf\x11\xe0"
HEADER = ("序号", "姓名", "身份证号")


def found(
    row: int | None, place: int | None = None, advice: str = "请改正。", sheet: str | None = "名单"
) -> Problem:
    return Problem(Source(FILE, sheet, row), "身份证号" if place else None, "1411…", "code", advice, place)


def grid(
    rows: Sequence[Sequence[Value]], sheet: str | None = "名单", merged: tuple[Area, ...] = (), **more: Any
) -> Grid:
    numbered = tuple((number, tuple(row)) for number, row in enumerate(rows, 1))
    return Grid(Source(FILE, sheet), numbered, merged, **more)


def saved(book: openpyxl.Workbook) -> bytes:
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def a_book(title: str = "名单") -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    for row in (HEADER, (1, "张三", "141127199001010001"), (2, "李四", "141127199001010002")):
        sheet.append(row)
    return book


def day(year: int, month: int, number: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, number, hour, minute)  # noqa: DTZ001 - a sheet's times have no zone


class Copy:
    """An annotated copy, loaded."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.book: Any = openpyxl.load_workbook(path)
        self.list = self.book.worksheets[0]

    def __getitem__(self, name: str) -> Any:
        return self.book[name]

    def lines(self) -> list[tuple[Any, ...]]:
        rows = list(self.list.iter_rows(values_only=True))
        head = next(number for number, row in enumerate(rows) if row[0] == "序号")
        return rows[head + 1 :]

    def is_fresh(self) -> bool:
        return any("重抄" in str(cell.value) for cell in self.list["A"])

    def colour(self, cell: str, sheet: str = "名单") -> str | None:
        fill = self.book[sheet][cell].fill
        return fill.fgColor.rgb[2:] if fill.fill_type == "solid" else None

    def comment(self, cell: str, sheet: str = "名单") -> str | None:
        comment = self.book[sheet][cell].comment
        return comment.text if comment else None


@pytest.fixture
def annotate(tmp_path: Path) -> Any:
    def write(
        data: bytes,
        grids: Sequence[Grid] = (),
        problems: Sequence[Problem] = (),
        notices: Sequence[Problem] = (),
    ) -> Copy:
        folder = Path(tempfile.mkdtemp(dir=tmp_path))
        path = folder / "名单-已标注.xlsx"
        write_annotated(path, data, grids, problems, notices)
        assert [*folder.iterdir()] == [path]
        return Copy(path)

    return write


BOTH = pytest.mark.parametrize("data", [saved(a_book()), XLS], ids=["over", "fresh"])
GRID = grid((HEADER, (1, "张三", "141127199001010001"), (2, "李四", "141127199001010002")))


# ---------------------------------------------------------------- both kinds of copy


@BOTH
def test_cells_are_coloured_and_commented(annotate: Any, data: bytes) -> None:
    copy = annotate(
        data,
        [GRID],
        [found(2, 3, "校验位不对。"), found(3, None, "这一行重复。"), found(None)],
        [found(2, 3, "年龄偏小。"), found(2, 2, "生僻字。"), found(9, 5, "空着。")],
    )
    assert copy.colour("C2") == copy.colour("A3") == RED
    assert copy.colour("B2") == copy.colour("E9") == YELLOW
    assert copy.colour("C3") is None
    assert copy.comment("C2") == "问题：校验位不对。\n提示：年龄偏小。"
    assert copy.comment("A3") == "问题：这一行重复。"
    assert copy.comment("E9") == "提示：空着。"
    assert copy["名单"]["C2"].value == "141127199001010001"


@BOTH
def test_the_list_names_all_in_order_with_links(annotate: Any, data: bytes) -> None:
    copy = annotate(
        data,
        [GRID],
        [
            found(3, 3, "乙。"),
            found(2, 3, "甲。"),
            found(None, None, "文件坏了。", None),
            found(None, None, "表头。"),
        ],
        [found(1, 2, "丙。"), found(7, 1, "丁。", "没有这张表")],
    )
    assert copy.list.title == "问题清单"
    assert copy.list["A1"].value == f"问题清单：{FILE}"
    assert copy.list["A2"].value == "问题 4 条（红色，必须改好），提示 2 条（黄色，请核对）。"
    assert copy.lines() == [
        (1, "问题", "整个文件", None, None, "1411…", "文件坏了。"),
        (2, "问题", "名单", None, None, "1411…", "表头。"),
        (3, "问题", "名单", 2, "身份证号（C 列）", "1411…", "甲。"),
        (4, "问题", "名单", 3, "身份证号（C 列）", "1411…", "乙。"),
        (5, "提示", "名单", 1, "身份证号（B 列）", "1411…", "丙。"),
        (6, "提示", "没有这张表", 7, "身份证号（A 列）", "1411…", "丁。"),
    ]
    links = {cell.value: cell.hyperlink.location for row in copy.list for cell in row if cell.hyperlink}
    assert links == {2: "'名单'!C2", 3: "'名单'!C3", 1: "'名单'!B1"}
    head = copy.lines()[0][0] + next(c.row for c in copy.list["A"] if c.value == "序号") - 1
    assert copy.list.freeze_panes == f"A{head + 1}"
    assert copy.list.auto_filter.ref == f"A{head}:G{head + 6}"
    assert copy.list.print_title_rows == f"${head}:${head}"
    assert (copy.list.page_setup.orientation, copy.list.page_setup.paperSize) == ("landscape", 9)
    assert (copy.list.sheet_properties.pageSetUpPr.fitToPage, copy.list.page_setup.fitToHeight) == (True, 0)
    assert copy.list.column_dimensions["G"].width > 60
    assert copy.book.active.title == "问题清单"
    assert [s.title for s in copy.book if s.sheet_view.tabSelected] in ([], ["问题清单"])


@BOTH
def test_what_looks_like_a_formula_is_text(annotate: Any, data: bytes) -> None:
    odd = Problem(Source(FILE, "名单", 2), "=姓名", '=HYPERLINK("http://x")', "c", "+cmd|' /C calc'!A0", 3)
    copy = annotate(data, [GRID], [odd])
    assert copy.lines() == [(1, "问题", "名单", 2, "=姓名（C 列）", odd.seen, odd.advice)]
    assert {cell.data_type for row in copy.list for cell in row} <= {"s", "n", "inlineStr"}


@BOTH
def test_signs_that_xlsx_cannot_hold_are_shown_as_pictures(annotate: Any, data: bytes) -> None:
    odd = Problem(Source(FILE, "名单", 2), "姓\x00名", "张\x0b三\ud800\uffff", "c", "一\r\n二\x1b", 3)
    copy = annotate(data, [GRID], [odd])
    assert copy.lines() == [(1, "问题", "名单", 2, "姓␀名（C 列）", "张␋三��", "一\n二␛")]
    assert copy.comment("C2") == "问题：一\n二␛"


@BOTH
def test_comments_end_before_they_make_it_slow_colours_do_not(
    annotate: Any, data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(annotations, "COMMENTS", 50)
    problems = [found(row, 3) for row in range(2, 72)]
    copy = annotate(data, [GRID], problems)
    cells = [row[2] for row in copy["名单"].iter_rows(min_row=2)]
    assert len(copy.lines()) == len(cells) == 70
    assert all(cell.fill.fgColor.rgb[2:] == RED for cell in cells)
    assert [bool(cell.comment) for cell in cells] == [True] * 50 + [False] * 20
    assert any("批注只加在前 50 格" in str(cell.value) for cell in copy.list["A"])


def test_same_input_same_bytes(tmp_path: Path) -> None:
    code = (
        "import pickle, sys; from pathlib import Path; from pipeline.adapters.annotate import write_annotated\n"
        "for name, data in pickle.load(sys.stdin.buffer).items(): write_annotated(Path(name), *data)"
    )
    made = []
    for seed in ("1", "2"):
        folder = tmp_path / seed
        folder.mkdir()
        wanted = {
            folder / name: (data, [GRID], [found(2, 3)], [found(3)])
            for name, data in (("over.xlsx", saved(a_book())), ("fresh.xlsx", XLS))
        }
        environment = os.environ | {"PYTHONHASHSEED": seed}
        given_in = pickle.dumps(wanted)
        subprocess.run([sys.executable, "-c", code], env=environment, input=given_in, check=True)
        made.append({path.name: path.read_bytes() for path in wanted})
    assert made[0] == made[1]


@BOTH
def test_temporary_files_stay_in_the_private_folder(
    annotate: Any, data: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "not there"))
    write_annotated(tmp_path / "copy.xlsx", data, [GRID], [found(2, 3)], [])
    assert Copy(tmp_path / "copy.xlsx").colour("C2") == RED


@BOTH
def test_a_disk_that_refuses_is_an_oserror(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(OSError, match="not there"):
        write_annotated(tmp_path / "not there" / "copy.xlsx", data, [GRID], [found(2, 3)], [])


@BOTH
def test_places_outside_a_sheet_are_only_listed(annotate: Any, data: bytes) -> None:
    copy = annotate(data, [GRID], [found(2_000_000, 3), found(2, 20_000), found(0, 1)])
    assert [line[3] for line in copy.lines()] == [0, 2, 2_000_000]
    assert not [cell for row in copy.list for cell in row if cell.hyperlink]


@BOTH
def test_nothing_found(annotate: Any, data: bytes) -> None:
    assert annotate(data, [GRID]).lines() == []


@pytest.mark.soffice
@BOTH
def test_libreoffice_opens_it(annotate: Any, data: bytes, tmp_path: Path) -> None:
    copy = annotate(data, [GRID], [found(2, 3, "校验位不对。")], [found(3)])
    saved_as(
        "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1", tmp_path, copy.path
    )
    made = {path.name.rsplit("-", 1)[1]: path.read_text("utf-8") for path in tmp_path.glob("*.csv")}
    assert "1,问题,名单,2,身份证号（C 列）,1411…,校验位不对。" in made["问题清单.csv"]
    assert "1,张三,141127199001010001" in made["名单.csv"]


# ---------------------------------------------------------------- over an xlsx


def test_everything_else_is_kept(annotate: Any, tmp_path: Path) -> None:
    path, picture = tmp_path / "rich.xlsx", tmp_path / "picture.png"
    Image.new("RGB", (8, 8), "red").save(picture)
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("名单")
        sheet.write_row(0, 0, HEADER, book.add_format({"bold": True, "border": 1}))
        sheet.write_row(1, 0, (1, "张三", "141127199001010001"))
        sheet.write_formula("D2", "=A2*2", value=2)
        sheet.write_string("E2", "=不是公式")
        sheet.write_rich_string("F2", "甲", book.add_format({"bold": True}), "乙")
        sheet.write_comment("B2", "老王核对过", {"author": "老王"})
        sheet.write_comment("C2", "原有的批注")
        sheet.data_validation("B2:B9", {"validate": "list", "source": ["张三", "李四"]})
        sheet.conditional_format(
            "A2:A9", {"type": "cell", "criteria": ">", "value": 5, "format": book.add_format()}
        )
        sheet.insert_image("H2", str(picture))
        chart: Any = book.add_chart({"type": "column"})
        chart.add_series({"values": "=名单!$A$2:$A$3"})
        sheet.insert_chart("H9", chart)
        sheet.set_column(2, 2, 33)
        sheet.freeze_panes(1, 0)
        pie: Any = book.add_chart({"type": "pie"})
        pie.add_series({"values": "=名单!$A$2:$A$3"})
        book.add_chartsheet("图").set_chart(pie)
    data = path.read_bytes()
    copy = annotate(data, [GRID], [found(2, 3, "校验位不对。")])
    sheet = copy["名单"]
    assert copy.comment("C2") == "原有的批注\n\n问题：校验位不对。"
    assert copy.comment("B2") == "老王核对过"
    assert (sheet["D2"].value, sheet["D2"].data_type) == ("=A2*2", "f")
    assert (sheet["E2"].value, sheet["E2"].data_type) == ("=不是公式", "s")
    rich = openpyxl.load_workbook(copy.path, rich_text=True)["名单"]["F2"].value
    assert isinstance(rich, CellRichText) and str(rich) == "甲乙" and rich[1].font.b
    assert sheet["A1"].font.bold and sheet["A1"].border.left.style == "thin"
    assert len(sheet.data_validations.dataValidation) == len(sheet.conditional_formatting) == 1
    assert len(sheet._charts) == len(sheet._images) == 1
    assert sheet.column_dimensions["C"].width == pytest.approx(33, abs=1)
    assert sheet.freeze_panes == "A2"
    assert copy.book.sheetnames == ["问题清单", "名单", "图"]
    assert path.read_bytes() == data


def test_a_finding_in_a_merged_area_marks_its_first_cell(annotate: Any) -> None:
    book = a_book()
    book.worksheets[0].merge_cells("B2:C3")
    problems = [found(3, 3, "甲。"), found(2, 2, "乙。")]
    copy = annotate(saved(book), [GRID], problems)
    assert copy.comment("B2") == "问题：乙。\n问题：甲。"
    assert copy.colour("B2") == RED
    fresh = annotate(XLS, [grid(((), (1, "甲", None)), merged=(Area(2, 2, 3, 3),))], problems)
    assert fresh.comment("B2") == "问题：乙。\n问题：甲。"
    assert [str(area) for area in fresh["名单"].merged_cells.ranges] == ["B2:C3"]


def test_the_clerks_own_list_keeps_its_name(annotate: Any) -> None:
    book = a_book("问题清单")
    copy = annotate(saved(book), [], [found(2, 3, sheet="问题清单")])
    assert copy.book.sheetnames == ["问题清单(2)", "问题清单"]
    assert copy.colour("C2", "问题清单") == RED
    fresh = annotate(XLS, [grid((HEADER,), "问题清单")], [])
    assert fresh.book.sheetnames == ["问题清单(2)", "问题清单"]


def test_what_was_protected_or_hidden_can_be_seen(annotate: Any) -> None:
    book = a_book()
    sheet = book.worksheets[0]
    sheet.protection = SheetProtection(sheet=True, password="x")
    sheet.row_dimensions[2].hidden = sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions.group("B", "D", hidden=True)
    book.create_sheet("别的")
    book.active = 1
    sheet.sheet_state = "veryHidden"
    book.security.lockStructure = True
    copy = annotate(saved(book), [GRID], [found(2, 3)])
    sheet = copy["名单"]
    assert not sheet.protection.sheet and not copy.book.security.lockStructure
    assert sheet.sheet_state == "visible"
    assert (sheet.row_dimensions[2].hidden, sheet.row_dimensions[3].hidden) == (False, True)
    assert not sheet.column_dimensions["B"].hidden


def test_macros_and_templates_become_plain_workbooks(annotate: Any) -> None:
    for kind in ("ms-excel.sheet.macroEnabled", "openxmlformats-officedocument.spreadsheetml.template"):
        source, made = zipfile.ZipFile(io.BytesIO(saved(a_book()))), io.BytesIO()
        with zipfile.ZipFile(made, "w") as target:
            for name in source.namelist():
                part = source.read(name)
                plain = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main"
                target.writestr(name, part.replace(plain, f"application/vnd.{kind}.main".encode()))
            target.writestr("xl/vbaProject.bin", b"macro")
        copy = annotate(made.getvalue(), [GRID], [found(2, 3)])
        assert copy.colour("C2") == RED
        archive = zipfile.ZipFile(copy.path)
        assert "xl/vbaProject.bin" not in archive.namelist()
        assert plain in archive.read("[Content_Types].xml")
        assert not copy.is_fresh()


@pytest.mark.parametrize(
    "part",
    [
        '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        "<mergeCells><mergeCell\nref = 'A:XFD'/></mergeCells>",
        '<x:mergeCells><x:mergeCell a=">" ref="1:9"/></x:mergeCells>',
        '<hyperlinks><hyperlink ref="A1:XFD1048576" location="A1"/></hyperlinks>',
        "<row/>" * 400_001,
        "<nonsense",
        "<!--" + "x" * original.MOST_BYTES + "-->",
    ],
    ids=lambda part: part[:40],
)
def test_what_would_fill_the_memory_is_copied_fresh(annotate: Any, part: str) -> None:
    source, made = zipfile.ZipFile(io.BytesIO(saved(a_book()))), io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            text = source.read(name)
            is_sheet = name == "xl/worksheets/sheet1.xml"
            target.writestr(
                name, text.replace(b"</sheetData>", b"</sheetData>" + part.encode()) if is_sheet else text
            )
    copy = annotate(made.getvalue(), [GRID], [found(2, 3)])
    assert copy.colour("C2") == RED
    assert copy.is_fresh()


@BOTH
def test_of_a_table_of_too_many_cells_there_is_the_list_alone(
    annotate: Any, data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adapter, "MOST_CELLS", 20)
    assert annotate(data, [GRID], [found(2, 3)]).colour("C2") == RED
    copy = annotate(data, [GRID], [found(2, 3), found(3, 3)])
    assert copy.book.sheetnames == ["问题清单"], "rows of it, put back, would pass for the whole table"
    assert [line[2:5] for line in copy.lines()] == [("名单", row, "身份证号（C 列）") for row in (2, 3)]
    assert not [cell for row in copy.list for cell in row if cell.hyperlink]
    assert any("没有抄" in str(cell.value) for cell in copy.list["A"])


@BOTH
def test_a_list_too_long_ends_and_says_so(
    annotate: Any, data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(annotations, "LINES", 3)
    copy = annotate(data, [GRID], [found(row, 3) for row in range(2, 9)])
    assert [line[3] for line in copy.lines()] == [2, 3, 4]
    assert copy.list["A2"].value.startswith("问题 7 条") and copy.colour("C8") == RED
    assert any("只列出前 3 条" in str(cell.value) for cell in copy.list["A"])


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_no_damage_makes_it_fail(tmp_path: Path, data: st.DataObject) -> None:
    book = a_book()
    book.worksheets[0]["B2"].comment = Comment("x", "y")
    book.worksheets[0].add_data_validation(DataValidation("list", formula1='"a,b"', sqref="B2:B9"))
    source, made = zipfile.ZipFile(io.BytesIO(saved(book))), io.BytesIO()
    names = source.namelist()
    victim = data.draw(st.sampled_from(names))
    with zipfile.ZipFile(made, "w") as target:
        for name in names:
            part = source.read(name)
            if name == victim:
                at = data.draw(st.integers(0, len(part)))
                length = data.draw(st.integers(0, 40))
                part = part[:at] + data.draw(st.binary(max_size=8)) + part[at + length :]
            target.writestr(name, part)
    path = tmp_path / "copy.xlsx"
    write_annotated(path, made.getvalue(), [GRID], [found(2, 3)], [found(3)])
    assert len(Copy(path).lines()) == 2


def test_a_truncated_file_is_copied_fresh(annotate: Any) -> None:
    data = saved(a_book())
    for length in (0, 2, 4, 30, len(data) // 2, len(data) - 1):
        assert annotate(data[:length], [GRID], [found(2, 3)]).is_fresh()
    assert annotate(b"PK", [], [found(None, sheet=None)]).book.sheetnames == ["问题清单"]


# ---------------------------------------------------------------- a fresh copy


def test_values_keep_what_they_are(annotate: Any) -> None:
    row: tuple[Value, ...] = (
        "141127199001010001", 141127199001010001, 13835810001, 0.1, 1.5e300, float("nan"), True,
        day(2022, 6, 1), day(2022, 6, 1, 8, 30), day(1899, 1, 1), Unreadable("#N/A", "error-value"),
        Unreadable("=VLOOKUP(A1)", "no-cached-value"), "=1+1", "+1", "-1", "@x", "<r>&</r>", "", None, "00123",
    )  # fmt: skip
    copy = annotate(XLS, [grid((row,))], [found(1, 13)])
    cells = copy["名单"][1]
    shown: list[object] = [cell.value for cell in cells]
    assert shown[:5] == ["141127199001010001", "141127199001010001", 13835810001, 0.1, 1.5e300]
    assert shown[5:9] == ["nan", True, day(2022, 6, 1), day(2022, 6, 1, 8, 30)]
    assert shown[9:16] == ["1899-01-01 00:00:00", "#N/A", "=VLOOKUP(A1)", "=1+1", "+1", "-1", "@x"]
    assert [str(text).strip() for text in shown[16:17]] == ["<r>&</r>"]
    assert shown[17:] == [None, None, "00123"]
    assert "f" not in {cell.data_type for cell in cells}
    assert [cells[at].number_format for at in (0, 1, 2, 7, 12, 19)] == [
        "@",
        "@",
        "General",
        "yyyy-mm-dd",
        "@",
        "@",
    ]
    assert copy.colour("M1") == RED


def test_rows_and_columns_stay_in_their_places(annotate: Any) -> None:
    one = Grid(Source(FILE, "名单"), ((7, (None, None, "丙")), (3, ("甲",))), concealed=frozenset({7}))
    copy = annotate(XLS, [one], [found(5, 2), found(9, 1)])
    sheet = copy["名单"]
    assert (sheet["A3"].value, sheet["C7"].value) == ("甲", "丙")
    assert copy.colour("B5") == copy.colour("A9") == RED
    assert not any(dimension.hidden for dimension in sheet.row_dimensions.values())


def test_a_copy_read_again_shows_the_same_and_is_as_unclear_as_before(annotate: Any) -> None:
    day = datetime(2022, 6, 30)  # noqa: DTZ001 - a sheet's days have no zone
    unclear, gone = Unreadable("300000（格式 0.00E+00）", "unclear-format"), Unreadable("甲", "struck-text")
    shown = {
        (1, 1): "007", (1, 2): "85.6%", (1, 3): "岚县东街1号", (1, 4): "1,040.00", (1, 5): "7:30", (1, 6): unclear,
        (1, 7): gone, (1, 8): "2022年6月30日",
    }  # fmt: skip
    row: tuple[Value, ...] = (7, 0.856, "东街1号", 1040, "07:30:00", 300000, "甲", day)
    one = Grid(Source(FILE, "名单"), ((1, row), (2, ("乙",))), shown=shown, struck=frozenset({2}))
    copy = annotate(XLS, [one], [found(1, 6)])
    found_again = read_sheets(FILE, copy.path.read_bytes())
    assert isinstance(found_again, tuple)
    again = next(grid for grid in found_again if grid.source.sheet == "名单")
    assert again.rows[0][1] == ("007", "85.6%", "岚县东街1号", 1040, "7:30", 300000, "甲", day)
    assert {place: each.code for place, each in again.shown.items() if isinstance(each, Unreadable)} == {
        (1, 6): "unclear-format",
        (1, 7): "struck-text",
    }
    assert again.struck == {2}


@pytest.mark.parametrize("extra", [0, 250], ids=["flat", "many sheets"])
def test_a_stray_cell_far_to_the_right_takes_nothing_away(annotate: Any, extra: int) -> None:
    rows: list[tuple[Value, ...]] = [
        (1, 2, 3),
        (None,) * 16_383 + ("远",),
        ("甲",),
        (None, None),
        (4, 5, 6),
        ("",),
    ]
    others = [grid((HEADER,), str(number)) for number in range(extra)]
    sheet = annotate(XLS, [grid(rows), *others], [found(5, 2), found(8, 30)])["名单"]
    filled = {cell.coordinate: cell.value for cell in sheet._cells.values() if cell.value is not None}
    assert filled == {"A1": 1, "B1": 2, "C1": 3, "XFD2": "远", "A3": "甲", "A5": 4, "B5": 5, "C5": 6}
    assert sheet["AD8"].fill.fill_type == "solid"


def test_sheet_names_that_excel_refuses(annotate: Any) -> None:
    names = (
        None,
        "数据",
        "a/b:c*d?e[f]g\\h",
        "'引号'",
        "长" * 40,
        "长" * 40,
        "A",
        "a",
        "\x00",
        "  ",
        "𠮷" * 20,
    )
    copy = annotate(
        XLS, [grid((HEADER,), name) for name in names], [found(1, 3, sheet=name) for name in names]
    )
    sheets = copy.book.sheetnames[1:]
    assert sheets[:4] == ["数据", "数据(2)", "a_b_c_d_e_f_g_h", "引号"]
    assert sheets[4:8] == ["长" * 31, "长" * 28 + "(2)", "A", "a(2)"]
    assert sheets[8:10] == ["␀", "数据(3)"]
    assert sheets[10] == "𠮷" * 15
    assert {copy.colour("C1", sheet) for sheet in sheets if sheet != "长" * 28 + "(2)"} == {RED}


def test_rows_beyond_the_last_are_told(annotate: Any) -> None:
    far = Grid(Source(FILE), ((1, ("甲",)), (1_048_577, ("乙",))))
    copy = annotate(b"a,b", [far], [found(1_048_577, 1, sheet=None)])
    assert copy["数据"].max_row == 1
    assert [line[2:5] for line in copy.lines()] == [("数据", 1_048_577, "身份证号（A 列）")]
    assert any("抄不下" in str(cell.value) for cell in copy.list["A"])


def test_merged_areas_that_cannot_be_are_left_out(annotate: Any) -> None:
    merged = (Area(1, 1, 2, 2), Area(2, 2, 3, 3), Area(4, 1, 4, 1), Area(5, 1, 5, 20_000), Area(2, 3, 9, 4))
    copy = annotate(XLS, [grid((HEADER,), merged=merged)], [])
    assert {str(area) for area in copy["名单"].merged_cells.ranges} == {"A1:B2", "C2:D9"}


def test_many_sheets(annotate: Any) -> None:
    copy = annotate(XLS, [grid((HEADER,), str(number)) for number in range(250)], [found(1, 1, sheet="249")])
    assert copy.colour("A1", "249") == RED


def test_hidden_sheets_stay_hidden_unless_something_is_found(annotate: Any) -> None:
    hidden = [grid((HEADER,), name, is_hidden=True) for name in ("甲", "乙")]
    copy = annotate(XLS, hidden, [found(1, 1, sheet="乙")])
    assert [copy[name].sheet_state for name in ("甲", "乙")] == ["hidden", "visible"]


def test_memory_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    many = grid([tuple(f"{row}-{column}" for column in range(15)) for row in range(500)])

    def peak() -> int:
        tracemalloc.start()
        write_annotated(tmp_path / "copy.xlsx", XLS, [many], [found(9, 3)], [])
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    assert peak() < 500 * many.rows[-1][0] * 15
    monkeypatch.setattr(adapter, "MOST_CELLS", 7_499)
    assert peak() < 1_000_000


TEXT = st.text(st.characters(), max_size=40)
VALUES: st.SearchStrategy[Value] = st.one_of(
    st.none(), TEXT, st.integers(), st.floats(), st.booleans(), st.datetimes(),
    st.builds(Unreadable, TEXT, st.just("error-value")),
)  # fmt: skip
SHEETS = st.none() | TEXT
AREAS = st.builds(Area, *[st.integers(1, 12)] * 4)
GRIDS = st.builds(
    Grid,
    st.builds(Source, TEXT, SHEETS),
    st.lists(st.tuples(st.integers(1, 30), st.lists(VALUES, max_size=6).map(tuple)), max_size=6).map(tuple),
    st.lists(AREAS, max_size=4).map(tuple),
)
PLACES = st.none() | st.integers(1, 30) | st.integers(1_000_000, 2_000_000)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data(), st.lists(GRIDS, max_size=3))
def test_any_grid_and_any_findings_give_a_workbook(
    tmp_path: Path, data: st.DataObject, grids: list[Grid]
) -> None:
    sheets = st.sampled_from([each.source.sheet for each in grids]) if grids else SHEETS
    problem = st.builds(
        Problem, st.builds(Source, TEXT, sheets | SHEETS, PLACES), st.none() | TEXT, TEXT, TEXT, TEXT, PLACES
    )
    problems, notices = data.draw(st.lists(problem, max_size=6)), data.draw(st.lists(problem, max_size=6))
    path = tmp_path / "copy.xlsx"
    write_annotated(path, XLS, grids, problems, notices)
    copy = Copy(path)
    assert len(copy.lines()) == len(problems) + len(notices)
    assert len(copy.book.sheetnames) == len(grids) + 1
    assert not [cell for sheet in copy.book for cell in sheet._cells.values() if cell.data_type == "f"]
