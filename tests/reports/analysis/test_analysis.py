"""The analysis of the example county's June, and of a county whose exports hold everything; people are made up."""

import hashlib
import json
import math
import re
from calendar import monthrange
from collections import Counter
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook
from support.desk import Desk, write_sheet
from support.inputs.registrations import code
from support.paper import page_count, poppler_text

from pipeline.domain.records.registrations import REGISTRATIONS, Registration
from pipeline.domain.wording import decimal_text
from pipeline.intake import read_inputs
from pipeline.workspace import open_workspace

MONTH = "2022-06"
AS_OF = date(2022, 6, 30)
TOWNS = ("东村镇", "普明镇", "岚城镇", "界河口镇", "上明乡", "社科乡", "王狮乡", "顺会乡", "梁家庄乡")
HEADERS = ("统一社会信用代码", "名称", "行业门类", "行业代码", "乡镇", "成立日期", "注销日期", "登记状态")


@pytest.fixture(scope="module")
def told(bulletins: Desk, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Six bulletins, the analysis of June, a quarter's, and of May, a month's; not to be changed."""
    desk = bulletins.copy(tmp_path_factory.mktemp("analyse") / "岚县")
    outcome = desk.run("analyse", "--json")
    assert outcome.code == 0 and outcome.json["folders"] == [str(folder(desk))]
    assert outcome.json["closing"].startswith("2022年6月运行监测分析已出：第1期，登记数据不是全部在册户")
    assert desk.run("analyse", "--month", "2022-05").code == 0
    return desk


@pytest.fixture(scope="module")
def whole(bulletins: Desk, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The same, after all old businesses have come in with their industries, and records that were late."""
    desk = bulletins.copy(tmp_path_factory.mktemp("analyse") / "岚县")
    desk.settings("base_count = 0 ", "base_count = 6000 ")
    desk.settings("survival = [3, 6,", "survival = [1, 6,")
    desk.settings("industry_min_coded = 0.95", "industry_min_coded = 0.8")
    write_sheet(desk.root / "inputs/登记数据/全部.xlsx", [HEADERS, *_old(), *_late()])
    outcome = desk.run("analyse", "--month", MONTH)
    assert outcome.code == 0, outcome
    return desk


def _old() -> list[Sequence[object]]:
    """6,003 businesses of four years, of which one in ten went after 100 days; none in the plan year."""
    rows: list[Sequence[object]] = []
    for number in range(6670):
        opened = date(2017 + number % 4, 1 + number % 12, 1 + number % 28)
        gone = date.fromordinal(opened.toordinal() + 100) if number % 10 == 9 else None
        industry = ("H", "6210") if number % 3 else ("F", "") if number % 2 else ("A", "0511")
        rows.append(
            (
                code(5000 + number),
                f"店{number}",
                *industry,
                TOWNS[number % 7],
                opened,
                gone,
                "注销" if gone else "在册",
            )
        )
    return rows


def _late() -> list[Sequence[object]]:
    """One new in May, one cancelled in April."""
    return [
        (code(90001), "店甲", "F", "5212", "东村镇", date(2022, 5, 9), None, "在册"),
        (code(90002), "店乙", "F", "5212", "东村镇", date(2019, 5, 9), date(2022, 4, 1), "注销"),
    ]


def folder(desk: Desk, month: str = MONTH) -> Path:
    return desk.outputs / "analyse" / month


def figures(desk: Desk) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder(desk) / "analyse.json").read_text(encoding="utf-8"))
    return found


def bulletin(desk: Desk) -> dict[str, Any]:
    path = desk.outputs / "bulletin" / MONTH / "figures.json"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))["county"]
    return found


def digests(desk: Desk) -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder(desk).iterdir())
    }


def businesses(desk: Desk) -> Sequence[Registration]:
    workspace = open_workspace(desk.root)
    return read_inputs(workspace, AS_OF, (REGISTRATIONS,)).said(REGISTRATIONS)


def ends_by(business: Registration, day: date) -> bool:
    return any(end and end <= day for end in (business.cancelled, business.struck_off))


def recounted(found: Sequence[Registration], k: int) -> Counter[tuple[str, bool]]:
    """Month of establishment and whether there after k months → how many, of those that have had them."""
    told: Counter[tuple[str, bool]] = Counter()
    for each in found:
        if each.established is None:
            continue
        opened = each.established
        months = opened.year * 12 + opened.month - 1 + k
        year, month = months // 12, months % 12 + 1
        then = date(year, month, min(opened.day, monthrange(year, month)[1]))
        if then <= AS_OF:
            told[f"{opened:%Y-%m}", not ends_by(each, then)] += 1
    return told


