"""The receipt sheet's pages: set as they were measured, or printed by LibreOffice; in either case read back.

It is measured as the letters are, from sheets that LibreOffice prints, one of them held against what is set, glyph by
glyph. They have nothing of one batch in them, so the next one finds it measured. What is measured at once are the two
that nearly all batches need: a row for each unit, and a single row.
"""

import shutil
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from pipeline.adapters.form import (
    COLUMN_PT,
    SIZE_PT,
    Filling,
    Fillings,
    NotAForm,
    Paper,
    PrintedPages,
    difference,
    paper_of,
    plain_paper,
)
from pipeline.adapters.office import Office
from pipeline.adapters.pdf.cutting import with_info
from pipeline.adapters.pdf.info import Info
from pipeline.adapters.pdf.reading import fonts_missing, read_pages, squeezed
from pipeline.adapters.pdf.writer import PageWriter, Shared, share
from pipeline.adapters.samples import Samples, sample_paragraphs
from pipeline.adapters.word import NUMBER, WordTemplate, said_in
from pipeline.adapters.workers import result_of
from pipeline.domain.letters.model import Batch, Range
from pipeline.errors import ConversionFault
from pipeline.letters.form_engine import Known
from pipeline.letters.receipt.filling import Fields, Trial, receipt_fields, rows_of
from pipeline.publishing.readback import collate

MOST_ROWS = 60
"""A longer sheet is printed by LibreOffice: trying it out would take longer."""
_ADVICE = "请检查模板 receipt.docx；编号已退回。"


@dataclass(frozen=True, slots=True)
class Measured:
    """The sheets measured at once."""

    papers: Mapping[int, tuple[str, Paper]]
    """Rows → the shape of the document without its texts, and the paper."""
    shared: Shared | None
    """Fonts; None where the template is no form."""

    def plain(self) -> dict[str, Any]:
        """As values of JSON."""
        papers = {str(rows): [shape, plain_paper(paper)] for rows, (shape, paper) in self.papers.items()}
        if self.shared is None:
            return {"papers": papers, "shared": None}
        bodies = {number: body.decode("latin-1") for number, body in self.shared.bodies.items()}
        return {"papers": papers, "shared": {**asdict(replace(self.shared, bodies={})), "bodies": bodies}}

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> "Measured":
        """From values of JSON."""
        papers = {int(rows): (shape, paper_of(paper)) for rows, (shape, paper) in plain["papers"].items()}
        shared = plain["shared"]
        if shared is None:
            return cls(papers, None)
        bodies = {int(number): body.encode("latin-1") for number, body in shared["bodies"].items()}
        return cls(papers, Shared(**{**shared, "pieces": (), "bodies": bodies}))

    def drawn(self, rows: int, said: Sequence[str], shape: str) -> list[bytes] | None:
        """The operators of the pages of a sheet; None where LibreOffice must print it.

        :param said: its paragraphs.
        :param shape: of its document without them.
        """
        right, paper = self.papers.get(rows, ("", None))
        return paper.set(said) if paper and right == shape else None


@dataclass(frozen=True, slots=True)
class Begun:
    """The sheet of a batch on its way."""

    runs: Sequence[Range]
    """The batch's consecutive letters."""
    fields: Fields
    """What is filled in."""
    measured: Measured | None = None
    """What is known of it."""
    trial: Trial | None = None
    """By what it is to be measured."""
    key: str = ""
    """Under which that is kept."""
    printing: Future[Path] | None = None
    """LibreOffice at work: on the trial where there is one, or on the sheet itself."""


