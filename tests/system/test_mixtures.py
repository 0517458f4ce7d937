"""Fifteen people with texts of every mixture; a thousand are outside the suite, see ``mixtures.py``."""

from dataclasses import replace
from pathlib import Path

import pytest
from support.desk import Desk
from support.inputs.people import applicants
from support.mixtures import Run, breaches, disagreements, lost, mixed, run


@pytest.mark.slow
@pytest.mark.soffice
def test_check_and_letters_agree_on_every_row_and_nothing_is_lost(tmp_path: Path, remembering: Path) -> None:
    told, found = breaches(tmp_path, 15, 2, remembering)
    assert found == []
    assert told["printed"] > 10 and told["too-long"] >= 3 and told["set"] >= 4


# ---- what it looks at, it sees


def test_the_people_are_of_every_mixture() -> None:
    texts = "".join(who.business + who.scope for who in mixed(200, 1))
    assert all(part in texts for part in ("www.", "𠮷", "䶮", "KTV", "（", "(", "-", " "))


@pytest.mark.soffice
def test_a_row_that_only_one_command_names_and_a_lost_character_are_seen(desk: Desk) -> None:
    sound = run(desk, applicants(2))
    assert sound.checked == sound.skipped == {} and [*disagreements(sound), *lost(sound)] == []
    problem = {2: [{"code": "too-long"}]}
    assert len(list(disagreements(replace(sound, checked=problem)))) == 1
    other = [replace(who, name=who.name + "某") for who in sound.people]
    assert len(list(lost(Run(other, {}, {}, sound.desk)))) == 2