@pytest.mark.parametrize("name, ks", [("told", (3, 6, 12, 24, 36)), ("whole", (1, 6, 12, 24, 36))])
def test_figures_are_the_bulletin_s_and_an_independent_recount(
    name: str, ks: Sequence[int], request: pytest.FixtureRequest
) -> None:
    desk: Desk = request.getfixturevalue(name)
    said, june, found = figures(desk), bulletin(desk), businesses(desk)
    assert (said["month"], said["as_of"]) == (MONTH, "2022-06-30")
    for key in ("new", "cancelled", "net", "new_month", "cancelled_month", "net_month"):
        assert said[key] == june[key]
    assert math.isclose(said["exit_ratio"], june["cancelled"] / june["new"], abs_tol=1e-9)
    assert math.isclose(said["net_to_new"], june["net"] / june["new"], abs_tol=1e-9)
    year = date(2022, 1, 1)
    new = [each for each in found if each.established and year <= each.established <= AS_OF]
    gone = [each for each in found if each.cancelled and year <= each.cancelled <= AS_OF]
    there = [
        each for each in found if each.established and each.established <= AS_OF and not ends_by(each, AS_OF)
    ]
    assert (len(new), len(gone)) == (
        said["new"] + said["late"]["new"],
        said["cancelled"] + said["late"]["cancelled"],
    )
    for rows in (said["by_industry"], said["by_place"]):
        assert [sum(row[key] for row in rows) for key in ("new", "cancelled", "stock")] == [
            len(new), len(gone), len(there)
        ]  # fmt: skip
        assert all(row["net"] == row["new"] - row["cancelled"] for row in rows)
    for row in said["by_industry"]:
        own = [each for each in there if (each.industry.section if each.industry else None) == row["section"]]
        assert row["stock"] == len(own)
    coded = sum(each.industry is not None for each in there)
    assert math.isclose(said["coded_share"], coded / len(there), abs_tol=1e-9)
    for k in ks:
        counts = recounted(found, k)
        rows = {row["cohort"]: row for row in said["survival"] if row["k"] == k}
        assert rows.keys() == {month for month, _ in counts}
        for month, row in rows.items():
            size = counts[month, True] + counts[month, False]
            assert (row["size"], row["alive"]) == (size, counts[month, True])
            assert (
                row["rate"] is None
                if size < 10
                else math.isclose(row["rate"], row["alive"] / size, abs_tol=1e-9)
            )


def test_places_of_the_example_are_those_in_the_addresses(told: Desk) -> None:
    new = Counter(
        town
        for each in businesses(told)
        if each.established and each.established.year == 2022
        for town in [next((town for town in TOWNS if town in each.address), "未归乡镇")]
    )
    rows = {row["name"]: row["new"] for row in figures(told)["by_place"]}
    assert rows == {town: new[town] for town in (*TOWNS, "未归乡镇")}


def test_what_the_example_s_exports_cannot_tell_is_left_out(told: Desk) -> None:
    said = figures(told)
    assert {
        said["stock"][key] for key in ("end", "start_of_year", "computed_end", "difference", "source")
    } == {None}
    assert said["year_ago"]["source"] is None and said["late"]["net"] == 0
    assert {row["cohort"] for row in said["survival"] if row["complete"]} == {"2022-01", "2022-02", "2022-03"}
    text = "".join(poppler_text(folder(told) / "分析报告.pdf").split())
    assert "在册个体工商户" not in text and "同比增长" not in text and "不列同比" in text


def test_what_the_example_s_exports_have_coded_is_told(told: Desk) -> None:
    said = figures(told)
    assert 0.95 <= said["coded_share"] < 1 and said["structure"]["of"] == "new"
    text = "".join(poppler_text(folder(told) / "分析报告.pdf").split())
    assert f"第三产业{said['structure']['tertiary']}户" in text
    for name in ("forms", "ages"):
        assert said[name]["known_share"] == 1 and sum(said[name]["counts"].values()) == said["new"]
        assert all(f"{each}" in text for each in said[name]["counts"])


def test_an_export_of_all_tells_the_stock_and_what_came_late(whole: Desk) -> None:
    said = figures(whole)
    stock = said["stock"]
    assert (stock["source"], stock["start_of_year"]) == ("exports", 6000)
    assert stock["computed_end"] == 6000 + said["net"]
    assert stock["difference"] == stock["end"] - stock["computed_end"] != 0
    assert said["late"] == {"new": 1, "cancelled": 1, "withdrawn_new": 0, "withdrawn_cancelled": 0, "net": 0}
    own = said["letter_survival"]
    assert {row["k"] for row in own} == {1} and {row["unit"] for row in own} >= {"东村镇", "县交通运输局"}
    assert all((row["rate"] is None) == (row["size"] < 10) for row in own)
    text = "".join(poppler_text(folder(whole) / "分析报告.pdf").split())
    assert f"在册个体工商户{stock['end']}户" in text
    assert (
        f"应为{stock['computed_end']}户，登记数据{'多' if stock['difference'] > 0 else '少'}{abs(stock['difference'])}户"
        in text
    )
    assert "印发以后补录新登记1户、注销1户" in text


