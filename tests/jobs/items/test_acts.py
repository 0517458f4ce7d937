"""What clerks do to open items: named by number, unit and file as they type them."""

import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from support.clerk import now
from support.desk import Desk
from support.figures.months import published
from support.figures.supervised import UNITS
from support.registers.outside import tamper

from pipeline.adapters.register import open_register
from pipeline.domain.items.figures import figure_proof
from pipeline.domain.items.item import Opening
from pipeline.domain.period import Month
from pipeline.errors import RegisterFault, UsageFault
from pipeline.jobs.items import acts, lookup
from pipeline.jobs.items.acts import Entered, Request, Wish
from pipeline.jobs.register import audit
from pipeline.workspace import open_workspace

DAY = date(2022, 7, 5)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk.laid(tmp_path / "desk")
    proof = desk.root / "inputs" / "佐证" / "照片.txt"
    proof.parent.mkdir()
    proof.write_text("照片", encoding="utf-8")
    return desk


def opened(desk: Desk, unit: str = "东村镇", kind: str = "进度滞后", day: date = DAY, **more: Any) -> Entered:
    wish = Wish(unit, kind, "低于序时进度", "达到序时进度", date(2022, 7, 20), **more)
    return acts.open_item(open_workspace(desk.root), wish, day, now())


def done(desk: Desk, number: str, act: str, day: date = DAY, by: str = "", **more: Any) -> Entered:
    said = {name: more.pop(name) for name in ("reason", "head", "deadline", "way") if name in more}
    request = Request(number, act, by, said, **more)
    return acts.do(open_workspace(desk.root), request, day, now())


def applied(desk: Desk, *evidence: str, **more: Any) -> Entered:
    opened(desk)
    done(desk, "1", "assign")
    done(desk, "1", "accept")
    return done(desk, "1", "apply", by="李四", head="王五", evidence=evidence, **more)


def test_an_item_is_opened_under_the_next_number_of_the_year(desk: Desk) -> None:
    first = opened(desk)
    assert first.closing == "立账：岚个培账〔2022〕0001号（东村镇，进度滞后），时限2022年7月20日。"
    assert opened(desk, kind="诉求").item["number"] == "岚个培账〔2022〕0002"
    again = opened(desk, day=date(2022, 8, 1))
    assert again.closing == (
        "岚个培账〔2022〕0001号（东村镇，进度滞后）还没有销号，没有另立，登记为再次点名（第1次）。"
    )
    assert again.item["named_again"] == 1 and again.item["overdue_days"] == 12


@pytest.mark.parametrize("text", ["东村镇", "岚县东村镇人民政府", "东村", "1", "01"])
def test_a_unit_goes_by_all_its_names(desk: Desk, text: str) -> None:
    assert opened(desk, text).item["code"] == "01"


def test_an_office_without_a_target_can_be_responsible(desk: Desk) -> None:
    desk.settings("other_units = [", 'other_units = ["县税务局甲科",')
    assert opened(desk, "县税务局甲科").item["unit"] == "县税务局甲科"
    assert opened(desk, "县税务局甲科").item["named_again"] == 1


@pytest.mark.parametrize(
    "unit, kind, word", [("东村", "闲事", "没有“闲事”这一类"), ("东庄镇", "诉求", "是不是“东村镇”")]
)
def test_what_nobody_knows_is_wrong_usage(desk: Desk, unit: str, kind: str, word: str) -> None:
    with pytest.raises(UsageFault, match=word):
        opened(desk, unit, kind)
    assert not desk.register.exists()


@pytest.mark.parametrize("text", ["岚个培账〔2022〕0001号", "岚个培账〔2022〕0001", "2022-0001", "0001", "1"])
def test_an_item_goes_by_all_its_numbers(desk: Desk, text: str) -> None:
    opened(desk)
    assert done(desk, text, "assign").item["state"] == "已交办"


def test_a_number_that_is_none_or_not_there_is_refused(desk: Desk) -> None:
    opened(desk)
    with pytest.raises(UsageFault, match="看不出“东村”"):
        done(desk, "东村", "assign")
    for text in ("2", "2021-0001"):
        with pytest.raises(RegisterFault, match="没有账号"):
            done(desk, text, "assign")


def test_an_item_of_another_year_goes_on_in_its_own(desk: Desk) -> None:
    opened(desk)
    desk.settings("year = 2022", "year = 2023")
    assert done(desk, "2022-0001", "assign", date(2023, 1, 3)).item["number"] == "岚个培账〔2022〕0001"
    workspace = open_workspace(desk.root)
    assert lookup.items_on(workspace, date(2023, 1, 3)) == ()
    assert [item.key for item in lookup.items_on(workspace, date(2023, 1, 3), 2022)] == ["2022-0001"]
    assert lookup.history(workspace, "2022-0001", date(2023, 1, 3)).item.state == "已交办"
    wish = Wish("东村镇", "进度滞后", "低于序时进度", "达到序时进度", date(2023, 2, 1))
    acts.open_item(workspace, wish, date(2023, 1, 3), now())
    wanted = lookup.chosen(workspace, ["1", "2022-0001"], date(2023, 1, 3))
    assert [item.key for item in wanted] == ["2023-0001", "2022-0001"]


def test_a_list_of_an_earlier_day_shows_what_was_then(desk: Desk) -> None:
    applied(desk, "照片.txt")
    done(desk, "1", "close", date(2022, 7, 10), by="赵六")
    workspace = open_workspace(desk.root)
    assert lookup.items_on(workspace, date(2022, 7, 4)) == ()
    assert [item.state for item in lookup.items_on(workspace, date(2022, 7, 9))] == ["待复核"]
    assert [item.state for item in lookup.items_on(workspace, date(2022, 7, 10))] == ["已销号"]
    with pytest.raises(RegisterFault, match="没有账号0001"):
        lookup.history(workspace, "1", date(2022, 7, 4))


