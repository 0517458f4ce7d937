"""Annex 1 as it is: 26 units, 2,300 letters, printed once by the real LibreOffice and looked at from every side."""

import hashlib
import re
import shutil
import stat
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from support.desk import ROOT, Desk
from support.paper import Halves, bookmarks, fonts, halves, page_count, poppler_text, squeezed

from pipeline.domain.wording import capital_number, digit_by_digit

pytestmark = [pytest.mark.soffice, pytest.mark.slow]


def annex() -> list[tuple[str, str, int]]:
    """Code, name, target of each unit, read past the product."""
    rows = load_workbook(ROOT / "inputs" / "任务分解表.xlsx").worksheets[0].iter_rows(values_only=True)
    return [(f"{row[0]:02d}", str(row[1]), int(row[2])) for row in rows if isinstance(row[0], int)]


ANNEX = annex()
LETTERS = [(code, name, number) for code, name, target in ANNEX for number in range(1, target + 1)]
FILES = [
    "介绍信.pdf",
    "领取签收表.pdf",
    "领取签收表.docx",
    "领取签收表.xlsx",
    "编号登记.xlsx",
    "manifest.json",
]


def serial(code: str, number: int) -> str:
    return f"岚个培〔2022〕{code}-{number:04d}"


def unit_file(county: Desk, code: str, name: str) -> Path:
    return county.batch() / "各单位" / f"{code}-{name}.pdf"


def test_the_real_annex_is_what_these_tests_look_at() -> None:
    assert len(ANNEX) == 26 and len(LETTERS) == 2300


def test_there_are_2300_pages(county: Desk) -> None:
    assert page_count(county.batch() / "介绍信.pdf") == 2300


def test_every_key_is_there_once_and_on_the_page_that_the_manifest_says(county: Desk) -> None:
    told = [
        (letter["key"], letter["serial"], letter["unit"], letter["page"])
        for letter in county.manifest()["letters"]
    ]
    assert told == [
        (f"2022-{code}-{number:04d}", serial(code, number), name, page)
        for page, (code, name, number) in enumerate(LETTERS, 1)
    ]


def test_each_serial_stands_on_both_halves_of_its_own_page(county_pages: list[Halves]) -> None:
    missing = [
        serial(code, number)
        for (code, _, number), page in zip(LETTERS, county_pages, strict=True)
        if serial(code, number) + "号" not in page.upper or serial(code, number) not in page.lower
    ]
    assert missing == []


def test_no_page_carries_the_serial_of_another(county_pages: list[Halves]) -> None:
    strange = [
        page.whole
        for (code, _, number), page in zip(LETTERS, county_pages, strict=True)
        if set(re.findall(r"岚个培〔2022〕\d\d-\d{4}", page.whole)) != {serial(code, number)}
    ]
    assert strange == []


def test_each_page_has_its_number_at_the_seam_in_figures_and_in_capitals(county_pages: list[Halves]) -> None:
    for (code, _, number), page in zip(LETTERS, county_pages, strict=True):
        assert digit_by_digit(f"{code}-{number:04d}") + "号" in page.whole
        assert page.whole.count(serial(code, number)) >= 3
        assert "骑缝章" in page.whole and "骑缝章" not in page.upper + page.lower


def test_each_half_of_a_page_is_signed_by_the_full_name_of_its_unit(county_pages: list[Halves]) -> None:
    rows = (
        load_workbook(ROOT / "inputs" / "单位名录.xlsx").worksheets[0].iter_rows(min_row=3, values_only=True)
    )
    names = {str(row[0]): str(row[2]) for row in rows}
    for (code, _, _), page in zip(LETTERS, county_pages, strict=True):
        assert names[code] in page.upper and names[code] in page.lower


