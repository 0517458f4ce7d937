"""Acts on numbered things that are not letters: entered whole or not at all, never changed unseen, carried everywhere."""

import signal
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pytest
from support.registers.numbered import DONG, NOW, begun, faults, reserve, run_programs
from support.registers.outside import MAKES, REFUSED, dump, lay_version_2, nobody_named, tamper, tampering

from pipeline.adapters.register import Register, Where, exclusive, open_register, put_back
from pipeline.domain.journal import Act, Entry, Journal
from pipeline.errors import RegisterFault
from pipeline.settings import Server
from pipeline.whoami import operator

DAY = date(2022, 7, 5)
ABOUT = {
    "unit_name": "东村镇", "kind": "进度滞后", "problem": "低于序时进度", "standard": "达到", "deadline": "2022-07-20", "relapses": 3,
}  # fmt: skip
OPEN = Act("items", None, "open", "01", DAY, "李某", ABOUT)
ASSIGN = Act("items", 1, "assign", "01", DAY, "王某", {})
REMIND = Act("告知", None, "send", "01", DAY, "王某", {"figures": [1, 0.25, None, {"甲": "乙"}]})


@pytest.fixture(params=MAKES)
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Where:
    """Where a register can be made, in turn by each make."""
    if request.param == "sqlite":
        return tmp_path / "register" / "register.db"
    server: Where = request.getfixturevalue("database")
    return server


@pytest.fixture
def register(where: Where) -> Iterator[Register]:
    with open_register(where, wait_s=0.2) as opened:
        yield opened


@pytest.fixture(params=MAKES)
def kept(request: pytest.FixtureRequest, register_after: Callable[..., Where]) -> Where:
    """A register with letters and, between their events, four acts: two items, one of them assigned, one reminder."""
    return register_after(request.param, "journal", keep)


def keep(where: Where) -> None:
    begun(where)
    with open_register(where) as opened:
        enter(opened, OPEN, ASSIGN)
        reserve(opened, (DONG, 1))
        enter(opened, replace(OPEN, unit="02"), REMIND)


def enter(register: Register, *acts: Act, year: int = 2022) -> tuple[Entry, ...]:
    return register.enter(year, lambda _: acts, NOW)


def shape(entries: tuple[Entry, ...]) -> list[tuple[str, int, int, str]]:
    return [(each.series, each.year, each.number, each.act) for each in entries]


# ---- entering


def test_each_series_numbers_each_year_from_1(register: Register) -> None:
    first = enter(register, OPEN, REMIND, OPEN)
    assert shape(first) == [
        ("items", 2022, 1, "open"), ("告知", 2022, 1, "send"), ("items", 2022, 2, "open"),
    ]  # fmt: skip
    assert shape(enter(register, OPEN, ASSIGN)) == [("items", 2022, 3, "open"), ("items", 2022, 1, "assign")]
    assert shape(enter(register, OPEN, year=2023)) == [("items", 2023, 1, "open")]
    assert register.faults() == []


def test_what_was_entered_reads_back_as_it_was(register: Register) -> None:
    entered = enter(register, OPEN, REMIND)
    assert register.journal("items", 2022) == entered[:1] and register.journal("告知", 2022) == entered[1:]
    [item] = register.journal("items", 2022)
    assert item == Entry("items", 2022, 1, "open", "01", DAY, "李某", OPEN.details, NOW, operator())
    assert register.journal("items", 2023) == () and register.journal("督办", 2022) == ()


def test_a_plan_is_told_all_series_of_its_year(register: Register) -> None:
    enter(register, OPEN, REMIND)
    enter(register, OPEN, year=2023)
    told: list[Journal] = []
    register.enter(2022, lambda journal: told.append(journal) or [], NOW)
    [journal] = told
    assert shape(journal.entries) == [("items", 2022, 1, "open"), ("告知", 2022, 1, "send")]
    assert [journal.next_number(series) for series in ("items", "告知", "督办")] == [2, 2, 1]


def test_a_plan_that_refuses_enters_nothing(where: Where) -> None:
    begun(where)
    before = dump(where)

    def refuse(_: Journal) -> list[Act]:
        raise RegisterFault("不许")

    with open_register(where) as opened, pytest.raises(RegisterFault, match="不许"):
        opened.enter(2022, refuse, NOW, templates=[b"paper"])
    assert dump(where) == before


@pytest.mark.parametrize("number", [3, 99])
def test_a_number_beyond_the_next_is_refused_with_all_that_came_along(where: Where, number: int) -> None:
    begun(where)
    before = dump(where)
    with open_register(where) as opened, pytest.raises(RegisterFault):
        enter(opened, OPEN, REMIND, replace(OPEN, number=number))
    assert dump(where) == before and faults(where) == []


