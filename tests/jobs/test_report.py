"""The month's bulletin on the example county: figures against the generator's truth, and what stays as it was printed.

The people and businesses are made up by ``examples/build``; ``expected.json`` is written from what it made, not from
what the program read.
"""

import hashlib
import json
import re
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader
from support.desk import ROOT, Desk, settle, write_sheet
from support.inputs.registrations import HEADER, code

from pipeline.adapters.word import said_in
from pipeline.domain.documents import Workbook
from pipeline.domain.statistics.doubts import COLUMNS
from pipeline.errors import ConversionFault
from pipeline.publishing.readback import collate
from pipeline.reports.bulletin import BULLETIN

EXAMPLE = ROOT / "examples" / "2022"
TRUTH: dict[str, Any] = json.loads((EXAMPLE / "expected.json").read_text(encoding="utf-8"))["figures"]
MONTHS = sorted(TRUTH)
FILES = [
    "figures.json",
    "manifest.json",
    "作战图.pdf",
    "指标明细.xlsx",
    "疑点清单.xlsx",
    "简报.docx",
    "简报.pdf",
]


@pytest.fixture
def told(bulletins: Desk) -> Desk:
    """Six months, published one after another; not to be changed."""
    return bulletins


@pytest.fixture
def desk_of(told: Desk, tmp_path: Path) -> Desk:
    """The same desk, to be changed."""
    return told.copy(tmp_path / "岚县")


@pytest.fixture
def shop(desk: Desk) -> Desk:
    """The small desk with three registrations in May: two of 东村镇, one of nobody."""
    rows = [
        (code(11), "甲店", "王某", "", "2022-05-03", "存续", "", "", "东村镇"),
        (code(22), "乙店", "李某", "", "2022-05-20", "存续", "", "", "东村"),
        (code(33), "丙店", "张某", "", "2022-05-21", "存续", "", "", ""),
    ]
    write_sheet(desk.root / "inputs" / "登记.xlsx", [HEADER, *rows])
    return desk


def folder(desk: Desk, month: str) -> Path:
    return desk.outputs / "bulletin" / month


def figures(desk: Desk, month: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder(desk, month) / "figures.json").read_text(encoding="utf-8"))
    return found


def digests(desk: Desk, month: str) -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder(desk, month).iterdir())
    }


def words(path: Path) -> str:
    """All text of a docx or a workbook, as its XML has it."""
    with zipfile.ZipFile(path) as package:
        return "".join(
            package.read(name).decode("utf-8", "replace")
            for name in package.namelist()
            if name.endswith(".xml")
        )


def rounded(rate: float | None) -> str:
    """In percent, one decimal, half away from zero; written apart from the product."""
    if rate is None:
        return "—"
    thousandths = Fraction(rate).limit_denominator(10**6) * 1000
    whole = abs(thousandths).__floor__() + (abs(thousandths) % 1 >= Fraction(1, 2))
    return f"{'-' if thousandths < 0 and whole else ''}{whole // 10}.{whole % 10}"


@pytest.mark.parametrize("month", MONTHS)
def test_every_figure_is_the_generators_truth(told: Desk, month: str) -> None:
    found, truth = figures(told, month), TRUTH[month]
    pace = Fraction(int(month[5:]), 12)
    assert (found["month"], found["issue_number"]) == (month, int(month[5:])) and abs(
        found["pace"] - pace
    ) < 1e-9
    for whose, own in [("county", found["county"]), *((unit["code"], unit) for unit in found["units"])]:
        for name, number in truth.get(whose, dict.fromkeys(truth["county"], 0)).items():
            assert own[name] == number, (whose, name)
        assert own["net"] == own["new"] - own["cancelled"]
        assert own["net_month"] == own["new_month"] - own["cancelled_month"]
        rate = Fraction(own["net"], own["target"])
        assert abs(own["completion_rate"] - rate) < 1e-9 and abs(own["lead"] - (rate - pace)) < 1e-9
    parts = [*found["units"], found["unattributed"]]
    for name in ("new_month", "cancelled_month", "net_month", "new", "cancelled", "net"):
        assert found["county"][name] == sum(part[name] for part in parts)
    for group in ("乡镇", "县直"):
        own = [
            (Fraction(unit["net"], unit["target"]), unit["rank"])
            for unit in found["units"]
            if unit["group"] == group
        ]
        assert [rank for _, rank in own] == [1 + sum(other > rate for other, _ in own) for rate, _ in own]


