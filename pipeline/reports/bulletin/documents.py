"""A publication → its folder in ``outputs/bulletin``: bulletin, wall chart, tables of figures and of doubts.

Everything is made from what was kept of the publication, so that it can be made again as it was.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipeline.adapters.archive import Publication
from pipeline.adapters.pdf.reading import Info, with_info
from pipeline.adapters.word import WordTemplate
from pipeline.adapters.workbook import write_tables
from pipeline.domain.documents import Bar, Cell, Chart, Column, Formula, Worksheet
from pipeline.publishing.readback import collate
from pipeline.publishing.renderer import Renderer
from pipeline.reports.bulletin.content import write_filled
from pipeline.reports.bulletin.published import published_from

_FIGURES = (
    Column("编号", 7), Column("单位名称", 24), Column("类别", 8), Column("任务数", 9), Column("本月新增", 10),
    Column("本月注销", 10), Column("本月净增", 10), Column("累计新增", 10), Column("累计注销", 10),
    Column("累计净增", 10), Column("完成率", 10), Column("与序时进度差", 13), Column("排名", 7), Column("状态", 10),
)  # fmt: skip
_COUNTED = (
    Column("单位", 20), Column("类型", 8), Column("日期", 12), Column("统一社会信用代码", 22), Column("注册号", 18),
    Column("名称", 34), Column("归属依据", 12), Column("来源", 46),
)  # fmt: skip
_DOUBTS = {
    "单位": 20, "名称": 30, "统一社会信用代码": 22, "文件": 30, "工作表": 14, "行": 7, "列": 16, "现在是": 24, "问题和办法": 66,
    "代码": 20,
}  # fmt: skip
"""Column of the list of doubts → its width."""
_DOUBTS_AT_FIRST = ("文件", "工作表", "行", "列", "现在是", "问题和办法", "代码")
"""Columns of the publications that were kept before they kept them."""


def print_bulletin(shop: Renderer, publication: Publication, folder: Path) -> None:
    """Make all files of a publication.

    :raises TemplateFault: a template asks for what is not there.
    :raises ConversionFault: LibreOffice failed.
    """
    issue = publication.issue
    at = datetime.fromisoformat(issue["published_at"])
    chart = _chart(issue["chart"])
    for name, template, fields in (
        ("简报", "bulletin.docx", issue["fields"]),
        ("作战图", "wallchart.docx", issue["wall_chart"]),
    ):
        draft = shop.folder / f"{name}.docx"
        write_filled(WordTemplate(template, publication.templates[template]), fields, chart, draft)
        pdf = shop.office.convert(draft, 10)
        with_info(
            pdf, folder / f"{name}.pdf", Info(_title(issue, name), issue["office"], at), has_outline=True
        )
        collate(draft, folder / f"{name}.pdf", f"请检查模板 {template} 里这一处，改好再运行。")
        if name == "简报":
            draft.replace(folder / draft.name)
    month = f"{publication.year}年{publication.month}月"
    write_tables(folder / "指标明细.xlsx", list(_figure_sheets(issue, month)), at)
    write_tables(folder / "疑点清单.xlsx", [doubt_sheet(issue, month)], at)
    (folder / "figures.json").write_text(
        json.dumps(issue["figures"], ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )


def _title(issue: Mapping[str, Any], name: str) -> str:
    return (
        f"{issue['fields']['简报名称']}第{issue['fields']['期号']}期"
        if name == "简报"
        else issue["wall_chart"]["图名"]
    )


def _chart(plain: Mapping[str, Any]) -> Chart:
    bars = tuple(Bar(name, Decimal(percent), band) for name, percent, band in plain["bars"])
    return Chart(bars, Decimal(plain["pace"]))


def doubt_sheet(issue: Mapping[str, Any], month: str) -> Worksheet:
    """疑点清单: by its filter an office takes the lines of one unit and hands them on."""
    columns = issue.get("doubt_columns", _DOUBTS_AT_FIRST)
    title = f"{month}登记数据疑点清单（内部核对用，不外传）"
    rows = [[str(number), *map(str, doubt)] for number, doubt in enumerate(issue["doubts"], 1)]
    return Worksheet(
        "疑点清单", title, [Column("序号", 7), *(Column(name, _DOUBTS[name]) for name in columns)], rows
    )


def _figure_sheets(issue: Mapping[str, Any], month: str) -> Iterator[Worksheet]:
    figures = issue["figures"]
    yield Worksheet("指标", f"{month}各单位指标（截至{figures['as_of']}）", _FIGURES, _figure_rows(issue))
    rows: list[Sequence[Cell]] = [[*map(str, row)] for row in issue["counted_rows"]]
    yield Worksheet("计入的户", f"截至{figures['as_of']}计入的户", _COUNTED, rows)


def _figure_rows(issue: Mapping[str, Any]) -> Iterator[Sequence[Cell]]:
    """Units, what is nobody's, and the county; sums and rates as formulas."""
    figures = published_from(issue["published"]).figures
    pace = float(figures.pace)
    for each in figures.units:
        tally = each.tally
        rank = "" if each.rank is None else each.rank
        yield [
            each.unit.code, each.unit.name, each.unit.group, each.target, tally.new_month, tally.cancelled_month,
            Formula("=E{row}-F{row}", tally.net_month), tally.new, tally.cancelled,
            Formula("=H{row}-I{row}", tally.net), *_rates(each.completion_rate, pace), rank, each.band,
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
        *_rates(county.completion_rate, pace), "", "",
    ]  # fmt: skip


def _rates(rate: Any, pace: float) -> tuple[Formula, Formula]:
    value = None if rate is None else float(rate)
    return (
        Formula('=IF(D{row}=0,"",J{row}/D{row})', value, is_percent=True),
        Formula(
            f'=IF(D{{row}}=0,"",K{{row}}-{pace!r})', None if value is None else value - pace, is_percent=True
        ),
    )
