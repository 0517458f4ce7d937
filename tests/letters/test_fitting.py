"""Whose text is to blame, and how much of it fits: by a printer whose slots hold so many characters."""

import re
from collections.abc import Sequence
from dataclasses import replace

import pytest
from support.inputs.people import letter_for, person

from pipeline.domain.letters.fields import fields_of
from pipeline.domain.letters.model import Letter
from pipeline.errors import TemplateFault
from pipeline.letters.fitting import AT_ONCE, Misfit, Verdict, misfits

ROOM = {"姓名": 4, "名称": 20, "主要经营": 40, "经营地址": 30, "落款": 12}


class Printer:
    """A page on which every field has a slot of its own, and all together one page."""

    def __init__(self, page: int = 1000, gossip: Sequence[str] = ()) -> None:
        """Make one.

        :param page: characters on a page; with more a letter takes two.
        :param gossip: fields that are said to be cut off whenever any is.
        """
        self._page = page
        self._gossip = gossip
        self.calls: list[Sequence[Letter]] = []

    def judge(self, letters: Sequence[Letter]) -> list[Verdict]:
        self.calls.append(letters)
        return [self.verdict(letter) for letter in letters]

    def verdict(self, letter: Letter) -> Verdict:
        texts = fields_of(letter)
        wrong = tuple(field for field, room in ROOM.items() if len(texts[field]) > room)
        pages = 1 + sum(map(len, texts.values())) // self._page
        return Verdict(pages, (*wrong, *self._gossip) if wrong else ())


def found(printer: Printer, *letters: Letter) -> list[Misfit]:
    wrong = {letter: verdict for letter in letters if not (verdict := printer.verdict(letter)).is_right}
    return misfits(wrong, "letter.docx", printer.judge)


def told(misfits: Sequence[Misfit]) -> list[tuple[int, str | None, int]]:
    return [(misfit.letter.serial.number, misfit.field, misfit.room) for misfit in misfits]


@pytest.mark.parametrize("length", [21, 22, 40, 41, 77, 300])
def test_exactly_as_many_characters_as_fit_are_told(length: int) -> None:
    assert told(found(Printer(), letter_for(person(business="店" * length)))) == [(1, "名称", 20)]


def test_all_letters_are_told_at_once_each_with_its_own_field() -> None:
    letters = [
        letter_for(person(business="店" * 25), 1),
        letter_for(person(address="村" * 50), 2),
        letter_for(person(name="王" * 9), 3),
    ]
    assert told(found(Printer(), *letters)) == [(1, "名称", 20), (2, "经营地址", 30), (3, "姓名", 4)]


def test_two_texts_of_a_letter_that_are_too_long_are_both_told() -> None:
    letter = letter_for(person(business="店" * 25, address="村" * 50))
    assert told(found(Printer(), letter)) == [(1, "名称", 20), (1, "经营地址", 30)]


def test_a_text_that_only_shares_characters_with_what_is_cut_off_is_not_blamed() -> None:
    letter = letter_for(person(business="店" * 25))
    assert told(found(Printer(gossip=["落款", "姓名"]), letter)) == [(1, "名称", 20)]


def test_a_culprit_of_which_the_page_says_nothing_is_found_among_all_texts() -> None:
    class Shy(Printer):
        def verdict(self, letter: Letter) -> Verdict:
            return (
                replace(super().verdict(letter), wrong=())
                if super().verdict(letter).is_right
                else Verdict(1, ("姓名",))
            )

    assert told(found(Shy(), letter_for(person(business="店" * 25)))) == [(1, "名称", 20)]


def test_texts_that_are_too_long_only_together_are_not_blamed_one_by_one() -> None:
    letter = letter_for(person(scope="茶" * 40, address="村" * 30))
    assert told(found(Printer(page=130), letter)) == [(1, None, 0)]


def test_a_signature_without_room_is_blamed_once_for_all_blank_letters_and_looked_at_once() -> None:
    letters = [letter_for(None, number, signature="岚县" + "某" * 20) for number in range(1, 91)]
    printer = Printer()
    assert told(found(printer, *letters)) == [(number, "落款", 12) for number in range(1, 91)]
    assert sum(map(len, printer.calls)) < 60


def test_many_texts_take_a_few_calls_and_not_some_for_each() -> None:
    letters = [letter_for(person(business="店" * (21 + number % 40)), number) for number in range(1, 201)]
    printer = Printer()
    assert {room for _, _, room in told(found(printer, *letters))} == {20}
    assert len(printer.calls) < 12
    assert max(map(len, printer.calls)) < 200 * len(ROOM) + AT_ONCE


def test_letters_of_a_call_can_be_told_apart_by_their_numbers() -> None:
    printer = Printer()
    found(
        printer,
        *[letter_for(person(business="店" * 25, address="村" * number), number) for number in (20, 50)],
    )
    for call in printer.calls:
        numbers = [letter.printed for letter in call]
        assert len(set(numbers)) == len(numbers)
        assert all(re.fullmatch(r"岚个培〔2022〕01-\d{4}", number) for number in numbers)


def test_a_template_that_has_no_room_for_the_date_is_refused_and_no_row_blamed() -> None:
    def judge(letters: Sequence[Letter]) -> list[Verdict]:
        return [Verdict(1, ("月",) if letter.day else ()) for letter in letters]

    with pytest.raises(TemplateFault, match="“月”的格子放不下“2”"):
        misfits({letter_for(person()): Verdict(1, ("月",))}, "letter.docx", judge)