@pytest.mark.parametrize("month", MONTHS)
def test_bands_are_told_by_exact_values(told: Desk, month: str) -> None:
    pace = Fraction(int(month[5:]), 12)
    for unit in figures(told, month)["units"]:
        rate = Fraction(unit["net"], unit["target"])
        band = "先进" if rate >= pace else "基本达标" if rate >= pace - Fraction(1, 10) else "滞后"
        assert unit["band"] == ("零进展" if unit["net"] <= 0 else band), unit


@pytest.mark.parametrize("month", MONTHS)
def test_every_number_printed_is_that_of_figures_json(told: Desk, month: str) -> None:
    found = figures(told, month)
    document = Document(str(folder(told, month) / "简报.docx"))
    tables = {table.rows[0].cells[0].text: table for table in document.tables}
    rows = [[cell.text for cell in row.cells] for row in tables["序号"].rows]
    printed = {row[1]: row[2:12] for row in rows}
    names = ("target", "new_month", "cancelled_month", "net_month", "new", "cancelled", "net")
    for unit in [*found["units"], {"name": "合计", "rank": None, **found["county"]}]:
        counts = [str(unit[name]) for name in names]
        rates = [rounded(unit["completion_rate"]), rounded(unit["lead"])]
        rank = "—" if unit["rank"] is None else str(unit["rank"])
        assert printed[unit["name"]] == [*counts, *rates, rank], unit["name"]
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    county = found["county"]
    assert (
        f"累计新登记个体工商户{county['new']}户，注销{county['cancelled']}户，净增{county['net']}户" in text
    )
    assert f"的{rounded(county['completion_rate'])}%" in text
    assert f"第{found['issue_number']}期" in text


def test_the_files_of_the_contract_are_there_and_open(told: Desk) -> None:
    assert sorted(path.name for path in folder(told, "2022-06").iterdir()) == FILES
    reader = PdfReader(folder(told, "2022-06") / "简报.pdf")
    text = "".join(page.extract_text() for page in reader.pages)
    assert "岚县个体工商户培育工作简报" in re.sub(r"\s", "", text) and reader.outline
    assert reader.metadata and "第6期" in (reader.metadata.title or "")
    wall = PdfReader(folder(told, "2022-06") / "作战图.pdf")
    assert len(wall.pages) == 1 and round(float(wall.pages[0].mediabox.width)) == 1191
    sums = load_workbook(folder(told, "2022-06") / "指标明细.xlsx", data_only=True)["指标"]
    assert [cell.value for cell in sums[sums.max_row]][3] == 2300
    doubts = load_workbook(folder(told, "2022-06") / "疑点清单.xlsx").active
    assert doubts is not None and [cell.value for cell in doubts[2]] == ["序号", *COLUMNS]
    assert doubts.auto_filter.ref == f"A2:K{doubts.max_row}"
    names = {unit["name"] for unit in figures(told, "2022-06")["units"]}
    for _, unit, *whose, doubted in (
        (row[0], row[1], row[2], row[3], row[10]) for row in doubts.iter_rows(min_row=3, values_only=True)
    ):
        assert all(whose) and doubted and (unit is None or unit in names or doubted == "unknown-unit")


SUSPICIOUS = {
    "many-licences", "shared-phone", "shared-address", "same-scope", "rush", "short-life", "age", "take-over", "to-company",
}  # fmt: skip


def doubts_of(desk: Desk, month: str) -> list[dict[str, Any]]:
    """Lines of the list of doubts, by column."""
    sheet = load_workbook(folder(desk, month) / "疑点清单.xlsx").active
    assert sheet is not None
    _, head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


