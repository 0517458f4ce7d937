"""Registration exports (登记数据) → businesses, each once, with the last value that its rows had of each field."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.domain.letters.model import Serial
from pipeline.domain.letters.number import SerialFormat
from pipeline.domain.model import Problem, Source, Unit
from pipeline.domain.records.businesses import put_together
from pipeline.domain.records.registration_rows import NO_DATE, EntryReader, RegistrationRow, column_of
from pipeline.domain.tables.findings import Findings
from pipeline.domain.tables.grid import Table
from pipeline.domain.values.identity import masked
from pipeline.domain.values.text import text_of

_NO_DATE_AT_ALL = "没有成立日期，也没有注销日期，不能统计。请补上；核准日期每次变更都会变，只有业务类型写明“设立”的行才能用它代替。"


@dataclass(frozen=True, slots=True)
class Registration:
    """An individual business (个体工商户); of each field the last value that a row had."""

    uscc: str
    """Unified code; empty without one."""
    regno: str
    """Registration number; empty without one."""
    name: str
    """名称."""
    operator: str
    """经营者."""
    id_no: str
    """The operator's ID number, as typed."""
    established: date | None
    """Date of establishment; where no row has one, the approval of a row that says 设立."""
    cancelled: date | None
    """Date of cancellation; a status 注销 without one does not count."""
    revoked: date | None
    """Date of revocation (吊销), which is no cancellation."""
    status: str
    """在册, 注销, 吊销, 撤销 or 迁出; any other word as it stood; empty without one."""
    letter: Serial | None
    """The letter that a row named, whether there is such a letter or not."""
    unit: str | None
    """Code of the unit that a row declared; None for none, or for an office without a share of the target."""
    sources: tuple[Source, ...]
    """Its rows, in file and row order."""


@dataclass(frozen=True, slots=True)
class Registrations:
    """All registration exports of a workspace."""

    businesses: tuple[Registration, ...]
    """In order of first appearance."""
    problems: tuple[Problem, ...]
    """Rows that cannot be used."""
    notices: tuple[Problem, ...]
    """What the clerk should know."""
    left_out: Mapping[str, Mapping[str, int]]
    """File → why a row was left out → how many; all the others are among the businesses' sources."""


def read_registrations(
    tables: Sequence[Table],
    units: Sequence[Unit],
    serials: SerialFormat,
    other_units: Sequence[str] = (),
) -> Registrations:
    """Read every export, then tell which rows are one business.

    :param tables: those of kind ``registrations``, in file order.
    :param units: the roster; empty where it could not be read, and then no unit is looked for.
    :param serials: how the plan year's letters are numbered.
    :param other_units: offices that may be declared although they have no share of the target.

    Problem codes: ``no-identity``, ``bad-date``, and those of :meth:`~pipeline.domain.records.registration_rows.EntryReader.read`, as
    are the notices; further ones are those of :class:`~pipeline.domain.tables.day_columns.Days`, ``changed-date``,
    ``unit-changed``, ``approval-date``, ``cancelled-without-date``, ``cancelled-too-early``.
    """
    reader = EntryReader(units, serials, other_units)
    findings = reader.findings
    entries: list[RegistrationRow] = []
    left_out: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for table in tables:
        findings.problems += table.faults
        findings.notices += table.doubts
        reader.begin(table)
        for row in table.rows:
            entry = reader.read(table, row)
            if isinstance(entry, RegistrationRow):
                entries.append(entry)
            else:
                left_out[row.source.file][entry] += 1
    groups, unplaced = put_together(entries, reader.not_individual, findings)
    registrations: list[Registration] = []
    for group in groups:
        business = _merged(group, findings)
        if business.established or business.cancelled or business.revoked:
            registrations.append(business)
            _tell(business, group, findings)
            continue
        for entry in group:
            column = column_of(entry.table, "est_date", "appr_date", "cancel_date")
            findings.problem(entry.table, entry.row, column, "bad-date", _NO_DATE_AT_ALL)
            unplaced.append((entry, NO_DATE))
    for entry, reason in unplaced:
        left_out[entry.row.source.file][reason] += 1
    return Registrations(tuple(registrations), tuple(findings.problems), tuple(findings.notices), left_out)


def _merged(entries: Sequence[RegistrationRow], findings: Findings) -> Registration:
    """One business of its rows."""
    uscc = regno = name = operator = id_no = status = ""
    established = approved = cancelled = revoked = letter = unit = None
    declared: RegistrationRow | None = None
    for entry in entries:
        if established and entry.established and entry.established != established:
            advice = f"成立日期与前面的不一样：前面是{established}。按这里的算，请核对。"
            findings.notice(entry.table, entry.row, "est_date", "changed-date", advice)
        uscc, regno = entry.uscc or uscc, entry.regno or regno
        name, operator, id_no = entry.name or name, entry.operator or operator, entry.id_no or id_no
        established, approved = entry.established or established, entry.approved or approved
        cancelled, revoked = entry.cancelled or cancelled, entry.revoked or revoked
        status, letter = entry.status or status, entry.letter or letter
        if entry.unit is not None:
            _tell_changed_unit(declared, entry, findings)
            unit, declared = entry.unit, entry
    if established is None and approved:
        established = approved
        for entry in (entry for entry in entries if entry.approved):
            advice = "没有成立日期，业务类型是设立，按核准日期算。请核对。"
            findings.notice(entry.table, entry.row, "appr_date", "approval-date", advice)
    sources = tuple(entry.row.source for entry in entries)
    return Registration(
        uscc, regno, name, operator, id_no, established, cancelled, revoked, status, letter, unit or None, sources,
    )  # fmt: skip


def _tell_changed_unit(earlier: RegistrationRow | None, entry: RegistrationRow, findings: Findings) -> None:
    if earlier and earlier.unit != entry.unit:
        before, now = (masked(text_of(each.row.cells.get("unit"))) for each in (earlier, entry))
        advice = (
            f"同一户的单位前后不一样：{earlier.row.source}写的是“{before}”，{entry.row.source}写的是“{now}”。"
            "按后面的算，请核对哪个对。"
        )
        findings.notice(entry.table, entry.row, "unit", "unit-changed", advice)


def _tell(business: Registration, entries: Sequence[RegistrationRow], findings: Findings) -> None:
    """What only all rows of a business together show to be doubtful."""
    if business.status == "注销" and not business.cancelled:
        last = next(entry for entry in reversed(entries) if entry.status)
        column = column_of(last.table, "cancel_date", "status", "biz_type")
        advice = "已注销而没有注销日期，不算注销。请补上注销日期。"
        findings.notice(last.table, last.row, column, "cancelled-without-date", advice)
    if business.established and business.cancelled and business.cancelled < business.established:
        last = next(entry for entry in reversed(entries) if entry.cancelled)
        advice = f"注销日期早于成立日期{business.established}，其中有一个写错了。请核对。"
        findings.notice(last.table, last.row, "cancel_date", "cancelled-too-early", advice)
