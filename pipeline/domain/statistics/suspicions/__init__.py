"""What is suspicious in how businesses came about and went (疑点), modelled on quotas that were met on paper only in 2024.

Each still counts as it was, and a person looks at it: all of this stands in the internal list, none of it in a bulletin.
"""

from collections.abc import Sequence
from itertools import chain

from pipeline.domain.model import Problem
from pipeline.domain.records.exports.companies import Company
from pipeline.domain.statistics.attribution import Attribution
from pipeline.domain.statistics.figures import MonthFigures
from pipeline.domain.statistics.suspicions.alike import alike
from pipeline.domain.statistics.suspicions.scene import Scene
from pipeline.domain.statistics.suspicions.successions import conversions, take_overs
from pipeline.domain.statistics.suspicions.timing import ages, rushes, short_lives
from pipeline.settings.doubts import Doubts


def suspicions(
    attributions: Sequence[Attribution], companies: Sequence[Company], figures: MonthFigures, rules: Doubts
) -> tuple[Problem, ...]:
    """Every suspicion about a business of the plan year to date, business by business in the order given.

    That is every one whose registration or cancellation is of the year; others are what these are held against. What is
    suspicious in a group is told of each business in it, with the first few of the others; what a unit has done on a day,
    or a village has in common, at the first business of it. Rows of companies come last.

    :param attributions: as of :func:`~pipeline.domain.statistics.attribution.attribute`, with the figures' day.
    :param companies: of the same exports.
    :param figures: the month's.
    :param rules: from where on something is suspicious.

    Codes: ``many-licences``, ``shared-phone``, ``shared-address``, ``same-scope``, ``rush``, ``short-life``, ``age``,
    ``take-over``, ``to-company``.
    """
    scene = Scene.of(attributions, figures, rules)
    found = chain(
        alike(scene),
        rushes(scene),
        short_lives(scene),
        ages(scene),
        take_overs(scene),
        conversions(scene, companies),
    )
    places = {each.business.sources[-1]: place for place, each in enumerate(attributions)}
    return tuple(sorted(found, key=lambda doubt: places.get(doubt.source, len(places))))
