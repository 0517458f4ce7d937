"""The documents say what the program does: commands, exit codes, problem codes, settings and placeholders."""

import ast
import re
import shlex
import tomllib
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from urllib.parse import unquote

import click
import pytest

from pipeline.cli.app import pipeline
from pipeline.domain.assessment.reading import ITEM_KEYS, KEYS
from pipeline.domain.assessment.rules import COMPUTED, FORMS
from pipeline.domain.letters.fields import FIELDS
from pipeline.errors import ExitCode
from pipeline.letters.receipt.filling import RECEIPT_FIELDS
from pipeline.reports.items.documents import CLOSED_ITEMS, CLOSING_FORM, OPEN_ITEMS
from pipeline.reports.kinds import FROZEN
from pipeline.reports.ledgers.documents import LEDGER
from pipeline.reports.reconciliation.documents import INQUIRY
from pipeline.reports.supervision.approval import APPROVAL
from pipeline.reports.supervision.papers import TEMPLATES
from pipeline.settings import Plan, Settings

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs/操作手册.md"
README = ROOT / "README.md"
DOCUMENTS = [
    README, ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md")), ROOT / "inputs/README.md",
    ROOT / "fonts/README.md",
]  # fmt: skip
TYPED = re.compile(r"^(?:make|(?:\.venv/bin/)?pipeline|python -m pipeline)(?: |$)")


def section(path: Path, heading: str) -> str:
    """A document's text below a heading, up to the next of the same rank or above."""
    rank = heading.split(maxsplit=1)[0]
    _, found, rest = path.read_text(encoding="utf-8").partition(f"\n{heading}\n")
    assert found, f"{path.name}: no {heading}"
    return re.split(rf"^#{{1,{len(rank)}}} ", rest, maxsplit=1, flags=re.MULTILINE)[0]


def tables(text: str) -> list[list[list[str]]]:
    """Every table of a Markdown text: rows of cells, without heading and rule."""
    blocks = re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE)
    rows = [[re.split(r"(?<!\\)\|", line.strip()[1:-1]) for line in block.splitlines()] for block in blocks]
    return [[[cell.strip() for cell in row] for row in table[2:]] for table in rows]


def first_column(text: str, pattern: str) -> list[str]:
    """What a table's first cells hold where the whole cell is like ``pattern``, in order."""
    cells = [row[0] for table in tables(text) for row in table]
    return [match[1] for cell in cells if (match := re.fullmatch(pattern, cell))]


def typed(text: str) -> Iterator[str]:
    """Every command line that a document shows, in code spans and blocks."""
    fenced = re.findall(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    blocks = [*fenced, *re.findall(r"^(?: {4}| {7})(\S.*)$", text, re.MULTILINE)]
    spans = re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL))
    for line in (line.strip() for block in [*blocks, *spans] for line in block.splitlines()):
        if TYPED.match(line):
            yield line.split("  #")[0].strip()


def resolve(words: list[str]) -> tuple[list[str], set[str]]:
    """The command that words name, and the options among them.

    :raises LookupError: there is no such command or option.
    """
    command: click.Command = pipeline
    path: list[str] = []
    options: set[str] = set()
    known = {"--help", "-h"}
    known |= {name for option in command.params for name in option.opts}
    taken = ""
    for word in words:
        if word.startswith("-"):
            options.add(word)
            taken = word
        elif isinstance(command, click.Group) and not taken and re.fullmatch("[a-z]+", word):
            if word not in command.list_commands(click.Context(command)):
                raise LookupError(word)
            command = command.commands[word]
            path.append(word)
            known |= {name for option in command.params for name in option.opts}
        else:
            taken = ""
    if options - known:
        raise LookupError(*options - known)
    return path, options


def check_line(line: str, makefile: str) -> None:
    """Refuse a command line that would not be understood.

    :raises LookupError: names what is unknown.
    """
    program, *words = shlex.split(line)
    if program == "make":
        targets = [word for word in words if "=" not in word]
        for target in targets:
            is_written = re.search(rf"^{re.escape(target)}:.*## ", makefile, re.MULTILINE)
            if not is_written and target not in {report.name for report in FROZEN}:
                raise LookupError(target)
        for name, value in (word.split("=", 1) for word in words if "=" in word):
            if not re.search(rf"\b{name}\b", makefile):
                raise LookupError(name)
            if name == "ARGS":
                resolve([*targets, *shlex.split(value)])
    elif program == "python":
        resolve(words[2:])
    else:
        resolve(words)


def leaves(command: click.Command = pipeline, path: str = "pipeline") -> Iterator[tuple[str, click.Command]]:
    """Every command that does something, by its full name."""
    if isinstance(command, click.Group):
        if command.invoke_without_command:
            yield path, command
        for name in command.list_commands(click.Context(command)):
            yield from leaves(command.commands[name], f"{path} {name}")
    if not isinstance(command, click.Group) or command.invoke_without_command:
        yield path, command


