"""A numbered batch → its folder in ``outputs/letters``: typeset, merge, cut, read back, publish whole."""

import shutil
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pipeline.adapters.files import publish, safe_name, sha256_of, work_folder, writing
from pipeline.adapters.office import Office
from pipeline.adapters.pdf import Info, Section, cut, fonts_missing, merge, page_count, read_pages, squeezed
from pipeline.adapters.word import WordTemplate, open_template
from pipeline.domain.forms import AT_LEAST, FIELDS
from pipeline.domain.model import Batch, Letter
from pipeline.domain.numbering import ranges
from pipeline.errors import ConversionFault, FileFault
from pipeline.handover import RECEIPT_FIELDS, is_of, write_manifest, write_receipt, write_register_sheet
from pipeline.settings import Workspace
from pipeline.typesetting import Typesetter, wrong_fields


class Teller(Protocol):
    """Who tells the clerk how far the work is."""

    def say(self, text: str) -> None:
        """Show one line."""

    def expect(self, pages: int) -> None:
        """Announce that so many pages are going to be made."""

    def advance(self, pages: int) -> None:
        """Tell that so many more are done."""


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
        self.letter.demand(FIELDS, AT_LEAST)
        self.receipt.demand(RECEIPT_FIELDS)


def open_templates(workspace: Workspace) -> Templates:
    """The templates of a workspace.

    :raises TemplateFault: one is missing, broken, or has the wrong placeholders.
    """
    return Templates(
        open_template(workspace.template("letter.docx")), open_template(workspace.template("receipt.docx"))
    )


@contextmanager
def press(workspace: Workspace, templates: Templates, teller: Teller) -> Iterator["Press"]:
    """A press in a private work folder; LibreOffice is found now and killed at the end.

    :raises ToolFault: LibreOffice or a font is missing.
    :raises FileFault: ``outputs/`` cannot be written.
    """
    office_settings = workspace.settings.office
    with (
        work_folder(workspace.outputs) as work,
        writing(),
        ThreadPoolExecutor(office_settings.workers) as pool,
    ):
        office = Office(work, workspace.fonts, office_settings.timeout_s)
        try:
            yield Press(workspace, templates, office, work, pool, teller)
        finally:
            office.close()


class Press:
    """Makes and publishes the files of a batch. Use :func:`press`."""

    def __init__(
        self, workspace: Workspace, templates: Templates, office: Office, work: Path, pool: ThreadPoolExecutor,
        teller: Teller,
    ) -> None:  # fmt: skip
        self.typesetter = Typesetter(templates.letter, office, work, pool)
        self.templates = templates
        self._workspace = workspace
        self._office = office
        self._work = work
        self._pool = pool
        self._teller = teller

    def folder_of(self, batch: Batch) -> Path:
        """Where the files of a batch are, or will be."""
        return self._workspace.outputs / "letters" / str(batch.id)

    def is_out(self, batch: Batch) -> bool:
        """Whether the files of exactly this batch are published already.

        :raises FileFault: something else lies under its name.
        """
        folder = self.folder_of(batch)
        if folder.exists() and not is_of(batch, folder / "manifest.json"):
            raise FileFault(f"{folder} 已经有了，但不是台账里的这一批。没有覆盖；请查明来历后移到别处再试。")
        return folder.exists()

    def print(self, batch: Batch) -> str:
        """Make all files of a batch, read them back and publish them; the SHA-256 of the manifest.

        :raises ConversionFault: a page is not as it must be.
        :raises FileFault: the disk refuses.
        """
        self._teller.expect(len(batch.letters))
        folder = self._work / str(batch.id)
        (folder / "各单位").mkdir(parents=True)
        receipt = self._pool.submit(self._make_receipt, batch, folder)
        everything = folder / "介绍信.pdf"
        merge(self.typesetter.typeset(batch.letters, self._teller.advance), everything, *_contents(batch))
        self._teller.say("正在分单位、核对……")
        units = _unit_files(batch, folder / "各单位")
        cut(everything, units, lambda section: _info(batch, section.title))
        write_register_sheet(batch, folder / "编号登记.xlsx")
        receipt.result()
        self._read_back(batch, everything, units)
        manifest = write_manifest(batch, folder, [path for path in folder.rglob("*") if path.is_file()])
        digest = sha256_of(manifest)
        publish(folder, self.folder_of(batch))
        return digest

    def _make_receipt(self, batch: Batch, folder: Path) -> None:
        docx = folder / "领取签收表.docx"
        write_receipt(self.templates.receipt, batch, docx)
        draft = self._work / "receipt.docx"
        shutil.copyfile(docx, draft)
        try:
            pdf = self._office.convert(draft)
        except ConversionFault:
            pdf = self._office.convert(draft)
        merge([pdf], folder / "领取签收表.pdf", (), _info(batch, "领取签收表"))

    def _read_back(self, batch: Batch, everything: Path, units: Sequence[tuple[Section, Path]]) -> None:
        _check_pages(everything, batch.letters)
        for section, path in units:
            _check_pages(path, batch.letters[section.first : section.first + section.count])
        strangers = fonts_missing(everything)
        if strangers:
            raise ConversionFault(
                f"介绍信.pdf 里有没嵌入的字体：{'、'.join(sorted(strangers))}。编号已退回。"
            )
        receipt = everything.with_name("领取签收表.pdf")
        text = "".join(page.text for page in read_pages(receipt))
        for run in ranges(batch.letters):
            if squeezed(run.first.printed) not in text or squeezed(run.last.printed) not in text:
                raise ConversionFault(
                    f"领取签收表.pdf 里没有{run.unit_name}的起止号。请检查模板 receipt.docx；编号已退回。"
                )


def _contents(batch: Batch) -> tuple[list[Section], Info]:
    sections = [section for section, _ in _unit_files(batch, Path())]
    return sections, _info(batch, "介绍信")


def _unit_files(batch: Batch, folder: Path) -> list[tuple[Section, Path]]:
    files = []
    first = 0
    for run in ranges(batch.letters):
        section = Section(f"{run.unit_code} {run.unit_name}（{run.count}份）", first, run.count)
        files.append((section, folder / f"{run.unit_code}-{safe_name(run.unit_name)}.pdf"))
        first += run.count
    return files


def _info(batch: Batch, title: str) -> Info:
    name = f"{batch.imprint.county}{batch.id.year}年个体工商户培育介绍信 批次{batch.id} {title}"
    return Info(name, batch.imprint.office, batch.reserved_at)


def _check_pages(path: Path, letters: Sequence[Letter]) -> None:
    """Every letter on its own page, in order, with its serial on both halves and each filled field."""
    count = page_count(path)
    if count != len(letters):
        raise ConversionFault(f"{path.name} 有{count}页，应有{len(letters)}页。编号已退回，请再试一次。")
    for number, (letter, page) in enumerate(zip(letters, read_pages(path), strict=True), 1):
        wrong = wrong_fields(letter, page, dict.fromkeys(FIELDS, 1) | AT_LEAST)
        if wrong:
            raise ConversionFault(
                f"{path.name} 第{number}页不是 {letter.printed}号 应有的样子。编号已退回，请再试一次。"
            )
