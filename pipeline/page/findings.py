"""What ``check --json`` says → what a clerk reads file by file, alike faults together so that 300 of them are bearable."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from pipeline.page.remedies import in_page

SETTLED = {"already-issued"}
"""Codes of notices that say that all is well: after letters are numbered, each person of a list has one."""
Plain = Mapping[str, Any]
"""An object of the command's JSON."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the clerk's own table."""

    number: int
    cells: tuple[tuple[str, bool], ...]
    """Each cell's text as he sees it, and whether it is the faulty one."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing found."""

    row: int | None
    value: str
    """What stands there, ID numbers and phones masked."""
    advice: str
    head: tuple[str, ...] = ()
    """What the header says over each column that is shown."""
    around: tuple[Row, ...] = ()
    """The table's own rows there."""


@dataclass(frozen=True, slots=True)
class Alike:
    """Faults of one code in one column of a sheet, in row order."""

    sheet: str | None
    column: str | None
    code: str
    faults: tuple[Fault, ...]

    @property
    def advice(self) -> str:
        """What is wrong and what to do, where all of them say the same; else empty."""
        said = {fault.advice for fault in self.faults}
        return said.pop() if len(said) == 1 else ""

    @property
    def rows(self) -> str:
        """Where they are: 「第3、5—7行」, of many the first; empty for a fault of a whole sheet or file."""
        numbers = sorted({fault.row for fault in self.faults if fault.row})
        runs = _runs(numbers)
        if len(runs) > _SPANS:
            return f"第{'、'.join(runs[:_SPANS])}等{len(numbers)}行"
        return f"第{'、'.join(runs)}行" if runs else ""


_SPANS = 12
"""Of rows in a heading: as many as fit on a line of it; which others there are, the marked copy shows."""


@dataclass(frozen=True, slots=True)
class FileFindings:
    """What is known of one file below ``inputs/``."""

    file: str
    parts: tuple[Plain, ...]
    """Its entries in the account of lines: one for each kind of table in it."""
    problems: tuple[Alike, ...]
    """What stops the letters."""
    notices: tuple[Alike, ...]
    """What should be looked at."""
    settled: tuple[Alike, ...]
    """What is only told: nothing is wrong, and nothing has to be done."""
    copy: str | None
    """Path of the marked copy."""

    @property
    def problem_count(self) -> int:
        """Faults, not groups of them."""
        return sum(len(alike.faults) for alike in self.problems)

    @property
    def notice_count(self) -> int:
        """Notices, not groups of them."""
        return sum(len(alike.faults) for alike in self.notices)

    @property
    def settled_count(self) -> int:
        """What is only told, not groups of it."""
        return sum(len(alike.faults) for alike in self.settled)


def by_file(found: Plain) -> tuple[FileFindings, ...]:
    """The examination file by file: those with problems first, else in the order in which they were read.

    A problem of no table (a template, a table that is missing) stands under the name that it gives, without parts.
    """
    files = dict.fromkeys(
        [
            *(each["file"] for each in found["files"]),
            *(each["file"] for each in (*found["problems"], *found["notices"])),
        ]
    )
    made = [_of(file, found) for file in files]
    return tuple(sorted(made, key=lambda each: not each.problems))


def _of(file: str, found: Plain) -> FileFindings:
    parts = tuple(each for each in found["files"] if each["file"] == file)
    copy = next((each["copy"] for each in parts if each.get("copy")), None)
    tables = {each["sheet"]: each for each in found.get("tables", ()) if each["file"] == file}
    problems, notices = (_alike(file, found[told], tables) for told in ("problems", "notices"))
    settled = tuple(each for each in notices if each.code in SETTLED)
    notices = tuple(each for each in notices if each.code not in SETTLED)
    return FileFindings(file, parts, problems, notices, settled, copy)


def _alike(file: str, told: Iterable[Plain], tables: Mapping[str | None, Plain]) -> tuple[Alike, ...]:
    """The faults of a file by sheet, code and column, where the first of each stands.

    :param tables: sheet → its rows that are shown.
    """
    own = [each for each in told if each["file"] == file]
    order = {key: place for place, key in reversed(list(enumerate(map(_key, own))))}
    own.sort(key=lambda each: (order[_key(each)], each["row"] or 0))
    return tuple(
        Alike(*key, tuple(_fault(each, tables.get(each["sheet"])) for each in group))
        for key, group in groupby(own, _key)
    )


def _fault(problem: Plain, table: Plain | None) -> Fault:
    fault = Fault(problem["row"], problem["value"], in_page(problem["advice"]))
    wanted = problem.get("around", ())
    if table is None or not wanted:
        return fault
    places = [column["place"] for column in table["columns"]]
    head = tuple(column["name"] or f"{column['column']}列" for column in table["columns"])
    rows = {row["row"]: row["cells"] for row in table["rows"]}

    def wrong(number: int, place: int) -> bool:
        return (number, place) == (problem["row"], problem["place"])

    around = tuple(
        Row(
            number,
            tuple((text, wrong(number, place)) for text, place in zip(rows[number], places, strict=True)),
        )
        for number in wanted
        if number != table["header"]
    )
    return replace(fault, head=head, around=around)


def _key(problem: Plain) -> tuple[str | None, str | None, str]:
    return problem["sheet"], problem["column"], problem["code"]


def _runs(numbers: Sequence[int]) -> list[str]:
    """Rows as a clerk would write them down: neighbours as a span."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return [str(run[0]) if len(run) == 1 else f"{run[0]}—{run[-1]}" for run in runs]
