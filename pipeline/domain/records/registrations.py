"""Registration exports (登记数据) → businesses, each once, with the last value that its rows had of each field."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import overload

from pipeline.domain.letters.model import Serial
from pipeline.domain.model import Source
from pipeline.domain.records.exports.businesses import put_together
from pipeline.domain.records.exports.companies import Company
from pipeline.domain.records.exports.rows import NO_DATE, EntryReader, RegistrationRow, column_of
from pipeline.domain.records.reading import Known, Reader, Reading, counted
from pipeline.domain.tables.findings import Findings
from pipeline.domain.tables.grid import Table
from pipeline.domain.tables.kinds import ADDRESS, ID_NO, PHONE, SCOPE, UNIT, Kind
from pipeline.domain.values.identity import masked
from pipeline.domain.values.text import text_of

_KIND = Kind(
    "registrations",
    "登记数据",
    {
        "seq": ("序号", "行号", "No."),
        "uscc": (
            "统一社会信用代码", "社会信用代码", "信用代码", "统一代码", "统一社会信用代码/注册号", "uniscid", "unicode",
            "creditcode",
        ),
        "regno": ("注册号", "工商注册号", "营业执照号", "执照号", "营业执照注册号", "regno", "zch"),
        "name": (
            "名称", "字号名称", "字号", "个体工商户名称", "市场主体名称", "主体名称", "企业名称", "企业(机构)名称", "商户名称",
            "店名", "entname", "traname", "mc",
        ),
        "operator": (
            "经营者", "经营者姓名", "负责人", "法定代表人", "法人", "法定代表人(负责人/经营者)", "户主", "姓名", "申请人",
            "name", "lerep", "jyz_xm",
        ),
        "id_no": ID_NO,
        "id_type": ("证件类型", "证件种类", "certype"),
        "form": ("组成形式", "经营形式", "个人/家庭", "compform"),
        "scope": SCOPE,
        "address": ADDRESS,
        "authority": ("登记机关", "登记机构", "发照机关", "regorg", "djjg"),
        "est_date": (
            "成立日期", "注册日期", "设立日期", "登记日期", "开业日期", "成立时间", "注册时间", "estdate", "regdate", "esdate",
        ),
        "appr_date": ("核准日期", "核准时间", "审核日期", "发照日期", "apprdate", "hz_rq", "issblicdate"),
        "cancel_date": ("注销日期", "注销时间", "注销核准日期", "candate"),
        "revoke_date": ("吊销日期", "revdate"),
        "status": (
            "登记状态", "经营状态", "企业状态", "主体状态", "状态", "个体户状态", "regstate", "opstate", "gtgsh_zt",
        ),
        "biz_type": ("业务类型", "办理类型", "登记类型"),
        "industry": ("行业门类", "行业", "所属行业", "行业类别", "industryphy", "sshy"),
        "station": (
            "管辖单位", "所属监管所", "属地监管所", "市场监管所", "属地监管工商所", "管辖所", "localadm", "sdjggss",
        ),
        "phone": PHONE,
        "town": ("乡镇", "所属乡镇", "所在乡镇", "街道"),
        "letter_no": ("介绍信编号", "介绍信号", "介绍信", "信号"),
        "number": ("编号",),
        "unit": UNIT,
    },
    (("uscc", "regno", "id_no"), ("est_date", "appr_date", "cancel_date")),
    printed=("name", "operator", "unit"),
    is_list=True,
    weighed=("uscc", "regno", "id_no", "est_date", "cancel_date", "revoke_date", "status", "letter_no", "unit"),
    stops=False,
)  # fmt: skip
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
    phone: str
    """Phone numbers, joined by 「、」; empty where they are none."""
    address: str
    """经营场所, as it stood."""
    scope: str
    """经营范围, as it stood."""
    sources: tuple[Source, ...]
    """Its rows, in file and row order."""


@dataclass(frozen=True, slots=True)
class Registered(Sequence[Registration]):
    """Every business once, in order of first appearance; beside them, the companies that the same tables name."""

    businesses: tuple[Registration, ...]
    """The businesses, of which this is the sequence."""
    companies: tuple[Company, ...]
    """Companies, one for each row."""

    def __len__(self) -> int:
        return len(self.businesses)

    def __iter__(self) -> Iterator[Registration]:
        return iter(self.businesses)

    @overload
    def __getitem__(self, place: int) -> Registration: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Registration, ...]: ...
    def __getitem__(self, place: int | slice) -> Registration | tuple[Registration, ...]:
        return self.businesses[place]


def _read(tables: Sequence[Table], known: Known) -> Reading[Registered]:
    """Read every export, then tell which rows are one business; these in order of first appearance.

    Problem codes: ``no-identity``, ``bad-date``, and those of :meth:`~pipeline.domain.records.exports.rows.EntryReader.read`, as
    are the notices; further ones are those of :class:`~pipeline.domain.tables.columns.days.Days`, ``changed-date``,
    ``unit-changed``, ``approval-date``, ``cancelled-without-date``, ``cancelled-too-early``.
    """
    reader = EntryReader(known)
    findings = reader.findings
    entries: list[RegistrationRow] = []
    left_out: list[tuple[str, str]] = []
    for table in tables:
        findings.problems += table.faults
        findings.notices += table.doubts
        reader.begin(table)
        for row in table.rows:
            entry = reader.read(table, row)
            if isinstance(entry, RegistrationRow):
                entries.append(entry)
            else:
                left_out.append((row.source.file, entry))
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
    left_out += [(entry.row.source.file, reason) for entry, reason in unplaced]
    return Reading(
        Registered(tuple(registrations), tuple(reader.companies)),
        tuple(findings.problems),
        tuple(findings.notices),
        counted(left_out),
    )


REGISTRATIONS = Reader(_KIND, _read)
"""登记数据 → every business once."""


def _merged(entries: Sequence[RegistrationRow], findings: Findings) -> Registration:
    """One business of its rows."""
    uscc = regno = name = operator = id_no = status = phone = address = scope = ""
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
        phone, address, scope = entry.phone or phone, entry.address or address, entry.scope or scope
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
        uscc, regno, name, operator, id_no, established, cancelled, revoked, status, letter, unit or None,
        phone, address, scope, sources,
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
