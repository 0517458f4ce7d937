import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.desk import Desk

import pipeline
from pipeline.cli.options import tell
from pipeline.cli.remedies import REMEDIES, with_remedy
from pipeline.domain.outcome import Outcome
from pipeline.errors import Edition, ExitCode, Remedy


def test_the_command_line_has_words_for_every_remedy() -> None:
    assert set(REMEDIES) == set(Remedy) and all(words.endswith("。") for words in REMEDIES.values())


def test_a_fault_is_told_with_what_to_do_on_the_screen_and_as_json(tmp_path: Path) -> None:
    told = "里面没有 pipeline.toml。请用 --root 指明工作目录。"
    outcome = Desk(tmp_path).run("check", "--json")
    assert outcome.code == 2 and outcome.err.endswith(f"{told}\n") and outcome.json["closing"].endswith(told)


@pytest.mark.parametrize("as_json", [False, True])
def test_a_result_is_closed_with_what_to_do(as_json: bool, capsys: pytest.CaptureFixture[str]) -> None:
    told = "已登记作废1份。缺的份数下次 make letters 会补。"
    tell(Outcome(ExitCode.DONE, "已登记作废1份。", remedy=Remedy.NUMBER_AGAIN), as_json=as_json)
    out = capsys.readouterr().out
    assert (json.loads(out)["closing"] if as_json else out.rstrip("\n")) == told
    if as_json:
        assert (json.loads(out)["sentence"], json.loads(out)["remedy"]) == ("已登记作废1份。", "NUMBER_AGAIN")


HELP = ("reports/*/__init__.py", "cli/**/*.py", "page/**/*.py")
"""What only the command line says, and what only the page says: ``page.remedies`` is tried with it."""
COMMANDS = re.compile(
    r"make [a-z]|(?<![\w-])--[a-z]|pipeline [a-z]|运行一次|再运行|用命令|命令行|(?:见|列在|按)上面"
)
"""What somebody in a browser can neither type nor see."""


def said(path: Path) -> Iterator[str]:
    """The Chinese texts of a module, without its docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    notes = {id(each.value) for each in ast.walk(tree) if isinstance(each, ast.Expr)}
    for each in ast.walk(tree):
        is_text = isinstance(each, ast.Constant) and isinstance(each.value, str) and id(each) not in notes
        if is_text and re.search("[一-鿿]", each.value):
            yield each.value


def test_nothing_but_the_command_line_speaks_of_commands() -> None:
    package = Path(pipeline.__file__).parent
    others = {path for pattern in HELP for path in package.glob(pattern)}
    found = {
        f"{path.relative_to(package)}: {text}"
        for path in package.rglob("*.py")
        if path not in others
        for text in said(path)
        if COMMANDS.search(text)
    }
    assert found == set()


@pytest.mark.parametrize(
    "remedy, edition, told",
    [
        (Remedy.MAKE_BULLETIN, ("bulletin", "2022-04"), "先出简报：make bulletin MONTH=2022-04。"),
        (Remedy.MAKE_BULLETIN, ("bulletin", ""), "先出简报：make bulletin。"),
        (
            Remedy.CONFIRM_PAPERS,
            ("supervise", "2022-08"),
            "用 make supervise MONTH=2022-08 ARGS='--confirm 单位名称' 签发",
        ),
        (
            Remedy.WITHDRAW_PAPERS,
            ("supervise", "2022-08"),
            "make supervise MONTH=2022-08 ARGS='--withdraw 单位名称 --reason 原因'。",
        ),
        (
            Remedy.REVISE,
            ("dispatch", "2022-06"),
            "要更正：make dispatch MONTH=2022-06 ARGS='--revise --reason 原因'。",
        ),
        (
            Remedy.REVISE,
            ("report", "2022-Q2"),
            "要更正：make report QUARTER=2022-Q2 ARGS='--revise --reason 原因'。",
        ),
        (Remedy.REVISE, ("assess", "2022"), "要更正：make assess YEAR=2022 ARGS='--revise --reason 原因'。"),
    ],
)
def test_what_to_do_names_the_paper_that_it_is_for(
    remedy: Remedy, edition: tuple[str, str], told: str
) -> None:
    words = with_remedy("没有出。", remedy, Edition(*edition))
    assert words.startswith("没有出。") and told in words and "{" not in words


def test_nothing_is_left_to_fill_in_where_no_paper_is_meant() -> None:
    assert all("{" not in with_remedy("", remedy) for remedy in Remedy)
