"""People on letters are erased whole, for good, and by an event, or not at all; the rest of the register stays proved."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from support.registers.numbered import DONG, IMPRINT, NOW, ORDER, SERIALS, WHO, faults
from support.registers.outside import MAKES, REFUSED, dump, tamper, tampering

from pipeline.adapters.register import Register, Where, open_register, put_back
from pipeline.domain.letters.lifecycle import Note
from pipeline.domain.letters.model import Draft, Serial
from pipeline.domain.model import Applicant

OTHER = Applicant("李某某", "141127199001010026", "13900000000", "别的面馆", "凉粉", "岚县东村镇二号")
NOTE = Note(date(2022, 6, 2), "张三", "某个原因")
PERSON = ("name", "id_no", "phone", "business", "scope", "address")
ERASED = ", ".join(f"{column} = NULL" for column in PERSON)
ONE = "WHERE unit = '01' AND number = 1"


def serials(*numbers: int) -> list[Serial]:
    return [Serial(2022, "01", number) for number in numbers]


@pytest.fixture(params=MAKES)
def filled(request: pytest.FixtureRequest, register_after: Callable[..., Where]) -> Where:
    """01-0001 and 01-0002 are filled, 01-0003 is blank; the first is used, all are printed; in turn by each make."""
    return register_after(request.param, "filled-register", fill)


def fill(where: Where) -> None:
    with open_register(where) as register:
        drafts = [Draft(DONG, WHO), Draft(DONG, OTHER), Draft(DONG)]
        batch = register.reserve(lambda _: drafts, SERIALS, IMPRINT, ORDER, NOW)
        assert batch is not None
        register.use_templates(batch.id, b"letter", b"receipt")
        register.confirm(batch.id, NOW, "digest")
        register.move("used", dict.fromkeys(serials(1), NOTE), NOW)


def forget(where: Where, *numbers: int) -> None:
    with open_register(where) as register:
        register.forget(serials(*numbers), "期满", NOW + timedelta(days=900))
        register.scrub()


def people(register: Register) -> list[str]:
    return [letter.serial.key for letter in register.people(2023)]


def test_a_forgotten_letter_keeps_everything_but_whom_it_was_for(filled: Where) -> None:
    before = {row[:4]: row for row in dump(filled) if row[0] == "letters"}
    forget(filled, 1)
    assert faults(filled) == []
    with open_register(filled) as register:
        forgotten, other, blank = register.span(*serials(1, 3))
        assert (forgotten.applicant, forgotten.is_forgotten, forgotten.kind, forgotten.state) == (
            None,
            True,
            "filled",
            "used",
        )
        assert (other.applicant, other.is_forgotten, blank.is_forgotten, blank.kind) == (
            OTHER,
            False,
            False,
            "blank",
        )
        assert people(register) == ["2022-01-0002"]
        last = register.history(forgotten.serial)[-1]
        assert (last.what, last.first, last.last, last.why) == ("forgotten", forgotten.serial, 1, "期满")
        register.move("void", dict.fromkeys(serials(1), NOTE), NOW, force=True)
        assert register.faults() == []
    after = {row[:4]: row for row in dump(filled) if row[0] == "letters"}
    assert before.keys() == after.keys()
    kept = [name for name in range(20) if any(before[key][name] != after[key][name] for key in before)]
    assert kept == [10, 11, 12, 13, 14, 15, 16, 19], "name … address, salt, and the state that was moved"


@pytest.mark.parametrize("state", ["printed", "distributed", "returned"])
def test_a_letter_that_is_still_out_is_not_forgotten(filled: Where, state: str) -> None:
    with open_register(filled) as register:
        for to in {"printed": (), "distributed": ("distributed",), "returned": ("distributed", "returned")}[
            state
        ]:
            register.move(to, dict.fromkeys(serials(2), NOTE), NOW)
        before = dump(filled)
        with pytest.raises(Exception):  # noqa: B017, PT011 - the guard's word, in either make's
            register.forget(serials(2), "期满", NOW)
    assert dump(filled) == before and faults(filled) == []


@pytest.mark.parametrize(
    "change",
    [
        "name = '别人'", "id_no = '1'", "phone = NULL", "business = '别的店'", "address = NULL, scope = NULL", "salt = 'x'", "salt = ''",
        f"{ERASED}", f"{ERASED}, salt = ''", f"{ERASED}, salt = '', signature = '别人'", "name = name",
    ],
)  # fmt: skip
@pytest.mark.parametrize("number", [1, 2, 3])
def test_without_an_event_nothing_about_a_person_changes(filled: Where, change: str, number: int) -> None:
    before = dump(filled)
    with tampering(filled) as connection, pytest.raises(REFUSED):
        connection.execute(f"UPDATE letters SET {change} WHERE unit = '01' AND number = {number}")
    assert dump(filled) == before and faults(filled) == []


@pytest.mark.parametrize(
    "change", ["name = '别人'", f"{ERASED}, salt = 'x'", f"{ERASED}, salt = ''", "salt = salt"]
)
def test_what_was_forgotten_never_comes_back(filled: Where, change: str) -> None:
    forget(filled, 1)
    with tampering(filled) as connection, pytest.raises(REFUSED):
        connection.execute(f"UPDATE letters SET {change} {ONE}")
    assert faults(filled) == []


@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE letters SET {ERASED}, salt = '' {ONE}",
        f"UPDATE letters SET {ERASED} {ONE}",
        f"UPDATE letters SET phone = NULL {ONE}",
        f"UPDATE letters SET {ERASED}, salt = '', person = '' {ONE}",
    ],
)
def test_who_erases_past_the_guards_is_found(filled: Where, statement: str) -> None:
    tamper(filled, statement)
    assert any("2022-01-0001" in fault for fault in faults(filled))


@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE letters SET name = '别人' {ONE}",
        f"UPDATE letters SET salt = 'x' {ONE}",
        f"UPDATE letters SET person = 'x' {ONE}",
        f"UPDATE letters SET signature = '别人' {ONE}",
    ],
)
def test_a_forgotten_letter_that_is_tampered_with_is_found(filled: Where, statement: str) -> None:
    forget(filled, 1)
    tamper(filled, statement)
    assert any("2022-01-0001" in fault for fault in faults(filled))


def test_an_event_that_forgets_a_letter_still_out_is_found(filled: Where) -> None:
    with open_register(filled) as register:
        register._record("forgotten", register._rows_of(serials(2)[:1]), NOW, ("", "", ""))
    assert any("规则不许" in fault for fault in faults(filled))


def told(path: Path) -> dict[str, list[str]]:
    """Which of a person's words are in which file of a folder."""
    found: dict[str, list[str]] = {}
    for file in sorted(path.rglob("*")):
        data = file.read_bytes() if file.is_file() else b""
        words = [word for word in _words(WHO) if word.encode() in data]
        if words:
            found[file.name] = words
    return found


