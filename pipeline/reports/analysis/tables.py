"""``分析表.xlsx`` from ``analyse.json``: sums, differences and rates as formulas, so that a clerk sees how they come about."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from pipeline.domain.analysis.year_ago import PUBLISHED
from pipeline.domain.documents import Cell, Column, Formula, Worksheet
from pipeline.domain.values.industry import SECTIONS
from pipeline.domain.wording import rate_text

UNCODED = "行业空白"
_FEW = "样本少"
_FLOW = (Column("新登记", 10), Column("注销", 10), Column("净增", 10), Column("在册（登记数据）", 12))
_SURVIVAL = (Column("满几个月", 10), Column("户数", 10), Column("其中存活", 10), Column("存活率", 10))
_FIRST_ROW = 3
"""Of a worksheet's rows."""
_STOCK = {
    "start_of_year": "上年末在册", "computed_end": "按本年增减推算的期末在册", "end": "期末在册", "difference": "登记数据比推算多",
    "gone_undated": "登记数据中没有日期的注销、撤销、迁出",
}  # fmt: skip
_COUNTS = {
    "new_month": "本月新登记", "cancelled_month": "本月注销", "net_month": "本月净增", "new": "累计新登记",
    "cancelled": "累计注销", "net": "累计净增",
}  # fmt: skip
_LATE = {
    "new": "简报印发后补录新登记", "cancelled": "简报印发后补录注销", "withdrawn_new": "简报印发后核减新登记",
    "withdrawn_cancelled": "简报印发后核减注销", "net": "简报印发后合计净增",
}  # fmt: skip
_STRUCTURE = {
    "primary": "第一产业", "secondary": "第二产业", "tertiary": "第三产业", "uncoded": UNCODED,
    "by_section": "其中按门类划分的",
}  # fmt: skip
_SOURCES = {
    "exports": "登记数据",
    "base_count": "上年末在册户数和本年增减推算",
    None: "没有：登记数据不是全部在册户，也没有上年末在册户数",
}


def worksheets(title: str, figures: Mapping[str, Any]) -> Iterator[Worksheet]:
    """All sheets."""
    yield Worksheet(
        "总量", title, (Column("项目", 40), Column("户、%", 14), Column("说明", 44)), _overall(figures)
    )
    yield Worksheet(
        "行业",
        f"{title}（分行业，户）",
        (Column("门类", 7), Column("行业", 34), *_FLOW),
        _industries(figures),
    )
    yield Worksheet(
        "区域", f"{title}（分区域，户）", (Column("编号", 7), Column("区域", 24), *_FLOW), _places(figures)
    )
    yield Worksheet(
        "存活率",
        f"{title}（按成立月份）",
        (Column("成立月份", 12), *_SURVIVAL, Column("说明", 30)),
        _cohorts(figures),
    )
    yield Worksheet(
        "培育户存活率", f"{title}（凭介绍信登记的，按单位）", (Column("编号", 7), Column("单位", 24), *_SURVIVAL),
        _units(figures),
    )  # fmt: skip
    if "forms" in figures:  # not in what earlier versions published
        columns = (Column("内容", 18), Column("项目", 16), Column("户、个、项", 12), Column("说明", 44))
        yield Worksheet("构成和困难", title, columns, [*_operators(figures), *_difficulties(figures)])


def _overall(figures: Mapping[str, Any]) -> Iterator[Sequence[Cell]]:
    """Items one below the other; the two ratios and the coded share in percent."""
    stock, structure = figures["stock"], figures["structure"]
    for key, name in _STOCK.items():
        yield [name, _number(stock[key]), f"在册数来自{_SOURCES[stock['source']]}" if key == "end" else ""]
    for key, name in _COUNTS.items():
        yield [name, figures[key], f"与{figures['month']}简报一致"]
    yield ["注销与新登记之比（新设退出比）", _percent("exit_ratio", figures), ""]
    yield ["净增与新登记之比（净增新增比）", _percent("net_to_new", figures), ""]
    for key, name in _LATE.items():
        yield [name, figures["late"][key], "已计入以下各表，简报不变" if key == "net" else ""]
    for key, name in _STRUCTURE.items():
        yield [name, structure[key], f"{'在册' if structure['of'] == 'stock' else '本年新登记'}中的户数"]
    yield ["登记数据中在册户有行业代码的比重", _percent("coded_share", figures), ""]
    yield from _year_ago(figures.get("year_ago", {"source": None, "reason": ""}))


