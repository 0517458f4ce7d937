"""Two offices that share a register on a server open items at the same time: each number once, none left out."""

from pathlib import Path

import pytest
from support.clerk import at_once
from support.desk import Desk

from pipeline.adapters.register import open_register
from pipeline.jobs.register import audit
from pipeline.settings import Server
from pipeline.workspace import open_workspace

UNITS = ("东村镇", "普明镇", "县民政局")


@pytest.mark.slow
def test_two_offices_open_items_at_once(tmp_path: Path, database: Server) -> None:
    desks = [Desk.laid(tmp_path / name) for name in ("一室", "二室")]
    for desk in desks:
        desk.settings('register = ""', f'register = "{database.url}"')
    kinds = ("进度滞后", "诉求")
    about = ("--problem", "问题", "--standard", "标准", "--deadline", "2999-01-01")
    said = at_once(
        *(
            (desk, ("items", "open", "--unit", unit, "--kind", kind, *about))
            for desk, kind in zip(desks, kinds, strict=True)
            for unit in (*UNITS, UNITS[0])
        )
    )
    assert [each.code for each in said] == [0] * 8, said
    with open_register(database) as register:
        entries = register.journal("items", 2022)
        assert register.faults() == []
    assert sorted(each.number for each in entries if each.act == "open") == list(range(1, 7))
    assert sorted(each.unit for each in entries if each.act == "again") == ["01", "01"]
    assert audit.check(open_workspace(desks[1].root)).exit_code == 0
    shown = desks[0].run("items", "list", "--json").json
    assert shown["totals"]["open"] == 6 and not (desks[0].root / "register" / "register.db").exists()
