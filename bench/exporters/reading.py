"""The product on an exporter's two files: what it read, and what it said."""

from collections.abc import Iterator
from dataclasses import dataclass

from bench.exporters.making import Made
from bench.exporters.pins import LIES
from pipeline.adapters.sheet import read_sheets
from pipeline.domain.model import Problem
from tests.support.inputs import truth

RIGHT, TOLD, REFUSED, WRONG = "读对", "读对，有提示", "拒绝并说明", "读错"
LIE, NOT_MADE = "文件写错", "没有导出"


@dataclass(frozen=True)
class Outcome:
    """How an exporter's files were read."""

    made: Made
    registrations: int
    """Right in all that is compared."""
    applicants: int
    """Right in all that is compared."""
    days: int
    """Registrations with both days right."""
    codes: tuple[str, ...]
    """Of the problems and notices, each once, in order."""
    unsaid: tuple[str, ...]
    """What is wrong without a word."""

    @property
    def word(self) -> str:
        """One of the six words above."""
        if self.made.error:
            return NOT_MADE
        if self.unsaid:
            return LIE if self.made.by in LIES else WRONG
        if self.registrations == self.applicants == 12:
            return TOLD if self.codes else RIGHT
        return REFUSED


def read(made: Made) -> Outcome:
    """Read both files of an exporter, with a roster and targets beside them."""
    names = {kind: f"{kind}.{made.suffix}" for kind in made.files}
    intake = truth.read(
        [(names[kind], read_sheets(names[kind], path.read_bytes())) for kind, path in made.files.items()]
    )
    verdicts = {}
    for kind, lines in (("registrations", truth.registrations()), ("applicants", truth.applicants())):
        heads = (
            table.source.row or 1 for (file, _), table in intake.heads.items() if file == names.get(kind)
        )
        first = next(heads, 1) + 1
        written = truth.Written(names.get(kind, ""), kind, dict(enumerate(lines, first)))
        verdicts[kind] = truth.verdict(written, intake)
    told = dict.fromkeys(_codes([*intake.problems, *intake.notices], set(names.values())))
    registrations, applicants = verdicts["registrations"], verdicts["applicants"]
    days = min(registrations.right_in[head] for head in truth.DAYS)
    unsaid = (*registrations.unsaid, *applicants.unsaid)
    return Outcome(made, registrations.right, applicants.right, days, tuple(told), unsaid)


def _codes(found: list[Problem], files: set[str]) -> Iterator[str]:
    return (each.code for each in found if each.source.file in files)
