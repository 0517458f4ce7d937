"""Numbered letters → pages, by LibreOffice: the engine that is always right.

Letters go through in chunks, several chunks at a time; every page is read back. They are printed when they are tried
out, before any number is spent, and these pages are kept for the batch. A chunk of which LibreOffice makes nothing is
tried once more, then halved until the letter that cannot be printed is found and named.
"""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass, replace
from itertools import count, islice, pairwise
from pathlib import Path
from typing import Protocol

from pipeline.adapters.office import Office
from pipeline.adapters.pdf.reading import fonts_missing, page_count, read_pages
from pipeline.adapters.samples import Samples, sample_paragraphs
from pipeline.adapters.word import WordTemplate
from pipeline.adapters.workers import LISTEN_S, result_of
from pipeline.domain.letters.fields import MARK, fields_of
from pipeline.domain.letters.model import Letter
from pipeline.errors import ConversionFault
from pipeline.letters.baseline import PROBE, added_places, starts_of, take_measure
from pipeline.letters.fitting import Misfit, Verdict, misfits
from pipeline.letters.pages import Copy, LetterPages, Marks
from pipeline.letters.proof import Proof

CHUNK = 60
"""Letters in one LibreOffice call: enough to forget its start, few enough to keep it near its idle memory."""

Progress = Callable[[int], None]
"""Told how many pages have just been made and read back."""


class Engine(Protocol):
    """An engine: tries letters out before they are numbered, then makes their pages."""

    def misfits(self, letters: Sequence[Letter], progress: Progress = ...) -> list[Misfit]:
        """Letters that do not come out right, and why."""

    def typeset(self, letters: Sequence[Letter], secret: bytes | None, progress: Progress) -> LetterPages:
        """The letters' pages, with verification marks where there is a secret to make them with."""


class Converter(Protocol):
    """A LibreOffice, here or elsewhere."""

    def convert(self, docx: Path, pages: int = ...) -> Path:
        """The PDF of a docx, beside it."""


@dataclass(frozen=True, slots=True)
class _Job:
    letters: Sequence[Letter]
    first: int
    tries_left: int


@dataclass(frozen=True, slots=True)
class _Print:
    """A letter as it came out."""

    copy: Copy
    verdict: Verdict


