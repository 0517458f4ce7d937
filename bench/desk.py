"""Workspaces with more or fewer letters than the county's, and what the other ways are given of the same letters."""

import json
import os
import shutil
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from pathlib import Path

import pypdfium2
from openpyxl import load_workbook

from bench import docx_file
from bench.docx_file import ROOT
from pipeline.domain.letters.fields import fields_of
from pipeline.domain.letters.mark import mark_text
from pipeline.domain.letters.model import Letter, Serial
from pipeline.domain.model import Applicant, Unit
from pipeline.intake import read_inputs
from pipeline.workspace import Workspace, open_workspace
from tests.support.inputs.people import applicants

COUNTY = 2300
"""Letters of annex 1."""


def lay(root: Path, letters: int, *, marked: bool = True) -> Workspace:
    """A workspace like the repository's whose targets add up to so many letters, each unit with its share.

    :param marked: whether the template has a place for the verification mark.
    """
    for name in ("inputs", "templates"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("build"))
    shutil.copy(ROOT / "pipeline.toml", root)
    scale(root, letters)
    if not marked:
        template = root / "templates" / "letter.docx"
        docx_file.edit(template, template, r"\{\{ 验证码 \}\}", "")
    return open_workspace(root)


def scale(root: Path, letters: int) -> None:
    """Have a workspace's targets add up to so many letters, each unit with its share."""
    table = root / "inputs" / "任务分解表.xlsx"
    book = load_workbook(table)
    targets = [row[2] for row in book.active.iter_rows() if isinstance(row[0].value, int)]
    shares = [letters * cell.value // COUNTY for cell in targets]
    shares[0] += letters - sum(shares)
    for cell, share in zip(targets, shares, strict=True):
        cell.value = share
    for row in book.active.iter_rows():
        if "合计" in (row[0].value, row[1].value):
            row[2].value = letters
    book.save(table)
    then = time.time() - 60  # as if nobody were writing it any more
    os.utime(table, (then, then))


def letters_of(workspace: Workspace, *, filled: bool = False) -> list[Letter]:
    """The letters that a first run would number.

    :param filled: every other one is filled in with a made-up applicant, the filled ones first within their unit.
    """
    units = read_inputs(workspace, date(workspace.settings.plan.year, 6, 1)).units
    people = iter(applicants(sum(unit.target for unit in units)) if filled else ())
    return [letter for unit in units for letter in _letters_of_unit(workspace, unit, people)]


def _letters_of_unit(workspace: Workspace, unit: Unit, people: Iterator[Applicant]) -> list[Letter]:
    serials = workspace.serials
    found = []
    for number in range(1, unit.target + 1):
        serial = Serial(serials.year, unit.code, number)
        who = next(people, None) if number <= unit.target // 2 else None
        day = date(serial.year, number % 12 + 1, number % 28 + 1) if who else None
        found.append(Letter(serial, serials.text(serial), unit.name, unit.full_name, who, day))
    return found


def write_records(workspace: Workspace, path: Path) -> None:
    """The letters of a workspace for the ways that read no spreadsheet, and how many each unit has."""
    letters = letters_of(workspace)
    told = {
        "letters": list(map(fields_of, letters)),
        "marks": [mark_text(letter, b"bench") for letter in letters],
        "units": Counter(letter.unit_name for letter in letters),
    }
    path.write_text(json.dumps(told, ensure_ascii=False), "utf-8")


def write_font_map(path: Path) -> None:
    """The product's own fonts for LibreOffice started by others; its cache stays warm."""
    config = (files("pipeline") / "fonts.conf").read_text("utf-8")
    cache = path.with_suffix(".cache")
    path.write_text(config.replace("@fonts@", str(ROOT / "fonts")).replace("@cache@", str(cache)), "utf-8")


def pages_of(path: Path) -> int:
    """How many pages a PDF has."""
    document = pypdfium2.PdfDocument(path)
    count = len(document)
    document.close()
    return count


def check_batch(root: Path, letters: int, name: str = "2022-001") -> int:
    """Size in bytes of the whole print file of a workspace's batch, its pages counted, those of units too."""
    batch = root / "outputs" / "letters" / name
    whole = batch / "介绍信.pdf"
    assert pages_of(whole) == letters, whole
    assert sum(map(pages_of, (batch / "各单位").iterdir())) == letters, batch
    assert {path.name for path in batch.iterdir()} == {
        "介绍信.pdf", "各单位", "领取签收表.docx", "领取签收表.pdf", "领取签收表.xlsx", "编号登记.xlsx", "manifest.json",
    }  # fmt: skip
    return whole.stat().st_size
