"""An item's row in the printed ledgers."""

from dataclasses import replace
from datetime import date

from support.items import ABOUT, DAY, empty_book

from pipeline.domain.items.number import ItemNumbers
from pipeline.reports.items.tables import Words


def test_a_day_of_another_year_is_told_with_its_year() -> None:
    book = empty_book()
    for deadline in (date(2022, 12, 31), date(2023, 1, 21)):
        book.open(replace(ABOUT, kind=str(deadline), deadline=deadline), DAY)
    words = Words(ItemNumbers(2022, "账〔{year}〕{number:04d}"), DAY, 3)
    told = [words.open(number, item)["时限"] for number, item in enumerate(book.items.values(), 1)]
    assert told == ["12月31日", "2023年1月21日"]
