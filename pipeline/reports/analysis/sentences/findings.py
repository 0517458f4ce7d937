"""What is pointed at (研判), and what is proposed: each by a rule from figures; why it is so no figure tells, and none says.

The rules and their limits are the task force's own; 岚政办发〔2022〕20号's city plan only asks for 分析研判.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from pipeline.domain.analysis.flows import Flow
from pipeline.domain.analysis.month import MonthAnalysis
from pipeline.domain.analysis.stock import EXPORTS
from pipeline.domain.analysis.survival import Survival, before_recent, recent, summed
from pipeline.domain.values.industry import SECTIONS
from pipeline.domain.wording import decimal_text, itemised, listed, rate_text
from pipeline.reports.analysis.beside import Beside
from pipeline.reports.analysis.sentences.parts import structure_words
from pipeline.settings.analysis import Analysis

NOTHING = "按以上数据，没有需要提示的情况。"
_NAMED = 3
"""Places and industries that are named; the others are counted."""
_SEVERAL = 2
"""Units from which on an obstacle is one of several."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at."""

    rule: str
    """Which rule found it."""
    words: str
    """What is so, and what is proposed; without an end."""


def findings(found: MonthAnalysis, beside: Beside, rules: Analysis) -> tuple[Finding, ...]:
    """All of them, ten at most; nothing where no rule applies."""
    told = {
        "net-loss": _net_loss(found),
        "exit-ratio": _exit_ratio(found, rules),
        "fewer-new": _fewer_new(found, beside),
        "place-loss": _places(found),
        "industry-loss": _industries(found, rules),
        "survival": _survival(found, rules),
        "letter-survival": _letters(found, rules),
        "balance": _balance(found),
        "overdue": _overdue(beside),
        "obstacle": _obstacle(beside),
    }
    return tuple(Finding(rule, words) for rule, words in told.items() if words)


def findings_words(found: Sequence[Finding]) -> str:
    """One paragraph; where there is nothing, that."""
    return f"按以上数据，需要关注：{itemised([each.words for each in found])}" if found else NOTHING


def _net_loss(found: MonthAnalysis) -> str:
    tally = found.figures.county.tally
    if tally.net < 0:
        return f"本年注销多于新登记，净减少{-tally.net}户，建议登记机关逐户核对注销情况"
    if tally.net_month < 0:
        return f"{found.figures.month}月份注销多于新登记，净减少{-tally.net_month}户，建议登记机关核对当月的注销情况"
    return ""


def _exit_ratio(found: MonthAnalysis, rules: Analysis) -> str:
    """Not beside a loss, which says more."""
    tally = found.figures.county.tally
    limit = Fraction(str(rules.exit_alert))
    if not tally.new or tally.net < 0 or Fraction(tally.cancelled, tally.new) <= limit:
        return ""
    told = decimal_text(Fraction(100 * tally.cancelled, tally.new))
    return f"新设退出比为100∶{told}，高于{ratio_words(limit)}，建议分行业、分区域核对本年注销的户"


def ratio_words(limit: Fraction) -> str:
    """100∶50."""
    return f"100∶{decimal_text(100 * limit).removesuffix('.0')}"


def _fewer_new(found: MonthAnalysis, beside: Beside) -> str:
    new, ago = found.figures.county.tally.new, beside.year_ago
    if ago is None or new >= ago.new:
        return ""
    return f"累计新登记比上年同期少{ago.new - new}户，建议了解群众办照意愿和办照中的困难"


def _places(found: MonthAnalysis) -> str:
    losing = [(part.unit.name, part.flow) for part in found.places if part.unit and part.flow.net < 0]
    return f"本年注销多于新登记的有{_losses(losing)}，建议当地逐户核对、走访经营户" if losing else ""


def _industries(found: MonthAnalysis, rules: Analysis) -> str:
    if not structure_words(found, rules.industry_min_coded):
        return ""
    losing = [(SECTIONS[letter].name, flow) for letter, flow in found.industries if letter and flow.net < 0]
    return f"本年注销多于新登记的行业有{_losses(losing)}，建议了解这些行业的经营情况" if losing else ""


def _losses(losing: Sequence[tuple[str, Flow]]) -> str:
    """The largest first: 王狮乡（净减少3户）."""
    ordered = sorted(losing, key=lambda each: each[1].net)
    return listed([f"{name}（净减少{-flow.net}户）" for name, flow in ordered], _NAMED)


def _survival(found: MonthAnalysis, rules: Analysis) -> str:
    """Twelve cohorts against the twelve before, so that no season weighs more."""
    pairs = (
        (summed([each.survival for each in recent(found.cohorts, k)]),
         summed([each.survival for each in before_recent(found.cohorts, k)]))
        for k in rules.survival
    )  # fmt: skip
    told = list(_drops(pairs, rules))
    them = "最近一年满月的户，存活率低于前一年满月的户"
    return f"{them}（{'，'.join(told)}），建议对新登记户加强回访" if told else ""


def _letters(found: MonthAnalysis, rules: Analysis) -> str:
    own = [each for some in found.letters.values() for each in some]
    pairs = (
        (summed([each for each in own if each.months == k]),
         summed([each.survival for each in recent(found.cohorts, k)]))
        for k in rules.survival
    )  # fmt: skip
    told = list(_drops(pairs, rules))
    them = "凭介绍信登记的户，存活率低于全部个体工商户"
    return f"{them}（{'，'.join(told)}），建议各单位逐户走访培育对象" if told else ""


def _drops(pairs: Iterator[tuple[Survival | None, Survival | None]], rules: Analysis) -> Iterator[str]:
    for one, other in pairs:
        rate, than = (each.rate(rules.cohort_min) if each else None for each in (one, other))
        if one and rate is not None and than is not None and 100 * (than - rate) >= rules.survival_drop:
            yield f"满{one.months}个月的{rate_text(rate)}，低{decimal_text(100 * (than - rate))}个百分点"


def _balance(found: MonthAnalysis) -> str:
    stock = found.stock
    if stock.source != EXPORTS or not stock.difference:
        return ""
    return f"登记数据的在册户数与推算相差{abs(stock.difference)}户，建议登记机关核对"


def _overdue(beside: Beside) -> str:
    number = beside.difficulties.overdue
    return f"挂账事项逾期{number}项，建议责任单位按台账逐项办理" if number else ""


def _obstacle(beside: Beside) -> str:
    obstacles = beside.difficulties.obstacles
    most = obstacles[0][1] if obstacles else 0
    if most < _SEVERAL:
        return ""
    names = "、".join(f"“{name}”" for name, number in obstacles if number == most)
    each = "各" if "、" in names else ""
    return f"填报{names}类堵点的单位最多，{each}有{most}个，建议提交调度会研究"
