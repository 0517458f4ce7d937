"""Papers of supervision: what the journal says of them, and which of them a correction has left without a ground."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from pipeline.domain.journal import Entry, Journal
from pipeline.domain.statistics.figures import MonthFigures, Progress, Tally
from pipeline.domain.supervision.ladder import LEVELS, Rule, rungs
from pipeline.errors import RegisterFault, Remedy

_BROKEN = (KeyError, TypeError, ValueError)
"""What comes of a ground that is none."""
CONFIRM, WITHDRAW = "confirm", "withdraw"
"""What is done to a paper: numbered and issued (签发), taken back (撤回)."""


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a paper was issued; kept with it, so that a later correction can be held against it."""

    month: int
    """1 to 12."""
    progress: Progress
    """The unit's figures of the month, as the bulletin had them."""
    months_running: int
    """Lagging months without a break up to this one."""
    rule: Rule
    """By which it lagged."""

    def to_plain(self) -> dict[str, Any]:
        """As JSON values."""
        tally = self.progress.tally
        return {
            "month": self.month,
            "target": self.progress.target,
            "new": tally.new,
            "cancelled": tally.cancelled,
            "pace": str(self.progress.pace),
            "months_running": self.months_running,
            "rule": [self.rule.first_month, self.rule.min_gap, list(self.rule.months)],
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "Ground":
        """What :meth:`to_plain` made, also after it has been JSON.

        :raises KeyError, TypeError, ValueError: it is not of that form; what is kept is sealed, so that does not happen.
        """
        tally = Tally(new=plain["new"], cancelled=plain["cancelled"])
        first, gap, months = plain["rule"]
        progress = Progress(plain["target"], tally, Fraction(plain["pace"]))
        return cls(plain["month"], progress, plain["months_running"], Rule(first, gap, tuple(months)))


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that was issued."""

    issued: Entry
    """The act by which it was numbered; its details hold all that it says."""
    ground: Ground
    """Why."""
    withdrawn: Entry | None = None
    """The act by which it was taken back; None while it holds."""

    @property
    def level(self) -> str:
        """One of the levels."""
        return self.issued.series

    @property
    def number(self) -> int:
        """Its number of the year among those of its level, from 1."""
        return self.issued.number

    @property
    def unit(self) -> str:
        """Code of the unit."""
        return self.issued.unit

    @property
    def told(self) -> Mapping[str, Any]:
        """All that it says, as it was kept."""
        return self.issued.details

    @property
    def serial(self) -> str:
        """Its number as printed (文号)."""
        return str(self.told["serial"])

    @property
    def unit_name(self) -> str:
        """The unit's short name then."""
        return str(self.told["fields"]["单位"])

    def ground_lost(self, months: Sequence[MonthFigures]) -> str:
        """Why it is to be withdrawn, in Chinese, by the bulletins that count now and the rule of then; empty where it stands.

        :param months: the year's, in their order.
        """
        until = [figures for figures in months if figures.month <= self.ground.month]
        known = rungs(until, self.unit, self.ground.rule)
        now = known[-1] if known and known[-1].month == self.ground.month else None
        month, then = f"{self.ground.month}月", self.ground.progress
        if now is None:
            return f"现在的简报里没有该单位{month}的数字"
        if now.level is None:
            return f"按现在的简报，该单位{month}不再滞后"
        if LEVELS.index(now.level) < LEVELS.index(self.level):
            return f"按现在的简报，该单位{month}只够{now.level}"
        if (now.standing.lead or 0) > (then.lead or 0) or now.standing.gap_to_pace < then.gap_to_pace:
            return f"简报已作有利于该单位的更正，文书所载{month}的数字不再准确"
        return ""


def papers(journal: Journal) -> tuple[Paper, ...]:
    """A year's papers, in the order in which they were issued.

    :raises RegisterFault: one says nothing that a paper could be made of, so it was altered.
    """
    found: dict[tuple[str, int], Paper] = {}
    for entry in journal.entries:
        if entry.series not in LEVELS:
            continue
        key = (entry.series, entry.number)
        if entry.act == CONFIRM:
            try:
                found[key] = Paper(entry, _ground(entry))
            except _BROKEN as fault:
                told = f"{entry.series} {entry.year}-{entry.number:04d} 的内容不完整，台账可能被改动过。"
                raise RegisterFault(told, Remedy.CHECK_REGISTER) from fault
        elif key in found:
            found[key] = Paper(found[key].issued, found[key].ground, entry)
    return tuple(found.values())


def faults(journal: Journal) -> Iterator[str]:
    """What no run of this program can have entered, in Chinese: a paper issued or withdrawn twice, two for a month."""
    told: dict[tuple[str, int], str] = {}
    months: Counter[tuple[str, int]] = Counter()
    for entry in journal.entries:
        if entry.series not in LEVELS:
            continue
        key, name = (entry.series, entry.number), f"{entry.series} {entry.year}-{entry.number:04d}"
        before = told.get(key)
        if (before, entry.act) not in {(None, CONFIRM), (CONFIRM, WITHDRAW)}:
            yield f"{name} 的流水不成立：{before or '没有'}之后是 {entry.act}。"
        told[key] = entry.act
        if entry.act != CONFIRM:
            continue
        try:
            month = _ground(entry).month
        except _BROKEN:
            yield f"{name} 的内容不完整。"
            continue
        months[entry.unit, month] += 1
        if months[entry.unit, month] == 2:
            yield f"{name}：编号 {entry.unit} 的单位{month}月有两件督查文书。"


def _ground(entry: Entry) -> Ground:
    plain: Any = entry.details["ground"]
    return Ground.from_plain(plain)
