"""A figure → its score and how it was worked out: the situations of the forms, one by one."""

from fractions import Fraction

import pytest

from pipeline.domain.assessment.rules import Item
from pipeline.domain.assessment.scoring import Fact, Score, number_text, points_text, rounded, unit_scores

TWENTY = Fraction(20)


def item(**more: object) -> Item:
    return Item(**{"name": "甲项", "weight": Fraction(15), "source": "completion_rate"} | more)  # type: ignore[arg-type]


def scored(one: Item, actual: object, target: object = TWENTY, place: int = 1) -> Score:
    """An item that stands alone, so that nothing is spread."""
    fact = Fact(Fraction(str(actual)), None if target is None else Fraction(str(target)))
    [score] = unit_scores([one], "01", "乡镇", {one.source: {"01": fact}}, {one.name: place})
    return score


RATIO_150 = item(cap=Fraction(3, 2), floor=Fraction(4, 5))
STEP = item(form="step", points=Fraction(2))
RANK = item(form="rank", points=Fraction(4))
SITUATIONS = {
    "part of the target": (item(), 18, 20, "13.5", "实绩18 ÷ 目标20 = 90.0% × 15 = 13.50"),
    "all of it": (item(), 20, 20, "15", "实绩20 ÷ 目标20 = 100% × 15 = 15.00"),
    "more, and no more counts": (item(), 30, 20, "15", "实绩30 ÷ 目标20 = 150.0%，按100%计 × 15 = 15.00"),
    "more, up to the cap": (RATIO_150, 28, 20, "21", "实绩28 ÷ 目标20 = 140.0% × 15 = 21.00"),
    "beyond the cap": (RATIO_150, 50, 20, "22.5", "实绩50 ÷ 目标20 = 250.0%，按150.0%计 × 15 = 22.50"),
    "at the floor": (RATIO_150, 16, 20, "12", "实绩16 ÷ 目标20 = 80.0% × 15 = 12.00"),
    "below the floor": (RATIO_150, 15, 20, "0", "实绩15 ÷ 目标20 = 75.0%，低于80.0%，得0.00"),
    "a loss": (item(), -5, 20, "0", "实绩-5 ÷ 目标20 = -25.0%，不足0，得0.00"),
    "nothing": (item(), 0, 20, "0", "实绩0 ÷ 目标20 = 0.0% × 15 = 0.00"),
    "half a hundredth": (item(weight=Fraction(1)), 1, 8, "0.13", "实绩1 ÷ 目标8 = 12.5% × 1 = 0.13"),
    "a decimal typed in": (item(), "92.5", 100, "13.88", "实绩92.5 ÷ 目标100 = 92.5% × 15 = 13.88"),
    "met": (item(form="threshold"), 3, 3, "15", "实绩3，达到目标3，得15.00"),
    "unmet": (item(form="threshold"), 2, 3, "0", "实绩2，没有达到目标3，得0.00"),
    "two more": (STEP, 22, 20, "19", "实绩22 − 目标20 = 2，15 + 2 × 2 = 19.00"),
    "two less": (STEP, 18, 20, "11", "实绩18 − 目标20 = -2，15 − 2 × 2 = 11.00"),
    "many more": (STEP, 60, 20, "30", "实绩60 − 目标20 = 40，15 + 2 × 40（以15为限） = 30.00"),
    "many less": (STEP, 0, 20, "0", "实绩0 − 目标20 = -20，15 − 2 × 20（以15为限） = 0.00"),
    "limited": (item(form="step", points=Fraction(2), limit=Fraction(3)), 60, 20, "18", "15 + 2 × 40（以3为限） = 18.00"),
    "first": (RANK, 18, 20, "15", "90.0%，第1名，15 − 4 × 0 = 15.00"),
    "events": (item(form="deduct", weight=Fraction(0), points=Fraction(1, 2), limit=Fraction(5)), 3, None, "-1.5", "0.5 × 3 = 1.50，扣1.50"),
    "no event": (item(form="deduct", weight=Fraction(0), limit=Fraction(5)), 0, None, "0", "没有发生，不扣分"),
    "many events": (item(form="deduct", weight=Fraction(0), points=Fraction(2), limit=Fraction(5)), 3, None, "-5", "2 × 3 = 6.00，最多5，扣5.00"),
    "bonus": (item(form="bonus", weight=Fraction(0), limit=Fraction(10)), 4, None, "4", "1 × 4 = 4.00，加4.00"),
    "much bonus": (item(form="bonus", weight=Fraction(0), limit=Fraction(10)), 12, None, "10", "1 × 12 = 12.00，最多10，加10.00"),
}  # fmt: skip


