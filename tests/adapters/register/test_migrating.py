"""From an older version of the schema to this one: the same road for every step that will come."""

from pathlib import Path
from typing import Any

import pytest
from support.registers.newer import FAILS, newer_program
from support.registers.numbered import DONG, NOW, begun, faults, reserve, run_programs
from support.registers.outside import (
    MAKES,
    dump,
    lay_version_1,
    rows_of,
    set_version,
    tamper,
    tampering,
)

from pipeline.adapters.register import Where, exclusive, open_register, put_back
from pipeline.adapters.register.makes import schema
from pipeline.domain.letters.lifecycle import replace_order
from pipeline.domain.letters.model import BatchId, Serial
from pipeline.errors import RegisterFault


@pytest.fixture(params=MAKES)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Where:
    """Where a register can be made, in turn by each make."""
    where: Where = tmp_path / "register" / "register.db"
    if request.param == "postgresql":
        where = request.getfixturevalue("database")
    return where


@pytest.fixture
def old(place: Where) -> Where:
    """A register of the version that is the last one today."""
    return begun(place)


@pytest.fixture
def first(place: Where) -> Where:
    """A register of version 1."""
    lay_version_1(place)
    return place


def kept(where: Where) -> list[list[tuple[Any, ...]]]:
    """The rows of each copy that was made before a step."""
    if isinstance(where, Path):
        found = sorted(where.parent.glob("register.v*"))
        assert all(path.suffix == ".db" and path.stat().st_mode & 0o177 == 0 for path in found)
        return [dump(path) for path in found]
    with tampering(where) as connection:
        names = connection.execute(
            "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'letter_register_v%'"
        ).fetchall()
        return [rows_of(connection, f"{name}.") for (name,) in names]


def test_an_older_register_is_copied_and_brought_forward(old: Where, monkeypatch: pytest.MonkeyPatch) -> None:
    before = dump(old)
    newer_program(monkeypatch)
    with open_register(old) as opened:
        assert opened.faults() == [] and dump(old) == before
        reserve(opened, (DONG, 1))
    with open_register(old) as opened:
        assert opened.faults() == []
    assert kept(old) == [before], "once is enough"


def test_the_older_program_refuses_what_was_brought_forward_and_takes_the_copy(
    old: Where, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as later:
        newer_program(later)
        with open_register(old):
            pass
    with pytest.raises(RegisterFault, match="新版"), open_register(old):
        pass
    if isinstance(old, Path):
        [copy] = old.parent.glob(f"register.v{schema.VERSION}_*.db")
        assert faults(copy) == []


def test_a_step_that_fails_leaves_the_register_as_it_was(old: Where, monkeypatch: pytest.MonkeyPatch) -> None:
    before = dump(old)
    with monkeypatch.context() as later:
        newer_program(later, FAILS)
        with pytest.raises(RegisterFault), open_register(old):
            pass
    assert dump(old) == before and faults(old) == []
    newer_program(monkeypatch)
    assert faults(old) == []


def test_nobody_is_overtaken_while_numbering(old: Where, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.adapters.register.migrating._WAIT_S", 0.2)
    with open_register(old) as opened, opened.exclusive(1, lambda: None):
        newer_program(monkeypatch)
        with pytest.raises(RegisterFault, match="另一次编号"), open_register(old):
            pass


def test_two_that_open_it_at_once_bring_it_forward_once(old: Where) -> None:
    program = """
import pytest
from support.registers.newer import newer_program
newer_program(pytest.MonkeyPatch())
with open_register(where) as opened:
    reserve(opened, (DONG, 1))
    assert opened.faults() == []"""
    assert run_programs(program, old, count=3) == [0] * 3
    assert len(kept(old)) == 1


def test_an_older_copy_is_brought_forward_as_it_is_put_back(
    old: Where, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_register(old) as opened:
        copy = opened.back_up(tmp_path / "copies", NOW, thorough=True)
        before = dump(old)
        reserve(opened, (DONG, 1))
    version = schema.VERSION
    newer_program(monkeypatch)
    with exclusive(old, 1, lambda: None):  # as the command does
        put_back(copy, old, NOW, force=True)
    assert faults(old) == [] and dump(old) == before
    with tampering(copy) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (version,), "the copy itself stays"


ORDERS = [
    (None, ""), ("office", ""), ("form", ""), (None, "填错"), (None, "填错 --reason 重填 --engine office"),
    (None, "遗失 --engine form"),
]  # fmt: skip
"""Engine and reason of the batches of version 1."""


def orders(where: Where) -> list[tuple[str | None, str]]:
    with open_register(where) as opened:
        return [
            (order.engine, order.reason)
            for number in range(1, 7)
            for order in [opened.batch(BatchId(2022, number)).order]
        ]


def test_engine_and_reason_are_taken_out_of_the_words_of_version_1_once(first: Where) -> None:
    before = dump(first)
    assert orders(first) == ORDERS
    assert faults(first) == [] and kept(first) == [before]


def test_what_version_1_had_begun_is_completed_and_sound(first: Where) -> None:
    with open_register(first) as opened:
        batch = opened.unfinished(2022)
        assert batch is not None
        old = Serial(2022, "01", 4)
        assert batch.order == replace_order(old, "遗失 --engine form") and batch.letters[0].replaces == old
        opened.confirm(batch.id, NOW, "digest")
        assert opened.history(old)[-1].why == "遗失 --engine form"
        reserve(opened, (DONG, 1))
    assert faults(first) == []


@pytest.mark.parametrize("change", ["engine = 'office'", "reason = '别的'", "engine = '', reason = ''"])
def test_what_was_taken_out_cannot_be_changed_unseen(first: Where, change: str) -> None:
    assert faults(first) == []
    number = 2 if change.startswith("engine = ''") else 5
    tamper(first, f"UPDATE batches SET {change} WHERE number = {number}")
    assert faults(first) == [f"批次 2022-00{number} 的记录与事件不符。"]


def test_a_copy_of_version_1_is_put_back(place: Where, tmp_path: Path) -> None:
    copy = tmp_path / "copies" / "2022-06-01-083000.db"
    lay_version_1(copy)
    with exclusive(place, 1, lambda: None):
        put_back(copy, place, NOW, force=False)
    assert orders(place) == ORDERS and faults(place) == []


def test_a_version_older_than_the_first_is_none(old: Where) -> None:
    set_version(old, 0)
    with pytest.raises(RegisterFault, match="第0版"), open_register(old):
        pass