class ReceiptSheets:
    """Makes the receipt sheets of one template."""

    def __init__(
        self, template: WordTemplate, office: Office, work: Path, threads: Executor, known: Known | None
    ) -> None:
        """Make one.

        :param work: a private folder.
        :param threads: wait for LibreOffice.
        :param known: None to have LibreOffice print each sheet.
        """
        self._template = template
        self._office = office
        self._draft = work / "receipt.docx"
        self._trial = work / "receipt-trial.docx"
        self._threads = threads
        self._known = known

    def begin(self, batch: Batch, runs: Sequence[Range], docx: Path) -> Begun:
        """Write the sheet as a document, and have LibreOffice begin where it is wanted.

        :param runs: the batch's consecutive letters.
        """
        begun = Begun(runs, receipt_fields(batch, rows_of(runs)))
        self._template.write(begun.fields, docx)
        shutil.copyfile(docx, self._draft)
        if self._known is None or len(runs) > MOST_ROWS:
            return replace(begun, printing=self._threads.submit(self._convert, self._draft))
        before = self._known.names(batch.letters[0].serial)
        names = {*(name for name, _ in before), *(run.unit_name for run in runs)}
        trial = Trial(batch, runs, names, _rows_with(len(runs), len(names)))
        told = (self._office.foundation, self._template.data, trial.told)
        key = sha256(repr(told).encode()).hexdigest()
        if found := self._known.forms.find(key):
            return replace(begun, measured=Measured.of(found))
        return replace(begun, trial=trial, key=key, printing=self._threads.submit(self._print_trial, trial))

    def finish(self, begun: Begun, pdf: Path, info: Info) -> None:
        """The sheet as a PDF, read back.

        :raises ConversionFault: LibreOffice failed twice; or something is lost or cut off.
        """
        measured = begun.measured
        if begun.trial and begun.printing:
            measured = self._learnt(begun.printing, begun.trial)
            if self._known:
                self._known.forms.keep(begun.key, measured.plain())
        drawn = measured.drawn(len(begun.runs), *self._template.filled(begun.fields)) if measured else None
        if measured and measured.shared and drawn:
            _write(pdf, measured.shared, drawn, info.entries())
        else:
            printed = (
                result_of(begun.printing)
                if begun.printing and not begun.trial
                else self._convert(self._draft)
            )
            with_info(printed, pdf, info)
        self._read(begun.runs, pdf)

    def _learnt(self, printing: Future[Path], trial: Trial) -> Measured:
        """What trial sheets show; nothing where the template does not behave like a form."""
        try:
            sheet = result_of(printing)
        except SyntaxError:  # a template that compares with < is no XML
            return Measured({}, None)
        told = [self._template.filled(fields) for rows in trial.rows for fields in trial.fillings(rows)]
        counting = dict.fromkeys(words for words in said_in(self._draft).furniture if NUMBER in words)
        pages, each, papers = PrintedPages(sheet), len(told) // len(trial.rows), {}
        try:
            shared = share(sheet, ())
            fillings = Fillings(
                pages, [texts for texts, _ in told], [words.split(NUMBER) for words in counting]
            )
            for number, rows in enumerate(trial.rows):
                first, end = number * each, (number + 1) * each
                paper = fillings.paper(first, end)
                self._compare(paper, shared, told[end - 1][0], pages, fillings.found[end - 1])
                [shape] = {shape for _, shape in told[first:end]}
                papers[rows] = shape, paper
        except (NotAForm, ValueError):
            return Measured({}, None)
        finally:
            pages.close()
        return Measured(papers, shared)

    def _compare(
        self, paper: Paper, shared: Shared, said: Sequence[str], pages: PrintedPages, filling: Filling
    ) -> None:
        """Hold a sheet that was set against LibreOffice's own.

        :raises NotAForm: a glyph differs.
        """
        drawn = paper.set(said, filling.first, len(pages))
        if drawn is None:
            raise NotAForm("试印的签收表不能直接排上去")
        path = self._trial.with_suffix(".set.pdf")
        _write(path, shared, drawn, {})
        ours = PrintedPages(path)
        try:
            for number in range(filling.pages):
                if difference(pages.glyphs(filling.first + number), ours.glyphs(number)):
                    raise NotAForm("试印的签收表和 LibreOffice 印的不一样")
        finally:
            ours.close()

    def _print_trial(self, trial: Trial) -> Path:
        records = [record for rows in trial.rows for record in trial.fillings(rows)]
        samples = Samples(trial.characters(), {}, COLUMN_PT, SIZE_PT)
        after = sample_paragraphs(self._template.body(is_page=False), samples)
        self._template.write_pages(records, self._trial, after, is_page=False)
        return self._convert(self._trial, len(records))

    def _convert(self, docx: Path, pages: int = 1) -> Path:
        for again in (False, True):
            try:
                pdf = self._office.convert(docx, pages)
                if strangers := fonts_missing(pdf):
                    raise ConversionFault(f"字体没有嵌入（{'、'.join(sorted(strangers))}）")
                return pdf
            except ConversionFault as fault:
                if again:
                    raise ConversionFault(f"领取签收表印不出来：{fault}。编号已退回，请再试一次。") from fault
        raise AssertionError

    def _read(self, runs: Sequence[Range], pdf: Path) -> None:
        """See that the printed sheet says all that it should, each unit's first and last number in any case."""
        collate(said_in(self._draft), pdf, _ADVICE)
        text = "".join(page.text for page in read_pages(pdf))
        for run in runs:
            if squeezed(run.first.printed) not in text or squeezed(run.last.printed) not in text:
                raise ConversionFault(f"{pdf.name} 里没有{run.unit_name}的起止号。{_ADVICE}")


def _rows_with(rows: int, units: int) -> tuple[int, ...]:
    """The rows of all sheets that are measured together with one of so many."""
    usual = (1, units) if units in range(2, MOST_ROWS + 1) else (1,)
    return usual if rows in usual else (rows,)


def _write(path: Path, shared: Shared, drawn: Sequence[bytes], information: Mapping[str, str]) -> None:
    with PageWriter(path, shared) as book:
        for operators in drawn:
            book.draw_page(operators)
        book.finish(information)