def test_what_is_suspicious_stands_in_the_internal_list_alone(told: Desk) -> None:
    found = doubts_of(told, "2022-06")
    codes = [line["代码"] for line in found]
    first = next(place for place, line in enumerate(codes) if line in SUSPICIOUS)
    assert set(codes[first:]) == {"short-life", "shared-address", "take-over"} and not SUSPICIOUS & set(
        codes[:first]
    )
    assert codes.count("short-life") > 20, "the county's made-up closures"
    advice = {line["问题和办法"] for line in found[first:]}
    for path in folder(told, "2022-06").iterdir():
        if path.suffix == ".pdf":
            text = "".join(page.extract_text() for page in PdfReader(path).pages)
        else:
            text = words(path) if path.suffix in {".docx", ".xlsx"} else path.read_text(encoding="utf-8")
        if path.name != "疑点清单.xlsx":
            assert not any(words in text for words in ("疑似", "就注销", "同一地址", *advice)), path.name


def test_what_exports_say_besides_dates_is_held_against_each_other(desk: Desk) -> None:
    head = (
        "统一社会信用代码", "名称", "经营者", "身份证号", "成立日期", "注销日期", "联系电话", "经营场所", "经营范围", "引荐单位",
    )  # fmt: skip
    house, born = "岚县东村镇文明街8号", "999999193001010019"
    rows = [
        *((code(n), f"店{n}", f"某{n}", "", "2022-05-03", "", "15400001234", f"{house}附{n}", "小吃", "普明镇") for n in range(1, 11)),
        (code(21), "旧店", "王某", "", "2012-05-03", "2022-05-09", "", house, "小吃", ""),
        (code(22), "新店", "李某", born, "2022-05-10", "", "", house, "零售", "东村镇"),
        (code(23), "又一店", "李某", born, "2022-05-11", "2022-05-12", "", "", "零售", "东村镇"),
        (f"91{code(24)[2:]}", "新公司", "王某", "", "2022-05-10", "", "", "", "", ""),
        *((code(n), f"店{n}", f"某{n}", "", "2022-05-13", "", "", house, "零售", "") for n in (31, 32)),
    ]  # fmt: skip
    write_sheet(desk.root / "inputs" / "登记.xlsx", [head, *rows])
    outcome = desk.run("bulletin", "--json")
    assert outcome.code == 0, outcome
    found = doubts_of(desk, "2022-05")
    assert {line["代码"] for line in found} >= SUSPICIOUS
    assert f"疑点{len(found)}条" in outcome.json["closing"] and outcome.json["problems"] == []
    for line in found:
        assert line["名称"] and line["统一社会信用代码"] and line["文件"] and line["行"], line
        assert not any(number in str(line) for number in (born, "15400001234"))
    pair = next(line for line in found if line["代码"] == "take-over")
    assert (pair["单位"], pair["名称"], pair["行"]) == ("东村镇", "新店", "13")
    assert "“旧店”（登记.xlsx › Sheet1 › 第12行）2022-05-09注销" in pair["问题和办法"]
    assert "东村镇累计净增1户，其中这样的1户，扣除后净增0户。" in pair["问题和办法"]
    assert desk.run("check").code == 0 and not list((desk.outputs / "check").glob("*.xlsx"))


def test_neither_numbers_nor_phones_leave_the_inputs(told: Desk) -> None:
    private = set()
    for sheet in load_workbook(EXAMPLE / "inputs" / "登记数据" / "2022年6月.xlsx").worksheets:
        for row in sheet.iter_rows(values_only=True):
            private |= {str(value) for value in row if re.fullmatch(r"999999\d{11}[\dX]|1\d{10}", str(value))}
    assert len(private) > 100
    for path in folder(told, "2022-06").iterdir():
        text = (
            words(path) if path.suffix in {".docx", ".xlsx"} else path.read_bytes().decode("utf-8", "replace")
        )
        assert not [secret for secret in private if secret in text], path.name


def test_a_published_month_gives_the_same_files_whatever_comes_later(desk_of: Desk) -> None:
    before = digests(desk_of, "2022-05")
    row = (code(99), "补录店", "王某", "", "2022-05-30", "存续", "", "", "普明镇")
    write_sheet(desk_of.root / "inputs" / "补录.xlsx", [HEADER, row])
    shutil.rmtree(folder(desk_of, "2022-05"))
    assert desk_of.run("bulletin", "--month", "2022-05").code == 0
    assert digests(desk_of, "2022-05") == before


