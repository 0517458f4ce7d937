"""Registrations held against letters: what is used is entered once, what is doubtful is told."""

from datetime import date

import pytest
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader
from support.clerk import DATE, distribute, give_back, history, listed, reconciled, replace, reprint, void
from support.desk import Desk, write_sheet
from support.inputs.lists import PEOPLE, write_list
from support.inputs.registrations import HEADER, code
from support.seen import assert_sound, states

from pipeline.adapters.pdf.reading import read_pages
from pipeline.errors import ConversionFault, ExitCode, RegisterFault, TemplateFault
from pipeline.reports.reconciliation.findings import WORDS

ID = "999999199001011234"


@pytest.fixture
def shops(printed_desk: Desk) -> Desk:
    """Two shops with a letter of 东村镇 and 普明镇, one without; the other two name void and unknown letters."""
    rows = [
        (code(1), "甲店", "王某", "", "2022-05-03", "存续", "", "2022-01-0001", "东村镇"),
        (code(2), "乙店", "李某", "", "2022-05-20", "存续", "", "岚个培〔2022〕02-0002号", "普明镇"),
        (code(3), "丙店", "张某", "", "2022-05-21", "存续", "", "", "县民政局"),
        (code(4), "丁店", "赵某", "", "2022-05-22", "存续", "", "2022-03-0001", "县民政局"),
        (code(5), "戊店", "钱某", "", "2022-05-23", "存续", "", "2022-03-0099", "县民政局"),
    ]
    write_sheet(printed_desk.root / "inputs" / "登记.xlsx", [HEADER, *rows])
    void(printed_desk, "03-0001")
    return printed_desk


def test_letters_that_became_a_business_are_entered_once_with_its_code_and_day(shops: Desk) -> None:
    assert "已办照的介绍信2份" in reconciled(shops).report.closing
    assert states(shops) == {"01-0001": "used", "02-0002": "used", "03-0001": "void"}
    last = history(shops, "02-0002").events[-1]
    assert (last.what, last.day, last.why) == ("used", date(2022, 5, 20), code(2))
    events = shops.ask("SELECT count(*) FROM events")
    assert reconciled(shops).report.ranges == () and shops.ask("SELECT count(*) FROM events") == events
    assert_sound(shops, 8)


def test_what_is_doubtful_is_told_and_changes_nothing(shops: Desk) -> None:
    assert [doubt.code for doubt in reconciled(shops).report.problems] == ["letter-void", "letter-unknown"]
    assert states(shops)["03-0001"] == "void"


def test_a_used_letter_is_shown_in_lists_and_not_made_up_for(shops: Desk) -> None:
    reconciled(shops)
    assert listed(shops, state="used") == ["01-0001", "02-0002"]
    for move in (give_back, reprint, replace):
        with pytest.raises(RegisterFault):
            move(shops, "01-0001")
    assert shops.run("letters", "--json").json["letters"] == 1


def test_a_file_that_cannot_be_read_stops_it(shops: Desk) -> None:
    (shops.root / "inputs" / "坏.xlsx").write_bytes(b"PK not a workbook")
    assert reconciled(shops).report.exit_code == ExitCode.DATA and set(states(shops)) == {"03-0001"}


# ---- what is written


@pytest.fixture
def asked(shops: Desk) -> Desk:
    """The same desk whose letters were handed out before; a shop of April uses one of another unit besides."""
    rows = [(code(6), "己店", "孙小明", ID, "2022-04-09", "存续", "", "2022-02-0001", "东村镇")]
    write_sheet(shops.root / "inputs" / "补录.xlsx", [HEADER, *rows])
    for unit, day in (("东村镇", "2022-03-01"), ("普明镇", "2022-04-01"), ("县民政局", "2022-05-02")):
        distribute(shops, unit=unit, day=date.fromisoformat(day))
    return shops


def sheets(desk: Desk, folder: str) -> dict[str, list[tuple[object, ...]]]:
    book = load_workbook(desk.outputs / "reconcile" / folder / "对账.xlsx")
    return {
        sheet.title: [tuple("" if cell is None else cell for cell in row) for row in sheet.values][2:]
        for sheet in book
    }


