"""What a meeting agreed upon becomes open items, each once, and the next sheet tells what became of them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import pytest
from support.settings import SETTINGS

from pipeline.domain.items.book import ItemBook, items_on
from pipeline.domain.items.holdings import holdings
from pipeline.domain.journal import Act, Entry, Journal
from pipeline.domain.model import Source
from pipeline.domain.period import Month
from pipeline.domain.records.dispatch.matters import HEADERS, MATTERS
from pipeline.domain.records.dispatch.returned import RETURNED
from pipeline.domain.tables.grid import Grid
from pipeline.errors import RegisterFault
from pipeline.intake import gathered
from pipeline.publishing.report import Facts, IssueNumber
from pipeline.reports.dispatch.agreed import agreed_rows, enters, source_of
from pipeline.reports.dispatch.content import Content
from pipeline.reports.dispatch.documents import matters_form

TODAY = date(2022, 8, 3)
NOTHING = Journal(2022, ())
MARKET = ("1-1", "市场东区启用", "刘某", "东村镇", "县住建局", "每周报进展", "2022-07-31")
LOANS = ("1-2", "对接信用贷款", "", "东村", "", "", "2022-08-31")
OFFICE = ("1-3", "窗口到镇里受理", "", "县税务局", "东村镇", "", "2022-08-15")


def grid(file: str, *rows: Sequence[object]) -> tuple[str, tuple[Grid, ...]]:
    lines: Any = tuple((number, tuple(cells)) for number, cells in enumerate(rows, 1))
    return file, (Grid(Source(file, "Sheet1"), lines),)


def sheet(month: int, number: int, day: date) -> Content:
    at = datetime(2026, 1, 1)  # noqa: DTZ001
    return Content(at, day, "专班", Month(2022, month), IssueNumber(number, number), {}, (), {})


SHEETS = (sheet(6, 1, date(2022, 7, 5)), sheet(7, 2, date(2022, 8, 2)))


def facts(*matters: Sequence[object], sheets: Sequence[Content] = SHEETS, today: date = TODAY) -> Facts:
    files = [
        grid("名录.xlsx", ("编号", "单位名称", "全称", "类别", "别名"), ("01", "东村镇", "岚县东村镇人民政府", "乡镇", "东村")),
        grid("任务.xlsx", ("单位名称", "任务数"), ("东村镇", 10)),
        grid("议定事项.xlsx", tuple(HEADERS.values()), *matters),
    ]  # fmt: skip
    intake = gathered(files, SETTINGS, today, (RETURNED, MATTERS))
    assert intake.problems == ()
    return Facts(SETTINGS, today, intake, {}, {each.period: each for each in sheets}, NOTHING)


def after(journal: Journal, acts: Sequence[Act]) -> Journal:
    at = datetime(2022, 8, 3)  # noqa: DTZ001
    entered = (Entry(a.series, 2022, a.number or 0, a.act, a.unit, a.day, a.who, a.details, at) for a in acts)
    return Journal(2022, (*journal.entries, *entered))


def acted(journal: Journal, *acts: tuple[int, str, date, str, Mapping[str, object]]) -> Journal:
    book = ItemBook(journal, SETTINGS.items)
    for number, name, day, who, details in acts:
        book.do(number, name, day, who, details)
    return after(journal, book.acts)


def test_each_matter_opens_an_item_of_its_own_with_all_that_was_agreed() -> None:
    acts = enters(facts(MARKET, LOANS, OFFICE), NOTHING)
    assert [(each.act, each.number, each.unit) for each in acts] == [
        ("open", 1, "01"), ("open", 2, "01"), ("open", 3, "县税务局"),
    ]  # fmt: skip
    items = items_on(after(NOTHING, acts), TODAY, SETTINGS.items)
    first = items[0].about
    assert (first.kind, first.source, first.problem) == ("议定事项", "第1次调度会", "市场东区启用")
    assert (first.standard, first.partners, first.leader) == ("每周报进展", "县住建局", "刘某")
    assert first.deadline == date(2022, 7, 31) and items[1].about.standard == "对接信用贷款"
    assert holdings(items, TODAY) == {"01": (2, 1), "县税务局": (1, 0)}


def test_the_same_table_again_enters_nothing_and_a_new_line_is_entered_alone() -> None:
    journal = after(NOTHING, enters(facts(MARKET, LOANS), NOTHING))
    assert enters(facts(MARKET, LOANS), journal) == []
    assert enters(facts(MARKET, LOANS), acted(journal, (1, "assign", TODAY, "", {}))) == []
    [act] = enters(facts(MARKET, OFFICE, LOANS), journal)
    assert (act.act, act.number, act.unit) == ("open", 3, "县税务局")


def test_what_a_later_meeting_agrees_upon_again_is_named_again_once() -> None:
    journal = after(NOTHING, enters(facts(MARKET), NOTHING))
    again = ("2-1", *MARKET[1:])
    acts = enters(facts(MARKET, again), journal)
    assert [(each.act, each.number, each.details["source"]) for each in acts] == [("again", 1, "第2次调度会")]
    assert enters(facts(MARKET, again), after(journal, acts)) == []


def test_a_matter_without_the_form_s_number_is_the_last_meeting_s_and_stays_it() -> None:
    own = ("一", *MARKET[1:])
    [act] = enters(facts(own, sheets=SHEETS[:1]), NOTHING)
    assert act.details["source"] == "第1次调度会" and act.day == date(2022, 7, 5)
    assert enters(facts(own), after(NOTHING, [act])) == []


@pytest.mark.parametrize(
    "deadline, today, day",
    [
        ("2022-07-31", TODAY, date(2022, 7, 5)),
        ("2022-07-01", TODAY, date(2022, 7, 1)),
        ("2022-07-31", date(2022, 6, 30), date(2022, 6, 30)),
    ],
)
def test_it_was_agreed_when_the_sheet_was_made_and_no_late_typing_refuses_it(
    deadline: str, today: date, day: date
) -> None:
    [act] = enters(facts((*MARKET[:6], deadline), today=today), NOTHING)
    assert act.day == day


def test_a_person_s_number_is_refused_since_it_could_never_be_erased() -> None:
    with pytest.raises(RegisterFault, match="手机号"):
        enters(facts((MARKET[0], "联系王某13800000000", *MARKET[2:])), NOTHING)


def test_the_next_sheet_tells_what_became_of_them() -> None:
    journal = after(NOTHING, enters(facts(MARKET, LOANS, OFFICE), NOTHING))
    july, august = date(2022, 7, 20), date(2022, 8, 10)
    evidence = {"head": "李某", "evidence": [{"figure": "贷款3笔"}], "reason": "已发放3笔"}
    journal = acted(
        journal, (1, "assign", july, "", {}), (1, "accept", july, "", {}), (1, "progress", july, "", {"reason": "已进场"}),
        (2, "assign", july, "", {}), (2, "accept", july, "", {}), (2, "apply", july, "王某", evidence),
        (2, "close", july, "赵某", {"way": "资料"}),
    )  # fmt: skip
    items = items_on(journal, august, SETTINGS.items)
    rows = agreed_rows(items, 1, august, SETTINGS.items.serial)
    told = [(row["账号"][-4:], row["状态"], row["落实情况"], row["落实日期"]) for row in rows]
    assert told == [
        ("0001", "整改中，逾期10天", "已进场", ""),
        ("0002", "已销号", "已发放3笔", "2022年7月20日"),
        ("0003", "已立账", "", ""),
    ]
    later = agreed_rows(items, 2, august, SETTINGS.items.serial)
    assert [row["账号"][-4:] for row in later] == ["0001", "0003"]
    assert source_of(2) == "第2次调度会"


def test_the_form_names_the_meeting_that_its_lines_are_of() -> None:
    form = matters_form("岚县", Month(2022, 6), 3)
    [matter] = facts((list(form.rows)[1][0], *MARKET[1:])).intake.said(MATTERS)
    assert matter.meeting == 3
