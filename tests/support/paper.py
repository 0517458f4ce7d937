"""PDFs as a reader sees them: text by half page, text by position, fonts."""

import re
import subprocess
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pypdfium2


@dataclass(frozen=True)
class Halves:
    """One page's text, white space left out."""

    upper: str
    """Above the middle, the seam left out."""
    lower: str
    """Below the middle, the seam left out."""
    whole: str


SEAM_PT = 30
"""Half the height of the strip about the middle that belongs to neither half: the number there is cut in two."""


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def halves(path: Path) -> Iterator[Halves]:
    """Each page's text above and below its middle."""
    with closing(pypdfium2.PdfDocument(path)) as document:
        for page in document:
            width, height = page.get_size()
            text = page.get_textpage()
            yield Halves(
                squeezed(text.get_text_bounded(0, height / 2 + SEAM_PT, width, height)),
                squeezed(text.get_text_bounded(0, 0, width, height / 2 - SEAM_PT)),
                squeezed(text.get_text_bounded()),
            )
            text.close()
            page.close()


def page_count(path: Path) -> int:
    with closing(pypdfium2.PdfDocument(path)) as document:
        return len(document)


def bookmarks(path: Path) -> list[tuple[str, int]]:
    """Title and page (from 1) of each bookmark."""
    with closing(pypdfium2.PdfDocument(path)) as document:
        found = []
        for entry in document.get_toc():
            target = entry.get_dest()
            assert target is not None
            found.append((entry.get_title(), target.get_index() + 1))
        return found


def poppler_text(path: Path, *options: str) -> str:
    """What another reader than ours sees."""
    return subprocess.run(
        ["pdftotext", *options, str(path), "-"], check=True, capture_output=True, text=True
    ).stdout


def fonts(path: Path, *options: str) -> list[tuple[str, bool]]:
    """Name of each font and whether the file carries it, by poppler."""
    lines = subprocess.run(
        ["pdffonts", *options, str(path)], check=True, capture_output=True, text=True
    ).stdout.splitlines()[2:]
    return [(line.split()[0], line.split()[-5] == "yes") for line in lines]
