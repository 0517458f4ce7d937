"""Whatever stops a run at whatever moment: the next plain run completes it, and no number is lost, doubled or skipped."""

import ctypes
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from support.clerk import at_once
from support.desk import KEYS, TARGETS, Desk, ended, processes_at, processes_of, until
from support.paper import page_count
from support.programs import KILLER
from support.programs.ready import FORMS
from support.programs.stages import OF_A_RUN, STAGES, found
from support.seen import assert_whole


def is_converting(desk: Desk) -> bool:
    """Whether a document is with LibreOffice."""
    return any("--convert-to" in line for line in processes_of(desk.outputs))


@pytest.fixture
def unfinished(after: Callable[[str, Callable[[Desk], object]], Desk]) -> Desk:
    """A desk whose first run was killed when all but the folder was there."""

    def killed(desk: Desk) -> None:
        assert desk.run("before", "batch published", "letters", program=KILLER).code == -signal.SIGKILL

    return after("killed", killed)


def test_the_check_for_wholeness_sees_a_missing_page_and_a_leftover(printed_desk: Desk) -> None:
    assert_whole(printed_desk)
    (printed_desk.outputs / ".work").mkdir(mode=0o700)
    with pytest.raises(AssertionError):
        assert_whole(printed_desk)
    (printed_desk.outputs / ".work").rmdir()
    one_unit = next((printed_desk.batch() / "各单位").iterdir())
    shutil.copy(one_unit, printed_desk.batch() / "介绍信.pdf")
    with pytest.raises(AssertionError):
        assert_whole(printed_desk)


@pytest.mark.parametrize("stage", STAGES)
def test_every_stage_is_in_the_product(stage: str) -> None:
    owner, name = found(stage)
    assert callable(getattr(owner, name))


@pytest.mark.parametrize(
    "when, stage",
    [
        pytest.param(when, stage, id=f"{when} {stage}")
        for stage, sides in OF_A_RUN.items()
        for when in sides.split()
    ],
)
def test_killed_at_a_stage_boundary_the_next_run_completes_everything(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, stage: str, when: str
) -> None:
    if stage == "converted":  # LibreOffice is wanted where no form is kept yet
        monkeypatch.delenv(FORMS)
    killed = desk.run(when, stage, "letters", program=KILLER)
    assert killed.code == -signal.SIGKILL, killed
    again = desk.run("letters")
    assert again.code == 0, again
    assert_whole(desk)


@pytest.mark.parametrize("stage", ["batch confirmed", "templates kept"])
def test_killed_in_the_second_batch_the_first_is_untouched(printed_desk: Desk, stage: str) -> None:
    first = (printed_desk.batch() / "manifest.json").read_bytes()
    printed_desk.write_targets([(name, target + 1) for name, target in TARGETS])
    killed = printed_desk.run("before", stage, "letters", program=KILLER)
    assert killed.code == -signal.SIGKILL
    assert printed_desk.run("letters").code == 0
    assert_whole(printed_desk, [*KEYS, "2022-01-0003", "2022-02-0004", "2022-03-0005"])
    assert (printed_desk.batch() / "manifest.json").read_bytes() == first


def test_killed_twice_in_a_row_changes_nothing(desk: Desk) -> None:
    for stage in (
        "manifest written",
        "batch published",
        "batch confirmed",
    ):
        assert desk.run("before", stage, "letters", program=KILLER).code == -signal.SIGKILL
    assert desk.run("letters").code == 0
    assert_whole(desk)


def test_an_extra_order_that_was_killed_is_not_printed_twice(printed_desk: Desk) -> None:
    order = ("letters", "--unit", "东村镇", "--count", "2")
    killed = printed_desk.run("before", "batch published", *order, program=KILLER)
    assert killed.code == -signal.SIGKILL
    assert printed_desk.run(*order).code == 0
    assert_whole(printed_desk, [*KEYS, "2022-01-0003", "2022-01-0004"])


def test_an_unfinished_batch_is_told_by_status_and_check_and_dry_run(unfinished: Desk) -> None:
    for command in (("register", "status"), ("register", "check"), ("letters", "--dry-run")):
        outcome = unfinished.run(*command)
        assert outcome.code == 0 and "2022-001" in outcome.out + outcome.err, outcome
    assert not unfinished.batch().exists()
    assert unfinished.run("letters", "--rebuild", "2022-001").code == 6
    assert unfinished.run("letters").code == 0
    assert_whole(unfinished)


def test_an_unfinished_batch_is_completed_even_when_the_target_was_lowered_since(unfinished: Desk) -> None:
    unfinished.write_targets([(name, 1) for name, _ in TARGETS])
    assert unfinished.run("letters").code == 0
    assert_whole(unfinished)


def test_an_unfinished_batch_and_a_raised_target_are_printed_by_one_run(unfinished: Desk) -> None:
    unfinished.write_targets([(name, target + 1) for name, target in TARGETS])
    outcome = unfinished.run("letters", "--json")
    assert outcome.code == 0 and outcome.json["batches"] == ["2022-001", "2022-002"]
    assert_whole(unfinished, [*KEYS, "2022-01-0003", "2022-02-0004", "2022-03-0005"])


@pytest.mark.soffice
@pytest.mark.slow
@pytest.mark.parametrize("moment_s", [0.6, 1.1, 1.8])
def test_killed_at_any_moment_of_a_real_run_the_next_run_completes_everything(
    tmp_path: Path, remembering: Path, moment_s: float
) -> None:
    desk = Desk.laid(tmp_path / "工作")
    process = desk.start("letters")
    time.sleep(moment_s)
    process.kill()
    ended(process)
    until(lambda: not processes_of(desk.root), 10, "soffice gone")
    desk.office = remembering
    again = desk.run("letters")
    assert again.code == 0, again
    assert_whole(desk)


