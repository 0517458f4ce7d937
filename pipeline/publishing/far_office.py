"""LibreOffice on the machines of a cluster: a document goes there, its PDF comes back.

Dask neither ends nor bounds what a call starts. So a worker's LibreOffice dies with the worker, has a deadline and a
bound to its memory, and is ended when nobody has asked for it for a while.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from platform import node
from tempfile import TemporaryDirectory
from threading import Lock, Timer
from typing import TYPE_CHECKING

from pipeline.adapters.office import Office
from pipeline.adapters.workers import result_of
from pipeline.adapters.workers.likeness import difference, unlike

if TYPE_CHECKING:
    from pipeline.adapters.workers.cluster import Far

MEMORY_MB = 2000
"""Bound to a LibreOffice's data; with a chunk of letters it has 130."""
IDLE_S = 60
"""After so long without a document it is ended."""
_FONTS = Path(__file__).parents[2] / "fonts"
"""Where that machine has the county's own fonts: beside the program."""


class FarOffice:
    """Has documents converted by whichever worker is free; safe to use from several threads."""

    def __init__(self, far: "Far", office: Office, timeout_s: float) -> None:
        """Make one.

        :param office: this machine's; a worker's must be like it.
        :param timeout_s: seconds that one call may take there.
        """
        self._far = far
        self._office = office
        self._timeout_s = timeout_s

    @cached_property
    def _likeness(self) -> dict[str, str]:
        return self._office.likeness

    def convert(self, docx: Path, pages: int = 1) -> Path:
        """The PDF of a docx, beside it.

        :param pages: about how many pages it has.
        :raises ConversionFault: no PDF, or not in time, or one worker after another was lost over it.
        :raises ToolFault: a worker's LibreOffice or fonts are not as here.
        :raises FileFault: the cluster is lost.
        """
        pdf = docx.with_suffix(".pdf")
        pdf.write_bytes(
            result_of(self._far.submit(convert_there, docx, pages, self._timeout_s, self._likeness))
        )
        return pdf


class _Lent:
    """A worker's own LibreOffice, for one call at a time."""

    def __init__(self) -> None:
        self._guard = Lock()
        self._office: Office | None = None
        self._work: TemporaryDirectory[str] | None = None
        self._idle: Timer | None = None

    @contextmanager
    def office(self, timeout_s: float) -> Iterator[Office]:
        with self._guard:
            if self._idle:
                self._idle.cancel()
            if self._office is None:
                self._work = TemporaryDirectory()
                self._office = Office(Path(self._work.name), _FONTS, timeout_s, MEMORY_MB)
        try:
            yield self._office
        finally:
            self._idle = Timer(IDLE_S, self.end)
            self._idle.daemon = True
            self._idle.start()

    def end(self) -> None:
        with self._guard:
            if self._office and self._work:
                self._office.close()
                self._work.cleanup()
            self._office = self._work = None


_LENT = _Lent()


def convert_there(docx: Path, pages: int, timeout_s: float, asks: Mapping[str, str]) -> bytes:
    """At a worker: the PDF of a docx.

    :param asks: what the LibreOffice goes by of the machine that asks.
    :raises ToolFault: this machine's is another, or has other fonts.
    :raises ConversionFault: no PDF, or not in time.
    """
    with _LENT.office(timeout_s) as office:
        what = difference(office.likeness, asks)
        if what:
            raise unlike(f"{node()} 的{what}")
        return office.convert(docx, pages).read_bytes()
