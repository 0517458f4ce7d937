"""个转企: the businesses that the county helps to become companies, beside the ledger; there only where it keeps such a list."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from pipeline.domain.documents import Cell, Column, Worksheet
from pipeline.domain.model import Unit
from pipeline.domain.records.lists.upgrades import Upgrade
from pipeline.domain.values.identity import masked, masked_name
from pipeline.domain.wording import rate_text
from pipeline.reports.lists.cells import NONE, day_cell, long, number, sheet
from pipeline.reports.lists.content import Content, Entered
from pipeline.reports.lists.ledger import industry_name, unit_names

_COLUMNS = (
    Column("序号", 6), long("个体名称", 20), long("统一社会信用代码", 21), long("归属单位", 12), Column("经营者", 8),
    long("行业", 12), Column("从业人数", 9), Column("年营业额（万元）", 10), Column("一般纳税人", 8), long("意愿", 8),
    long("对接单位", 12), Column("对接人", 8), long("障碍", 16), long("转型方式", 11), long("企业名称", 20),
    long("企业类型", 12), long("企业信用代码", 21), Column("转型日期", 11), Column("奖补应兑（元）", 9), Column("奖补已兑（元）", 9),
    Column("兑现日期", 11), long("备注", 14),
)  # fmt: skip
UNKNOWN = "不在一台账里"
"""In the place of the unit of one that is no individual business of the exports: not in them, or a company by now."""
_COMPANY = "公司"


def upgrades_of(content: Content, only: Unit | None) -> Sequence[Upgrade]:
    """All that are listed, or those that count for a unit or are in its care."""
    entered = content.by_code
    return [
        each
        for each in content.upgrades
        if only is None
        or each.unit == only.name
        or (each.uscc in entered and entered[each.uscc].attribution.unit == only.code)
    ]


def upgrades(content: Content, only: Unit | None) -> Iterator[Worksheet]:
    """The sheet; none without a business on it."""
    listed = upgrades_of(content, only)
    if listed:
        whose = only.name if only else content.county
        title = f"{whose}“个转企”培育清单（内部资料，不外传）"
        told = sheet("个转企", title, _COLUMNS, (_row(each, content) for each in listed))
        yield replace(told, rows=[*told.rows, _sums(listed)], pages_wide=2, fixed=2)


def totals(listed: Sequence[Upgrade]) -> Mapping[str, Fraction | int | None]:
    """How many are listed and have become companies, what is due to them and was paid; sums of what was reported only.

    ``company_share`` (公司制比率) is companies to enterprises, of those whose 企业类型 is told; None without any.
    """
    types = [each.texts["company_type"] for each in listed if each.texts["company_type"]]
    companies = sum(_COMPANY in each for each in types)
    return {
        "listed": len(listed), "upgraded": sum(each.days["day"] is not None for each in listed),
        "company_share": Fraction(companies, len(types)) if types else None,
        **{name: sum((each.amounts[name] or Fraction(0) for each in listed), Fraction(0)) for name in ("staff", "due", "paid")},
    }  # fmt: skip


def _row(each: Upgrade, content: Content) -> Sequence[Cell]:
    entered = content.by_code.get(each.uscc)
    unit = unit_names(content)[entered.attribution.unit] if entered else UNKNOWN
    texts = {name: masked(text) for name, text in each.texts.items()}
    amounts = {name: "" if amount is None else number(amount) for name, amount in each.amounts.items()}
    days = {name: day_cell(day) for name, day in each.days.items()}
    return [
        texts["name"] or _name(entered), each.uscc, unit, masked_name(each.texts["operator"]),
        texts["industry"] or (industry_name(entered) if entered else ""), amounts["staff"], amounts["turnover"],
        texts["is_general"], texts["will"], each.unit, masked_name(each.texts["contact"]), texts["obstacle"], texts["way"],
        texts["company"], texts["company_type"], each.texts["company_code"], days["day"], amounts["due"], amounts["paid"],
        days["paid_day"], texts["note"],
    ]  # fmt: skip


def _name(entered: Entered | None) -> str:
    return masked(entered.attribution.business.name) if entered else ""


def _sums(listed: Sequence[Upgrade]) -> Sequence[Cell]:
    told = totals(listed)
    share = told["company_share"]
    share_text = NONE if share is None else rate_text(Fraction(share))
    note = f"已转型{told['upgraded']}户，公司制比率{share_text}"
    cells: dict[str, Cell] = {column.header: "" for column in _COLUMNS} | {
        "个体名称": f"合计{told['listed']}户", "从业人数": number(told["staff"] or 0), "奖补应兑（元）": number(told["due"] or 0),
        "奖补已兑（元）": number(told["paid"] or 0), "备注": note,
    }  # fmt: skip
    return list(cells.values())
