"""Where a run works: a private folder and LibreOffice, both gone when it ends."""

from contextlib import ExitStack, suppress
from pathlib import Path
from types import TracebackType

from pipeline.adapters.folders import work_folder
from pipeline.adapters.office import Office
from pipeline.errors import Stop
from pipeline.settings import Workspace


class Workshop:
    """Opened when it is first needed; or before, so that LibreOffice starts while the rest is loaded and read."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self._stack = ExitStack()
        self._opened: tuple[Path, Office] | None = None

    def __enter__(self) -> "Workshop":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def begin(self) -> None:
        """Open it now; what stands in the way is told when it is needed, if it is."""
        with suppress(Stop):
            self.open()

    def open(self) -> tuple[Path, Office]:
        """The folder and LibreOffice.

        :raises ToolFault: LibreOffice or a font is missing.
        :raises FileFault: ``outputs/`` cannot be written.
        """
        if self._opened is None:
            with ExitStack() as stack:
                work = stack.enter_context(work_folder(self.workspace.outputs))
                office = Office(work, self.workspace.fonts, self.workspace.settings.office.timeout_s)
                stack.callback(office.close)
                self._opened = work, office
                self._stack = stack.pop_all()
        return self._opened
