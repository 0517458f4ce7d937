"""``register check`` on what was published: one byte changed, one file gone or too many, and it is named."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from support.clerk import reprint
from support.desk import Desk, Outcome
from support.programs import KILLER
from support.seen import reprints

from pipeline.adapters.inputs import sha256_of


def check(desk: Desk) -> Outcome:
    return desk.run("register", "check")


def flip(path: Path) -> None:
    """Change one byte, keeping the file's size."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def add(path: Path) -> None:
    shutil.copy(path, path.with_name("多出来的.pdf"))


def forge(path: Path) -> None:
    """A file is changed and the manifest made to agree with it."""
    flip(path)
    manifest = (
        next(parent for parent in path.parents if (parent / "manifest.json").exists()) / "manifest.json"
    )
    told = json.loads(manifest.read_text(encoding="utf-8"))
    told["files"][path.relative_to(manifest.parent).as_posix()] = sha256_of(path)
    manifest.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")


TAMPERINGS: list[tuple[Callable[[Path], None], str]] = [
    (flip, "{name} 被改动"), (Path.unlink, "{name} 不见了"), (add, "多出来的.pdf 不是印发的"), (forge, "manifest.json 不是印发时的"),
]  # fmt: skip


@pytest.mark.parametrize("name", ["介绍信.pdf", "各单位/02-普明镇.pdf", "领取签收表.docx"])
@pytest.mark.parametrize("tamper, told", TAMPERINGS)
def test_a_published_file_that_was_tampered_with_is_named(
    printed_desk: Desk, name: str, tamper: Callable[[Path], None], told: str
) -> None:
    assert check(printed_desk).code == 0
    tamper(printed_desk.batch() / name)
    outcome = check(printed_desk)
    assert outcome.code == 6 and "批次 2022-001：" in outcome.err and "--rebuild" in outcome.out, outcome
    assert told.format(name=name) in outcome.err and len(outcome.err.splitlines()) == 1
    assert len(printed_desk.run("register", "check", "--json").json["faults"]) == 1


def test_what_the_advice_says_helps(printed_desk: Desk, tmp_path: Path) -> None:
    flip(printed_desk.batch() / "介绍信.pdf")
    assert check(printed_desk).code == 6
    printed_desk.batch().rename(tmp_path / "别处")
    outcome = check(printed_desk)
    assert outcome.code == 0 and "2022-001 的文件不在 outputs 里" in outcome.out
    assert printed_desk.run("register", "check", "--json").json["missing"] == ["2022-001"]
    assert printed_desk.run("letters", "--rebuild", "2022-001").code == 0
    assert check(printed_desk).code == 0 and "不在 outputs" not in check(printed_desk).out


def test_what_a_desktop_leaves_in_a_folder_is_passed_over(printed_desk: Desk) -> None:
    for name in (".DS_Store", "~$介绍信.docx", ".~lock.领取签收表.docx#"):
        (printed_desk.batch() / name).touch()
    assert check(printed_desk).code == 0


def test_a_batch_that_the_register_does_not_know_is_named(printed_desk: Desk) -> None:
    shutil.copytree(printed_desk.batch(), printed_desk.batch("2022-002"))
    shutil.copytree(printed_desk.batch(), printed_desk.batch("2021-001"))
    outcome = check(printed_desk)
    assert outcome.code == 6 and [line[2:13] for line in outcome.err.splitlines()] == [
        "批次 2021-001",
        "批次 2022-002",
    ]


def test_an_unfinished_batch_is_no_fault(desk: Desk) -> None:
    killed = desk.run("before", "batch confirmed", "letters", program=KILLER)
    assert killed.code < 0 and desk.batch().exists()
    outcome = desk.run("register", "check", "--json")
    assert outcome.code == 0 and outcome.json["unfinished"] == "2022-001"


def test_a_rebuild_that_was_killed_leaves_nothing_unknown(printed_desk: Desk) -> None:
    shutil.rmtree(printed_desk.batch())
    command = ("letters", "--rebuild", "2022-001")
    killed = printed_desk.run("after", "batch published", *command, program=KILLER)
    assert killed.code < 0 and printed_desk.batch().exists()
    assert check(printed_desk).code == 0


@pytest.mark.parametrize("tamper, told", TAMPERINGS)
def test_a_reprint_that_was_tampered_with_is_named(
    printed_desk: Desk, tamper: Callable[[Path], None], told: str
) -> None:
    reprint(printed_desk, "01-0001")
    assert check(printed_desk).code == 0
    [folder] = reprints(printed_desk)
    letters = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["letters"]
    assert [(each["key"], each["page"], each["reprint"]) for each in letters] == [("2022-01-0001", 1, 1)]
    tamper(folder / "介绍信.pdf")
    outcome = check(printed_desk)
    assert outcome.code == 6 and f"补打 {folder.name}：{told.format(name='介绍信.pdf')}" in outcome.err, (
        outcome
    )
    shutil.rmtree(folder)
    assert check(printed_desk).code == 0


def test_a_reprint_under_another_time_is_named(printed_desk: Desk) -> None:
    reprint(printed_desk, "01-0001")
    [folder] = reprints(printed_desk)
    folder.rename(folder.with_name("2022-01-01-000000"))
    assert check(printed_desk).code == 6
