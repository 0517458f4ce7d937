"""一台账: every individual business of the exports, with the unit that it counts for and why; numbers of persons masked.

What the authorities have classed it as (分型, 名特优新, 个转企) stands there as the export has it.
"""

from collections.abc import Iterator, Sequence

from pipeline.domain.documents import Cell, Column, Worksheet
from pipeline.domain.model import Unit
from pipeline.domain.values.identity import masked, masked_name, masked_whole
from pipeline.domain.values.industry import SECTIONS
from pipeline.reports.lists.cells import day_cell, long
from pipeline.reports.lists.content import Content, Entered

COLUMNS = (
    Column("序号", 7), long("名称", 24), long("统一社会信用代码", 21), long("归属单位", 13), Column("归属依据", 9),
    long("介绍信编号", 13), Column("乡镇", 10), long("行业门类", 14), Column("成立日期", 11), Column("成立月份", 9),
    Column("登记状态", 9), Column("注销日期", 11), Column("分型", 8), Column("名特优新", 9), Column("个转企", 8), Column("疑点数", 7),
    Column("经营者", 8), long("身份证号", 17), long("联系电话", 15), long("经营范围", 34), long("经营场所", 30),
    long("管辖单位", 14), long("注册号", 17), Column("吊销日期", 11), Column("撤销日期", 11), long("来源", 26),
)  # fmt: skip
NOBODY = "未归属"


def ledger(content: Content, only: Unit | None) -> Worksheet:
    """The ledger of all units, or of one."""
    whose = only.name if only else content.county
    title = f"{whose}市场主体（个体工商户）注册登记台账（截至{content.day}）（内部资料，不外传）"
    return Worksheet("一台账", title, COLUMNS, _rows(content, only), pages_wide=2, is_dense=True, fixed=2)


def unit_names(content: Content) -> dict[str | None, str]:
    """Code of a unit, None for none → its name."""
    return {None: NOBODY} | {unit.code: unit.name for unit in content.units}


def industry_name(row: Entered) -> str:
    """行业门类; empty where the export has not coded it."""
    industry = row.attribution.business.industry
    return SECTIONS[industry.section].name if industry else ""


def _rows(content: Content, only: Unit | None) -> Iterator[Sequence[Cell]]:
    names = unit_names(content)
    for place, row in enumerate(content.ledger_of(only), 1):
        yield [place, *_row(row, names[row.attribution.unit])]


def _row(row: Entered, unit: str) -> Sequence[Cell]:
    each, business = row.attribution, row.attribution.business
    month = f"{business.established:%Y-%m}" if business.established else ""
    return [
        masked(business.name), business.uscc, unit, each.by or "", business.letter.key if business.letter else "", row.place,
        industry_name(row), day_cell(business.established), month, business.status, day_cell(business.cancelled),
        *map(masked, business.classes), row.doubts, masked_name(business.operator), masked_whole(business.id_no),
        masked_whole(business.phone), masked(business.scope), masked(business.address), masked(business.station),
        business.regno, day_cell(business.revoked), day_cell(business.struck_off), str(business.sources[-1]),
    ]  # fmt: skip
