"""What is made of a roll-up: the paper, the wall chart, tables of figures and of how counties reported, ``rollup.json``."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pipeline.domain.documents import Cell, Column, Data, Document, Formula, Paper, Workbook, Worksheet
from pipeline.domain.rollup.reporting import MISSING, OTHER_RULES
from pipeline.reports.bulletin.documents import FIGURE_COLUMNS, rate_cells
from pipeline.reports.bulletin.text import PAPER
from pipeline.reports.bulletin.wall_chart import NOTHING, WALL_CHART
from pipeline.reports.rollup.content import Content

_REPORTING = (
    Column("代码", 10), Column("县（市、区）", 18), Column("报送", 8), Column("报送日期", 12), Column("版次", 7),
    Column("计入汇总", 9), Column("说明", 40, is_long=True), Column("文件", 46, is_long=True), Column("封签密钥", 22),
)  # fmt: skip
_FINDINGS = (Column("文件", 46, is_long=True), Column("问题和办法", 90, is_long=True), Column("代码", 20))
_FIRST_ROW = 3
"""Of a worksheet's rows."""


def documents(content: Content) -> Iterator[Document]:
    """All files of a roll-up."""
    said, month = content.paper, content.period.words
    charts = (content.rates.chart(),)
    yield Paper("简报", f"{said['简报名称']}第{said['期号']}期", PAPER, said, charts, keeps_docx=True)
    yield Paper(
        "作战图", str(content.wall_chart["图名"]), WALL_CHART, {**NOTHING, **content.wall_chart}, charts
    )
    as_of = content.published.figures.as_of
    yield Workbook(
        "指标明细",
        [
            Worksheet(
                "指标", f"{month}各县（市、区）指标（截至{as_of}）", FIGURE_COLUMNS, _figure_rows(content)
            ),
            Worksheet("报送情况", f"{month}各县（市、区）报送情况", _REPORTING, _texts(content.reporting)),
            Worksheet(
                "核对事项", f"{month}核对事项（内部核对用，不外传）", _FINDINGS, _texts(content.findings)
            ),
        ],
    )
    yield Data("rollup", content.figures, is_sealed=True)


def _texts(rows: Sequence[Sequence[str]]) -> Sequence[Sequence[Cell]]:
    return [[*row] for row in rows]


def _figure_rows(content: Content) -> Iterator[Sequence[Cell]]:
    """Counties and all of them together; sums and rates as formulas, of which those that do not count are taken off."""
    units: Sequence[Mapping[str, Any]] = content.figures["units"]
    pace = content.figures["pace"]
    for each in units:
        yield _county_row(each, pace)
    county = content.figures["county"]
    last = len(units) + _FIRST_ROW - 1
    off = [
        place
        for place, each in enumerate(units, _FIRST_ROW)
        if each["band"] == OTHER_RULES or (each["inside"] and each["band"] != MISSING)
    ]
    names = ("target", "new_month", "cancelled_month", "net_month", "new", "cancelled", "net")
    yield [
        "", "合计", "",
        *(
            Formula(f"=SUM({letter}{_FIRST_ROW}:{letter}{last}){''.join(f'-{letter}{row}' for row in off)}", county[name])
            for letter, name in zip("DEFGHIJ", names, strict=True)
        ),
        *rate_cells(county["completion_rate"], pace), "", "",
    ]  # fmt: skip


def _county_row(each: Mapping[str, Any], pace: float) -> Sequence[Cell]:
    who = [each["code"], each["name"], each["group"]]
    if each["band"] == MISSING:
        return [*who, *[""] * (len(FIGURE_COLUMNS) - 4), MISSING]
    return [
        *who, each["target"], each["new_month"], each["cancelled_month"], Formula("=E{row}-F{row}", each["net_month"]),
        each["new"], each["cancelled"], Formula("=H{row}-I{row}", each["net"]),
        *rate_cells(each["completion_rate"], pace), "" if each["rank"] is None else each["rank"], each["band"],
    ]  # fmt: skip
