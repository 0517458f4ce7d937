"""Whoever is judged by little is not told of as if he had been judged by all."""

from fractions import Fraction

import pytest

from pipeline.domain.assessment.grading import Result, is_thin, results, share_scored
from pipeline.domain.assessment.rules import DEDUCT, Assessment, Item
from pipeline.domain.model import Unit
from pipeline.reports.assess.text import thin

UNITS = [Unit(f"{number:02d}", name, name, "乡镇") for number, name in enumerate(("甲乡", "乙乡", "丙乡"), 1)]


def judged(*typed: tuple[int, tuple[str, ...]]) -> tuple[tuple[Result, ...], tuple[Item, ...]]:
    """Of items by weight and the units that have a figure of each."""
    items = tuple(
        Item(name=f"第{place}项", weight=Fraction(weight), target=Fraction(1), values=dict.fromkeys(codes, Fraction(1)))
        for place, (weight, codes) in enumerate(typed)
    )  # fmt: skip
    return results(UNITS, Assessment(preset="quality", items=items), {}), items


@pytest.mark.parametrize(
    "first, second, text",
    [
        ((90, ("01", "02", "03")), (10, ()), ""),
        ((50, ("01",)), (50, ("01", "02", "03")), ""),  # just half
        ((51, ("01",)), (49, ("01", "02", "03")), "计分的项目不到权重一半的有2个单位：乙乡、丙乡，名次、等次只供参考。"),
        ((90, ()), (10, ("01", "02")), "计分的项目不到权重一半的有2个单位：甲乡、乙乡，名次、等次只供参考。"),  # who has no total is not judged
        ((90, ()), (10, ()), ""),
    ],
)  # fmt: skip
def test_units_that_are_judged_by_less_than_half_of_the_weights_are_named(
    first: tuple[int, tuple[str, ...]], second: tuple[int, tuple[str, ...]], text: str
) -> None:
    assert thin(*judged(first, second)) == text


def test_a_deduction_is_no_part_of_the_weights() -> None:
    told, items = judged((40, ("01",)), (60, ("02",)))
    taken = Item(name="督办", form=DEDUCT, limit=Fraction(5), values={"01": Fraction(1)})
    again = results(UNITS, Assessment(preset="quality", items=(*items, taken)), {})
    assert [share_scored(each, (*items, taken)) for each in again] == [Fraction(2, 5), Fraction(3, 5), 0]
    assert [share_scored(each, items) for each in told] == [Fraction(2, 5), Fraction(3, 5), 0]
    assert [is_thin(each, items) for each in told] == [True, False, False]
