"""The tables behind a quarter's edition; a month's has none. One without rows is left out, and the others are numbered on."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction

from pipeline.domain.analysis.month import MonthAnalysis, Part
from pipeline.domain.analysis.survival import Survival, before_recent, recent, summed
from pipeline.domain.place import noun
from pipeline.domain.values.industry import SECTIONS
from pipeline.domain.wording import decimal_text, rate_text
from pipeline.reports.analysis.beside import Beside, change
from pipeline.reports.analysis.figures import nowhere_words
from pipeline.reports.analysis.sentences.common import share, size_of, whose
from pipeline.reports.analysis.sentences.parts import is_known, structure_words
from pipeline.settings.analysis import Analysis

ANNEXES = ("总量表", "行业表", "构成表", "区域表", "存活表", "单位表", "挂账表")
"""Each is a mapping with its 题 and 各行, and what else its heading says; empty for none."""
_NONE = ""
"""What is not known or does not apply: an empty cell, as in the statistical yearbooks of the state."""

Rows = list[dict[str, object]]


def annexes(found: MonthAnalysis, beside: Beside, rules: Analysis) -> dict[str, object]:
    """All of them by name; of a month's edition, none."""
    made: Mapping[str, tuple[str, Mapping[str, object]]] = {
        "总量表": ("新登记和注销", _totals(found, beside, rules.cohort_min)),
        "行业表": ("行业结构", _industries(found, rules)),
        "构成表": ("组成形式和经营者年龄", {"各行": list(_operators(found, rules))}),
        "区域表": (f"各{'、'.join(map(noun, found.groups)) or '地'}按户数和按增长的排列", _places(found)),
        "存活表": ("成立后的存活率", _lasting(found, rules)),
        "单位表": ("凭介绍信登记的户的存活率", {"各行": list(_units(found, rules))}),
        "挂账表": ("堵点和未销号的挂账事项", {"各行": _difficulties(beside)}),
    }
    told: dict[str, object] = {name: {} for name in ANNEXES}
    number = 0
    for name, (title, table) in made.items() if beside.is_quarterly else ():
        if table["各行"]:
            number += 1
            told[name] = {"题": f"附表{number}　{title}", **table}
    return told


def left_out(found: MonthAnalysis, beside: Beside, rules: Analysis) -> str:
    """Which tables a quarter's edition goes without, and what is lacking for them, in Chinese; empty for none.

    What the note says of industries, forms and ages it says for itself, and a single line stands in the text.
    """
    made, first = annexes(found, beside, rules), min(rules.survival)
    groups = "、".join(found.groups) or "属地"
    whys = {
        "区域表": f"各{groups}的排列（登记数据里能归到{groups}的不到两个）",
        "存活表": "" if list(_lasting_rows(found, (), rules)) else f"存活率（还没有成立满{first}个月的户）",
        "单位表": f"各单位培育户的存活率（没有凭介绍信登记、成立满{first}个月的户）",
        "挂账表": "" if _lines(beside) else "堵点和挂账（没有单位填报堵点，也没有未销号的挂账事项）",
    }
    told = [why for name, why in whys.items() if why and not made[name]]
    return f"季度版的附表，没有数据列不出的：{'、'.join(told)}。" if told and beside.is_quarterly else ""


def _totals(found: MonthAnalysis, beside: Beside, least: int) -> Mapping[str, object]:
    county, ago, quarter = found.figures.county.tally, beside.year_ago, beside.quarter
    rows = []
    for name, title in (("new", "新登记"), ("cancelled", "注销"), ("net", "净增")):
        months = [None if tally is None else getattr(tally, f"{name}_month") for _, tally in beside.months]
        now, then = getattr(county, name), getattr(ago, name, None)
        growth = _more(now, then) if name == "net" else _growth(change(now, then, least))
        rows.append(_total(title, months, getattr(quarter, name, None), now, then, growth))
    end, then = found.stock.end, ago.stock if ago else None
    if end is not None:
        rows.append(
            _total(
                "期末在册", [None] * len(beside.months), None, end, then, _growth(change(end, then, least))
            )
        )
    return {"各月": [f"{month}月" for month, _ in beside.months], "各行": rows}


def _total(
    name: str, months: Sequence[int | None], quarter: int | None, now: int, then: int | None, growth: str
) -> dict[str, object]:
    return {
        "项目": name, "各月": list(map(_number, months)), "本季": _number(quarter), "累计": str(now),
        "上年": _number(then), "同比": growth,
    }  # fmt: skip


def _number(value: int | None) -> str:
    return _NONE if value is None else str(value)


def _more(now: int, then: int | None) -> str:
    """Of a net figure, which may be nothing or less, the difference and no percent."""
    return _NONE if then is None else f"{now - then:+d}户" if now != then else "持平"


def _growth(value: Fraction | None) -> str:
    return _NONE if value is None else f"{'+' if value > 0 else ''}{decimal_text(100 * value)}%"


def _industries(found: MonthAnalysis, rules: Analysis) -> Mapping[str, object]:
    """By size, and last what is not coded (行业空白)."""
    if not structure_words(found, rules.industry_min_coded):
        return {"各行": []}
    coded = sorted(
        ((letter, flow) for letter, flow in found.industries if letter), key=lambda each: -size_of(each[1], found)
    )  # fmt: skip
    blank = [(letter, flow) for letter, flow in found.industries if not letter]
    whole = sum(size_of(flow, found) for _, flow in coded)
    rows = [
        {
            "门类": letter or "", "行业": SECTIONS[letter].name if letter else "行业空白", "新登记": str(flow.new),
            "注销": str(flow.cancelled), "净增": str(flow.net), "户数": str(size_of(flow, found)),
            "占比": share(size_of(flow, found), whole) if letter else _NONE,
        }
        for letter, flow in (*coded, *blank)
    ]  # fmt: skip
    return {"户数": f"{whose(found)}（户）", "各行": rows}


