"""The commands that ask the register: exit code, text and ``--json``; what they find is tried with the jobs."""

import pytest
from support.clerk import VOID, distribute, lose, replace, reprint, void
from support.desk import Desk
from support.inputs.lists import PEOPLE

from pipeline.adapters.register import open_register
from pipeline.adapters.secret import known_secret
from pipeline.domain.letters.mark import mark_text
from pipeline.domain.letters.model import Serial


def test_every_end_is_one_object_of_json(printed_desk: Desk) -> None:
    for arguments, code, remedy in (
        (("register", "history", "09-0001"), 6, "SHOW_RANGES"),
        (("register", "void", "01-0001"), 2, None),
        (("register", "void", "01-0009", "--reason", "填错"), 6, "SHOW_RANGES"),
        (("register", "distribute", "--unit", "东村镇"), 2, None),
    ):
        outcome = printed_desk.run(*arguments, "--json")
        assert (outcome.code, outcome.json["exit_code"], outcome.json["remedy"]) == (code, code, remedy)
        assert outcome.json["closing"] and outcome.json["closing"] in outcome.err
    assert void(printed_desk, "01-0001").remedy is not None
    told = printed_desk.run(*VOID, "01-0002", "--json", PIPELINE_OPERATOR="王\x1b五").json
    assert (told["exit_code"], told["remedy"]) == (0, "NUMBER_AGAIN")
    story = printed_desk.run("register", "history", "01-0002", "--json").json
    assert [event["operator"] for event in story["events"]][-1] == "王五"
    assert "王五" in printed_desk.run("register", "history", "01-0002").said


def test_status_counts_for_each_unit(printed_desk: Desk) -> None:
    void(printed_desk, "01-0001", "02-0002")
    lose(printed_desk, "01-0002")
    units = {unit["code"]: unit for unit in printed_desk.run("register", "status", "--json").json["units"]}
    assert (units["01"]["live"], units["01"]["states"]) == (0, {"lost": 1, "void": 1})
    assert (units["02"]["live"], units["02"]["states"]) == (2, {"printed": 2, "void": 1})
    shown = printed_desk.run("register", "status").said
    assert "作废2" in shown and "遗失1" in shown


def test_check_says_that_all_is_sound(printed_desk: Desk) -> None:
    outcome = printed_desk.run("register", "check", "--json")
    assert outcome.code == 0
    assert outcome.json == {
        "exit_code": 0, "closing": "台账完好：9份有效介绍信，编号连续，事件链未断。",
        "letters": 9, "faults": [], "missing": [], "unfinished": None,
    }  # fmt: skip


def test_history_tells_a_letter_s_life(printed_desk: Desk) -> None:
    distribute(printed_desk, "02-0001", who="李四")
    reprint(printed_desk, "02-0001")
    lose(printed_desk, "02-0001", why="途中丢失")
    told = printed_desk.run(
        "register", "history", "岚个培〔2022〕02-0001号", "--json", PIPELINE_OPERATOR="李四"
    )
    assert told.json["acts"] == ["void", "replace"] and told.json["by_force"] == []
    assert told.code == 0 and told.json["state"] == "lost"
    assert [
        (event["what"], event["day"], event["receiver"], event["reason"])
        for event in told.json["events"]
        if event["what"] in {"distributed", "lost"}
    ] == [("distributed", "2022-06-01", "李四", ""), ("lost", "2022-06-01", "", "途中丢失")]
    shown = printed_desk.run("register", "history", "2-1").said
    for words in ("现在：遗失", "途中丢失", "李四", "补打", "卡纸"):
        assert words in shown
    replace(printed_desk, "01-0001")
    told = printed_desk.run("register", "history", "01-0001", "--json")
    assert told.json["replaced_by"] == "2022-01-0003" and told.json["events"][-1]["reason"] == "填错"
    assert printed_desk.run("register", "history", "01-0003", "--json").json["replaces"] == "2022-01-0001"
    assert "已经换成岚个培〔2022〕01-0003号" in printed_desk.run("register", "history", "01-0001").said
    assert printed_desk.run("register", "history", "01-0001至0002").code == 2


def test_a_list_is_shown_and_saved(filled_desk: Desk) -> None:
    desk = filled_desk
    outcome = desk.run("register", "list", "--json")
    assert outcome.code == 0 and outcome.json["letters"][0]["key"] == "2022-01-0001"
    assert PEOPLE[0].name in outcome.out and PEOPLE[0].id_no not in outcome.out
    assert desk.run(*VOID, "02-0001", "--date", "2022-07-01").code == 0
    given = ("--unit", "普明镇", "--state", "作废", "--since", "2022-07-01", "--until", "2022-07-31")
    shown = desk.run("register", "list", *given, "--batch", "2022-001").said
    assert "岚个培〔2022〕02-0001" in shown and "2022-07-01" in shown and "共1份" in shown
    named = desk.run("register", "list", "--name", PEOPLE[1].name, "--xlsx", "清单", "--json").json
    assert [letter["key"] for letter in named["letters"]] == ["2022-01-0002"]
    assert named["file"] == str(desk.outputs / "清单.xlsx") and (desk.outputs / "清单.xlsx").exists()


@pytest.mark.parametrize("options", [("--batch", "一"), ("--xlsx", "../清单.xlsx"), ("--state", "没有")])
def test_a_list_that_cannot_be_is_wrong_usage(printed_desk: Desk, options: tuple[str, str]) -> None:
    assert printed_desk.run("register", "list", *options).code == 2
    assert not (printed_desk.root / "清单.xlsx").exists()


def test_verify_says_what_a_mark_is_worth(printed_desk: Desk) -> None:
    with open_register(printed_desk.register) as register:
        letter = register.find(Serial(2022, "01", 1))
    assert letter is not None
    text = mark_text(letter, known_secret(printed_desk.root / "register" / "verify.key"))
    assert printed_desk.run("register", "verify", text).code == 0
    void(printed_desk, "01-0001")
    outcome = printed_desk.run("register", "verify", text, "--json")
    assert outcome.code == 6 and outcome.json["verdicts"][0]["verdict"] == "void"
