"""A numbered batch → its folder in ``outputs/letters``: typeset, merge, cut, read back, publish whole."""

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pipeline.adapters.folders import publish
from pipeline.adapters.inputs import safe_name
from pipeline.adapters.office import Office
from pipeline.adapters.pdf.cutting import Info, PageRange, with_info
from pipeline.adapters.pdf.digests import page_digests
from pipeline.adapters.secret import secret_of
from pipeline.adapters.word import WordTemplate, open_template
from pipeline.adapters.workers import Workers, crew, result_of
from pipeline.domain.letters.fields import AT_LEAST, FIELDS, MARK, OPTIONAL
from pipeline.domain.letters.model import Batch, Letter
from pipeline.domain.letters.numbering import ranges
from pipeline.errors import ConversionFault, FileFault
from pipeline.letters.fitting import Misfit
from pipeline.letters.form_engine import Stamper
from pipeline.letters.office_engine import Setter, Typesetter
from pipeline.letters.pages import LetterPages, check_count
from pipeline.letters.papers import (
    RECEIPT_FIELDS,
    read_receipt,
    write_receipt,
    write_receipt_sheet,
    write_register_sheet,
)
from pipeline.progress import ProgressBar
from pipeline.publishing.manifest import is_of, write_manifest
from pipeline.publishing.renderer import Renderer
from pipeline.workspace import Workspace

WORTH_A_PROCESS = 1000
"""From so many letters on, a second process shares the work."""
READ = 2000
"""Pages read back at a time."""
_RECEIPT = "receipt.docx"


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


@contextmanager
def press(
    shop: Renderer, templates: Templates, teller: ProgressBar, engine: str | None = None, letters: int = 0
) -> Iterator["BatchFiles"]:
    """A press in a workshop.

    :param engine: ``form`` or ``office`` to have that one only; None for the form where it serves.
    :param letters: about how many are going to be printed.
    :raises ToolFault: LibreOffice or a font is missing.
    :raises FileFault: ``outputs/`` cannot be written.
    """
    work, office = shop.folder, shop.office
    with (
        ThreadPoolExecutor(shop.workspace.settings.office.workers) as pool,
        crew(of_two=letters >= WORTH_A_PROCESS, warm_up=_wake) as hands,
    ):
        try:
            typesetter = Typesetter(templates.letter, office, work, pool, teller.say)
            stamper = Stamper(templates.letter, typesetter, work, hands, teller.say, strict=engine == "form")
            setter = typesetter if engine == "office" else stamper
            yield BatchFiles(shop.workspace, templates, office, work, pool, hands, teller, setter)
        finally:
            office.close()  # or what still runs in a thread would be waited for


def _wake() -> None:
    """Nothing: the second process has imported what it needs when it gets here."""


