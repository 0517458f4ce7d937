"""How an analysis counts, and what it leaves out and why: the note under its text."""

from collections.abc import Iterator
from fractions import Fraction

from pipeline.domain.analysis.month import MonthAnalysis
from pipeline.domain.analysis.operators import Make
from pipeline.domain.analysis.year_ago import PUBLISHED, month_ago
from pipeline.domain.wording import decimal_text, rate_text
from pipeline.reports.analysis.beside import Beside
from pipeline.reports.analysis.sentences.findings import ratio_words
from pipeline.reports.analysis.sentences.parts import is_known, structure_words
from pipeline.settings.analysis import Analysis

NO_YEAR_AGO = "上年同月没有印发过运行监测分析，登记数据也不是全部在册户或缺上年的注销，不列同比。"
"""Why nothing is compared with the year before."""


def note(found: MonthAnalysis, beside: Beside, rules: Analysis) -> str:
    """All of it in one paragraph."""
    return "".join(_notes(found, beside, rules))


def _notes(found: MonthAnalysis, beside: Beside, rules: Analysis) -> Iterator[str]:
    yield f"统计对象为登记数据中的全部个体工商户；在册含吊销未注销的和歇业的。本年增减的合计数以{found.figures.month}月份简报为准。"
    tally = found.figures.county.tally
    if tally.new and tally.cancelled:
        yield "新设退出比为新登记与注销之比，新登记为100；净增新增比为净增与新登记之比，以它反映活跃度。"
    yield _year_ago(found, beside, rules)
    if beside.is_quarterly and beside.quarter is None:
        missing = "、".join(f"{month}月" for month, tally in beside.months if tally is None)
        yield f"{missing}的简报没有印发，本季不合计。"
    yield (
        "存活率为成立满规定月数的户中，到满月当日没有注销、撤销登记的所占比重，不满月数的不计，变更经营者先注销的按注销计；"
        f"取最近一年内满月的各月合计，不足{rules.cohort_min}户的不算。"
    )
    if found.end_unknown:
        yield f"注销、撤销而没有日期的{found.end_unknown}户不计入存活率。"
    if found.stock.end is None:
        yield "登记数据不是全部在册户，上年末在册户数也未提供，不列在册户数。"
    if any(not each.is_complete for each in found.cohorts):
        yield "登记数据里各年的注销不全的，以前年度成立的户不算存活率。"
    yield from _coded(found, rules)
    yield from _known("组成形式", found.forms, rules)
    yield from _known("经营者年龄", found.ages, rules)
    yield (
        f"研判只按数据和标准提示（新设退出比高于{ratio_words(Fraction(str(rules.exit_alert)))}，存活率低{rules.survival_drop}个百分点以上，"
        "注销多于新登记等），不推断原因。"
    )


def _year_ago(found: MonthAnalysis, beside: Beside, rules: Analysis) -> str:
    if beside.year_ago is None:
        return NO_YEAR_AGO
    then = month_ago(found.figures.period).words
    source = f"取自{then}运行监测分析" if beside.year_ago.source == PUBLISHED else "按登记数据统计"
    return f"同比的上年数{source}，不足{rules.cohort_min}户的不算增减幅度。"


def _known(name: str, make: Make, rules: Analysis) -> Iterator[str]:
    if is_known(make, rules):
        if make.unknown:
            yield f"{name}按已知的{make.known}户计算，没有的{make.unknown}户不计。"
    elif not make.known:
        yield f"登记数据中没有{name}，不列。"
    else:
        yield f"登记数据中有{name}的占{rate_text(make.known_share or Fraction())}，{'户数少' if _is_share_enough(make, rules) else _short(rules)}，不列。"


def _is_share_enough(make: Make, rules: Analysis) -> bool:
    return (make.known_share or 0) >= Fraction(str(rules.industry_min_coded))


def _short(rules: Analysis) -> str:
    return f"不足{rate_text(Fraction(str(rules.industry_min_coded))).replace('.0%', '%')}"


def _coded(found: MonthAnalysis, rules: Analysis) -> Iterator[str]:
    share, told = found.coded.coded_share, found.structure
    if not structure_words(found, rules.industry_min_coded):
        yield f"登记数据中有行业代码的占{rate_text(share or Fraction())}，{_short(rules)}，不列行业结构。"
    elif told.uncoded:
        yield f"行业结构按有行业代码的{told.coded}户计算，没有代码的{told.uncoded}户不计。"
    shown: list[tuple[int, ...]] = [told.counts] if structure_words(found, rules.industry_min_coded) else []
    makes = [make for make in (found.forms, found.ages) if is_known(make, rules)]
    shown += [tuple(number for _, number in make.counts) for make in makes]
    if not all(_adds_up(counts, sum(counts)) for counts in shown):
        yield "因四舍五入，分项之和可能不等于合计。"


def _adds_up(parts: tuple[int, ...], whole: int) -> bool:
    tenths = sum(Fraction(decimal_text(Fraction(100 * part, whole))) for part in parts)
    return tenths == 100
