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