def test_templates_are_kept_with_the_papers_made_from_them(register: Register, where: Where) -> None:
    for _ in range(2):
        register.enter(2022, lambda _: [REMIND], NOW, templates=[b"paper", b"other"])
    digests = [row[1] for row in dump(where) if row[0] == "templates"]
    assert sorted(map(register.template, digests)) == [b"other", b"paper"]
    with pytest.raises(RegisterFault, match="模板"):
        register.template("0" * 64)


def test_several_that_enter_at_once_get_each_number_once(where: Where) -> None:
    with open_register(where):
        pass
    program = """
from datetime import date
from pipeline.domain.journal import Act
for _ in range(10):
    with open_register(where) as opened:
        opened.enter(2022, lambda j: [Act("告知", j.next_number("告知"), "send", "01", date(2022, 7, 1), "", {})], NOW)
"""
    assert run_programs(program, where, count=3) == [0] * 3
    with open_register(where) as opened:
        assert [each.number for each in opened.journal("告知", 2022)] == list(range(1, 31))
        assert opened.faults() == []


@pytest.mark.parametrize("moment", ["journal.append", "Rows"])
def test_killed_in_between_nothing_is_entered(where: Where, moment: str) -> None:
    begun(where)
    before = dump(where)
    program = """
import os, signal
from datetime import date
from pipeline.adapters.register import journal
from pipeline.domain.journal import Act
def killed(*_):
    os.kill(os.getpid(), signal.SIGKILL)
with open_register(where) as opened:
    if sys.argv[2] == "Rows":
        opened._db.executemany = killed
    else:
        append = journal.append
        journal.append = lambda *given: (append(*given), killed())
    opened.enter(2022, lambda _: [Act("items", None, "open", "01", date(2022, 7, 1), "", {})] * 3, NOW)
"""
    assert run_programs(program, where, moment) == [-signal.SIGKILL]
    assert dump(where) == before and faults(where) == []


# ---- the letters beside it


def test_letters_know_nothing_of_it(kept: Where) -> None:
    with open_register(kept) as opened:
        assert [event.what for event in opened.events(2022)] == ["reserved", "reserved", "printed", "printed",
                                                                 "reserved", "reserved"]  # fmt: skip
        assert {event.what for letter in opened.letters(2022) for event in opened.history(letter.serial)} == {
            "reserved", "printed",
        }  # fmt: skip
        assert opened.faults() == []


# ---- guards and the audit


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET day = '2022-07-09'",
        "UPDATE journal SET event = event + 100",
        "DELETE FROM journal",
        "DELETE FROM journal WHERE event = (SELECT max(event) FROM journal)",
        "INSERT INTO journal SELECT 1000, series, year, 4, act, unit, day, who, details FROM journal WHERE act = 'assign'",
        "INSERT INTO journal SELECT 1, series, year, number, act, unit, day, who, details FROM journal WHERE act = 'send'",
        "INSERT INTO journal SELECT * FROM journal WHERE act = 'send' ON CONFLICT (event) DO UPDATE SET who = '别人'",
    ],
)
def test_a_guard_refuses_it_in_any_tool(kept: Where, statement: str) -> None:
    before = dump(kept)
    with tampering(kept) as connection, pytest.raises(REFUSED):
        connection.execute(statement)
    assert dump(kept) == before and faults(kept) == []


@pytest.mark.parametrize("word", ["OR REPLACE", "OR IGNORE", "OR ABORT"])
def test_an_act_is_not_replaced(tmp_path: Path, word: str) -> None:
    path = tmp_path / "register.db"
    with open_register(path) as opened:
        enter(opened, OPEN, ASSIGN)
    before = dump(path)
    with tampering(path) as connection, pytest.raises(REFUSED):
        connection.execute(f"INSERT {word} INTO journal SELECT * FROM journal WHERE act = 'open'")
    assert dump(path) == before


@pytest.mark.parametrize(
    "change",
    [
        "series = '督办'", "year = 2021", "number = 1", "act = 'close'", "unit = '03'", "day = '2022-07-06'", "who = '别人'",
        "details = '{}'",
    ],
)  # fmt: skip
def test_each_field_is_proved_by_its_event(kept: Where, change: str) -> None:
    tamper(kept, f"UPDATE journal SET {change} WHERE unit = '02'")
    told = faults(kept)
    assert told and "与事件不符" in told[0]


@pytest.mark.parametrize("change", ["details = 'x'", "details = '[1]'", "day = '2022-13-01'", "day = ''"])
def test_a_row_that_this_program_does_not_write_is_named_wherever_it_is_read(
    kept: Where, change: str
) -> None:
    tamper(kept, f"UPDATE journal SET {change} WHERE unit = '02'")
    with open_register(kept) as register, pytest.raises(RegisterFault, match="挂账 2022-0002 的流水读不懂"):
        register.journal("items", 2022)
    assert "与事件不符" in faults(kept)[0]


