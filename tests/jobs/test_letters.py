"""The job as the clerk asks for it: what each option does, what is told, what can be made again."""

import json
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook
from support.desk import KEYS, TARGETS, Desk
from support.paper import halves
from support.seen import assert_whole, digests
from support.templates.wild import run, untouched


def test_a_dry_run_foresees_everything_and_spends_nothing(desk: Desk) -> None:
    outcome = desk.run("letters", "--dry-run", "--json")
    assert outcome.code == 0 and outcome.json["letters"] == 9 and outcome.json["batches"] == []
    assert [(unit["first"], unit["last"]) for unit in outcome.json["units"]] == [
        ("2022-01-0001", "2022-01-0002"),
        ("2022-02-0001", "2022-02-0003"),
        ("2022-03-0001", "2022-03-0004"),
    ]
    assert desk.numbered() == [] and desk.events() == [] and not desk.outputs.exists()


def test_what_was_foreseen_is_numbered_and_nothing_else(desk: Desk) -> None:
    shown = desk.run("letters", "--dry-run", "--json").json["foreseen"]
    assert desk.run("letters", "--foreseen", shown).code == 0
    assert [key for key, *_ in desk.numbered()] == KEYS
    late = desk.run("letters", "--foreseen", shown)
    assert late.code == 6 and "和试算列出的不一样了" in late.err
    more = desk.run("letters", "--unit", "东村镇", "--count", "1", "--foreseen", shown)
    assert more.code == 6 and [key for key, *_ in desk.numbered()] == KEYS
    assert desk.run("letters", "--dry-run", "--json").json["foreseen"] is None


def test_a_dry_run_after_everything_is_printed_foresees_nothing(printed_desk: Desk) -> None:
    outcome = printed_desk.run("letters", "--dry-run")
    assert outcome.code == 0 and "没有要新编号的" in outcome.out


def test_a_second_run_numbers_nothing_and_says_so(printed_desk: Desk) -> None:
    before = digests(printed_desk.root)
    outcome = printed_desk.run("letters")
    assert outcome.code == 0 and "没有要新编号的" in outcome.out and "9份" in outcome.out
    after = digests(printed_desk.root)
    assert {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)} <= {
        "register/numbering.lock"
    }


def test_a_raised_target_prints_only_the_difference_in_a_new_batch(printed_desk: Desk) -> None:
    first = digests(printed_desk.batch())
    printed_desk.write_targets([("东村镇", 5), *TARGETS[1:]])
    outcome = printed_desk.run("letters", "--json")
    assert outcome.code == 0 and outcome.json["letters"] == 3 and outcome.json["batches"] == ["2022-002"]
    assert_whole(printed_desk, [*KEYS, "2022-01-0003", "2022-01-0004", "2022-01-0005"])
    assert digests(printed_desk.batch()) == first


def test_a_lowered_target_numbers_nothing_and_is_told(printed_desk: Desk) -> None:
    printed_desk.write_targets([("东村镇", 1), *TARGETS[1:]])
    outcome = printed_desk.run("letters")
    assert outcome.code == 0 and "东村镇已有2份" in outcome.err and "不会收回" in outcome.err
    assert_whole(printed_desk)


def test_a_lowered_target_is_told_even_when_another_was_raised(printed_desk: Desk) -> None:
    printed_desk.write_targets([("东村镇", 1), ("普明镇", 4), ("县民政局", 4)])
    outcome = printed_desk.run("letters")
    assert outcome.code == 0 and "东村镇已有2份" in outcome.err
    assert_whole(printed_desk, [*KEYS, "2022-02-0004"])


def test_a_unit_without_letters_has_no_file_and_no_line(desk: Desk) -> None:
    desk.write_targets([("东村镇", 2), ("普明镇", 0), ("县民政局", 1)])
    assert desk.run("letters").code == 0
    assert [path.name for path in sorted((desk.batch() / "各单位").iterdir())] == [
        "01-东村镇.pdf",
        "03-县民政局.pdf",
    ]


def test_a_unit_missing_from_the_target_table_is_told_and_gets_nothing(desk: Desk) -> None:
    desk.write_targets([("东村镇", 2), ("县民政局", 1)])
    outcome = desk.run("letters")
    assert outcome.code == 0 and "没有“普明镇”" in outcome.err


def test_all_targets_0_is_nothing_to_do_and_no_fault(desk: Desk) -> None:
    desk.write_targets([(name, 0) for name, _ in TARGETS])
    outcome = desk.run("letters")
    assert outcome.code == 0 and "没有要新编号的" in outcome.out and not (desk.outputs / "letters").exists()


def test_extra_letters_are_printed_for_one_unit_whatever_its_target(printed_desk: Desk) -> None:
    outcome = printed_desk.run("letters", "--unit", "民政局", "--count", "2", "--json")
    assert outcome.code == 0 and outcome.json["letters"] == 2
    assert_whole(printed_desk, [*KEYS, "2022-03-0005", "2022-03-0006"])
    again = printed_desk.run("letters", "--unit", "民政局", "--count", "2", "--json")
    assert again.code == 0 and again.json["units"][0]["first"] == "2022-03-0007"


