"""What a command says of its options and of other commands, said of the page's fields and buttons."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from support.page import Site
from support.page.samples import ended_with

import pipeline.page
from pipeline.cli.app import pipeline as command
from pipeline.errors import Remedy
from pipeline.page.access import Role, Visitor
from pipeline.page.findings import by_file
from pipeline.page.remedies import FIELDS, WAYS, in_page, way_of
from pipeline.page.urls import ROUTES
from pipeline.page.views import runs as views

PAGE = Path(pipeline.page.__file__).parent
TYPED = re.compile(r"make [a-z]|--[a-z]|pipeline [a-z]")


def options(group: click.Command) -> Iterator[str]:
    """The options of a command and of all below it, without their dashes."""
    for option in group.params:
        yield from (each.removeprefix("--") for each in option.opts if each.startswith("--"))
    if isinstance(group, click.Group):
        for name in group.list_commands(click.Context(group)):
            yield from options(group.commands[name])


def given() -> set[str]:
    """The options that the page can give: written out in a view, or called like a form's field."""
    views = "".join(path.read_text("utf-8") for path in PAGE.glob("views/**/*.py"))
    forms = "".join(path.read_text("utf-8") for path in PAGE.glob("templates/**/*.html"))
    names = {*re.findall(r"--([a-z][a-z-]*)", views), *re.findall(r'name="([a-z]+)"', forms)}
    return names & set(options(command)) - {
        "dry-run",
        "around",
        "foreseen",
        "state",
    }  # no fields of a command


def test_the_page_has_words_for_every_remedy_and_they_lead_somewhere() -> None:
    assert set(WAYS) == set(Remedy)
    names = {route.name for route in ROUTES}
    for way in WAYS.values():
        assert way.words.endswith("。") and (not way.route or way.route in names)
        assert not TYPED.search(way.words)
    assert way_of("NUMBER_AGAIN") == WAYS[Remedy.NUMBER_AGAIN] and way_of(None) is way_of("没有") is None


def test_what_to_do_names_the_paper_that_it_is_for_and_leads_to_its_part() -> None:
    way = way_of("REVISE", {"kind": "report", "period": "2022-Q2"})
    assert way and way.words.startswith("要更正2022年第2季度工作报告，") and way.kind == "report"
    told = {remedy: way_of(remedy.name, {"kind": "bulletin", "period": ""}) for remedy in Remedy}
    assert told[Remedy.MAKE_BULLETIN] == ("请先出简报。", "publications", "bulletin")
    assert all(each and "{" not in each.words for each in told.values())
    assert all((way := way_of(remedy.name)) and "{" not in way.words for remedy in Remedy)


def test_every_option_that_the_page_gives_is_called_like_its_field() -> None:
    assert {"date", "receiver", "confirm", "deadline"} <= given() <= FIELDS.keys()
    assert not any(TYPED.search(words) for words in FIELDS.values())


def test_a_wrong_option_is_told_as_a_wrong_field() -> None:
    assert in_page("'--date' 写得不对：'abc' 不是日期。") == "“日期”写得不对：'abc' 不是日期。"
    assert in_page("缺少选项 '--problem'.") == "缺少“问题描述”."
    assert in_page("--revise 和 --reason 要一起用。") == "“更正”和 “原因”要一起用。"
    assert in_page("缺 --whatever") == "缺 “这一项”"


@pytest.mark.parametrize(
    "typed, here",
    [
        ("没有任务分解表，请把它放进 inputs。", "没有任务分解表，请把它放进来。"),
        ("不是要用的表，请移出 inputs。", "不是要用的表，请从“表格”里拿出来。"),
        ("请补在 inputs 里的 简报素材.xlsx；", "请补在放入的 简报素材.xlsx；"),
        ("inputs 里有2021年的。", "放入的表格里有2021年的。"),
        ("样子见 examples/2022/inputs/清单素材.xlsx。", "样子见 examples/2022/inputs/清单素材.xlsx。"),
        ("请把文件放进 inputs/佐证 再申请。", "请把文件放进 inputs/佐证 再申请。"),
    ],
)
def test_the_folder_is_told_as_what_was_dropped(typed: str, here: str) -> None:
    assert in_page(typed) == here


def test_what_a_table_lacks_is_told_without_a_folder_that_nobody_sees_in_the_browser() -> None:
    problem = {
        "file": "inputs",
        "sheet": None,
        "row": None,
        "column": None,
        "value": "",
        "advice": "请把它放进 inputs。",
    }
    told = views.told(
        {"closing": "缺表。", "problems": [problem], "notices": [problem]}, Visitor("", Role.OFFICE)
    )
    assert [(each["file"], each["advice"]) for each in told["problems"]] == [("还缺的表", "请把它放进来。")]
    assert told["notices"] == ["还缺的表 请把它放进来。"]
    [found] = by_file({"files": [], "problems": [problem | {"code": "a"}], "notices": []})
    assert found.problems[0].advice == "请把它放进来。"


def test_a_month_s_round_is_told_with_what_is_missing_and_what_waits(site: Site) -> None:
    made = {
        "closing": "报告没有出。",
        "remedy": "MAKE_BULLETIN",
        "edition": {"kind": "bulletin", "period": "2022-04"},
        "problems": [{"file": "清单素材", "advice": "请先出简报。"}],
        "notices": ["补录3户。"],
    }
    told = {
        "closing": "缺的1样。",
        "made": [made],
        "missing": ["请催报。"],
        "waits": ["请复核。"],
        "exit_code": 3,
    }
    run = ended_with(told, 3, "month")
    shown = site.client().get(f"/runs/{run.pk}/").content.decode()

    assert all(
        text in shown for text in ("报告没有出。", "请先出简报。", "补录3户。", "请催报。", "请复核。")
    )
    assert '请先出2022年4月简报。 <a href="/publications/#k-bulletin">' in shown
