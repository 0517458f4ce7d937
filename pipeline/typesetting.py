"""Numbered letters → pages, by LibreOffice: the engine that is always right.

Letters go through in chunks, several chunks at a time; every page is read back. A chunk that fails is tried once
more, then halved until the letter that cannot be printed is found and named.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass
from itertools import count, pairwise
from pathlib import Path

from pipeline.adapters.crew import LISTEN_S, result_of
from pipeline.adapters.office import Office
from pipeline.adapters.pdf import Page, fonts_missing, page_count, read_pages
from pipeline.adapters.word import WordTemplate
from pipeline.domain.forms import GIVEN, MARK, emptied, fields_of, with_text
from pipeline.domain.model import Letter
from pipeline.domain.survey import Survey
from pipeline.edition import Copy, Edition, Marks
from pipeline.errors import ConversionFault, TemplateFault
from pipeline.proof import BLANKS, Proof, cut_off, wrong_fields
from pipeline.seam import PROBE, SEAM, added_places, tell_askew

LENGTHS_AT_ONCE = 31
"""Beginnings of a text tried in one call of LibreOffice, to find out how much of it fits."""
CHUNK = 60
"""Letters in one LibreOffice call: enough to forget its start, few enough to keep it near its idle memory."""

Progress = Callable[[int], None]
"""Told how many pages have just been made and read back."""


@dataclass(frozen=True, slots=True)
class Misfit:
    """A letter with a field that its page does not show in full."""

    letter: Letter
    """The letter."""
    field: str | None
    """The placeholder's name; None when no single field is to blame."""


@dataclass(frozen=True, slots=True)
class _Job:
    letters: Sequence[Letter]
    first: int
    tries_left: int


