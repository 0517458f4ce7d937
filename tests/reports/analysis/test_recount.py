"""One workbook of raw rows → the analysis, held against a recount of the rows by text alone; then the paper against the data.

Nobody in it exists; codes, ID numbers and names are drawn by chance, always the same.
"""

import json
import random
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook
from support.desk import Desk, write_sheet
from support.inputs.registrations import code
from support.paper import page_count
from support.reading.founded import unfounded

from pipeline.domain.values.identity import check_sign

HEADERS = (
    "统一社会信用代码", "名称", "经营者", "身份证号", "行业门类", "行业代码", "组成形式", "乡镇", "成立日期", "注销日期", "撤销日期",
    "登记状态", "联系电话",
)  # fmt: skip
CODES = ("0111", "0519", "1120", "1314", "4310", "4710", "5213", "5213", "6210", "8040", "")
"""Of them 05, 11 and 43 are of the tertiary industry."""
PRIMARY, SECONDARY = {"0111"}, {"1314", "4710"}
SECTION = {
    "": None,
    "01": "A",
    "05": "A",
    "11": "B",
    "13": "C",
    "43": "C",
    "47": "E",
    "52": "F",
    "62": "H",
    "80": "O",
}
KS = (3, 6, 12, 24, 36)
Row = dict[str, str]


def drawn() -> list[Sequence[object]]:
    """2,000 rows of five years, many on a month's last day; some end, some were false, a few are not coded."""
    chance = random.Random(31)
    rows: list[Sequence[object]] = []
    for number in range(2000):
        opened = date(2018, 1, 1) + timedelta(chance.randrange(1620))
        if number % 3 == 0:
            opened = opened.replace(day=1) - timedelta(1)
        lasts = chance.choice((None, None, None, None, 20, 92, 181, 400, 700))
        end = opened + timedelta(lasts) if lasts and opened + timedelta(lasts) <= date(2022, 6, 30) else None
        state = "在册" if end is None else "撤销" if number % 10 == 0 else "注销"
        digits = f"999999{1950 + number % 55}0630{number % 999:03d}"
        industry = CODES[number % 10] if number % 40 else ""
        rows.append((
            code(number), f"店铺{number:04d}号", f"周{number:04d}", digits + check_sign(digits), "", industry,
            "家庭经营" if number % 7 == 0 else "个人经营", ("东村镇", "普明镇", "")[number % 5 % 3], opened,
            end if state == "注销" else None, end if state == "撤销" else None, state, f"1540000{number:04d}",
        ))  # fmt: skip
    return rows