def test_each_half_of_a_page_says_what_annex_2_says(county_pages: list[Halves]) -> None:
    for words in (
        "县行政审批局",
        "经引领培育，兹介绍",
        "姓名",
        "身份证号",
        "联系方式",
        "前往办理",
        "个体工商户营业执照",
        "主要经营",
        "经营地址",
        "2022年",
    ):
        assert words in county_pages[0].upper and words in county_pages[0].lower, words
    assert "存根" in county_pages[0].upper


def test_every_unit_has_a_bookmark_to_its_first_page(county: Desk) -> None:
    expected, page = [], 1
    for code, name, target in ANNEX:
        expected.append((f"{code} {name}（{target}份）", page))
        page += target
    assert bookmarks(county.batch() / "介绍信.pdf") == expected


def test_the_document_says_what_it_is_and_who_made_it(county: Desk) -> None:
    info = PdfReader(county.batch() / "介绍信.pdf").metadata
    assert info is not None
    assert "岚县2022年" in str(info.title) and "2022-001" in str(info.title)
    assert info.author == "岚县个体工商户培育工作专班办公室" and info.creation_date is not None


def test_every_unit_has_its_own_file_and_their_pages_add_up(county: Desk) -> None:
    names = sorted(path.name for path in (county.batch() / "各单位").iterdir())
    assert names == [f"{code}-{name}.pdf" for code, name, _ in ANNEX]
    assert {name: page_count(unit_file(county, code, name)) for code, name, _ in ANNEX} == {
        name: target for _, name, target in ANNEX
    }


@pytest.mark.parametrize("code, name, target", ANNEX)
def test_a_units_file_holds_its_own_letters_in_order(county: Desk, code: str, name: str, target: int) -> None:
    pages = list(halves(unit_file(county, code, name)))
    assert len(pages) == target
    for number, page in enumerate(pages, 1):
        assert serial(code, number) in page.upper and serial(code, number) in page.lower


def test_a_units_file_has_only_its_own_bookmark_and_title(county: Desk) -> None:
    path = unit_file(county, *ANNEX[2][:2])
    info = PdfReader(path).metadata
    assert len(bookmarks(path)) <= 1 and info is not None and ANNEX[2][1] in str(info.title)


def test_all_fonts_are_embedded_and_fang_song_is_fandol(county: Desk) -> None:
    found = fonts(county.batch() / "介绍信.pdf", "-l", "200")
    assert found and all(embedded for _, embedded in found), found
    assert any("FandolFang" in name for name, _ in found)


def test_the_receipt_sheet_carries_its_fonts_too(county: Desk) -> None:
    found = fonts(county.batch() / "领取签收表.pdf")
    assert found and all(embedded for _, embedded in found), found


def test_a_page_takes_less_than_10_kb(county: Desk) -> None:
    assert (county.batch() / "介绍信.pdf").stat().st_size < 2300 * 10_000


def test_only_the_owner_can_read_what_was_made(county: Desk) -> None:
    made = [
        county.outputs,
        *county.outputs.rglob("*"),
        county.register.parent,
        *county.register.parent.iterdir(),
    ]
    modes = {(path.is_dir(), stat.S_IMODE(path.stat().st_mode)) for path in made}
    assert modes == {(True, 0o700), (False, 0o600)}


def test_the_folder_holds_what_the_contract_names_and_nothing_else(county: Desk) -> None:
    assert sorted(path.name for path in county.batch().iterdir()) == sorted([*FILES, "各单位"])
    assert [path.name for path in county.outputs.iterdir()] == ["letters"]


def test_the_manifest_names_every_file_with_its_digest(county: Desk) -> None:
    manifest = county.manifest()
    assert manifest["batch"] == "2022-001"
    assert {letter["kind"] for letter in manifest["letters"]} == {"blank"}
    there = {
        path.relative_to(county.batch()).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in county.batch().rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }
    assert manifest["files"] == there


