"""Pages in one file: the same by either engine and by two processes, and read back."""

import re
from pathlib import Path
from typing import Any

import pytest
from support.inputs.people import applicants, person
from support.paper import halves
from support.registers.batches import HARD, files_of, folder_of, numbered

from pipeline.errors import ConversionFault
from pipeline.letters.batch_files import WORTH_A_PROCESS
from pipeline.letters.pages import LetterPages
from pipeline.workspace import Workspace


def test_both_engines_print_the_same_words_at_the_same_pages(workspace: Workspace, tmp_path: Path) -> None:
    batch = numbered(workspace, [*HARD, *applicants(4), None])
    told = {}
    for engine in ("form", "office"):
        with files_of(workspace, engine) as files:
            files.print(batch)
        told[engine] = [sorted(page.whole) for page in halves(folder_of(workspace) / "介绍信.pdf")]
        folder_of(workspace).rename(tmp_path / engine)
    assert told["form"] == told["office"]


@pytest.mark.parametrize("engine", ["form", "office"])
@pytest.mark.parametrize("name", ["介绍信.pdf", "01-东村镇.pdf"])
def test_two_pages_that_have_changed_places_on_the_disk_are_found(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, engine: str, name: str
) -> None:
    write = LetterPages.write

    def spoilt(edition: LetterPages, path: Path, *rest: Any) -> None:
        write(edition, path, *rest)
        if path.name == name:
            data = path.read_bytes()
            one, other = re.findall(rb"/Contents (?:\d+ 0 R|\[[^]]+\])", data)[1:3]
            twins = {one: other, other: one}
            path.write_bytes(re.sub(b"|".join(map(re.escape, twins)), lambda found: twins[found[0]], data))

    monkeypatch.setattr(LetterPages, "write", spoilt)
    batch = numbered(workspace, [person(), None, None])
    with (
        pytest.raises(ConversionFault, match=f"{name} 第2页不是应有的样子"),
        files_of(workspace, engine) as files,
    ):
        files.print(batch)
    assert not folder_of(workspace).exists()


def test_two_processes_make_the_same_bytes_as_one(workspace: Workspace, tmp_path: Path) -> None:
    hard = person(business="A B  C店")
    batch = numbered(workspace, [*[None] * 240, hard, *applicants(20), None])  # two chunks
    made = {}
    for letters in (0, WORTH_A_PROCESS):
        with files_of(workspace, None, letters=letters) as files:
            files.print(batch)
        made[letters] = {path.name: path.read_bytes() for path in folder_of(workspace).rglob("*.pdf")}
        folder_of(workspace).rename(tmp_path / str(letters))
    assert made[0] == made[WORTH_A_PROCESS] and len(made[0]) == 3