def letters_to(desk: Desk, folder: str) -> dict[str, str]:
    """Unit by bookmark → the page that it gets, white space left out."""
    path = desk.outputs / "reconcile" / folder / "函询.pdf"
    titles = [mark.title for mark in PdfReader(path).outline]
    return dict(zip(titles, [page.text for page in read_pages(path)], strict=True))


def test_the_tables_tell_every_registration_and_every_number_that_nobody_used(asked: Desk) -> None:
    outcome = asked.run("register", "reconcile", "--json")
    assert outcome.code == 0, outcome
    assert outcome.json["folders"] == [str(asked.outputs / "reconcile" / "2022")]
    found = sheets(asked, "2022")
    assert {(row[4], row[7], row[10]) for row in found["对账结果"]} == {
        ("甲店", "2022-01-0001", "相符"),
        ("乙店", "2022-02-0002", "相符"),
        ("丙店", "", "申报单位引荐，未注明介绍信"),
        ("丁店", "2022-03-0001", "已作废的介绍信仍被使用"),
        ("戊店", "2022-03-0099", "台账查无此编号"),
        ("己店", "2022-02-0001", "介绍信用于别的单位"),
    }
    assert [row[10] for row in found["对账结果"]].index("相符") == 3, "what is to be looked into comes first"
    assert [row[1:] for row in found["未使用编号"]] == [
        ("2022-01-0002", 1, "已发放", "2022-03-01", 83, "61至90天"),
        ("2022-02-0003", 1, "已发放", "2022-04-01", 52, "31至60天"),
        ("2022-03-0002至0004", 3, "已发放", "2022-05-02", 21, "30天以内"),
    ]
    total = found["汇总"][-1]
    assert total[1] == "合计" and total[4:6] == (3, 5) and total[12:] == (6, 2, 3, 1)
    told = outcome.json
    assert sum(run["count"] for run in told["outstanding"]) == 5 and told["outstanding"][0]["days"] == 83
    assert [each["findings"] for each in told["findings"]].count(["used-as-issued"]) == 2


def test_each_unit_with_something_to_answer_gets_one_page_without_persons(asked: Desk) -> None:
    reconciled(asked)
    folder = asked.outputs / "reconcile" / "2022"
    pages = letters_to(asked, "2022")
    assert list(pages) == ["东村镇", "普明镇", "县民政局"]
    for unit, page in zip(("01-东村镇", "02-普明镇", "03-县民政局"), pages.values(), strict=True):
        [own] = list(read_pages(folder / "各单位" / f"{unit}.pdf"))
        assert own.text == page and "关于核实2022年介绍信使用情况的函" in page
    assert "岚县东村镇人民政府：" in pages["东村镇"] and "2022-01-0002" in pages["东村镇"]
    assert "2022年3月1日领用" in pages["东村镇"]
    for unit in ("东村镇", "普明镇"):  # one declared it, the other's letter it is
        assert "己店" in pages[unit] and "孙某某" in pages[unit] and "2022-02-0001" in pages[unit]
    assert "戊店" in pages["县民政局"] and "己店" not in pages["县民政局"]
    said = "".join(pages.values()) + "".join(map(str, sheets(asked, "2022").values()))
    assert not any(secret in said for secret in (ID, ID[:14], "孙小明", "赵某某"))
    assert not list(folder.glob("各单位/*附表*")) and (folder / "函询.docx").exists()
    assert all(path.stat().st_mode & 0o077 == 0 for path in folder.rglob("*"))


def test_a_month_tells_its_own_and_what_was_unused_at_its_end(asked: Desk) -> None:
    assert "新登记为已办照的介绍信1份" in reconciled(asked, 4).report.closing
    found = sheets(asked, "2022-04")
    assert [row[4] for row in found["对账结果"]] == ["己店"]
    assert [(row[1], row[5]) for row in found["未使用编号"]] == [
        ("2022-01-0001至0002", 60),
        ("2022-02-0002至0003", 29),
    ]
    assert "县民政局" not in letters_to(asked, "2022-04")
    assert states(asked)["01-0001"] == "distributed"
    reconciled(asked)
    assert sheets(asked, "2022-04") == found and states(asked)["01-0001"] == "used"


@pytest.mark.parametrize("month", ["2021-05", "2022-13", "五月"])
def test_a_month_that_cannot_be_is_wrong_usage(asked: Desk, month: str) -> None:
    assert asked.run("register", "reconcile", "--month", month).code == 2
    assert not (asked.outputs / "reconcile").exists()