def test_every_number_of_the_text_follows_from_the_data(whole: Desk, told: Desk) -> None:
    for desk in (whole, told):
        said = figures(desk)
        paper = Document(folder(desk) / "分析报告.docx")
        text = "".join(each.text for each in paper.paragraphs if not each.text.startswith("注"))
        numbers = set(re.findall(r"\d+(?:\.\d+)?", text.partition("一、总量")[2]))
        assert numbers - _may_say(said) == set()


def _may_say(said: dict[str, Any]) -> set[str]:
    """All whole numbers of the data, sums over cohorts and units, and the shares that they make; days and months."""
    counts: set[int] = {2022, 6, 30, 100, 1, 3, 12, 24, 36, *range(1, 8), 29, 39, 40, 49, 50, 59, 60}
    rates: list[Fraction] = []

    def walk(value: Any) -> None:
        if isinstance(value, bool):
            return
        if isinstance(value, int):
            counts.add(abs(value))
        for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            walk(each)

    walk({key: value for key, value in said.items() if key not in {"survival", "letter_survival"}})
    of_letters = {k: [row for row in said["letter_survival"] if row["k"] == k] for k in (1, 3, 6, 12, 24, 36)}
    complete = {
        k: [row for row in said["survival"] if row["k"] == k and row["complete"]][-12:] for k in of_letters
    }
    for rows in (*complete.values(), *of_letters.values()):
        size, alive = (sum(row[key] for row in rows) for key in ("size", "alive"))
        counts |= {size, alive}
        rates += [Fraction(alive, size)] if size else []
    for k, own in of_letters.items():
        every = [row for row in said["survival"] if row["k"] == k and row["complete"]]
        recent, *others = (
            Fraction(*(sum(row[key] for row in rows) for key in ("alive", "size"))) if rows else Fraction()
            for rows in (every[-12:], every[-24:-12], own)
        )
        rates += [others[0] - recent, recent - others[1], others[0], others[1]]
    stock, new, key = said["stock"], said["new"], "stock" if said["structure"]["of"] == "stock" else "new"
    if stock["end"] is not None:
        counts.add(abs(stock["end"] - stock["start_of_year"]))
        rates += [Fraction(abs(stock["end"] - stock["start_of_year"]), stock["start_of_year"])]
        rates += [Fraction(said["cancelled"], stock["start_of_year"])]
    rates += [Fraction(said["cancelled"], new), Fraction(said["net"], new)]
    for make in (said["forms"], said["ages"]):
        shown = list((make["counts"] or {}).values())
        rates += [Fraction(number, sum(shown)) for number in shown]
    ago = said["year_ago"]
    for name, rate in ago.get("growth", {}).items():
        now = said["stock"]["end"] if name == "stock" else said[name]
        rates += [] if rate is None else [Fraction(abs(now - ago[name]), ago[name])]
    coded = sum(said["structure"][name] for name in ("primary", "secondary", "tertiary"))
    parts = [said["structure"][name] for name in ("primary", "secondary", "tertiary")]
    rates += [Fraction(each, coded) for each in (*parts, *(row[key] for row in said["by_industry"])) if coded]
    places = sorted((row[key] for row in said["by_place"] if row["code"]), reverse=True)
    total = sum(row[key] for row in said["by_place"])
    rates += [Fraction(sum(places[:most]), total) for most in range(1, 6)]
    rates += [
        Fraction(row["stock"] - row["stock_before"], row["stock_before"])
        for row in said["by_place"]
        if row["stock_before"]
    ]
    return {str(number) for number in counts} | {decimal_text(rate * 100) for rate in rates}


def test_a_month_is_one_page_and_a_quarter_three_to_five_with_charts_that_can_be_edited(
    whole: Desk, told: Desk
) -> None:
    assert page_count(folder(told, "2022-05") / "分析报告.pdf") == 1
    for desk, month, charts in ((told, "2022-05", 1), (told, MONTH, 1), (whole, MONTH, 2)):
        path = folder(desk, month)
        drawn = charts_of(path / "分析报告.docx")
        assert len(drawn) == charts and all("externalData" in xml for xml in drawn)
        if month == MONTH:
            assert 2 <= page_count(path / "分析报告.pdf") <= 5
    assert any("1个月" in xml for xml in charts_of(folder(whole) / "分析报告.docx"))
    [industries] = charts_of(folder(told) / "分析报告.docx")
    rows = {row["section"]: row for row in figures(told)["by_industry"]}
    shown = [*filter(rows.get, "FHOGACE"), "L", None]
    assert values_of(industries) == [
        [float(rows[each][key]) for each in shown] for key in ("new", "cancelled")
    ]