def _words(who: Applicant) -> Sequence[str]:
    return who.name, who.id_no, who.phone, who.business, who.address


def test_nothing_of_a_forgotten_person_is_left_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "register" / "register.db"
    with open_register(path) as register:
        drafts = [Draft(DONG, WHO) for _ in range(1)]
        failed = register.reserve(lambda _: drafts, SERIALS, IMPRINT, ORDER, NOW)
        assert failed is not None
        register.release(failed.id, NOW, "once more")  # what it had lies in a free place now
        batch = register.reserve(lambda _: drafts, SERIALS, IMPRINT, ORDER, NOW)
        assert batch is not None
        register.use_templates(batch.id, b"letter", b"receipt")
        register.confirm(batch.id, NOW, "digest")
        register.move("lost", dict.fromkeys(serials(1), NOTE), NOW)
        salt = register._db.execute("SELECT salt FROM letters").fetchone()[0]
    assert list(told(tmp_path)) == ["register.db"] and salt.encode() in path.read_bytes()
    forget(path, 1)
    assert told(tmp_path) == {} and salt.encode() not in path.read_bytes()
    assert faults(path) == []


def test_a_register_that_was_put_aside_is_told_as_it_still_knows_them(filled: Where, tmp_path: Path) -> None:
    with open_register(filled) as register:
        assert register.asides() == []
        copy = register.back_up(tmp_path / "copies", NOW)
    aside = put_back(copy, filled, NOW, force=True)
    with open_register(filled) as register:
        assert aside in register.asides()
