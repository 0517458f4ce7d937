"""A form that an earlier run has measured: LibreOffice is not asked again, and the pages are the same to the byte."""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from support.clerk import at
from support.desk import Desk
from support.inputs.people import person
from support.registers.batches import DAY, NOW, UNIT, files_of, folder_of, numbered
from support.seen import digests
from support.templates.zoo import BODY, edited, replaced

from pipeline.adapters.office import foundation
from pipeline.adapters.register import open_register
from pipeline.domain.letters.model import Batch, Draft, Imprint, Order
from pipeline.domain.model import Applicant, Unit
from pipeline.letters.office_engine import OfficeEngine
from pipeline.workspace import Workspace, open_workspace

OTHER = Unit("02", "普明镇", "岚县普明镇人民政府", "乡镇")


@pytest.fixture
def trials(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Grows by one whenever LibreOffice prints trial pages."""
    seen: list[int] = []
    trial = OfficeEngine.trial
    monkeypatch.setattr(OfficeEngine, "trial", lambda *each: seen.append(1) or trial(*each))
    return seen


def printed(
    workspace: Workspace, units: Sequence[Unit], who: Applicant | None = None, times: int = 1
) -> list[Path]:
    """A batch with a letter for each unit; its files."""
    drafts = [Draft(unit, who, DAY if who else None) for unit in units for _ in range(times)]
    with open_register(workspace.register) as register:
        batch = register.reserve(
            lambda _: drafts, workspace.serials, Imprint("岚县", "岚县办公室", 50), Order("letters"), NOW
        )
        assert batch is not None
        register.use_templates(batch.id, b"", b"")
        made = files_out(workspace, batch)
        register.confirm(batch.id, NOW, "")
    return made


def files_out(workspace: Workspace, batch: Batch) -> list[Path]:
    with (
        open_register(workspace.register) as register,
        files_of(workspace, None, names=register.names) as files,
    ):
        assert files.misfits(batch.letters) == []
        files.print(batch)
        folder = files.folder_of(batch)
    return [folder / "介绍信.pdf", *sorted((folder / "各单位").iterdir())]


@pytest.fixture
def begun(
    after: Callable[[str, Callable[[Desk], object]], Desk], monkeypatch: pytest.MonkeyPatch
) -> Workspace:
    """One of whose letters one is printed, and so its form is kept."""

    def begin(desk: Desk) -> None:
        with at(desk) as workspace:
            printed(workspace, [UNIT])

    desk = after("one letter", begin)
    monkeypatch.setenv("PATH", str(desk.office), prepend=":")
    return open_workspace(desk.root)


def test_letters_that_a_known_form_takes_need_no_trial_pages(workspace: Workspace, trials: list[int]) -> None:
    printed(workspace, [UNIT, OTHER])
    assert len(trials) == 1
    printed(workspace, [UNIT], times=120)
    printed(workspace, [OTHER])
    assert len(trials) == 1


def test_they_are_the_same_to_the_byte_as_without_it(workspace: Workspace, trials: list[int]) -> None:
    printed(workspace, [UNIT, OTHER])
    with_it = {path.name: path.read_bytes() for path in printed(workspace, [UNIT], times=12)}
    shutil.rmtree(workspace.forms)
    with open_register(workspace.register) as register:
        [_, identity] = register.published(2022)
        batch = register.batch(identity)
    shutil.rmtree(workspace.outputs / "letters" / str(identity))
    assert len(trials) == 1
    assert {path.name: path.read_bytes() for path in files_out(workspace, batch)} == with_it
    assert len(trials) == 2


def test_a_batch_made_again_is_the_same_after_others_have_been_signed(
    begun: Workspace, trials: list[int]
) -> None:
    before = (folder_of(begun) / "介绍信.pdf").read_bytes()
    printed(begun, [OTHER])
    assert len(trials) == 1  # another name is to be shown
    with open_register(begun.register) as register:
        batch = register.batch(register.published(2022)[0])
    shutil.rmtree(folder_of(begun))
    assert files_out(begun, batch)[0].read_bytes() == before
    assert len(trials) == 1


@pytest.mark.parametrize("what", ["damaged", "template", "font", "program"])
def test_what_no_identical_run_has_proved_is_proved_anew(
    begun: Workspace, trials: list[int], monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    match what:
        case "damaged":
            for kept in begun.forms.iterdir():
                kept.write_bytes(kept.read_bytes().replace(b'"anchor_pt":', b'"anchor_pt":1'))
        case "template":
            begun.template("letter.docx").write_bytes(
                edited({BODY: replaced("县行政审批局，", "县审批局，", 1)})
            )
        case "font":
            begun.fonts.mkdir()
            (begun.fonts / "仿宋.ttf").write_bytes(b"no font")
        case _:
            monkeypatch.setattr(foundation, "_packages", lambda: ["another-1.0.dist-info"])
    printed(begun, [UNIT])
    assert len(trials) == 1


def test_nothing_is_kept_of_letters_with_a_name_on_them(workspace: Workspace, trials: list[int]) -> None:
    for _ in range(2):
        printed(workspace, [UNIT], person())
    assert len(trials) == 2
    assert person().name not in "".join(kept.read_text("utf-8") for kept in workspace.forms.iterdir())


def test_trying_letters_out_leaves_nothing_behind(desk: Desk) -> None:
    assert desk.run("check", FORMS_OF_ALL="").code == 0
    assert not (desk.root / "register").exists()


@pytest.mark.parametrize("way", [1, 2], ids=["sheets printed", "no form kept"])
def test_a_batch_of_before_is_made_as_it_was(workspace: Workspace, tmp_path: Path, way: int) -> None:
    """Its receipt sheet was printed by LibreOffice; before that, its form was measured for its letters alone."""
    batch = numbered(workspace, [None] * 3)
    with files_of(workspace, None) as files:
        files.ways = [files.ways[way]]
        digest = files.print(batch)
    folder_of(workspace).rename(tmp_path / "before")
    with files_of(workspace, None) as files:
        assert files.print(batch) != digest
        folder_of(workspace).rename(tmp_path / "now")
        assert files.print(batch, once=digest) == digest
    assert digests(folder_of(workspace)) == digests(tmp_path / "before")
