"""``python -m examples.build.measures``: ``inputs/清单素材.xlsx`` of 岚县, from its plan and roster.

The example workspaces get theirs from here too. What only the offices know is left empty.
"""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta, timezone
from pathlib import Path

from examples.build.county import ROOT, units
from examples.build.files import WHEN
from examples.build.people import credit_code
from examples.build.plans import LANXIAN, Plan
from examples.build.story import Business
from examples.build.workspace import Workspace
from pipeline.adapters.workbook import write_tables
from pipeline.domain.documents import Cell, Column, Worksheet
from pipeline.domain.records.lists import measures, policies, upgrades
from pipeline.domain.records.lists.unit_plans import MONTHS, TEXTS

FILE = "清单素材.xlsx"
_KINDS = ("measures", "policies", "unit-plans", "upgrades")
_WIDTHS = {
    "key": 8, "title": 22, "units": 34, "steps": 34, "indicator": 22, "unit_of_measure": 8, "target": 9, "actual": 9,
    "source": 16, "policy": 20, "nodes": 20, "progress": 24, "obstacle": 20, "standard": 20, "name": 24, "document": 20,
    "receivers": 30, "benefit": 34, "way": 16, "reason": 20, "uscc": 22, "company": 24, "company_code": 22,
}  # fmt: skip
_WIDTH, _LONG = 12, 20
"""In characters: of any other column, and from which on a text may take several lines."""
Reported = Mapping[tuple[str, str], tuple[str, str]]
"""Number of a measure and indicator → how much, and who says so."""
REPORTED: Reported = {
    ("C3-1", "增值税免征户数"): ("214", "县税务局"),
    ("C3-3", "向个体工商户发放贷款"): ("436.5", "县人社局"),
    ("C3-4", "新登记个体工商户创业补助户数"): ("312", "县财政局"),
    ("C3-4", "新登记个体工商户创业补助金额"): ("62.4", "县财政局"),
    ("C5-1", "引导办照户数"): ("96", "县市场监管局"),
    ("C5-2", "引导办照户数"): ("41", "县住建局"),
    ("C6-2", "职业技能提升培训"): ("1320", "县人社局"),
    ("C6-2", "其中：创业培训"): ("96", "县人社局"),
    ("C6-2", "个体工商户培训"): ("70", "县人社局"),
}
"""What the example's offices have reported by the end of June; made up."""
REPORTED_ON = "2022-06-30"
_NOTHING: Reported = {}


def put_materials(
    workspace: Workspace,
    plan: Plan,
    names: Sequence[str],
    reported: Reported = _NOTHING,
    listed: Sequence[Mapping[str, Cell]] = (),
) -> None:
    """Put the workbook among an example's inputs.

    :param listed: businesses that are to become companies, by the columns of their list; without any, there is no such sheet.
    """
    sheets = [*_sheets(plan, names, reported), *_listed(plan, listed)]
    workspace.leave(FILE, _written(sheets))
    for kind, sheet in zip(_KINDS, sheets, strict=False):
        good = len(list(sheet.rows))
        workspace.files.append({"file": FILE, "kind": kind, "rows": good + 2, "good": good})


def listed_to_grow(businesses: Sequence[Business]) -> Sequence[Mapping[str, Cell]]:
    """Three of the county's businesses on its list of those that are to become companies; the first has become one."""
    living = [each for each in businesses if each.counts and each.unit and not each.cancelled]
    first, *others = living[:3]
    company = first.who.business.removeprefix("岚县")
    become: Mapping[str, Cell] = {
        "will": "有", "way": "直接变更", "company": f"岚县{company}有限公司", "company_type": "有限责任公司",
        "company_code": credit_code("91999999MA000001"), "day": "2022-06-15", "due": 4200, "paid": 1200, "paid_day": "2022-06-30",
    }  # fmt: skip
    asked: Mapping[str, Cell] = {"will": "再看看", "obstacle": "怕记账报税麻烦"}
    return [
        {
            "name": each.who.business, "uscc": each.code, "operator": each.who.name, "staff": 6, "turnover": "120.5",
            "is_general": "否", "unit": "县中小企业服务中心", "contact": "王某", **more,
        }
        for each, more in ((first, become), *((each, asked) for each in others))
    ]  # fmt: skip


def lanxian() -> bytes:
    """The workbook of 岚县, in which nothing has been reported."""
    return _written(list(_sheets(LANXIAN, [unit.name for unit in units().values()], _NOTHING)))


def _written(sheets: Sequence[Worksheet]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / FILE
        write_tables(path, sheets, WHEN.replace(tzinfo=timezone(timedelta(hours=8))))
        return path.read_bytes()


def _sheets(plan: Plan, names: Sequence[str], reported: Reported) -> Iterator[Worksheet]:
    """Its three sheets.

    :param names: the units that have a target, in roster order.
    """
    head = f"{plan.place}{plan.year}年清单素材"
    columns = [_column(name, words[0]) for name, words in measures.COLUMNS.items()]
    yield Worksheet("措施", f"{head}：措施（{plan.document}）", columns, list(_measures(plan, reported)))
    columns = [_column(name, words[0]) for name, words in policies.COLUMNS.items()]
    yield Worksheet("政策", f"{head}：政策", columns, list(_policies(plan)))
    texts = [_column(name, words[0]) for name, words in TEXTS.items()]
    columns = [Column("单位名称", 22), *texts, *(Column(header, 9) for header in MONTHS.values())]
    rows = [[name, *[""] * (len(columns) - 1)] for name in names]
    yield Worksheet("单位六定", f"{head}：单位六定（节点空着的，按任务数平均分到各月）", columns, rows)


def _listed(plan: Plan, listed: Sequence[Mapping[str, Cell]]) -> Iterator[Worksheet]:
    if listed:
        columns = [_column(name, words[0]) for name, words in upgrades.COLUMNS.items()]
        rows = [[each.get(name, "") for name in upgrades.COLUMNS] for each in listed]
        yield Worksheet("个转企", f"{plan.place}{plan.year}年清单素材：个转企培育库（示例）", columns, rows)


def _column(name: str, header: str) -> Column:
    width = _WIDTHS.get(name, _WIDTH)
    return Column(header, width, is_long=width >= _LONG)


def _measures(plan: Plan, reported: Reported) -> Iterator[Sequence[Cell]]:
    """A line for each amount; the measure's own words stand in its first one."""
    for each in plan.promises:
        for number, amount in enumerate(each.amounts or (None,)):
            said: dict[str, Cell] = {"key": each.key}
            if number == 0:
                said |= {"title": each.title, "units": each.units}
                said |= {"deadline": each.deadline.isoformat()} if each.deadline else {}
            if amount:
                said |= {
                    "indicator": amount.indicator, "unit_of_measure": amount.unit, "policy": amount.policy,
                    "target": "" if amount.target is None else amount.target,
                }  # fmt: skip
                if (each.key, amount.indicator) in reported:
                    actual, source = reported[each.key, amount.indicator]
                    said |= {"actual": actual, "source": source, "day": REPORTED_ON}
            yield [said.get(name, "") for name in measures.COLUMNS]


def _policies(plan: Plan) -> Iterator[Sequence[Cell]]:
    for each in plan.benefits:
        said: dict[str, Cell] = {
            "name": each.name, "document": plan.document, "key": each.key, "receivers": each.receivers,
            "benefit": each.benefit, "units": plan.units_of(each.key),
            "until": each.until.isoformat() if each.until else "",
        }  # fmt: skip
        yield [said.get(name, "") for name in policies.COLUMNS]


if __name__ == "__main__":
    (ROOT / "inputs" / FILE).write_bytes(lanxian())
