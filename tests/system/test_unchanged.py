"""The proof that papers have not changed: it sees a change where there is one, and its clock stands still."""

import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from support.desk import ROOT, Desk

PROGRAM = ROOT / "bench" / "unchanged" / "fixed.py"
MOMENT = "2022-05-06T07:08:09+08:00"


def papers(root: Path, word: str, *, name: str = "简报") -> Path:
    """What a desk made: a document, a PDF, a table of figures."""
    folder = root / "desk" / "outputs"
    folder.mkdir(parents=True)
    with ZipFile(folder / f"{name}.docx", "w") as archive:
        archive.writestr("word/styles.xml", "<styles/>")
        archive.writestr("word/document.xml", f"<body><t>第一</t><t>{word}</t></body>")
    (folder / f"{name}.pdf").write_bytes(f"%PDF-1.7\n1 0 obj\nendobj\n2 0 obj\n{word}\nendobj\n".encode())
    (folder / f"{name}.json").write_text(f'{{\n"said": "{word}"\n}}', "utf-8")
    return root


@pytest.fixture(autouse=True)
def _bench(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(ROOT)


def test_the_same_papers_are_equal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from bench.unchanged.differences import compare

    assert compare(papers(tmp_path / "a", "二"), papers(tmp_path / "b", "二"), ["outputs"]) == 0
    assert capsys.readouterr().out == "  3 files are equal, 0 differ as they are meant to, 0 otherwise\n"


def test_a_changed_paper_is_named_with_what_differs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from bench.unchanged.differences import compare

    assert compare(papers(tmp_path / "a", "二"), papers(tmp_path / "b", "三"), ["outputs"]) == 3
    docx, said, pdf, _ = capsys.readouterr().out.splitlines()
    assert "简报.docx: word/document.xml: '<t>二</t>' | word/document.xml: '<t>三</t>'" in docx
    assert '简报.json: line 2: \'"said": "二"\'' in said
    assert "简报.pdf: object 2: '2 0 obj\\n二\\nendobj'" in pdf


def test_a_difference_that_is_meant_is_only_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from bench.unchanged.differences import compare

    assert (
        compare(papers(tmp_path / "a", "二"), papers(tmp_path / "b", "三"), ["outputs"], ["*.docx", "*.json"])
        == 1
    )
    told = capsys.readouterr().out
    assert "docx" not in told and "0 files are equal, 2 differ as they are meant to, 1 otherwise" in told


def test_a_paper_that_only_one_has_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from bench.unchanged.differences import compare

    assert compare(papers(tmp_path / "a", "二"), papers(tmp_path / "b", "二", name="通报"), ["outputs"]) == 6
    told = capsys.readouterr().out
    assert "only there: desk/outputs/简报.pdf" in told
    assert "only here: desk/outputs/通报.pdf" in told


def test_the_clock_stands_and_secrets_are_foretold(measured_desk: Desk, tmp_path: Path) -> None:
    made = []
    for name in ("一", "二"):
        other = measured_desk.copy(tmp_path / name)
        run = subprocess.run(
            [sys.executable, "-P", PROGRAM, MOMENT, "letters", "--json"], cwd=other.root, check=False,
            env=other.environment(PYTHONPATH=str(ROOT)), capture_output=True, text=True,
        )  # fmt: skip
        assert run.returncode == 0, run
        made.append(other)

    first, second = made
    assert datetime.fromisoformat(first.manifest()["reserved_at"]) == datetime.fromisoformat(MOMENT)
    assert (first.root / "register/verify.key").read_bytes() == (
        second.root / "register/verify.key"
    ).read_bytes()
    files = [path.relative_to(first.outputs) for path in first.outputs.rglob("*") if path.is_file()]
    assert [
        path for path in files if (first.outputs / path).read_bytes() != (second.outputs / path).read_bytes()
    ] == []


def test_another_folders_program_is_refused(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-P", PROGRAM, MOMENT, "--help"], cwd=tmp_path, check=False,
        env=os.environ | {"PYTHONPATH": str(tmp_path)}, capture_output=True, text=True,
    )  # fmt: skip

    assert run.returncode == 1
    assert "AssertionError" in run.stderr
