"""Which rows of registration exports are one business.

Two rows are by unified code; where either has none, by registration number; where either lacks that too, by ID number
and operator. Rows that know more are placed first, whatever the order of the files. A row that could be of several
businesses is of none: it is a problem, not a guess.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import islice
from operator import attrgetter

from pipeline.domain.records.exports.cells import column_of
from pipeline.domain.records.exports.rows import (
    KNOWN_BY,
    NO_IDENTITY,
    NOT_INDIVIDUAL,
    RegistrationRow,
)
from pipeline.domain.tables.findings import Findings

_Person = tuple[str, str]
_SEVERAL = "没有统一社会信用代码，同一注册号或同一人名下又不止一户，分不清是哪一户。请补上统一社会信用代码。"


def put_together(
    entries: Sequence[RegistrationRow], companies: AbstractSet[str], findings: Findings
) -> tuple[list[list[RegistrationRow]], list[tuple[RegistrationRow, str]]]:
    """Each business's rows, in order of first appearance, and the rows that have none, with the reason.

    :param entries: in file and row order.
    :param companies: unified codes and registration numbers of companies, by the last row that says what they are.
    Problem code: ``no-identity``; notice: ``not-individual``.
    """
    by_code: dict[str, list[RegistrationRow]] = {}
    for entry in entries:
        by_code.setdefault(entry.says.uscc, []).append(entry)
    if "" not in by_code and companies.isdisjoint(by_code):  # as in nearly all exports of today
        return list(by_code.values()), []
    businesses = _Businesses(entries)
    unplaced: list[tuple[RegistrationRow, str]] = []
    coded = [entry for entry in entries if entry.says.uscc]
    others = [entry for entry in entries if not entry.says.uscc]
    for entry in (*coded, *sorted(others, key=lambda entry: not entry.says.regno)):
        found = businesses.found(entry)
        if companies and (entry.says.uscc or entry.says.regno) in companies:
            what = "统一社会信用代码" if entry.says.uscc else "注册号"
            advice = f"同一{what}在别的行是企业，不是个体工商户，不计入。"
            findings.notice(
                entry.table,
                entry.row,
                column_of(entry.table, *(("uscc",) if entry.says.uscc else ("regno", "uscc"))),
                "not-individual",
                advice,
            )
            unplaced.append((entry, NOT_INDIVIDUAL))
        elif len(found) > 1:
            findings.problem(
                entry.table, entry.row, column_of(entry.table, *KNOWN_BY), "no-identity", _SEVERAL
            )
            unplaced.append((entry, NO_IDENTITY))
        else:
            businesses.join(entry, found[0] if found else _Group())
    return businesses.in_order(), unplaced


@dataclass(slots=True, eq=False)
class _Group:
    """Rows of one business."""

    entries: list[RegistrationRow] = field(default_factory=list)
    has_regno: bool = False


class _Businesses:
    """Rows put together so far, and what they are known by: beside codes, only what rows without a code will ask for."""

    def __init__(self, entries: Sequence[RegistrationRow]) -> None:
        asking = [entry for entry in entries if not entry.says.uscc]
        self._groups: list[_Group] = []
        self._by_uscc: dict[str, _Group] = {}
        self._by_regno: dict[str, dict[int, _Group]] = {
            entry.says.regno: {} for entry in asking if entry.says.regno
        }
        self._by_person: dict[_Person, dict[int, _Group]] = {
            entry.person: {} for entry in asking if entry.person
        }
        self._without_regno: dict[_Person, dict[int, _Group]] = {person: {} for person in self._by_person}

    def found(self, entry: RegistrationRow) -> Sequence[_Group]:
        """The businesses that it could be of; two stand for more."""
        says = entry.says
        if says.uscc:
            return (self._by_uscc[says.uscc],) if says.uscc in self._by_uscc else ()
        same = self._by_regno[says.regno] if says.regno else {}
        if not same and entry.person:
            same = (self._without_regno if says.regno else self._by_person)[entry.person]
        return list(islice(same.values(), 2))

    def join(self, entry: RegistrationRow, group: _Group) -> None:
        """Put a row to a business, maybe its first."""
        if not group.entries:
            self._groups.append(group)
        group.entries.append(entry)
        if entry.says.uscc:
            self._by_uscc[entry.says.uscc] = group
        self._note(entry, group)

    def _note(self, entry: RegistrationRow, group: _Group) -> None:
        """Note what else a row's business is known by."""
        regno, person = entry.says.regno, entry.person
        if person in self._by_person:
            self._by_person[person][id(group)] = group
            if not group.has_regno:
                self._without_regno[person][id(group)] = group
        if regno in self._by_regno:
            self._by_regno[regno][id(group)] = group
        if regno and not group.has_regno:
            group.has_regno = True
            for earlier in group.entries:
                if earlier.person in self._without_regno:
                    self._without_regno[earlier.person].pop(id(group), None)

    def in_order(self) -> list[list[RegistrationRow]]:
        """Each business's rows in file and row order, the businesses in order of first appearance."""
        for group in self._groups:
            if len(group.entries) > 1:
                group.entries.sort(key=_order)
        return sorted((group.entries for group in self._groups), key=lambda entries: entries[0].order)


_order = attrgetter("order")
