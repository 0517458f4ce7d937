"""Two offices that share a register on a server issue papers at the same time: no number twice, no unit two papers."""

from collections import Counter
from pathlib import Path

import pytest
from support.clerk import at_once
from support.desk import Desk
from support.figures.months import freeze
from support.figures.supervised import months

from pipeline.adapters.register import open_register
from pipeline.jobs.register import audit
from pipeline.settings import Server
from pipeline.workspace import open_workspace

AGREED = {
    'notice_from = "2022-07"': '"2022-01"',
    'authority = ""': '"县人民政府"',
    'approved_by = ""': '"张某某"',
}


def office(root: Path, database: Server, remembering: Path) -> Desk:
    """A desk with three bulletins, its register on the server; the secret is the same everywhere."""
    desk = Desk.laid(root, remembering)
    desk.settings('register = ""', f'register = "{database.url}"')
    for old, value in AGREED.items():
        desk.settings(old, f"{old.partition('=')[0]}= {value}")
    desk.register.parent.mkdir()
    (desk.register.parent / "verify.key").write_text(bytes(range(32)).hex(), "ascii")
    for figures in months():
        freeze(open_workspace(desk.root), figures)
    return desk


@pytest.mark.slow
@pytest.mark.soffice
def test_two_offices_issue_papers_at_once(tmp_path: Path, database: Server, remembering: Path) -> None:
    desks = [office(tmp_path / name, database, remembering) for name in ("一室", "二室")]
    for month, asked in ((1, ("东村镇", "普明镇")), (2, ("all", "all")), (3, ("普明镇", "all"))):
        words = ("supervise", "--month", f"2022-{month:02d}", "--confirm")
        said = at_once(*((desk, (*words, whom)) for desk, whom in zip(desks, asked, strict=True)))
        assert [each.code for each in said] == [0, 0], said
    with open_register(database) as register:
        entries = register.entered(2022).entries
        assert register.faults() == []
    papers = [(each.series, each.number, each.unit) for each in entries if each.act == "confirm"]
    assert sorted(papers) == sorted(
        [
            ("提醒", 1, papers[0][2]),
            ("提醒", 2, papers[1][2]),
            ("督办", 1, "01"),
            ("约谈", 1, "01"),
            ("提醒", 3, "02"),
        ]
    )
    assert {papers[0][2], papers[1][2]} == {"01", "02"}
    assert Counter(each.act for each in entries if each.series == "items") == {"open": 1, "again": 1}
    for desk in desks:
        assert audit.check(open_workspace(desk.root)).exit_code == 0
