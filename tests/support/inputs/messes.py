"""What clerks and programs do to tables: read right, or told. Each takes a table and changes it, and what it says, if so."""

import random
from datetime import datetime, timedelta

from support.inputs.draft import Disturbance, Draft, of
from support.inputs.written import BLANK, DELIMITED, PAGES, TYPED, Cell, counted, moment, said

SHOWN = DELIMITED | PAGES
"""Makes that hold what is shown and nothing else."""


@of(harmless=True)
def nothing(chance: random.Random, draft: Draft) -> None:
    """As it is."""


@of(harmless=True)
def columns_in_another_order(chance: random.Random, draft: Draft) -> None:
    chance.shuffle(draft.head)


@of(harmless=True)
def columns_of_their_own(chance: random.Random, draft: Draft) -> None:
    for head in ("备注", "网格员"):
        draft.head.insert(chance.randint(0, len(draft.head)), head)
        for cells in draft.cells:
            cells[head] = said(chance.choice(("", "已核", "，待补", '"甲"')))


@of(harmless=True)
def titles_above(chance: random.Random, draft: Draft) -> None:
    draft.above = [[said("岚县登记情况表（编造）")], [said("填报单位：东村镇"), BLANK, said("2022年6月")]]


@of(harmless=True)
def a_total_below(chance: random.Random, draft: Draft) -> None:
    draft.below = [[said("合计"), counted(len(draft.cells))]]


@of(makes=DELIMITED, harmless=True)
def records_without_their_last_empty_fields(chance: random.Random, draft: Draft) -> None:
    draft.head = [head for head in draft.head if head != "注销日期"] + ["注销日期"] * (
        "注销日期" in draft.head
    )
    draft.shortened = True


@of("registrations", SHOWN, harmless=True)
def days_in_other_forms(chance: random.Random, draft: Draft) -> None:
    forms = ("{0:%Y/%m/%d}", "{0.year}.{0.month}.{0.day}", "{0.year}年{0.month}月{0.day}日", "{0:%Y%m%d}", "{0:%Y-%m-%d} 00:00:00",
             "{0:%Y-%m-%d}T00:00:00", "{0.year}-{0.month}-{0.day} 8:30")  # fmt: skip
    say_days(draft, chance.choice(forms))


@of("registrations", SHOWN)
def days_with_an_offset(chance: random.Random, draft: Draft) -> None:
    say_days(
        draft,
        chance.choice(
            ("{0:%Y-%m-%d}T00:00:00+08:00", "{0:%Y-%m-%d} 00:00:00+08:00", "{0:%Y-%m-%d}T00:00:00.000+0800")
        ),
    )


@of("registrations", SHOWN)
def days_as_moments_in_utc(chance: random.Random, draft: Draft) -> None:
    for place, line in enumerate(draft.truth):
        for head in draft.days:
            if line[head]:
                before = line[head] - timedelta(1)
                draft.show(place, head, said(f"{before:%Y-%m-%d}T16:00:00.000Z"))


@of("registrations", SHOWN)
def days_as_javascript_prints_them(chance: random.Random, draft: Draft) -> None:
    say_days(draft, "{0:%a %b %d %Y} 00:00:00 GMT+0800 (中国标准时间)")


@of("registrations", SHOWN)
def days_with_the_month_first(chance: random.Random, draft: Draft) -> None:
    say_days(draft, "{0:%m/%d/%Y}")


@of("registrations", harmless=True)
def days_at_their_end(chance: random.Random, draft: Draft) -> None:
    move_days(draft, timedelta(hours=23, minutes=59, seconds=59))


@of("registrations", TYPED, harmless=True)
def days_43_seconds_late(chance: random.Random, draft: Draft) -> None:
    move_days(draft, timedelta(seconds=43))


@of("registrations", harmless=True)
def days_with_the_hour_of_each(chance: random.Random, draft: Draft) -> None:
    for place, line in enumerate(draft.truth):
        hour = timedelta(hours=16) if place == 0 else timedelta(hours=8 + place, minutes=7 * place)
        for head in draft.days:
            if line[head]:
                draft.show(place, head, moment(_midnight(line[head]) + hour))


@of("registrations")
def words_for_no_day(chance: random.Random, draft: Draft) -> None:
    for place, line in enumerate(draft.truth):
        if not line["注销日期"]:
            draft.show(
                place,
                "注销日期",
                said(
                    chance.choice(
                        ("NaT", "nan", "None", "undefined", "Invalid Date", "00000000", "-", "null")
                    )
                ),
            )


@of(makes=TYPED)
def id_numbers_as_numbers(chance: random.Random, draft: Draft) -> None:
    for place, line in enumerate(draft.truth):
        if str(line["身份证号"]).isdecimal():
            draft.show(place, "身份证号", counted(float(line["身份证号"]), "1.41E+17"))


@of("applicants", TYPED, harmless=True)
def phones_as_texts(chance: random.Random, draft: Draft) -> None:
    for place, line in enumerate(draft.truth):
        draft.show(place, "联系方式", said(str(line["联系方式"])))


@of("applicants", SHOWN)
def id_numbers_in_scientific_form(chance: random.Random, draft: Draft) -> None:
    place = chance.randrange(len(draft.truth))
    draft.show(place, "身份证号", said("1.41127E+17"))


@of()
def units_misspelt(chance: random.Random, draft: Draft) -> None:
    draft.show(chance.randrange(len(draft.truth)), draft.unit, said("东村真"))


@of(harmless=True)
def two_lines_in_a_cell(chance: random.Random, draft: Draft) -> None:
    head = draft.names[0]
    draft.put(-1, head, said("编造\n便民店"), "编造便民店")


@of(makes=[make for make in DELIMITED if make.startswith("逗号")], harmless=True)
def a_tab_behind_every_value(chance: random.Random, draft: Draft) -> None:
    """As pages write CSV by hand, so that no spreadsheet takes a long number for one."""
    for cells in draft.cells:
        cells |= {
            head: Cell(cell.value, f"{cell.text}\t", as_is=not set(cell.text) & set(',"\n'))
            for head, cell in cells.items()
        }


def say_days(draft: Draft, form: str) -> None:
    for place, line in enumerate(draft.truth):
        for head in draft.days:
            if line[head]:
                draft.show(place, head, said(form.format(line[head])))


def move_days(draft: Draft, by: timedelta) -> None:
    for place, line in enumerate(draft.truth):
        for head in draft.days:
            if line[head]:
                draft.show(place, head, moment(_midnight(line[head]) + by))


def _midnight(day: object) -> datetime:
    return datetime.fromisoformat(str(day))


MESSES: tuple[Disturbance, ...] = (
    nothing, columns_in_another_order, columns_of_their_own, titles_above, a_total_below, records_without_their_last_empty_fields, days_in_other_forms,
    days_with_an_offset, days_as_moments_in_utc, days_as_javascript_prints_them, days_with_the_month_first, days_at_their_end,
    days_43_seconds_late, days_with_the_hour_of_each, words_for_no_day, id_numbers_as_numbers, phones_as_texts,
    id_numbers_in_scientific_form, units_misspelt, two_lines_in_a_cell,
    a_tab_behind_every_value,
)  # fmt: skip
