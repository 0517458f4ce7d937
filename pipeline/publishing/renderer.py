"""Where a run works: a private folder and LibreOffice, both gone when it ends."""

from contextlib import ExitStack, suppress
from functools import cached_property
from pathlib import Path
from types import TracebackType

from pipeline.adapters.folders import work_folder
from pipeline.adapters.office import Office
from pipeline.errors import Stop, writing
from pipeline.workspace import Workspace


class Renderer:
    """Each is there when it is first wanted; or before, so that LibreOffice starts while the rest is loaded and read."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self._stack = ExitStack()

    def __enter__(self) -> "Renderer":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.__exit__(kind, fault, trace)

    def begin(self) -> None:
        """Start LibreOffice now; what stands in the way is told when it is wanted, if it is."""
        with suppress(Stop):
            self.office.start()

    def rest(self) -> None:
        """End LibreOffice where it waits; when it is wanted, it is started again."""
        if "office" in vars(self):
            self.office.rest()

    @cached_property
    def folder(self) -> Path:
        """The folder; from now on a disk that refuses is told as FileFault, wherever in the block it does.

        :raises FileFault: ``outputs/`` cannot be written.
        """
        return self._stack.enter_context(work_folder(self.workspace.outputs))

    @cached_property
    def office(self) -> Office:
        """LibreOffice, which works in the folder as soon as something is printed.

        :raises ToolFault: LibreOffice is missing.
        :raises FileFault: ``outputs/`` cannot be written.
        """
        with writing():
            office = Office(self.folder, self.workspace.fonts, self.workspace.settings.office.timeout_s)
        self._stack.callback(office.close)
        return office
