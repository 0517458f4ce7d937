"""``[supervise]``."""

from dataclasses import dataclass, field

from pipeline.settings.bounds import within


@dataclass(frozen=True, slots=True)
class Supervise:
    """``[supervise]``: when a unit that lags is written to, by whose leave, and by when it answers."""

    notice_from: str = ""
    """First month of whose figures anybody is written to: 2022-07; empty: the third month of the plan's period."""
    min_gap: int = within(0, 10_000, default=2)
    """Businesses short of pace that are still no lag (户)."""
    ladder_months: list[int] = field(default_factory=lambda: [1, 2, 3])
    """The count of lagging months from which on it is 提醒, 督办, 约谈."""
    authority: str = ""
    """Who has agreed to supervision and interviews: 县人民政府; empty: they stay drafts (送审稿)."""
    approved_by: str = ""
    """Who approves them; empty: they stay drafts."""
    addressees: dict[str, str] = field(default_factory=dict)
    """Group → who is written to of its units, with {name} for the unit's: a city's office writes to a county's task force
    (专班), not to its government; who is not in it is written to by the roster's full name."""
    reply_days: int = within(1, 60, default=5)
    """Working days within which a reminder is answered."""
    sign_days: int = within(1, 60, default=2)
    """Working days within which the slip of receipt comes back."""
    plan_days: int = within(1, 60, default=3)
    """Working days within which a unit under supervision says what it will do."""
    effect_days: int = within(1, 180, default=15)
    """Days within which that is done, and by which the open item is due."""
    interview_days: int = within(2, 60, default=3)
    """Working days from the notice to the interview."""
    interview_time: str = "上午9时"
    """Its time of day."""
    interview_place: str = ""
    """Where it is; empty: 地点另行通知."""
    interviewer: str = ""
    """Who talks to the unit's head; empty: written in by hand."""
    interview_report_days: int = within(1, 60, default=7)
    """Working days after the interview within which the unit reports."""
    contact: str = ""
    """Who can be asked, with the phone; empty: written in by hand."""
    reminder_serial: str = ""
    """Number of a 提醒函 with {year} and {number}, without 「号」; empty for the usual after the county's."""
    supervision_serial: str = ""
    """The same of a 督办函."""
    interview_serial: str = ""
    """The same of a 约谈通知书."""
