"""Folders and modules stay small enough to be read, and a test knows the helpers and no other test."""

import ast
from pathlib import Path

import pytest
from support.desk import ROOT

FILES, LINES = 12, 250
PACKAGE, TESTS = ROOT / "pipeline", ROOT / "tests"
FOLDERS = sorted({path.parent for top in (PACKAGE, TESTS) for path in top.rglob("*.py")})


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("folder", FOLDERS, ids=named)
def test_a_folder_holds_few_files(folder: Path) -> None:
    assert len(list(folder.glob("*.py"))) <= FILES


def test_a_module_of_the_product_is_short() -> None:
    modules = [*PACKAGE.rglob("*.py"), *(ROOT / "templates").rglob("*.py")]
    long = {named(path) for path in modules if len(path.read_text("utf-8").splitlines()) > LINES}
    assert long == set()


@pytest.mark.parametrize("path", sorted(TESTS.rglob("test_*.py")), ids=named)
def test_a_test_takes_nothing_from_another(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    taken = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    others = [module for module in taken if module.rpartition(".")[2].startswith("test_")]
    assert others == []
