"""Blank letters by their pattern: what a form is measured with depends on no batch."""

from dataclasses import replace
from datetime import date

from support.inputs.people import letter_for

from pipeline.domain.letters.fields import fields_of
from pipeline.domain.letters.patterns import LETTERS, letters_like, patterns_of
from pipeline.domain.letters.sampling import MOST_SAMPLES, Survey

SIGNED = ["岚县东村镇人民政府", "岚县民政局"]


def test_letters_that_differ_in_digits_only_have_one_pattern() -> None:
    letters = [letter_for(None, number) for number in (1, 37, 9999)]
    assert len(patterns_of(letters)) == 1
    dated = [replace(letter, day=date(2022, 6, day)) for letter, day in zip(letters, (1, 9, 30), strict=True)]
    assert len(patterns_of(dated)) == 1 and patterns_of(dated) != patterns_of(letters)


def test_a_longer_number_another_year_and_another_wording_are_patterns_of_their_own() -> None:
    usual = letter_for(None, 9999)
    others = [
        letter_for(None, 10_000),
        replace(usual, printed="岚培〔2022〕01-9999"),
        replace(usual, serial=replace(usual.serial, year=2023)),
        replace(usual, day=date(2022, 6, 1)),
    ]
    assert len(patterns_of([usual, *others])) == 5


def test_every_digit_stands_beside_every_other_and_every_name_is_signed() -> None:
    for number in (1, 10_000):
        letters = letters_like(patterns_of([letter_for(None, number)]), SIGNED)
        pairs = {fields_of(letter)["编号"][start:][:2] for letter in letters for start in range(18)}
        assert {f"{pair:02d}" for pair in range(100)} <= pairs
        assert {f"-{digit}" for digit in range(10)} <= pairs
        assert {letter.signature for letter in letters} == set(SIGNED)
        assert len(Survey(letters).samples()) == MOST_SAMPLES


def test_they_look_as_the_letters_that_they_stand_for() -> None:
    for number in (7, 12_345):
        letter = replace(letter_for(None, number), day=date(2022, 11, 30), signature=SIGNED[0])
        alike = letters_like(patterns_of([letter]), SIGNED)
        own, theirs = fields_of(letter), list(map(fields_of, alike))
        assert {field for field, text in own.items() if text} == {
            field for field, text in theirs[0].items() if text
        }
        for field, text in own.items():
            assert max(len(each[field]) for each in theirs) >= len(text), field
            assert set(text) <= {char for each in theirs for char in each[field]}, field


def test_more_names_than_letters_are_all_signed() -> None:
    many = [f"第{number}局" for number in range(LETTERS + 5)]
    letters = letters_like(patterns_of([letter_for(None, 1)]), many)
    assert {letter.signature for letter in letters} == set(many)