def _year_ago(ago: Mapping[str, Any]) -> Iterator[Sequence[Cell]]:
    """Last year's figures and the growth since; why not, where they are not known."""
    if ago["source"] is None:
        if ago["reason"]:
            yield ["同比", "", ago["reason"]]
        return
    source = "当时的运行监测分析" if ago["source"] == PUBLISHED else "登记数据"
    for key, name in (_COUNTS | {"stock": "期末在册"}).items():
        yield [f"上年同期{name}", _number(ago[key]), f"{ago['month']}，来自{source}"]
    for key in ago["growth"]:
        yield [f"{(_COUNTS | {'stock': '期末在册'})[key]}同比", _percent(key, ago["growth"]), ""]


def _operators(figures: Mapping[str, Any]) -> Iterator[Sequence[Cell]]:
    for kind, key in (("组成形式", "forms"), ("经营者年龄", "ages")):
        found = figures[key]
        of = "在册" if found["of"] == "stock" else "本年新登记"
        if found["counts"] is None:
            yield [kind, "", "", f"{of}的户里知道的占{rate_text(Fraction(found['known_share'] or 0))}，不列"]
            continue
        for name, number in found["counts"].items():
            yield [kind, name, number, f"{of}中的户数"]
        yield [kind, "没有的", found["unknown"], f"{of}中的户数，不计入比重"]


def _difficulties(figures: Mapping[str, Any]) -> Iterator[Sequence[Cell]]:
    found = figures["difficulties"]
    if found["dispatch_month"]:
        for each in found["obstacles"]:
            yield ["堵点", each["category"], each["units"], f"{found['dispatch_month']}调度表上填报的单位数"]
        yield ["需协调事项", "", found["requests"], ""]
    for each in found["items"]["by_kind"]:
        yield ["未销号的挂账事项", each["kind"], each["open"], f"其中逾期{each['overdue']}项"]


def _number(value: int | None) -> Cell:
    return "" if value is None else value


def _percent(name: str, figures: Mapping[str, Any]) -> Cell:
    value = figures[name]
    return "" if value is None else Formula(f"={value!r}", value, is_percent=True)


def _industries(figures: Mapping[str, Any]) -> Iterator[Sequence[Cell]]:
    rows = figures["by_industry"]
    for each in rows:
        name = SECTIONS[each["section"]].name if each["section"] else UNCODED
        yield [each["section"] or "", name, *_flow(each)]
    yield _sums(rows)


def _places(figures: Mapping[str, Any]) -> Iterator[Sequence[Cell]]:
    for each in figures["by_place"]:
        yield [each["code"] or "", each["name"], *_flow(each)]
    yield _sums(figures["by_place"])


def _flow(each: Mapping[str, Any]) -> Sequence[Cell]:
    return [each["new"], each["cancelled"], Formula("=C{row}-D{row}", each["net"]), each["stock"]]


def _sums(rows: Sequence[Mapping[str, Any]]) -> Sequence[Cell]:
    last = len(rows) + _FIRST_ROW - 1
    totals = [sum(each[name] for each in rows) for name in ("new", "cancelled", "net", "stock")]
    sums = [
        Formula(f"=SUM({letter}{_FIRST_ROW}:{letter}{last})", total)
        for letter, total in zip("CDEF", totals, strict=True)
    ]
    return ["", "合计", *sums]


def _cohorts(figures: Mapping[str, Any]) -> Iterator[Sequence[Cell]]:
    for each in figures["survival"]:
        remark = "" if each["complete"] else "登记数据不全，不作比较"
        yield [each["cohort"], *_survival(each, "C", "D"), remark]


def _units(figures: Mapping[str, Any]) -> Iterator[Sequence[Cell]]:
    for each in figures["letter_survival"]:
        yield [each["code"], each["unit"], *_survival(each, "D", "E")]


def _survival(each: Mapping[str, Any], size: str, alive: str) -> Sequence[Cell]:
    rate: Cell = _FEW
    if each["rate"] is not None:
        rate = Formula(f"={alive}{{row}}/{size}{{row}}", each["rate"], is_percent=True)
    return [each["k"], each["size"], each["alive"], rate]