def test_qpdf_finds_nothing_wrong_with_the_pdfs(county: Desk) -> None:
    """The units' files are all written alike: the first and the last of them."""
    units = sorted((county.batch() / "各单位").iterdir())
    for path in (*county.batch().glob("*.pdf"), units[0], units[-1]):
        checked = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
        assert checked.returncode == 0, (path.name, checked.stdout, checked.stderr)


def test_another_reader_sees_the_same_text(county: Desk) -> None:
    text = squeezed(poppler_text(county.batch() / "介绍信.pdf", "-f", "2300", "-l", "2300"))
    assert text.count(serial("26", 40)) >= 2 and "县文旅局" not in text.replace("岚县文化和旅游局", "")
    assert "岚县文化和旅游局" in text and "介绍信" in text and digit_by_digit("26-0040") in text


def test_the_pages_are_a4(county: Desk) -> None:
    sizes = {
        tuple(round(float(side)) for side in page.mediabox[2:])
        for page in PdfReader(county.batch() / "介绍信.pdf").pages
    }
    assert sizes == {(595, 842)}


def test_the_halves_of_a_page_are_told_apart(county_pages: list[Halves]) -> None:
    assert all("存根" in page.upper and "存根" not in page.lower for page in county_pages)


# ---- 编号登记.xlsx


@pytest.fixture(scope="module")
def ledger(county: Desk) -> Any:
    return load_workbook(county.batch() / "编号登记.xlsx").worksheets[0]


def test_the_ledger_has_one_row_for_each_letter_under_the_usual_columns(ledger: Any) -> None:
    rows = list(ledger.iter_rows(min_row=2, values_only=True))
    assert rows[0][:9] == (
        "编号",
        "开具日期",
        "姓名",
        "身份证号",
        "联系方式",
        "拟用名称",
        "主要经营",
        "经营地址",
        "开具单位",
    )
    assert [(row[0], row[8]) for row in rows[1:]] == [
        (serial(code, n) + "号", name) for code, name, n in LETTERS
    ]


def test_the_ledger_keeps_long_numbers_as_text(ledger: Any) -> None:
    assert {cell.number_format for row in ledger.iter_rows(min_row=3) for cell in row} == {"@"}


def test_the_ledger_stays_readable_on_screen_and_on_paper(ledger: Any) -> None:
    assert ledger.freeze_panes == "B3" and ledger.print_title_rows == "$1:$2"
    assert ledger.auto_filter.ref.startswith("A2:")
    assert all(ledger.column_dimensions[letter].width > 8 for letter in "ABCDEFGHIJKLMNOP")
    assert ledger.page_setup.orientation == "landscape"


# ---- 领取签收表


