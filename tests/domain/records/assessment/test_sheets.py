"""The two sheets of an assessment: what units give themselves, and figures nobody can count."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

import pytest
from support.figures.months import EAST, WEST
from support.reading.tables import recognise

from pipeline.domain.letters.number import SerialFormat
from pipeline.domain.model import Source
from pipeline.domain.records.assessment.actuals import ACTUALS
from pipeline.domain.records.assessment.self_scores import SELF_SCORES
from pipeline.domain.records.reading import AnyReader, Known, Reading
from pipeline.domain.tables.grid import Grid, Table
from pipeline.domain.values.cell import Value
from pipeline.settings import Letters

KNOWN = Known((EAST, WEST), SerialFormat(2022, Letters().serial), date(2023, 1, 5))


def read(reader: AnyReader, *rows: Sequence[Value]) -> Reading[tuple[object, ...]]:
    header = [words[0] for words in reader.kind.columns.values()]
    lines = tuple((number, tuple(row)) for number, row in enumerate(([reader.kind.title], header, *rows), 1))
    table = recognise(Grid(Source("表.xlsx", "表"), lines))
    assert isinstance(table, Table) and table.kind == reader.kind.name, table
    return reader.read([table], KNOWN)


def told(reading: Reading[tuple[object, ...]]) -> list[tuple[int | None, str | None, str, str]]:
    return [(each.source.row, each.column, each.seen, each.code) for each in reading.problems]


def test_what_is_filled_in_counts_and_what_is_not_says_nothing() -> None:
    found = read(
        SELF_SCORES,
        ("东村镇", "措施落实", "20", 18.5, "逐项落实", "记录.docx"),
        ("东村镇", "政策兑现", "20", None, None, None),
        ("普明镇", "措施落实", "20", "０分", None, None),
        (None, None, None, None, "填好后发回", None),
    )
    assert [(each.unit, each.item, each.score, each.remark, each.evidence) for each in found.says] == [  # type: ignore[attr-defined]
        ("01", "措施落实", Fraction("18.5"), "逐项落实", "记录.docx"), ("02", "措施落实", 0, "", ""),
    ]  # fmt: skip
    assert found.problems == () and found.left_out == {"表.xlsx": {"没有填": 1, "填报说明": 1}}


def test_figures_may_be_percents_and_say_how_many_were_asked() -> None:
    found = read(
        ACTUALS, ("东村镇", "满意度", "100", "96.04%", 101, "第三方"), ("普明镇", "满意度", "100", 88, None, None),
        ("普明镇", "政策兑现", "100", "95", "３０人", None),
    )  # fmt: skip
    assert [(each.unit, each.actual, each.asked, each.source) for each in found.says] == [  # type: ignore[attr-defined]
        ("01", Fraction("96.04"), 101, "第三方"), ("02", 88, None, ""), ("02", 95, 30, ""),
    ]  # fmt: skip


def test_two_wrong_cells_of_a_row_are_both_told() -> None:
    found = read(ACTUALS, ("东村镇", "满意度", 100, "很好", "一百", ""))
    assert [code for *_, code in told(found)] == ["bad-actual", "bad-asked"] and found.says == ()


@pytest.mark.parametrize(
    "reader, row, problem",
    [
        (SELF_SCORES, ("东村镇", "措施落实", 20, "满分", "", ""), ("自评得分", "满分", "bad-score")),
        (SELF_SCORES, ("东村镇", "措施落实", 20, -3, "", ""), ("自评得分", "-3", "bad-score")),
        (SELF_SCORES, ("东庄镇", "措施落实", 20, 3, "", ""), ("单位名称", "东庄镇", "unknown-unit")),
        (SELF_SCORES, ("东村镇", "", 20, 3, "", ""), ("考核项目", "", "empty-cell")),
        (SELF_SCORES, ("", "措施落实", 20, 3, "", ""), ("单位名称", "", "empty-cell")),
        (SELF_SCORES, ("普明镇", "措施落实", 20, 4, "", ""), ("自评得分", "4", "filled-twice")),
        (ACTUALS, ("东村镇", "满意度", 100, "很好", 101, ""), ("考核实绩", "很好", "bad-actual")),
        (ACTUALS, ("东村镇", "满意度", 100, 95, "一百", ""), ("调查人数", "一百", "bad-asked")),
        (ACTUALS, ("东村镇", "满意度", 100, 95, 30.5, ""), ("调查人数", "30.5", "bad-asked")),
        (ACTUALS, ("普明镇", "措施落实", 100, 95, "", ""), ("考核实绩", "95", "filled-twice")),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_at_its_cell_and_the_rest_is_read(
    reader: AnyReader, row: Sequence[Value], problem: tuple[str, str, str]
) -> None:
    found = read(reader, ("普明镇", "措施落实", 20, 5, "", ""), row)
    assert told(found) == [(4, *problem)]
    assert len(found.says) == 1 and found.left_out == {"表.xlsx": {"有问题": 1}}
