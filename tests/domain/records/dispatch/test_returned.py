"""Dispatch sheets that come back: five cells of each unit's are taken, and no figure can be changed on the way."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from support.reading.tables import recognise

from pipeline.domain.letters.number import SerialFormat
from pipeline.domain.model import Source, Unit
from pipeline.domain.period import Month
from pipeline.domain.records.dispatch.returned import ASKED, COMPUTED, RETURNED, Said, Written
from pipeline.domain.records.reading import Known, Reading
from pipeline.domain.tables.grid import Grid, Table
from pipeline.domain.values.cell import Unreadable, Value
from pipeline.settings import Dispatch, Letters

EAST = Unit("01", "东村镇", "岚县东村镇人民政府", "乡镇", ("东村",), 180)
PUMING = Unit("02", "普明镇", "岚县普明镇人民政府", "乡镇", ("普明",), 140)
JUNE = Month(2022, 6)
FIGURES = ("180", "112", "62.2", "12.2", "-22", "68", "12", "26.7", "272", "先进", "1 持平", "2", "1")
OTHERS = ("140", "77", "55.0", "5.0", "-7", "63", "11▲", "20.0", "197", "先进", "3 ↑2", "0", "0")
SUMS = ("1040", "458", "44.0", "-6.0", "62", "582", "97", "105.7", "1092", "—", "—", "2", "1")
HEADER = ("序号", "责任单位", *COMPUTED.values(), "月份", *ASKED.values())
NOTHING = (None,) * 5
SAID = ("场地", "市场没有完工", "请县住建局协调", "上门登记", "2022-07-31")


def issued(*rows: tuple[str, str, Sequence[str]]) -> list[Mapping[str, str]]:
    return [
        {"序号": number, "单位名称": name, "月份": "2022-06", **dict(zip(COMPUTED, figures, strict=True))}
        for number, name, figures in rows
    ]


SHEET = issued(("1", "东村镇", FIGURES), ("2", "普明镇", OTHERS), ("", "乡镇小计", SUMS))
KNOWN = Known(
    (EAST, PUMING), SerialFormat(2022, Letters().serial), date(2022, 7, 1), obstacles=Dispatch().obstacles,
    sheets={"2022-06": [SHEET]},
)  # fmt: skip


def row(
    name: str = "东村镇", figures: Sequence[Value] = FIGURES, said: Sequence[Value] = SAID, month: Value = "2022-06"
) -> tuple[Value, ...]:  # fmt: skip
    return ("1", name, *figures, month, *said)


def sheet(*rows: Sequence[Value], header: Sequence[Value] = HEADER, file: str = "调度表.xlsx") -> Table:
    lines = tuple((number, tuple(cells)) for number, cells in enumerate((("调度表",), header, *rows), 1))
    found = recognise(Grid(Source(file, "调度表"), lines))
    assert isinstance(found, Table) and found.kind == "returned"
    return found


def read(*tables: Table, **more: Any) -> Reading[tuple[Written, ...]]:
    return RETURNED.read(tables, replace(KNOWN, **more))


def told(reading: Reading[Any]) -> list[tuple[str, int | None, str | None]]:
    return [(each.code, each.source.row, each.column) for each in reading.problems]


def test_what_a_unit_has_filled_in_is_taken() -> None:
    found = read(sheet(row()))
    [written] = found.says
    assert (written.unit, written.month) == (EAST, JUNE)
    assert written.said == Said("场地", "市场没有完工", "请县住建局协调", "上门登记", date(2022, 7, 31))
    assert found.problems == () and found.left_out == {}


def test_the_county_s_sheet_is_taken_as_a_whole_and_who_says_nothing_is_left_out() -> None:
    rows = [row(), row("普明镇", OTHERS, NOTHING), row("乡镇小计", SUMS, NOTHING)]
    found = read(sheet(*rows))
    assert [each.unit for each in found.says] == [EAST] and found.problems == ()
    assert found.left_out == {"调度表.xlsx": {"没有填写": 2}}


@pytest.mark.parametrize("word", ["无", "—", "/", " 暂无 ", ""])
def test_a_word_for_nothing_is_nothing(word: str) -> None:
    [written] = read(sheet(row(said=("", "路没有修通", word, word, word)))).says
    assert written.said == Said("", "路没有修通")


def test_all_that_is_wrong_in_a_row_is_told_at_once_and_once_for_each_cell() -> None:
    said = ("没有的类", "场" * 201, Unreadable("#REF!", "error-value"), None, "7月底")
    assert told(read(sheet(row(figures=("181", *FIGURES[1:]), said=said)))) == [
        ("too-long", 3, "堵点"), ("error-value", 3, "需协调事项"), ("bad-date", 3, "完成时限"), ("unknown-category", 3, "堵点类别"),
        ("changed-figure", 3, "年度任务(户)"),
    ]  # fmt: skip
    found = read(sheet(row("西村镇", said=("没有的类", "路没有修通", None, None, "7月底"), month="2022-07")))
    assert [code for code, _, _ in told(found)] == ["bad-date", "unknown-category", "unknown-sheet"]
    assert found.left_out == {"调度表.xlsx": {"有问题": 1}}


@pytest.mark.parametrize("place, name", list(enumerate(COMPUTED)), ids=list(COMPUTED))
def test_each_changed_figure_is_told_at_its_cell(place: int, name: str) -> None:
    figures = list(FIGURES)
    figures[place] = "99"
    found = read(sheet(row(figures=figures)))
    [problem] = found.problems
    assert (problem.code, problem.source.row, problem.column) == ("changed-figure", 3, COMPUTED[name])
    assert problem.seen == "99" and f"“{FIGURES[place]}”" in problem.advice
    assert found.says == () and found.left_out == {"调度表.xlsx": {"有问题": 1}}


@pytest.mark.parametrize("seen", [None, Unreadable("=A1", "no-cached-value"), "先进户"])
def test_a_figure_that_was_emptied_or_reckoned_anew_is_changed_too(seen: Value) -> None:
    assert told(read(sheet(row(figures=(*FIGURES[:9], seen, *FIGURES[10:]), said=NOTHING)))) == [
        ("changed-figure", 3, "等次")
    ]


def test_a_changed_total_is_told_and_nothing_can_be_filled_in_beside_it() -> None:
    assert told(read(sheet(row("乡镇小计", ("1041", *SUMS[1:]), NOTHING)))) == [
        ("changed-figure", 3, "年度任务(户)")
    ]
    found = read(sheet(row("乡镇小计", SUMS)))
    assert told(found) == [("unknown-unit", 3, "责任单位")] and found.says == ()


def test_numbers_that_became_numbers_on_the_way_are_the_same() -> None:
    figures: list[Value] = [180, 112.0, 62.2, 12.2, -22, 68.0, 12, 26.7, 272, *FIGURES[9:11], 2, 1]
    assert read(sheet(row(figures=figures))).problems == ()


def test_columns_that_are_gone_say_nothing() -> None:
    header = ("责任单位", "月份", *ASKED.values())
    found = read(sheet(("东村", datetime(2022, 6, 1), *SAID), header=header))
    assert [each.unit for each in found.says] == [EAST] and found.problems == ()


def test_a_sheet_may_be_of_any_revision_that_was_issued() -> None:
    revised = issued(("1", "东村镇", ("180", "113", *FIGURES[2:])))
    sheets = {"2022-06": [revised, SHEET]}
    assert read(sheet(row()), sheets=sheets).problems == ()
    found = read(sheet(row(figures=("180", "114", *FIGURES[2:]))), sheets=sheets)
    assert told(found) == [("changed-figure", 3, "累计净增")] and "“113”" in found.problems[0].advice


@pytest.mark.parametrize(
    "month", ["2022年6月", "2022年6月份", "2022.6.1", datetime(2022, 6, 1), "２０２２-06"]
)
def test_a_month_may_be_written_in_any_way(month: Value) -> None:
    [written] = read(sheet(row(month=month))).says
    assert written.month == JUNE


@pytest.mark.parametrize("month", ["2022-07", "六月", None])
def test_a_sheet_of_no_issued_month_is_told(month: Value) -> None:
    found = read(sheet(row(month=month)))
    assert told(found) == [("unknown-sheet", 3, "月份")] and found.says == ()


def test_a_unit_that_was_not_on_the_sheet_is_told() -> None:
    new = Unit("03", "岚城镇", "", "乡镇")
    assert told(read(sheet(row("岚城镇")), units=(EAST, PUMING, new))) == [("unknown-sheet", 3, "责任单位")]


@pytest.mark.parametrize(
    "cells, problem",
    [
        pytest.param({"name": "东村乡镇"}, ("unknown-unit", 3, "责任单位"), id="unit"),
        pytest.param({"said": ("天气", *SAID[1:])}, ("unknown-category", 3, "堵点类别"), id="category"),
        pytest.param({"said": (*SAID[:4], "下月底")}, ("bad-date", 3, "完成时限"), id="day"),
        pytest.param({"said": ("场地", "字" * 201, *SAID[2:])}, ("too-long", 3, "堵点"), id="length"),
        pytest.param(
            {"said": (*SAID[:2], Unreadable("#N/A", "error-value"), *SAID[3:])},
            ("error-value", 3, "需协调事项"),
            id="error",
        ),
    ],
)
def test_a_cell_that_cannot_be_taken_is_told(cells: dict[str, Any], problem: tuple[str, int, str]) -> None:
    found = read(sheet(row(**cells)))
    assert told(found) == [problem] and found.says == ()


def test_a_unit_that_sends_the_same_twice_is_taken_once_and_one_that_differs_not_at_all() -> None:
    own, again = sheet(row(), file="东村镇.xlsx"), sheet(row(), row("普明镇", OTHERS), file="全县.xlsx")
    assert [each.unit for each in read(own, again).says] == [EAST, PUMING]
    other = sheet(row(said=("资金", *SAID[1:])), file="东村镇2.xlsx")
    found = read(own, other)
    assert found.says == () and [each.code for each in found.problems] == ["written-twice"] * 2
    assert "东村镇2.xlsx" in found.problems[0].advice and "另见 东村镇.xlsx" in found.problems[1].advice


def test_without_a_roster_no_unit_is_looked_for() -> None:
    found = read(sheet(row()), units=())
    assert found.says == () and found.problems == ()
