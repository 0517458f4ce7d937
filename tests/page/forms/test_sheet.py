"""A unit's sheet: filled in, judged among all tables, kept; whoever was slower is told so and has taken nothing's place."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from support.page import Site

from pipeline.domain.documents import Column, Worksheet
from pipeline.domain.model import Problem, Source
from pipeline.intake import File
from pipeline.page.forms.sheet import Form, Overtaken
from pipeline.workspace import open_workspace

AT = datetime(2022, 7, 5, 9, tzinfo=UTC)
NAME = "单位/01/表.xlsx"
SHEET = Worksheet(
    "表", "一张表", [Column("单位", 10), Column("说的", 10, is_open=True)], [["东村镇", ""], ["东村镇", ""]]
)


def form(site: Site, problems: Sequence[Problem] = (), meanwhile: bytes = b"") -> Form:
    """Of two lines; other tables are judged to have these problems.

    :param meanwhile: what somebody hands in while it is judged.
    """
    workspace = open_workspace(site.desk.root)

    def judge(files: Iterable[File]) -> Sequence[Problem]:
        list(files)
        if meanwhile:
            place = workspace.inputs / NAME
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(meanwhile)
        return problems

    return Form(workspace, "01", "表.xlsx", SHEET, AT, judge)


@pytest.fixture
def kept(site: Site) -> Path:
    return site.desk.root / "inputs" / NAME


def left(site: Site) -> list[Path]:
    return [
        *(site.desk.root / "page" / "incoming").iterdir(),
        *(site.desk.root / "inputs").glob("历史/**/*.xlsx"),
    ]


def test_only_the_cells_that_are_asked_for_are_filled_in(site: Site) -> None:
    own = form(site)
    assert own.asked == [(0, 1), (1, 1)]
    assert own.filled({(0, 1): " 一 ", (0, 0): "别的单位", (7, 1): "没有的行"}).rows == [
        ["东村镇", "一"],
        ["东村镇", ""],
    ]
    [longest, _] = own.filled({(0, 1): "字" * 99_999}).rows
    assert len(str(longest[1])) == 30_000  # what a workbook can hold


def test_a_fault_stands_at_its_cell_and_others_do_not(site: Site) -> None:
    at_cell = Problem(Source(NAME, "表", 4), "说的", "x", "too-long", "太长", 2)
    besides = Problem(Source(NAME, "表", 4), "单位", "x", "unknown-unit", "没有这个单位", 1)
    assert form(site).faults([at_cell, besides]) == {(1, 1): "太长"}


def test_what_is_wrong_in_other_tables_keeps_nobody_from_handing_in(site: Site, kept: Path) -> None:
    other = Problem(Source("单位/02/表.xlsx", "表", 3), "说的", "x", "too-long", "太长", 2)
    own = form(site, [other])
    assert not own.hand_in({(0, 1): "一"}, own.seen, (), (), AT)
    assert kept.is_file() and left(site) == []
    wrong = Problem(Source(NAME, "表", 3), "说的", "x", "too-long", "太长", 2)
    before = kept.read_bytes()
    faulty = form(site, [other, wrong])
    assert faulty.hand_in({(0, 1): "二"}, faulty.seen, (), (), AT) == [wrong]
    assert kept.read_bytes() == before and left(site) == []


@pytest.mark.parametrize("before", [b"", b"before"], ids=["first", "changed"])
def test_what_comes_while_it_is_judged_stays(site: Site, kept: Path, before: bytes) -> None:
    if before:
        kept.parent.mkdir(parents=True)
        kept.write_bytes(before)
    own = form(site, meanwhile=b"quicker")
    with pytest.raises(Overtaken):
        own.hand_in({(0, 1): "一"}, own.seen, (), (), AT)
    assert kept.read_bytes() == b"quicker" and left(site) == []
    with pytest.raises(Overtaken):
        form(site).hand_in({(0, 1): "一"}, "", (), (), AT)


def test_a_file_that_it_stands_in_for_goes_to_the_history_and_no_other_unit_s(site: Site, kept: Path) -> None:
    for name in ("单位/01/旧.xlsx", "单位/02/旧.xlsx"):
        place = site.desk.root / "inputs" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(b"old")
    own = form(site)
    own.hand_in({(0, 1): "一"}, own.seen, (), ("单位/01/旧.xlsx", "单位/02/旧.xlsx"), AT)
    assert kept.is_file() and not kept.with_name("旧.xlsx").exists()
    assert (site.desk.root / "inputs/单位/02/旧.xlsx").read_bytes() == b"old"
    assert [path.read_bytes() for path in left(site)] == [b"old"]
