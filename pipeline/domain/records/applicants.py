"""Lists of people whom the units have won over (培育对象名单) → applicants, every doubt at its own cell."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from pipeline.domain.model import Applicant, Unit
from pipeline.domain.records.people import PRINTED, Candidate, People
from pipeline.domain.records.reading import Known, Reader, Reading, counted
from pipeline.domain.records.unit_names import NOT_OWN, find_unit, unit_of_sheet, unknown_unit
from pipeline.domain.tables.findings import Findings, what_to_do
from pipeline.domain.tables.grid import Row, Table
from pipeline.domain.tables.kinds import ADDRESS, ID_NO, PHONE, SCOPE, SEQ, UNIT, Kind
from pipeline.domain.values.cell import Unreadable, Value
from pipeline.domain.values.identity import Checked, age_on, birthday, id_number
from pipeline.domain.values.phones import phone
from pipeline.domain.values.text import one_line, plain, text_of

_KIND = Kind(
    "applicants",
    "培育对象名单",
    {
        "seq": SEQ,
        "operator": ("姓名", "培育对象姓名", "培育对象", "经营者姓名", "经营者", "申请人", "申请人姓名", "负责人", "户主"),
        "id_no": ID_NO,
        "phone": PHONE,
        "name": (
            "名称", "拟用名称", "拟办名称", "字号名称", "字号", "个体工商户名称", "拟注册名称", "商户名称", "店名", "店铺名称",
        ),
        "scope": SCOPE,
        "address": ADDRESS,
        "unit": (*UNIT, "乡镇", "所属乡镇", "街道", "所属街道", "乡镇(街道)"),
    },
    (("operator",), ("id_no",), ("phone",), ("name",), ("scope",), ("address",)),
    printed=("operator", "id_no", "phone", "name", "scope", "address", "unit"),
    is_list=True,
    weighed=("operator", "id_no", "phone", "name", "scope", "address", "unit"),
)  # fmt: skip
YOUNGEST = 16
"""Years of age from which a person may run a business on his own account (民法典 第十八条)."""
USUAL = range(18, 76)
"""Ages that raise no question."""
UNREADABLE = "公式没有算出可用的值。请改正公式，用 WPS 打开保存一次；或者直接写上内容。"
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u0080-\u009f\u2028\u2029\ufffd]")
_DITTO = re.compile("同上行?|同前|[〃″\"”“]|''")
_PLACEHOLDER = re.compile(
    r"暂?无|没有|(?:暂|尚|还)?未定|(?:待|暂)定|待填|待补|不详|不清楚|[-—－_/／、.·*＊?？xXｘＸ]+"
)
_COMPANY = re.compile(r"公司|企业|集团|合作社")


def _read(tables: Sequence[Table], known: Known) -> Reading[Mapping[str, Sequence[Applicant]]]:
    """All lists of a workspace.

    Problem codes: ``empty-cell``, ``control-character``, ``ditto-mark``, ``not-text``, ``too-young``, ``unknown-unit``,
    ``other-unit``, ``unit-without-share``, ``duplicate-applicant``, ``same-id``, ``wrong-total``, those of
    :mod:`~pipeline.domain.values.identity` and of :class:`~pipeline.domain.values.cell.Unreadable`. Notices: ``unusual-age``,
    ``company-name``, ``says-nothing``, ``unit-by-place``, ``second-business``, ``already-issued``, ``id-15-digits``.
    """
    lists = _Lists(known)
    for table in tables:
        lists.read(table)
    return Reading(
        {code: tuple(people) for code, people in lists.people.by_unit.items()},
        tuple(lists.findings.problems),
        tuple(lists.findings.notices),
        counted((*lists.left_out, *lists.people.doubted)),
    )


APPLICANTS = Reader(_KIND, _read)
"""培育对象名单 → unit code → its applicants without a fault, in list order."""


class _Lists:
    """Lists read one after another."""

    def __init__(self, known: Known) -> None:
        self.findings = Findings()
        self.people = People(known.issued, self.findings)
        self.left_out: list[tuple[str, str]] = []
        """File and reason, row by row."""
        self._known = known
        self._units: dict[str, Unit | None] = {}

    def read(self, table: Table) -> None:
        self.findings.problems += (*table.faults, *table.doubts)
        placed: dict[str | None, Unit | None] = {}
        for row in table.rows:
            sheet = row.source.sheet
            if sheet not in placed:
                placed[sheet], told = unit_of_sheet(table, sheet, self._known.units)
                self.findings.notices += told
            self.left_out.append((row.source.file, self._read_row(table, row, placed[sheet])))

    def _read_row(self, table: Table, row: Row, placed: Unit | None) -> str:
        before = len(self.findings.problems)
        cells = {name: self._cell(table, row, name) for name in PRINTED}
        unit = self._unit(table, row, placed)
        if len(self.findings.problems) > before or unit is None:
            return "有问题"
        who = Applicant(
            cells["operator"],
            cells["id_no"],
            cells["phone"],
            cells["name"],
            cells["scope"],
            cells["address"],
            row.source,
        )
        self._tell_age(table, row, who)
        if _COMPANY.search(who.business):
            self.findings.notice(
                table, row, "name", "company-name", "个体工商户的名称里一般没有公司、企业、合作社。请核对。"
            )
        if len(self.findings.problems) > before:
            return "有问题"
        return self.people.take(Candidate(who, unit, table, row))

    def _cell(self, table: Table, row: Row, name: str) -> str:
        value = row.printed(name)
        if name in {"id_no", "phone"} and isinstance(value, Unreadable) and value.code == "unclear-format":
            value = row.cells[name]  # the rules of these numbers tell whether it is right
        if isinstance(value, Unreadable):
            self.findings.problem(table, row, name, value.code, what_to_do(value, UNREADABLE))
            return ""
        if not text_of(value):
            self.findings.problem(table, row, name, "empty-cell", f"“{table.headers[name]}”空着，请补上。")
            return ""
        if name in {"id_no", "phone"}:
            checked = _checked(id_number if name == "id_no" else phone, value, row.cells[name])
            self._take(table, row, name, checked)
            return checked.text
        if isinstance(row.cells[name], bool | datetime):
            advice = "应是文字，却被表格软件变成了日期或真假值。请设为文本格式后重写。"
            self.findings.problem(table, row, name, "not-text", advice)
        text = one_line(value)
        if _DITTO.fullmatch(text):
            advice = f"“{text}”会照样印在介绍信上。请照上面的写全。"
            self.findings.problem(table, row, name, "ditto-mark", advice)
        if _PLACEHOLDER.fullmatch(text):
            advice = f"“{text}”会照样印在介绍信上。还没有定的，先不放这个人，定了再放；不这样的，请写清楚。"
            self.findings.notice(table, row, name, "says-nothing", advice)
        if _CONTROL.search(text):
            self.findings.problem(
                table, row, name, "control-character", "含有看不见的控制字符或乱码，请删去重写。"
            )
        return text

    def _take(self, table: Table, row: Row, name: str, checked: Checked) -> None:
        if checked.code:
            tell = self.findings.problem if checked.stops else self.findings.notice
            tell(table, row, name, checked.code, checked.advice)

    def _unit(self, table: Table, row: Row, placed: Unit | None) -> Unit | None:
        value = row.printed("unit")
        name = text_of(value)
        if not self._known.units:
            return None
        owner = row.source.owner
        if not name and (placed or owner):
            return next((unit for unit in self._known.units if unit.code == owner), None) if owner else placed
        if isinstance(value, Unreadable):
            self.findings.problem(table, row, "unit", value.code, what_to_do(value, UNREADABLE))
        elif not name:
            where = "单位" if "unit" in table.places else "没有单位列，文件名、工作表名也不是单位名称"
            advice = "“单位”空着，请补上。" if "unit" in table.places else f"{where}，请加一列“单位”。"
            self.findings.problem(table, row, "unit", "empty-cell", advice)
        else:
            if name not in self._units:
                self._units[name] = find_unit(name, self._known.units)
            unit = self._units[name]
            if unit and owner not in {"", unit.code}:
                self.findings.problem(table, row, "unit", "other-unit", NOT_OWN.format(unit.name))
                return None
            if unit:
                return unit
            if plain(name) in map(plain, self._known.other_units):
                advice = f"“{name}”没有培育任务，不能归给它。请改成有任务的单位。"
                self.findings.problem(table, row, "unit", "unit-without-share", advice)
            else:
                advice = unknown_unit(name, self._known.units)
                self.findings.problem(table, row, "unit", "unknown-unit", advice)
        return None

    def _tell_age(self, table: Table, row: Row, who: Applicant) -> None:
        age = age_on(birthday(who.id_no), self._known.day)
        if age < YOUNGEST:
            self.findings.problem(
                table,
                row,
                "id_no",
                "too-young",
                f"{self._known.day}时{age}岁，不满{YOUNGEST}岁，不能登记。请核对。",
            )
        elif age not in USUAL:
            self.findings.notice(table, row, "id_no", "unusual-age", f"{self._known.day}时{age}岁，请核对。")


def _checked(check: Callable[[Value], Checked], shown: Value, held: Value) -> Checked:
    """A number as it is shown (0358-6722345), or as it is held where that is the sound one."""
    found = check(shown)
    return check(held) if found.stops and shown is not held else found
