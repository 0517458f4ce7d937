"""How lively businesses are: who comes to who goes, and how many last."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from pipeline.domain.analysis.month import MonthAnalysis
from pipeline.domain.analysis.survival import Survival, recent, summed
from pipeline.domain.wording import decimal_text, rate_text
from pipeline.settings.analysis import Analysis


def lively(found: MonthAnalysis, rules: Analysis) -> Iterator[str]:
    """Who comes to who goes, and how many last."""
    tally, stock = found.figures.county.tally, found.stock
    told = []
    if not tally.cancelled:
        told += ["没有注销"] * bool(tally.new)
    elif tally.new:
        told.append(f"新设退出比为100∶{decimal_text(Fraction(100 * tally.cancelled, tally.new))}")
        told.append(f"净增新增比为{rate_text(Fraction(tally.net, tally.new))}")
    if stock.start_of_year and tally.cancelled:
        gone = rate_text(Fraction(tally.cancelled, stock.start_of_year))
        told.append(f"注销户占上年末在册户数的{gone}" if gone != "0.0%" else "注销户不足上年末在册户数的0.1%")
    if told:
        yield f"本年{'，'.join(told)}。"
    lasting = [summed([each.survival for each in recent(found.cohorts, k)]) for k in rules.survival]
    if words := survival_words([each for each in lasting if each], rules):
        yield f"个体工商户成立后的存活率：{words}。"


def survival_words(survivals: Sequence[Survival], rules: Analysis) -> str:
    """满3个月的为95.5%（467户中446户），满6个月的为94.7%（469户中444户）."""
    return "，".join(_survives(each, rules) for each in survivals)


def _survives(survival: Survival, rules: Analysis) -> str:
    rate = survival.rate(rules.cohort_min)
    if rate is None:
        return f"满{survival.months}个月的只有{survival.size}户，样本少"
    return f"满{survival.months}个月的为{rate_text(rate)}（{survival.size}户中{survival.alive}户）"


def nurtured(found: MonthAnalysis, rules: Analysis) -> str:
    """How long those last that came by letters, of all units together; empty where none has had the time."""
    own = [each for some in found.letters.values() for each in some]
    together = [summed([each for each in own if each.months == k]) for k in rules.survival]
    words = survival_words([each for each in together if each], rules)
    return f"凭介绍信登记的个体工商户成立后的存活率：{words}。" if words else ""