def test_late_records_are_told_in_the_next_bulletin(desk_of: Desk) -> None:
    row = (code(99), "补录店", "王某", "", "2022-05-30", "存续", "", "", "普明镇")
    write_sheet(desk_of.root / "inputs" / "补录.xlsx", [HEADER, row])
    before = figures(desk_of, "2022-06")["county"]
    assert desk_of.run("bulletin", "--month", "2022-07").code == 0
    after = figures(desk_of, "2022-07")["county"]
    assert after["new"] == before["new"] + 1 and after["new_month"] == 0
    text = "".join(
        paragraph.text for paragraph in Document(str(folder(desk_of, "2022-07") / "简报.docx")).paragraphs
    )
    assert "补录新登记1户" in text


def test_a_revised_month_keeps_its_number_and_says_why(desk_of: Desk) -> None:
    row = (code(99), "漏报店", "王某", "", "2022-05-30", "存续", "", "", "普明镇")
    write_sheet(desk_of.root / "inputs" / "漏报.xlsx", [HEADER, row])
    before = figures(desk_of, "2022-05")
    outcome = desk_of.run("bulletin", "--month", "2022-05", "--revise", "--reason", "普明镇漏报一户")
    assert outcome.code == 0 and "更正" in outcome.out
    after = figures(desk_of, "2022-05")
    assert after["issue_number"] == 5 and after["county"]["new"] == before["county"]["new"] + 1
    text = "".join(
        paragraph.text for paragraph in Document(str(folder(desk_of, "2022-05") / "简报.docx")).paragraphs
    )
    assert "（更正）" in text and "普明镇漏报一户" in text
    again = digests(desk_of, "2022-05")
    assert desk_of.run("bulletin", "--month", "2022-05").code == 0 and digests(desk_of, "2022-05") == again


def test_a_changed_record_of_what_was_published_shows(desk_of: Desk) -> None:
    path = desk_of.root / "register" / "bulletins" / "2022-03-1" / "issue.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"net": ', '"net": 1', 1), encoding="utf-8")
    outcome = desk_of.run("bulletin", "--month", "2022-07")
    assert outcome.code == 6 and "2022-03-1" in outcome.err


def test_the_latest_month_with_a_registration_is_the_one(shop: Desk) -> None:
    outcome = shop.run("bulletin", "--json")
    assert outcome.code == 0 and Path(outcome.json["folders"][0]).name == "2022-05"
    found = figures(shop, "2022-05")
    assert found["county"]["net"] == 3 and found["unattributed"]["net"] == 1 and found["issue_number"] == 1
    assert [(unit["net"], unit["rank"], unit["band"]) for unit in found["units"]] == [
        (2, 1, "先进"), (0, 2, "零进展"), (0, 1, "零进展"),
    ]  # fmt: skip


def test_a_month_without_any_registration_reads_well(shop: Desk) -> None:
    assert shop.run("bulletin", "--month", "2022-01").code == 0
    text = "".join(
        paragraph.text for paragraph in Document(str(folder(shop, "2022-01") / "简报.docx")).paragraphs
    )
    assert "本年尚无新登记和注销的个体工商户" in text and "环比" not in text


def test_months_that_end_on_the_25th_are_never_mixed_with_calendar_months(shop: Desk) -> None:
    shop.settings("month_end = 0", "month_end = 25")
    rows = [(code(44), "丁店", "赵某", "", "2022-05-26", "存续", "", "", "东村镇")]
    write_sheet(shop.root / "inputs" / "登记2.xlsx", [HEADER, *rows])
    assert shop.run("bulletin", "--month", "2022-05").code == 0
    found, before = figures(shop, "2022-05"), digests(shop, "2022-05")
    assert (found["as_of"], found["county"]["new_month"], found["county"]["new"]) == ("2022-05-25", 3, 3)
    text = "".join(
        paragraph.text for paragraph in Document(str(folder(shop, "2022-05") / "简报.docx")).paragraphs
    )
    assert "本月统计期为4月26日至5月25日，本年度自2021年12月26日起统计。" in text
    shop.settings("month_end = 25", "month_end = 0")
    for command in ("bulletin", "dispatch"):
        outcome = shop.run(command, "--month", "2022-06", "--json")
        [problem] = outcome.json["problems"]
        assert (outcome.code, problem["code"], problem["column"]) == (3, "other-months", "month_end")
        assert "2022年5月的简报是按month_end = 25（每月到25日为止）统计的" in problem["advice"]
        assert not (shop.outputs / command / "2022-06").exists()
    assert shop.run("bulletin", "--month", "2022-05").code == 0 and digests(shop, "2022-05") == before
    assert shop.run("bulletin", "--month", "2022-05", "--revise", "--reason", "改按自然月").code == 0
    assert figures(shop, "2022-05")["as_of"] == "2022-05-31"