class BatchFiles:
    """Makes and publishes the files of a batch. Use :func:`press`."""

    def __init__(
        self, workspace: Workspace, templates: Templates, office: Office, work: Path, pool: ThreadPoolExecutor,
        hands: Workers, teller: ProgressBar, setter: Setter,
    ) -> None:  # fmt: skip
        self.setter = setter
        self.templates = templates
        self._workspace = workspace
        self._office = office
        self._work = work
        self._pool = pool
        self._crew = hands
        self._teller = teller

    def without_glyph(self, characters: Iterable[str]) -> set[str]:
        """Those of some characters that would be printed as a box or as nothing."""
        return self._office.without_glyph(characters)

    def misfits(self, letters: Sequence[Letter]) -> list[Misfit]:
        """Try letters out before they are numbered: all that do not come out right, and why."""
        self._teller.expect(len(letters))
        return self.setter.misfits(letters, self._teller.advance)

    def folder_of(self, batch: Batch) -> Path:
        """Where the files of a batch are, or will be."""
        return self._workspace.outputs / "letters" / str(batch.id)

    def is_out(self, batch: Batch) -> bool:
        """Whether the files of exactly this batch are published already.

        :raises FileFault: something else lies under its name.
        """
        folder = self.folder_of(batch)
        if folder.exists() and not is_of(batch, folder):
            raise FileFault(f"{folder} 已经有了，但不是台账里的这一批。没有覆盖；请查明来历后移到别处再试。")
        return folder.exists()

    def print(self, batch: Batch, enter: Callable[[str], None] = lambda _: None) -> str:
        """Make all files of a batch, read them back and publish them; the SHA-256 of the manifest.

        :param enter: called with that digest just before the folder appears.
        :raises ConversionFault: a page is not as it must be.
        :raises FileFault: the disk refuses.
        """
        self._teller.expect(len(batch.letters))
        folder = self._work / str(batch.id)
        (folder / "各单位").mkdir(parents=True)
        receipt = self._pool.submit(self._make_receipt, batch, folder)
        secret = secret_of(self._workspace.secret) if MARK in self.templates.letter.placeholders else None
        edition = self.setter.typeset(batch.letters, secret, self._teller.advance)
        self._teller.say("正在装订、核对……")
        self._bind(edition, batch, folder)
        result_of(receipt)
        read_receipt(batch, self._work / _RECEIPT, folder / "领取签收表.pdf")
        digest = write_manifest(batch, folder)
        enter(digest)
        publish(folder, self.folder_of(batch))
        return digest

    def _bind(self, edition: LetterPages, batch: Batch, folder: Path) -> None:
        """Write the file of all letters and the units' files, read every page back; meanwhile the register sheet."""
        everything = folder / "介绍信.pdf"
        units = _unit_files(batch, folder / "各单位")
        sections = [section for section, _ in units]
        others = self._crew.begin(
            edition.write,
            [(path, section, (), _info(batch, section.title).entries()) for section, path in units],
        )
        whole = PageRange("", 0, len(batch.letters))
        edition.write(everything, whole, sections, _info(batch, "介绍信").entries())
        others()
        others = self._crew.begin(
            _read_back, [(edition, everything, *pages) for pages in _pages(batch, units)]
        )
        write_register_sheet(batch, folder / "编号登记.xlsx")
        write_receipt_sheet(batch, folder / "领取签收表.xlsx")
        others()
        check_count(everything, whole.count)

    def _make_receipt(self, batch: Batch, folder: Path) -> None:
        docx = folder / "领取签收表.docx"
        write_receipt(self.templates.receipt, batch, docx)
        draft = self._work / _RECEIPT
        shutil.copyfile(docx, draft)
        for again in (False, True):
            try:
                with_info(self._office.convert(draft), folder / "领取签收表.pdf", _info(batch, "领取签收表"))
                return
            except ConversionFault as fault:
                if again:
                    raise ConversionFault(f"领取签收表印不出来：{fault}。编号已退回，请再试一次。") from fault


def _pages(
    batch: Batch, units: Sequence[tuple[PageRange, Path]]
) -> Iterator[tuple[Path, PageRange, int, Sequence[Letter]]]:
    """Pages of units' files that are read back at a time: file, its section, first page there, letters."""
    for section, path in units:
        letters = batch.letters[section.first : section.first + section.count]
        for start in range(0, section.count, READ):
            yield path, section, start, letters[start : start + READ]


def _read_back(
    edition: LetterPages,
    everything: Path,
    path: Path,
    section: PageRange,
    start: int,
    letters: Sequence[Letter],
) -> None:
    """Read pages of a unit's file; those of the file of all letters must be the same.

    :raises ConversionFault: a page is not as it must be.
    """
    edition.check(path, section, start, letters)
    first, count = section.first + start, len(letters)
    pages = zip(page_digests(path, start, count), page_digests(everything, first, count), strict=True)
    for number, (one, other) in enumerate(pages, first + 1):
        if one != other:
            raise ConversionFault(f"{everything.name} 第{number}页不是应有的样子。编号已退回，请再试一次。")


def _unit_files(batch: Batch, folder: Path) -> list[tuple[PageRange, Path]]:
    files = []
    first = 0
    for run in ranges(batch.letters):
        section = PageRange(f"{run.unit_code} {run.unit_name}（{run.count}份）", first, run.count)
        files.append((section, folder / f"{run.unit_code}-{safe_name(run.unit_name)}.pdf"))
        first += run.count
    return files


def _info(batch: Batch, title: str) -> Info:
    name = f"{batch.imprint.county}{batch.id.year}年个体工商户培育介绍信 批次{batch.id} {title}"
    return Info(name, batch.imprint.office, batch.reserved_at)
