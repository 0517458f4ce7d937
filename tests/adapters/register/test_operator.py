"""Who entered what: in every event, within its hash, and nobody where an older register kept nobody."""

from datetime import date
from pathlib import Path

import pytest
from support.registers.numbered import DONG, NOW, begun, faults, reserve
from support.registers.outside import (
    MAKES,
    dump,
    lay_version_1,
    lay_version_2,
    lay_version_3,
    nobody_named,
    tamper,
    tampering,
)

from pipeline import whoami
from pipeline.adapters.register import Where, exclusive, open_register, put_back
from pipeline.domain.journal import Act
from pipeline.domain.letters.lifecycle import Note
from pipeline.domain.letters.model import Serial

FIRST = Serial(2022, "01", 1)
ACT = Act("items", None, "open", "01", date(2022, 7, 5), "王某", {
    "unit_name": "东村镇", "kind": "进度滞后", "problem": "低于序时进度", "standard": "达到", "deadline": "2022-07-20",
})  # fmt: skip


@pytest.fixture(params=MAKES)
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Where:
    """Where a register can be made, in turn by each make."""
    if request.param == "sqlite":
        return tmp_path / "register" / "register.db"
    server: Where = request.getfixturevalue("database")
    return server


def named(where: Where) -> list[str]:
    with tampering(where) as connection:
        return [row[0] for row in connection.execute("SELECT operator FROM events ORDER BY id").fetchall()]


def test_every_event_names_who_entered_it(where: Where, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(whoami.OPERATOR, "甲")
    begun(where)
    monkeypatch.setenv(whoami.OPERATOR, "乙")
    with open_register(where) as opened:
        opened.move("lost", {FIRST: Note(date(2022, 6, 2), "", "丢失")}, NOW)
        assert [event.operator for event in opened.history(FIRST)] == ["甲", "甲", "乙"]
        entered = opened.enter(2022, lambda _: [ACT], NOW)
        assert [entry.operator for entry in entered] == ["乙"] and opened.journal("items", 2022) == entered
        assert opened.faults() == []
    assert set(named(where)) == {"甲", "乙"}


@pytest.mark.parametrize("who", ["", "丙"])
def test_who_entered_it_cannot_be_changed_unseen(
    where: Where, who: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(whoami.OPERATOR, "甲")
    begun(where)
    tamper(where, f"UPDATE events SET operator = '{who}' WHERE id = 2")
    assert faults(where) == ["事件链在第2条断开：这一条或它前面的记录被改动或删除。"]


@pytest.mark.parametrize("lay", [lay_version_1, lay_version_2, lay_version_3])
def test_an_older_register_names_nobody_and_its_chain_goes_on(
    where: Where, lay: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert callable(lay)
    monkeypatch.setenv(whoami.OPERATOR, "甲")
    lay(where)
    before = len(named_rows(where))
    assert faults(where) == [] and set(named(where)) == {""}
    with open_register(where) as opened:
        reserve(opened, (DONG, 1))
        assert opened.faults() == []
    assert named(where) == [""] * before + ["甲"]
    tamper(where, "UPDATE events SET operator = '乙' WHERE id = 1")
    assert faults(where) == ["事件链在第1条断开：这一条或它前面的记录被改动或删除。"]


def named_rows(where: Where) -> list[object]:
    return [row for row in dump(where) if row[0] == "events"]


def test_a_copy_that_names_nobody_is_put_back(where: Where, tmp_path: Path) -> None:
    copy = tmp_path / "copies" / "2022-06-01-083000.db"
    lay_version_3(copy)
    before = dump(copy)
    with exclusive(where, 1, lambda: None):
        put_back(copy, where, NOW, force=False)
    assert dump(where) == nobody_named(before) and faults(where) == []


@pytest.mark.parametrize(
    "text, name",
    [
        ("张三", "张三"), ("  张 三\t四\n", "张 三 四"), ("a\x1b[31mb\x00\u202ec", "a[31mbc"),
        ("长" * 70, "长" * 64), ("\udcff\udcfe李", "李"),
    ],
)  # fmt: skip
def test_a_name_is_one_clean_line(text: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.environ", {whoami.OPERATOR: text})
    assert whoami.operator() == name


def test_nobody_goes_without_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "zhang")
    monkeypatch.setenv(whoami.OPERATOR, " \x07")
    assert whoami.operator() == "zhang"

    def unknown() -> str:
        raise KeyError("uid not found: 4711")

    monkeypatch.setattr("getpass.getuser", unknown)
    monkeypatch.setattr("os.getuid", lambda: 4711)
    assert whoami.operator() == "uid 4711"