def test_the_registry_s_own_count_stands_beside_the_bulletin_s(shop: Desk) -> None:
    rows = [("栏目", "指标", "数值"), ("登记机关统计", "本月新登记", "1户")]
    write_sheet(shop.root / "inputs" / "简报素材.xlsx", rows)
    row = (code(11), "甲店", "王某", "", "2022-05-03", "注销", "2022-05-30", "", "东村镇")
    write_sheet(shop.root / "inputs" / "登记2.xlsx", [HEADER, row])
    assert shop.run("bulletin", "--month", "2022-05").code == 0
    lines = [paragraph.text for paragraph in Document(str(folder(shop, "2022-05") / "简报.docx")).paragraphs]
    assert (
        "与登记机关统计口径相比：本月新登记1户，差2户（本简报多2户），主要是当期成立又注销多1户，其余多1户的原因待核。"
    ) in lines
    sheet = load_workbook(folder(shop, "2022-05") / "指标明细.xlsx")["与登记机关口径对照"]
    told = {row[0]: row[1:4] for row in sheet.iter_rows(min_row=3, values_only=True)}
    assert told["本月新登记"] == (3, 2, 1) and told["本月注销"] == (1, 0, 1) and "期末实有" not in told


def test_the_clerks_own_words_stand_in_their_sections(shop: Desk) -> None:
    rows = [("栏目", "内容"), ("典型经验", "东村镇包村到户。"), ("下一步工作", "抓紧办理<个体>&照。")]
    write_sheet(shop.root / "inputs" / "简报素材.xlsx", rows)
    assert shop.run("bulletin").code == 0
    lines = [paragraph.text for paragraph in Document(str(folder(shop, "2022-05") / "简报.docx")).paragraphs]
    assert "东村镇包村到户。" in lines and "抓紧办理<个体>&照。" in lines
    headings = [line for line in lines if re.match(r"[一二三四五六七八]、", line)]
    assert headings == [
        "一、总体情况", "二、各乡镇完成情况", "三、各县直单位完成情况", "四、典型经验", "五、存在问题", "六、下一步工作",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "arguments, code, told_of",
    [
        (("--month", "2021-05"), 2, "2022"),
        (("--month", "五月"), 2, "month"),
        (("--revise",), 2, "--reason"),
        (("--reason", "错了"), 2, "--revise"),
        (("--month", "2022-05", "--revise", "--reason", "错了"), 2, "没有印发过"),
    ],
)
def test_what_cannot_be_asked_for(shop: Desk, arguments: tuple[str, ...], code: int, told_of: str) -> None:
    outcome = shop.run("bulletin", *arguments)
    assert outcome.code == code and told_of in outcome.err, outcome
    assert not (shop.outputs / "bulletin").exists()


def test_a_month_that_has_not_come_has_no_bulletin(shop: Desk) -> None:
    year = time.localtime().tm_year + 1
    shop.settings("year = 2022", f"year = {year}")
    outcome = shop.run("bulletin", "--month", f"{year}-01")
    assert outcome.code == 2 and "还没有到" in outcome.err


def test_without_registrations_the_clerk_hears_which_file_is_wanted(desk: Desk) -> None:
    outcome = desk.run("bulletin")
    assert outcome.code == 3 and "登记数据" in outcome.said and "examples/2022" in outcome.said
    assert not (desk.outputs / "bulletin").exists()


