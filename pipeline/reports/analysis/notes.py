"""How an analysis counts, and what it leaves out and why: the note under its text."""

from collections.abc import Iterator
from fractions import Fraction

from pipeline.domain.analysis.month import MonthAnalysis
from pipeline.domain.wording import decimal_text, rate_text
from pipeline.reports.analysis.words import structure_words
from pipeline.settings.analysis import Analysis


def note(found: MonthAnalysis, rules: Analysis) -> str:
    """All of it in one paragraph."""
    return "".join(_notes(found, rules))


def _notes(found: MonthAnalysis, rules: Analysis) -> Iterator[str]:
    yield f"统计对象为登记数据中的全部个体工商户；在册含吊销未注销的和歇业的。本年增减的合计数以{found.figures.month}月份简报为准。"
    yield "新设退出比为新登记与注销之比，新登记为100；净增新增比为净增与新登记之比。"
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


def _coded(found: MonthAnalysis, rules: Analysis) -> Iterator[str]:
    share, told = found.coded.coded_share, found.structure
    if not structure_words(found, rules.industry_min_coded):
        least = rate_text(Fraction(str(rules.industry_min_coded)))
        yield f"登记数据中有行业代码的占{rate_text(share or Fraction())}，不足{least.replace('.0%', '%')}，不列行业结构。"
    elif told.uncoded:
        yield f"行业结构按有行业代码的{told.coded}户计算，没有代码的{told.uncoded}户不计。"
    if told.coded and not _adds_up(told.counts, told.coded):
        yield "因四舍五入，分项之和可能不等于合计。"


def _adds_up(parts: tuple[int, ...], whole: int) -> bool:
    tenths = sum(Fraction(decimal_text(Fraction(100 * part, whole))) for part in parts)
    return tenths == 100
