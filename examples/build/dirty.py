"""``examples/2022-dirty`` and ``examples/2022-dirty-plan``: workspaces in which much is wrong, and it is known what."""

from pathlib import Path

from examples.build import dirty_exports, dirty_files, dirty_lists, dirty_plan
from examples.build.dirty_days import write_days
from examples.build.dirty_measures import write_faulty_measures
from examples.build.dirty_seen import write_seen
from examples.build.dirty_torn import write_torn
from examples.build.notes import write_faulty_notes
from examples.build.people import Maker
from examples.build.receipts import write_faulty_receipts
from examples.build.workspace import Workspace


def make_dirty(folder: Path) -> None:
    """Lists, exports and unreadable files; with the sound rows letters can be printed."""
    workspace, maker = Workspace(folder), Maker(2023)
    workspace.begin()
    dirty_plan.write_sound(workspace)
    dirty_lists.write_lists(workspace, maker)
    dirty_exports.write_exports(workspace, maker)
    dirty_files.write_files(workspace, maker)
    write_seen(workspace, maker)
    write_days(workspace, maker)
    write_torn(workspace, maker)
    write_faulty_notes(workspace)
    write_faulty_receipts(workspace)
    write_faulty_measures(workspace)
    workspace.finish()


def make_dirty_plan(folder: Path) -> None:
    """Roster and targets: nothing can be numbered at all."""
    workspace = Workspace(folder)
    workspace.begin()
    dirty_plan.write_faulty(workspace, Maker(2024))
    workspace.finish()
