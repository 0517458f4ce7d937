"""A numbered batch → its folder in ``outputs/letters``: typeset, merge, cut, read back, publish whole."""

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pipeline.adapters.folders import publish
from pipeline.adapters.form import Forms
from pipeline.adapters.pdf.cutting import PageRange
from pipeline.adapters.pdf.info import Info
from pipeline.adapters.secret import known_secret, secret_of
from pipeline.adapters.word import WordTemplate, open_template, template_of
from pipeline.adapters.workers import Workers, workers
from pipeline.domain.letters.fields import AT_LEAST, FIELDS, MARK, OPTIONAL
from pipeline.domain.letters.model import Batch, Letter, Range, Serial
from pipeline.domain.letters.numbering import ranges
from pipeline.errors import FileFault
from pipeline.letters.fitting import Misfit
from pipeline.letters.form_engine import FormEngine, Known
from pipeline.letters.office_engine import Engine, OfficeEngine
from pipeline.letters.pages import LetterPages
from pipeline.letters.papers import (
    info_of,
    unit_files,
    write_receipt_sheet,
    write_register_sheet,
)
from pipeline.letters.readback import check_count, check_pages, hold_against
from pipeline.letters.receipt.filling import RECEIPT_FIELDS
from pipeline.letters.receipt.sheets import ReceiptSheets
from pipeline.progress import ProgressBar
from pipeline.publishing.far_office import FarOffice
from pipeline.publishing.manifest import is_of, write_manifest
from pipeline.publishing.renderer import Renderer
from pipeline.workspace import Workspace

WORTH_A_PROCESS = 1000
"""From so many letters on, a second process shares the work."""
READ = 2000
"""Pages read back at a time."""
_RECEIPT = "领取签收表"


@dataclass(frozen=True, slots=True)
class Templates:
    """The two Word templates of a batch, their placeholders checked."""

    letter: WordTemplate
    """介绍信."""
    receipt: WordTemplate
    """领取签收表."""

    def __post_init__(self) -> None:
        """Refuse placeholders that are missing, unknown or misspelt.

        :raises TemplateFault: names each of them.
        """
        self.letter.demand(FIELDS, AT_LEAST | dict.fromkeys(OPTIONAL, 0), is_page=True)
        self.receipt.demand(RECEIPT_FIELDS)


def open_templates(workspace: Workspace) -> Templates:
    """The templates of a workspace.

    :raises TemplateFault: one is missing, broken, or has the wrong placeholders.
    """
    return Templates(
        open_template(workspace.template("letter.docx")), open_template(workspace.template("receipt.docx"))
    )


def kept_templates(letter: bytes, receipt: bytes) -> Templates:
    """The templates with which a batch was printed, as the register keeps them."""
    return Templates(template_of("letter.docx", letter), template_of("receipt.docx", receipt))


@contextmanager
def batch_files(
    renderer: Renderer, templates: Templates, bar: ProgressBar, engine: str | None = None, letters: int = 0,
    names: Callable[[Serial], Sequence[tuple[str, str]]] = lambda _: (),
) -> Iterator["BatchFiles"]:  # fmt: skip
    """What makes the files of batches, with LibreOffice and a second process at hand until the block ends.

    :param engine: ``form`` or ``office`` to have that one only; None for the form where it serves.
    :param letters: about how many are going to be printed.
    :param names: tells of a letter the short and full names of the units that it and all numbered before are for.
    :raises ToolFault: LibreOffice or a font is missing.
    :raises FileFault: ``outputs/`` cannot be written.
    """
    work, office, settings = renderer.folder, renderer.office, renderer.workspace.settings
    with workers(renderer.workspace.cluster, of_two=letters >= WORTH_A_PROCESS) as processes:
        far = processes.far
        with ThreadPoolExecutor(far.ahead if far else settings.office.workers) as threads:
            try:
                there = FarOffice(far, office, settings.office.timeout_s) if far else None
                by_office = OfficeEngine(templates.letter, office, work, threads, bar.say, there)
                known = Known(Forms(renderer.workspace.forms), names)
                by_form, alone = (
                    FormEngine(templates.letter, by_office, work, processes, bar.say, strict=engine == "form", known=each)
                    for each in (known, None)
                )  # fmt: skip
                set_sheets, printed = (
                    ReceiptSheets(templates.receipt, office, work, threads, each) for each in (known, None)
                )
                of_form = [Way(by_form, set_sheets), Way(by_form, printed), Way(alone, printed)]
                ways = [Way(by_office, printed)] if engine == "office" else of_form
                yield BatchFiles(ways, templates, renderer, processes, bar)
            finally:  # or what still runs in a thread would be waited for
                office.close()
                if far:
                    far.close()


@dataclass(frozen=True, slots=True)
class Way:
    """How the pages of a batch are made."""

    engine: Engine
    """Its letters."""
    sheets: ReceiptSheets
    """Its receipt sheet."""


