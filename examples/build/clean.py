"""``examples/2022``: a workspace with nothing wrong in it."""

from pathlib import Path

from examples.build.county import units
from examples.build.exports import write_exports
from examples.build.lists import write_lists
from examples.build.measures import REPORTED, listed_to_grow, put_materials
from examples.build.notes import write_notes
from examples.build.people import Maker
from examples.build.plans import LANXIAN
from examples.build.story import figures, happened
from examples.build.workspace import Workspace


def make_clean(folder: Path) -> None:
    """Make it; its figures are counted from what was made up, past everything that the program does."""
    workspace, maker = Workspace(folder), Maker(2022)
    workspace.begin()
    workspace.take("任务分解表.xlsx", "targets")
    workspace.take("单位名录.xlsx", "roster")
    listed = write_lists(workspace, maker)
    businesses = happened(maker, listed)
    write_exports(workspace, maker, businesses)
    write_notes(workspace)
    names = [unit.name for unit in units().values()]
    put_materials(workspace, LANXIAN, names, REPORTED, listed_to_grow(businesses))
    workspace.finish(
        applicants={code: len(people) for code, people in sorted(listed.items())},
        figures={f"2022-{month:02d}": figures(businesses, month) for month in range(1, 7)},
    )
