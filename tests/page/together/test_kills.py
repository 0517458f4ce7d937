"""Kill -9 of the page's server; a hundred are outside the suite, see ``support.page.kills``."""

from collections import Counter

import pytest
from support.desk import Desk
from support.page.kills.clerk import digest
from support.page.kills.siege import Siege


@pytest.mark.slow
def test_a_server_killed_again_and_again_loses_and_halves_nothing(desk: Desk) -> None:
    siege = Siege(desk, seed=4)
    for _ in range(4):
        siege.kill()
    siege.close()

    did = sum((clerk.did for clerk in siege.clerks), Counter[str]())
    assert did["kept"] and did["asked"] and did["run"], did


# ---- what it looks at, it sees


def test_half_a_table_is_seen(desk: Desk) -> None:
    siege = Siege(desk, seed=1)
    whole = siege.inputs / "任务分解表.xlsx"
    siege.whole()
    (siege.inputs / "半个.xlsx").write_bytes(whole.read_bytes()[:-1])
    with pytest.raises(AssertionError, match="not whole"):
        siege.whole()


def test_what_was_told_and_is_not_so_is_seen(desk: Desk) -> None:
    [clerk, other, _] = Siege(desk, seed=1).clerks
    inputs = desk.root / "inputs"
    for who, path in ((clerk, "甲/一.csv"), (other, "乙/一.csv")):
        place = inputs / path
        place.parent.mkdir()
        place.write_bytes(b"a")
        who.there[path] = digest(b"a")
        who.had.add((path, digest(b"a")))
        who.after(inputs)
    (inputs / "甲/一.csv").write_bytes(b"b")
    with pytest.raises(AssertionError, match="not what was told"):
        clerk.after(inputs)
    (inputs / "乙/一.csv").write_bytes(b"b")
    other.there["乙/一.csv"] = digest(b"b")  # replaced, and the old one is not in the history
    with pytest.raises(AssertionError, match="乙/一"):
        other.after(inputs)
