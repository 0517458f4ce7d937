"""The workbooks of a dispatch sheet, saved again by an office program in any of its makes, are read as they were meant."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from support.reading.plan import DONG, MIN, roster
from support.trials import saved_as

from pipeline.adapters.sheet import read_sheets
from pipeline.adapters.workbook import write_tables
from pipeline.domain.documents import Workbook
from pipeline.domain.letters.number import SerialFormat
from pipeline.domain.period import Month
from pipeline.domain.records.dispatch.matters import MATTERS
from pipeline.domain.records.dispatch.returned import COMPUTED, RETURNED, Said
from pipeline.domain.records.kinds import KINDS
from pipeline.domain.records.reading import AnyReader, Known, Reading
from pipeline.domain.tables.catalogue import contents
from pipeline.publishing.report import IssueNumber
from pipeline.reports.dispatch import issued_sheets
from pipeline.reports.dispatch.content import Content
from pipeline.reports.dispatch.documents import documents
from pipeline.settings import Dispatch, Letters

MAKES = ["xlsx", "ods", "xls"]
AT = datetime(2022, 7, 5)
UNITS, _ = roster(DONG, MIN)


def line(number: str, name: str, *figures: str) -> dict[str, str]:
    return {
        "序号": number, "单位名称": name, "月份": "2022-06", "挂账": "—", **dict(zip(COMPUTED, figures, strict=True))
    }  # fmt: skip


ROWS = [
    line("1", "东村镇", "180", "112", "62.2", "12.2", "-22", "68", "12", "26.7", "272", "先进", "1 ↑1", "2", "0"),
    line("", "乡镇小计", "180", "112", "62.2", "12.2", "-22", "68", "12", "26.7", "272", "—", "—", "2", "0"),
    line("2", "县民政局", "30", "6", "20.0", "-30.0", "9", "24", "4▲", "1.0", "16", "滞后", "3 ↓2", "0", "0"),
    line("", "合计", "210", "118", "56.2", "6.2", "-13", "92", "16", "27.7", "288", "—", "—", "2", "0"),
]  # fmt: skip
CONTENT = Content(
    AT, AT.date(), "岚县专班办公室", Month(2022, 6), IssueNumber(1, 1), {"县": "岚县", "各行": ROWS},
    [[unit.code, unit.name] for unit in UNITS], {},
)  # fmt: skip
KNOWN = Known(
    UNITS, SerialFormat(2022, Letters().serial), date(2022, 7, 5), obstacles=Dispatch().obstacles,
    sheets=issued_sheets([("2022-06", CONTENT.to_plain())]),
)  # fmt: skip


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the county's workbook, 东村镇's own and the secretary's form, filled in, and again in each make."""
    folder = tmp_path_factory.mktemp("filled")
    books = {each.name: each for each in documents(CONTENT) if isinstance(each, Workbook)}
    for name, cells in {
        "调度表": {
            "Q3": "场地",
            "R3": "市场没有完工",
            "S3": "请县住建局协调，\n东区先行启用",
            "U3": "2022-07-31",
        },
        "01-东村镇": {"T3": "上门登记\u3000三十户", "U3": datetime(2022, 7, 31)},
        "议定事项": {"B3": "东区先行启用", "D3": "东村", "E3": "县住建局", "G3": "2022年7月31日"},
    }.items():
        path = folder / f"{name}.xlsx"
        write_tables(path, books[name].sheets, AT)
        book = load_workbook(path)
        for place, value in cells.items():
            book.active[place] = value
        book.save(path)
    files = sorted(folder.glob("*.xlsx"))
    for make in MAKES:
        saved_as(make, folder / make, *files)
    return folder


def read(path: Path, reader: AnyReader) -> Reading[Sequence[object]]:
    """What a file says, with every kind of table there is to be taken for."""
    found = contents(path.name, read_sheets(path.name, path.read_bytes()), KINDS, {reader.kind.name})
    assert found.problems == () and len(found.tables) == 1, found.problems
    return reader.read(found.tables, KNOWN)


@pytest.mark.soffice
@pytest.mark.parametrize("make", ["", *MAKES], ids=["as it is", *MAKES])
def test_whatever_saved_it_last(filled: Path, make: str) -> None:
    files: Mapping[str, Path] = {path.stem: path for path in (filled / make).glob("*.*")}
    county, own = read(files["调度表"], RETURNED), read(files["01-东村镇"], RETURNED)
    assert county.problems == own.problems == ()
    [one], [other] = county.says, own.says
    assert one.said == Said("场地", "市场没有完工", "请县住建局协调，东区先行启用", "", date(2022, 7, 31))  # type: ignore[attr-defined]
    assert other.said == Said(measures="上门登记　三十户", deadline=date(2022, 7, 31))  # type: ignore[attr-defined]
    matters = read(files["议定事项"], MATTERS)
    assert matters.problems == ()
    [matter] = matters.says
    assert (matter.meeting, matter.unit_name, matter.deadline) == (1, "东村镇", date(2022, 7, 31))  # type: ignore[attr-defined]
