"""Letters that do not come out right: whose text is to blame, and how much of it fits.

All of a list's letters are looked at together, so that LibreOffice is asked a few times and not for each of them.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.domain.letters.fields import GIVEN, fields_of, with_text
from pipeline.domain.letters.model import Letter
from pipeline.errors import TemplateFault

AT_ONCE = 120
"""Pages that a round of trials asks for, if there are not more texts than that."""
MOST_WAYS = 5
"""Beginnings of one text tried in a round: a round takes LibreOffice as long as three pages, so more would cost more."""
_NOTHING_SPENT = "一个编号也没有用掉。"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a letter is like in print."""

    pages: int
    """How many it takes; 1 is right."""
    wrong: tuple[str | None, ...]
    """Placeholders that are not shown in full; None for something else that is cut off."""

    @property
    def is_right(self) -> bool:
        """Whether it can be handed out."""
        return self.pages == 1 and not self.wrong


@dataclass(frozen=True, slots=True)
class Misfit:
    """A letter that does not come out right."""

    letter: Letter
    """The letter."""
    field: str | None
    """The placeholder whose text is too long; None where all texts together are."""
    room: int = 0
    """So many characters of that text fit."""


Judge = Callable[[Sequence[Letter]], Sequence[Verdict]]
"""Prints some letters and tells what they are like."""


def misfits(wrong: Mapping[Letter, Verdict], template: str, judge: Judge) -> list[Misfit]:
    """What is to blame for each letter that is not right: at least one misfit for each.

    :param template: its file name, for messages.
    :raises TemplateFault: no text from the clerks' tables is: the template itself has no room.
    """
    alike: dict[object, list[Letter]] = defaultdict(list)
    for letter in wrong:
        alike[letter.applicant, letter.signature, letter.day].append(letter)
    first = {letters[0]: wrong[letters[0]] for letters in alike.values()}
    blamed = _blamed(first, template, judge)
    searches = [
        _Search(_without(letter, [other for other in fields if other != field]), field)
        for letter, fields in blamed.items()
        for field in fields
        if field is not None
    ]
    _search(searches, judge)
    rooms = {(search.letter.serial, search.field): search.fits for search in searches}
    return [
        Misfit(letter, field, rooms.get((letters[0].serial, field or ""), 0))
        for letters in alike.values()
        for letter in letters
        for field in blamed[letters[0]]
    ]


def _blamed(
    wrong: Mapping[Letter, Verdict], template: str, judge: Judge
) -> dict[Letter, Sequence[str | None]]:
    """The clerks' texts that are not right though no other suspect is there; None for all of them together.

    Suspects are first the texts that a page does not show in full, then all: what is cut off is known by its
    characters alone, which may stand in several fields.

    :raises TemplateFault: a letter is not right without any of them.
    """
    blamed: dict[Letter, Sequence[str | None]] = {}
    left = dict(wrong)
    for every in (False, True):
        suspects = {
            letter: _suspects(letter, () if every else verdict.wrong) for letter, verdict in left.items()
        }
        pairs = [(letter, field) for letter, fields in suspects.items() for field in [*fields, None]]
        trials = [
            _without(letter, [other for other in suspects[letter] if other != field])
            for letter, field in pairs
        ]
        for (letter, field), verdict in zip(pairs, _judged(trials, judge), strict=True):
            if field:  # the last of a letter's trials is without any
                blamed[letter] = [*blamed.get(letter, ()), *([] if verdict.is_right else [field])]
            elif verdict.is_right:
                del left[letter]
                blamed[letter] = blamed[letter] or [None]
            elif every:
                raise _of_template(letter, verdict, template)
            else:
                del blamed[letter]
    return blamed


def _suspects(letter: Letter, wrong: Sequence[str | None]) -> list[str]:
    texts = [field for field, text in fields_of(letter).items() if text and field not in GIVEN]
    return [field for field in texts if field in wrong] or texts


def _of_template(letter: Letter, verdict: Verdict, template: str) -> TemplateFault:
    field = next((field for field in verdict.wrong if field), None)
    what = f"“{field}”的格子放不下“{fields_of(letter)[field]}”，请放宽" if field else "版面不对，请检查"
    return TemplateFault(f"模板 {template} 里{what}。{_NOTHING_SPENT}")


class _Search:
    """Looks for the longest beginning of a text that fits."""

    def __init__(self, letter: Letter, field: str) -> None:
        self.letter = letter
        self.field = field
        self._text = fields_of(letter)[field]
        self.fits = 0
        self._fails = len(self._text)

    @property
    def is_open(self) -> bool:
        return self._fails - self.fits > 1

    def ends(self, ways: int) -> list[int]:
        """Lengths to be tried next, rising."""
        between = self._fails - self.fits
        return sorted(
            {self.fits + -(-between * part // (ways + 1)) for part in range(1, ways + 1)} - {self._fails}
        )

    def cut(self, end: int) -> Letter:
        return with_text(self.letter, self.field, self._text[:end])

    def learn(self, end: int, *, fits: bool) -> None:
        """What became of a length; told from the shortest on, for one that is longer than what fails says nothing."""
        if not fits:
            self._fails = min(self._fails, end)
        elif end < self._fails:
            self.fits = end


def _search(searches: Sequence[_Search], judge: Judge) -> None:
    while left := [search for search in searches if search.is_open]:
        ways = max(1, min(MOST_WAYS, AT_ONCE // len(left)))
        tries = [(search, end) for search in left for end in search.ends(ways)]
        verdicts = _judged([search.cut(end) for search, end in tries], judge)
        for (search, end), verdict in zip(tries, verdicts, strict=True):
            search.learn(end, fits=verdict.is_right)


def _judged(trials: Sequence[Letter], judge: Judge) -> Sequence[Verdict]:
    """The same letter in several versions: each with a number of its own, by which its pages are known."""
    return judge([_numbered(letter, number) for number, letter in enumerate(trials)]) if trials else []


def _numbered(letter: Letter, number: int) -> Letter:
    def figures(old: re.Match[str]) -> str:
        return f"{number:0{len(old[0])}d}"

    return replace(letter, printed=re.sub(r"\d+(?=\D*$)", figures, letter.printed))


def _without(letter: Letter, fields: Sequence[str | None]) -> Letter:
    for field in fields:
        letter = with_text(letter, field, "") if field else letter
    return letter
