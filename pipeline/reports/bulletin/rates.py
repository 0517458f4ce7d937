"""The completion rates as annex 2 and the wall chart draw them: a bar for each unit, in the series of its band."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pipeline.domain.documents import Chart, Series

PACE = "序时进度"
"""The template's series that is the pace; the legend then tells how much it is."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One unit; or, without a band, a line that only says how many are not drawn."""

    name: str
    """As it stands beside the bar."""
    percent: Decimal
    """Completion rate in percent, rounded as it is printed elsewhere."""
    band: str
    """Which series of the template it belongs to: 先进, 基本达标, 滞后, 零进展; empty for none."""


@dataclass(frozen=True, slots=True)
class Rates:
    """Completion rates against the pace."""

    bars: tuple[Bar, ...]
    """From top to bottom."""
    pace: Decimal
    """Pace in percent, rounded as it is printed elsewhere."""

    def chart(self) -> Chart:
        """The pace in every line of a unit, and each rate in the series of its band."""
        paces = tuple(self.pace if bar.band else None for bar in self.bars)
        pace = Series(PACE, f"{PACE}{self.pace}%", paces)
        bands = dict.fromkeys(bar.band for bar in self.bars if bar.band)
        return Chart(
            "单位名称", tuple(bar.name for bar in self.bars), (pace, *(self._series(band) for band in bands))
        )

    def as_plain(self) -> dict[str, Any]:
        """As JSON values; the order of the keys is sealed with them."""
        bars = [[bar.name, str(bar.percent), bar.band] for bar in self.bars]
        return {"pace": str(self.pace), "bars": bars}

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "Rates":
        """What :meth:`as_plain` made.

        :raises KeyError, TypeError, ValueError: it is not of that form.
        """
        bars = tuple(Bar(name, Decimal(percent), band) for name, percent, band in plain["bars"])
        return cls(bars, Decimal(plain["pace"]))

    def _series(self, band: str) -> Series:
        return Series(band, band, tuple(bar.percent if bar.band == band else None for bar in self.bars))
