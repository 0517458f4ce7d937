"""The registry's own count beside the bulletin's, in words and in the sheet."""

from collections.abc import Mapping

import pytest

from pipeline.domain.statistics.registry import Comparison
from pipeline.reports.bulletin.registry import COLUMNS, registry_remark, registry_rows

FOUND = (
    Comparison("本月新登记", 118, {"当期成立又注销": 2, "吊销": 1}),
    Comparison("本月注销", 30, {"注销日期与核准日期不在同一期": 3, "有注销日期而状态不是注销": -1}),
    Comparison("期末实有", 8806, {}),
)


@pytest.mark.parametrize(
    "announced, text",
    [
        ({}, ""),
        ({"本月新登记": 118}, "与登记机关统计口径相比：本月新登记118户，与本简报一致。"),
        (
            {"本月新登记": 115},
            "与登记机关统计口径相比：本月新登记115户，差3户（本简报多3户），主要是当期成立又注销多2户、吊销多1户。",
        ),
        (
            {"本月新登记": 113},
            "与登记机关统计口径相比：本月新登记113户，差5户（本简报多5户），主要是当期成立又注销多2户、吊销多1户，其余多2户的原因待核。",
        ),
        (
            {"本月注销": 31},
            ("与登记机关统计口径相比：本月注销31户，差1户（本简报少1户），其中注销日期与核准日期不在同一期多3户、"
            "有注销日期而状态不是注销少1户，其余少3户的原因待核。"),
        ),
        ({"期末实有": 8811}, "与登记机关统计口径相比：期末实有8811户，差5户（本简报少5户），原因待核。"),
        (
            {"期末实有": 8806, "本月新登记": 118},
            "与登记机关统计口径相比：本月新登记118户，与本简报一致；期末实有8806户，与本简报一致。",
        ),
    ],
)  # fmt: skip
def test_the_difference_to_what_the_registry_announced_and_its_causes(
    announced: Mapping[str, int], text: str
) -> None:
    assert registry_remark(FOUND, announced) == text


def test_a_figure_that_the_bulletin_lacks_is_told_without_a_difference() -> None:
    assert registry_remark(FOUND[:2], {"期末实有": 8806}) == (
        "与登记机关统计口径相比：期末实有8806户，本简报没有可比的数。"
    )


def test_the_sheet_has_a_column_for_every_cause_and_what_nobody_can_explain() -> None:
    heads = [column.header for column in COLUMNS]
    first, _, last = registry_rows(FOUND, {"本月新登记": 110})
    told = dict(zip(heads, first, strict=True))
    assert (told["本简报"], told["登记机关口径（按登记数据推算）"], told["差"]) == (118, 115, 3)
    assert (told["当期成立又注销"], told["吊销"], told["迁出"]) == (2, 1, 0)
    assert (told["登记机关统计（公布数）"], told["本简报比公布数多"], told["其中原因待核"]) == (110, 8, 5)
    assert last[-3:] == ["", "", ""]