def test_a_row_that_says_nothing_is_named_even_where_the_chain_is_whole(where: Where) -> None:
    said: Any = [1]
    with open_register(where) as opened:
        enter(opened, replace(OPEN, details=said))
    assert faults(where) == ["挂账 2022-0001 的流水读不懂，台账可能被改动过。"]


def test_an_act_that_vanished_is_named(kept: Where) -> None:
    tamper(kept, "DELETE FROM journal WHERE unit = '02'")
    [told] = faults(kept)
    assert "挂账 2022-0002 有事件记录" in told


def test_an_act_that_nobody_entered_is_named(kept: Where) -> None:
    tamper(
        kept,
        "INSERT INTO journal SELECT 1, series, year, number, act, unit, day, who, details FROM journal WHERE act = 'send'",
    )
    [told] = faults(kept)
    assert told == "告知 2022-0001 的流水（第1条事件）与事件不符。"


def test_a_number_left_out_is_named_even_where_the_chain_is_whole(where: Where) -> None:
    with open_register(where) as opened, tampering(where) as connection:
        off = (
            "DROP TRIGGER journal_no_gaps"
            if isinstance(where, Path)
            else "ALTER TABLE journal DISABLE TRIGGER journal_follows"
        )
        guard = "SELECT sql FROM sqlite_master WHERE name = 'journal_no_gaps'"
        on = connection.execute(guard).fetchone()[0] if isinstance(where, Path) else (
            "ALTER TABLE journal ENABLE ALWAYS TRIGGER journal_follows"
        )  # fmt: skip
        connection.execute(off)
        enter(opened, OPEN, replace(OPEN, number=3))
        connection.execute(on)
    assert faults(where) == ["挂账 2022-0003 断号：前面只到0001号。"]


def test_a_guard_that_is_gone_is_named(kept: Where) -> None:
    with tampering(kept) as connection:
        connection.execute(
            "DROP TRIGGER journal_no_update" + ("" if isinstance(kept, Path) else " ON journal")
        )
    assert faults(kept) == ["结构被改动：journal_no_update。"]


# ---- carried along


def test_a_copy_holds_it_and_brings_it_back(kept: Where, tmp_path: Path) -> None:
    before = dump(kept)
    with open_register(kept) as opened:
        copy = opened.back_up(tmp_path / "copies", NOW, thorough=True)
        enter(opened, ASSIGN)
    assert dump(copy) == before
    with exclusive(kept, 1, lambda: None):
        with pytest.raises(RegisterFault, match="多1条登记"):
            put_back(copy, kept, NOW, force=False)
        put_back(copy, kept, NOW, force=True)
    assert dump(kept) == before and faults(kept) == []
    with open_register(kept) as opened:
        assert shape(enter(opened, OPEN)) == [("items", 2022, 3, "open")]


def test_a_register_without_a_journal_gets_one(where: Where) -> None:
    lay_version_2(where)
    before = dump(where)
    with open_register(where) as opened:
        assert dump(where) == nobody_named(before) and opened.faults() == []
        assert shape(enter(opened, OPEN)) == [("items", 2022, 1, "open")]
    assert faults(where) == []


def test_a_copy_without_a_journal_is_put_back_with_one(where: Where, tmp_path: Path) -> None:
    copy = tmp_path / "copies" / "2022-06-01-083000.db"
    lay_version_2(copy)
    with exclusive(where, 1, lambda: None):
        put_back(copy, where, NOW, force=False)
    with open_register(where) as opened:
        enter(opened, OPEN)
    assert faults(where) == []


def test_whoever_may_number_on_a_server_may_enter_acts_after_the_step(database: Server) -> None:
    lay_version_2(database)
    name = f"clerk_{database.url.rpartition('register_')[2][:8]}"
    with psycopg.connect(database.url, autocommit=True) as connection:
        connection.execute(f"CREATE ROLE {name} LOGIN")
        connection.execute(f"GRANT USAGE ON SCHEMA letter_register TO {name}")
        connection.execute(f"GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA letter_register TO {name}")
        connection.execute(f"GRANT UPDATE, DELETE ON letter_register.batches TO {name}")
    with open_register(database):
        pass
    clerk = Server(database.url.replace("postgresql://postgres@", f"postgresql://{name}@"), database.folder)
    with open_register(clerk) as opened:
        assert shape(enter(opened, OPEN)) == [("items", 2022, 1, "open")]
    with psycopg.connect(clerk.url) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("UPDATE letter_register.journal SET who = ''")
