"""How a job tells how far it is."""

from typing import Protocol


class ProgressBar(Protocol):
    """Who tells the clerk how far the work is."""

    def say(self, text: str) -> None:
        """Show one line."""

    def expect(self, pages: int) -> None:
        """Announce that so many pages are going to be made."""

    def advance(self, pages: int) -> None:
        """Tell that so many more are done."""
