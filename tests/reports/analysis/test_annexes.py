"""The tables behind a quarter's edition: situations, and the very cells that come of them."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from docx import Document
from hypothesis import assume, given
from hypothesis import strategies as st
from support.desk import ROOT
from support.figures.analyses import ALL, TALLY, UNTROUBLED, analysis, held, made_up, parts
from support.figures.shops import UNITS
from support.items import ABOUT, empty_book

from pipeline.domain.analysis.flows import Flow
from pipeline.domain.analysis.industries import Structure
from pipeline.domain.analysis.operators import FORMS
from pipeline.domain.analysis.survival import Cohort, Survival
from pipeline.domain.analysis.year_ago import YearAgo
from pipeline.domain.period import Month
from pipeline.domain.statistics.figures import Tally
from pipeline.reports.analysis.annexes import ANNEXES, annexes, left_out
from pipeline.reports.analysis.beside import Beside
from pipeline.settings.analysis import Analysis

RULES = Analysis()
MONTHS = ((4, Tally(10, 1)), (5, Tally(20, 30)), (6, TALLY))
AGO = YearAgo("exports", 25, 0, 100, 0, 1000)  # of nothing, or of fewer than ten, there is no percentage


def rows(table: object) -> list[list[object]]:
    """Cells line by line, lists within a line taken apart."""
    assert isinstance(table, dict)
    return [
        [cell for value in row.values() for cell in (value if isinstance(value, list) else [value])]
        for row in table["各行"]
    ]


def quarter(**more: object) -> Beside:
    return held(**{"months": MONTHS} | more)


def test_a_month_has_none() -> None:
    assert annexes(analysis(), held(), RULES) == {key: {} for key in ANNEXES}


def test_the_quarter_is_the_sum_of_its_months() -> None:
    table = annexes(analysis(stock=ALL), quarter(year_ago=AGO), RULES)["总量表"]
    assert isinstance(table, dict)
    assert table["题"] == "附表1　新登记和注销" and table["各月"] == ["4月", "5月", "6月"]
    assert rows(table) == [
        ["新登记", "10", "20", "30", "60", "120", "100", "+20.0%"],
        ["注销", "1", "30", "4", "35", "9", "0", ""],
        ["净增", "9", "-10", "26", "25", "111", "100", "+11户"],
        ["期末在册", "", "", "", "", "1111", "1000", "+11.1%"],
    ]


def test_a_month_that_was_not_printed_leaves_the_quarter_open() -> None:
    beside = quarter(months=((4, None), *MONTHS[1:]))
    assert beside.quarter is None
    assert rows(annexes(analysis(), beside, RULES)["总量表"])[0] == [
        "新登记", "", "20", "30", "", "120", "", ""
    ]  # fmt: skip


def test_industries_come_by_size_and_what_is_not_coded_last() -> None:
    coded = Structure((0, 30, 70), 2, 0)
    found = analysis(
        industries=(("C", Flow(1, 3, 30)), ("F", Flow(9, 1, 70)), (None, Flow(0, 0, 2))), coded=coded, structure=coded,
        stock=ALL,
    )  # fmt: skip
    table = annexes(found, quarter(), RULES)["行业表"]
    assert isinstance(table, dict) and table["户数"] == "在册（户）"
    assert rows(table) == [
        ["F", "批发和零售业", "9", "1", "8", "70", "70.0%"],
        ["C", "制造业", "1", "3", "-2", "30", "30.0%"],
        ["", "行业空白", "0", "0", "0", "2", ""],
    ]
    assert annexes(replace(found, coded=Structure((0, 30, 70), 9, 0)), quarter(), RULES)["行业表"] == {}


def test_what_a_quarter_goes_without_is_told_with_what_is_lacking() -> None:
    assert left_out(analysis(), quarter(), RULES) == (
        "季度版的附表，没有数据列不出的：各乡镇的排列（登记数据里能归到乡镇的不到两个）、存活率（还没有成立满3个月的户）、"
        "各单位培育户的存活率（没有凭介绍信登记、成立满3个月的户）、堵点和挂账（没有单位填报堵点，也没有未销号的挂账事项）。"
    )
    assert left_out(analysis(), held(), RULES) == "", "a month's edition has none"
    lasting = (Cohort(Month(2022, 1), Survival(3, 20, 19), is_complete=True),)
    letters = {UNITS[0]: (Survival(3, 5, 5), Survival(6, 5, 5))}
    flows = (Flow(5, 1, 50, 40), Flow(9, 1, 50, 50), Flow())
    trouble = quarter(difficulties=replace(UNTROUBLED, obstacles=(("场地", 2), ("资金", 1))))
    found = analysis(places=parts(*flows), cohorts=lasting, letters=letters)
    assert left_out(found, trouble, RULES) == ""
    told = replace(UNTROUBLED, obstacles=(("场地", 2),))
    assert left_out(found, quarter(difficulties=told), RULES) == "", "the text has told the only one"


def test_places_are_ranked_twice_and_who_is_equal_has_one_rank() -> None:
    flows = (Flow(5, 1, 50, 40), Flow(9, 1, 50, 50), Flow(1, 3, 20, 0), Flow(1, 0, 30, 24), Flow(0, 0, 10))
    table = annexes(analysis(places=parts(*flows), stock=ALL), quarter(), RULES)["区域表"]
    assert isinstance(table, dict) and (table["按数"], table["按增"]) == ("在册（户）", "较上年末增长")
    assert rows(table) == [
        ["1", "东村镇", "50", "31.3%", "1", "东村镇", "+25.0%"],
        ["1", "普明镇", "50", "31.3%", "1", "界河口镇", "+25.0%"],
        ["3", "界河口镇", "30", "18.8%", "3", "普明镇", "0.0%"],
        ["4", "岚城镇", "20", "12.5%", "", "岚城镇", ""],
        ["", "", "", "", "未归乡镇", "10", "6.3%"],
        ["", "", "", "", "合计", "160", "100%"],
    ]
    table = annexes(analysis(places=parts(*flows)), quarter(), RULES)["区域表"]
    assert isinstance(table, dict) and table["按增"] == "本年净增（户）"
    assert rows(table)[0] == ["1", "普明镇", "9", "56.3%", "1", "普明镇", "8"]
    assert annexes(analysis(places=parts(Flow(5), Flow())), quarter(), RULES)["区域表"] == {}
    nowhere = parts(Flow(), Flow(), Flow(9))
    assert annexes(analysis(places=nowhere), quarter(), RULES)["区域表"] == {}, "nothing to rank"


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=2, max_size=9))
def test_every_place_stands_once_in_either_ranking(made: list[tuple[int, int]]) -> None:
    assume(any(now for now, _ in made))
    flows = [Flow(0, 0, now, before) for now, before in made]
    told = rows(annexes(analysis(places=parts(*flows, Flow()), stock=ALL), quarter(), RULES)["区域表"])[:-1]
    names = [unit.name for unit in UNITS[: len(made)]]
    assert sorted(str(row[1]) for row in told) == sorted(str(row[5]) for row in told) == sorted(names)
    by_name = dict(zip(names, made, strict=True))
    for row in told:
        now, _ = by_name[str(row[1])]
        assert row[0] == str(1 + sum(other > now for other, _ in made))
        now, before = by_name[str(row[5])]
        rate = Fraction(now, before) if before else None
        better = sum(Fraction(one, other) > rate for one, other in made if other) if rate is not None else 0
        assert row[4] == ("" if rate is None else str(1 + better))


def test_who_lasts_against_the_year_before_and_those_with_letters() -> None:
    cohorts = tuple(
        Cohort(Month(2020 + number // 12, number % 12 + 1), Survival(3, 10, 9 if number < 12 else 8), is_complete=True)
        for number in range(24)
    )  # fmt: skip
    letters = {UNITS[0]: (Survival(3, 9, 9), Survival(6, 12, 6)), UNITS[1]: (Survival(3, 1, 0),)}
    told = annexes(analysis(cohorts=cohorts, letters=letters), quarter(), RULES)
    assert rows(told["存活表"]) == [
        ["3个月", "120", "96", "80.0%", "10", "9", "90.0%", "90.0%"],
        ["6个月", "", "", "", "12", "6", "50.0%", ""],
    ]
    assert rows(told["单位表"]) == [
        ["东村镇", "3个月", "9", "9", "样本少"],
        ["东村镇", "6个月", "12", "6", "50.0%"],
        ["普明镇", "3个月", "1", "0", "样本少"],
    ]
    assert [told[name] == {} for name in ANNEXES] == [False, True, True, True, False, False, True]
    assert annexes(analysis(cohorts=cohorts[12:]), quarter(), RULES)["存活表"] == {}, "the text has told it"
    nobody = annexes(analysis(cohorts=cohorts), quarter(), RULES)["存活表"]
    assert isinstance(nobody, dict) and nobody["有信"] is False
    assert isinstance(told["存活表"], dict) and told["存活表"]["有信"] is True
    titles = [str(table["题"])[:3] for table in told.values() if isinstance(table, dict) and table]
    assert titles == ["附表1", "附表2", "附表3"]


@pytest.mark.parametrize(
    "forms, cells",
    [
        (made_up(list(FORMS.values()), (30, 10)),
         [["组成形式", "个人经营", "30", "75.0%"], ["组成形式", "家庭经营", "10", "25.0%"]]),
        (made_up(list(FORMS.values()), (30, 10), 3), []), (made_up(list(FORMS.values()), (9, 0)), []),
    ],
)  # fmt: skip
def test_forms_are_left_out_where_too_few_are_known(forms: object, cells: list[list[object]]) -> None:
    table = annexes(analysis(forms=forms), quarter(), RULES)["构成表"]
    assert (rows(table) if table else []) == cells


def test_obstacles_come_with_their_units() -> None:
    found = replace(UNTROUBLED, obstacles=(("资金", 4), ("场地", 1)))
    assert rows(annexes(analysis(), quarter(difficulties=found), RULES)["挂账表"]) == [
        ["堵点", "资金", "4个单位", ""], ["堵点", "场地", "1个单位", ""]
    ]  # fmt: skip


def test_a_single_kind_of_item_has_no_table_as_the_text_has_told_it() -> None:
    alone = replace(UNTROUBLED, obstacles=(("资金", 2),))
    assert annexes(analysis(), quarter(difficulties=alone), RULES)["挂账表"] == {}


@pytest.mark.parametrize("day, lines", [(5, 0), (15, 2), (25, 0)])
def test_items_of_which_all_or_none_are_overdue_have_no_table_as_the_text_has_told_them(
    day: int, lines: int
) -> None:
    book = empty_book()
    for kind, last in (("诉求", 10), ("数据问题", 20)):
        book.open(replace(ABOUT, kind=kind, deadline=date(2022, 7, last)), date(2022, 7, 5))
    told = replace(UNTROUBLED, items=tuple(book.items.values()), day=date(2022, 7, day))
    table = annexes(analysis(), quarter(difficulties=told), RULES)["挂账表"]
    assert len(rows(table) if table else []) == lines


def test_a_table_that_may_be_longer_than_a_page_can_be_split_after_its_heading() -> None:
    """Rows that all keep together go to the next page as one, and leave the heading alone on theirs."""
    found = Document(str(ROOT / "templates" / "analysis.docx"))
    keeps = {
        name: any(cell.paragraphs[0].style.paragraph_format.keep_with_next for cell in table.rows[-2].cells)
        for table in found.tables
        for name in ("区域表", "单位表")
        if f"行 in {name}.各行" in "".join(cell.text for row in table.rows for cell in row.cells)
    }
    assert keeps == {"区域表": True, "单位表": False}
