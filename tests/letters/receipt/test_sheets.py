"""The receipt sheet, set as it was measured: what LibreOffice prints, glyph by glyph, and nothing asked of it a second time."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from support.registers.batches import NOW
from support.templates.zoo import edit_file

from pipeline.adapters.form import Forms, PrintedPages, difference
from pipeline.adapters.office import Office
from pipeline.adapters.word import open_template
from pipeline.domain.letters.model import Batch, BatchId, Imprint, Letter, Order, Serial
from pipeline.domain.letters.numbering import ranges
from pipeline.letters.form_engine import Known
from pipeline.letters.papers import info_of
from pipeline.letters.receipt.sheets import MOST_ROWS, ReceiptSheets
from pipeline.publishing.renderer import Renderer
from pipeline.workspace import Workspace

UNITS = ("东村镇", "县市场监管局", "城乡环卫和市政服务中心", "普明镇")
"""One stays short, one fills its cell, one takes two lines."""
Make = Callable[[Batch, bool], Path]


@pytest.fixture
def make(workspace: Workspace, tmp_path: Path, asked: list[str]) -> Make:
    """Makes the sheet of a batch, set (True) or printed by LibreOffice."""

    def made(batch: Batch, is_set: bool) -> Path:
        folder = tmp_path / f"{batch.id}-{is_set}"
        folder.mkdir(exist_ok=True)
        known = Known(Forms(workspace.forms), lambda _: [(name, name) for name in UNITS]) if is_set else None
        template = open_template(workspace.template("receipt.docx"))
        with Renderer(workspace) as renderer, ThreadPoolExecutor(1) as threads:
            sheets = ReceiptSheets(template, renderer.office, renderer.folder, threads, known)
            begun = sheets.begin(batch, ranges(batch.letters), folder / "表.docx")
            sheets.finish(begun, folder / "表.pdf", info_of(batch, "表"))
        return folder / "表.pdf"

    return made


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the documents that LibreOffice is asked for; other processes lay down its stand-in meanwhile."""
    seen: list[str] = []
    monkeypatch.setattr(Office, "foundation", "the same")
    convert = Office.convert
    monkeypatch.setattr(
        Office, "convert", lambda own, docx, *more: seen.append(docx.name) or convert(own, docx, *more)
    )
    return seen


def batch_of(counts: Sequence[int], number: int = 1, names: Sequence[str] = UNITS) -> Batch:
    """A batch with so many letters for the units in turn."""
    letters = tuple(
        Letter(Serial(2022, f"{code:02}", each), f"岚个培〔2022〕{code:02}-{each:04}", name, name, None, None)
        for code, (name, count) in enumerate(zip(names, counts, strict=False), 1)
        for each in range(1, count + 1)
    )
    chain = f"{number * 0x9E3779B97F4A7C15 % 16**16:016x}" * 4
    return Batch(BatchId(2022, number), Imprint("岚县", "岚县办公室", 50), Order(""), NOW, letters, chain)


@pytest.mark.parametrize("counts", [[180, 40, 7, 1204], [10], [3, 250]], ids=["every unit", "one", "two"])
def test_a_sheet_that_is_set_is_libreoffices_own_glyph_by_glyph(
    make: Make, asked: list[str], counts: list[int]
) -> None:
    batch = batch_of(counts)
    ours = PrintedPages(make(batch, True))
    assert asked == ["receipt-trial.docx"]
    theirs = PrintedPages(make(batch, False))
    assert len(ours) == len(theirs)
    for page in range(len(ours)):
        assert difference(theirs.glyphs(page), ours.glyphs(page)) is None
    ours.close()
    theirs.close()


def test_the_next_batches_ask_nothing_of_libreoffice(make: Make, asked: list[str]) -> None:
    make(batch_of([10, 20, 30, 40]), True)
    del asked[:]
    make(batch_of([400, 1, 33, 2], number=2), True)
    make(batch_of([10], number=3), True)
    assert asked == []


def test_a_sheet_is_the_same_to_the_byte_whatever_is_kept(make: Make, workspace: Workspace) -> None:
    make(batch_of([10, 20, 30, 40]), True)
    with_it = make(batch_of([77], number=2), True).read_bytes()
    for kept in workspace.forms.iterdir():
        kept.unlink()
    assert make(batch_of([77], number=2), True).read_bytes() == with_it


def test_what_was_not_seen_libreoffice_prints(make: Make, asked: list[str]) -> None:
    """A count in capitals on three lines, where the trial's longest takes two."""
    for expected in (["receipt-trial.docx", "receipt.docx"], ["receipt.docx"]):
        del asked[:]
        make(batch_of([11_111], number=len(expected)), True)
        assert asked == expected


def test_a_long_sheet_is_printed_by_libreoffice(make: Make, asked: list[str]) -> None:
    make(batch_of([1] * (MOST_ROWS + 1), names=[f"第{number}村" for number in range(MOST_ROWS + 1)]), True)
    assert asked == ["receipt.docx"]


def test_fixed_words_that_depend_on_what_is_filled_in_libreoffice_prints(
    make: Make, workspace: Workspace, asked: list[str]
) -> None:
    edit_file(
        workspace.template("receipt.docx"), "台账校验码：", "{% if 合计份数 == 5 %}急{% endif %}台账校验码："
    )
    edit_file(workspace.template("receipt.docx"), "注：", "{% if 合计份数 == 5 %}急{% endif %}注：")
    for count, printed in ((5, True), (6, False), (5, True)):
        del asked[:]
        make(batch_of([count], number=count), True)
        assert ("receipt.docx" in asked) == printed


def test_a_template_that_compares_is_printed_by_libreoffice(
    make: Make, workspace: Workspace, asked: list[str]
) -> None:
    edit_file(workspace.template("receipt.docx"), "注：", "{% if 合计份数 < 5 %}少{% endif %}注：")
    make(batch_of([7]), True)
    assert asked == ["receipt.docx"]


def test_a_template_whose_lines_move_is_no_form(make: Make, workspace: Workspace, asked: list[str]) -> None:
    edit_file(workspace.template("receipt.docx"), "{{ 台账校验码 }}", "{{ (台账校验码 * 合计份数)[:400] }}")
    for expected in (["receipt-trial.docx", "receipt.docx"], ["receipt.docx"]):
        del asked[:]
        make(batch_of([5], number=len(expected)), True)
        assert asked == expected
