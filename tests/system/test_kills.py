"""Sixteen random kills over all commands; a thousand are outside the suite, see ``support.kills``."""

import json
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from support.desk import Desk
from support.kills.sight import Done, Sight, assert_always, look, prove_tidy
from support.programs import ready
from support.programs.ready import FORMS


@pytest.mark.slow
def test_sixteen_kills_lose_and_double_nothing(tmp_path: Path, memory: Path) -> None:
    memory.mkdir(exist_ok=True)
    words = ["-m", "support.kills", "--kills", "16", "--seed", "11", "--printing", "0.1", "--memory"]
    environment = Desk(tmp_path).environment(TMPDIR=f"{tmp_path}", **{FORMS: ""})
    code, out, err = ready.run([*words, str(memory)], environment, tmp_path, 280)
    assert code == 0, err
    told = json.loads(out)
    assert told["kills"] == 16 and sum(told["met"].values()) == 16 and len(told["commands"]) > 5


# ---- what it looks at, it sees


def test_a_sound_world_is_found_so(printed_desk: Desk) -> None:
    assert_always(look(printed_desk))
    assert prove_tidy(printed_desk, set()) == {"2022-001"}


def doubled(sight: Sight) -> Sight:
    return replace(sight, folders={**sight.folders, "2022-002": sight.folders["2022-001"]})


def lost(sight: Sight) -> Sight:
    return replace(
        sight, letters={key: paper for key, paper in sight.letters.items() if key != "2022-01-0002"}
    )


def numbered_twice(sight: Sight) -> Sight:
    return replace(sight, told=sight.told + Counter({("reserved", "2022-01-0001"): 1}))


def printed_twice(sight: Sight) -> Sight:
    return replace(sight, told=sight.told + Counter({("printed", "2022-01-0001"): 1}))


def never_printed(sight: Sight) -> Sight:
    return replace(sight, folders={"2022-001": sight.folders["2022-001"][1:]})


def uncounted(sight: Sight) -> Sight:
    return replace(sight, reprints=(("2022-01-0001",),))


def entered(*acts: Done) -> Callable[[Sight], Sight]:
    return lambda sight: replace(sight, journal=acts)


OPEN, REMIND = Done("items", 1, "open", "01", None), Done("提醒", 1, "confirm", "01", 1)


def printed_for_two_meetings(sight: Sight) -> Sight:
    return replace(sight, sheets=Counter({"2022-01": 2}))


JOURNALS = {
    "gap in items": entered(replace(OPEN, number=2)),
    "item doubled": entered(OPEN, OPEN),
    "gap in papers": entered(replace(REMIND, number=2)),
    "paper doubled": entered(REMIND, replace(REMIND, unit="02")),
    "two papers of a month": entered(REMIND, replace(REMIND, number=2)),
    "paper without its item": entered(replace(REMIND, series="督办")),
}


@pytest.mark.parametrize(
    "harm",
    [
        doubled, lost, numbered_twice, printed_twice, never_printed, uncounted, printed_for_two_meetings,
        *(pytest.param(harm, id=name) for name, harm in JOURNALS.items()),
    ],
)  # fmt: skip
def test_each_harm_is_seen(printed_desk: Desk, harm: Callable[[Sight], Sight]) -> None:
    with pytest.raises(AssertionError):
        assert_always(harm(look(printed_desk)))


def test_half_a_folder_and_a_leftover_are_seen(printed_desk: Desk) -> None:
    left = printed_desk.register.with_name("register.db.new")
    left.touch()
    with pytest.raises(AssertionError):
        prove_tidy(printed_desk, set())
    left.unlink()
    page = printed_desk.batch() / "各单位" / "01-东村镇.pdf"
    shutil.copy(page, printed_desk.batch() / "介绍信.pdf")
    with pytest.raises((AssertionError, ValueError)):
        prove_tidy(printed_desk, set())
    page.unlink()
    with pytest.raises(AssertionError):
        look(printed_desk)
