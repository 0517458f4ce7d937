"""What businesses do, who runs them, and where they are; nobody and no shop is named."""

from collections.abc import Sequence
from fractions import Fraction

from pipeline.domain.analysis.industries import GROUPS
from pipeline.domain.analysis.month import MonthAnalysis, Part
from pipeline.domain.analysis.operators import Make
from pipeline.domain.values.industry import SECTIONS
from pipeline.domain.wording import rate_text
from pipeline.reports.analysis.sentences.common import first_others, share, size_of, top, whose
from pipeline.settings.analysis import Analysis


def structure_words(found: MonthAnalysis, least_coded: float) -> str:
    """The three industries and the largest sections; empty where too few are coded for that."""
    told, known = found.structure, found.coded.coded_share
    if not told.coded or known is None or known < Fraction(str(least_coded)):
        return ""
    in_groups = "，".join(
        f"{name}{number}户、占{share(number, told.coded)}"
        for name, number in zip(GROUPS, told.counts, strict=True)
        if number
    )
    how = "（其中只有门类的，按门类划分）" if told.by_section else ""
    largest = top(found.industries, lambda each: size_of(each[1], found) if each[0] else 0)
    names = [
        f"{SECTIONS[letter or ''].name}（{size_of(flow, found)}户，占{share(size_of(flow, found), told.coded)}）"
        for letter, flow in largest
    ]
    return f"{_them(found)}中，{in_groups}{how}。户数最多的行业是{first_others(names)}。"


def places_words(found: MonthAnalysis) -> str:
    """The two rankings, by number and by growth; empty where there are fewer than two places with anything."""
    places = [part for part in found.places if part.unit and size_of(part.flow, found)]
    total = sum(size_of(part.flow, found) for part in found.places)
    if len(places) < 2:
        return ""
    largest = top(places, lambda part: size_of(part.flow, found))
    number = sum(size_of(part.flow, found) for part in largest)
    them = whose(found)
    names = [f"{_name(part)}（{size_of(part.flow, found)}户）" for part in largest]
    words = f"{them}户数最多的是{first_others(names)}，合计占全部的{share(number, total)}；{_fastest(places, found)}。"
    nowhere = next((size_of(part.flow, found) for part in found.places if not part.unit), 0)
    return words + (f"另有{nowhere}户没有归到{'、'.join(found.groups)}。" if nowhere else "")


def _fastest(places: Sequence[Part], found: MonthAnalysis) -> str:
    if not found.is_whole:
        names = [f"{_name(part)}（{part.flow.net}户）" for part in top(places, lambda part: part.flow.net)]
        return f"净增最多的是{first_others(names)}" if names else "各地都没有净增"

    fastest = top(places, lambda part: part.flow.growth or Fraction())
    names = [f"{_name(part)}（{rate_text(part.flow.growth or Fraction())}）" for part in fastest]
    return f"较上年末增长最快的是{first_others(names)}" if names else "各地都没有增长"


def _name(part: Part) -> str:
    return part.unit.name if part.unit else ""


def is_known(make: Make, rules: Analysis) -> bool:
    """Whether enough is known of businesses, and of enough of them, to say how they are made up."""
    known = make.known_share
    least = Fraction(str(rules.industry_min_coded))
    return known is not None and known >= least and make.known >= max(rules.cohort_min, 1)


def make_up(found: MonthAnalysis, rules: Analysis) -> str:
    """Industries, forms, and ages of the operators; empty where of none of them enough is known."""
    industries, operators = structure_words(found, rules.industry_min_coded), operators_words(found, rules)
    if industries or not operators:
        return industries + operators
    return f"{_them(found)}中，{operators}"


def operators_words(found: MonthAnalysis, rules: Analysis) -> str:
    """Forms and ages alone."""
    forms, ages = found.forms, found.ages
    told = []
    if is_known(forms, rules):
        parts = (
            f"{name}{number}户、占{share(number, forms.known)}" for name, number in forms.counts if number
        )
        told.append(f"按组成形式，{'，'.join(parts)}")
    if is_known(ages, rules):
        spans = (f"{name}的占{share(number, ages.known)}" for name, number in ages.counts if number)
        told.append(f"按经营者年龄，{'，'.join(spans)}")
    return f"{'；'.join(told)}。" if told else ""


def _them(found: MonthAnalysis) -> str:
    return f"{whose(found)}{'' if found.is_whole else '的'}个体工商户"