def _operators(found: MonthAnalysis, rules: Analysis) -> Iterator[dict[str, object]]:
    for kind, make in (("组成形式", found.forms), ("经营者年龄", found.ages)):
        if is_known(make, rules):
            for name, number in make.counts:
                yield {"类": kind, "项目": name, "户数": str(number), "占比": share(number, make.known)}


def _places(found: MonthAnalysis) -> Mapping[str, object]:
    """Two rankings side by side: by number, and by growth; who is equal has the same rank."""
    places = [part for part in found.places if part.unit]
    if len(places) < 2 or not any(size_of(part.flow, found) for part in places):
        return {"各行": []}
    whole = sum(size_of(part.flow, found) for part in found.places)
    by_size = _ranked(places, lambda part: size_of(part.flow, found))
    by_growth = _ranked(places, lambda part: part.flow.growth if found.is_whole else part.flow.net)
    rows = [
        {
            "位次": rank, "区域": _name(part), "户数": str(size_of(part.flow, found)),
            "占比": share(size_of(part.flow, found), whole), "增位次": other_rank, "增区域": _name(other),
            "增长": _growth(other.flow.growth) if found.is_whole else str(other.flow.net),
        }
        for (rank, part), (other_rank, other) in zip(by_size, by_growth, strict=True)
    ]  # fmt: skip
    blank = {"位次": "", "增位次": "", "增区域": "", "增长": ""}
    nowhere = sum(size_of(part.flow, found) for part in found.places if not part.unit)
    if nowhere:
        rows.append(
            blank | {"区域": nowhere_words(found), "户数": str(nowhere), "占比": share(nowhere, whole)}
        )
    rows.append(blank | {"区域": "合计", "户数": str(whole), "占比": share(whole, whole)})
    return {
        "按数": f"{whose(found)}（户）",
        "按增": "较上年末增长" if found.is_whole else "本年净增（户）",
        "各行": rows,
    }


def _ranked(places: Sequence[Part], value: Callable[[Part], int | Fraction | None]) -> list[tuple[str, Part]]:
    """The largest first; what has no value comes last and has no rank."""
    values = [(value(part), part) for part in places]
    known = sorted(
        ((number, part) for number, part in values if number is not None), key=lambda each: -each[0]
    )
    numbers = [number for number, _ in known]
    ranks = [(str(numbers.index(number) + 1), part) for number, part in known]
    return [*ranks, *((_NONE, part) for number, part in values if number is None)]


def _name(part: Part) -> str:
    return part.unit.name if part.unit else ""


def _lasting(found: MonthAnalysis, rules: Analysis) -> Mapping[str, object]:
    """After each number of months: of the last year's cohorts, of those a year before, of those with letters if there are any.

    Nothing of a single number of months with nothing beside it, which the text has told.
    """
    own = [each for some in found.letters.values() for each in some]
    rows = list(_lasting_rows(found, own, rules))
    is_told = len(rows) == 1 and not own and not rows[0]["上年率"]
    return {"有信": bool(own), "各行": [] if is_told else rows}


def _lasting_rows(
    found: MonthAnalysis, own: Sequence[Survival], rules: Analysis
) -> Iterator[dict[str, object]]:
    for k in rules.survival:
        of_all = summed([each.survival for each in recent(found.cohorts, k)])
        earlier = summed([each.survival for each in before_recent(found.cohorts, k)])
        of_own = summed([each for each in own if each.months == k])
        if of_all or of_own:
            yield {
                "月数": f"{k}个月", **_survival("", of_all, rules), **_survival("信", of_own, rules),
                "上年率": _rate(earlier, rules),
            }  # fmt: skip


def _units(found: MonthAnalysis, rules: Analysis) -> Iterator[dict[str, object]]:
    for unit, own in found.letters.items():
        for each in own:
            yield {"单位": unit.name, "月数": f"{each.months}个月", **_survival("", each, rules)}


def _survival(prefix: str, survival: Survival | None, rules: Analysis) -> dict[str, object]:
    size, alive = (None, None) if survival is None else (survival.size, survival.alive)
    return {
        f"{prefix}户数": _number(size),
        f"{prefix}存活": _number(alive),
        f"{prefix}率": _rate(survival, rules),
    }


def _rate(survival: Survival | None, rules: Analysis) -> str:
    if survival is None:
        return _NONE
    rate = survival.rate(rules.cohort_min)
    return "样本少" if rate is None else rate_text(rate)


def _difficulties(beside: Beside) -> Rows:
    """Obstacles and kinds of items; nothing where the text has told all of it: one line, or items all or none of them overdue."""
    rows, found = _lines(beside), beside.difficulties
    is_told = not found.obstacles and found.overdue in {0, sum(number for _, number, _ in found.by_kind)}
    return [] if is_told or len(rows) < 2 else rows


def _lines(beside: Beside) -> Rows:
    found = beside.difficulties
    rows: Rows = [
        {"类": "堵点", "项目": name, "数": f"{number}个单位", "逾期": _NONE}
        for name, number in found.obstacles
    ]
    rows += [
        {"类": "未销号的挂账事项", "项目": kind, "数": f"{number}项", "逾期": f"{late}项"}
        for kind, number, late in found.by_kind
    ]
    return rows
