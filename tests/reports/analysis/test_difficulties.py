"""What hinders units, as an analysis tells it: by category, and never in anybody's own words."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any, cast

import pytest
from support.figures.analyses import UNTROUBLED

from pipeline.domain.items.item import Item, Opening, State
from pipeline.domain.journal import Act, Entry, Journal
from pipeline.domain.period import Month
from pipeline.publishing.report import Facts
from pipeline.reports.analysis.difficulties import Difficulties, difficulties
from pipeline.reports.analysis.sentences.difficulties import difficulties_words
from pipeline.settings import Plan, Settings

JUNE = Month(2022, 6)


def wrote(
    category: str = "", obstacle: str = "", request: str = "", month: str = "2022-05"
) -> dict[str, str]:
    return {"code": "01", "month": month, "category": category, "obstacle": obstacle, "request": request}


def facts(kept: Mapping[tuple[str, str], Any], journal: Journal = Journal(2022, ())) -> Facts:  # noqa: B008
    found = SimpleNamespace(
        kept=kept, journal=journal, today=date(2022, 7, 5), settings=Settings(Plan("某县"))
    )
    return cast("Facts", found)


def sheet(*written: dict[str, str]) -> dict[str, Any]:
    return {"figures": {"written": list(written)}}


def told(found: Difficulties) -> str:
    return "".join(difficulties_words(found))


def test_the_last_sheet_up_to_the_month_tells_what_units_wrote() -> None:
    kept = {
        ("dispatch", "2021-12"): sheet(wrote("资金", "缺", month="2021-11")),
        ("dispatch", "2022-05"): sheet(wrote("场地", "缺", month="2022-04")),
        ("dispatch", "2022-06"): sheet(
            wrote("资金", "王五借不到钱", "请找王五"),
            wrote("资金", "缺"),
            wrote("", "说不清"),
            wrote(request="修路"),
        ),
        ("dispatch", "2022-07"): sheet(wrote("人手", "缺", month="2022-06")),
        ("bulletin", "2022-06"): {},
    }
    found = difficulties(facts(kept), JUNE)
    assert (found.month, found.obstacles, found.requests) == (
        Month(2022, 5), (("资金", 2), ("未分类", 1)), 2
    )  # fmt: skip
    assert told(found) == (
        "5月份调度表上，有3个单位填报堵点，按类别是资金2个、未分类1个；提出需协调事项2项。"
    )
    assert "王五" not in told(found) + str(found.as_plain())
    assert difficulties(facts(kept), Month(2022, 4)).month is None


@pytest.mark.parametrize(
    "kept", [{}, {("dispatch", "2022-06"): sheet()}, {("dispatch", "2022-06"): {"figures": {}}}]
)
def test_where_nothing_came_back_and_nothing_is_open_there_is_nothing_to_say(
    kept: Mapping[tuple[str, str], Any],
) -> None:
    found = difficulties(facts(kept), JUNE)
    assert told(found) == ""
    assert found.as_plain() == {
        "dispatch_month": None, "obstacles": [], "requests": 0,
        "items": {
            "as_of": "2022-07-05", "open": 0, "overdue": 0, "due_soon": 0, "closed": 0, "closing_rate": None,
            "on_time_rate": None, "by_kind": [],
        },
    }  # fmt: skip


def test_asks_alone_and_obstacles_alone() -> None:
    found = replace(UNTROUBLED, month=Month(2022, 5))
    assert told(replace(found, requests=1)).startswith("5月份调度表上，提出需协调事项1项。")
    many = tuple((f"类{number}", 9 - number) for number in range(7))
    assert told(replace(found, obstacles=many)).startswith(
        "5月份调度表上，有42个单位填报堵点，按类别是类09个、类18个、类27个、类36个、类45个、其他7个；没有提出需协调事项。"
    )


def test_items_are_those_of_the_journal_on_the_day() -> None:
    def entry(number: int, kind: str, deadline: str, day: str = "2022-06-01") -> Entry:
        details = {
            "unit_name": "东村镇",
            "kind": kind,
            "problem": "问题",
            "standard": "标准",
            "deadline": deadline,
        }
        act = Act("items", number, "open", "01", date.fromisoformat(day), "", details)
        return Entry(
            act.series, 2022, number, act.act, act.unit, act.day, act.who, act.details, at=cast("Any", None)
        )

    entries = (
        entry(1, "进度滞后", "2022-07-04"), entry(2, "诉求", "2022-07-09"), entry(3, "诉求", "2022-08-01"),
        entry(4, "诉求", "2022-08-01", "2022-07-06"),
    )  # fmt: skip
    found = difficulties(facts({}, Journal(2022, entries)), JUNE)
    assert found.by_kind == (("诉求", 2, 0), ("进度滞后", 1, 1)) and found.overdue == 1
    assert told(found).endswith(
        "截至2022年7月5日，挂账事项共3项，均未销号，其中逾期1项；未销号的按类别是诉求2项、进度滞后1项。"
    )


def test_closed_items_are_no_kind_that_is_open() -> None:
    about = Opening("01", "东村镇", "诉求", "问题", "标准", date(2022, 7, 1))
    item = Item(2022, 1, about, date(2022, 6, 1), date(2022, 6, 1), about.deadline, State.CLOSED)
    found = replace(UNTROUBLED, items=(item,))
    assert found.by_kind == () and told(found).endswith("已销号1项，销号率100%。")
