"""Businesses that are to become, or have become, companies (个转企培育库), as the county keeps them: nothing of it is worked out.

岚政办发〔2022〕20号 四（七）1: who becomes a company gets 1,200 and 3,000 元; by free will, and never by a quota.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import chain

from pipeline.domain.model import Source
from pipeline.domain.records.cells import Cells
from pipeline.domain.records.lists.measures import MOST
from pipeline.domain.records.reading import Known, Reader, Reading, counted
from pipeline.domain.tables.findings import Findings
from pipeline.domain.tables.grid import Row, Table
from pipeline.domain.tables.kinds import Kind
from pipeline.domain.values.licence import credit_code

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "name": ("个体名称", "个体工商户名称", "名称"),
    "uscc": ("统一社会信用代码", "个体信用代码", "信用代码"),
    "operator": ("经营者", "经营者姓名"),
    "industry": ("行业", "行业门类"),
    "staff": ("从业人数", "从业人员"),
    "turnover": ("年营业额（万元）", "年营业额"),
    "is_general": ("一般纳税人", "是否一般纳税人"),
    "will": ("意愿", "转型意愿"),
    "unit": ("对接单位", "帮扶单位"),
    "contact": ("对接人", "帮扶人"),
    "obstacle": ("障碍", "转型障碍"),
    "way": ("转型方式",),
    "company": ("企业名称", "转型后企业名称"),
    "company_type": ("企业类型", "转型后企业类型"),
    "company_code": ("企业信用代码", "转型后信用代码"),
    "day": ("转型日期",),
    "due": ("奖补应兑（元）", "奖补应兑", "应兑金额"),
    "paid": ("奖补已兑（元）", "奖补已兑", "已兑金额"),
    "paid_day": ("兑现日期",),
    "note": ("备注",),
}  # fmt: skip
"""Field → header texts, the first being the one of our own form."""
DAYS, AMOUNTS = ("day", "paid_day"), ("staff", "turnover", "due", "paid")
_FAULTY, _FOOTNOTE = "有问题", "填报说明"
_KIND = Kind(
    "upgrades",
    "清单素材（个转企）",
    COLUMNS,
    (("uscc",), ("will", "way", "company_code")),
    printed=tuple(name for name in COLUMNS if name not in DAYS),
    weighed=("uscc", "company_code", "day", "due", "paid"),
)


@dataclass(frozen=True, slots=True)
class Upgrade:
    """A business on the list."""

    row: Source
    """Its line."""
    uscc: str
    """Its own unified code, or the one that it had before."""
    unit: str
    """对接单位: short name of a unit, or another office's; empty where nobody is named."""
    amounts: Mapping[str, Fraction | None]
    """Field of :data:`AMOUNTS` → people, 万元, 元, 元; None where nobody has reported it."""
    days: Mapping[str, date | None]
    """Field of :data:`DAYS` → its day."""
    texts: Mapping[str, str]
    """Each field of :data:`COLUMNS` → what stands there, on one line; empty where nothing does."""


def _read(tables: Sequence[Table], known: Known) -> Reading[tuple[Upgrade, ...]]:
    """Every business once, in file and row order.

    Problem codes: ``empty-cell``, ``duplicate-upgrade``, those of :func:`~pipeline.domain.values.licence.credit_code` that make it
    unusable and of :class:`~pipeline.domain.records.cells.Cells`; the tables' doubts and faults.
    """
    findings = Findings()
    found: dict[str, Upgrade] = {}
    reasons: list[tuple[str, str]] = []
    for table in tables:
        cells = Cells(table, known, findings, DAYS, MOST)
        for row in table.rows:
            upgrade = _upgrade(cells, row)
            if isinstance(upgrade, Upgrade) and found.setdefault(upgrade.uscc, upgrade) is not upgrade:
                cells.problem(row, "uscc", "duplicate-upgrade", "这一户不止一行，请只留一行。")
                upgrade = _FAULTY
            reasons.append((row.source.file, upgrade if isinstance(upgrade, str) else ""))
    faults = chain.from_iterable((*table.doubts, *table.faults) for table in tables)
    return Reading(
        tuple(found.values()), (*faults, *findings.problems), tuple(findings.notices), counted(reasons)
    )


UPGRADES = Reader(_KIND, _read)
"""清单素材 → each :class:`Upgrade`."""


def _upgrade(cells: Cells, row: Row) -> Upgrade | str:
    """A line's business, or why it is left out."""
    before = len(cells.findings.problems)
    said = cells.texts(row, COLUMNS)
    if row.total or not (said["uscc"] or said["name"]):
        return _FAULTY if len(cells.findings.problems) > before else _FOOTNOTE
    code = credit_code(row.cells.get("uscc"))
    if code.stops or not code.text:
        advice = code.advice or "没有统一社会信用代码，认不出是哪一户。请补上。"
        cells.problem(row, "uscc", code.code or "empty-cell", advice)
    office = cells.office(row, said["unit"]) if said["unit"] and cells.known.units else None
    amounts = {name: cells.amount(row, name) for name in AMOUNTS}
    days = {name: cells.day(row, name) for name in DAYS}
    if amounts["paid"] and not said["paid_day"]:
        cells.problem(row, "paid_day", "empty-cell", "写了已兑的数，没有写兑现日期。请补上。")
    if len(cells.findings.problems) > before:
        return _FAULTY
    return Upgrade(row.source, code.text, office[1] if office else said["unit"], amounts, days, said)
