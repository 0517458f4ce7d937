"""``[doubts]``."""

from dataclasses import dataclass, field

from pipeline.settings.bounds import within


@dataclass(frozen=True, slots=True)
class Doubts:
    """``[doubts]``: from where on registrations are doubtful; told in the internal list only. A rule set to 0 is off."""

    same_person: int = within(0, 1000, default=3)
    """Businesses on the register under one ID number."""
    opened: int = within(0, 1000, default=2)
    """Businesses opened under one ID number within ``opened_days``."""
    opened_days: int = within(1, 366, default=90)
    """Days for ``opened``."""
    same_phone: int = within(0, 1000, default=4)
    """Operators with one phone number."""
    same_address: int = within(0, 1000, default=3)
    """Businesses on the register at one address."""
    markets: list[str] = field(default_factory=list)
    """Words in addresses of markets, malls and collective addresses (集群地址), which many may share."""
    same_scope: int = within(0, 1000, default=10)
    """Businesses with the same scope of business to the letter, of one unit on one day or in one village in the year."""
    rush_day: int = within(0, 1000, default=10)
    """Registrations of one unit on one day."""
    rush_percent: int = within(0, 100, default=50)
    """Percent of a unit's month above which its last days are a rush."""
    rush_days: int = within(1, 15, default=3)
    """How many days these are."""
    rush_least: int = within(1, 1000, default=5)
    """Registrations of the month below which percentages say nothing."""
    short_days: int = within(0, 366, default=90)
    """Days from opening to cancellation, at most."""
    january: int = within(0, 1000, default=10)
    """Cancellations in January of what one unit had gained the year before (跨年注销)."""
    take_over_days: int = within(0, 366, default=30)
    """Days between a cancellation and another operator's registration in its place, at most."""
    company_days: int = within(0, 366, default=30)
    """Days between a cancellation and the establishment of a company of the same operator or address, at most."""
    oldest: int = within(0, 150, default=75)
    """Years of age of an operator from which on it is asked whether he is the one."""
    youngest: int = within(0, 100, default=18)
    """Years of age below which the same is asked."""
