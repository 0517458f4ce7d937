"""Rows of a registration export (登记数据), each checked cell by cell; which of them are one business is not told here.

A *problem* makes a row unusable for the figures, a *notice* does not; either stands at its own cell.
"""

from collections.abc import Collection, Sequence
from datetime import date
from functools import partial
from itertools import count, repeat, starmap
from typing import NamedTuple

from pipeline.domain.letters.model import Serial
from pipeline.domain.records.exports.cells import (
    NOTHING,
    column_of,
    id_no_of,
    is_other_paper,
    licence,
    mobiles,
    names,
    phone_of,
    said_of,
    says_nothing,
    second_licence,
    sound_id_nos,
    sound_licences,
    text_in,
)
from pipeline.domain.records.exports.classed import classes_of
from pipeline.domain.records.exports.columns import Columns, Odd, blanked
from pipeline.domain.records.exports.companies import Company, companies_of
from pipeline.domain.records.exports.days import EntryDays
from pipeline.domain.records.exports.entity import Entities
from pipeline.domain.records.exports.registration import Registration
from pipeline.domain.records.exports.status import CLOSED, status_of
from pipeline.domain.records.reading import Known
from pipeline.domain.tables.findings import Findings
from pipeline.domain.tables.grid import Row, Table, sources
from pipeline.domain.values.cell import Value
from pipeline.domain.values.identity import long_form, masked
from pipeline.domain.values.industry import industry_of
from pipeline.domain.values.text import compact, plain, text_of
from pipeline.domain.wording import near

NOT_INDIVIDUAL, NO_IDENTITY, NO_DATE = "不是个体工商户", "认不出是哪一户", "日期不能用"
"""Why a row is left out."""
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
_UNREADABLE = "认不出是哪一份介绍信。请写成 2022-01-0001 的样子；只写序号的，要写明引荐单位。"


class RegistrationRow(NamedTuple):
    """A row that can be used."""

    says: Registration
    """The business as this row alone has it; its unified code may be wrong in its check sign, but not in its length."""
    table: Table
    """Where it stands."""
    place: int
    """Its place among the table's rows."""
    order: int
    """Its place among all rows, in file and row order."""
    is_person: bool
    """Whether ID number and operator together tell whose it is."""
    approved: date | None
    """Date of approval, if that was of the establishment itself."""
    closed: date | None
    """Date of approval, if the row says 注销 or 撤销."""
    unit: str | None
    """Code of the unit that the row declares; empty for an office without a share, None where none is declared."""
    industry: tuple[str, str]
    """行业门类 and 行业代码, as they stood."""

    @property
    def row(self) -> Row:
        """The row itself."""
        return self.table.rows[self.place]

    @property
    def person(self) -> tuple[str, str] | None:
        """ID number in its long form, and operator; None where the row lacks either."""
        return (long_form(self.says.id_no), plain(self.says.operator)) if self.is_person else None