class BatchFiles:
    """Makes and publishes the files of a batch. Use :func:`batch_files`."""

    def __init__(
        self,
        ways: Sequence[Way],
        templates: Templates,
        renderer: Renderer,
        processes: Workers,
        bar: ProgressBar,
    ) -> None:
        """Make one; ``ways`` are the one for new batches, and those of before, the latest first."""
        self.engine = ways[0].engine
        self.ways = ways
        self.templates = templates
        self._renderer = renderer
        self._processes = processes
        self._bar = bar

    def without_glyph(self, characters: Iterable[str]) -> set[str]:
        """Those of some characters that would be printed as a box or as nothing."""
        return self._renderer.office.without_glyph(characters)

    def misfits(self, letters: Sequence[Letter]) -> list[Misfit]:
        """Try letters out before they are numbered: all that do not come out right, and why."""
        self._bar.expect("正在试排", len(letters))
        return self.engine.misfits(letters, self._bar.advance)

    def folder_of(self, batch: Batch) -> Path:
        """Where the files of a batch are, or will be."""
        return self._renderer.workspace.outputs / "letters" / str(batch.id)

    def is_out(self, batch: Batch) -> bool:
        """Whether the files of exactly this batch are published already.

        :raises FileFault: something else lies under its name.
        """
        folder = self.folder_of(batch)
        if folder.exists() and not is_of(batch, folder):
            raise FileFault(f"{folder} 已经有了，但不是台账里的这一批。没有覆盖；请查明来历后移到别处再试。")
        return folder.exists()

    def print(self, batch: Batch, enter: Callable[[str], None] = lambda _: None, once: str = "") -> str:
        """Make all files of a batch, read them back and publish them; the SHA-256 of the manifest.

        :param enter: called with that digest just before the folder appears.
        :param once: the digest with which it came out before; where it does not so again, it is made as it was before.
        :raises ConversionFault: a page is not as it must be.
        :raises FileFault: the disk refuses.
        """
        folder = self._renderer.folder / str(batch.id)
        digest = self._make(batch, folder, self.ways[0])
        for before in self.ways[1:]:
            if once in {"", digest}:
                break
            shutil.rmtree(folder)
            digest = self._make(batch, folder, before)
        enter(digest)
        publish(folder, self.folder_of(batch))
        return digest

    def print_again(self, letters: Sequence[Letter], path: Path, info: Info) -> None:
        """Make one file of published letters, and read it back.

        :raises ConversionFault: a page is not as it must be.
        :raises FileFault: the secret of the marks is missing.
        """
        self._bar.expect("正在排版", len(letters))
        secret = known_secret(self._renderer.workspace.secret) if self._is_marked else None
        pages = self.engine.typeset(letters, secret, self._bar.advance)
        whole = PageRange("", 0, len(letters))
        pages.write(path, whole, (), info.entries())
        pages.check(path, whole, 0, letters)

    def _make(self, batch: Batch, folder: Path, way: Way) -> str:
        self._bar.expect("正在排版", len(batch.letters))
        runs = ranges(batch.letters)
        (folder / "各单位").mkdir(parents=True)
        sheet = way.sheets.begin(batch, runs, folder / f"{_RECEIPT}.docx")
        secret = secret_of(self._renderer.workspace.secret) if self._is_marked else None
        pages = way.engine.typeset(batch.letters, secret, self._bar.advance)
        way.sheets.finish(sheet, folder / f"{_RECEIPT}.pdf", info_of(batch, _RECEIPT))
        self._renderer.rest()  # nothing more is printed, and binding many letters takes long
        self._bar.say("正在装订、核对……")
        self._bind(pages, batch, runs, folder)
        return write_manifest(batch, folder)

    @property
    def _is_marked(self) -> bool:
        return MARK in self.templates.letter.placeholders

    def _bind(self, pages: LetterPages, batch: Batch, runs: Sequence[Range], folder: Path) -> None:
        """Write the file of all letters and the units' files, read every page back; meanwhile the sheets."""
        everything, whole = folder / "介绍信.pdf", PageRange("", 0, len(batch.letters))
        units = unit_files(runs, folder / "各单位")

        def write_everything() -> None:
            pages.write(
                everything, whole, [section for section, _ in units], info_of(batch, "介绍信").entries()
            )

        def write_sheets() -> None:
            write_register_sheet(batch, folder / "编号登记.xlsx")
            write_receipt_sheet(batch, runs, folder / f"{_RECEIPT}.xlsx")

        own = [
            (pages.within(section), path, section, (), info_of(batch, section.title).entries())
            for section, path in units
        ]
        self._processes.map_here(LetterPages.write, own, write_everything)
        parts = list(_parts(batch, units))
        self._processes.map(check_pages, [pages.to_check(*part) for part in parts], write_sheets)
        self._processes.map_here(hold_against, [(everything, *part) for part in parts])
        check_count(everything, whole.count)


def _parts(
    batch: Batch, units: Sequence[tuple[PageRange, Path]]
) -> Iterator[tuple[Path, PageRange, int, Sequence[Letter]]]:
    """Pages of units' files that are read back at a time: file, its section, first page there, letters."""
    for section, path in units:
        letters = batch.letters[section.first : section.first + section.count]
        for start in range(0, section.count, READ):
            yield path, section, start, letters[start : start + READ]
