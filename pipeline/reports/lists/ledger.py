"""一台账: every individual business of the exports, with the unit that it counts for and why; numbers of persons masked."""

from collections.abc import Iterator, Sequence

from pipeline.domain.documents import Cell, Column, Worksheet
from pipeline.domain.values.identity import masked, masked_name, masked_whole
from pipeline.domain.values.industry import SECTIONS
from pipeline.reports.lists.cells import day_cell, long
from pipeline.reports.lists.content import Content, Entered

COLUMNS = (
    Column("序号", 8), Column("归属单位", 20), Column("归属依据", 10), Column("介绍信编号", 16), Column("统一社会信用代码", 22),
    Column("注册号", 17), long("名称", 34), Column("经营者", 9), Column("身份证号", 21), Column("联系电话", 14),
    long("经营范围", 40), long("经营场所", 36), Column("乡镇", 12), Column("行业门类", 18), Column("成立日期", 12),
    Column("成立月份", 10), Column("登记状态", 10), Column("注销日期", 12), Column("吊销日期", 12), Column("撤销日期", 12),
    Column("疑点数", 8), long("来源", 40),
)  # fmt: skip
NOBODY = "未归属"


def ledger(content: Content) -> Worksheet:
    """The ledger of all units, or of the one that was asked for."""
    whose = content.only.name if content.only else content.county
    title = f"{whose}市场主体（个体工商户）注册登记台账（截至{content.day}）（内部资料，不外传）"
    return Worksheet("一台账", title, COLUMNS, _rows(content))


def _rows(content: Content) -> Iterator[Sequence[Cell]]:
    units = {unit.code: unit.name for unit in content.units}
    for place, row in enumerate(content.ledger, 1):
        yield [place, *_row(row, units.get(row.attribution.unit or "", NOBODY))]


def _row(row: Entered, unit: str) -> Sequence[Cell]:
    each, business = row.attribution, row.attribution.business
    industry = SECTIONS[business.industry.section].name if business.industry else ""
    month = f"{business.established:%Y-%m}" if business.established else ""
    return [
        unit, each.by or "", business.letter.key if business.letter else "", business.uscc, business.regno,
        business.name, masked_name(business.operator), masked_whole(business.id_no), masked_whole(business.phone),
        masked(business.scope), masked(business.address), row.place, industry, day_cell(business.established),
        month, business.status, day_cell(business.cancelled), day_cell(business.revoked),
        day_cell(business.struck_off), row.doubts, str(business.sources[-1]),
    ]  # fmt: skip