def test_extra_letters_count_towards_the_target(desk: Desk) -> None:
    assert desk.run("letters", "--unit", "县民政局", "--count", "3").code == 0
    outcome = desk.run("letters", "--json")
    assert [unit["count"] for unit in outcome.json["units"]] == [2, 3, 1]
    assert_whole(desk)


def test_a_date_is_printed_on_both_halves_of_every_letter(desk: Desk) -> None:
    assert desk.run("letters", "--date", "2022-06-01").code == 0
    for page in halves(desk.batch() / "介绍信.pdf"):
        assert "2022年6月1日" in page.upper and "2022年6月1日" in page.lower
    sheet = load_workbook(desk.batch() / "编号登记.xlsx").worksheets[0]
    assert {row[1] for row in sheet.iter_rows(min_row=3, values_only=True)} == {"2022-06-01"}


def test_without_a_date_month_and_day_stay_open(printed_desk: Desk) -> None:
    for page in halves(printed_desk.batch() / "介绍信.pdf"):
        assert "2022年月日" in page.upper and "2022年月日" in page.lower


def test_spare_letters_are_printed_beyond_the_target(desk: Desk) -> None:
    desk.settings("spare_percent = 0", "spare_percent = 50")
    outcome = desk.run("letters", "--json")
    assert [unit["count"] for unit in outcome.json["units"]] == [3, 5, 6]
    assert desk.run("letters", "--json").json["letters"] == 0


def test_another_serial_format_is_printed_and_read_back(desk: Desk) -> None:
    desk.settings("岚个培〔{year}〕{unit}-{number:04d}", "岚培{year}第{unit}{number:05d}")
    assert desk.run("letters").code == 0
    assert desk.manifest()["letters"][0]["serial"] == "岚培2022第0100001"
    assert all(
        "岚培2022第0" in page.upper and "岚培2022第0" in page.lower
        for page in halves(desk.batch() / "介绍信.pdf")
    )


def test_words_of_a_condition_that_a_row_cuts_off_spend_no_number(desk: Desk) -> None:
    side = untouched()
    words = "<w:r><w:br/></w:r>" * 3 + run("（盖章有效）{% endif %}")
    side.replace(run("{{ 落款 }}"), run("{{ 落款 }}{% if 编号 %}") + words)
    (desk.root / "templates" / "letter.docx").write_bytes(side.data())
    outcome = desk.run("letters")
    assert outcome.code == 5 and "少了“（”" in outcome.said and "（盖章有效" in outcome.said, outcome
    assert desk.numbered() == [] and desk.events() == []


def test_outputs_may_be_deleted_without_numbering_anything_again(printed_desk: Desk) -> None:
    shutil.rmtree(printed_desk.outputs)
    outcome = printed_desk.run("letters", "--json")
    assert outcome.code == 0 and outcome.json["letters"] == 0


def test_a_new_year_numbers_from_1_beside_the_old_one(printed_desk: Desk) -> None:
    printed_desk.settings("year = 2022", "year = 2023")
    outcome = printed_desk.run("letters", "--json")
    assert outcome.code == 0 and outcome.json["batches"] == ["2023-001"]
    assert outcome.json["units"][0]["first"] == "2023-01-0001"
    assert printed_desk.run("register", "check").code == 0


@pytest.mark.parametrize(
    "command",
    [
        ("check",),
        ("letters",),
        ("letters", "--dry-run"),
        ("register", "status"),
        ("register", "check"),
        ("register", "list"),
        ("register", "history", "01-0001"),
        ("register", "return", "01-0001"),
    ],
)
def test_with_json_stdout_is_exactly_one_object(printed_desk: Desk, command: tuple[str, ...]) -> None:
    outcome = printed_desk.run(*command, "--json")
    assert outcome.code == (6 if "return" in command else 0) and isinstance(json.loads(outcome.out), dict)


@pytest.mark.parametrize(
    "command",
    [
        (),
        ("check",),
        ("letters",),
        ("register",),
        ("register", "status"),
        ("register", "check"),
        ("register", "verify"),
    ],
)
def test_help_is_chinese_throughout(desk: Desk, command: tuple[str, ...]) -> None:
    outcome = desk.run(*command, "--help")
    assert outcome.code == 0 and outcome.out.startswith("用法")
    for word in (
        "Usage",
        "Options",
        "Commands",
        "Show this",
        "default:",
        "required",
        "TEXT",
        "INTEGER",
        "DATE",
    ):
        assert word not in outcome.out, (word, outcome.out)


def test_the_progress_goes_to_stderr_and_the_result_to_stdout(printed_desk: Desk) -> None:
    outcome = printed_desk.run("letters", "--unit", "东村镇", "--count", "1")
    assert outcome.code == 0 and "核对" in outcome.err and "核对" not in outcome.out.split("下一步")[0]
    assert "文件在：" in outcome.out and "2022-002" in outcome.out


def test_each_workspace_has_its_own_numbers(printed_desk: Desk, tmp_path: Path, remembering: Path) -> None:
    before = digests(printed_desk.root)
    other = Desk.laid(tmp_path / "另一处", remembering)
    assert other.run("letters").code == 0
    assert_whole(other)
    assert digests(printed_desk.root) == before


def test_spare_letters_are_not_told_as_a_lowered_target(desk: Desk) -> None:
    desk.settings("spare_percent = 0", "spare_percent = 50")
    assert desk.run("letters").code == 0
    assert "不会收回" not in desk.run("letters").err
