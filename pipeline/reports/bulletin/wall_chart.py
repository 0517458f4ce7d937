"""What stands around the chart that is hung up (挂图作战), and the list of what units still have to settle beside it."""

from collections.abc import Mapping
from itertools import accumulate

from pipeline.domain.documents import Template
from pipeline.domain.journal import Journal
from pipeline.domain.statistics.cells import NONE
from pipeline.domain.statistics.figures import MonthFigures
from pipeline.domain.supervision.ladder import LEVELS
from pipeline.domain.supervision.papers import papers
from pipeline.domain.wording import chinese_date, percent_text
from pipeline.settings import Settings

_FIELDS = ("图名", "截至日期", "序时进度", "编制单位", "督查挂账", "挂账", "行")
WALL_CHART = Template("wallchart.docx", _FIELDS, optional=_FIELDS)
"""The wall chart's template; 行 is one of 督查挂账."""
NOTHING: Mapping[str, object] = {"督查挂账": (), "挂账": ""}
"""What it says where there is neither an open item nor a paper; it is not kept then."""
_LINES, _ON_A_LINE = 28, 11
"""Lines that the list has room for, and hanzi of a name that stand on one."""


def levels_at(journal: Journal, month: int) -> Mapping[str, str]:
    """Code of a unit → level of its paper of supervision of a month or the one before; withdrawn ones do not count.

    A month's papers go by its bulletin, so they come after its wall chart unless that is made anew.
    """
    counting = (
        each for each in papers(journal) if not each.withdrawn and each.ground.month in {month - 1, month}
    )
    return {each.unit: each.level for each in sorted(counting, key=lambda each: each.ground.month)}


def wall_chart_fields(
    figures: MonthFigures, settings: Settings, levels: Mapping[str, str] = {}, items: Mapping[str, tuple[int, int]] = {},
    account: str = "",
) -> dict[str, object]:  # fmt: skip
    """All that stands there; the order of the names is sealed with it.

    :param levels: code of a unit → level of the paper of supervision that it has (提醒, 督办, 约谈).
    :param items: code of a unit → its open items, and how many of them are overdue.
    :param account: the items in a sentence; empty where there never was one.
    """
    fields: dict[str, object] = {
        "图名": f"{settings.plan.county}{figures.year}年{figures.month}月个体工商户培育工作作战图",
        "截至日期": chinese_date(figures.as_of),
        "序时进度": percent_text(figures.pace),
        "编制单位": settings.plan.office,
    }
    rows = _rows(figures, levels, items)
    more = {"督查挂账": rows, "挂账": account}
    return fields | {name: value for name, value in more.items() if value}


def _rows(
    figures: MonthFigures, levels: Mapping[str, str], items: Mapping[str, tuple[int, int]]
) -> list[dict[str, str]]:
    """Units with a paper or an open item: the sternest paper first, then who has most that is overdue, or open."""
    found = []
    for each in figures.units:
        level, (still, late) = levels.get(each.unit.code, ""), items.get(each.unit.code, (0, 0))
        if level or still:
            row = {"单位名称": each.unit.name, "督查": level or NONE, "未销号": str(still), "逾期": str(late)}
            found.append(((-LEVELS.index(level) if level else 1, -late, -still), row))
    rows = [row for _, row in sorted(found, key=lambda pair: pair[0])]
    heights = list(accumulate(-(-len(row["单位名称"]) // _ON_A_LINE) for row in rows))
    if not rows or heights[-1] <= _LINES:
        return rows
    kept = sum(height < _LINES for height in heights)
    sums = {name: str(sum(int(row[name]) for row in rows[kept:])) for name in ("未销号", "逾期")}
    return [*rows[:kept], {"单位名称": f"其余{len(rows) - kept}个单位", "督查": NONE, **sums}]
