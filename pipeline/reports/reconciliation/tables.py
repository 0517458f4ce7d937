"""``对账.xlsx``: each registration's finding, the letters that nobody has used, and both unit by unit."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from pipeline.domain.documents import Cell, Column, Worksheet
from pipeline.domain.letters.lifecycle import STATES
from pipeline.domain.letters.model import DEAD, Serial
from pipeline.domain.model import Unit
from pipeline.domain.values.identity import masked_name
from pipeline.reports.reconciliation.findings import AS_ISSUED, NAMED_NONE, Finding, Period
from pipeline.reports.reconciliation.outstanding import AGES, Outstanding, Whereabouts

_FINDINGS = (
    Column("序号", 7), Column("归属单位", 20), Column("归属依据", 10), Column("统一社会信用代码", 22), Column("名称", 34),
    Column("经营者", 9), Column("成立日期", 13), Column("介绍信编号", 16), Column("发给单位", 20), Column("申报单位", 20),
    Column("对账结果", 36), Column("说明", 60), Column("来源", 46),
)  # fmt: skip
_OUTSTANDING = (
    Column("单位", 20), Column("起止号", 28), Column("份数", 8), Column("状态", 10), Column("起算日期", 13), Column("天数", 8),
    Column("时段", 12),
)  # fmt: skip
_SUMMARY = (
    Column("编号", 7), Column("单位", 20), Column("编号份数", 10), Column("有效份数", 10), Column("已办照", 10),
    Column("未使用", 10), *(Column(age, 11) for age in AGES), Column("作废", 8), Column("遗失", 8),
    Column("对账户数", 10), Column("相符", 8), Column("需要核实", 10), Column("未注明介绍信", 14),
)  # fmt: skip
_NOBODY = Unit("", "未归属", "", "")
_INTERNAL = "（内部核对用，不外传）"


def tables(
    units: Sequence[Unit],
    findings: Sequence[Finding],
    standings: Mapping[Serial, Whereabouts],
    outstanding: Sequence[Outstanding],
    period: Period,
) -> tuple[Worksheet, Worksheet, Worksheet]:
    """对账结果, what is doubtful first; 未使用编号; 汇总.

    :param units: the roster, with a unit for every letter.
    :param standings: where each letter was on the period's last day, as are the outstanding ones.
    """
    names = {unit.code: unit.name for unit in units}
    span = f"{period.first}至{period.last}"
    counts = list(_summary(units, findings, standings, outstanding))
    sums = [sum(int(str(row[place])) for row in counts) for place in range(2, len(_SUMMARY))]
    return (
        Worksheet(
            "对账结果",
            f"登记数据与介绍信对账（{span}成立的）{_INTERNAL}",
            _FINDINGS,
            list(_rows(findings, names)),
        ),
        Worksheet(
            "未使用编号", f"未使用的介绍信（截至{period.last}）", _OUTSTANDING, list(_unused(outstanding))
        ),
        Worksheet(
            "汇总", f"介绍信使用情况汇总（截至{period.last}）", _SUMMARY, [*counts, ["", "合计", *sums]]
        ),
    )


def _rows(findings: Sequence[Finding], names: Mapping[str, str]) -> Iterator[Sequence[Cell]]:
    for number, found in enumerate(sorted(findings, key=lambda each: not each.is_doubtful), 1):
        each = found.attribution
        business, serial = each.business, each.business.letter or (found.letter and found.letter.serial)
        yield [
            number, names.get(each.unit or "", "未归属"), each.by or "", business.uscc or business.regno, business.name,
            masked_name(business.operator), str(business.established), serial.key if serial else "",
            found.letter.unit_name if found.letter else "", names.get(business.unit or "", ""), found.words,
            "".join(doubt.advice for doubt in found.doubts), str(business.sources[-1]),
        ]  # fmt: skip


def _unused(outstanding: Sequence[Outstanding]) -> Iterator[Sequence[Cell]]:
    for each in outstanding:
        yield [
            each.run.unit_name, each.numbers, each.run.count, STATES[each.state], str(each.since), each.days, each.age,
        ]  # fmt: skip


def _summary(
    units: Sequence[Unit],
    findings: Sequence[Finding],
    standings: Mapping[Serial, Whereabouts],
    outstanding: Sequence[Outstanding],
) -> Iterator[Sequence[Cell]]:
    """A unit's letters by what became of them, and what was found of the registrations that count for it."""
    for unit in (*units, _NOBODY):
        states = Counter(each.state for serial, each in standings.items() if serial.unit == unit.code)
        ages: Counter[str] = Counter()
        for each in outstanding:
            if each.run.unit_code == unit.code:
                ages[each.age] += each.run.count
        own = [each for each in findings if (each.attribution.unit or "") == unit.code]
        yield [
            unit.code, unit.name, states.total(), states.total() - sum(states[state] for state in DEAD), states["used"],
            ages.total(), *(ages[age] for age in AGES), states["void"], states["lost"], len(own),
            sum(AS_ISSUED in each.codes for each in own), sum(each.is_doubtful for each in own), sum(NAMED_NONE in each.codes for each in own),
        ]  # fmt: skip
