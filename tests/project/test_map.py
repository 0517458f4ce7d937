"""The maps of the house say where everything is: the one in the package, and the one in ``docs/design.md``."""

import re
from pathlib import Path

import pytest
from support.desk import ROOT

import pipeline

DESIGN = ROOT / "docs" / "design.md"
PACKAGE = ROOT / "pipeline"
ROOMS = {
    path.parent.relative_to(PACKAGE).as_posix()
    for path in PACKAGE.glob("*/**/__init__.py")
    if not path.is_relative_to(PACKAGE / "reports") or path.parent == PACKAGE / "reports"
}
"""Every package; the kinds of report are listed by ``reports`` itself."""
LOOSE = {path.stem for path in PACKAGE.glob("*.py") if not path.stem.startswith("__")}
"""Modules that stand in no room."""


def test_the_package_names_every_room_once() -> None:
    assert pipeline.__doc__
    named = re.findall(r"^``([a-z.0-9_]+)`` +\S", pipeline.__doc__, re.MULTILINE)

    assert sorted(named) == sorted({room.replace("/", ".") for room in ROOMS} | LOOSE)


def test_the_package_names_its_rooms_from_the_top_down() -> None:
    assert pipeline.__doc__
    layers = re.search(
        r'containers = \["pipeline"\]\nlayers = \[(.*?)\]',
        (ROOT / "pyproject.toml").read_text("utf-8"),
        re.DOTALL,
    )
    assert layers
    floor = {
        name: number
        for number, names in enumerate(re.findall(r'"([^"]+)"', layers[1]))
        for name in names.split(" | ")
    }
    named = re.findall(r"^``([a-z_]+)``", pipeline.__doc__, re.MULTILINE)

    assert named == sorted(named, key=floor.__getitem__)


def test_the_design_has_a_row_for_every_room() -> None:
    _, _, rest = DESIGN.read_text("utf-8").partition("\n## The house\n")
    house = rest.partition("\n## ")[0]
    firsts = re.findall(r"^\| (`[^|]+) \|", house, re.MULTILINE)
    named = [name for first in firsts for name in re.findall(r"`([^`]+)/`", first)]

    assert sorted(named) == sorted(ROOMS)


def test_the_design_begins_with_its_contents() -> None:
    text = DESIGN.read_text("utf-8")

    assert re.findall(r"^\* \[(.+?)\]\(#", text, re.MULTILINE) == re.findall(r"^## (.+)$", text, re.MULTILINE)


@pytest.mark.parametrize(
    "document",
    [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), *sorted((ROOT / "bench").glob("*.md"))],
    ids=lambda path: path.name,
)
def test_every_path_of_code_in_a_document_is_there(document: Path) -> None:
    text = document.read_text("utf-8")
    paths = re.findall(r"`((?:[\w.]+/)*[\w]+\.(?:py|sql|conf|sh))`", text)
    paths += re.findall(
        r"`((?:pipeline|cli|jobs|reports|letters|publishing|adapters|domain|tests|bench)/[\w/]*)`", text
    )

    assert [path for path in paths if not (ROOT / path).exists() and not (PACKAGE / path).exists()] == []
