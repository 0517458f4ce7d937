"""The dispatch sheet (调度表) with what units have filled in, theirs or the county's.

What was computed is held against the sheet as it was issued: a unit says what hinders it, never how many it has.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import chain

from pipeline.domain.model import Source, Unit
from pipeline.domain.period import Month
from pipeline.domain.records.cells import Cells
from pipeline.domain.records.reading import Known, Reader, Reading, SheetRow, counted
from pipeline.domain.tables.findings import Findings
from pipeline.domain.tables.grid import Row, Table
from pipeline.domain.tables.kinds import SEQ, Kind
from pipeline.domain.values.dates import day_of
from pipeline.domain.values.text import plain, text_of
from pipeline.domain.wording import near

COMPUTED = {
    "任务数": "年度任务(户)", "累计净增": "累计净增", "完成率": "完成率(%)", "进度差": "与序时差(百分点)",
    "距序时差": "距序时差(户)", "差额": "差额(户)", "后续月均": "后续月均需净增(户)", "近三月月均": "近三月月均",
    "推算全年": "推算全年(户)", "等次": "等次", "位次": "本月位次", "未销号": "未销号", "逾期": "其中逾期",
}  # fmt: skip
"""What an issued row calls a figure, which is its field here too → its column's header."""
NAME, MONTH = "责任单位", "月份"
"""Headers of the columns that say whose a row is, and which sheet's."""
ASKED = {
    "category": "堵点类别", "obstacle": "堵点", "request": "需协调事项", "measures": "下月措施", "deadline": "完成时限",
}  # fmt: skip
"""What a unit fills in, five cells at most → its header."""
_TEXTS = ("category", "obstacle", "request", "measures")
_FAULTY, _BLANK = "有问题", "没有填写"
_KIND = Kind(
    "returned",
    "调度表",
    {
        "unit": (NAME, "单位名称", "单位"),
        "month": (MONTH, "调度月份"),
        "category": (ASKED["category"], "堵点类型", "类别"),
        "obstacle": (ASKED["obstacle"], "堵点问题", "存在堵点"),
        "request": (ASKED["request"], "需要协调事项", "需协调的事项", "请求协调事项"),
        "measures": (ASKED["measures"], "下步措施", "下一步措施", "下月工作措施"),
        "deadline": (ASKED["deadline"], "时限"),
        **{field: (header,) for field, header in COMPUTED.items()},
        "seq": SEQ,
    },
    (("unit",), ("month",), ("obstacle",), ("request",), ("measures",)),
    printed=("unit", "month", *ASKED, *COMPUTED),
    weighed=("unit", "month", *ASKED, *COMPUTED),
)


@dataclass(frozen=True, slots=True)
class Said:
    """A unit's five cells; an empty text where it has nothing to say."""

    category: str = ""
    """堵点类别, one of the settings'."""
    obstacle: str = ""
    """堵点."""
    request: str = ""
    """需协调事项: what it asks the county for."""
    measures: str = ""
    """下月措施."""
    deadline: date | None = None
    """完成时限."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a unit has filled in of a month's sheet; never nothing."""

    unit: Unit
    """Whose."""
    month: Month
    """The sheet's."""
    said: Said
    """Its cells."""
    source: Source = field(compare=False)
    """Its row."""


def _read(tables: Sequence[Table], known: Known) -> Reading[tuple[Written, ...]]:
    """What all sheets say, in file and row order; a unit that has filled in the same twice, once.

    Problem codes: ``changed-figure``, ``unknown-sheet``, ``unknown-unit``, ``unknown-category``, ``written-twice``; those
    of :class:`~pipeline.domain.records.cells.Cells`, the tables' doubts and faults.
    """
    findings = Findings()
    reasons: list[tuple[str, str]] = []
    written: list[tuple[Table, Row, Written]] = []
    for table in tables:
        sheet = _Sheet(Cells(table, known, findings), known)
        for row in table.rows:
            said = sheet.read(row)
            reasons.append((row.source.file, said if isinstance(said, str) else ""))
            if isinstance(said, Written):
                written.append((table, row, said))
    once = tuple(_once(written, findings))
    faults = chain.from_iterable((*table.doubts, *table.faults) for table in tables)
    return Reading(once, (*faults, *findings.problems), tuple(findings.notices), counted(reasons))


