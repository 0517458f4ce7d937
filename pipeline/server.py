"""Where a register is that a PostgreSQL server keeps."""

from dataclasses import dataclass, field
from pathlib import Path

SCHEMES = ("postgresql://", "postgres://")
"""How the address of such a server begins."""


@dataclass(frozen=True, slots=True)
class Server:
    """A register that several offices share."""

    url: str = field(repr=False)
    """libpq's connection URL; it can hold a password, so it is never shown."""
    folder: Path
    """This office's own folder: the secret of the marks, copies of the register, published bulletins."""