def test_all_sections_are_there(whole: Desk, told: Desk) -> None:
    for path, count in ((folder(told, "2022-05"), 5), (folder(told), 5), (folder(whole), 6)):
        text = "\n".join(each.text for each in Document(path / "分析报告.docx").paragraphs)
        headings = [match[1] for match in re.finditer(r"^[一二三四五六七]、(\w+)", text, re.MULTILINE)]
        names = ["总量", "结构", "区域", "活力", "培育成效", "研判和建议"]
        assert headings == [name for name in names if count == 6 or name != "培育成效"]


def values_of(xml: str) -> list[list[float]]:
    """What the series of a chart show."""
    return [
        [float(value) for value in re.findall("<c:v>([^<]*)</c:v>", part)]
        for part in re.findall("<c:val>.*?</c:val>", xml, re.DOTALL)
    ]


def charts_of(path: Path) -> list[str]:
    """XML of the charts that a paper shows."""
    paper = Document(path)
    shown = re.findall(r'<c:chart [^>]*r:id="(\w+)"', paper.element.xml)
    return [paper.part.rels[relation].target_part.blob.decode() for relation in shown]


def test_the_workbook_says_what_the_data_say(whole: Desk) -> None:
    said = figures(whole)
    book = load_workbook(folder(whole) / "分析表.xlsx", data_only=True)
    assert book.sheetnames == ["总量", "行业", "区域", "存活率", "培育户存活率", "构成和困难"]
    rows = list(book["区域"].iter_rows(min_row=3, values_only=True))
    assert [row[1] for row in rows] == [*TOWNS, "未归乡镇", "合计"]
    assert [row[2:] for row in rows[:-1]] == [
        tuple(each[key] for key in ("new", "cancelled", "net", "stock")) for each in said["by_place"]
    ]
    assert rows[-1][5] == said["stock"]["end"]
    cohorts = list(book["存活率"].iter_rows(min_row=3, values_only=True))
    assert [row[:4] for row in cohorts] == [
        (each["cohort"], each["k"], each["size"], each["alive"]) for each in said["survival"]
    ]
    assert all(
        (row[4] == "样本少") == (each["rate"] is None)
        for row, each in zip(cohorts, said["survival"], strict=True)
    )


def test_nobody_and_no_shop_is_named(told: Desk) -> None:
    found = businesses(told)
    text = poppler_text(folder(told) / "分析报告.pdf") + json.dumps(figures(told), ensure_ascii=False)
    for sheet in load_workbook(folder(told) / "分析表.xlsx"):
        text += " ".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)
    private = [value for each in found for value in (each.name, each.id_no, each.phone, each.uscc) if value]
    assert len(private) > 4000 and not any(value in text for value in private)


def test_the_same_again_is_the_same_to_the_byte_whatever_came_in_and_is_revised_with_a_reason(
    whole: Desk, tmp_path: Path
) -> None:
    desk, before = whole.copy(tmp_path / "岚县"), digests(whole)
    write_sheet(
        desk.root / "inputs/登记数据/又来的.xlsx",
        [HEADERS, (code(90009), "店丙", "F", "", "", AS_OF, None, "在册")],
    )
    (folder(desk) / "analyse.json").write_text("{}", encoding="utf-8")
    assert "analyse.json 被改动" in desk.run("register", "check").err
    assert desk.run("analyse", "--month", MONTH).code == 0 and digests(desk) == before
    outcome = desk.run("analyse", "--month", MONTH, "--revise", "--reason", "补录")
    assert outcome.code == 0 and "2022年6月运行监测分析（更正）已出：第1期" in outcome.out
    assert figures(desk)["late"]["new"] == 2 and figures(desk)["new"] == figures(whole)["new"]
    assert "更正：补录" in poppler_text(folder(desk) / "分析报告.pdf")
    assert desk.run("register", "check").code == 0


def test_a_month_without_a_bulletin_has_no_analysis(told: Desk, tmp_path: Path) -> None:
    desk = told.copy(tmp_path / "岚县")
    outcome = desk.run("analyse", "--month", "2022-07", "--json")
    assert outcome.code == 3 and [each["code"] for each in outcome.json["problems"]] == ["missing-bulletin"]
    assert not (desk.outputs / "analyse" / "2022-07").exists()