def test_what_a_page_has_no_room_for_is_counted_and_listed_in_an_annex(asked: Desk) -> None:
    rows = [
        (code(100 + number), f"岚县普明镇第{number}号小百货店", "钱多多", "", "2022-05-08", "存续", "", f"2022-02-09{number:02d}", "普明镇")
        for number in range(1, 31)
    ]  # fmt: skip
    write_sheet(asked.root / "inputs" / "多.xlsx", [HEADER, *rows])
    shown = []
    for lines in (0, 6):  # a clerk writes more into the template
        lengthen(asked, lines)
        reconciled(asked)
        page = letters_to(asked, "2022")["普明镇"]
        shown.append(sum(f"第{number}号小百货店" in page for number in range(1, 31)) + ("己店" in page))
        assert f"另有需要核实的登记{31 - shown[-1]}条，见附表。" in page
    assert shown[0] > shown[1] >= 1
    lengthen(asked, 60)
    with pytest.raises(ConversionFault, match="一页放不下"):
        reconciled(asked)
    [annex] = (asked.outputs / "reconcile" / "2022" / "各单位").glob("*附表.xlsx")
    book = load_workbook(annex)
    assert annex.name == "02-普明镇-附表.xlsx" and book["需要核实的登记"].max_row == 2 + 31
    assert "钱多多" not in str([*book["需要核实的登记"].values])


def lengthen(desk: Desk, lines: int) -> None:
    """Write so many lines more into the template."""
    path = desk.root / "templates" / "inquiry.docx"
    document = Document(str(path))
    for _ in range(lines):
        document.paragraphs[1].insert_paragraph_before("请认真核实。", style="函主送")
    document.save(str(path))


def test_the_person_and_the_day_of_a_filled_letter_are_held_against_the_registration(desk: Desk) -> None:
    desk.settings("letter_days = 0", "letter_days = 30")
    write_list(desk, "东村镇培育对象名单.xlsx", PEOPLE[:2])
    assert desk.run("letters", *DATE).code == 0
    first, second = PEOPLE[:2]
    rows = [
        (code(1), "甲店", first.name, second.id_no, "2022-05-20", "存续", "", "2022-01-0001", "东村镇"),
        (code(2), "乙店", second.name, second.id_no, "2022-07-02", "存续", "", "2022-01-0002", "东村镇"),
        (code(3), "丙店", first.name, first.id_no, "2022-06-20", "存续", "", "", ""),
    ]
    write_sheet(desk.root / "inputs" / "登记.xlsx", [HEADER, *rows])
    outcome = reconciled(desk)
    assert [each.codes for each in outcome.findings] == [
        ("letter-other-person", "before-letter"),
        ("after-letter",),
        ("letter-not-named",),
    ]
    assert [doubt.code for doubt in outcome.report.problems] == [
        "letter-other-person",
        "before-letter",
        "after-letter",
    ]
    page = letters_to(desk, "2022")["东村镇"]
    assert "本人有介绍信" in page and second.id_no not in page


def test_the_bulletin_and_the_letters_of_inquiry_doubt_the_same(asked: Desk) -> None:
    row = (code(7), "庚店", "周某", "", "2022-05-01", "存续", "", "2022-03-0003", "县民政局")
    write_sheet(asked.root / "inputs" / "又.xlsx", [HEADER, row])
    assert asked.run("bulletin", "--month", "2022-05").code == 0
    doubts = reconciled(asked).report.problems
    here = {(doubt.source.file, doubt.source.row, doubt.code) for doubt in doubts}
    sheet = load_workbook(asked.outputs / "bulletin" / "2022-05" / "疑点清单.xlsx").worksheets[0]
    rows = list(sheet.iter_rows(min_row=3, values_only=True))
    there = {(str(row[4]), int(str(row[6])), str(row[10])) for row in rows if row[10] in WORDS}
    assert here == there and ("又.xlsx", 2, "before-letter") in here


def test_without_the_template_what_was_used_is_entered_and_nothing_written(asked: Desk) -> None:
    (asked.root / "templates" / "inquiry.docx").unlink()
    with pytest.raises(TemplateFault, match=r"inquiry\.docx"):
        reconciled(asked)
    assert states(asked)["01-0001"] == "used" and not (asked.outputs / "reconcile").exists()
