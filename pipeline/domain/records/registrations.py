"""Registration exports (登记数据) → businesses, each once, with the last value that its rows had of each field."""

from collections.abc import Sequence

from pipeline.domain.records.exports.businesses import put_together
from pipeline.domain.records.exports.cells import column_of
from pipeline.domain.records.exports.classed import UNCLASSED
from pipeline.domain.records.exports.kind import KIND
from pipeline.domain.records.exports.registration import Registered, Registration
from pipeline.domain.records.exports.rows import NO_DATE, EntryReader, RegistrationRow
from pipeline.domain.records.exports.status import CLOSED
from pipeline.domain.records.reading import Known, Reader, Reading, counted
from pipeline.domain.tables.findings import Findings
from pipeline.domain.tables.grid import Table
from pipeline.domain.values.identity import masked
from pipeline.domain.values.industry import industry_of
from pipeline.domain.values.text import text_of

__all__ = ["REGISTRATIONS", "Registered", "Registration"]

_NO_DATE_AT_ALL = "没有成立日期，也没有注销日期，不能统计。请补上；核准日期每次变更都会变，只有业务类型写明“设立”的行才能用它代替。"


def _read(tables: Sequence[Table], known: Known) -> Reading[Registered]:
    """Read every export, then tell which rows are one business; these in order of first appearance.

    Problem codes: ``no-identity``, ``bad-date``, and those of :meth:`~pipeline.domain.records.exports.rows.EntryReader.read`, as
    are the notices; further ones are those of :class:`~pipeline.domain.tables.columns.days.Days`, ``changed-date``,
    ``unit-changed``, ``approval-date``, ``cancelled-by-approval``, ``cancelled-without-date``, ``cancelled-too-early``,
    ``struck-off-by-approval``, ``struck-off-without-date``.
    """
    reader = EntryReader(known)
    findings = reader.findings
    entries: list[RegistrationRow] = []
    left_out: list[tuple[str, str]] = []
    for table in tables:
        findings.problems += table.faults
        findings.notices += table.doubts
        found, unused = reader.read(table)
        entries += found
        left_out += unused
    groups, unplaced = put_together(entries, reader.entities.companies, findings)
    registrations: list[Registration] = []
    for group in groups:
        says = group[0].says
        if len(group) == 1 and says.established and not (says.cancelled or says.status in CLOSED):
            registrations.append(says)  # as nearly all: nothing is to be told
            continue
        business = _ended(_merged(group, findings), group, findings)
        if business.established or business.cancelled or business.revoked or business.struck_off:
            registrations.append(business)
            _tell(business, group, findings)
            continue
        for entry in group:
            column = column_of(entry.table, "est_date", "appr_date", "cancel_date")
            findings.problem(entry.table, entry.row, column, "bad-date", _NO_DATE_AT_ALL)
            unplaced.append((entry, NO_DATE))
    left_out += [(entry.says.sources[0].file, reason) for entry, reason in unplaced]
    codes = reader.entities.companies | {""}
    companies = (each for each in reader.companies if each.uscc in codes)
    return Reading(
        Registered(tuple(registrations), tuple(companies)),
        tuple(findings.problems),
        tuple(findings.notices),
        counted(left_out),
    )


REGISTRATIONS = Reader(KIND, _read)
"""登记数据 → every business once."""


