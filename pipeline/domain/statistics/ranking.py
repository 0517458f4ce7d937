"""Who is named in the bulletin: at the head of a group, at its tail, and without progress. ``measuring`` computes the ranks.

Nobody at or above pace is ever named among those behind; a unit without a target is not named at all.
"""

from pipeline.domain.statistics.figures import BEHIND, NOTHING_GAINED, MonthFigures, Standing

MOST = 3
"""Places at the head and at the tail; never more than half a group, so that nobody is at both."""


def ranked(figures: MonthFigures, group: str) -> tuple[Standing, ...]:
    """A group's units that have a target, in list order."""
    return tuple(each for each in figures.ranking(group) if each.rank is not None)


def places(figures: MonthFigures, group: str) -> int:
    """How many places at either end of a group are looked at; none in a group of one."""
    return min(MOST, len(ranked(figures, group)) // 2)


def leading(figures: MonthFigures, group: str) -> tuple[Standing, ...]:
    """Who holds the first places of a group and has gained anything; ties whole, so there may be more."""
    behind, most = trailing(figures, group), places(figures, group)
    return tuple(
        each
        for each in ranked(figures, group)
        if (each.rank or 0) <= most and each.tally.net > 0 and each not in behind
    )


def trailing(figures: MonthFigures, group: str) -> tuple[Standing, ...]:
    """Who holds the last places of a group and is 滞后; ties whole. The only one of a group is its last.

    Who is without progress holds a place too, but is named as such instead.
    """
    units = ranked(figures, group)
    most = max(1, places(figures, group))
    rates = [each.completion_rate or 0 for each in units]
    limit = sorted(rates)[most - 1] if rates else 0
    return tuple(each for each, own in zip(units, rates, strict=True) if each.band == BEHIND and own <= limit)


def without_progress(figures: MonthFigures) -> tuple[Standing, ...]:
    """Everybody who is 零进展 and below pace, in annex order."""
    return tuple(
        each
        for each in figures.units
        if each.band == NOTHING_GAINED and each.target and not each.has_reached_pace
    )