def test_the_receipt_sheet_names_from_to_count_and_books_of_every_unit(county: Desk) -> None:
    text = "".join(page.whole for page in halves(county.batch() / "领取签收表.pdf"))
    for code, name, target in ANNEX:
        assert name in text and serial(code, 1) in text and serial(code, target) in text, name
        assert capital_number(target) in text, name
    assert "贰仟叁佰" in text and "2300" in text
    assert str(sum(-(-target // 50) for _, _, target in ANNEX)) in text


def test_every_page_of_the_receipt_sheet_repeats_its_header(county: Desk) -> None:
    path = county.batch() / "领取签收表.pdf"
    assert page_count(path) >= 2
    for page in halves(path):
        assert "起始号" in page.upper and "签" in page.upper


def test_the_receipt_sheet_can_be_edited_in_word(county: Desk) -> None:
    with ZipFile(county.batch() / "领取签收表.docx") as package:
        text = package.read("word/document.xml").decode()
    assert "{{" not in text and "{%" not in text and serial("26", 40) in text


def test_the_receipt_sheet_ties_itself_to_the_register(county: Desk) -> None:
    head = county.manifest()["chain_head"]
    assert head[:16].upper() in squeezed(poppler_text(county.batch() / "领取签收表.pdf"))


# ---- what the clerk is told


def test_the_clerk_is_told_units_ranges_total_place_and_next_step(county_told: dict[str, Any]) -> None:
    out = county_told["out"]
    for code, name, target in ANNEX:
        assert name in out and serial(code, 1) in out and serial(code, target) in out
    assert "2300" in out and "2022-001" in out and "下一步" in out and "文件在：" in out


def test_the_register_is_sound_after_the_run(county: Desk, tmp_path: Path) -> None:
    outcome = county.copy(tmp_path / "岚县").run("register", "check")
    assert outcome.code == 0 and "2300" in outcome.out


def test_the_register_status_tells_target_letters_ranges_and_batch(county: Desk, tmp_path: Path) -> None:
    standing = county.copy(tmp_path / "岚县").run("register", "status", "--json").json
    assert [(unit["code"], unit["name"], unit["target"], unit["live"]) for unit in standing["units"]] == [
        (code, name, target, target) for code, name, target in ANNEX
    ]
    assert all(unit["batches"] == ["2022-001"] and len(unit["ranges"]) == 1 for unit in standing["units"])
    assert standing["unfinished"] is None


# ---- run again


def test_a_second_run_numbers_nothing_and_says_so(county: Desk, tmp_path: Path) -> None:
    desk = county.copy(tmp_path / "岚县")
    outcome = desk.run("letters")
    assert outcome.code == 0 and "没有要新编号的" in outcome.out and "2300" in outcome.out
    assert len(desk.numbered()) == 2300 and [path.name for path in desk.batch().parent.iterdir()] == [
        "2022-001"
    ]


def test_raising_dongcun_from_180_to_200_prints_exactly_20_more(county: Desk, tmp_path: Path) -> None:
    desk = county.copy(tmp_path / "岚县")
    targets = [(name, 200 if name == "东村镇" else target) for _, name, target in ANNEX]
    desk.write_targets(targets)
    outcome = desk.run("letters", "--json")
    assert outcome.code == 0 and outcome.json["letters"] == 20 and outcome.json["batches"] == ["2022-002"]
    keys = [letter["key"] for letter in desk.manifest("2022-002")["letters"]]
    assert keys == [f"2022-01-{number:04d}" for number in range(181, 201)]
    assert page_count(desk.batch("2022-002") / "介绍信.pdf") == 20
    assert [path.name for path in (desk.batch("2022-002") / "各单位").iterdir()] == ["01-东村镇.pdf"]
    assert desk.manifest() == county.manifest()
    assert desk.run("register", "check").code == 0 and desk.run("letters").out.startswith("没有要新编号的")


def test_a_register_restored_from_before_the_print_refuses_to_number_again(
    county: Desk, tmp_path: Path
) -> None:
    desk = county.copy(tmp_path / "岚县")
    shutil.rmtree(desk.register.parent)
    outcome = desk.run("letters")
    assert outcome.code == 6 and "2022-001" in outcome.err and "重号" in outcome.err
    assert desk.numbered() == [] and desk.manifest() == county.manifest()


def test_the_annex_may_lie_in_a_sub_folder_under_any_name(county: Desk, tmp_path: Path) -> None:
    desk = county.copy(tmp_path / "岚县")
    (desk.root / "inputs" / "2022").mkdir()
    (desk.root / "inputs" / "任务分解表.xlsx").rename(desk.root / "inputs" / "2022" / "新建 表格(1).XLSX")
    assert desk.run("letters").out.startswith("没有要新编号的")


def test_the_names_of_units_are_counted_once(county: Desk) -> None:
    assert Counter(letter["unit"] for letter in county.manifest()["letters"]) == {
        name: target for _, name, target in ANNEX
    }


def test_the_real_inputs_have_no_problems(county: Desk, tmp_path: Path) -> None:
    outcome = county.run("check", "--json")
    assert outcome.code == 0 and outcome.json["problems"] == [] and outcome.json["notices"] == []
    assert {file["kind"] for file in outcome.json["files"]} == {"targets", "roster"}
