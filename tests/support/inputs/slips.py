"""Slips of exporters and of pages: what they store is not what was meant. Each is read as it was meant, or told."""

import io
import random
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from openpyxl import Workbook

from support.inputs.draft import Disturbance, Draft, of
from support.inputs.messes import SHOWN, move_days, say_days
from support.inputs.written import (
    BLANK,
    DELIMITED,
    PAGES,
    SEPARATORS,
    TYPED,
    Cell,
    Rows,
    counted,
    html,
    moment,
    said,
)

SUMMER_TIME = (date(1988, 5, 1), date(1988, 8, 31))
BOOKS = [make for make in TYPED if make.endswith("xlsx")]


def _separator(draft: Draft) -> str:
    return next(separator for separator, name in SEPARATORS.items() if draft.make.startswith(name))


def _as_it_stands(draft: Draft, place: int, text: str) -> None:
    draft.put(place, draft.names[0], Cell(text, text, as_is=True), text)


@of(makes=DELIMITED)
def a_separator_without_quotation_marks(chance: random.Random, draft: Draft) -> None:
    draft.head = [*(head for head in draft.head if head not in draft.names), *draft.names]
    text = f"编造百货{_separator(draft)}零售店"
    place = chance.randrange(len(draft.cells))
    draft.put(place, chance.choice(draft.names), Cell(text, text, as_is=True), text)
    draft.whole.add(place)


@of(makes=DELIMITED)
def quotation_marks_that_belong_to_the_text(chance: random.Random, draft: Draft) -> None:
    text = chance.choice(('"编造"百货店', '编造"百货"店', '"编造"百"货"店', '编造"百货店'))
    _as_it_stands(draft, chance.randrange(len(draft.cells)), text)


@of(makes=DELIMITED)
def a_quotation_mark_that_closes_some_lines_below(chance: random.Random, draft: Draft) -> None:
    first = chance.randrange(len(draft.cells) - 3)
    last = first + chance.randint(1, 3)
    _as_it_stands(draft, first, '"编造百货店')
    _as_it_stands(draft, last, '编造零售店"')
    draft.together |= frozenset(range(first, last + 1))


@of(makes=DELIMITED)
def a_quotation_mark_that_never_closes(chance: random.Random, draft: Draft) -> None:
    place = chance.randrange(len(draft.cells))
    _as_it_stands(draft, place, '"编造百货店')
    draft.together |= frozenset(range(place, len(draft.cells)))


@of("registrations")
def midnights_kept_in_utc(chance: random.Random, draft: Draft) -> None:
    move_days(draft, timedelta(hours=-8))


@of("registrations")
def midnights_of_summer_time_kept_in_utc(chance: random.Random, draft: Draft) -> None:
    first, last = SUMMER_TIME
    for line in draft.truth:
        line["成立日期"] = first + timedelta(chance.randrange((last - first).days))
        line["注销日期"] = line["注销日期"] and last
    move_days(draft, timedelta(hours=-9))


@of("registrations")
def days_43_seconds_early(chance: random.Random, draft: Draft) -> None:
    move_days(draft, timedelta(seconds=-43))


@of("registrations")
def days_43_seconds_early_kept_in_utc(chance: random.Random, draft: Draft) -> None:
    move_days(draft, timedelta(hours=-8, seconds=-43))


@of("registrations", [make for make in TYPED if make != "xlwt.xls"])
def days_a_millisecond_early(chance: random.Random, draft: Draft) -> None:
    """As SheetJS leaves its own days after a second round; where it may as well be the end of a day, it is told.

    xlwt writes whole seconds, so nothing is left of it there.
    """
    move_days(draft, timedelta(milliseconds=-1))


@of("registrations", SHOWN)
def days_first_and_years_of_two_digits(chance: random.Random, draft: Draft) -> None:
    for place, line in enumerate(draft.truth):
        line["成立日期"] = date(2022, chance.randint(1, 6), chance.randint(13, 28))
        draft.put(place, "注销日期", BLANK, None)
    say_days(draft, "{0:%d/%m/%y}")


