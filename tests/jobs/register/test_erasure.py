"""People's data goes after the retention period, from everywhere beside the register; numbers and chain stay."""

import shutil
import signal
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from support.clerk import DATE, lose, reconciled, reprint, void
from support.desk import Desk, Outcome, write_sheet
from support.inputs.lists import PEOPLE, write_list
from support.inputs.registrations import HEADER, code
from support.programs import LATER
from support.seen import assert_sound, filled, reprints

DAYS = 1000
TODAY = datetime.now().astimezone().date()
BEFORE = str(TODAY + timedelta(days=400))


def forget(desk: Desk, *options: str, before: str = BEFORE) -> Outcome:
    """After three years."""
    arguments = ("register", "forget", "--before", before, *options)
    return desk.run(str(DAYS), *arguments, program=LATER)


def surely(desk: Desk, *options: str) -> Outcome:
    return forget(desk, "--confirm", BEFORE, *options)


def holders(desk: Desk, number: int) -> list[str]:
    """Which files beside the register still hold a person's number or name."""
    who = PEOPLE[number]
    return [
        path.name
        for path in sorted((desk.root / "register").rglob("*"))
        if path.is_file()
        and any(word.encode() in path.read_bytes() for word in (who.id_no, who.name, who.phone))
    ]


@pytest.fixture
def past(after: Callable[[str, Callable[[Desk], object]], Desk]) -> Desk:
    """2022 is over: of four filled letters one is used, one void, one lost, one still out."""
    return after("past", live_through_2022)


def live_through_2022(desk: Desk) -> None:
    write_list(desk, "东村镇培育对象名单.xlsx", PEOPLE[:4])
    assert desk.run("letters", *DATE).code == 0
    assert filled(desk)[:4] == [(f"2022-01-000{number}", True) for number in (1, 2, 3, 4)]
    assert desk.run("register", "backup").code == 0
    reprint(desk, "01-0001")
    row = (
        code(1),
        PEOPLE[0].business,
        PEOPLE[0].name,
        PEOPLE[0].id_no,
        "2022-05-03",
        "存续",
        "",
        "2022-01-0001",
        "东村镇",
    )
    sheet = write_sheet(desk.root / "inputs" / "登记.xlsx", [HEADER, row])
    reconciled(desk)
    void(desk, "01-0002")
    lose(desk, "01-0003", why="丢失")
    sheet.unlink()
    (desk.root / "inputs" / "东村镇培育对象名单.xlsx").unlink()
    desk.settings("year = 2022", "year = 2023")


def test_first_it_only_tells_what_would_go(past: Desk) -> None:
    before = past.register.read_bytes()
    outcome = forget(past)
    assert outcome.code == 0 and "会删除3份" in outcome.out and "请加上 --confirm" in outcome.out, outcome
    assert "01-0004号未发放，还没有了结" in outcome.err
    assert past.register.read_bytes() == before and holders(past, 0)


def test_whom_letters_were_for_goes_and_everything_else_stays(past: Desk) -> None:
    assert all(
        "register.db" in holders(past, number) and len(holders(past, number)) == 2 for number in range(4)
    )
    letters, events = past.numbered(), past.ask("SELECT count(*) FROM events")[0][0]
    outcome = surely(past)
    assert outcome.code == 0 and "已删除3份" in outcome.out and "以前的1个已删除" in outcome.out, outcome
    assert [holders(past, number) for number in range(3)] == [[], [], []]
    assert len(holders(past, 3)) == 2, "a letter that is still out, in register and backup"
    assert past.numbered() == letters
    assert past.ask("SELECT what, unit, first, last FROM events ORDER BY id")[events:] == [
        ("forgotten", "01", 1, 3)
    ]
    assert past.run("register", "check").code == 0
    story = past.run("register", "history", "2022-01-0001", "--json").json
    assert (story["name"], story["id_no"], story["kind"], story["state"]) == (None, None, "filled", "used")
    assert [event["what"] for event in story["events"]][-2:] == ["used", "forgotten"]
    again = surely(past)
    assert again.code == 0 and "已删除0份" in again.out


def test_what_else_holds_their_data_is_named_and_left(past: Desk) -> None:
    past.run("register", "export")
    outcome = surely(past)
    [reprint] = reprints(past)
    for place in (past.batch(), reprint):
        assert str(place) in outcome.out and place.exists()
    assert "inputs" in outcome.out and "U 盘" in outcome.out and "领用人" in outcome.out
    shutil.rmtree(past.batch())
    shutil.rmtree(reprint)
    assert str(past.outputs / "letters") not in surely(past).out


def test_what_nobody_is_known_of_is_not_made_again(past: Desk) -> None:
    assert surely(past).code == 0
    shutil.rmtree(past.batch())
    outcome = past.run("letters", "--rebuild", "2022-001")
    assert outcome.code == 6 and "3份的个人信息已经按期删除" in outcome.err, outcome
    past.settings("year = 2023", "year = 2022")
    outcome = past.run("register", "replace", "01-0003", "--reason", "补")
    assert outcome.code == 6 and "按期删除" in outcome.err, outcome


def test_letters_of_the_plan_year_and_of_later_days_are_left(past: Desk) -> None:
    assert "会删除0份" in forget(past, before=str(TODAY)).out
    past.settings("year = 2023", "year = 2022")
    assert "会删除0份" in forget(past).out and "已删除0份" in surely(past).out
    assert holders(past, 0)


@pytest.mark.parametrize("options", [("--confirm", "2022-01-01"), ("--confirm", "随便")])
def test_the_day_must_be_written_twice(past: Desk, options: tuple[str, str]) -> None:
    before = past.register.read_bytes()
    assert forget(past, *options).code == 2 and past.register.read_bytes() == before


def test_a_day_to_come_is_refused(past: Desk) -> None:
    tomorrow = str(TODAY + timedelta(days=1))
    outcome = past.run("register", "forget", "--before", tomorrow, "--confirm", tomorrow)
    assert outcome.code == 2 and "还没有到" in outcome.err
    assert past.run("register", "forget").code == 2


def test_killed_before_the_file_was_written_anew_the_next_run_does_it(past: Desk) -> None:
    vacuum = "file scrubbed"
    arguments = ("register", "forget", "--before", BEFORE, "--confirm", BEFORE)
    killed = past.run(str(DAYS), *arguments, program=LATER, KILL=vacuum)
    assert killed.code == -signal.SIGKILL and past.run("register", "check").code == 0
    assert past.events()[-1] == "forgotten" and holders(past, 0) != []
    outcome = surely(past)
    assert outcome.code == 0 and "已删除0份" in outcome.out and holders(past, 0) == []


def test_somebody_forgotten_is_no_longer_known_by_a_list(past: Desk) -> None:
    """As the guide says: what is left of the old lists must go too."""
    assert surely(past).code == 0
    past.settings("year = 2023", "year = 2022")
    write_list(past, "东村镇培育对象名单.xlsx", PEOPLE[:1])
    assert past.run("letters", "--json").json["letters"] >= 1
    assert_sound(past, 10)