def problem_codes() -> set[str]:
    """Codes in the source: words with a hyphen that are handed to ``Problem`` and its like, or what makes one.

    What makes a doubt takes no other lower-case words, so there a code may be a single one.
    """
    makers = ("problem", "notice", "checked", "unreadable", "doubt", "at_cell", "odd")
    found = set()
    for path in (ROOT / "pipeline").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = node.func if isinstance(node, ast.Call) else None
            called = (
                name.id
                if isinstance(name, ast.Name)
                else name.attr
                if isinstance(name, ast.Attribute)
                else ""
            )
            if isinstance(node, ast.Call) and called.lower().endswith((*makers, "tell")):
                values = [*node.args, *(keyword.value for keyword in node.keywords)]
                texts = [value.value for value in values if isinstance(value, ast.Constant)]
                code = "[a-z]+(-[a-z0-9]+)*" if called == "doubt" else "[a-z]+(-[a-z0-9]+)+"
                found |= {text for text in texts if isinstance(text, str) and re.fullmatch(code, text)}
    return found


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_command_shown_is_understood(path: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for line in typed(path.read_text(encoding="utf-8")):
        check_line(line, makefile)


@pytest.mark.parametrize(
    "line",
    [
        "make lettres", "make letters UNITS=东村镇", "make letters ARGS='--rebild 2022-001'", "make register ARGS=state",
        "pipeline letter", ".venv/bin/pipeline letters --dryrun", "python -m pipeline register stauts",
    ],
)  # fmt: skip
def test_a_command_that_does_not_exist_is_found(line: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert list(typed(f"输入 `{line}`。\n\n    {line}\n")) == [line, line]
    with pytest.raises(LookupError):
        check_line(line, makefile)


def test_the_guide_and_the_readme_show_commands() -> None:
    assert len(list(typed(GUIDE.read_text(encoding="utf-8")))) > 15
    assert len(list(typed(README.read_text(encoding="utf-8")))) > 4


def test_the_guide_lists_every_command_with_every_option() -> None:
    [rows] = tables(section(GUIDE, "## 全部命令"))
    told = {row[0].strip("`"): set(re.findall(r"--[a-z-]+", " ".join(row))) for row in rows}
    above = {name for option in pipeline.params for name in option.opts if name.startswith("--")} | {"--help"}
    wanted = {
        path: {name for option in command.params for name in option.opts if name.startswith("--")}
        for path, command in leaves()
    }
    assert told == wanted | {"pipeline --root 文件夹 …": above}


@pytest.mark.parametrize(
    "path, heading", [(GUIDE, "## 出错信息与办法"), (README, "## When something goes wrong")], ids=["guide", "readme"]
)  # fmt: skip
def test_exit_codes(path: Path, heading: str) -> None:
    assert [int(code) for code in first_column(section(path, heading), r"(\d+)")] == sorted(
        map(int, ExitCode)
    )


def test_problem_codes() -> None:
    told = first_column(section(GUIDE, "## 出错信息与办法"), r"`([a-z0-9-]+)`")
    assert len(told) == len(set(told))
    assert set(told) == problem_codes()


def test_settings_and_their_defaults() -> None:
    [rows] = tables(section(GUIDE, "## 设置"))
    assert rows[1][:2] == ["`[plan] county`", "必须写"]
    told = {
        row[0]: tomllib.loads(f"value = {row[1].strip('`')}")["value"] for row in rows if row[1] != "必须写"
    }
    defaults = Settings(Plan(""))
    wanted = {
        f"`[{part.name}] {key.name}`": getattr(getattr(defaults, part.name), key.name)
        for part in fields(defaults)
        if is_dataclass(getattr(defaults, part.name))
        for key in fields(getattr(defaults, part.name))
        if key.name != "county"
    }
    assert told == {"`register`": defaults.register} | wanted


def test_the_plan_in_the_repository_shows_every_setting() -> None:
    plan = tomllib.loads((ROOT / "pipeline.toml").read_text(encoding="utf-8"))
    defaults = Settings(Plan(""))
    assert plan.pop("register") == defaults.register
    wanted = {
        part.name: {key.name for key in fields(getattr(defaults, part.name))}
        for part in fields(defaults)
        if is_dataclass(getattr(defaults, part.name))
    }
    assert {name: set(part) for name, part in plan.items()} == wanted


def test_placeholders_of_all_templates() -> None:
    letter, *others = tables(section(GUIDE, "## 修改模板"))
    assert [row[0] for row in letter] == [f"`{{{{ {name} }}}}`" for name in FIELDS]
    of_reports = dict.fromkeys(template for report in FROZEN for template in report.templates)
    [papers] = {replace(each, name="") for each in TEMPLATES.values()}  # all of them may ask for the same
    templates = (LEDGER, INQUIRY, *of_reports, papers, APPROVAL, OPEN_ITEMS, CLOSED_ITEMS, CLOSING_FORM)
    for rows, names in zip(others, (RECEIPT_FIELDS, *(each.fields for each in templates)), strict=True):
        assert {row[0] for row in rows} == {f"`{{{{ {name} }}}}`" for name in names}


def test_the_readme_is_short() -> None:
    assert len(README.read_text(encoding="utf-8").splitlines()) <= 100


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_and_pictures_are_there(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text) + re.findall(r'src="([^"]+)"', text):
        assert (path.parent / unquote(target)).exists(), target


def test_files_and_folders_that_the_readme_names_are_there() -> None:
    made_later = ("outputs", "register", ".venv")
    layout = section(README, "## For the maintainer")
    names = re.findall(r"`([\w./-]+(?:/|\.(?:py|toml|txt|docx|xlsx|md|sh)))`", layout)
    assert len(names) > 5
    for name in names:
        assert name.startswith(made_later) or (ROOT / name).exists(), name


def test_the_keys_of_the_assessment() -> None:
    _, keys, item_keys, sources, _ = tables(section(GUIDE, "## 年终考核"))
    assert [row[0] for row in keys] == [f"`{key}`" for key in KEYS]
    assert [row[0] for row in item_keys] == [f"`{key}`" for key in ITEM_KEYS]
    assert [name for row in sources for name in re.findall(r"`(\w+)`", row[0])] == list(COMPUTED)
    assert set(FORMS) <= set(re.findall(r"`(\w+)`", section(GUIDE, "## 年终考核")))
