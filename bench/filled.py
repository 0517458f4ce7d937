"""Half blank, half filled letters printed. ``python -m bench.filled WORKSPACE ENGINE REPORT`` is one run.

Without register and tables: the files of a batch are made directly.
"""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from bench.desk import letters_of
from bench.stages import TRYING, Clock
from pipeline.adapters.form import Form
from pipeline.domain.letters.model import Batch, BatchId, Imprint, Letter, Order
from pipeline.letters.batch_files import BatchFiles, batch_files, open_templates
from pipeline.letters.fitting import Misfit
from pipeline.letters.office_engine import Progress
from pipeline.letters.pages import LetterPages
from pipeline.publishing.renderer import Renderer
from pipeline.workspace import open_workspace


@dataclass
class Silent:
    """Remembers what the clerk would have been told."""

    said: list[str] = field(default_factory=list)

    def say(self, text: str) -> None:
        self.said.append(text)

    def expect(self, text: str, pages: int) -> None:
        """Nobody looks on."""

    def advance(self, pages: int) -> None:
        """Nobody looks on."""


class Counting:
    """An engine that remembers how many letters LibreOffice had to print."""

    def __init__(self, files: BatchFiles) -> None:
        self._engine = files.engine
        self.by_office = 0

    def misfits(self, letters: Sequence[Letter], progress: Progress = lambda _: None) -> list[Misfit]:
        return self._engine.misfits(letters, progress)

    def typeset(self, letters: Sequence[Letter], secret: bytes | None, progress: Progress) -> LetterPages:
        edition = self._engine.typeset(letters, secret, progress)
        self.by_office = len(edition.copies)
        return edition


def main(root: str, engine: str, report: str) -> None:
    """Print the letters of a workspace and say how many were set over the form."""
    workspace = open_workspace(Path(root))
    plan = workspace.settings.plan
    letters = tuple(letters_of(workspace, filled=True))
    imprint = Imprint(plan.county, plan.office, workspace.settings.letters.book_size)
    at = datetime(plan.year, 6, 1, 9, tzinfo=UTC)
    batch = Batch(BatchId(plan.year, 1), imprint, Order("bench"), at, letters, "0" * 64)
    teller, clock = Silent(), Clock()
    Form.can_set = clock.watch(TRYING, Form.can_set)  # type: ignore[method-assign]
    with (
        Renderer(workspace) as renderer,
        batch_files(renderer, open_templates(workspace), teller, engine, letters=len(letters)) as files,
    ):
        files.engine = counting = Counting(files)
        misfits = files.engine.misfits(letters)
        assert not misfits, misfits[0]
        files.print(batch)
    filled = sum(letter.applicant is not None for letter in letters)
    found = {
        "letters": len(letters), "filled": filled, "by_office": counting.by_office, "said": teller.said,
        "trying_s": clock.spent_s[TRYING],
    }  # fmt: skip
    Path(report).write_text(json.dumps(found, ensure_ascii=False), "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
