"""What is made of an assessment: the table of scores on paper and as a workbook, a page for each unit, ``assess.json``."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pipeline.domain.documents import (
    Cell,
    Column,
    Data,
    Document,
    Paper,
    PaperPerUnit,
    UnitPage,
    Version,
    Workbook,
    Worksheet,
)
from pipeline.domain.statistics.cells import NONE
from pipeline.reports.assess.content import Content
from pipeline.reports.assess.feedback import FEEDBACK
from pipeline.reports.assess.paper import REPORT
from pipeline.reports.assess.tables import evidence_sheet, forms, own_sheets, points
from pipeline.reports.assess.text import SHEET

_UNIT = (Column("类别", 12), Column("名次", 7), Column("单位", 20))
_RESULT = (Column("总分", 10), Column("等次", 9))
_ANNEX = "见附表"
_WORKINGS = (
    Column("类别", 12), Column("单位", 20), Column("项目", 16), Column("权重", 9), Column("实绩", 10), Column("目标", 10),
    Column("得分", 10), Column("怎么算的", 70),
)  # fmt: skip


def documents(content: Content) -> Iterator[Document]:
    """All files of an assessment."""
    whose = f"{content.sheet['县']}{content.period.words}"
    title = f"{whose}个体工商户培育工作考核得分表"
    units: Sequence[Mapping[str, Any]] = content.figures["units"]
    yield Paper("考核得分表", title, SHEET, content.sheet, keeps_docx=True)
    names = list(dict.fromkeys(item["name"] for each in units for item in each["items"]))
    columns = (*_UNIT, *(Column(name, 12) for name in names), *_RESULT)
    yield Workbook(
        "考核得分表",
        [
            Worksheet("得分", title, columns, [_row(each, names) for each in _ranked(units)]),
            Worksheet("计算过程", title.replace("得分表", "计算过程"), _WORKINGS, list(_workings(units))),
            *own_sheets(title, content.figures),
        ],
    )
    pages = [
        UnitPage(each["code"], each["name"], list(_versions(each, fields, whose)))
        for each, fields in zip(units, content.pages, strict=True)
    ]
    headings = "标题要用样式“反馈题”（有大纲级别），别处不要用。"
    yield PaperPerUnit("考核反馈单", "考核反馈单", "反馈单", FEEDBACK, pages, headings)
    if content.report:
        yield Paper("考核报告", "".join(content.report["标题"]), REPORT, content.report, keeps_docx=True)
        yield Workbook("佐证目录", [evidence_sheet(whose, content.evidence)])
    yield from forms(whose, content.forms)
    yield Data("assess", content.figures)


def _versions(each: Mapping[str, Any], fields: Mapping[str, Any], whose: str) -> Iterator[Version]:
    """A unit's page, and shorter ones for where that has no room: its workings stand in a workbook of its own then."""
    yield Version(fields)
    annex = (Worksheet("计算过程", f"{whose}{each['name']}考核计算过程", _WORKINGS, list(_workings([each]))),)
    scored = [row | {"计算": _ANNEX} for row in fields["各项"] if row["权重"] != NONE]
    yield Version({**fields, "各项": scored}, annex)
    total = NONE if each["total"] is None else f"{each['total']:.2f}"
    yield Version({**fields, "各项": [{"项目": "合计", "权重": NONE, "得分": total, "计算": _ANNEX}]}, annex)


def _ranked(units: Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
    groups = list(dict.fromkeys(each["group"] for each in units))
    return sorted(
        units,
        key=lambda each: (groups.index(each["group"]), each["rank"] is None, each["rank"] or 0, each["code"]),
    )


def _row(each: Mapping[str, Any], names: Sequence[str]) -> Sequence[Cell]:
    """A unit's scores; the total is that of the exact ones, and no sum of those that are shown."""
    scores = {item["name"]: points(item["score"]) for item in each["items"]}
    return [
        each["group"], NONE if each["rank"] is None else each["rank"], each["name"],
        *(scores.get(name, "") for name in names),
        points(each["total"]), each["grade"] or NONE,
    ]  # fmt: skip


def _workings(units: Sequence[Mapping[str, Any]]) -> Iterator[Sequence[Cell]]:
    for each in units:
        for item in each["items"]:
            yield [
                each["group"], each["name"], item["name"], points(item["weight"]), points(item["actual"]),
                points(item["target"]), points(item["score"]), item["working"],
            ]  # fmt: skip
        if "veto" in each:
            rest: list[Cell] = [NONE] * 4
            yield [each["group"], each["name"], "等次", *rest, f"查实弄虚作假，不评优秀：{each['veto']}"]
