"""Totals, places and grades, group by group; what holds whatever the figures are."""

import json
from fractions import Fraction

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain.assessment import kept
from pipeline.domain.assessment.grading import Result, places, results
from pipeline.domain.assessment.presets import PRESETS
from pipeline.domain.assessment.rules import BESIDE, COMPUTED, Assessment, Item
from pipeline.domain.assessment.scoring import Fact
from pipeline.domain.model import Unit

ONE = (Item(name="甲", weight=Fraction(100), target=Fraction(100)),)


def unit(number: int, group: str = "乡镇") -> Unit:
    return Unit(f"{number:02d}", f"单位{number}", f"岚县单位{number}", group)


def judged(*percents: object, group: str = "乡镇", **more: object) -> tuple[Result, ...]:
    """Units that get so many points."""
    units = [unit(number, group) for number, _ in enumerate(percents, 1)]
    values = {
        each.code: Fraction(str(percent))
        for each, percent in zip(units, percents, strict=True)
        if percent is not None
    }
    items = (Item(name="甲", weight=Fraction(100), target=Fraction(100), values=values),)
    return results(units, Assessment(preset="quality", items=items, **more), {})  # type: ignore[arg-type]


def grades(found: tuple[Result, ...]) -> str:
    return "".join((each.grade or "无")[0] for each in found)


@pytest.mark.parametrize(
    "percents, wanted",
    [
        ((95, 94, 93, 80, 79, 60, 59, 50, 40, 30), "优优优良合合不不不不"),
        ((95, 94, 93, 92, 91, 60, 60, 60, 60, 60), "优优优良良合合合合合"),
        ((95, 94, 93, 93, 91, 60, 60, 60, 60, 60), "优优良良良合合合合合"),  # two hold the third place of three
        ((95, 95, 95, 95, 60, 60, 60, 60, 60, 60), "良良良良合合合合合合"),
        ((95, 95, 95, 94, 60, 60, 60, 60, 60, 60), "优优优良合合合合合合"),
        ((89.99, 89.99, 80, 79.99, 60, 59.99, 1, 1, 1, 1), "良良良合合不不不不不"),
        ((90, 10, 10), "良不不"),  # 30 % of three is none
        ((90, 10, 10, 10), "优不不不"),
        ((90, None, None, None), "良无无无"),  # 30 % of one that is judged
        ((), ""),
    ],
)  # fmt: skip
def test_grades_and_their_limit(percents: tuple[float | None, ...], wanted: str) -> None:
    assert grades(judged(*percents)) == wanted


def test_places_are_shared_and_then_one_is_left_out() -> None:
    assert [each.rank for each in judged(80, 90, 90, 70, None)] == [3, 1, 1, 4, None]
    assert places({}) == {}


def test_who_has_everything_has_100_however_the_weights_are_spread() -> None:
    typed = {"01": Fraction(100)}
    weights = {"甲": 20, "乙": 20, "丙": 15, "丁": 45}
    items = tuple(
        Item(name=name, weight=Fraction(weight), target=Fraction(100), values={} if name == "丁" else typed)
        for name, weight in weights.items()
    )
    [found] = results([unit(1)], Assessment(preset="quality", items=items), {})
    assert found.total == 100 and [each.weight for each in found.scores] == [
        Fraction(400, 11), Fraction(400, 11), Fraction(300, 11), 0,
    ]  # fmt: skip


def test_the_county_s_own_limits_hold() -> None:
    found = judged(
        80, 70, 50, 20, grades=(Fraction(75), Fraction(60), Fraction(40)), top_share=Fraction(1, 2)
    )
    assert grades(found) == "优良合不"


def test_groups_are_judged_apart() -> None:
    units = [*(unit(number) for number in range(1, 5)), *(unit(number, "县直") for number in range(5, 9))]
    values = {each.code: Fraction(95 - number) for number, each in enumerate(units)}
    rules = Assessment(
        preset="quality", items=(Item(name="甲", weight=Fraction(100), target=Fraction(100), values=values),)
    )
    found = results(units, rules, {})
    assert [each.rank for each in found] == [1, 2, 3, 4] * 2
    assert grades(found) == "优良良良优良良良"


def test_an_item_by_places_goes_by_the_rate_within_the_group() -> None:
    units = [unit(1), unit(2), unit(3), unit(4, "县直"), unit(5)]
    item = Item(name="甲", weight=Fraction(100), source="completion_rate", form="rank", points=Fraction(10))
    facts = {"completion_rate": {
        "01": Fact(Fraction(5), Fraction(10)), "02": Fact(Fraction(10), Fraction(20)), "03": Fact(Fraction(9), Fraction(10)), "04": Fact(Fraction(1), Fraction(10)),
    }}  # fmt: skip
    found = results(units, Assessment(preset="quality", items=(item,)), facts)
    assert [each.total for each in found] == [90, 90, 100, 100, None]


SOURCES = [*COMPUTED, "typed"]


