"""The power fails at any moment: the register opens sound, and what was told as done is there."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from support.registers.numbered import DONG, IMPRINT, MIN, NOW, ORDER, SERIALS, WHO, reserve
from support.registers.outside import dump
from support.registers.power import Diary, noted

from pipeline.adapters.register import Register, open_register
from pipeline.adapters.register.makes import sqlite
from pipeline.domain.letters.lifecycle import Note, replace_order
from pipeline.domain.letters.model import Draft, Serial
from pipeline.errors import RegisterFault

NOTE = Note(date(2022, 6, 2), "张三", "某个原因")


def serials(*numbers: int) -> list[Serial]:
    return [Serial(2022, "01", number) for number in numbers]


def numbering(register: Register) -> Iterator[str]:
    drafts = [Draft(DONG, WHO), *(Draft(unit) for unit in (DONG, MIN) for _ in range(30))]
    batch = register.reserve(lambda _: drafts, SERIALS, IMPRINT, ORDER, NOW)
    assert batch is not None
    yield "reserve"
    register.use_templates(batch.id, random.Random(1).randbytes(30_000), b"receipt")
    yield "use_templates"
    register.confirm(batch.id, NOW, "digest")
    yield "confirm"


def giving_back(register: Register) -> Iterator[str]:
    batch = reserve(register, (DONG, 40))
    yield "reserve"
    register.release(batch.id, NOW, "中断")
    yield "release"
    reserve(register, (DONG, 2))
    yield "reserve"


def moving(register: Register) -> Iterator[str]:
    for to in ("distributed", "returned", "distributed", "used"):
        register.move(to, dict.fromkeys(serials(1, 2, 3), NOTE), NOW)
        yield to
    register.record_reprint(serials(4, 5), NOTE, NOW, "digest")
    yield "reprint"


def replacing(register: Register) -> Iterator[str]:
    order = replace_order(serials(4)[0], "填错")
    drafts = [Draft(DONG, replaces=serials(4)[0])]
    batch = register.reserve(lambda _: drafts, SERIALS, IMPRINT, order, NOW)
    assert batch is not None
    yield "reserve"
    register.use_templates(batch.id, b"letter", b"receipt")
    yield "use_templates"
    register.confirm(batch.id, NOW, "digest")
    yield "confirm"


def forgetting(register: Register) -> Iterator[str]:
    register.move("lost", dict.fromkeys(serials(1), NOTE), NOW)
    yield "lost"
    register.forget(serials(1), "期满", NOW + timedelta(days=900))
    yield "forget"
    register.scrub()
    yield "scrub"


@dataclass
class Course:
    """What was done to a register, and what it then held."""

    diary: Diary
    acknowledged: list[tuple[int, object]]
    """How many deeds had been done when a step was told as done, and all rows at that time; the first is the beginning."""


def course(path: Path, steps: Callable[[Register], Iterator[str]]) -> Course:
    """Do the steps, and note them."""
    path.parent.mkdir(exist_ok=True)
    if steps in {moving, replacing, forgetting}:
        with open_register(path) as register:
            list(numbering(register))
    else:
        with open_register(path):
            pass
    with noted(path.parent) as diary:
        told: list[tuple[int, object]] = [(0, dump(path))]
        with open_register(path) as register:
            told += ((len(diary.deeds), dump(path)) for _ in steps(register))
    return Course(diary, told)


def breaches(done: Course, folder: Path, seed: int) -> list[str]:
    """Failures, one after each deed, after which the register is not sound, or does not hold what it must."""
    chance, found = random.Random(seed), []
    folder.mkdir()
    path = folder / "register.db"
    for count in range(len(done.diary.deeds) + 1):
        for name, data in done.diary.after_failure(count, chance).items():
            (folder / name).write_bytes(data)
        sure = max(step for step, (deeds, _) in enumerate(done.acknowledged) if deeds <= count)
        allowed = [rows for _, rows in done.acknowledged[sure : sure + 2]]
        try:
            with open_register(path) as register:
                faults = register.faults()
            if faults or dump(path) not in allowed:
                found.append(f"after {count} deeds: {faults or 'not what was told'}")
        except RegisterFault as fault:
            found.append(f"after {count} deeds: {fault}")
    return found


@pytest.mark.parametrize("steps", [numbering, giving_back, moving, replacing, forgetting])
def test_whenever_the_power_fails_the_register_is_sound_and_nothing_told_is_lost(
    tmp_path: Path, steps: Callable[[Register], Iterator[str]]
) -> None:
    done = course(tmp_path / "register" / "register.db", steps)
    kinds = {deed.kind for deed in done.diary.deeds}
    assert kinds == {"write", "truncate", "sync"} and len(done.diary.deeds) > 20
    assert {deed.file for deed in done.diary.deeds} == {"register.db", "register.db-journal"}
    assert breaches(done, tmp_path / "then", seed=len(steps.__name__)) == []


@pytest.mark.parametrize("setting", ["synchronous = OFF", "journal_mode = OFF"])
def test_without_syncs_or_journal_it_would_not_be(
    tmp_path: Path, setting: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = sqlite.prepare

    def careless(connection: object) -> None:
        real(connection)  # type: ignore[arg-type]
        connection.execute(f"PRAGMA {setting}")  # type: ignore[attr-defined]

    monkeypatch.setattr(sqlite, "prepare", careless)
    done = course(tmp_path / "register" / "register.db", numbering)
    monkeypatch.undo()
    assert breaches(done, tmp_path / "then", seed=1)