@pytest.mark.parametrize("name", ["正文", "表格"])
def test_a_mark_that_is_not_on_the_paper_is_missed(told: Desk, tmp_path: Path, name: str) -> None:
    printed = folder(told, "2022-06")
    collate(said_in(printed / "简报.docx"), printed / "简报.pdf", "")
    document = Document(str(printed / "简报.docx"))
    cell = document.tables[-1].rows[2].cells[1].paragraphs[0]
    paragraph = cell if name == "表格" else next(each for each in document.paragraphs if "；" in each.text)
    paragraph.add_run("；")
    document.save(str(tmp_path / "简报.docx"))
    with pytest.raises(ConversionFault, match=f"少了“；”，在“{re.escape(paragraph.text[-9:])}”"):
        collate(said_in(tmp_path / "简报.docx"), printed / "简报.pdf", "")


def test_what_is_hidden_is_not_missed_and_another_pdf_is_not_taken(told: Desk, tmp_path: Path) -> None:
    printed = folder(told, "2022-06")
    document = Document(str(printed / "简报.docx"))
    hidden = document.paragraphs[-1].add_run("看不见的字")
    hidden.font.hidden = True
    document.save(str(tmp_path / "简报.docx"))
    collate(said_in(tmp_path / "简报.docx"), printed / "简报.pdf", "")
    with pytest.raises(ConversionFault):
        collate(said_in(printed / "简报.docx"), printed / "作战图.pdf", "")


def test_a_number_belongs_to_one_month(shop: Desk) -> None:
    assert shop.run("bulletin", "--month", "2022-05", "--issue-number", "7").code == 0
    assert figures(shop, "2022-05")["issue_number"] == 7
    assert shop.run("bulletin", "--month", "2022-04", "--issue-number", "7").code == 6
    assert shop.run("bulletin", "--month", "2022-05", "--issue-number", "8").code == 6


def bad_row(desk: Desk) -> None:
    rows = [HEADER, (code(44), "丁店", "赵某", "", "五月", "存续", "", "", "东村镇")]
    write_sheet(desk.root / "inputs" / "登记2.xlsx", rows)


def test_a_bad_row_is_a_doubt_unless_the_clerk_is_strict(shop: Desk) -> None:
    bad_row(shop)
    assert shop.run("bulletin", "--strict").code == 3 and not (shop.outputs / "bulletin").exists()
    outcome = shop.run("bulletin")
    assert outcome.code == 0 and "疑点1条" in outcome.out
    sheet = load_workbook(folder(shop, "2022-05") / "疑点清单.xlsx").active
    assert sheet is not None and [cell.value for cell in sheet[3]] == [
        "1", "东村镇", "丁店", code(44), "登记2.xlsx", "Sheet1", "2", "成立日期", "五月", sheet["J3"].value, "bad-date",
    ]  # fmt: skip


def kept(desk: Desk, month: str) -> dict[str, Any]:
    path = desk.root / "register" / "bulletins" / f"{month}-1" / "issue.json"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def test_what_was_kept_says_the_same_when_it_is_read_and_written_again(told: Desk) -> None:
    for month in MONTHS:
        plain = kept(told, month)
        content = BULLETIN.from_plain(plain)
        assert json.dumps(content.to_plain(), ensure_ascii=False) == json.dumps(plain, ensure_ascii=False)
        assert (content.period.name, BULLETIN.number(content).overall) == (month, int(month[5:]))


def test_a_list_of_doubts_that_was_kept_before_it_named_the_unit_is_made_again_as_it_was(told: Desk) -> None:
    old = ["登记.xlsx", "Sheet1", 2, "成立日期", "五月", "不是日期。", "bad-date"]
    plain = kept(told, "2022-05") | {"doubts": [old]}
    del plain["doubt_columns"]
    books = [each for each in BULLETIN.documents(BULLETIN.from_plain(plain)) if isinstance(each, Workbook)]
    [sheet] = next(each.sheets for each in books if each.name == "疑点清单")
    assert [column.header for column in sheet.columns] == ["序号", *COLUMNS[3:]]
    assert list(sheet.rows) == [["1", *map(str, old)]]