class OfficeEngine:
    """Has one LibreOffice print letters of one template."""

    def __init__(
        self, template: WordTemplate, office: Office, work: Path, pool: Executor,
        say: Callable[[str], None] = lambda _: None, far: Converter | None = None,
    ) -> None:  # fmt: skip
        """Make one.

        :param office: prints on trial.
        :param pool: as many threads as letters are to be printed at a time.
        :param say: told in one line what is off the sheet's middle.
        :param far: prints the letters, where another is to.
        """
        self._template = template
        self._office = office
        self._printer = far or office
        self._work = work
        self._pool = pool
        self._say = say
        self._proof = Proof(template)
        self._names = count()
        self._tried: tuple[Letter, ...] = ()
        self._copies: list[Copy] = []

    @property
    def foundation(self) -> str:
        """A digest of all that its pages depend on besides their document."""
        return self._office.foundation

    def misfits(self, letters: Sequence[Letter], progress: Progress = lambda _: None) -> list[Misfit]:
        """Print letters before they are numbered; what does not come out right, and why.

        :raises TemplateFault: even an empty letter is not one page with its serial twice.
        :raises ConversionFault: LibreOffice failed; names the letter.
        """
        take_measure(self._proof, self._template, letters, self.trial, self._say)
        prints = dict(zip(letters, self._prints(letters, progress), strict=True))
        again = [letter for letter, each in prints.items() if not each.verdict.is_right]
        prints |= zip(again, self._prints(again, lambda _: None), strict=True)
        self._tried, self._copies = tuple(letters), [prints[letter].copy for letter in letters]
        self._tell_moved()
        wrong = {letter: each.verdict for letter, each in prints.items() if not each.verdict.is_right}
        return misfits(wrong, self._template.name, self._judge) if wrong else []

    def typeset(self, letters: Sequence[Letter], secret: bytes | None, progress: Progress) -> LetterPages:
        """The letters, every one as LibreOffice prints it.

        :raises ConversionFault: names the letter that could not be printed.
        """
        marks = Marks(secret, self._mark_places(letters[0])) if secret else None
        return LetterPages(dict(enumerate(self.copies(letters, marks, progress))))

    def copies(self, letters: Sequence[Letter], marks: Marks | None, progress: Progress) -> list[Copy]:
        """The letters printed by LibreOffice, in order; those that were tried out last are.

        :raises ConversionFault: names the letter that could not be printed.
        """
        if self._tried == tuple(letters):
            progress(len(letters))
        else:
            refuse(self.misfits(letters, progress))
        return [
            replace(copy, mark=marks.operators(letter)) if marks else copy
            for letter, copy in zip(letters, self._copies, strict=True)
        ]

    def trial(self, records: Sequence[Mapping[str, str]], samples: Samples | None = None) -> Path:
        """A PDF of trial pages, in one call, tried twice.

        :param samples: what to show after the last record.
        :raises ConversionFault: both times LibreOffice failed.
        """
        for again in (False, True):
            try:
                pdf = result_of(self._pool.submit(self._convert, self._office, records, samples))
                page_count(pdf)
                return pdf
            except ConversionFault as fault:
                if again:
                    raise ConversionFault(
                        f"{fault}，试了两次都一样。请检查 LibreOffice 是否完好。一个编号也没有用掉。"
                    ) from fault
        raise AssertionError

    def _prints(self, letters: Sequence[Letter], progress: Progress) -> list[_Print]:
        """The letters as they come out, in order."""
        chunks = -(-len(letters) // CHUNK)
        bounds = [len(letters) * index // max(1, chunks) for index in range(chunks + 1)]
        queue = [_Job(letters[a:b], a, tries_left=2) for a, b in pairwise(bounds)]
        parts: dict[int, list[_Print]] = {}
        running: dict[Future[Path], _Job] = {self._submit(job): job for job in queue}
        try:
            while running:
                done, _ = wait(running, LISTEN_S, return_when=FIRST_COMPLETED)
                for future in done:
                    job = running.pop(future)
                    again = self._finish(job, future, parts)
                    progress(0 if again else len(job.letters))
                    running |= {self._submit(next_job): next_job for next_job in again}
        finally:
            for future in running:
                future.cancel()
        return [each for _, part in sorted(parts.items()) for each in part]

    def _submit(self, job: _Job) -> Future[Path]:
        return self._pool.submit(self._convert, self._printer, [fields_of(letter) for letter in job.letters])

    def _finish(self, job: _Job, future: Future[Path], parts: dict[int, list[_Print]]) -> list[_Job]:
        """Read a chunk's pages; what is to be tried again instead."""
        half = len(job.letters) // 2
        halves = [_Job(job.letters[:half], job.first, 1), _Job(job.letters[half:], job.first + half, 1)]
        try:
            prints = self._read(future.result(), job.letters)
        except ConversionFault as fault:
            if job.tries_left > 1:
                return [replace(job, tries_left=job.tries_left - 1)]
            if not half:
                letter = job.letters[0]
                raise ConversionFault(
                    f"{letter.unit_name}的 {letter.printed}号 印不出来：{fault}。请检查这一份的内容和模板；编号没有用掉。"
                ) from fault
            return halves
        if prints is None:
            return halves
        parts[job.first] = prints
        return []

    def _read(self, part: Path, letters: Sequence[Letter]) -> list[_Print] | None:
        """What came of each letter; None where it cannot be told whose page is whose.

        :raises ConversionFault: not a PDF, or a font is missing in it.
        """
        strangers = fonts_missing(part)
        if strangers:
            raise ConversionFault(f"字体没有嵌入：{'、'.join(sorted(strangers))}")
        pages = list(read_pages(part))
        starts = starts_of(letters, pages)
        if starts is None:
            return None
        prints = []
        for letter, (start, end) in zip(letters, pairwise([*starts, len(pages)]), strict=True):
            verdict = self._proof.verdict(letter, pages[start:end])
            prints.append(_Print(Copy(part, start, b""), verdict))
        return prints

    def _tell_moved(self) -> None:
        """Tell of letters with more in them than the form has room for where its rows may grow."""
        for letter, moved in islice(self._proof.moved.items(), 1):
            self._say(
                f"提示：有{len(self._proof.moved)}份的文字把版面撑开了，先看 {letter.printed}号：{moved}，裁切线和骑缝可能偏了。"
                "请缩短它字数多的几项，或把模板里这一行的行高改成“固定值”。"
            )

    def _judge(self, letters: Sequence[Letter]) -> list[Verdict]:
        return [each.verdict for each in self._prints(letters, lambda _: None)]

    def _mark_places(self, letter: Letter) -> list[tuple[float, float]]:
        """Where the template wants the verification mark: lower left corners in points."""
        record = fields_of(letter)
        return added_places(self.trial([record, record | {MARK: PROBE}]))

    def _convert(
        self, by: Converter, records: Sequence[Mapping[str, str]], samples: Samples | None = None
    ) -> Path:
        docx = self._work / f"letters-{next(self._names)}.docx"
        after = sample_paragraphs(self._template.body(), samples) if samples else ""
        self._template.write_pages(records, docx, after)
        pdf = by.convert(docx, len(records))
        docx.unlink()
        return pdf


def refuse(found: Sequence[Misfit]) -> None:
    """Stop where letters that are to be printed do not come out right.

    :raises ConversionFault: names the first.
    """
    for misfit in found:
        raise ConversionFault(
            f"{misfit.letter.unit_name}的 {misfit.letter.printed}号 印不出来：{misfit.field or '版面'}没有印全。"
            "请检查这一份的内容和模板；编号没有用掉。"
        )
