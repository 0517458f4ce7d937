"""The list beside the chart that is hung up: whose papers and open items stand there, in which order and colour."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from support.figures.gazettes import rates, template
from support.paper import page_count, poppler_text, squeezed
from support.settings import SETTINGS
from support.trials import shared_office

from pipeline.domain.documents import Paper
from pipeline.domain.journal import Entry, Journal
from pipeline.domain.model import Unit
from pipeline.domain.statistics.figures import MonthFigures, Progress, Standing, Tally, Yardstick
from pipeline.domain.supervision.ladder import Rule
from pipeline.domain.supervision.papers import CONFIRM, WITHDRAW, Ground
from pipeline.publishing.making import fill
from pipeline.reports.bulletin.text import rates_of
from pipeline.reports.bulletin.wall_chart import NOTHING, WALL_CHART, levels_at, wall_chart_fields

NAMES = ("东村镇", "普明镇", "岚城镇", "县民政局", "县财政局")
ACCOUNT = "截至2022年7月5日，挂账事项9件，未销号7件，其中逾期2件。"


def figures(names: tuple[str, ...] = NAMES) -> MonthFigures:
    units = (
        Standing(
            90, Tally(new=30), Yardstick().pace(6), Unit(f"{number:02d}", name, "", "乡镇", target=90), number, "滞后"
        )
        for number, name in enumerate(names, 1)
    )  # fmt: skip
    return MonthFigures(2022, 6, Yardstick(), tuple(units), Tally())


def told(levels: dict[str, str], items: dict[str, tuple[int, int]], account: str = ACCOUNT) -> dict[str, Any]:
    return wall_chart_fields(figures(), SETTINGS, levels, items, account)


def test_a_workspace_that_never_had_an_item_says_what_it_always_said() -> None:
    assert list(told({}, {}, "")) == ["图名", "截至日期", "序时进度", "编制单位"]


def test_the_sternest_paper_comes_first_then_what_is_overdue_then_what_is_open() -> None:
    found = told({"03": "提醒", "05": "约谈"}, {"01": (4, 0), "02": (1, 1), "03": (2, 0)})
    assert found["挂账"] == ACCOUNT
    assert [tuple(row.values()) for row in found["督查挂账"]] == [
        ("县财政局", "约谈", "0", "0"),
        ("岚城镇", "提醒", "2", "0"),
        ("普明镇", "—", "1", "1"),
        ("东村镇", "—", "4", "0"),
    ]


def issued(level: str, number: int, unit: str, month: int) -> Entry:
    ground = Ground(month, Progress(90, Tally(new=3), Yardstick().pace(month)), 1, Rule(1, 2, (1, 2, 3)))
    details: dict[str, object] = {"ground": ground.to_plain(), "serial": ""}
    at = datetime(2022, 7, 6)  # noqa: DTZ001
    return Entry(level, 2022, number, CONFIRM, unit, date(2022, 7, 6), "张某", details, at)


def test_the_papers_of_the_month_or_the_one_before_are_told_unless_taken_back() -> None:
    old, before, now = issued("提醒", 1, "01", 4), issued("督办", 1, "02", 5), issued("约谈", 1, "02", 6)
    back = replace(issued("提醒", 2, "03", 6), act=WITHDRAW)
    journal = Journal(2022, (old, before, now, issued("提醒", 2, "03", 6), back, issued("提醒", 3, "04", 6)))
    assert levels_at(journal, 6) == {"02": "约谈", "04": "提醒"}
    assert levels_at(journal, 5) == {"01": "提醒", "02": "督办"}


def test_more_than_the_list_has_room_for_are_counted_together() -> None:
    names = tuple(f"示例单位{number}" for number in range(1, 41))
    items = {f"{number:02d}": (number, 1) for number in range(1, 41)}
    rows: Any = wall_chart_fields(figures(names), SETTINGS, {}, items, ACCOUNT)["督查挂账"]
    assert len(rows) == 28 and rows[0]["单位名称"] == "示例单位40"
    assert tuple(rows[-1].values()) == ("其余13个单位", "—", str(sum(range(1, 14))), "13")
    assert sum(int(row["未销号"]) for row in rows) == sum(range(1, 41))


@pytest.mark.soffice
def test_word_and_colour_stand_beside_the_chart_on_one_page(tmp_path: Path) -> None:
    names = tuple(f"城乡环卫和市政服务中心{number}" for number in range(1, 41))
    assert len(names[0]) == 12  # one more than stand on a line
    levels = {"01": "提醒", "02": "督办", "03": "约谈"}
    items = {f"{number:02d}": (9, 1) for number in range(1, 41)}
    fields = wall_chart_fields(figures(names), SETTINGS, levels, items, ACCOUNT * 3)
    paper = Paper("作战图", "作战图", WALL_CHART, fields, (rates().chart(),))
    docx, alone = tmp_path / "图.docx", tmp_path / "空.docx"
    fill(template("wallchart.docx"), paper, docx)
    [outer] = Document(docx).tables
    [table] = outer.rows[0].cells[1].tables
    shades = [row.cells[0]._tc.find(f".//{qn('w:shd')}") for row in table.rows]
    colours = [None if shade is None else shade.get(qn("w:fill")) for shade in shades]
    assert [row.cells[1].text for row in table.rows[:5]] == ["督查", "约谈", "督办", "提醒", "—"]
    assert len(set(colours[1:4])) == 3 and None not in colours[1:4] and set(colours[4:]) == {None}
    office = shared_office()
    pdf = office.convert(docx, 1)
    text = squeezed(poppler_text(pdf))
    assert page_count(pdf) == 1 and "约谈" in text and "104.2" in text
    fill(template("wallchart.docx"), replace(paper, fields={**NOTHING, **told({}, {}, "")}), alone)
    assert page_count(office.convert(alone, 1)) == 1 and Document(alone).tables == []


def test_a_pace_that_is_whole_is_told_as_in_the_text() -> None:
    last = replace(figures(), month=12)
    assert wall_chart_fields(last, SETTINGS)["序时进度"] == "100"
    assert wall_chart_fields(figures(), SETTINGS)["序时进度"] == "50.0"
    labels = [rates_of(each).chart().series[0].label for each in (last, figures())]
    assert labels == ["序时进度100%", "序时进度50.0%"]
