"""Which industry a code is: GB/T 4754-2017, and the three industries with 05, 11 and 43."""

from itertools import pairwise

import pytest

from pipeline.domain.values.industry import PRIMARY, SECONDARY, SECTIONS, TERTIARY, Industry, industry_of


@pytest.mark.parametrize(
    "section, code, wanted",
    [
        ("F", "", Industry("F")),
        ("f", "", Industry("F")),
        ("批发和零售业", "", Industry("F")),
        ("F 批发和零售业", "", Industry("F")),
        ("农林牧渔业", "", Industry("A")),
        ("交通运输、仓储和邮政业", "", Industry("G")),
        ("", "5212", Industry("F", 52)),
        ("", "F5212", Industry("F", 52)),
        ("F5212", "", Industry("F", 52)),
        ("F", "52", Industry("F", 52)),
        ("", "0511", Industry("A", 5)),
        ("", "051", Industry("A", 5)),
        ("A", "511", Industry("A", 5)),  # a number that has lost its zero
        ("F", "511", Industry("F", 51)),  # a code of three digits
        ("", "511", None),  # either
        ("C", "511", Industry("C")),  # neither
        ("C", "5212", Industry("F", 52)),
        ("F", "9999", Industry("F")),
        ("", "9999", None),
        ("", "", None),
        ("零售", "便利店零售", None),
        ("餐饮服务", "", None),
        ("", "52120", None),
    ],
)
def test_two_cells_tell_an_industry(section: str, code: str, wanted: Industry | None) -> None:
    assert industry_of(section, code) == wanted


@pytest.mark.parametrize(
    "section, division, group",
    [
        ("A", 1, PRIMARY), ("A", 4, PRIMARY), ("A", 5, TERTIARY), ("A", None, PRIMARY), ("B", 6, SECONDARY),
        ("B", 11, TERTIARY), ("B", 12, SECONDARY), ("B", None, SECONDARY), ("C", 13, SECONDARY), ("C", 42, SECONDARY),
        ("C", 43, TERTIARY), ("C", None, SECONDARY), ("D", 44, SECONDARY), ("E", 50, SECONDARY), ("F", 51, TERTIARY),
        ("O", None, TERTIARY), ("T", 97, TERTIARY),
    ],
)  # fmt: skip
def test_the_three_industries(section: str, division: int | None, group: str) -> None:
    industry = Industry(section, division)
    assert industry.group == group
    assert industry.is_grouped_by_section == (division is None and section in {"A", "B", "C"})


def test_the_sections_hold_every_division_once() -> None:
    assert "".join(SECTIONS) == "ABCDEFGHIJKLMNOPQRST"
    bounds = [(each.first, each.last) for each in SECTIONS.values()]
    assert bounds[0][0] == 1 and bounds[-1][1] == 97
    assert all(later[0] == earlier[1] + 1 for earlier, later in pairwise(bounds))