@of(makes=TYPED)
def formats_that_add_to_what_is_stored(chance: random.Random, draft: Draft) -> None:
    shown = [
        Cell("12号店", "编造12号店", '"编造"@'), counted(7, "007", "000"), counted(0.856, "85.6%", "0.0%"), counted(1200, "1,200", "#,##0"),
        counted(24, "24小时便利店", '0"小时便利店"'), Cell(time(7, 30), "7:30", "h:mm"),
        moment(datetime.fromisoformat("2022-08-18"), 'm"月"d"日"', "8月18日"),
    ]  # fmt: skip
    for place in range(len(draft.cells)):
        cell = chance.choice(shown)
        draft.put(place, draft.names[0], cell, cell.text)


@of()
def marks_of_direction(chance: random.Random, draft: Draft) -> None:
    for place, line in enumerate(draft.truth):
        draft.show(place, draft.unit, said(f"\u202a{line[draft.unit]}\u202c"))
        draft.put(place, draft.names[0], said(f"编造\u202c{place}\u200e号店\u2069"), f"编造{place}号店")


@of()
def radicals_for_hanzi(chance: random.Random, draft: Draft) -> None:
    draft.put(chance.randrange(len(draft.cells)), draft.names[0], said("编造高⼭⽅便店"), "编造高山方便店")


@of(makes=PAGES)
def text_that_a_page_does_not_show(chance: random.Random, draft: Draft) -> None:
    ways = ('<span style="display:none">00001</span>编造店', "<b hidden>升序</b>编造店",
            "<select><option>其他店</option><option selected>编造店</option></select>")  # fmt: skip
    for place in range(len(draft.cells)):
        draft.put(place, draft.names[0], Cell("", chance.choice(ways), as_is=True), "编造店")


@of(makes=PAGES)
def a_header_in_a_table_of_its_own(chance: random.Random, draft: Draft) -> None:
    draft.write = lambda rows: html(rows[: len(draft.above) + 1]) + html(rows[len(draft.above) + 1 :])
    draft.moved |= {place: place + 1 for place in range(len(draft.cells))}


@of(makes=BOOKS)
def sheets_that_go_on_without_a_header(chance: random.Random, draft: Draft) -> None:
    half = len(draft.cells) // 2
    draft.write = lambda rows: _sheets(
        (rows[: len(draft.above) + 1 + half], rows[len(draft.above) + 1 + half :])
    )
    draft.moved |= {place: place - half + 1 for place in range(half, len(draft.cells))}


def _sheets(parts: Iterable[Rows]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for part in parts:
        sheet = book.create_sheet()
        for row, cells in enumerate(part, 1):
            for column, cell in enumerate(cells, 1):
                sheet.cell(row, column, cell.value).number_format = cell.format
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@of("applicants")
def two_columns_for_one_field_that_differ(chance: random.Random, draft: Draft) -> None:
    draft.head.insert(chance.randint(0, len(draft.head)), "手机号")
    for place, cells in enumerate(draft.cells):
        cells["手机号"] = said(f"1390000{place:04d}")
        draft.truth[place]["联系方式"] = "两列不一样，不能只取一列"


SLIPS: tuple[Disturbance, ...] = (
    a_separator_without_quotation_marks, quotation_marks_that_belong_to_the_text,
    a_quotation_mark_that_closes_some_lines_below, a_quotation_mark_that_never_closes, midnights_kept_in_utc,
    midnights_of_summer_time_kept_in_utc, days_43_seconds_early, days_43_seconds_early_kept_in_utc,
    days_a_millisecond_early, days_first_and_years_of_two_digits, formats_that_add_to_what_is_stored, marks_of_direction, radicals_for_hanzi,
    text_that_a_page_does_not_show, a_header_in_a_table_of_its_own, sheets_that_go_on_without_a_header,
    two_columns_for_one_field_that_differ,
)  # fmt: skip
