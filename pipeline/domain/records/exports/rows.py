"""Rows of a registration export (登记数据), each checked cell by cell; which of them are one business is not told here.

A *problem* makes a row unusable for the figures, a *notice* does not; either stands at its own cell.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from pipeline.domain.letters.model import Serial
from pipeline.domain.records.exports.cells import NOTHING, column_of, said, says_nothing, shared
from pipeline.domain.records.exports.classed import Classed, classed
from pipeline.domain.records.exports.companies import Company, companies_of
from pipeline.domain.records.exports.days import EntryDays
from pipeline.domain.records.exports.entity import Entities
from pipeline.domain.records.exports.status import CLOSED, status_of
from pipeline.domain.records.reading import Known
from pipeline.domain.tables.findings import Findings, what_to_do
from pipeline.domain.tables.grid import Row, Table
from pipeline.domain.values.cell import Unreadable, Value
from pipeline.domain.values.identity import Checked, id_number, long_form, masked, phone
from pipeline.domain.values.licence import credit_code, registration_number
from pipeline.domain.values.text import compact, one_line, plain, text_of
from pipeline.domain.wording import near

NOT_INDIVIDUAL, NO_IDENTITY, NO_DATE = "不是个体工商户", "认不出是哪一户", "日期不能用"
"""Why a row is left out."""
_NOTHING_SAID = Checked("")
_CITIZEN = frozenset({"1", "10", "01"})
"""Codes of the resident identity card among kinds of certificate."""
_NOT_INDIVIDUAL = {
    True: "统一社会信用代码不是92开头，不是个体工商户，不计入。",
    False: "这里写明是企业，不是个体工商户，不计入；个转企的可以保留92开头的代码。写错的，请改正。",
}
"""What is said of a company's row, by whether its code tells."""
KNOWN_BY = ("uscc", "regno", "id_no")
"""Columns by which a business is known, the surest first."""
_NOBODY = "没有可用的统一社会信用代码、注册号，也没有身份证号和经营者，认不出是哪一户。请补上其中一样。"
_HINTS = 100
"""Unknown unit names for which the nearest known one is looked for; it takes a millisecond each."""


@dataclass(slots=True)
class RegistrationRow:
    """A row that can be used."""

    table: Table
    """Where it stands."""
    row: Row
    """The row itself."""
    order: int
    """Its place among all rows, in file and row order."""
    uscc: str
    """Unified code; may be wrong in its check sign, but not in its length."""
    regno: str
    """Registration number."""
    person: tuple[str, str] | None
    """ID number in its long form, and operator; None where the row lacks either."""
    id_no: str
    """ID number as typed."""
    operator: str
    """经营者."""
    name: str
    """Name of the business."""
    status: str
    """As of :func:`~pipeline.domain.records.exports.status.status_of`."""
    established: date | None
    """Date of establishment."""
    approved: date | None
    """Date of approval, if that was of the establishment itself."""
    cancelled: date | None
    """Date of cancellation."""
    revoked: date | None
    """Date of revocation (吊销)."""
    struck_off: date | None
    """Date on which the registration was revoked as false (撤销)."""
    closed: date | None
    """Date of approval, if the row says 注销 or 撤销."""
    letter: Serial | None
    """The letter that the row names."""
    unit: str | None
    """Code of the unit that the row declares; empty for an office without a share, None where none is declared."""
    phone: str
    """Phone numbers, joined by 「、」."""
    address: str
    """经营场所."""
    scope: str
    """经营范围."""
    industry: tuple[str, str]
    """行业门类 and 行业代码, as they stood."""
    station: str
    """管辖单位, as it stood."""
    town: str
    """乡镇, as it stood."""
    classes: Classed
    """What the authorities have classed it as."""
    form: str
    """组成形式, as it stood."""


