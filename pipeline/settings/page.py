"""What ``[page]`` can say."""

from dataclasses import dataclass

from pipeline.settings.bounds import within


@dataclass(frozen=True, slots=True)
class Page:
    """``[page]``: how the page is served in the browser."""

    certificate: str = ""
    """File with the certificate (and its chain, PEM) under which other machines may open the page; empty: only this one may."""
    key: str = ""
    """File with its private key (PEM, without a password)."""
    upload_mb: int = within(1, 2000, default=200)
    """Megabytes that may be dropped at once."""
    runs_days: int = within(1, 3650, default=90)
    """Days for which is kept how a run went and what it told."""
    record_days: int = within(184, 36_500, default=1095)
    """Days for which is kept who looked at what, and who had what done: never less than six months (网络安全法 of 2016,
    art. 21, of logs), and by itself three years (个人信息保护法, art. 56, of how personal data were handled)."""
