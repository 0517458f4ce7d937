from collections.abc import Sequence
from dataclasses import replace

import pytest

from pipeline.domain.model import Unit
from pipeline.domain.statistics.figures import MonthFigures, Standing, Tally, Yardstick
from pipeline.reports.dispatch.figures import prospects
from pipeline.reports.dispatch.wording import note, summary

EAST, WEST = Unit("01", "东村镇", "", "乡镇", target=60), Unit("14", "县财政局", "", "县直", target=30)


def month(number: int, nets: Sequence[int], targets: Sequence[int] = (60, 30)) -> MonthFigures:
    """Figures in which each unit gained as much in every month so far."""
    pace = Yardstick().pace(number)
    units = [replace(unit, target=target) for unit, target in zip((EAST, WEST), targets, strict=True)]
    standings = (
        Standing(unit.target, Tally(new_month=net, new=net * number), pace, unit, 1, "先进")
        for unit, net in zip(units, nets, strict=True)
    )
    return MonthFigures(2022, number, Yardstick(), tuple(standings), Tally())


@pytest.mark.parametrize(
    "months, said",
    [
        (
            [month(4, (2, 2)), month(5, (2, 2)), month(6, (2, 2))],
            (
                "截至2022年6月30日，全县年度净增任务90户，累计净增24户，完成率26.7%，低于序时进度23.3个百分点。"
                "计划期还有6个月，还差66户，后续每月需净增11户；近3个月月均净增4.0户，照此推算全年净增48户。"
                "后续月均需净增达到近期月均两倍以上的有1个单位：东村镇。"
            ),
        ),
        (
            [month(1, (5, 3))],
            (
                "截至2022年1月31日，全县年度净增任务90户，累计净增8户，完成率8.9%，高于序时进度0.6个百分点。"
                "计划期还有11个月，还差82户，后续每月需净增8户；当月净增8户，照此推算全年净增96户。"
            ),
        ),
        (
            [month(12, (5, 2))],
            (
                "截至2022年12月31日，全县年度净增任务90户，累计净增84户，完成率93.3%。"
                "计划期已经结束，还差6户没有完成。"
            ),
        ),
        (
            [month(12, (6, 3))],
            "截至2022年12月31日，全县年度净增任务90户，累计净增108户，完成率120.0%。全年任务已经完成。",
        ),
        (
            [month(11, (6, 3))],
            (
                "截至2022年11月30日，全县年度净增任务90户，累计净增99户，完成率110.0%，高于序时进度18.3个百分点。"
                "全年任务已经完成。当月净增9户，照此推算全年净增108户。"
            ),
        ),
        (
            [month(11, (4, 3))],
            (
                "截至2022年11月30日，全县年度净增任务90户，累计净增77户，完成率85.6%，低于序时进度6.1个百分点。"
                "计划期还有1个月，还差13户，最后一个月需净增13户；当月净增7户，照此推算全年净增84户。"
                "后续月均需净增达到近期月均两倍以上的有1个单位：东村镇。"
            ),
        ),
        (
            [month(6, (-1, 0))],
            (
                "截至2022年6月30日，全县年度净增任务90户，累计净减少6户，完成率-6.7%，低于序时进度56.7个百分点。"
                "计划期还有6个月，还差96户，后续每月需净增16户；当月净减少1户，照此推算全年净减少12户。"
                "后续月均需净增达到近期月均两倍以上的有2个单位：东村镇、县财政局。"
            ),
        ),
        (
            [month(6, (1, 0), targets=(0, 0))],
            "截至2022年6月30日，全县年度净增任务0户，累计净增6户。全年任务已经完成。当月净增1户，照此推算全年净增12户。",
        ),
    ],
)
def test_the_county_in_words(months: list[MonthFigures], said: str) -> None:
    assert summary(prospects(months), "全县") == said


def test_the_note_says_whose_figures_these_are() -> None:
    assert "以6月份简报为准" in note(month(6, (1, 1))) and "由程序计算，请不要改动" in note(month(6, (1, 1)))
