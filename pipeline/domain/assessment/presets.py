"""The two sets of items that come with the program; a county writes its own in their place.

``quality`` judges by what was done for the businesses, not by how many there are: 《促进个体工商户发展条例》 art. 32, in force
since 1 November 2022. ``plan-2022`` is what the plans of April and May 2022 ask for in their own words.
"""

from fractions import Fraction

from pipeline.domain.assessment.rules import (
    CAMPAIGNS,
    COMPLETION,
    DEDUCT,
    INTERVIEWS,
    MEASURES,
    ON_TIME,
    POLICIES,
    QUALITY,
    RETURNS,
    SUPERVISIONS,
    SURVIVAL,
    Item,
)

DEFAULT = "quality"
_PERCENT = Fraction(100)
"""The target of what is typed in percent."""
SURVEYED = 30
"""People whom a survey of satisfaction has to ask at least."""

PRESETS: dict[str, tuple[Item, ...]] = {
    DEFAULT: (
        Item(name="措施落实", weight=Fraction(20), source=MEASURES, target=_PERCENT),
        Item(name="政策兑现", weight=Fraction(20), source=POLICIES, target=_PERCENT),
        Item(name="专项行动", weight=Fraction(15), source=CAMPAIGNS, target=_PERCENT),
        Item(name="挂账按期销号率", weight=Fraction(15), source=ON_TIME),
        Item(name="培育户存活率", weight=Fraction(10), source=SURVIVAL, target=_PERCENT),
        Item(name="数据质量", weight=Fraction(10), source=QUALITY),
        Item(name="满意度", weight=Fraction(10), target=_PERCENT, asked_min=SURVEYED),
        Item(name="销号被退回", source=RETURNS, form=DEDUCT, points=Fraction(1, 2), limit=Fraction(15)),
    ),
    "plan-2022": (
        Item(name="任务完成率", weight=Fraction(60), source=COMPLETION),
        Item(name="措施落实", weight=Fraction(15), source=MEASURES, target=_PERCENT),
        Item(name="专项行动", weight=Fraction(10), source=CAMPAIGNS, target=_PERCENT),
        Item(name="挂账按期销号率", weight=Fraction(10), source=ON_TIME),
        Item(name="信息报送", weight=Fraction(5), target=_PERCENT),
    ),
}
"""Name of a preset → its items. Papers of supervision cost no points: they follow from the same lag, and would punish twice."""
_MOST_TAKEN = Fraction(10)
PAPERS = (
    Item(name="督办函", source=SUPERVISIONS, form=DEDUCT, points=Fraction(1), limit=_MOST_TAKEN),
    Item(name="约谈", source=INTERVIEWS, form=DEDUCT, points=Fraction(2), limit=_MOST_TAKEN),
    Item(name="通报批评", form=DEDUCT, points=Fraction(3), limit=_MOST_TAKEN),
)
"""What a county adds that wants them to cost points all the same; who was criticised is typed in, as it is only ever proposed here."""