class EntryReader:
    """Reads rows one after another and collects what is wrong with them."""

    def __init__(self, known: Known) -> None:
        self.findings = Findings()
        """What was found so far."""
        self.entities = Entities()
        """Which businesses are individual ones."""
        self.companies: list[Company] = []
        """Rows of companies, in order; no cooperatives."""
        self._serials, self._calendar = known.serials, known.calendar
        self._last_day = date(known.serials.year, 12, 31)
        names = {
            name: unit.code for unit in known.units for name in (unit.name, unit.full_name, *unit.aliases)
        }
        self._names = list(names)
        self._units = dict.fromkeys(map(plain, known.other_units), "") | {
            plain(name): names[name] for name in names
        }
        self._hints: dict[str, str] = {}
        self._industries: dict[tuple[str, str], tuple[str, str]] = {}
        self._rows = 0

    def begin(self, table: Table) -> None:
        """Look at the table whose rows are read next, column by column."""
        self._days = EntryDays(table, self._serials.year, self._calendar, self.findings)
        self.entities.begin(table)

    def read(self, table: Table, row: Row) -> RegistrationRow | str:
        """The row, or why it is left out; then a problem or a notice says so at its cell.

        Problem codes: ``no-identity``, those of :class:`~pipeline.domain.records.exports.days.EntryDays`. Notices:
        ``not-individual``, ``letter-unreadable``, ``unknown-unit``, those of
        :mod:`~pipeline.domain.records.exports.days`, :mod:`~pipeline.domain.values.licence` and :mod:`~pipeline.domain.values.identity`, an
        unreadable cell's own.
        """
        self._rows += 1
        uscc, regno = self._licence(table, row)
        if by := self.entities.refuses(row, uscc, regno):
            column = column_of(table, "uscc", "regno") if by == "uscc" else by
            self.findings.notice(table, row, column, "not-individual", _NOT_INDIVIDUAL[by == "uscc"])
            self.companies += companies_of(row, uscc, self._days)
            return NOT_INDIVIDUAL
        faults = len(self.findings.problems)
        established = self._days.of(row, "est_date")
        biz_type = self._text(table, row, "biz_type")
        approved = None
        if established is None and "设立" in biz_type:
            approved = self._days.of(row, "appr_date")
        cancelled, revoked = self._days.of(row, "cancel_date"), self._days.of(row, "revoke_date")
        struck_off = self._days.of(row, "strike_date")
        id_no, is_person = self._id_number(table, row)
        called = self._take(table, row, "phone", phone)
        operator = self._text(table, row, "operator")
        unit = self._unit(table, row)
        letter = self._letter(table, row, unit)
        person = (long_form(id_no), plain(operator)) if is_person and id_no and operator else None
        if not (uscc or regno or person):
            self.findings.problem(table, row, column_of(table, *KNOWN_BY), "no-identity", _NOBODY)
        if len(self.findings.problems) > faults:
            return NO_DATE if uscc or regno or person else NO_IDENTITY
        status = status_of(self._text(table, row, "status")) or ("注销" if "注销" in biz_type else "")
        closed = self._days.approval(row) if status in CLOSED else None
        return RegistrationRow(
            table, row, self._rows, uscc, regno, person, id_no, operator, self._text(table, row, "name"), status,
            established, approved, cancelled, revoked, struck_off, closed, letter, unit,
            "" if called.stops else called.text, said(row, "address"), said(row, "scope"),
            self._industry(row), shared(row, "station"), shared(row, "town"), classed(row), shared(row, "form"),
        )  # fmt: skip

    def _licence(self, table: Table, row: Row) -> tuple[str, str]:
        """Unified code and registration number; either may stand in the other's column (统一社会信用代码/注册号)."""
        uscc = regno = ""
        for name in ("uscc", "regno"):
            value = row.cells.get(name)
            if value is None or says_nothing(value):
                continue
            text = compact(value)
            is_regno = len(text) in {13, 15} and text.isdecimal() if name == "uscc" else len(text) != 18
            checked = self._checked(
                table, row, name, (registration_number if is_regno else credit_code)(value)
            )
            if checked.stops:
                continue
            if is_regno:
                regno = checked.text
            else:
                uscc = uscc or checked.text
        return uscc, regno

    def _id_number(self, table: Table, row: Row) -> tuple[str, bool]:
        """What stands there, and whether it tells people apart; a passport or the like is not held against the rules."""
        value = row.cells.get("id_type")
        kind = compact(value) if value is not None else ""
        if kind and "身份证" not in kind and kind not in _CITIZEN:
            value = row.cells.get("id_no")
            return "" if says_nothing(value) else compact(value).upper(), True
        checked = self._take(table, row, "id_no", lambda value: id_number(value, self._last_day))
        return checked.text, not checked.stops or checked.code in {"id-checksum", "id-date"}

    def _take(self, table: Table, row: Row, name: str, check: Callable[[Value], Checked]) -> Checked:
        value = row.cells.get(name)
        if value is None or says_nothing(value):
            return _NOTHING_SAID
        return self._checked(table, row, name, check(value))

    def _checked(self, table: Table, row: Row, name: str, checked: Checked) -> Checked:
        if checked.code:
            self.findings.notice(table, row, name, checked.code, checked.advice)
        return checked

    def _unit(self, table: Table, row: Row) -> str | None:
        name = text_of(row.printed("unit"))
        if name in NOTHING or not self._names:
            return None
        code = self._units.get(plain(name))
        if code is None:
            if name not in self._hints:
                self._hints[name] = near(name, self._names) if len(self._hints) < _HINTS else "。"
            advice = f"单位名录里没有“{masked(name)}”{self._hints[name]}请改正，或在名录里加上别名；现在没有归给哪个单位。"
            self.findings.notice(table, row, "unit", "unknown-unit", advice)
        return code

    def _letter(self, table: Table, row: Row, unit: str | None) -> Serial | None:
        value = row.cells.get("letter_no")
        if says_nothing(value):
            # A column that is only called 编号 may hold row numbers as well: it must name the unit itself.
            number = row.cells.get("number")
            return None if number is None else self._serials.read(number, None)
        letter = self._serials.read(value, unit or None)
        if letter is None:
            advice = "认不出是哪一份介绍信。请写成 2022-01-0001 的样子；只写序号的，要写明引荐单位。"
            self.findings.notice(table, row, "letter_no", "letter-unreadable", advice)
        return letter

    def _industry(self, row: Row) -> tuple[str, str]:
        """行业门类 and 行业代码; the same ones are kept once."""
        found = shared(row, "industry"), shared(row, "industry_code")
        return self._industries.setdefault(found, found)

    def _text(self, table: Table, row: Row, name: str) -> str:
        value = row.printed(name)
        if value is None:
            return ""
        if isinstance(value, Unreadable):
            advice = what_to_do(value, "格子里没有可读的内容，请直接填上。")
            self.findings.notice(table, row, name, value.code, advice)
            return ""
        text = one_line(value)
        return "" if text in NOTHING else text