def test_a_list_of_applicants_has_no_say_in_the_bulletin(shop: Desk) -> None:
    header = ("序号", "姓名", "身份证号", "联系方式", "名称", "主要经营", "经营地址", "单位")
    write_sheet(
        shop.root / "inputs" / "名单.xlsx", [header, (1, "某人", "1", "1", "某店", "零售", "某街", "某镇")]
    )
    outcome = shop.run("bulletin", "--strict", "--json")
    assert outcome.code == 0 and outcome.json["problems"] == [] and "疑点0条" in outcome.json["closing"]


def faults() -> Iterator[Any]:
    yield pytest.param(lambda desk: desk.write_targets([("东村镇", "二")]), 3, id="a faulty target")
    yield pytest.param(lambda desk: (desk.root / "inputs" / "任务分解表.xlsx").unlink(), 3, id="no targets")
    yield pytest.param(
        lambda desk: settle(Path(shutil.copy(__file__, desk.root / "inputs" / "甲.xls"))),
        3,
        id="a file of no kind",
    )
    yield pytest.param(lambda desk: (desk.root / "templates" / "bulletin.docx").unlink(), 4, id="no template")


@pytest.mark.parametrize("spoil, code", list(faults()))
def test_what_stops_a_bulletin(shop: Desk, spoil: Any, code: int) -> None:
    spoil(shop)
    outcome = shop.run("bulletin")
    assert outcome.code == code, outcome
    assert not (shop.outputs / "bulletin").exists() and not list(
        (shop.root / "register" / "bulletins").iterdir()
    )


def test_a_placeholder_that_is_not_known_is_named(shop: Desk) -> None:
    path = shop.root / "templates" / "bulletin.docx"
    with zipfile.ZipFile(path) as package:
        members = {name: package.read(name) for name in package.namelist()}
    members["word/document.xml"] = members["word/document.xml"].replace(
        "简报名称".encode(), "简报名字".encode()
    )
    with zipfile.ZipFile(path, "w") as package:
        for name, data in members.items():
            package.writestr(name, data)
    outcome = shop.run("bulletin")
    assert outcome.code == 4 and "简报名字" in outcome.err


# ---- what register check finds


def test_bulletins_that_were_tampered_with_are_named_and_can_be_made_again(desk_of: Desk) -> None:
    desk = desk_of
    assert desk.run("register", "check", "--json").json["faults"] == []
    spoilt = {"2022-04": "简报.pdf", "2022-05": "figures.json", "2022-06": "manifest.json"}
    for month, name in spoilt.items():
        path = folder(desk, month) / name
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes(data)
    outcome = desk.run("register", "check")
    assert outcome.code == 6
    told = outcome.err.splitlines()
    for month, name in spoilt.items():
        assert any(f"简报 {month}：" in line and name in line for line in told), outcome
        assert desk.run("bulletin", "--month", month).code == 0
    assert desk.run("register", "check").code == 0


def test_a_bulletin_s_record_that_was_tampered_with_is_named(desk_of: Desk) -> None:
    desk = desk_of
    issue = desk.root / "register" / "bulletins" / "2022-03-1" / "issue.json"
    issue.write_text(issue.read_text(encoding="utf-8").replace("3", "4", 1), encoding="utf-8")
    outcome = desk.run("register", "check")
    assert outcome.code == 6 and "2022-03-1" in outcome.err and "备份" in outcome.out, outcome


# ---- what it needs


def test_a_bulletin_loads_nothing_of_the_letter_engine() -> None:
    asked = "import sys, pipeline.cli.app, pipeline.jobs.report; print(*sorted(sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True
    ).stdout.split()
    assert "pipeline.publishing.publish" in loaded
    assert not [name for name in loaded if name.startswith("pipeline.letters")]


def test_what_reports_declare_is_known_without_any_file_format() -> None:
    asked = "import sys, pipeline.reports.kinds; print(*sorted(sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True
    ).stdout.split()
    assert "pipeline.reports.bulletin" in loaded
    assert not {"docx", "lxml", "openpyxl", "pypdf", "pypdfium2", "xlsxwriter", "pipeline.adapters"} & {
        *loaded
    }
