"""A city's rows and LibreOffice are not in memory together longer than they must be."""

from pathlib import Path

import pytest
from support.clerk import Quiet, now
from support.desk import Desk

from pipeline.errors import FileFault
from pipeline.intake import files, has_long_table
from pipeline.jobs import report
from pipeline.publishing.renderer import Renderer
from pipeline.reports.bulletin import BULLETIN
from pipeline.workspace import open_workspace


class Reading(Exception):
    """The inputs are being read."""


@pytest.mark.parametrize("long, rested", [(1, ["rested"]), (10**9, [])])
def test_libreoffice_waits_while_short_tables_are_read_and_is_ended_before_a_long_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, long: int, rested: list[str]
) -> None:
    done: list[str] = []

    def read_inputs(*_: object, **__: object) -> None:
        raise Reading

    monkeypatch.setattr(files, "LONG", long)
    monkeypatch.setattr(Renderer, "rest", lambda _: done.append("rested"))
    monkeypatch.setattr(report, "read_inputs", read_inputs)
    workspace = open_workspace(Desk.laid(tmp_path / "desk").root)
    with Renderer(workspace) as renderer, pytest.raises(Reading):
        report.run(renderer, BULLETIN, report.Request(), now(), Quiet())
    assert done == rested


def test_a_table_is_long_from_so_many_bytes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = open_workspace(Desk.laid(tmp_path / "desk").root)
    size = max(path.stat().st_size for path in workspace.inputs.rglob("*") if path.is_file())
    for long, expected in ((size, True), (size + 1, False)):
        monkeypatch.setattr(files, "LONG", long)
        assert has_long_table(workspace) is expected
    workspace.inputs.rename(tmp_path / "elsewhere")
    with pytest.raises(FileFault):
        has_long_table(workspace)


def test_what_rests_prints_again_and_what_was_not_begun_does_not_begin(tmp_path: Path) -> None:
    desk = Desk.laid(tmp_path / "desk")
    with Renderer(open_workspace(desk.root)) as renderer:
        renderer.rest()
        assert not desk.outputs.exists()
        renderer.begin()
        renderer.rest()
        draft = renderer.folder / "letter.docx"
        draft.write_bytes((desk.root / "templates" / "letter.docx").read_bytes())
        assert renderer.office.convert(draft, pages=2).read_bytes().startswith(b"%PDF")