class EntryReader:
    """Reads tables one after another and collects what is wrong with them."""

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
        self._rows = 0

    def read(self, table: Table) -> tuple[list[RegistrationRow], list[tuple[str, str]]]:
        """Its rows, and the file of each that is left out with the reason; a problem or a notice says so at its cell.

        Problem codes: ``no-identity``, those of :class:`~pipeline.domain.records.exports.days.EntryDays`. Notices:
        ``not-individual``, ``letter-unreadable``, ``unknown-unit``, those of
        :mod:`~pipeline.domain.records.exports.days`, :mod:`~pipeline.domain.values.licence` and :mod:`~pipeline.domain.values.identity`, an
        unreadable cell's own.
        """
        days = EntryDays(table, self._serials.year, self._calendar, self.findings)
        every = Columns.of(table)
        uscc, regno = self._licences(every)
        refused = self._refused(every, uscc, regno, days)
        kept = [place for place in every.places if place not in refused] if refused else every.places
        found, unusable = self._individuals(every.at(kept), _at(kept, uscc), _at(kept, regno), days)
        every.put_into(self.findings)
        self._rows += len(table.rows)
        reasons = dict.fromkeys(refused, NOT_INDIVIDUAL) | unusable
        return found, [(table.rows[place].source.file, reasons[place]) for place in sorted(reasons)]

    def _refused(
        self, every: Columns, uscc: Sequence[str], regno: Sequence[str], days: EntryDays
    ) -> Collection[int]:
        """Places of companies' rows."""
        refused = self.entities.refused(every, uscc, regno)
        for place, by in refused.items():
            name = column_of(every.table, "uscc", "regno") if by == "uscc" else by
            every.tell(place, name, Odd(None, "not-individual", _NOT_INDIVIDUAL[by == "uscc"]))
            self.companies += companies_of(every.rows[place], uscc[place], days)
        return refused

    def _individuals(
        self, every: Columns, uscc: list[str], regno: list[str], days: EntryDays
    ) -> tuple[list[RegistrationRow], dict[int, str]]:
        """The rows that can be used, and the place in the table of each that cannot, with the reason."""
        established = days.read(every, "est_date")
        biz_types = every.read("biz_type", text_in, every.printed("biz_type"))
        approved = days.read_where(
            every, "appr_date",
            [place for place, what in enumerate(biz_types) if "设立" in what and established[place] is None],
        )  # fmt: skip
        ends = [days.read(every, name) for name in ("cancel_date", "revoke_date", "strike_date")]
        id_nos, are_people = self._id_numbers(every)
        phones = every.read("phone", phone_of, many=mobiles)
        operators = every.read("operator", text_in, every.printed("operator"), names)
        units = every.read("unit", self._unit, every.printed("unit"))
        letters = self._letters(every, units)
        are_people = list(map(all, zip(are_people, id_nos, operators, strict=True)))
        without = [place for place, code in enumerate(uscc) if not code]
        nobody = [place for place in without if not (regno[place] or are_people[place])]
        known_by = column_of(every.table, *KNOWN_BY)
        for place in nobody:
            every.tell(place, known_by, Odd(None, "no-identity", _NOBODY, stops=True))
        unusable = dict.fromkeys(every.stopped(), NO_DATE) | dict.fromkeys(nobody, NO_IDENTITY)
        statuses = self._statuses(every, biz_types, unusable)
        closed = days.approvals(every, [place for place, status in enumerate(statuses) if status in CLOSED])
        industries = list(
            zip(*(every.read(name, said_of) for name in ("industry", "industry_code")), strict=True)
        )
        businesses = zip(
            uscc, regno, every.read("name", text_in, blanked(unusable, every.printed("name")), names), operators, id_nos, established,
            *ends[:2], statuses, letters, [unit or None for unit in units], phones, every.read("address", said_of, many=names),
            every.read("scope", said_of), zip(sources(every.rows)), ends[2], repeat(None), starmap(industry_of, industries),
            every.read("station", said_of), every.read("town", said_of), classes_of(every), every.read("form", said_of),
        )  # fmt: skip
        rows = zip(
            map(Registration._make, businesses), repeat(every.table), every.places, count(self._rows), are_people, approved,
            closed, units, industries,
        )  # fmt: skip
        kept = (row for place, row in enumerate(rows) if place not in unusable) if unusable else rows
        return (
            list(map(RegistrationRow._make, kept)),
            {every.places[place]: reason for place, reason in unusable.items()},
        )

    def _licences(self, every: Columns) -> tuple[list[str], list[str]]:
        """Unified codes and registration numbers; either may stand in the other's column (统一社会信用代码/注册号)."""
        said = every.read("uscc", licence, many=sound_licences)
        if every.has("regno"):
            others = every.read("regno", second_licence)
            said = [(one[0] or other[0], other[1] or one[1]) for one, other in zip(said, others, strict=True)]
        return [uscc for uscc, _ in said], [regno for _, regno in said]

    def _id_numbers(self, every: Columns) -> tuple[list[str], list[bool]]:
        """What stands there, and whether it tells people apart; a passport or the like is not held against the rules."""
        values = every.values("id_no")
        others = [place for place, kind in enumerate(every.values("id_type")) if is_other_paper(kind)]
        said = every.read(
            "id_no",
            partial(id_no_of, self._last_day),
            blanked(others, values),
            partial(sound_id_nos, self._last_day),
        )
        for place in others:
            value = values[place]
            said[place] = "" if says_nothing(value) else compact(value).upper(), True
        return [text for text, _ in said], [is_person for _, is_person in said]

    def _statuses(self, every: Columns, biz_types: Sequence[str], unusable: Collection[int]) -> list[str]:
        told = every.read("status", text_in, blanked(unusable, every.printed("status")))
        found = map(status_of, told)
        if not every.has("biz_type"):
            return list(found)
        return [
            status or ("注销" if "注销" in what else "")
            for status, what in zip(found, biz_types, strict=True)
        ]

    def _unit(self, value: Value) -> str | Odd[None] | None:
        name = text_of(value)
        if name in NOTHING or not self._names:
            return None
        code = self._units.get(plain(name))
        if code is not None:
            return code
        if name not in self._hints:
            self._hints[name] = near(name, self._names) if len(self._hints) < _HINTS else "。"
        advice = f"单位名录里没有“{masked(name)}”{self._hints[name]}请改正，或在名录里加上别名；现在没有归给哪个单位。"
        return Odd(None, "unknown-unit", advice)

    def _letters(self, every: Columns, units: Sequence[str | None]) -> list[Serial | None]:
        found: list[Serial | None] = [None] * len(units)
        # A column that is only called 编号 may hold row numbers as well: it must name the unit itself.
        for place, number in enumerate(every.values("number") if every.has("number") else ()):
            found[place] = None if number is None else self._serials.read(number, None)
        for place, value in enumerate(every.values("letter_no") if every.has("letter_no") else ()):
            if not says_nothing(value):
                found[place] = self._serials.read(value, units[place] or None)
                if found[place] is None:
                    every.tell(place, "letter_no", Odd(None, "letter-unreadable", _UNREADABLE))
        return found


def _at(places: Sequence[int], values: list[str]) -> list[str]:
    return values if len(places) == len(values) else [values[place] for place in places]
