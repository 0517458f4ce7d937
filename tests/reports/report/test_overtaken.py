"""A report tells an analysis word by word, but none that was made before the figures were corrected."""

import pytest

from pipeline.domain.period import Month
from pipeline.reports.report.compose import analysis_told

JUNE = Month(2022, 6)


@pytest.mark.parametrize(
    "analysed, printed, reason, is_told",
    [
        ("2022-07-05T10:00:00+08:00", "2022-07-05T09:00:00+08:00", "", True),
        ("2022-07-05T08:00:00+08:00", "2022-07-05T09:00:00+08:00", "", True),  # made the other way round
        ("2022-07-05T10:00:00+08:00", "2022-07-09T09:00:00+08:00", "登记数据补报", False),
        ("2022-07-09T02:00:00+00:00", "2022-07-09T09:00:00+08:00", "登记数据补报", True),  # corrected too
    ],
)
def test_an_analysis_of_before_the_correction_is_left_out_and_told(
    analysed: str, printed: str, reason: str, is_told: bool
) -> None:
    kept = {
        ("analyse", "2022-06"): {"published_at": analysed},
        ("bulletin", "2022-06"): {"published_at": printed, "reason": reason},
    }
    found, why = analysis_told(kept, JUNE)
    assert (found is not None) is is_told
    assert why == ("" if is_told else "2022年6月的简报更正过，运行监测分析还是更正以前的")


def test_without_an_analysis_there_is_nothing_to_tell() -> None:
    assert analysis_told({}, JUNE) == (None, "")
