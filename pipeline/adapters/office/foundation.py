"""What a page of LibreOffice's depends on besides its document: where that is the same, so is the page."""

import hashlib
import os
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from importlib.resources import files
from pathlib import Path

_FONT_FOLDER = re.compile(r"<dir>(/[^<]+)</dir>")
_LIBRARIES = Path("/etc/ld.so.cache")
"""Written anew whenever a library of the system is put in, and LibreOffice has its fonts and lines set by those."""
_LANGUAGE = re.compile(r"LANG|LC_")


def digest(program: Path, fonts: Path) -> str:
    """A digest of LibreOffice, fonts, font map, libraries and this program itself, by their files' names, sizes and times.

    :param program: LibreOffice's own program, beside which its parts lie.
    :param fonts: the county's own fonts; need not exist.
    """
    own = Path(str(files("pipeline")))
    folders = [own, fonts, *_font_folders(own)]
    seen: list[object] = [sorted(_packages()), sorted(filter(_is_language, os.environ.items())), sys.version]
    seen += [_look(_LIBRARIES), _look(program), sorted(_parts(program.parent))]
    seen += [sorted(_files(folder)) for folder in folders]
    return hashlib.sha256(repr(seen).encode("utf-8", "surrogateescape")).hexdigest()


def _font_folders(own: Path) -> list[Path]:
    return [Path(name) for name in _FONT_FOLDER.findall((own / "fonts.conf").read_text(encoding="utf-8"))]


def _parts(folder: Path) -> Iterator[tuple[str, int, int]]:
    """LibreOffice's libraries."""
    with os.scandir(folder) as entries:
        yield from (_look(entry) for entry in entries if ".so" in entry.name)


def _files(folder: Path | str) -> Iterator[tuple[str, int, int]]:
    """Every file below a folder, but what Python has compiled; a link to a folder is looked at as the folder itself.

    There are some eight hundred, and each run looks at all of them: paths as objects would take longer than the looking.
    """
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if not entry.is_dir(follow_symlinks=False):
                yield _look(entry)
            elif entry.name != "__pycache__":
                yield from _files(entry.path)


def _look(file: "Path | os.DirEntry[str]") -> tuple[str, int, int]:
    try:
        found = file.stat()
    except OSError:
        return os.fspath(file), -1, -1
    return os.fspath(file), found.st_size, found.st_mtime_ns


def _packages() -> Iterator[str]:
    """Python's packages with their versions."""
    for place in sys.path:
        if place.endswith("-packages") and Path(place).is_dir():
            yield from (name for name in os.listdir(place) if name.endswith("-info"))  # noqa: PTH208 - names alone


def _is_language(variable: tuple[str, str]) -> bool:
    return bool(_LANGUAGE.match(variable[0]))
