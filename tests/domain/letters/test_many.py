"""Many letters in little memory: whatever is given comes back, and blank ones in a row cost nothing."""

import pickle
import tracemalloc
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.inputs.people import letter_for, person

from pipeline.domain.letters.many import Letters, runs_of
from pipeline.domain.letters.model import Letter, Serial
from pipeline.domain.letters.number import SerialFormat

FORMATS = (
    "岚个培〔{year}〕{unit}-{number:04d}", "{unit}{number:04d}", "{number}/{year}", "{year}{number}", "{number:04d}号{number}", "{unit}",
)  # fmt: skip


@st.composite
def letters(draw: st.DrawFn) -> list[Letter]:
    """Runs of letters that differ in all that letters may, numbered in any way."""
    found: list[Letter] = []
    for _ in range(draw(st.integers(0, 5))):
        serials = SerialFormat(draw(st.sampled_from((2022, 2023))), draw(st.sampled_from(FORMATS)))
        first = draw(st.sampled_from((1, 2, 9, 98, 2022, 9_998, 99_999)))
        like = letter_for(draw(st.sampled_from((None, person()))), unit=draw(st.sampled_from(("01", "10"))))
        like = replace(
            like,
            state=draw(st.sampled_from(("reserved", "printed"))),
            replaces=draw(st.sampled_from((None, Serial(2022, "01", 7)))),
        )
        for number in range(first, first + draw(st.integers(1, 15))):
            serial = replace(like.serial, year=serials.year, number=number)
            found.append(replace(like, serial=serial, printed=serials.text(serial)))
    return found


def _places(some: Sequence[Letter], lengths: Iterable[int]) -> list[int]:
    """Where each of them begins."""
    return [0, *accumulate(lengths)][:-1] if some else []


@given(letters(), st.data())
def test_whatever_is_given_comes_back(given_letters: list[Letter], data: st.DataObject) -> None:
    many = Letters(given_letters)
    assert list(many) == given_letters == [many[place] for place in range(len(many))]
    assert many == Letters(given_letters) == pickle.loads(pickle.dumps(many))
    part = data.draw(st.slices(len(given_letters)))
    for each in (many[part], many[1:][1:-1][part]):
        assert list(each) == [each[place] for place in range(len(each))]
    assert list(many[part]) == given_letters[part] and list(many[1:][1:-1]) == given_letters[1:][1:-1]
    assert many[part] == Letters(given_letters[part])
    for each in (many, many[part], given_letters):
        between = [range(one.serial.number, other.serial.number + 1) for one, other in runs_of(each)]
        assert [number for run in between for number in run] == [letter.serial.number for letter in each]
        assert [run[0] for run in runs_of(each)] == [
            each[place] for place in _places(each, map(len, between))
        ]


@pytest.mark.parametrize(
    "other",
    [
        lambda letter: replace(letter, signature="岚县民政局"), lambda letter: replace(letter, printed="岚个培〔2022〕01-00002"),
        lambda letter: replace(letter, day=date(2022, 6, 1)), lambda letter: replace(letter, reprint=1),
    ],
)  # fmt: skip
def test_letters_of_which_one_is_another_are_others(other: Callable[[Letter], Letter]) -> None:
    same = [letter_for(None, number) for number in (1, 2, 3)]
    many = Letters([same[0], other(same[1]), same[2]])
    assert many != Letters(same) and many != same and many[2:] == Letters(same)[2:]


def test_blank_letters_in_a_row_are_held_once() -> None:
    tracemalloc.start()
    try:
        many = Letters(letter_for(None, number) for number in range(1, 10_001))
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(many) == 10_000 and held < 100_000
    with pytest.raises(IndexError):
        many[10_000]
    assert many[-1].serial.number == 10_000
