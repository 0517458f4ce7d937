"""The office's ledgers, written from the register: 使用登记台账, 领用登记, 作废遗失登记, 存根移交清单."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.domain.documents import Cell, Column, Worksheet
from pipeline.domain.letters.lifecycle import HAPPENINGS, STATES, Event
from pipeline.domain.letters.model import DEAD, Letter, Serial
from pipeline.domain.letters.numbering import ranges
from pipeline.domain.letters.usage import USAGE_COLUMNS, usage_row
from pipeline.domain.wording import capital_number

NAMES = ("使用登记台账", "领用登记", "作废遗失登记", "存根移交清单")
"""What they are called, also as files."""
_RECEIPTS = (
    Column("序号", 7), Column("领用单位", 20), Column("起始号", 24), Column("终止号", 24), Column("份数（大写）", 16),
    Column("本数", 7), Column("领用日期", 13), Column("领用人（签字）", 14), Column("联系电话", 14), Column("发放人", 10),
    Column("备注", 14),
)  # fmt: skip
_DEATHS = (
    Column("编号", 24), Column("单位", 20), Column("原因", 40), Column("日期", 13), Column("替代编号", 24),
    Column("经办人", 10), Column("批准人", 10),
)  # fmt: skip
_STUBS = (
    Column("单位", 20), Column("起止号", 50), Column("应交", 8), Column("实交", 8), Column("缺号", 30),
    Column("移交人", 10), Column("接收人", 10), Column("日期", 13),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A letter in a list."""

    letter: Letter
    """The letter."""
    event: Event
    """How it came into its state."""
    is_replaced: bool = False
    """Whether another one was numbered in its place."""

    @property
    def day(self) -> date:
        """When it came into its state."""
        return self.event.day or self.event.at.date()


def usage(entries: Sequence[LedgerRow], title: str) -> Worksheet:
    """The usage ledger: each letter, whom it is for and what became of it."""
    rows = [usage_row(entry.letter, STATES[entry.letter.state], *_outcome(entry)) for entry in entries]
    return Worksheet(NAMES[0], f"{title}使用登记台账", USAGE_COLUMNS, rows)


def _outcome(entry: LedgerRow) -> tuple[str, str, str]:
    """Code of the business, the day of its registration, and remark."""
    event = entry.event
    if event.what == "used":
        return event.why, str(entry.day), ""
    replaced = f"原{entry.letter.replaces.key}号作废" if entry.letter.replaces else ""
    told = (str(event.day), event.who, event.why) if event.day else ()
    return "", "", "，".join(filter(None, (*told, replaced)))


def receipts(entries: Sequence[LedgerRow], events: Sequence[Event], book_size: int, title: str) -> Worksheet:
    """Who received which letters and when; what came back stands in the remark."""
    letters = {entry.letter.serial: entry.letter for entry in entries}
    handed: list[Event] = []
    returned: list[int] = []
    place: dict[Serial, int] = {}
    for event in events:
        if event.what == "distributed":
            place |= dict.fromkeys(event.serials(), len(handed))
            handed.append(event)
            returned.append(0)
        elif event.what == "returned":
            for serial in event.serials():
                returned[place[serial]] += 1
    rows: list[Sequence[Cell]] = []
    for number, (event, back) in enumerate(zip(handed, returned, strict=True), 1):
        serials = event.serials()
        first, last = letters[serials[0]], letters[serials[-1]]
        books = -(-len(serials) // book_size)
        rows.append(
            [
                number, last.unit_name, f"{first.printed}号", f"{last.printed}号", capital_number(len(serials)), books,
                str(event.day), event.who, "", "", f"退回{back}份" if back else "",
            ]
        )  # fmt: skip
    return Worksheet(NAMES[1], f"{title}领用登记", _RECEIPTS, rows)


def deaths(entries: Sequence[LedgerRow], events: Sequence[Event], title: str) -> Worksheet:
    """Every letter that is void or lost: why, since when, and what was numbered in its place."""
    instead = {entry.letter.replaces: entry.letter for entry in entries if entry.letter.replaces}
    reasons: dict[Serial, list[str]] = {}
    for event in events:
        if event.what in DEAD:
            for serial in event.serials():
                reasons.setdefault(serial, []).append(f"{HAPPENINGS[event.what]}：{event.why}")
    rows = [
        [
            f"{entry.letter.printed}号", entry.letter.unit_name, "；".join(reasons[entry.letter.serial]), str(entry.day),
            _number(instead, entry.letter.serial), "", "",
        ]
        for entry in entries
        if entry.letter.state in DEAD
    ]  # fmt: skip
    return Worksheet(NAMES[2], f"{title}作废、遗失登记", _DEATHS, rows)


def _number(instead: Mapping[Serial, Letter], serial: Serial) -> str:
    return f"{instead[serial].printed}号" if serial in instead else ""


def stubs(entries: Sequence[LedgerRow], title: str) -> Worksheet:
    """The counterfoils that each unit hands over: all but those of lost letters."""
    return Worksheet(NAMES[3], f"{title}存根移交清单", _STUBS, list(_stub_rows(entries)))


def _stub_rows(entries: Sequence[LedgerRow]) -> Iterator[Sequence[Cell]]:
    lost = {entry.letter.serial for entry in entries if entry.letter.state == "lost"}
    for run in ranges([entry.letter for entry in entries]):
        first, last = run.first.serial, run.last.serial
        missing = [serial for serial in sorted(lost) if first <= serial <= last]
        span = f"{run.first.printed}号 至 {run.last.printed}号"
        gone = "、".join(serial.key for serial in missing)
        yield [run.unit_name, span, run.count - len(missing), "", gone, "", "", ""]
