"""The commands of the open items: exit codes, words and ``--json``; what the rules allow is tried with the domain."""

from pathlib import Path

import click
import pytest
from support.desk import Desk

from pipeline.cli.app import pipeline
from pipeline.errors import UsageFault

OPEN = (
    "items", "open", "--unit", "东村镇", "--kind", "进度滞后", "--problem", "低于序时进度", "--standard", "达到序时进度", "--deadline",
    "2022-07-20",
)  # fmt: skip
TODAY = ("--today", "2022-07-05")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk.laid(tmp_path / "desk")
    proof = desk.root / "inputs" / "佐证" / "照片.txt"
    proof.parent.mkdir()
    proof.write_text("照片", encoding="utf-8")
    return desk


def test_an_item_from_its_first_day_to_its_last(desk: Desk) -> None:
    first = desk.run(*OPEN, *TODAY, "--by", "经办", "--source", "第6期简报", "--json").json
    assert (
        first["exit_code"] == 0
        and first["folders"] == []
        and first["item"]["number"] == "岚个培账〔2022〕0001"
    )
    for words in (
        ("assign", "1", "--by", "主任"),
        ("accept", "1", "--by", "李四"),
        ("extend", "1", "--deadline", "2022-08-05", "--reason", "场地在修"),
        ("grant", "1", "--by", "主任"),
        ("progress", "1", "--reason", "走访12户"),
        ("apply", "1", "--by", "李四", "--head", "王五", "--evidence", "照片.txt", "--reason", "达到"),
    ):
        outcome = desk.run("items", *words, *TODAY)
        assert outcome.code == 0 and "岚个培账〔2022〕0001号（东村镇，进度滞后）" in outcome.out, outcome
    refused = desk.run("items", "close", "1", "--by", "李四", *TODAY, "--json")
    assert (
        refused.code == 6
        and refused.json["exit_code"] == 6
        and "复核人不能是申请人" in refused.json["closing"]
    )
    assert desk.run("items", "close", "1", "--by", "赵六", "--way", "数据", *TODAY).code == 0
    [item] = desk.run("items", "list", "--today", "2022-08-06", "--json").json["items"]
    assert (item["state"], item["deadline"], item["extended"], item["closed"], item["overdue_days"]) == (
        "已销号", "2022-08-05", 1, "2022-07-05", 0,
    )  # fmt: skip
    events = desk.run("items", "history", "2022-0001", "--json").json["events"]
    assert [each["act"] for each in events] == [
        "open",
        "assign",
        "accept",
        "extend",
        "grant",
        "progress",
        "apply",
        "close",
    ]
    shown = desk.run("items", "history", "1").out
    assert "申请延期" in shown and "佐证：照片.txt" in shown and "负责人王五" in shown


def test_the_same_again_is_done_and_told(desk: Desk) -> None:
    assert desk.run(*OPEN, *TODAY).code == 0
    outcome = desk.run(*OPEN, *TODAY)
    assert outcome.code == 0 and "再次点名" in outcome.out


def test_a_list_shows_the_most_urgent_first_and_what_is_asked_for(desk: Desk) -> None:
    empty = desk.run("items", "list", "--json")
    assert empty.code == 0 and empty.json["items"] == [] and empty.json["totals"]["closing_rate"] is None
    assert not desk.register.exists(), "looking makes no register"
    assert desk.run(*OPEN[:3], "普明镇", *OPEN[4:-1], "2022-09-01", *TODAY).code == 0
    assert desk.run(*OPEN, *TODAY).code == 0
    shown = desk.run("items", "list", "--today", "2022-07-25").out
    assert shown.index("0002") < shown.index("0001") and "逾期5天" in shown and "其中逾期1项" in shown
    for words, numbers in (
        (("--unit", "普明"), ["2022-0001"]),
        (("--state", "已销号"), []),
        (("--year", "2021"), []),
    ):
        found = desk.run("items", "list", *words, "--today", "2022-07-25", "--json").json
        assert [each["key"] for each in found["items"]] == numbers


@pytest.mark.parametrize(
    "words",
    [
        OPEN[:-2], (*OPEN[:7], " ", *OPEN[8:]), (*OPEN[:3], "没有的单位", *OPEN[4:]), (*OPEN[:-1], "下月"),
        ("items", "assign"), ("items", "assign", "第一号"), ("items", "apply", "1", "--head", "王五"),
        ("items", "apply", "1", "--evidence", "照片.txt"), ("items", "close", "1"), ("items", "close", "1", "--by", " "),
        ("items", "return", "1", "--by", "赵六"), ("items", "extend", "1", "--reason", "忙"), ("items", "object", "1"),
        ("items", "progress", "1"), ("items", "suspend", "1"), ("items", "withdraw", "1"), ("items", "refuse", "1"),
        ("items", "close", "1", "--by", "赵六", "--way", "电话"), ("items", "again", "1"), ("items", "import"),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_wrong_usage(desk: Desk, words: tuple[str, ...]) -> None:
    with pytest.raises((click.UsageError, UsageFault)) as fault:
        pipeline.main(["--root", str(desk.root), *words], standalone_mode=False)
    assert fault.value.exit_code == 2
    assert not desk.register.exists()
