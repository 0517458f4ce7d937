"""``[analysis]``."""

from dataclasses import dataclass, field

from pipeline.settings.bounds import within


@dataclass(frozen=True, slots=True)
class Analysis:
    """``[analysis]``: what the analysis of all individual businesses tells."""

    survival: list[int] = field(default_factory=lambda: [3, 6, 12, 24, 36])
    """After how many months it is told how many still exist, rising."""
    cohort_min: int = within(1, 1000, default=10)
    """Businesses below which a share that survives is not told (样本少)."""
    industry_min_coded: float = within(0.0, 1.0, default=0.95)
    """Share of the stock with a code of industry below which nothing is said of its structure; so of forms and ages."""
    exit_alert: float = within(0.0, 10.0, default=0.5)
    """Cancelled to new (新设退出比) above which the analysis points at it; 100∶50 was the whole country's in 2021."""
    survival_drop: int = within(1, 100, default=5)
    """Percentage points by which fewer must survive than before, or of those with letters than of all, to be pointed at."""