def test_killed_while_a_second_process_helps_that_dies_too_and_the_next_run_completes_everything(
    desk: Desk,
) -> None:
    stage = "register sheet written"
    killed = desk.run("before", stage, "letters", program=KILLER, WORTH_A_PROCESS="1")
    assert killed.code == -signal.SIGKILL and killed.out.splitlines()[-1] == "1 helper", killed
    until(lambda: not processes_at(desk.root.parent) and not processes_of(desk.root), 10, "helper gone")
    assert desk.run("letters").code == 0
    assert_whole(desk)


@pytest.mark.soffice
def test_no_libreoffice_is_left_after_kill_9(tmp_path: Path) -> None:
    desk = Desk.laid(tmp_path / "工作")
    process = desk.start("letters")
    until(lambda: any("soffice.bin" in line for line in processes_of(desk.outputs)), 60, "soffice started")
    process.kill()
    ended(process)
    until(lambda: not processes_of(desk.root), 10, "soffice gone")


def test_what_was_being_started_when_the_run_was_killed_is_not_started(
    desk: Desk, make_office: Callable[[str], Path]
) -> None:
    """Between a fork and the moment at which the kernel knows with whom to end it nobody would."""
    desk.office = make_office("hangs")
    slow = desk.office / "setpriv"
    slow.write_text(f'#!/bin/sh\nsleep 1\nexec {shutil.which("setpriv")} "$@"\n', encoding="utf-8")
    slow.chmod(0o755)
    process = desk.start("letters")
    until(lambda: any("pdeathsig" in line for line in processes_of(desk.outputs)), 60, "setpriv started")
    process.kill()
    ended(process)
    until(lambda: not processes_of(desk.root), 10, "nothing is left")


def test_two_runs_at_once_both_end_well_and_number_each_letter_once(desk: Desk) -> None:
    outcomes = at_once(*[(desk, ("letters", "--json"))] * 2)
    assert [outcome.code for outcome in outcomes] == [0, 0], outcomes
    assert sorted(outcome.json["letters"] for outcome in outcomes) == [0, 9]
    assert any("等它结束" in outcome.err for outcome in outcomes)
    assert_whole(desk)


def test_two_different_orders_at_once_both_get_their_letters(printed_desk: Desk) -> None:
    orders = [("letters", "--unit", name, "--count", "2") for name in ("东村镇", "普明镇", "东村镇")]
    assert [each.code for each in at_once(*((printed_desk, order) for order in orders))] == [0, 0, 0]
    more = ["2022-01-0003", "2022-01-0004", "2022-01-0005", "2022-01-0006", "2022-02-0004", "2022-02-0005"]
    assert_whole(printed_desk, [*KEYS, *more])


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_interrupted_the_numbers_go_back_and_the_next_run_begins_at_1(
    desk: Desk, make_office: Callable[[str], Path], remembering: Path, name: str
) -> None:
    desk.office = make_office("hangs after numbering")
    process = desk.start("letters")
    until(desk.numbered, 60, "numbered")
    until(lambda: is_converting(desk), 60, "soffice at work")
    process.send_signal(getattr(signal, name))
    outcome = ended(process, 20)
    assert outcome.code == 130 and "已中断" in outcome.err and "Traceback" not in outcome.err
    assert desk.numbered() == [] and desk.events() == ["reserved", "released"]
    assert not processes_of(desk.outputs) and not desk.outputs.exists()
    assert desk.run("register", "check").code == 0
    desk.office = remembering
    assert desk.run("letters").code == 0
    assert_whole(desk)


def test_a_signal_that_reaches_another_thread_is_heard_all_the_same(
    desk: Desk, make_office: Callable[[str], Path]
) -> None:
    desk.office = make_office("hangs after numbering")
    process = desk.start("letters")
    until(desk.numbered, 60, "numbered")
    until(lambda: is_converting(desk), 60, "soffice at work")
    threads = {int(entry.name) for entry in Path(f"/proc/{process.pid}/task").iterdir()} - {process.pid}
    assert ctypes.CDLL(None).tgkill(process.pid, max(threads), signal.SIGTERM) == 0
    assert ended(process, 20).code == 130
    assert desk.numbered() == [] and desk.events() == ["reserved", "released"]


def test_interrupted_before_numbering_nothing_has_happened(
    desk: Desk, make_office: Callable[[str], Path]
) -> None:
    desk.office = make_office("hangs")
    process = desk.start("letters")
    until(lambda: is_converting(desk), 60, "soffice at work")
    process.send_signal(signal.SIGINT)
    assert ended(process, 20).code == 130
    until(lambda: not processes_of(desk.outputs), 5, "child gone")
    assert desk.numbered() == [] and desk.events() == [] and not desk.outputs.exists()


def test_a_batch_that_came_out_just_before_the_crash_is_confirmed_and_not_printed_again(desk: Desk) -> None:
    stage = "batch confirmed"
    assert desk.run("before", stage, "letters", program=KILLER).code == -signal.SIGKILL
    assert page_count(desk.batch() / "介绍信.pdf") == 9
    before = {path: path.stat().st_mtime_ns for path in desk.batch().rglob("*")}
    assert desk.run("letters").code == 0
    assert {path: path.stat().st_mtime_ns for path in desk.batch().rglob("*")} == before
    assert_whole(desk)
