"""Numbered letters → pages, set over the measured form: LibreOffice is asked once, not for every letter.

The same call prints sample letters both ways round: what is set over the form is held against what LibreOffice makes
of the same letter, glyph by glyph. A template that is no form, or a sample that differs, and the whole batch is left
to LibreOffice; a single letter that cannot be set goes there alone.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain
from pathlib import Path

from pipeline.adapters.form import (
    COLUMN_PT,
    HEADS,
    SIZE_PT,
    Forms,
    NotAForm,
    PrintedPages,
    Probes,
    difference,
    is_rare,
    line_of,
    measure,
)
from pipeline.adapters.pdf.cutting import PageRange
from pipeline.adapters.pdf.reading import Page, fonts_missing, read_pages
from pipeline.adapters.pdf.writer import share
from pipeline.adapters.samples import Samples
from pipeline.adapters.word import WordTemplate
from pipeline.adapters.workers import Workers
from pipeline.domain.letters.fields import FIELDS, MARK, fields_of
from pipeline.domain.letters.many import runs_of
from pipeline.domain.letters.model import Letter, Serial
from pipeline.domain.letters.patterns import letters_like, patterns_of
from pipeline.domain.letters.sampling import Survey
from pipeline.errors import ConversionFault, Remedy
from pipeline.letters.baseline import SEAM, Measured, tell_askew
from pipeline.letters.fitting import Misfit
from pipeline.letters.office_engine import OfficeEngine, Progress, refuse
from pipeline.letters.pages import CHUNK, MARK_PT, LetterPages, Marks, set_chunk
from pipeline.letters.proof import wording_of, wrong_fields


@dataclass(frozen=True, slots=True)
class Known:
    """What earlier runs have left for this one, and it for later ones."""

    forms: Forms
    """Forms that were measured."""
    names: Callable[[Serial], Sequence[tuple[str, str]]] = lambda _: ()
    """Short and full names of the units with letters numbered no later than one, in its batch or before."""


class FormEngine:
    """Sets letters over the form, or leaves them to LibreOffice."""

    def __init__(
        self, template: WordTemplate, office: OfficeEngine, work: Path, workers: Workers, say: Callable[[str], None],
        *, strict: bool, known: Known | None = None,
    ) -> None:  # fmt: skip
        """Make one.

        :param office: prints what cannot be set.
        :param workers: set the pages.
        :param say: told in one line when, and why, LibreOffice prints the letters itself.
        :param strict: raise instead.
        :param known: None where each form is measured for its own letters alone.
        """
        self._template = template
        self._office = office
        self._work = work
        self._workers = workers
        self._say = say
        self._strict = strict
        self.known = known
        self._measured: Measured | None = None
        self._key = ""
        self._hard: Sequence[Letter] = ()
        self._tried: Sequence[Letter] = ()

    def misfits(self, letters: Sequence[Letter], progress: Progress = lambda _: None) -> list[Misfit]:
        """Measure the form for these letters, print those that cannot be set; what does not come out right, and why.

        :raises TemplateFault: even an empty letter is not one page with its serial twice.
        :raises ConversionFault: LibreOffice failed; or the template is no form and nothing else is wanted.
        """
        self._measured, self._tried = None, letters
        try:
            measured = self._for(letters)
        except NotAForm as reason:
            return self._give_up(str(reason), letters, progress)
        self._measured = measured
        self._hard = [letter for letter in letters if not measured.form.can_set(fields_of(letter))]
        if self._hard:
            return self._office.misfits(self._hard, progress)
        for line in measured.askew:
            self._say(line)
        return []

    def typeset(self, letters: Sequence[Letter], secret: bytes | None, progress: Progress) -> LetterPages:
        """The letters, those set that can be, the others printed by LibreOffice.

        :raises ConversionFault: names the letter that could not be printed.
        """
        if self._tried != letters:
            refuse(self.misfits(letters))
        measured = self._measured
        if measured is None:
            return self._office.typeset(letters, secret, progress)
        if self.known and self._key:
            self.known.forms.keep(self._key, measured.plain())
        marks = Marks(secret, measured.form.places(MARK, MARK_PT)) if secret else None
        own = [letters[first : first + CHUNK] for first in range(0, len(letters), CHUNK)]
        parts = [(part, measured, marks.texts(part) if marks else ()) for part in own]
        kept = {
            place: drawn.kept(self._work / f"chunk-{place:06d}")
            for place, drawn in self._workers.as_made(set_chunk, parts)
        }
        chunks = [kept[place] for place in sorted(kept)]
        is_set = chain(*(chunk.is_set() for chunk in chunks))
        hard = [place for place, here in enumerate(is_set) if not here]
        progress(len(letters) - len(hard))
        printed = self._office.copies(self._hard, marks, progress) if hard else []
        return LetterPages(dict(zip(hard, printed, strict=True)), dict(enumerate(chunks)), measured)

    def _for(self, letters: Sequence[Letter]) -> Measured:
        """The form for some letters. For blank ones it is measured by their pattern, if no earlier run has done so.

        :raises NotAForm: the template does not behave like one.
        """
        self._key = ""
        different = [first for first, _ in runs_of(letters)]
        if self.known is None or any(letter.kind == "filled" for letter in different):
            return self._measure(Survey(letters))
        patterns = patterns_of(letters)
        signed = (name for _, name in self.known.names(letters[0].serial))
        signatures = sorted({*signed, *(letter.signature for letter in different)})
        told = (self._office.foundation, self._template.data, patterns, signatures)
        key = sha256(repr(told).encode()).hexdigest()
        if found := self.known.forms.find(key):
            return Measured.of(found, self._work)
        measured = self._measure(Survey(letters_like(patterns, signatures)))
        self._key = key
        return measured

    def _measure(self, survey: Survey) -> Measured:
        """The form that LibreOffice's trial pages show; samples that are right on them are set alike.

        :raises NotAForm: the template does not behave like one.
        """
        if self._template.has_logic:  # samples cannot show what it says of all others
            raise NotAForm("模板里有条件、循环或计算，各份的文字不全一样")
        probes = _probes(survey, MARK in self._template.placeholders)
        records = [*probes.records(), *map(fields_of, survey.samples())]
        return self._learnt(self._office.trial(records, _samples(survey, probes)), survey, probes)

    def _learnt(self, sheet: Path, survey: Survey, probes: Probes) -> Measured:
        """What trial pages show.

        :raises NotAForm: the template does not behave like one.
        """
        chosen, first = survey.samples(), len(probes.records())
        pages = dict(enumerate(read_pages(sheet)))
        wrong = [
            letter for page, letter in enumerate(chosen, first) if self._is_wrong(letter, pages.get(page))
        ]
        right = {page: letter for page, letter in enumerate(chosen, first) if letter not in wrong}
        if len(pages) <= first + len(chosen) or not right:
            raise NotAForm("试印的介绍信没有印全")
        glyphs = PrintedPages(sheet)
        try:
            real = {page: fields_of(letter) for page, letter in right.items()}
            cut_off = {page: "".join(read.clipped) for page, read in pages.items()}
            form = measure(glyphs, probes, self._template.placeholders, real, cut_off)
            strangers = fonts_missing(sheet)
            if strangers:
                raise NotAForm(f"字体没有嵌入（{'、'.join(sorted(strangers))}）")
            askew: list[str] = []
            tell_askew(sheet, probes.records()[1][SEAM], askew.append)
            wording = wording_of(form, glyphs.glyphs(0))
            measured = Measured(form, share(sheet, form.pieces), wording, tuple(askew), self._work)
            self._compare(measured, glyphs, right)
            if any(form.can_set(fields_of(letter)) for letter in wrong):
                raise NotAForm("试印的介绍信没有印全")
        finally:
            glyphs.close()
        return measured

    def _is_wrong(self, letter: Letter, page: Page | None) -> bool:
        fields = fields_of(letter)
        return page is None or bool(wrong_fields(fields, page, self._template.times(fields)))

    def _give_up(self, reason: str, letters: Sequence[Letter], progress: Progress) -> list[Misfit]:
        if self._strict:
            raise ConversionFault(f"模板不能按表格快印：{reason}。一个编号也没有用掉。", Remedy.ANY_ENGINE)
        self._say(f"提示：{reason}，改由 LibreOffice 逐份排版，会慢一些。")
        return self._office.misfits(letters, progress)

    def _compare(self, measured: Measured, sheet: PrintedPages, right: Mapping[int, Letter]) -> None:
        """Hold samples, page → letter, against LibreOffice, and read them back.

        :raises NotAForm: a sample differs.
        """
        can_set = measured.form.can_set
        samples = {page: letter for page, letter in right.items() if can_set(fields_of(letter))}
        if not samples:
            raise NotAForm("没有一份的文字能直接排上去")
        path = self._work / "samples.pdf"
        chunk = set_chunk(list(samples.values()), measured, ()).kept(self._work / "samples")
        pages = LetterPages({}, {0: chunk}, measured)
        whole = PageRange("", 0, len(samples))
        pages.write(path, whole, (), {})
        try:
            pages.check(path, whole, 0, list(samples.values()))
        except ConversionFault:
            raise NotAForm("试印的介绍信读回来不一样") from None
        ours = PrintedPages(path)
        try:
            for number, (page, letter) in enumerate(samples.items()):
                found = difference(sheet.glyphs(page), ours.glyphs(number))
                if found:
                    raise NotAForm(f"{letter.printed}号 试印{found}")
        finally:
            ours.close()


def _probes(survey: Survey, marked: bool) -> Probes:
    rare = {field: next(filter(is_rare, sorted(seen)), "") for field, seen in survey.characters.items()}
    return Probes(survey.widest_em | {MARK: float(marked)}, rare, survey.mixtures(HEADS))


def _samples(survey: Survey, probes: Probes) -> Samples:
    """Every character that the batch and its probes have in a field, the pairs whose distance is to be seen, the seams."""
    probed: dict[str, set[str]] = {field: set() for field in FIELDS}
    for record in probes.records():
        for field, text in record.items():
            probed[field].update(text)
    shown = {field: seen | probed[field] | survey.pairs[field] for field, seen in survey.characters.items()}
    seams = {field: list(map(line_of, seams)) for field, seams in survey.seams().items()}
    return Samples(shown, seams, COLUMN_PT, SIZE_PT)
