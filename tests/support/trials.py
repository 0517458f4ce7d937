"""Letters made by the form engine with the real LibreOffice, and what LibreOffice makes of the same letters."""

import atexit
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from PIL import Image, ImageChops

from pipeline.adapters.form import Form, PrintedPages, difference
from pipeline.adapters.office import Office
from pipeline.adapters.pdf.cutting import PageRange
from pipeline.adapters.samples import Samples
from pipeline.adapters.word import WordTemplate
from pipeline.adapters.workers import Workers
from pipeline.domain.letters.fields import fields_of
from pipeline.domain.letters.model import Letter
from pipeline.domain.letters.sampling import Survey
from pipeline.letters.fitting import Misfit
from pipeline.letters.form_engine import FormEngine
from pipeline.letters.office_engine import OfficeEngine
from pipeline.letters.pages import LetterPages
from support.desk import ROOT


@dataclass
class Trial:
    """What the form engine did with some letters."""

    letters: Sequence[Letter]
    ours: Path
    said: list[str]
    edition: LetterPages | None = None
    misfits: list[Misfit] = field(default_factory=list)
    theirs: list[tuple[Path, int]] = field(default_factory=list)
    """PDF and page on which LibreOffice has each letter; by the trial's own call, or with ``whole`` by another."""

    @property
    def form(self) -> Form:
        assert self.edition is not None and self.edition.measured is not None, self.said
        return self.edition.measured.form

    @property
    def set_places(self) -> list[int]:
        """Letters that were set, not copied."""
        assert self.edition is not None
        return [place for place in range(len(self.letters)) if place not in self.edition.copies]

    def differences(self) -> list[str]:
        """What is otherwise than LibreOffice has it, over all letters that were set."""
        sheets: dict[Path, PrintedPages] = {}
        ours = PrintedPages(self.ours)
        found = []
        for place in self.set_places:
            path, page = self.theirs[place]
            theirs = sheets.setdefault(path, PrintedPages(path)).glyphs(page)
            assert len(theirs) > 50
            wrong = difference(theirs, ours.glyphs(place))
            if wrong:
                found.append(f"{wrong}: {fields_of(self.letters[place])}")
        for sheet in (ours, *sheets.values()):
            sheet.close()
        return found


def tried(
    template: bytes, letters: Sequence[Letter], work: Path, *, strict: bool = False, whole: bool = False
) -> Trial:
    """Run the form engine.

    :param whole: have LibreOffice print all letters besides, not only the samples.
    """
    work.mkdir(parents=True, exist_ok=True)
    trial = Trial(letters, work / "ours.pdf", [])
    opened = WordTemplate("letter.docx", template)
    by_office = _Watched(opened, shared_office(), work, _pool())
    by_form = FormEngine(opened, by_office, work, Workers(None), trial.said.append, strict=strict)
    trial.misfits = by_form.misfits(letters)
    if trial.misfits:
        return trial
    trial.edition = by_form.typeset(letters, None, lambda _: None)
    whole_section = PageRange("", 0, len(letters))
    trial.edition.write(trial.ours, whole_section, (), {})
    trial.edition.check(trial.ours, whole_section, 0, letters)
    if whole:
        printed = by_office.copies(letters, None, lambda _: None)
        trial.theirs = [(copy.path, copy.page) for copy in printed]
    elif trial.edition.measured is not None:
        trial.theirs = by_office.sample_pages(letters)
    return trial


@cache
def shared_office() -> Office:
    """The real LibreOffice, one for all tests of a process; it takes longer to start than most tests."""
    work = Path(tempfile.mkdtemp(prefix="介绍信-"))
    office = Office(work, ROOT / "fonts", 120)
    atexit.register(shutil.rmtree, work, ignore_errors=True)
    atexit.register(office.close)
    return office


def saved_as(make: str, folder: Path, *files: Path) -> None:
    """Have that LibreOffice save files in another make into a folder; ``make`` as its ``--convert-to`` takes it."""
    office = shared_office()
    resident = office._take()
    resident.wait()
    subprocess.run(
        [resident.messenger, *resident.options, "--convert-to", make, "--outdir", folder, *files],
        env=office._environment, check=True, timeout=120,
    )  # fmt: skip
    office._give_back(resident, len(files), is_sound=True)


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(2)


class _Watched(OfficeEngine):
    """Remembers its last trial pages."""

    sheet = Path()
    numbers: Sequence[str] = ()
    """The ID number on each page."""

    def trial(self, records: Sequence[Mapping[str, str]], samples: Samples | None = None) -> Path:
        self.sheet, self.numbers = super().trial(records, samples), [each["身份证号"] for each in records]
        return self.sheet

    def sample_pages(self, letters: Sequence[Letter]) -> list[tuple[Path, int]]:
        """Where the trial's own call has the letters; nothing where they are too many for all to be samples."""
        if set(Survey(letters).samples()) != set(letters):
            return []
        return [(self.sheet, self.numbers.index(fields_of(letter)["身份证号"])) for letter in letters]


def pictures(path: Path, first: int, last: int, folder: Path, dpi: int = 100) -> list[tuple[int, bytes]]:
    """Width and grey pixels of some pages, from 0, by poppler."""
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(
        [
            "pdftoppm",
            "-gray",
            "-r",
            str(dpi),
            "-f",
            str(first + 1),
            "-l",
            str(last + 1),
            path,
            folder / "page",
        ],
        check=True,
    )
    return [_grey(file.read_bytes()) for file in sorted(folder.glob("page*.pgm"))]


def _grey(data: bytes) -> tuple[int, bytes]:
    _, size, _, pixels = data.split(b"\n", 3)
    return int(size.split()[0]), pixels


def unlike(one: tuple[int, bytes], other: tuple[int, bytes], levels: int = 128) -> int:
    """How many pixels differ by more than so many of 255 levels."""
    width = one[0]
    assert width == other[0] and len(one[1]) == len(other[1])

    def rows(pixels: bytes) -> list[bytes]:
        return [pixels[start : start + width] for start in range(0, len(pixels), width)]

    pairs = ((a, b) for a, b in zip(rows(one[1]), rows(other[1]), strict=True) if a != b)
    return sum(abs(a - b) > levels for row, with_row in pairs for a, b in zip(row, with_row, strict=True))


def lost_ink(one: tuple[int, bytes], other: tuple[int, bytes]) -> int:
    """How many dark pixels of either page have nothing dark on or beside their place on the other.

    A hundredth of a point may move a stroke by a pixel; a lost hanzi is a hundred pixels.
    """
    assert one[0] == other[0] and len(one[1]) == len(other[1])
    pages = [Image.frombytes("L", (width, len(pixels) // width), pixels) for width, pixels in (one, other)]
    lost = 0
    for here, there in (pages, pages[::-1]):
        dark = here.point(lambda level: 255 * (level < 96))
        bare = _darkest_around(there).point(lambda level: 255 * (level > 160))
        lost += ImageChops.multiply(dark, bare).histogram()[255]
    return lost


def _darkest_around(page: Image.Image) -> Image.Image:
    """Each pixel the darkest of the nine around it."""
    for x, y in ((1, 0), (0, 1)):
        beside = ImageChops.darker(ImageChops.offset(page, x, y), ImageChops.offset(page, -x, -y))
        page = ImageChops.darker(page, beside)
    return page
