"""What is made of a bulletin: the paper, the wall chart, tables of figures and of doubts, ``figures.json``."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from pipeline.domain.documents import Cell, Column, Data, Document, Formula, Paper, Workbook, Worksheet
from pipeline.domain.statistics.figures import MonthFigures
from pipeline.reports.bulletin.content import Content
from pipeline.reports.bulletin.registry import COLUMNS
from pipeline.reports.bulletin.text import PAPER
from pipeline.reports.bulletin.wall_chart import NOTHING, WALL_CHART

FIGURE_COLUMNS = (
    Column("编号", 7), Column("单位名称", 24), Column("类别", 8), Column("任务数", 9), Column("本月新增", 10),
    Column("本月注销", 10), Column("本月净增", 10), Column("累计新增", 10), Column("累计注销", 10),
    Column("累计净增", 10), Column("完成率", 10), Column("与序时进度差", 13), Column("排名", 7), Column("状态", 10),
)  # fmt: skip
"""Of the table of figures."""
_COUNTED = (
    Column("单位", 20), Column("类型", 8), Column("日期", 12), Column("统一社会信用代码", 22), Column("注册号", 18),
    Column("名称", 34), Column("归属依据", 12), Column("来源", 46),
)  # fmt: skip
_DOUBTS = {
    "单位": 20, "名称": 30, "统一社会信用代码": 22, "文件": 30, "工作表": 14, "行": 7, "列": 16, "现在是": 24, "问题和办法": 66,
    "代码": 20,
}  # fmt: skip
"""Column of the list of doubts → its width."""


def documents(content: Content) -> Iterator[Document]:
    """All files of a bulletin."""
    said, month = content.bulletin, content.period.words
    name = f"{said['简报名称']}第{said['期号']}期"
    yield Paper("简报", name, PAPER, said, (content.rates.chart(),), keeps_docx=True)
    yield Paper(
        "作战图",
        str(content.wall_chart["图名"]),
        WALL_CHART,
        {**NOTHING, **content.wall_chart},
        (content.rates.chart(),),
    )
    yield Workbook("指标明细", list(_figure_sheets(content, month)))
    # What was published before figures had a place is made again as it was, all lines of one height, and without a seal.
    is_as_today = "place" in content.figures
    yield Workbook("疑点清单", [_doubt_sheet(content, month, has_heights=is_as_today)])
    yield Data("figures", content.figures, is_sealed=is_as_today)


def _doubt_sheet(content: Content, month: str, *, has_heights: bool) -> Worksheet:
    """疑点清单: by its filter an office takes the lines of one unit and hands them on."""
    title = f"{month}登记数据疑点清单（内部核对用，不外传）"
    rows = [[str(number), *map(str, doubt)] for number, doubt in enumerate(content.doubts, 1)]
    long = {"名称", "文件", "现在是", "问题和办法"} if has_heights else set()
    named = [Column(name, _DOUBTS[name], is_long=name in long) for name in content.doubt_columns]
    return Worksheet("疑点清单", title, [Column("序号", 7), *named], rows)


def _figure_sheets(content: Content, month: str) -> Iterator[Worksheet]:
    figures = content.published.figures
    yield Worksheet(
        "指标", f"{month}各单位指标（截至{figures.as_of}）", FIGURE_COLUMNS, _figure_rows(figures)
    )
    yield Worksheet("计入的户", f"截至{figures.as_of}计入的户", _COUNTED, content.counted)
    if content.registry:
        title = f"{month}与登记机关口径对照（户；差和各项原因都是本简报比登记机关多几户）"
        yield Worksheet("与登记机关口径对照", title, COLUMNS, list(content.registry))


def _figure_rows(figures: MonthFigures) -> Iterator[Sequence[Cell]]:
    """Units, what is nobody's, and the county; sums and rates as formulas."""
    pace = float(figures.pace)
    for each in figures.units:
        tally = each.tally
        rank = "" if each.rank is None else each.rank
        yield [
            each.unit.code, each.unit.name, each.unit.group, each.target, tally.new_month, tally.cancelled_month,
            Formula("=E{row}-F{row}", tally.net_month), tally.new, tally.cancelled,
            Formula("=H{row}-I{row}", tally.net), *rate_cells(each.completion_rate, pace), rank, each.band,
        ]  # fmt: skip
    nobody, county = figures.unattributed, figures.county
    yield [
        "", "未归属", "", 0, nobody.new_month, nobody.cancelled_month, Formula("=E{row}-F{row}", nobody.net_month),
        nobody.new, nobody.cancelled, Formula("=H{row}-I{row}", nobody.net), "", "", "", "",
    ]  # fmt: skip
    last = len(figures.units) + 3  # the line of what is nobody's
    sums = (
        county.target, county.tally.new_month, county.tally.cancelled_month, county.tally.net_month, county.tally.new,
        county.tally.cancelled, county.tally.net,
    )  # fmt: skip
    yield [
        "", "合计", "",
        *(Formula(f"=SUM({letter}3:{letter}{last})", value) for letter, value in zip("DEFGHIJ", sums, strict=True)),
        *rate_cells(county.completion_rate, pace), "", "",
    ]  # fmt: skip


def rate_cells(rate: Fraction | float | None, pace: float) -> tuple[Formula, Formula]:
    """完成率 and 与序时进度差, as formulas."""
    value = None if rate is None else float(rate)
    return (
        Formula('=IF(D{row}=0,"",J{row}/D{row})', value, is_percent=True),
        Formula(
            f'=IF(D{{row}}=0,"",K{{row}}-{pace!r})', None if value is None else value - pace, is_percent=True
        ),
    )
