"""A disk that is full or read-only under the register: each command says so, changes nothing, and works again later."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from support.desk import Desk, Outcome, write_sheet
from support.disks import full, mount_small, read_only, unmount
from support.inputs.registrations import HEADER, code
from support.programs import REFUSER
from support.seen import assert_clear, assert_sound, assert_whole, reprints, states

Refusing = Callable[[Path], AbstractContextManager[None]]
COMMANDS = [
    ("register", "distribute", "--batch", "2022-001", "--receiver", "张三"),
    ("register", "void", "01-0001", "--reason", "填错"),
    ("register", "lost", "01-0001", "--reason", "丢失"),
    ("register", "reprint", "01-0001", "--reason", "卡纸"),
    ("register", "replace", "01-0001", "--reason", "填错"),
    ("register", "reconcile"),
    ("letters", "--unit", "东村镇", "--count", "1"),
    ("bulletin", "--month", "2022-05"),
]


@pytest.fixture
def small_disk(printed_desk: Desk) -> Iterator[Desk]:
    """The desk with its register on a small disk of its own."""
    folder = printed_desk.register.parent
    aside = folder.with_name("移走")
    folder.rename(aside)
    folder.mkdir(mode=0o700)
    is_mounted = mount_small(folder, "1m")
    try:
        for path in aside.iterdir():
            shutil.copy(path, folder)
        shutil.rmtree(aside)
        rows = [(code(1), "甲店", "王某", "", "2022-05-03", "存续", "", "2022-01-0001", "东村镇")]
        write_sheet(printed_desk.root / "inputs" / "登记.xlsx", [HEADER, *rows])
        yield printed_desk
    finally:
        if is_mounted:
            unmount(folder)


def run_refused(desk: Desk, refusing: Refusing, command: tuple[str, ...]) -> Outcome:
    """Run a command while the disk refuses; without the right to mount one, no file may grow instead."""
    if os.path.ismount(desk.register.parent):
        with refusing(desk.register.parent):
            return desk.run(*command)
    return desk.run("limit", "1000", *command, program=REFUSER)


@pytest.mark.parametrize("refusing", [full, read_only])
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: " ".join(command[:2]))
def test_a_disk_that_refuses_changes_nothing(
    small_disk: Desk, command: tuple[str, ...], refusing: Refusing
) -> None:
    before, events = small_disk.numbered(), small_disk.events()
    assert_clear(run_refused(small_disk, refusing, command), 7, "磁盘空间")
    assert small_disk.numbered() == before and states(small_disk) == {}
    assert small_disk.events() in (events, [*events, "reserved", "released"])
    assert reprints(small_disk) == [] and not (small_disk.outputs / "bulletin" / "2022-05").exists()
    assert_whole(small_disk)
    outcome = small_disk.run(*command)
    assert outcome.code == 0, outcome
    assert small_disk.run("register", "check").code == 0


@pytest.mark.parametrize("refusing", [full, read_only])
def test_what_only_reads_says_what_it_can_or_why_not(small_disk: Desk, refusing: Refusing) -> None:
    for command in (("register", "status"), ("register", "check"), ("register", "list")):
        outcome = run_refused(small_disk, refusing, command)
        assert outcome.code in {0, 7} and "Traceback" not in outcome.err, outcome
    assert_sound(small_disk, 9)
