"""A city's exports: 300,000 rows of 285,000 made-up businesses in six workbooks, and how long merely reading them takes.

``python -m bench.registrations WORKSPACE`` reads every cell with python-calamine and does nothing with it.
"""

import json
import os
import random
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from shutil import copy, copytree, ignore_patterns

import xlsxwriter

from bench.docx_file import ROOT
from examples.build.people import SIGNS, STREETS, SURNAMES, TRADES, credit_code, id_number
from pipeline.intake import read_inputs
from pipeline.workspace import open_workspace

BOOKS = 6
MONTH = "2022-06"
HEADER = (
    "统一社会信用代码", "名称", "经营者", "身份证号", "经营范围", "经营场所", "成立日期", "核准日期", "登记状态", "注销日期", "管辖单位",
    "联系电话", "引荐单位",
)  # fmt: skip
_LIVING, _GONE = "存续（在营、开业、在册）", "注销"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红玲建国"
_FIRST = date(2022, 1, 1)


def lay(root: Path, rows: int) -> None:
    """The repository's workspace with so many rows of registrations, a month in each workbook; nobody writes them any more.

    A twentieth of the rows tells of a business of an earlier month again, half of these that it was cancelled.
    """
    for name in ("inputs", "templates"):
        copytree(ROOT / name, root / name, ignore=ignore_patterns("build"))
    copy(ROOT / "pipeline.toml", root)
    folder = root / "inputs" / "登记数据"
    folder.mkdir()
    each = rows // BOOKS
    chance = random.Random(20220601)
    towns = _towns(root)
    for month in range(1, BOOKS + 1):
        path = folder / f"2022年{month}月.xlsx"
        _write(path, list(_rows(chance, towns, month, each)))
    then = time.time() - 60
    for path in root.rglob("*.xlsx"):
        os.utime(path, (then, then))


def _towns(root: Path) -> list[str]:
    workspace = open_workspace(root)
    return [unit.name for unit in read_inputs(workspace, _FIRST).units if unit.name.endswith(("镇", "乡"))]


def _rows(chance: random.Random, towns: list[str], month: int, count: int) -> Iterator[list[object]]:
    first = date(2022, month, 1)
    again = count // 20 if month > 1 else 0
    for number in range(count):
        if number < again:
            at, place = 1 + number % (month - 1), number // (month - 1)
            row = _row(at * count + place, towns, date(2022, at, 1) + timedelta(place % 28))
            day = first + timedelta(number % 28)
            gone = number % 2 == 0
            yield [*row[:7], day, _GONE if gone else _LIVING, day if gone else None, *row[10:]]
        else:
            day = first + timedelta(chance.randrange(28))
            yield _row(
                month * count + number, towns, first + timedelta(number % 28) if number < count // 10 else day
            )


def _row(number: int, towns: list[str], day: date) -> list[object]:
    """The same business by the same number."""
    town = towns[number % len(towns)]
    name = SURNAMES[number % len(SURNAMES)] + _GIVEN[number // 7 % 30] + _GIVEN[number // 211 % 30]
    trade = list(TRADES)[number % len(TRADES)]
    signs, left = "", number
    for _ in range(5):
        left, place = divmod(left, len(SIGNS))
        signs = SIGNS[place] + signs
    born = date(1955, 1, 1) + timedelta(number % 17_500)
    return [
        credit_code(f"92999999MA0{signs}"), f"岚县{town}{name[1:]}{trade}{number}号店", name,
        id_number(f"999999{born:%Y%m%d}{number // 17_500 + 1:03d}"), TRADES[trade],
        f"岚县{town}{STREETS[number % len(STREETS)]}{number // 9}号", day, day, _LIVING, None,
        f"{town[:-1]}市场监督管理所", f"1540{number % 10_000_000:07d}", town if number % 3 else None,
    ]  # fmt: skip


def _write(path: Path, rows: list[list[object]]) -> None:
    book = xlsxwriter.Workbook(path)
    days = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet("个体工商户登记")
    for place, row in enumerate([list(HEADER), *rows]):
        for column, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(place, column, value, days)  # type: ignore[arg-type]
            elif value is not None:
                sheet.write_string(place, column, str(value))
    book.close()


def check(root: Path, rows: int) -> int:
    """Bytes of the table of figures, once the bulletin tells of what was laid."""
    folder = root / "outputs" / "bulletin" / MONTH
    found = json.loads((folder / "figures.json").read_text("utf-8"))
    assert found["county"]["new"] > rows * 0.9, found["county"]
    return (folder / "指标明细.xlsx").stat().st_size


def main() -> None:
    """Read every cell."""
    from python_calamine import CalamineWorkbook

    cells = 0
    for path in sorted((Path(sys.argv[1]) / "inputs" / "登记数据").iterdir()):
        cells += sum(map(len, CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()))
    assert cells


if __name__ == "__main__":
    main()