class Typesetter:
    """Turns letters into PDF parts with one template and one LibreOffice."""

    def __init__(
        self, template: WordTemplate, office: Office, work: Path, pool: Executor,
        say: Callable[[str], None] = lambda _: None,
    ) -> None:  # fmt: skip
        self._template = template
        self._office = office
        self._work = work
        self._pool = pool
        self._trials = count()
        self._proof = Proof(template)
        self._say = say

    def typeset(self, letters: Sequence[Letter], secret: bytes | None, progress: Progress) -> Edition:
        """The letters, every one as LibreOffice prints it.

        :raises ConversionFault: names the letter that could not be printed.
        """
        marks = Marks(secret, self._mark_places(letters[0])) if secret else None
        return Edition(dict(enumerate(self.copies(letters, marks, progress))))

    def copies(self, letters: Sequence[Letter], marks: Marks | None, progress: Progress) -> list[Copy]:
        """The letters printed by LibreOffice, in order.

        :raises ConversionFault: names the letter that could not be printed.
        """
        for misfit in () if self._proof.is_taken else self.misfits(letters):
            raise ConversionFault(
                f"{misfit.letter.printed}号 的{misfit.field or '版面'}没有印全，编号已退回。"
            )
        chunks = -(-len(letters) // CHUNK)
        bounds = [len(letters) * index // chunks for index in range(chunks + 1)]
        queue = [_Job(letters[a:b], a, tries_left=2) for a, b in pairwise(bounds)]
        parts: dict[int, Path] = {}
        running: dict[Future[Path], _Job] = {self._pool.submit(self._print, job): job for job in queue}
        try:
            while running:
                done, _ = wait(running, LISTEN_S, return_when=FIRST_COMPLETED)
                for future in done:
                    job = running.pop(future)
                    again = self._finish(job, future, parts, progress)
                    running |= {self._pool.submit(self._print, next_job): next_job for next_job in again}
        finally:
            for future in running:
                future.cancel()
        places = [(part, page) for _, part in sorted(parts.items()) for page in range(page_count(part))]
        return [
            Copy(part, page, marks.operators(letter) if marks else b"")
            for letter, (part, page) in zip(letters, places, strict=True)
        ]

    def misfits(self, letters: Sequence[Letter]) -> list[Misfit]:
        """Try out the hardest letters before they are numbered; those whose page is not as it must be.

        :raises TemplateFault: even an empty letter is not one page with its serial twice.
        :raises ConversionFault: LibreOffice failed.
        """
        letters = Survey(letters).hardest
        empty = emptied(letters[0])
        records = [*self._proof.records(), *map(fields_of, (empty, *letters))]
        sheet = self.trial(records)
        pages = list(read_pages(sheet))
        if len(pages) != len(records):
            sheets = len(self._pages([empty]))
            if sheets != 1:
                raise TemplateFault(
                    f"模板 {self._template.name} 印出来一份是{sheets}页，应是一页。请缩小行距或字号。一个编号也没有用掉。"
                )
            return [Misfit(letter, self._culprit(letter)) for letter in letters if not self._is_right(letter)]
        nothing, *filled = pages[BLANKS:]
        if wrong_fields(empty, nothing, self._template.placeholders):
            raise TemplateFault(
                f"模板 {self._template.name} 里{cut_off(nothing)}没有印全，请放宽它所在的格子。一个编号也没有用掉。"
            )
        found = [
            Misfit(letter, field)
            for letter, page in zip(letters, filled, strict=True)
            for field in wrong_fields(letter, page, self._template.placeholders)
        ]
        if not found:
            self._proof.take(pages, records)
            tell_askew(sheet, records[1][SEAM], self._say)
        clerks = set(fields_of(empty)) - set(GIVEN)
        return [misfit if misfit.field in clerks else self._blamed(misfit) for misfit in found]

    def _blamed(self, misfit: Misfit) -> Misfit:
        """The clerks' text that pushes one of the program's own, or a fixed word, out of its slot.

        :raises TemplateFault: none does, so the slot is too small.
        """
        culprit = self._culprit(misfit.letter)
        if culprit is None:
            said = fields_of(misfit.letter).get(misfit.field or "") or cut_off(
                self._pages([misfit.letter])[0]
            )
            raise TemplateFault(
                f"模板 {self._template.name} 里“{misfit.field or '固定文字'}”的格子放不下“{said}”，请放宽。一个编号也没有用掉。"
            )
        return Misfit(misfit.letter, culprit)

    def _culprit(self, letter: Letter) -> str | None:
        """The field from the clerks' tables without whose text the page is right."""
        texts = [field for field, text in fields_of(letter).items() if text and field not in GIVEN]
        return next((field for field in texts if self._is_right(with_text(letter, field, ""))), None)

    def _is_right(self, letter: Letter) -> bool:
        return self._are_right([letter], self._pages([letter]))[0]

    def room(self, misfit: Misfit) -> str:
        """The longest beginning of a misfit's text that its slot shows in full."""
        assert misfit.field is not None
        text = fields_of(misfit.letter)[misfit.field]
        fits, fails, ways = 0, len(text), LENGTHS_AT_ONCE
        while fails - fits > 1:
            ends = sorted(
                {fits + -(-(fails - fits) * part // (ways + 1)) for part in range(1, ways + 1)} - {fails}
            )
            letters = [with_text(misfit.letter, misfit.field, text[:end]) for end in ends]
            pages = self._pages(letters)
            if len(pages) != len(letters) and ways > 1:
                ways = 1  # one that runs over onto a second page hides which page is whose
                continue
            for end, is_right in zip(ends, self._are_right(letters, pages), strict=True):
                if is_right:
                    fits = end
                else:
                    fails = end
                    break
        return text[:fits]

    def _are_right(self, letters: Sequence[Letter], pages: Sequence[Page]) -> list[bool]:
        if len(pages) != len(letters):
            return [False] * len(letters)
        pairs = zip(letters, pages, strict=True)
        return [not wrong_fields(*pair, self._template.placeholders) for pair in pairs]

    def _mark_places(self, letter: Letter) -> list[tuple[float, float]]:
        """Where the template wants the verification mark: lower left corners in points."""
        record = fields_of(letter)
        return added_places(self.trial([record, record | {MARK: PROBE}]))

    def _finish(
        self, job: _Job, future: Future[Path], parts: dict[int, Path], progress: Progress
    ) -> list[_Job]:
        try:
            part = future.result()
            self._read_back(part, job.letters)
        except ConversionFault as fault:
            if job.tries_left > 1:
                return [_Job(job.letters, job.first, job.tries_left - 1)]
            if len(job.letters) == 1:
                letter = job.letters[0]
                raise ConversionFault(
                    f"{letter.unit_name}的 {letter.printed}号 印不出来：{fault}。请检查这一份的内容和模板；编号已退回。"
                ) from fault
            half = len(job.letters) // 2
            return [_Job(job.letters[:half], job.first, 1), _Job(job.letters[half:], job.first + half, 1)]
        parts[job.first] = part
        progress(len(job.letters))
        return []

    def _read_back(self, part: Path, letters: Sequence[Letter]) -> None:
        strangers = fonts_missing(part)
        if strangers:
            raise ConversionFault(f"字体没有嵌入：{'、'.join(sorted(strangers))}")
        pages = list(read_pages(part))
        if len(pages) != len(letters):
            raise ConversionFault(f"{len(letters)}份介绍信印成了{len(pages)}页")
        for letter, page in zip(letters, pages, strict=True):
            self._proof.check(letter, page)

    def trial(
        self, records: Sequence[Mapping[str, str]], samples: Mapping[str, Iterable[str]] | None = None
    ) -> Path:
        """A PDF of trial pages, in one call, tried twice.

        :param samples: field → characters to show after the last record.
        :raises ConversionFault: both times LibreOffice failed.
        """
        for again in (False, True):
            try:
                name = f"trial-{next(self._trials)}"
                pdf = result_of(self._pool.submit(self._convert, name, records, samples))
                page_count(pdf)
                return pdf
            except ConversionFault as fault:
                if again:
                    raise ConversionFault(
                        f"{fault}，试了两次都一样。请检查 LibreOffice 是否完好。一个编号也没有用掉。"
                    ) from fault
        raise AssertionError

    def _pages(self, letters: Sequence[Letter]) -> list[Page]:
        return list(read_pages(self.trial([fields_of(letter) for letter in letters])))

    def _convert(
        self,
        name: str,
        records: Sequence[Mapping[str, str]],
        samples: Mapping[str, Iterable[str]] | None = None,
    ) -> Path:
        docx = self._work / f"{name}.docx"
        self._template.write_pages(records, docx, samples)
        pdf = self._office.convert(docx, len(records))
        docx.unlink()
        return pdf

    def _print(self, job: _Job) -> Path:
        name = f"letters-{job.first:06d}-{len(job.letters)}-{job.tries_left}"
        return self._convert(name, [fields_of(letter) for letter in job.letters])