@pytest.fixture(scope="module")
def desk(remembering: Path, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A small place, the bulletins of the second quarter, an item that is overdue, and June's analysis."""
    found = Desk.laid(tmp_path_factory.mktemp("recount") / "某县", remembering)
    write_sheet(found.root / "inputs" / "登记.xlsx", [HEADERS, *drawn()])
    about = ("--unit", "东村镇", "--kind", "诉求", "--problem", "缺场地", "--standard", "有场地")
    assert found.run("items", "open", *about, "--today", "2022-06-01", "--deadline", "2022-07-01").code == 0
    for month in (4, 5, 6):
        assert found.run("bulletin", "--month", f"2022-{month:02d}").code == 0
    outcome = found.run("analyse", "--today", "2022-07-05")
    assert outcome.code == 0, outcome
    return found


@pytest.fixture(scope="module")
def said(desk: Desk) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder(desk) / "analyse.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def raw(desk: Desk) -> list[Row]:
    """The workbook as it lies there: every cell a text, days as 2022-06-30."""
    header, *rows = (
        load_workbook(desk.root / "inputs" / "登记.xlsx").worksheets[0].iter_rows(values_only=True)
    )
    return [dict(zip(map(str, header), (str(cell or "")[:18] for cell in row), strict=True)) for row in rows]


def folder(desk: Desk) -> Path:
    return desk.outputs / "analyse" / "2022-06"


def day(row: Row, name: str) -> str:
    return row[name][:10]


def end(row: Row) -> str:
    return day(row, "注销日期") or day(row, "撤销日期") or "9999"


def there(rows: Sequence[Row], last: str) -> list[Row]:
    return [row for row in rows if day(row, "成立日期") <= last < end(row)]


def new(rows: Sequence[Row], first: str, last: str) -> list[Row]:
    """Opened in the time; what was false by its end never was."""
    return [
        row
        for row in rows
        if first <= day(row, "成立日期") <= last and not (row["撤销日期"] and day(row, "撤销日期") <= last)
    ]


def gone(rows: Sequence[Row], first: str, last: str) -> list[Row]:
    return [row for row in rows if row["注销日期"] and first <= day(row, "注销日期") <= last]


def test_the_whole_and_the_year_before(said: dict[str, Any], raw: list[Row]) -> None:
    for year, told in (("2022", said), ("2021", said["year_ago"])):
        for name, first in (("", "01-01"), ("_month", "06-01")):
            span = f"{year}-{first}", f"{year}-06-30"
            assert told[f"new{name}"] == len(new(raw, *span))
            assert told[f"cancelled{name}"] == len(gone(raw, *span))
    stock, now, before = said["stock"], len(there(raw, "2022-06-30")), len(there(raw, "2021-12-31"))
    assert (stock["source"], stock["end"], stock["start_of_year"]) == ("exports", now, before)
    assert stock["growth"] == now - before and stock["growth_rate"] == pytest.approx(
        (now - before) / before, abs=1e-9
    )
    ago = said["year_ago"]
    assert (ago["source"], ago["month"], ago["stock"]) == (
        "exports",
        "2021-06",
        len(there(raw, "2021-06-30")),
    )
    assert ago["growth"]["stock"] == pytest.approx((now - ago["stock"]) / ago["stock"], abs=1e-9)
    assert ago["growth"]["new"] == pytest.approx((said["new"] - ago["new"]) / ago["new"], abs=1e-9)
    spans = [
        (f"2022-{month:02d}-01", f"2022-{month:02d}-{last}") for month, last in ((4, 30), (5, 31), (6, 30))
    ]
    quarter = said["quarter"]
    assert quarter["cancelled"] == sum(len(gone(raw, *span)) for span in spans)
    assert [each["cancelled_month"] for each in quarter["months"]] == [
        len(gone(raw, *span)) for span in spans
    ]
    assert quarter["net"] == quarter["new"] - quarter["cancelled"]


def test_industries_places_forms_and_ages(said: dict[str, Any], raw: list[Row]) -> None:
    rows, year = there(raw, "2022-06-30"), ("2022-01-01", "2022-06-30")
    by_section = {row["section"]: row for row in said["by_industry"]}
    by_place = {row["name"]: row for row in said["by_place"]}
    for name, told, of in (
        ("行业代码", by_section, lambda text: SECTION[text[:2]]),
        ("乡镇", by_place, lambda text: text or "未归乡镇"),
    ):
        for key, own in (("stock", rows), ("new", new(raw, *year)), ("cancelled", gone(raw, *year))):
            wanted = Counter(of(row[name]) for row in own)
            assert {each: told[each][key] for each in told} == {each: wanted[each] for each in told}
    codes = Counter(row["行业代码"] for row in rows)
    structure = said["structure"]
    assert structure["primary"] == sum(codes[each] for each in PRIMARY)
    assert structure["secondary"] == sum(codes[each] for each in SECONDARY)
    assert structure["tertiary"] == len(rows) - sum(codes[each] for each in PRIMARY | SECONDARY | {""})
    assert structure["uncoded"] == codes[""] > 0
    assert said["forms"]["counts"] == dict(Counter(row["组成形式"] for row in rows))
    years = [2022 - int(row["身份证号"][6:10]) for row in rows]  # all are born on 30 June
    bounds = [
        ("29岁及以下", 0, 29),
        ("30至39岁", 30, 39),
        ("40至49岁", 40, 49),
        ("50至59岁", 50, 59),
        ("60岁及以上", 60, 99),
    ]
    assert said["ages"]["counts"] == {
        name: sum(low <= age <= high for age in years) for name, low, high in bounds
    }
    assert said["ages"]["unknown"] == said["forms"]["unknown"] == 0


def test_survival_by_cohort(said: dict[str, Any], raw: list[Row]) -> None:
    wanted: dict[tuple[str, int], list[bool]] = {}
    for row in raw:
        year, month, number = map(int, day(row, "成立日期").split("-"))
        for k in KS:
            months = year * 12 + month - 1 + k
            then = f"{months // 12}-{months % 12 + 1:02d}-{number:02d}"
            while not is_day(then):
                then = f"{then[:8]}{int(then[8:]) - 1:02d}"
            if then <= "2022-06-30":
                wanted.setdefault((f"{year}-{month:02d}", k), []).append(end(row) > then)
    told = {(row["cohort"], row["k"]): row for row in said["survival"]}
    assert told.keys() == wanted.keys()
    for key, alive in wanted.items():
        assert (told[key]["size"], told[key]["alive"]) == (len(alive), sum(alive))
        rate = pytest.approx(sum(alive) / len(alive), abs=1e-9) if len(alive) >= 10 else None
        assert told[key]["rate"] == rate


def is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def percent(part: float, whole: float = 1) -> str:
    """As a person reads it: one decimal, half up."""
    rounded = (Decimal(repr(part)) * 100 / Decimal(repr(whole))).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return "100%" if part == whole else f"{rounded}%"


def test_the_tables_of_the_paper_say_what_the_data_say(desk: Desk, said: dict[str, Any]) -> None:
    tables = [
        [[cell.text for cell in row.cells] for row in table.rows]
        for table in Document(folder(desk) / "分析报告.docx").tables
    ]
    totals, industries, makes, places, lasting = tables  # a single item stands in the text
    quarter, ago = said["quarter"], said["year_ago"]
    assert [row[1:7] for row in totals[1:4]] == [
        [str(each[f"{key}_month"]) for each in quarter["months"]] + [str(quarter[key]), str(said[key]), str(ago[key])]
        for key in ("new", "cancelled", "net")
    ]  # fmt: skip
    assert totals[3][7] == f"{ago['more']['net']:+d}户" and totals[4][5:7] == [
        str(said["stock"]["end"]),
        str(ago["stock"]),
    ]
    assert [row[7].lstrip("+") for row in (totals[1], totals[4])] == [
        percent(ago["growth"][key]) for key in ("new", "stock")
    ]
    rows = sorted((row for row in said["by_industry"] if row["section"]), key=lambda row: -row["stock"])
    coded = sum(row["stock"] for row in rows)
    assert [[row[0], *row[2:]] for row in industries[1:-1]] == [
        [row["section"], *(str(row[key]) for key in ("new", "cancelled", "net", "stock")), percent(row["stock"], coded)]
        for row in rows
    ]  # fmt: skip
    counts = [*said["forms"]["counts"].items(), *said["ages"]["counts"].items()]
    whole = said["stock"]["end"]
    assert [row[1:] for row in makes[1:]] == [
        [name, str(number), percent(number, whole)] for name, number in counts
    ]
    by_name = {row["name"]: row for row in said["by_place"]}
    assert [[row[1], row[2], row[3]] for row in places[1:-1]] == [
        [name, str(by_name[name]["stock"]), percent(by_name[name]["stock"], whole)] for name in (row[1] for row in places[1:-1])
    ]  # fmt: skip
    for row in places[1:3]:
        place = by_name[row[5]]
        assert row[6].lstrip("+") == percent((place["stock"] - place["stock_before"]) / place["stock_before"])
    for row, k in zip(lasting[1:], KS, strict=True):
        own = [each for each in said["survival"] if each["complete"] and each["k"] == k]
        sums = [sum(each[key] for each in own[-12:]) for key in ("size", "alive")]
        assert row[:4] == [f"{k}个月", *map(str, sums), percent(sums[1], sums[0])]
        earlier = [sum(each[key] for each in own[-24:-12]) for key in ("size", "alive")]
        assert row[4] == (percent(earlier[1], earlier[0]) if len(own) >= 24 else "")
    assert 3 <= page_count(folder(desk) / "分析报告.pdf") <= 5


def test_every_number_on_paper_is_in_the_data(desk: Desk, said: dict[str, Any]) -> None:
    whole, before = said["stock"]["end"], said["stock"]["start_of_year"]
    coded, structure = [row for row in said["by_industry"] if row["section"]], said["structure"]
    of_coded = sum(row["stock"] for row in coded)
    shown = sorted(
        (row for row in said["by_place"] if row["code"] and row["stock"]), key=lambda row: -row["stock"]
    )
    growing = sorted(shown, key=lambda row: row["stock_before"] / row["stock"])
    complete = [[each for each in said["survival"] if each["complete"] and each["k"] == k] for k in KS]
    sums = [
        {name: sum(each[name] for each in own) for name in ("size", "alive")}
        for every in complete
        for own in (every[-12:], every[-24:-12])
    ]
    counted = [
        of_coded,
        *({"section": row["section"], "share": row["stock"] / of_coded} for row in coded),
        *(structure[name] / of_coded for name in ("primary", "secondary", "tertiary")),
        *(
            {"name": name, "count": count, "share": count / whole}
            for told in (said["forms"], said["ages"])
            for name, count in told["counts"].items()
        ),
        *({"name": row["name"], "share": row["stock"] / whole} for row in said["by_place"]),
        *({"name": row["name"], "growth": row["stock"] / row["stock_before"] - 1} for row in shown),
        *(
            {"name": row["name"], "place": place}
            for own in (shown, growing)
            for place, row in enumerate(own, 1)
        ),
        sum(row["stock"] for row in shown[:3]) / whole,
        *(sums, [each["alive"] / each["size"] for each in sums if each["size"]]),
        said["cancelled"] / before,
        {"limits in [analysis]": [50, 5, 10]},
    ]
    assert unfounded(folder(desk), counted, fixed=r"\d+(?:至\d+)?岁|\d+个月") == []


def test_what_is_pointed_at_is_so(desk: Desk, said: dict[str, Any]) -> None:
    text = "".join(each.text for each in Document(folder(desk) / "分析报告.docx").paragraphs)
    told = {each["rule"]: each["words"] for each in said["findings"]}
    assert all(words in text for words in told.values())
    assert told["overdue"] == "挂账事项逾期1项，建议责任单位按台账逐项办理"
    ratio = Decimal(said["cancelled"]) * 100 / Decimal(said["new"])
    assert ("exit-ratio" in told) == (50 < ratio <= 100) and ("net-loss" in told) == (
        said["net"] < 0 or said["net_month"] < 0
    )
    losing = [row["name"] for row in said["by_place"] if row["code"] and row["net"] < 0]
    assert ("place-loss" in told) == bool(losing) and all(name in told["place-loss"] for name in losing)
    assert said["difficulties"]["items"]["by_kind"] == [{"kind": "诉求", "open": 1, "overdue": 1}]


def test_nobody_and_no_shop_is_named(desk: Desk, raw: list[Row]) -> None:
    paper = Document(folder(desk) / "分析报告.docx")
    text = "".join(each.text for each in paper.paragraphs)
    text += "".join(cell.text for table in paper.tables for row in table.rows for cell in row.cells)
    text += (folder(desk) / "analyse.json").read_text(encoding="utf-8")
    for sheet in load_workbook(folder(desk) / "分析表.xlsx"):
        text += "".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)
    columns = ("统一社会信用代码", "名称", "经营者", "身份证号", "联系电话")
    assert not any(row[name] in text for row in raw for name in columns)
