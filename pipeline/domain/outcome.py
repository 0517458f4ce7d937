"""What a job made, left out and found."""

from dataclasses import dataclass

from pipeline.domain.letters.model import Range
from pipeline.domain.model import Problem
from pipeline.domain.period import Period
from pipeline.errors import Edition, Remedy


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a job made, left out and found."""

    exit_code: int
    """One of :class:`~pipeline.errors.ExitCode`."""
    closing: str
    """One sentence for the clerk."""
    problems: tuple[Problem, ...] = ()
    """What stopped the job, or was skipped."""
    notices: tuple[str, ...] = ()
    """What the clerk should know."""
    ranges: tuple[Range, ...] = ()
    """The letters numbered (or, in a dry run, to be numbered), unit by unit."""
    batches: tuple[str, ...] = ()
    """The batches that are published now."""
    folders: tuple[str, ...] = ()
    """Where their files are."""
    remedy: Remedy | None = None
    """What the front adds to the closing in its own words."""
    edition: Edition | None = None
    """The paper that the remedy is for; None where it is for none."""
    period: Period | None = None
    """What its report speaks of; None where it made none, or one of no period."""
    waits: tuple[str, ...] = ()
    """What a person has to do now, each a sentence."""
    foreseen: str | None = None
    """A name for the letters that a dry run has shown, by which just these can be asked for; None where there are none."""
