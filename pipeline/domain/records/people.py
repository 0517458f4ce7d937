"""Rows of applicant lists as people: who stands on them twice, who has a letter already, whose rows contradict each other."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.domain.letters.model import Letter
from pipeline.domain.letters.numbering import same
from pipeline.domain.model import Applicant, Unit
from pipeline.domain.tables.findings import Findings
from pipeline.domain.tables.grid import Row, Table
from pipeline.domain.values.identity import long_form
from pipeline.domain.values.text import plain

PRINTED = ("operator", "id_no", "phone", "name", "scope", "address")
"""Fields that stand on the letter; none may be empty."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row in which nothing is wrong by itself."""

    who: Applicant
    unit: Unit
    table: Table
    row: Row


class People:
    """Those on the lists, each in his unit once for each business."""

    def __init__(self, issued: Iterable[Letter], findings: Findings) -> None:
        """Begin with nobody.

        :param issued: letters that have been filled for somebody already.
        :param findings: where to say what only several rows, or a letter, show.
        """
        self.by_unit: defaultdict[str, list[Applicant]] = defaultdict(list)
        """Unit code → its applicants in list order."""
        self.doubted: list[tuple[str, str]] = []
        """File and reason of rows taken at first, of whose person a later one said something else."""
        self._findings = findings
        self._first: dict[tuple[str, str], Candidate] = {}
        self._rows: defaultdict[str, list[Candidate]] = defaultdict(list)
        filled = [(letter, letter.applicant) for letter in issued if letter.applicant]
        self._letters = {same(who.id_no, who.business): letter for letter, who in filled}
        self._holders = {long_form(who.id_no): letter for letter, who in filled}

    def take(self, row: Candidate) -> str:
        """Give an applicant his place in his unit's list; why not, if he has one already.

        Problem codes: ``duplicate-applicant``, ``same-id``. Notices: ``duplicate-applicant``, ``already-issued``,
        ``second-business``.
        """
        who = row.who
        key, rows = same(who.id_no, who.business), self._rows[long_form(who.id_no)]
        first = self._first.get(key)
        if first:
            return self._again(first, row)
        rows.append(row)
        if any(plain(other.who.name) != plain(who.name) for other in rows):
            self._doubt(rows[:-1], row, "same-id", "身份证号相同，姓名不同，必有一处错。请核对。")
            return "有问题"
        self._first[key] = row
        self.by_unit[row.unit.code].append(who)
        letter = self._letters.get(key)
        if letter:
            advice = f"已有介绍信 {letter.printed}号（{letter.unit_name}），不再出。"
            self._findings.notice(row.table, row.row, "id_no", "already-issued", advice)
            return "已有介绍信"
        holder = self._holders.get(long_form(who.id_no))
        if rows[1:] or holder:
            has = f"已有介绍信 {holder.printed}号" if holder else f"也在{rows[0].who.source}"
            advice = f"这个人{has}，名称不同，另出一份。请核对是否真办两家。"
            self._findings.notice(row.table, row.row, "name", "second-business", advice)
        return ""

    def _again(self, first: Candidate, row: Candidate) -> str:
        """The same person with the same business."""
        different = _differences(row.table, first.who, row.who)
        different += ["单位"] if row.unit.code != first.unit.code else []
        if different:
            how = f"是同一个人、同一个名称，{'、'.join(different)}却不一样。请只留对的一行。"
            self._doubt([first], row, "duplicate-applicant", how)
            return "有问题"
        advice = f"与{first.who.source}相同，只出一份。"
        self._findings.notice(row.table, row.row, "id_no", "duplicate-applicant", advice)
        return "重复"

    def _doubt(self, earlier: Sequence[Candidate], later: Candidate, code: str, how: str) -> None:
        """Rows that cannot all be right: nobody knows which one is, so none is taken."""
        self._findings.problem(later.table, later.row, "id_no", code, f"与{earlier[0].who.source}{how}")
        for row in earlier:
            own = self.by_unit[row.unit.code]
            if row.who in own:
                own.remove(row.who)
                self._findings.problem(row.table, row.row, "id_no", code, f"与{later.who.source}{how}")
                if same(row.who.id_no, row.who.business) not in self._letters:
                    self.doubted.append((row.row.source.file, "有问题"))


def _differences(table: Table, first: Applicant, who: Applicant) -> list[str]:
    pairs = zip(PRINTED, _texts(first), _texts(who), strict=True)
    return [table.headers[name] for name, one, other in pairs if plain(one) != plain(other)]


def _texts(who: Applicant) -> tuple[str, ...]:
    return who.name, long_form(who.id_no), who.phone, who.business, who.scope, who.address
