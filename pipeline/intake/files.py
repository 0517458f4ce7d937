"""Each file in ``inputs/`` that may concern a job, read as far as the job needs it; by two processes where that is quicker."""

import json
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from pathlib import Path

from pipeline.adapters.inputs import input_files, is_half_downloaded, read_settled
from pipeline.adapters.sealed import json_text, seal_of
from pipeline.adapters.sheet import read_sheets
from pipeline.adapters.workers import workers
from pipeline.domain.model import Problem, Source
from pipeline.domain.records.kinds import KINDS
from pipeline.domain.records.plan.roster import ROSTER
from pipeline.domain.records.plan.targets import TARGETS
from pipeline.domain.records.reading import AnyReader
from pipeline.domain.rollup.sent import KIND, TITLE, CountyMonth, Sent, are_figures, read_sent
from pipeline.domain.tables.catalogue import is_needed
from pipeline.domain.tables.grid import Grid
from pipeline.domain.tables.headers import HEADER_WITHIN
from pipeline.domain.tables.kinds import Kind, with_words
from pipeline.errors import UsageFault
from pipeline.workspace import Settings, Workspace

TITLES = {KIND: TITLE, **{kind.name: kind.title for kind in KINDS}}
"""Kind → what it is called of all that can lie in ``inputs/``."""
WORTH_A_PROCESS = 8_000_000
"""Bytes of files that take longer to read than a second process to start."""
LONG = 2_000_000
"""Bytes of a table of some 20,000 rows; to read it takes longer than LibreOffice to start."""
_AT_ONCE = 200_000
"""Bytes that are handed over together: to hand over a small file by itself takes as long as to read it."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What a county sent in a file."""

    said: CountyMonth | Problem
    """A month, or why the file cannot be used."""


Held = Sequence[Grid] | Figures | Problem
"""A file's sheets, what a county sent in it, or why it could not be opened."""
File = tuple[str, Held]
"""Path below ``inputs/``, and what the file holds."""


@dataclass(frozen=True, slots=True)
class _Unread:
    """A file that is to be read whole."""

    file: str
    """Path below ``inputs/``."""
    data: bytes
    """What is in it."""
    sent_on: date | None
    """Day on which a county's figures were last written; None of tables."""

    def read(self) -> Held:
        """What it holds."""
        if self.sent_on is None:
            return read_sheets(self.file, self.data)
        return Figures(_figures(self.file, self.sent_on, json_text(self.data) or ""))


def has_long_table(workspace: Workspace) -> bool:
    """Whether one of the files takes longer to read than LibreOffice to start.

    :raises FileFault: there is no ``inputs/``.
    """
    for path in input_files(workspace.inputs).values():
        with suppress(OSError):  # it has just been taken away
            if path.stat().st_size >= LONG:
                return True
    return False


def files_of(
    workspace: Workspace, reads: Sequence[AnyReader], *, with_counties: bool = False
) -> Iterator[File]:
    """Each file that may concern a job, in natural order; read by two processes where they are large or many.

    :param with_counties: whether what counties sent is wanted too; the files of others are passed over.
    :raises FileFault: there is no ``inputs/``.
    :raises UsageFault: ``[inputs] headers`` names a column that no table has.
    """
    found = list(_looked_into(workspace, reads, with_counties=with_counties))
    whole = [held for _, held in found if isinstance(held, _Unread)]
    if len(whole) < 2 or sum(len(each.data) for each in whole) < WORTH_A_PROCESS:
        return ((file, held.read() if isinstance(held, _Unread) else held) for file, held in found)
    with workers(workspace.cluster, of_two=True) as processes:
        read = deque(processes.map(_read_all, [(some,) for some in _together(whole)]))
    passed_on = (read.popleft() for _ in range(len(read)))  # rows of a city need not be held twice
    in_order = chain.from_iterable(passed_on)
    return ((file, next(in_order) if isinstance(held, _Unread) else held) for file, held in found)


def _together(files: Sequence[_Unread]) -> Iterator[Sequence[_Unread]]:
    """Files in their order, small ones together."""
    some: list[_Unread] = []
    size = 0
    for each in files:
        some.append(each)
        size += len(each.data)
        if size >= _AT_ONCE:
            yield some
            some, size = [], 0
    if some:
        yield some


def _read_all(files: Sequence[_Unread]) -> list[Held]:
    return [each.read() for each in files]


def _looked_into(
    workspace: Workspace, reads: Sequence[AnyReader], *, with_counties: bool
) -> Iterator[tuple[str, _Unread | Problem]]:
    """Each file that may concern a job, and why it cannot be opened."""
    kinds, wanted = kinds_of(workspace.settings), wanted_by(reads)
    for file, path in input_files(workspace.inputs).items():
        if is_half_downloaded(file):
            advice = "文件没有下载完，没有读。请等下载完，或重新下载后放入；不要的，请删去。"
            yield file, Problem(Source(file), None, "", "half-downloaded", advice)
            continue
        data = read_settled(path, file)
        if isinstance(data, Problem):
            yield file, data
            continue
        text = json_text(data)
        if text is not None and are_figures(text):
            if with_counties:
                yield file, _Unread(file, data, _last_written(path))
            continue
        first = read_sheets(file, data, HEADER_WITHIN)
        if isinstance(first, Problem) or is_needed(first, kinds, wanted):
            yield file, _Unread(file, data, None)


def _last_written(path: Path) -> date:
    return datetime.fromtimestamp(path.stat().st_mtime).astimezone().date()


def _figures(file: str, on: date, text: str) -> CountyMonth | Problem:
    """What a county's file says, its seal looked at."""
    try:
        content = json.loads(text)
        key, digest = seal_of(content)
    except (ValueError, RecursionError):
        content, key, digest = None, None, ""
    return read_sent(Sent(file, on, key, digest), content)


def kinds_of(settings: Settings) -> tuple[Kind, ...]:
    """All kinds of table, known by the county's own words too.

    :raises UsageFault: ``[inputs] headers`` names a column that no table has.
    """
    try:
        return with_words(KINDS, settings.inputs.headers)
    except KeyError as fault:
        known = dict.fromkeys(words[0] for kind in KINDS for words in kind.columns.values())
        raise UsageFault(
            f"pipeline.toml 的 [inputs] headers 里写了“{fault.args[0]}”，没有这样的列。可写的有：{'、'.join(known)}。"
        ) from None


def wanted_by(reads: Sequence[AnyReader]) -> set[str]:
    """Names of the kinds that are worked through: the plan's, and those of some readers."""
    return {ROSTER.name, TARGETS.name, *(reader.kind.name for reader in reads)}