# ---- evidence


@pytest.mark.parametrize(
    "text", ["照片.txt", "佐证/照片.txt", "inputs/佐证/照片.txt", "{root}/inputs/佐证/照片.txt"]
)
def test_evidence_is_named_by_its_place_or_its_name(desk: Desk, text: str) -> None:
    assert applied(desk, text.format(root=desk.root)).item["state"] == "待复核"
    item = lookup.history(open_workspace(desk.root), "1", DAY).item
    assert item.application
    [proof] = item.application.evidence
    assert proof["name"] == "佐证/照片.txt" and len(str(proof["sha256"])) == 64


@pytest.mark.parametrize("text", ["没有.txt", "../pipeline.toml", "{root}/pipeline.toml", "佐证", ""])
def test_what_does_not_lie_below_inputs_is_no_evidence(desk: Desk, text: str) -> None:
    with pytest.raises(RegisterFault, match="找不到佐证"):
        applied(desk, text.format(root=desk.root))


@pytest.mark.parametrize(
    "change, word",
    [
        (lambda path: path.write_text("别的", encoding="utf-8"), "改动过"),
        (lambda path: path.unlink(), "inputs/佐证/照片.txt 不在了"),
    ],
)
def test_nobody_closes_on_evidence_that_has_changed(
    desk: Desk, change: Callable[[Path], object], word: str
) -> None:
    applied(desk, "照片.txt")
    change(desk.root / "inputs" / "佐证" / "照片.txt")
    with pytest.raises(RegisterFault, match=word):
        done(desk, "1", "close", by="赵六")
    assert done(desk, "1", "return", by="赵六", reason="佐证不符").item["returns"] == 1


def test_a_figure_of_a_bulletin_is_evidence_where_the_unit_lags_no_more(
    bulletins: Desk, tmp_path: Path
) -> None:
    desk = bulletins.copy(tmp_path / "通报")
    for unit in ("县市场监管局", "东村镇"):
        opened(desk, unit)
    for number in ("1", "2"):
        done(desk, number, "assign")
        done(desk, number, "accept")
    with pytest.raises(RegisterFault, match="2022年7月的简报还没有印发"):
        done(desk, "1", "apply", head="王五", figure=Month(2022, 7))
    told = {}
    for number in ("1", "2"):
        try:
            done(desk, number, "apply", by="李四", head="王五", figure=Month(2022, 6))
        except RegisterFault as fault:
            told[number] = str(fault)
    item = next(each for each in lookup.items_on(open_workspace(desk.root), DAY) if each.application)
    assert item.application
    [proof] = item.application.evidence
    assert str(proof["figure"]).startswith("2022年6月累计净增") and proof["band"] in {"先进", "基本达标"}
    assert all("数字没有达到" in reason for reason in told.values())


def test_what_a_unit_had_reached_and_lost_again_is_no_evidence() -> None:
    about = Opening("01", "东村镇", "进度滞后", "低于序时进度", "达到序时进度", DAY)
    reached, lost = published(1, (5, 0, 0), UNITS), published(3, (5, 0, 0), UNITS)
    assert figure_proof(about, [reached])["month"] == "2022-01"
    with pytest.raises(RegisterFault, match="后来又滞后了（2022年3月累计净增5户"):
        figure_proof(about, [reached, lost])
    with pytest.raises(RegisterFault, match="数字没有达到"):
        figure_proof(about, [lost, reached])


def test_nothing_is_entered_for_a_day_that_has_not_come(desk: Desk) -> None:
    tomorrow = now().date() + timedelta(days=1)
    with pytest.raises(RegisterFault, match="还没有到"):
        opened(desk, day=tomorrow)
    opened(desk)
    with pytest.raises(RegisterFault, match="还没有到"):
        done(desk, "1", "assign", day=tomorrow)
    assert done(desk, "1", "assign", day=now().date()).item["state"] == "已交办"


# ---- the register as a whole


def test_letters_and_items_share_one_sound_register(printed_desk: Desk) -> None:
    opened(printed_desk)
    workspace = open_workspace(printed_desk.root)
    found = audit.check(workspace)
    assert (found.exit_code, found.letters) == (0, 9)
    assert done(printed_desk, "1", "assign").item["state"] == "已交办"
    assert audit.check(workspace).exit_code == 0
    shutil.rmtree(printed_desk.outputs)
    assert printed_desk.run("letters", "--rebuild", "2022-001").code == 0, "the letters' own events are found"


def test_what_was_written_into_the_journal_by_hand_is_named(desk: Desk) -> None:
    applied(desk, "照片.txt")
    tamper(desk.register, "UPDATE journal SET who = '' WHERE act = 'apply'")
    assert "与事件不符" in audit.check(open_workspace(desk.root)).faults[0]


def test_an_act_that_no_rule_allows_is_named_even_where_the_chain_is_whole(desk: Desk) -> None:
    from pipeline.domain.journal import Act

    opened(desk)
    with open_register(desk.register) as register:
        register.enter(2022, lambda _: [Act("items", 1, "close", "01", DAY, "赵六", {})], now())
    assert audit.check(open_workspace(desk.root)).faults == (
        "挂账 2022-0001 的“close”是规则不许的：现在是已立账，不能登记销号：要先申请销号。",
    )
