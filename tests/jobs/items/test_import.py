"""A sheet of open items dragged in: entered whole or not at all, and never twice."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.clerk import now
from support.desk import Desk, settle, write_sheet

from pipeline.adapters.register import open_register
from pipeline.domain.items.item import Item
from pipeline.domain.outcome import Outcome
from pipeline.errors import UsageFault
from pipeline.jobs.items import acts, lookup
from pipeline.jobs.items.importing import import_items
from pipeline.workspace import open_workspace

HEADER = ("账号", "类别", "来源", "问题描述", "责任单位", "责任领导", "责任人", "验收标准", "立账日", "交办日", "签收日", "原时限",
          "最新进展", "状态", "申请日", "复核人", "复核方式", "销号日", "佐证")  # fmt: skip
NEW = {
    "类别": "进度滞后", "问题描述": "低于序时进度", "责任单位": "东村镇", "责任领导": "王五", "责任人": "李四", "验收标准": "达到序时进度",
    "立账日": "2022-07-05", "原时限": "2022-07-20",
}  # fmt: skip
DONE = NEW | {
    "交办日": date(2022, 7, 5), "签收日": "2022.7.6", "申请日": "2022年7月15日", "最新进展": "净增8户", "佐证": "照片.txt",
    "复核人": "赵六", "复核方式": "资料", "销号日": "2022-07-18", "状态": "已销号",
}  # fmt: skip
TODAY = date(2022, 7, 20)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk.laid(tmp_path / "desk")
    desk.settings("other_units = [", 'other_units = ["县税务局",')
    evidence = desk.root / "inputs" / "佐证" / "照片.txt"
    evidence.parent.mkdir(parents=True)
    evidence.write_text("照片", encoding="utf-8")
    return desk


def drag(
    desk: Desk, *rows: Mapping[str, object], name: str = "挂账事项.xlsx", header: Sequence[str] = HEADER
) -> None:
    lines = [[row.get(column) for column in header] for row in rows]
    write_sheet(desk.root / "inputs" / name, [("挂账事项",), header, *lines])


def enter(desk: Desk, today: date = TODAY) -> Outcome:
    return import_items(open_workspace(desk.root), today, now())


def items(desk: Desk, day: date = date(2023, 1, 1)) -> tuple[Item, ...]:
    return lookup.items_on(open_workspace(desk.root), day)


def told(outcome: Outcome) -> list[tuple[int | None, str | None, str]]:
    assert outcome.exit_code == 3 and "一项也没有登记" in outcome.closing
    return [(problem.source.row, problem.column, problem.code) for problem in outcome.problems]


def test_rows_become_items_with_all_that_has_happened(desk: Desk) -> None:
    drag(
        desk,
        DONE,
        NEW | {"责任单位": "普明"},
        NEW | {"责任单位": "县税务局", "类别": "数据问题", "交办日": "2022-07-06"},
    )
    outcome = enter(desk)
    assert outcome.exit_code == 0, outcome
    assert outcome.closing == "按挂账事项表的3行：立账3项、交办2项、签收1项、申请销号1项、销号1项。"
    first, second, third = items(desk)
    assert (first.state, first.opened, first.assigned, first.accepted, first.closed, first.reviewer) == (
        "已销号", date(2022, 7, 5), date(2022, 7, 5), date(2022, 7, 6), date(2022, 7, 18), "赵六",
    )  # fmt: skip
    assert first.application and first.application.head == "王五" and first.application.by == "李四"
    assert first.application.evidence[0]["name"] == "佐证/照片.txt" and first.application.result == "净增8户"
    assert (second.about.unit, second.about.unit_name, second.state) == ("02", "普明镇", "已立账")
    assert (third.about.unit, third.assigned) == ("县税务局", date(2022, 7, 6))


def test_the_same_sheet_again_enters_nothing(desk: Desk) -> None:
    drag(
        desk,
        DONE,
        NEW | {"责任单位": "普明镇", "最新进展": "已走访"} | {"交办日": "2022-07-05", "签收日": "2022-07-05"},
    )
    assert enter(desk).exit_code == 0
    before = items(desk)
    drag(desk, DONE, name="另一份/挂账(1).xlsx")
    for day in (TODAY, date(2022, 9, 1)):
        outcome = enter(desk, day)
        assert outcome.exit_code == 0 and "什么也没有登记" in outcome.closing
    assert items(desk) == before
    drag(desk, NEW | {"问题描述": "仍然低于", "责任单位": "普明镇", "立账日": "2022-07-25"}, name="再次.xlsx")
    assert "再次点名1项" in enter(desk).closing and "什么也没有登记" in enter(desk).closing
    assert [len(item.named) for item in items(desk)] == [0, 1]


def test_a_row_with_a_number_goes_on_with_its_item(desk: Desk) -> None:
    drag(desk, NEW)
    assert enter(desk).exit_code == 0
    on = {
        "账号": "岚个培账〔2022〕0001号",
        "问题描述": "低于序时进度",
        "责任单位": "东村镇",
        "原时限": "2022-07-20",
    }
    for more, state in (
        ({"交办日": "2022-07-06"}, "已交办"),
        ({"签收日": "2022-07-07"}, "整改中"),
        ({"最新进展": "走访12户"}, "整改中"),
        ({"最新进展": "走访20户"}, "整改中"),
        ({"申请日": "2022-07-21", "佐证": "照片.txt", "责任领导": "王五", "责任人": "李四"}, "待复核"),
        ({"复核人": "赵六、钱七", "复核方式": "现场", "销号日": "2022-07-22"}, "已销号"),
    ):
        on |= more
        drag(desk, on)
        assert enter(desk).exit_code == 0, enter(desk)
        assert items(desk, date(2022, 7, 7) if state == "已交办" else TODAY.replace(day=22))[0].state == state
    assert [text for _, text in items(desk)[0].progress] == ["走访12户", "走访20户"]
    assert items(desk)[0].way == "现场"


@pytest.mark.parametrize(
    "change, where, code",
    [
        ({"类别": "别的"}, "类别", "unknown-kind"),
        ({"类别": None}, "类别", "empty-cell"),
        ({"验收标准": " "}, "验收标准", "empty-cell"),
        ({"原时限": None}, "原时限", "empty-cell"),
        ({"原时限": "下个月"}, "原时限", "bad-date"),
        ({"原时限": "2022-07-01"}, "立账日", "item-refused"),
        ({"责任单位": "西村镇"}, "责任单位", "unknown-unit"),
        ({"责任单位": None}, "责任单位", "empty-cell"),
        ({"账号": "岚个培账〔2022〕0009"}, "账号", "item-unknown"),
        ({"账号": "第一号"}, "账号", "item-unknown"),
        ({"账号": "2021-0001"}, "账号", "item-unknown"),
        ({"签收日": "2022-07-06"}, "签收日", "item-refused"),
        ({"交办日": "2022-07-04"}, "交办日", "item-refused"),
        ({"状态": "整改中"}, "状态", "item-state"),
        ({"状态": "已撤账"}, "状态", "item-state"),
        ({"状态": "差不多了"}, "状态", "item-state"),
        ({"最新进展": "已走访"}, "最新进展", "item-refused"),
        ({"问题描述": "找13812345678"}, "问题描述", "item-refused"),
        ({"责任人": "李四 13812345678"}, "责任人", "item-refused"),
        ({"问题描述": None}, "问题描述", "empty-cell"),
        ({"立账日": "2122-07-05", "原时限": "2122-07-20"}, "立账日", "item-refused"),
        ({"销号日": "2022-07-18", "复核人": "赵六"}, "销号日", "item-refused"),
    ],
)  # fmt: skip
def test_a_bad_row_stops_all_and_is_named_at_its_cell(
    desk: Desk, change: dict[str, object], where: str, code: str
) -> None:
    drag(desk, NEW | {"责任单位": "普明镇"}, NEW | change)
    assert told(enter(desk)) == [(4, where, code)]
    assert items(desk) == ()


@pytest.mark.parametrize(
    "change, where",
    [
        ({"责任领导": None}, "责任领导"), ({"佐证": None}, "佐证"), ({"佐证": "没有的.jpg"}, "佐证"),
        ({"佐证": "照片.txt、别的.txt"}, "佐证"), ({"复核人": None}, "复核人"), ({"复核人": "李四"}, "复核人"), ({"复核人": "李　四（科员）"}, "复核人"),
        ({"复核方式": "现场"}, "复核人"), ({"复核方式": "电话"}, "复核方式"), ({"销号日": "2022-07-10"}, "销号日"),
        ({"申请日": "2022-07-04"}, "申请日"),
    ],
)  # fmt: skip
def test_guards_of_closing_hold_for_rows_too(desk: Desk, change: dict[str, object], where: str) -> None:
    drag(desk, DONE | change)
    assert told(enter(desk)) == [(3, where, "item-refused")]
    assert items(desk) == ()


@pytest.mark.parametrize(
    "change, where",
    [
        ({"问题描述": "另一个问题"}, "问题描述"), ({"责任单位": "普明镇"}, "责任单位"), ({"类别": "诉求"}, "类别"),
        ({"验收标准": "差不多"}, "验收标准"), ({"原时限": "2022-08-20"}, "原时限"), ({"立账日": "2022-07-04"}, "立账日"),
        ({"交办日": "2022-07-09"}, "交办日"), ({"现时限": "2022-08-20"}, "现时限"),
    ],
)  # fmt: skip
def test_what_is_in_the_ledger_is_not_changed_by_a_sheet(
    desk: Desk, change: dict[str, object], where: str
) -> None:
    drag(desk, NEW | {"交办日": "2022-07-06"})
    assert enter(desk).exit_code == 0
    before = items(desk)
    row = NEW | {"账号": "1", "交办日": "2022-07-06"} | change
    drag(desk, row, header=(*HEADER, "现时限"))
    assert told(enter(desk)) == [(3, where, "item-changed")]
    assert items(desk) == before


def test_an_item_that_went_on_by_commands_does_not_trouble_an_old_sheet(desk: Desk) -> None:
    drag(desk, NEW | {"状态": "已立账"})
    assert enter(desk).exit_code == 0
    workspace = open_workspace(desk.root)
    acts.do(workspace, acts.Request("1", "assign"), date(2022, 7, 6), now())
    assert enter(desk).exit_code == 0


def test_headers_of_other_counties_and_lines_around_the_rows(desk: Desk) -> None:
    header = ("序号", "问题类别", "存在问题", "牵头单位", "销号标准", "挂账时间", "整改期限")
    rows: list[list[Any]] = [
        ["序号说明：由专班填写"],
        header,
        [1, "诉求", "办照要跑两趟", "县民政局", "一次办好", date(2022, 7, 1), "2022/7/31"],
        ["填报人：某某"],
    ]
    write_sheet(desk.root / "inputs" / "台账.xlsx", rows)
    assert enter(desk).exit_code == 0
    [item] = items(desk)
    assert (item.about.kind, item.about.deadline, item.opened) == (
        "诉求",
        date(2022, 7, 31),
        date(2022, 7, 1),
    )


def test_without_a_sheet_there_is_nothing_to_import(desk: Desk) -> None:
    with pytest.raises(UsageFault, match="没有挂账事项表"):
        enter(desk)


def test_evidence_is_no_table(desk: Desk) -> None:
    write_sheet(desk.root / "inputs" / "佐证" / "名单.xlsx", [("甲", "乙"), (1, 2)])
    settle(desk.root / "inputs" / "佐证" / "名单.xlsx")
    drag(desk, NEW)
    assert enter(desk).exit_code == 0, "a folder of that name right below inputs is passed over"
    write_sheet(desk.root / "inputs" / "别的" / "佐证" / "名单.xlsx", [("甲", "乙"), (1, 2)])
    assert enter(desk).exit_code == 3


def test_the_register_is_sound_with_items_in_it(desk: Desk) -> None:
    drag(desk, DONE, NEW | {"责任单位": "普明镇"})
    assert enter(desk).exit_code == 0
    with open_register(desk.register) as register:
        assert register.faults() == []