@st.composite
def situations(draw: st.DrawFn) -> tuple[list[Unit], Assessment, dict[str, dict[str, Fact]]]:
    """A few units, one of the presets or items of every form, and figures for some of them."""
    chance = draw(st.randoms(use_true_random=False))
    units = [
        unit(number, chance.choice(["乡镇", "县直"])) for number in range(1, draw(st.integers(1, 8)) + 1)
    ]
    own = tuple(
        Item(
            name=f"项{number}", weight=Fraction(chance.randint(1, 60)), source=chance.choice(SOURCES),
            form=chance.choice(["ratio", "step", "threshold", "rank"]), cap=chance.choice([Fraction(1), Fraction(3, 2)]),
            floor=chance.choice([Fraction(0), Fraction(4, 5)]), points=chance.choice([Fraction(1, 2), Fraction(2)]),
        )
        for number in range(draw(st.integers(1, 5)))
    )  # fmt: skip
    beside = (
        Item(name="扣", form="deduct", source="returns", points=Fraction(1, 2), limit=Fraction(5)),
        Item(name="加", form="bonus", source="reminders", limit=Fraction(10)),
    )
    items = draw(st.sampled_from([*PRESETS.values(), (*own, *beside)]))
    facts = {
        source: {
            each.code: Fact(
                Fraction(chance.randint(-50, 300), chance.randint(1, 3)), Fraction(chance.randint(1, 200))
            )
            for each in units
            if chance.random() < 0.7
        }
        for source in SOURCES
    }
    for source in ("returns", "reminders"):
        facts[source] = {each.code: Fact(Fraction(chance.randint(0, 20))) for each in units}
    return units, Assessment(preset="own", items=items), facts


@hypothesis.settings(max_examples=50)
@given(situations())
def test_whatever_the_figures(situation: tuple[list[Unit], Assessment, dict[str, dict[str, Fact]]]) -> None:
    units, rules, facts = situation
    everything = sum(each.weight for each in rules.items)
    beside = {each.name for each in rules.items if each.form in BESIDE}
    found = results(units, rules, facts)
    for each in found:
        weighted = [one for one in each.scores if one.name not in beside]
        if each.total is None:
            assert each.rank is each.grade is None
            assert all(one.score is None for one in weighted)
            continue
        assert sum(one.weight for one in weighted) == everything
        assert all((one.weight == 0) == (one.score is None) for one in weighted)
        assert abs(each.total - sum(one.score or 0 for one in each.scores)) <= Fraction(1, 200)
        assert (each.total * 100).denominator == 1
        assert -5 <= each.total <= 2 * everything + 10
        assert all(0 <= (one.score or 0) <= 2 * one.weight for one in weighted)
    for group in {each.unit.group for each in found}:
        own = [each for each in found if each.unit.group == group and each.total is not None]
        best = [each for each in own if each.grade == "优秀"]
        assert len(best) * 10 <= len(own) * 3
        assert all(each.total is not None and each.total >= 90 for each in best)
        for one in own:
            assert one.rank == 1 + sum((other.total or 0) > (one.total or 0) for other in own)
            assert all(one.grade == other.grade for other in own if other.total == one.total)


@pytest.mark.parametrize(
    "percents, vetoed, wanted",
    [
        (
            (95, 94, 93, 92, 91, 60, 60, 60, 60, 60),
            ("01",),
            "良优优优良合合合合合",
        ),  # its place goes to the next
        (
            (95, 94, 93, 93, 91, 60, 60, 60, 60, 60),
            ("03",),
            "优优良优良合合合合合",
        ),  # and a tie at the edge is none
        ((95, 94, 70, 50), ("02",), "优良合不"),
        ((95, 70, 50, 40), ("02",), "优合不不"),  # it takes nothing but 优秀
        ((None, 95, 50, 40, 30), ("01",), "无优不不不"),
    ],
)
def test_who_made_things_up_is_not_the_best(
    percents: tuple[float | None, ...], vetoed: tuple[str, ...], wanted: str
) -> None:
    found = judged(*percents, veto=True, fabrication=dict.fromkeys(vetoed, "经核实虚报2户"))
    assert grades(found) == wanted
    assert [each.veto for each in found] == [
        "经核实虚报2户" if each.unit.code in vetoed and each.total is not None else "" for each in found
    ]
    assert [each.rank for each in found] == [each.rank for each in judged(*percents)]


@given(
    st.lists(st.none() | st.integers(0, 100), max_size=12),
    st.sets(st.integers(1, 12)),
)
def test_what_was_approved_is_the_same_after_it_was_kept(
    percents: list[int | None], vetoed: set[int]
) -> None:
    found = judged(*percents, fabrication={f"{number:02d}": "经核实" for number in vetoed})
    plain = json.loads(json.dumps(kept.to_plain(found)))
    assert kept.from_plain(plain, [each.unit for each in found]) == found
    assert list(kept.changes(found, found)) == []


def test_what_is_other_than_approved_is_told() -> None:
    assert list(kept.changes(judged(80, None, 70), judged(80, 66.5, None))) == [
        "单位2的甲，审定时没有数，现在66.5/100", "单位3的甲，审定时70/100，现在没有数",
    ]  # fmt: skip