@pytest.mark.parametrize("one, actual, target, wanted, working", SITUATIONS.values(), ids=SITUATIONS)
def test_situations(one: Item, actual: object, target: object, wanted: str, working: str) -> None:
    found = scored(one, actual, target)
    assert rounded(found.score or Fraction(0)) == Fraction(wanted)
    assert found.working.endswith(working)


def test_a_place_costs_points_and_never_more_than_there_are() -> None:
    assert [scored(RANK, 1, place=place).score for place in (1, 2, 4, 5, 9)] == [15, 11, 3, 0, 0]
    assert scored(RANK, 1, place=5).working.endswith("第5名，15 − 4 × 4 = 0.00（不足0的按0）")


A, B, C = (
    item(name=name, weight=Fraction(weight), source=name)
    for name, weight in (("甲", 50), ("乙", 30), ("丙", 20))
)


def test_what_cannot_be_scored_gives_its_weight_to_the_others_in_proportion() -> None:
    facts = {"甲": {"01": Fact(Fraction(9), Fraction(10))}, "乙": {"01": Fact(Fraction(1), Fraction(3))}}
    a, b, c = unit_scores([A, B, C], "01", "乡镇", facts, {})
    assert [each.weight for each in (a, b, c)] == [Fraction(125, 2), Fraction(75, 2), 0]
    assert [each.score for each in (a, b, c)] == [Fraction("56.25"), Fraction("12.5"), None]
    assert a.working == "实绩9 ÷ 目标10 = 90.0% × 50 = 45.00；权重50加上分摊的为62.5，得56.25"
    assert c.working == "没有实绩，不计分，权重20分摊到其他各项"


def test_where_nothing_can_be_scored_no_weight_is_anybody_s() -> None:
    found = unit_scores([A, B], "01", "乡镇", {}, {})
    assert [(each.weight, each.score, each.working) for each in found] == [(0, None, "没有实绩，不计分")] * 2


def test_a_deduction_nobody_was_asked_about_costs_nothing_and_spreads_nothing() -> None:
    typed = item(name="批评", weight=Fraction(0), source="typed", form="deduct", limit=Fraction(3))
    a, told = unit_scores([A, typed], "01", "乡镇", {"甲": {"01": Fact(Fraction(1), Fraction(1))}}, {})
    assert (a.score, a.weight, told.score, told.working) == (50, 50, None, "没有填实绩，不扣分")


def test_an_item_of_another_group_is_nothing_to_a_unit() -> None:
    facts = {"甲": {"01": Fact(Fraction(1), Fraction(1))}}
    found = unit_scores([A, item(name="乙", group="县直", weight=Fraction(50))], "01", "乡镇", facts, {})
    assert [(each.name, each.weight) for each in found] == [("甲", 50)]


@pytest.mark.parametrize(
    "asked, score, why", [
        ({"01": 30}, Fraction("9.6"), "调查30人，实绩96 ÷ 目标100 = 96.0% × 10 = 9.60"),
        ({"01": 29}, None, "只调查了29人，不满30人，不计分"), ({}, None, "没有写调查人数，不满30人，不计分"),
    ],
)  # fmt: skip
def test_a_survey_of_too_few_says_nothing(asked: dict[str, int], score: Fraction | None, why: str) -> None:
    survey = item(
        weight=Fraction(10),
        source="typed",
        target=Fraction(100),
        values={"01": Fraction(96)},
        asked=asked,
        asked_min=30,
    )
    [found] = unit_scores([survey], "01", "乡镇", {}, {})
    assert (found.score, found.working) == (score, why)


def test_what_is_typed_goes_before_what_was_computed() -> None:
    one = item(source="letter_survival", target=Fraction(100), values={"01": Fraction(50)})
    [found] = unit_scores(
        [one], "01", "乡镇", {"letter_survival": {"01": Fact(Fraction(9), Fraction(9))}}, {}
    )
    assert found.score == Fraction("7.5")


@pytest.mark.parametrize(
    "value, points, number",
    [(Fraction(27, 2), "13.50", "13.5"), (Fraction(1, 200), "0.01", "0.01"), (Fraction(-1, 200), "-0.01", "-0.01"), (Fraction(-1, 300), "0.00", "0"),
     (Fraction(100), "100.00", "100"), (Fraction(2, 3), "0.67", "0.67")],
)  # fmt: skip
def test_numbers_in_words(value: Fraction, points: str, number: str) -> None:
    assert (points_text(value), number_text(value), rounded(value)) == (points, number, Fraction(points))