RETURNED = Reader(_KIND, _read)
"""调度表 → what units have :class:`Written`."""


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Reads the rows of one table."""

    cells: Cells
    known: Known

    def read(self, row: Row) -> Written | str:
        """What a row says, or why it is left out."""
        before = len(self.cells.findings.problems)
        told = self.cells.texts(row, ("unit", "month", *ASKED))
        if not (told["unit"] or told["month"]):
            return _FAULTY if len(self.cells.findings.problems) > before else _BLANK
        category, obstacle, request, measures = (told[name] for name in _TEXTS)
        said = Said(category, obstacle, request, measures, self.cells.day(row))
        self._sort(row, category)
        issued = self._issued(row, told["month"])
        if not issued:
            return _FAULTY
        is_total = plain(told["unit"]) in _totals(issued, self.known.units)
        unit = None if is_total else self.cells.unit(row, told["unit"])
        if not (unit or is_total):
            return _FAULTY
        self._hold(row, unit.name if unit else told["unit"], issued)
        if is_total and said != Said():
            advice = "这一行不是一个单位的，不用填。请填在单位自己的那一行。"
            self.cells.problem(row, "unit", "unknown-unit", advice)
        if len(self.cells.findings.problems) > before:
            return _FAULTY
        month = _month(row)
        return Written(unit, month, said, row.source) if unit and month and said != Said() else _BLANK

    def _issued(self, row: Row, told: str) -> Sequence[Sequence[SheetRow]]:
        """The rows of the month's sheet in each of its revisions, the last first."""
        month = _month(row)
        issued = self.known.sheets.get(month.name, ()) if month else ()
        if not issued:
            which = f"{month.words}的调度表没有出过" if month else f"看不出“{told}”是哪个月"
            advice = f"{which}。请核对月份，写成 2022-06 的样子；不要的表请移出 inputs。"
            self.cells.problem(row, "month", "unknown-sheet", advice)
        return issued

    def _hold(self, row: Row, whose: str, issued: Sequence[Sequence[SheetRow]]) -> None:
        """See that the row has the figures of one of the sheet's revisions."""
        own = [each for rows in issued for each in rows if plain(each["单位名称"]) == plain(whose)]
        changes = [list(self._changes(row, each)) for each in own]
        for name, printed in changes[0] if changes and all(changes) else ():
            advice = f"这一格是算好的，印发的调度表上是“{printed}”，不能改。请改回去；数字有出入的，另外告诉专班办公室。"
            self.cells.problem(row, name, "changed-figure", advice)
        if not own:
            advice = "印发的这个月调度表上没有这个单位。请核对单位和月份。"
            self.cells.problem(row, "unit", "unknown-sheet", advice)

    def _changes(self, row: Row, printed: SheetRow) -> Iterator[tuple[str, str]]:
        """Fields that do not say what was printed, and what that was; columns that are gone say nothing."""
        for name in COMPUTED:
            if name in self.cells.table.places and name in printed:
                seen = text_of(row.printed(name))
                if not _are_equal(seen, printed[name]):
                    yield name, printed[name]

    def _sort(self, row: Row, category: str) -> None:
        known = self.known.obstacles
        if category and plain(category) not in set(map(plain, known)):
            advice = f"没有“{category}”这一类{near(category, known)}可写的有：{'、'.join(known)}。"
            self.cells.problem(row, "category", "unknown-category", advice)


def _month(row: Row) -> Month | None:
    """The month that a row says it is of: ``2022-06``, 2022年6月, or any day of it."""
    value = row.cells.get("month")
    text = text_of(value)
    try:
        return Month.read(text)
    except ValueError:
        day = day_of(value) or day_of(f"{text.removesuffix('份')}1日")
        return Month(day.year, day.month) if day else None


def _totals(issued: Sequence[Sequence[SheetRow]], units: Sequence[Unit]) -> set[str]:
    """Names of the rows that are no unit's."""
    names = {plain(each["单位名称"]) for rows in issued for each in rows if not each["序号"]}
    return names - {plain(unit.name) for unit in units}


def _are_equal(one: str, other: str) -> bool:
    """Whether two cells show the same, or the same number."""
    if plain(one) == plain(other):
        return True
    try:
        return Decimal(one) == Decimal(other)
    except InvalidOperation:
        return False


def _once(written: Sequence[tuple[Table, Row, Written]], findings: Findings) -> Iterator[Written]:
    """Each unit's of a month, where all that it sent says the same."""
    by_unit: Mapping[tuple[Month, str], list[tuple[Table, Row, Written]]] = defaultdict(list)
    for each in written:
        by_unit[each[2].month, each[2].unit.code].append(each)
    for same in by_unit.values():
        if len({each.said for _, _, each in same}) == 1:
            yield same[0][2]
            continue
        for table, row, own in same:
            others = "、".join(str(other.source) for _, other, _ in same if other is not row)
            advice = f"{own.unit.name}{own.month.words}的调度表有几份，填的不一样（另见 {others}）。请只留对的一份。"
            findings.problem(table, row, "unit", "written-twice", advice)
