"""``[report]``."""

from dataclasses import dataclass

from pipeline.settings.bounds import within


@dataclass(frozen=True, slots=True)
class QuarterlyReport:
    """``[report]``: the quarterly report to the government (一季一汇报)."""

    signer: str = ""
    """Who signs it (签发人); empty: it is a draft (送审稿)."""
    issuer: str = ""
    """Who issues it, as letterhead and signature; empty: the office itself."""
    report_to: str = ""
    """The one that it goes to (主送); empty: the government of the county."""
    copy_to: str = ""
    """Who gets a copy (抄送), at its foot; empty: the line is left out."""
    printed_by: str = ""
    """Who prints it (印发机关), at its foot; empty: the office itself."""
    requirement: str = ""
    """What the bulletin's document asks for in its own words: 一季一汇报; empty: it is not quoted."""
    max_chars: int = within(500, 20_000, default=4_000)
    """Characters beyond which it is too long; 《整治形式主义为基层减负若干规定》 has 4,000."""
