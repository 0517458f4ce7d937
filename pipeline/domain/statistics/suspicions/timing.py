"""What is suspicious in the days of businesses: many at once, soon gone again, and how old their operators were."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache, partial

from pipeline.domain.model import Problem
from pipeline.domain.period import Month, Year
from pipeline.domain.statistics.attribution import Attribution
from pipeline.domain.statistics.suspicions.scene import Scene, doubt, number_of, others
from pipeline.domain.values.identity import age_on, birthday, masked_whole


def rushes(scene: Scene) -> Iterator[Problem]:
    """Many registrations of a unit on one day, or most of a month's in its last days.

    Code: ``rush``.
    """
    rules, calendar = scene.rules, scene.figures.yardstick.calendar
    new = scene.new
    months: defaultdict[tuple[str, Month], list[tuple[date, list[int]]]] = defaultdict(list)
    for (unit, day), places in scene.days().items():
        if not unit:
            continue
        months[unit, calendar.month(day)].append((day, places))
        if 0 < rules.rush_day <= len(places):
            advice = f"{scene.unit_name(new[places[0]])}{day}一天登记了{len(places)}户"
            yield _rush([new[place] for place in places], str(day), advice)
    for (_, month), group in months.items():
        last, count = calendar.last(month), sum(len(places) for _, places in group)
        late = sorted(
            place for day, places in group if (last - day).days < rules.rush_days for place in places
        )
        if count >= rules.rush_least and len(late) * 100 > count * rules.rush_percent > 0:
            first = last - timedelta(rules.rush_days - 1)
            advice = f"{scene.unit_name(new[late[0]])}截至{last}的一个月登记{count}户，其中最后{rules.rush_days}天{len(late)}户"
            yield _rush([new[place] for place in late], f"{first}至{last}", advice)


def _rush(group: Sequence[Attribution], seen: str, advice: str) -> Problem:
    also = f"，另有{others(group, group[0])}" if len(group) > 1 else ""
    return doubt(group[0], "rush", seen, f"{advice}{also}。请核实是不是突击办理、是不是真在经营。")


def short_lives(scene: Scene) -> Iterator[Problem]:
    """New businesses soon cancelled, and a unit's gain of last year cancelled in January (跨年注销).

    Code: ``short-life``.
    """
    rules, calendar, year = scene.rules, scene.figures.yardstick.calendar, scene.figures.year
    january_end, first_before = calendar.last(Month(year, 1)), calendar.first(Year(year - 1))
    january: defaultdict[str, list[Attribution]] = defaultdict(list)
    for each in scene.gone:
        opened, closed = each.business.established, each.business.cancelled
        if not opened or not closed or opened > closed:
            continue
        days = (closed - opened).days
        if opened >= scene.first and days <= rules.short_days > 0:
            advice = f"{opened}成立，{days}天后就注销。请核实为什么注销、是不是真经营过。"
            yield doubt(each, "short-life", str(closed), advice)
        if each.unit and first_before <= opened < scene.first and closed <= january_end:
            january[each.unit].append(each)
    for group in january.values():
        if 0 < rules.january <= len(group):
            advice = (
                f"{scene.unit_name(group[0])}去年成立的，有{len(group)}户在今年1月注销，另有{others(group, group[0])}。"
                "请核实是不是为完成去年任务而办的。"
            )
            yield doubt(group[0], "short-life", str(group[0].business.cancelled), advice)


def ages(scene: Scene) -> Iterator[Problem]:
    """Operators who were very old, or minors, when their business was established.

    Code: ``age``.
    """
    rules = scene.rules
    bounds = cache(partial(_bounds, youngest=rules.youngest, oldest=rules.oldest))
    new = zip(scene.new, scene.of_new(scene.opened), scene.of_new(scene.numbers), strict=True)
    for each, day, number in new:
        before, last = bounds(day)
        if before < number[6:14] <= last:
            continue
        age = _age(number, day) if len(number) == 18 else None
        if age is None or rules.youngest <= age < (rules.oldest or age + 1) or not number_of(each.business):
            continue
        advice = f"成立时经营者{age}岁。请核实是不是本人办理、本人知情。"
        yield doubt(each, "age", masked_whole(each.business.id_no), advice)


def _bounds(day: date, youngest: int, oldest: int) -> tuple[str, str]:
    """After which day (``19420607``) and up to which he was born of whom nothing is to be told on a day."""
    before = f"{day.year - oldest:04}{day:%m%d}" if oldest else ""
    return before, f"{day.year - youngest:04}{day:%m%d}"


def _age(number: str, day: date) -> int | None:
    """Years of age by an ID number of 18 signs; None where no day of birth is in it."""
    try:
        return age_on(birthday(number), day)
    except ValueError:
        return None
