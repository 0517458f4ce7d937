"""What lies beside published files: known as ours, and every difference named."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from support.desk import ROOT
from support.inputs.people import letter_for, person

from pipeline.domain.letters.model import BatchId
from pipeline.publishing.manifest import (
    digest_of,
    is_published,
    keys_in,
    letter_differences,
    report_differences,
    seal_report,
    write_reprint_manifest,
)

SECRET = bytes(range(32))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A sealed report with a file in a folder of its own."""
    (tmp_path / "各单位").mkdir()
    for name in ("甲.pdf", "各单位/乙.pdf"):
        (tmp_path / name).write_text(name)
    seal_report("bulletin", tmp_path, SECRET)
    return tmp_path


def told(folder: Path, kind: str = "bulletin", secret: bytes = SECRET) -> list[str]:
    return list(report_differences(kind, folder, secret))


def test_one_module_knows_its_name() -> None:
    knowing = [
        path for path in (ROOT / "pipeline").rglob("*.py") if "manifest.json" in path.read_text("utf-8")
    ]
    assert [path.relative_to(ROOT).as_posix() for path in knowing] == ["pipeline/publishing/manifest.py"]


def test_what_is_as_it_was_published_differs_in_nothing(folder: Path) -> None:
    assert is_published(folder) and told(folder) == []
    assert list(letter_differences(folder, {"another", digest_of(folder)})) == []


def test_the_code_is_of_this_kind_and_this_office(folder: Path) -> None:
    assert (
        told(folder, kind="dispatch")
        == told(folder, secret=bytes(32))
        == ["manifest.json 不是印发时的那一个。"]
    )
    assert list(letter_differences(folder, {"another"})) == ["manifest.json 不是印发时的那一个。"]


def test_every_file_that_differs_is_named(folder: Path) -> None:
    (folder / "甲.pdf").write_text("改")
    (folder / "各单位" / "乙.pdf").rename(folder / "丙.pdf")
    assert told(folder) == ["丙.pdf 不是印发的，多出来了。", "各单位/乙.pdf 不见了。", "甲.pdf 被改动。"]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"files": 1, "code": "x"}', '{"code": null, "files": {}}'])
def test_a_manifest_of_another_make_is_not_ours(folder: Path, text: str) -> None:
    (folder / "manifest.json").write_text(text)
    assert told(folder) == ["manifest.json 不是印发时的那一个。"]
    assert keys_in(folder) == frozenset()


def test_a_folder_without_one_is_told(folder: Path) -> None:
    (folder / "manifest.json").unlink()
    [line] = told(folder)
    assert re.fullmatch(r"manifest\.json 读不了（.+）。", line) and not is_published(folder)


def test_the_letters_of_a_batch_are_found_by_key(folder: Path) -> None:
    letters = [{"key": "2022-01-0001"}, {"key": "2022-01-0002"}]
    (folder / "manifest.json").write_text(json.dumps({"letters": letters}))
    assert keys_in(folder) == {"2022-01-0001", "2022-01-0002"}


def test_the_letters_entries_are_what_json_makes_of_them(tmp_path: Path) -> None:
    """They are written one by one, in another way."""
    (tmp_path / "介绍信.pdf").write_text("x")
    letters = [
        replace(letter_for(person(), number), unit_name='"岚"\\*镇', reprint=number % 2) for number in (1, 2)
    ]
    write_reprint_manifest(BatchId(2022, 1), letters, tmp_path)
    text = (tmp_path / "manifest.json").read_text("utf-8")
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=1)
    assert keys_in(tmp_path) == {letter.serial.key for letter in letters}
