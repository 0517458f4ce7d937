"""Everything that a clerk reads on the screen is Chinese, whatever the machine's language."""

import io
import re
import string
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from support.programs import ready

from pipeline.cli.app import pipeline

PO = Path(__file__).resolve().parents[2] / "pipeline/locale/zh_CN/LC_MESSAGES/messages.po"
FUNCTIONS = {"_": None, "gettext": None, "ngettext": (1, 2)}


def catalogue() -> Catalog:
    return read_po(io.BytesIO(PO.read_bytes()), abort_invalid=True)


def texts(messages: Catalog) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Message, and plural if it has one → translations."""
    return {as_tuple(message.id): as_tuple(message.string) for message in messages if message.id}


def as_tuple(message: str | Sequence[str]) -> tuple[str, ...]:
    return (message,) if isinstance(message, str) else tuple(message)


def messages_of_click() -> set[tuple[str, ...]]:
    found = extract_from_dir(Path(click.__file__).parent, [("**.py", "python")], keywords=FUNCTIONS)
    return {as_tuple(message) for _, _, message, _, _ in found}


def commands(command: click.Command = pipeline, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield path
    if isinstance(command, click.Group):
        for name in command.list_commands(click.Context(command)):
            yield from commands(command.commands[name], (*path, name))


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pipeline", *arguments]
    return subprocess.run(command, check=False, env=environment, capture_output=True, encoding="utf-8")


def english(text: str) -> list[str]:
    """ASCII words that are neither the program, a command, an option, a file or folder, nor an example."""
    names = {
        "pipeline",
        *(name for path in commands() for name in path),
        "inputs",
        "outputs",
        "register",
        "JSON",
        "LibreOffice",
        "PDF",
        "form",
        "office",
        "unit",  # roles of accounts
        "auditor",
        "Q",  # of a quarter: 2022-Q2
        "tls",  # addresses of a cluster: tls://192.168.1.5:8786, local:4
        "local",
    }
    text = re.sub(r"--?[a-z][a-z-]*|[a-z]+\.(?:toml|xlsx|docx|pdf|db)\b", "", text)
    return [word for word in re.findall(r"[A-Za-z]+", text) if word not in names]


def test_words_that_are_english_are_found() -> None:
    assert english("用法：pipeline letters --dry-run  Show pipeline.toml [default: x]") == [
        "Show",
        "default",
        "x",
    ]


def test_the_compiled_catalogue_is_the_written_one() -> None:
    compiled = read_mo(io.BytesIO(PO.with_suffix(".mo").read_bytes()))
    assert texts(compiled) == texts(catalogue()), "run: make locale"


def test_the_catalogue_holds_exactly_the_messages_of_the_installed_click() -> None:
    assert texts(catalogue()).keys() == messages_of_click()


def placeholders(text: str) -> set[str]:
    braced = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    return braced | set(re.findall(r"%\(\w+\)s", text))


def test_every_message_is_translated_and_asks_for_nothing_that_click_does_not_give() -> None:
    for originals, translations in texts(catalogue()).items():
        given = set().union(*map(placeholders, originals))
        for text in translations:
            assert re.search("[一-鿿]", text), originals
            assert placeholders(text) <= given, originals


EVERY_HELP = """
import sys
from pipeline.cli.app import pipeline
for line in sys.argv[1:]:
    pipeline.main([*line.split(), "--help"], prog_name="pipeline", standalone_mode=False)
    print(end="\\f")
"""


@pytest.mark.parametrize("locale", [{}, {"LC_ALL": "C"}, {"LANG": "en_US.UTF-8", "LANGUAGE": "en"}], ids=str)
def test_help_is_chinese_on_every_machine(locale: dict[str, str]) -> None:
    paths = [" ".join(path) for path in commands()]
    done = subprocess.run(
        [sys.executable, "-c", EVERY_HELP, *paths],
        check=True, env=locale, capture_output=True, encoding="utf-8",
    )  # fmt: skip
    *told, end = done.stdout.split("\f")
    assert len(told) == len(paths) > 20 and end == "" and run("--help", **locale).stdout == told[0]
    for path, text in zip(paths, told, strict=True):
        assert text.startswith("用法：") and english(text) == [], path


@pytest.mark.parametrize(
    "arguments, words",
    [
        (["leters"], "没有 'leters' 这个命令。 是不是 'letters'？"),
        (["nothing"], "没有 'nothing' 这个命令。"),
        (["letters", "--dry"], "没有 '--dry' 这个选项。 是不是 '--dry-run'？"),
        (["letters", "--nothing"], "没有 '--nothing' 这个选项。"),
        (["letters", "--unit"], "选项 '--unit' 后面要写内容。"),
        (["letters", "--dry-run=1"], "选项 '--dry-run' 后面不用写内容。"),
        (["letters", "--count", "0"], "'--count' 写得不对：0 不在范围内，应为 1 至 100000。"),
        (["letters", "--count", "many"], "'--count' 写得不对：'many' 不是数，请写阿拉伯数字。"),
        (["letters", "--date", "6.1"], "'--date' 写得不对：'6.1' 不是日期，应写成年-月-日，如 2022-06-01。"),
        (["bulletin", "--month", "6"], "'--month' 写得不对：'6' 不是月，应写成年-月，如 2022-06。"),
        (
            ["register", "reconcile", "--month", "6"],
            "'--month' 写得不对：'6' 不是月，应写成年-月，如 2022-06。",
        ),
        (["letters", "2022"], "多写了：2022"),
        (["letters", "--count", "1"], "--unit 和 --count 要一起用。"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_usage_is_told_in_chinese(arguments: list[str], words: str, tmp_path: Path) -> None:
    code, _, told = ready.run(["-m", "pipeline", *arguments], {}, tmp_path, 60)
    assert code == 2
    assert f"错误：{words}\n" in told
    quoted = re.sub(r"'[^']*'", "", told)
    assert english(quoted.replace("leters", "")) == []


def test_wrong_usage_is_told_in_chinese_on_a_machine_that_knows_no_chinese() -> None:
    done = run("leters", LC_ALL="C")
    assert done.returncode == 2 and "错误：没有 'leters' 这个命令。 是不是 'letters'？\n" in done.stderr
