"""A text in its slot: texts that differ only in digits are laid out once, and come out as each by itself."""

from itertools import product

import pytest

from pipeline.adapters.form.reading import Type
from pipeline.adapters.form.type_case import DIGITS, Slot, TypeCase

CHARACTERS = "岚个培县〔〕-号a" + "".join(DIGITS)
PAIRS = dict.fromkeys(map("".join, product("0123456789-a", repeat=2)), 0.0)
TEXTS = (
    "岚个培〔2022〕01-0001",
    "岚个培〔2022〕11-1171",
    "贰陆-零壹玖玖",
    "7a",
    "8a",
    "13号",
    "31号",
    "9" * 14,
    "8" * 15,
)
CLOSER = {
    "all alike": PAIRS,
    "two ones closer": PAIRS | {"11": -0.9},
    "one pair unseen": {pair: wider for pair, wider in PAIRS.items() if pair != "8a"},
    "none seen": {},
}


def slot(closer: dict[str, float], odd: str = "") -> Slot:
    types = {
        char: Type(
            "/F1" if char.isascii() else "/F2", code, 0.6 if char == odd else 0.5 if char.isascii() else 1.0
        )
        for code, char in enumerate(CHARACTERS, 1)
    }
    return Slot(
        "编号", 12.0, (0, 0, 0), 0.5, 300.0, {1: (400.0,)}, 2.4, 90.0, 96.0, {}, closer, types, rare_types={}, after=0
    )  # fmt: skip


@pytest.mark.parametrize("odd", ["", "7", "玖"])
@pytest.mark.parametrize("closer", CLOSER)
def test_digits_of_one_width_are_set_as_each_by_itself(closer: str, odd: str) -> None:
    together, alone = (TypeCase(slot(CLOSER[closer], odd)) for _ in range(2))
    alone._alike = {}
    assert [together.set(text) for text in TEXTS] == [alone.set(text) for text in TEXTS]
    assert [together.can_set(text) for text in TEXTS] == [alone.can_set(text) for text in TEXTS]


def test_that_is_seen_in_something() -> None:
    case = TypeCase(slot(PAIRS))
    found = [case.set(text) for text in TEXTS]
    assert found[:7] != [None] * 7 and None in found
    assert case._operators.cache_info().currsize < len(TEXTS)
