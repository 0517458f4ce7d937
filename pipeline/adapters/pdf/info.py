"""What a PDF says of itself; known without what reads and writes one."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Info:
    """Document information."""

    title: str
    """Title."""
    author: str
    """The office."""
    at: datetime
    """Creation date."""

    def entries(self) -> dict[str, str]:
        """As the PDF's information dictionary names them."""
        stamp = self.at.strftime("D:%Y%m%d%H%M%S%z")
        stamp = f"{stamp[:-2]}'{stamp[-2:]}'" if self.at.tzinfo else stamp
        return {"/Title": self.title, "/Author": self.author, "/CreationDate": stamp, "/ModDate": stamp}
