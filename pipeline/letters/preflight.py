"""Letters tried out before they are numbered, and problems put into a report's words."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import partial
from itertools import filterfalse

from pipeline.domain.letters.fields import GIVEN, fields_of
from pipeline.domain.letters.model import Letter
from pipeline.domain.letters.numbering import Demand
from pipeline.domain.model import Applicant, Problem, Source
from pipeline.domain.values.identity import masked, masked_whole
from pipeline.intake import Intake
from pipeline.letters.batch_files import BatchFiles

_COLUMNS = {
    "姓名": "operator", "身份证号": "id_no", "联系方式": "phone", "名称": "name", "主要经营": "scope", "经营地址": "address",
    "落款": "full_name", "单位名称": "unit",
}  # fmt: skip
"""Field of a letter → the column of a list or of the roster from which it comes."""
_FROM_ROSTER = ("落款", "单位名称")
_UNBROKEN = re.compile(r"[!-~]{10}")
"""What takes more room than its characters."""
_PRIVATE = ("身份证号", "联系方式")


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of trying letters out."""

    demand: Demand
    """What is asked for, without the rows that are left out."""
    wanted: Sequence[Letter]
    """The letters to be numbered; tried out, all of them come out right."""
    skipped: tuple[Problem, ...] = ()
    """What is wrong with the rows that are left out."""
    stopping: tuple[Problem, ...] = ()
    """What stops the run."""


def try_out(
    files: BatchFiles, intake: Intake, trial: Trial, foresee: Callable[[Demand], Sequence[Letter]], *, skip: bool
) -> Trial:  # fmt: skip
    """Try letters out, and again without the rows that do not come out right.

    :param skip: leave such rows out rather than stop.
    """
    while problems := misprints(files, trial.wanted, intake):
        people, left = without_rows(trial.demand.applicants, problems)
        if left or not skip:
            return replace(trial, stopping=tuple(left if skip else problems))
        demand = replace(trial.demand, applicants=people)
        trial = Trial(demand, foresee(demand), (*trial.skipped, *problems))
    return trial


def misprints(files: BatchFiles, wanted: Sequence[Letter], intake: Intake) -> list[Problem]:
    """Texts that no font can print, and those that do not fit their slots.

    Problem codes: ``no-glyph``, ``too-long``.

    :raises TemplateFault: the page is wrong and no text is to blame.
    :raises ConversionFault: LibreOffice failed.
    """
    seen: set[str] = set()
    for letter in wanted:
        seen.update(*_texts(letter).values())
    missing = files.without_glyph(seen)
    is_strange = partial(_has_any, missing)
    strange = list(filter(is_strange, wanted)) if missing else []
    printable = list(filterfalse(is_strange, wanted)) if strange else wanted
    found = [*_unprintable(strange, missing, intake), *_too_long(files, printable, intake)]
    return list(dict.fromkeys(found))


def without_rows(
    people: Mapping[str, Sequence[Applicant]], problems: Sequence[Problem]
) -> tuple[dict[str, Sequence[Applicant]], list[Problem]]:
    """The applicants of all rows that have no problem, and the problems that are in no applicant's row."""
    bad = {problem.source for problem in problems}
    rows = {who.source for own in people.values() for who in own}
    kept: dict[str, Sequence[Applicant]] = {
        code: [who for who in own if who.source not in bad] for code, own in people.items()
    }
    return kept, [problem for problem in problems if problem.source not in rows]


def told(problems: Sequence[Problem]) -> tuple[str, ...]:
    """Problems as one line of text each."""
    return tuple(f"{problem.source}：{problem.advice}" for problem in problems)


def _too_long(files: BatchFiles, wanted: Sequence[Letter], intake: Intake) -> Iterator[Problem]:
    """Texts that do not fit their slots."""
    for misfit in files.misfits(wanted) if wanted else ():
        text = fields_of(misfit.letter)[misfit.field] if misfit.field else ""
        advice = (
            f"“{misfit.field}”最多放得下{misfit.room}个字，这里有{len(text)}个，请减少{len(text) - misfit.room}个字。"
            if misfit.field
            else "这一份的各项文字合起来印不下，请缩短字数最多的几项。"
        )
        if _UNBROKEN.search(text):
            advice += "连在一起的字母和数字不会拆成两行，也可以改短这一串。"
        yield _problem(misfit.letter, misfit.field, text, "too-long", advice, intake)


def _has_any(characters: Set[str], letter: Letter) -> bool:
    return any(characters & set(text) for text in _texts(letter).values())


def _texts(letter: Letter) -> dict[str, str]:
    """All that is printed of a letter, its unit's short name on file names and receipts included."""
    return {"单位名称": letter.unit_name, **fields_of(letter)}


def _unprintable(strange: Sequence[Letter], missing: Set[str], intake: Intake) -> Iterator[Problem]:
    """Characters that no font has: LibreOffice would print a box or nothing in their place."""
    for letter in strange:
        for field, text in _texts(letter).items():
            for char in sorted(missing & set(text)):
                advice = f"“{char}”（U+{ord(char):04X}）没有字体能印出来。请改用别的字，或把有这个字的字体放进 fonts 文件夹。"
                yield _problem(letter, field, text, "no-glyph", advice, intake)


def _problem(letter: Letter, field: str | None, text: str, code: str, advice: str, intake: Intake) -> Problem:
    """A problem at the cell from which a letter's field comes, or at its row."""
    if field in GIVEN:
        return Problem(Source("pipeline.toml"), None, text, code, advice)
    unit = next(unit for unit in intake.units if unit.code == letter.serial.unit)
    whose = unit if field in _FROM_ROSTER else letter.applicant
    source = (whose.source if whose else None) or Source("inputs")
    header, place = intake.column(source, _COLUMNS[field]) if field else (None, None)
    seen = masked_whole(text) if field in _PRIVATE else masked(text)
    return Problem(source, header or field, seen, code, advice, place)
