"""A report tells an analysis word by word, but none that a correction of its bulletins has overtaken."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, cast

import pytest
from support.settings import SETTINGS

from pipeline.domain.journal import Journal
from pipeline.domain.period import Month, Quarter
from pipeline.publishing.report import Facts
from pipeline.reports.report.compose import analysis_told, goes_by

JUNE = Month(2022, 6)
KEPT: Mapping[tuple[str, str], Mapping[str, Any]] = {("analyse", "2022-06"): {"fields": {}}}


def facts(
    kept: Mapping[tuple[str, str], Mapping[str, Any]], overtaken: Mapping[tuple[str, str], Sequence[Month]]
) -> Facts:
    nothing: Any = cast("Any", None)
    return Facts(
        SETTINGS, date(2022, 7, 9), nothing, {}, {}, Journal(2022, ()), kept=kept, overtaken=overtaken
    )


def test_an_analysis_that_holds_is_told() -> None:
    others = {("dispatch", "2022-06"): (JUNE,), ("analyse", "2022-05"): (Month(2022, 5),)}
    assert analysis_told(facts(KEPT, others), JUNE) == (KEPT["analyse", "2022-06"], "")
    assert analysis_told(facts({}, {}), JUNE) == (None, "")


def test_an_analysis_of_before_a_correction_is_left_out_and_told() -> None:
    since = {("analyse", "2022-06"): (Month(2022, 5), JUNE)}
    assert analysis_told(facts(KEPT, since), JUNE) == (
        None,
        "2022年5月、2022年6月的简报更正过，运行监测分析还是更正以前的",
    )


@pytest.mark.parametrize("quarter, first", [(1, 1), (2, 1), (3, 4), (4, 1)])
def test_it_goes_by_the_quarter_before_too_and_the_years_by_every_month(quarter: int, first: int) -> None:
    months = [each.month for each in goes_by(Quarter(2022, quarter))]
    assert months == list(range(first, 3 * quarter + 1))
