"""The workbooks beside the table of scores: list of evidence, sheets to fill in, own scores beside those that count."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import PurePosixPath
from typing import Any

from pipeline.domain.assessment.course import Course
from pipeline.domain.assessment.grading import Result
from pipeline.domain.assessment.rules import BESIDE, BOTH, Assessment
from pipeline.domain.assessment.scoring import number_text
from pipeline.domain.documents import Cell, Column, Workbook, Worksheet
from pipeline.domain.model import Unit
from pipeline.domain.records.assessment.actuals import COLUMNS as ACTUALS
from pipeline.domain.records.assessment.self_scores import COLUMNS as OWN
from pipeline.domain.statistics.cells import NONE
from pipeline.domain.values.identity import masked
from pipeline.publishing.report import Facts
from pipeline.reports.assess.typed import evidence_names, is_typeable

_EVIDENCE = (
    Column("序号", 7), Column("单位", 18), Column("考核项目", 18), Column("文件", 36, is_long=True), Column("SHA-256摘要", 36, is_long=True),
)  # fmt: skip
OWN_FORM, _ACTUAL_FORM = "自评表", "考核实绩表"
_MISSING = "没有找到文件"


def found_in(name: str, evidence: Mapping[str, str]) -> str:
    """The file of the folder of evidence that goes by a name: its path there, or its own name; empty for none."""
    return next((path for path in evidence if name in {path, PurePosixPath(path).name}), "")


def evidence_rows(facts: Facts, course: Course, results: Sequence[Result]) -> list[list[str]]:
    """佐证目录: every file with its digest, and for which unit and item it lies there, as folders or a self-score say.

    What a self-score names and nobody has put there is listed too. Numbers of people in names of files are masked.
    """
    names = {each.unit.name: each.unit.name for each in results}
    names |= {each.unit.code: each.unit.name for each in results}
    items = {one.name for each in results for one in each.scores}
    own = [
        (names.get(unit, unit), item, name)
        for unit, scores in (course.selves or {}).items()
        for item, each in scores.items()
        for name in evidence_names(each.evidence)
    ]
    claimed: dict[str, list[tuple[str, str]]] = {}
    for unit, item, name in own:
        claimed.setdefault(found_in(name, facts.evidence), []).append((unit, item))
    rows = []
    for path, digest in facts.evidence.items():
        folders = PurePosixPath(path).parts[:-1]
        unit = next((names[part] for part in folders if part in names), "")
        item = next((part for part in folders if part in items), "")
        units, told = (list(dict.fromkeys(part)) for part in zip(*claimed.get(path, [("", "")]), strict=True))
        rows.append([unit or "、".join(units) or NONE, item or "、".join(told) or NONE, masked(path), digest])
    rows += [
        [unit, item, masked(name), _MISSING] for unit, item, name in own if not found_in(name, facts.evidence)
    ]
    return [[str(number), *row] for number, row in enumerate(rows, 1)]


def evidence_sheet(whose: str, rows: Sequence[Sequence[str]]) -> Worksheet:
    """The list of evidence."""
    return Worksheet("佐证目录", f"{whose}考核佐证目录", _EVIDENCE, rows)


def form_rows(units: Sequence[Unit], rules: Assessment) -> dict[str, list[list[str]]]:
    """Lines of the two sheets that people fill in: of each unit and item; figures only where nobody can count them."""
    pairs = [(unit, item) for unit in units for item in rules.items if item.group in {BOTH, unit.group}]
    return {
        OWN_FORM: [
            [unit.name, item.name, number_text(item.weight) if item.form not in BESIDE else NONE]
            for unit, item in pairs
        ],
        _ACTUAL_FORM: [
            [unit.name, item.name, NONE if item.target is None else number_text(item.target)]
            for unit, item in pairs
            if is_typeable(item)
        ],
    }


def forms(whose: str, rows: Mapping[str, Sequence[Sequence[Any]]]) -> Iterator[Workbook]:
    """Both sheets; only what is to be filled in is not locked."""
    asked = {
        OWN_FORM: (OWN, {"score": 12, "remark": 40, "evidence": 40}),
        _ACTUAL_FORM: (ACTUALS, {"actual": 12, "asked": 12, "source": 30}),
    }
    for name, own in rows.items():
        columns, wanted = asked[name]
        if own:
            fixed = [Column(words[0], 18) for field, words in columns.items() if field not in wanted]
            to_fill = [Column(columns[field][0], width, is_open=True) for field, width in wanted.items()]
            cells: list[Sequence[Cell]] = [[*row, *[""] * len(to_fill)] for row in own]
            yield Workbook(
                name, [Worksheet(name, f"{whose}考核{name.removeprefix('考核')}", (*fixed, *to_fill), cells)]
            )


_BESIDE = (
    Column("单位", 18), Column("考核项目", 18), Column("自评得分", 10),
    Column("考核得分", 10), Column("考核权重（含分摊的）", 20),
)  # fmt: skip


def own_sheets(title: str, figures: Mapping[str, Any]) -> Iterator[Worksheet]:
    """What units gave themselves beside what they got, where any did."""
    own = figures.get("process", {}).get("self_scores", {})
    rows: list[Sequence[Cell]] = [
        [
            each["name"],
            one["name"],
            points(own[each["code"]][one["name"]]),
            points(one["score"]),
            points(one["weight"]),
        ]
        for each in figures["units"]
        for one in each["items"]
        if one["name"] in own.get(each["code"], {})
    ]
    if rows:
        yield Worksheet("自评对照", title.replace("得分表", "自评对照表"), _BESIDE, rows)


def points(value: float | None) -> Cell:
    """A number to two decimals; a dash for none."""
    return NONE if value is None else Decimal(str(round(value, 2)))