def _merged(entries: Sequence[RegistrationRow], findings: Findings) -> Registration:
    """One business of its rows; of one row, as most are, nothing is to be told."""
    if len(entries) == 1 and (entries[0].says.established or not entries[0].approved):
        return entries[0].says
    uscc = regno = name = operator = id_no = status = phone = address = scope = station = town = section = (
        code
    ) = form = ""
    established = approved = cancelled = revoked = struck_off = letter = unit = None
    declared: RegistrationRow | None = None
    classes = UNCLASSED
    for entry in entries:
        says = entry.says
        if established and says.established and says.established != established:
            advice = f"成立日期与前面的不一样：前面是{established}。按这里的算，请核对。"
            findings.notice(entry.table, entry.row, "est_date", "changed-date", advice)
        uscc, regno = says.uscc or uscc, says.regno or regno
        name, operator, id_no = says.name or name, says.operator or operator, says.id_no or id_no
        established, approved = says.established or established, entry.approved or approved
        cancelled, revoked = says.cancelled or cancelled, says.revoked or revoked
        struck_off = says.struck_off or struck_off
        status, letter = says.status or status, says.letter or letter
        phone, address, scope = says.phone or phone, says.address or address, says.scope or scope
        station, town, form = says.station or station, says.town or town, says.form or form
        classes = classes.then(says.classes)
        section, code = (new or old for new, old in zip(entry.industry, (section, code), strict=True))
        if entry.unit is not None:
            _tell_changed_unit(declared, entry, findings)
            unit, declared = entry.unit, entry
    if established is None and approved:
        established = approved
        for entry in (entry for entry in entries if entry.approved):
            advice = "没有成立日期，业务类型是设立，按核准日期算。请核对。"
            findings.notice(entry.table, entry.row, "appr_date", "approval-date", advice)
    sources = tuple(entry.says.sources[0] for entry in entries)
    return Registration(
        uscc, regno, name, operator, id_no, established, cancelled, revoked, status, letter, unit or None,
        phone, address, scope, sources, struck_off, None, industry_of(section, code), station, town,
        classes, form,
    )  # fmt: skip


def _ended(business: Registration, entries: Sequence[RegistrationRow], findings: Findings) -> Registration:
    """The business with its approved end, which dates it where no row has its day.

    Only the approval of a row that itself says 注销 or 撤销 counts: any other is of another change.
    """
    if business.status not in CLOSED:
        return business
    last = next(
        (each for each in reversed(entries) if each.closed and each.says.status == business.status), None
    )
    if last is None:
        return business
    business = business._replace(closed=last.closed)
    if business.status == "注销" and not business.cancelled:
        advice = f"已注销而没有注销日期，按这一行的核准日期{last.closed}算注销。请核对。"
        findings.notice(last.table, last.row, "appr_date", "cancelled-by-approval", advice)
        return business._replace(cancelled=last.closed)
    if business.status == "撤销" and not business.struck_off:
        advice = f"登记已撤销而没有撤销日期，按这一行的核准日期{last.closed}核减。请核对。"
        findings.notice(last.table, last.row, "appr_date", "struck-off-by-approval", advice)
        return business._replace(struck_off=last.closed)
    return business


def _tell_changed_unit(earlier: RegistrationRow | None, entry: RegistrationRow, findings: Findings) -> None:
    if earlier and earlier.unit != entry.unit:
        before, now = (masked(text_of(each.row.cells.get("unit"))) for each in (earlier, entry))
        advice = (
            f"同一户的单位前后不一样：{earlier.says.sources[0]}写的是“{before}”，{entry.says.sources[0]}写的是“{now}”。"
            "按后面的算，请核对哪个对。"
        )
        findings.notice(entry.table, entry.row, "unit", "unit-changed", advice)


def _tell(business: Registration, entries: Sequence[RegistrationRow], findings: Findings) -> None:
    """What only all rows of a business together show to be doubtful."""
    if business.status == "注销" and not business.cancelled:
        advice = "已注销而没有注销日期，不算注销。请补上注销日期。"
        _undated_notice(entries, "cancel_date", "cancelled-without-date", advice, findings)
    if business.is_struck_off_undated:
        advice = "登记已撤销而没有撤销日期，新登记、注销、核减都不算。请补上撤销日期。"
        _undated_notice(entries, "strike_date", "struck-off-without-date", advice, findings)
    if business.established and business.cancelled and business.cancelled < business.established:
        dated = [entry for entry in entries if entry.says.cancelled] or [
            entry for entry in entries if entry.closed
        ]
        last = dated[-1]
        day, column = ("注销日期", "cancel_date") if last.says.cancelled else ("核准日期", "appr_date")
        advice = f"{day}早于成立日期{business.established}，其中有一个写错了。请核对。"
        findings.notice(last.table, last.row, column, "cancelled-too-early", advice)


def _undated_notice(
    entries: Sequence[RegistrationRow], column: str, code: str, advice: str, findings: Findings
) -> None:
    last = next(entry for entry in reversed(entries) if entry.says.status)
    findings.notice(last.table, last.row, column_of(last.table, column, "status", "biz_type"), code, advice)
