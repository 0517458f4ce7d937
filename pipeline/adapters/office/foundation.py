"""What a page of LibreOffice's depends on besides its document: where that is the same, so is the page."""

import hashlib
import os
import re
import sys
from collections.abc import Iterator
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
    seen += [_look(_LIBRARIES), _look(program), *map(_look, sorted(program.parent.glob("*.so*")))]
    seen += [sorted(_files(folder)) for folder in folders]
    return hashlib.sha256(repr(seen).encode("utf-8", "surrogateescape")).hexdigest()


def _font_folders(own: Path) -> list[Path]:
    return [Path(name) for name in _FONT_FOLDER.findall((own / "fonts.conf").read_text(encoding="utf-8"))]


def _files(folder: Path) -> Iterator[tuple[str, int, int]]:
    """Every file below a folder, but what Python has compiled; a link to a folder is looked at as the folder itself."""
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name != "__pycache__"]
        links = [name for name in folders if Path(place, name).is_symlink()]
        yield from (_look(Path(place, name)) for name in (*names, *links))


def _look(path: Path) -> tuple[str, int, int]:
    try:
        found = path.stat()
    except OSError:
        return str(path), -1, -1
    return str(path), found.st_size, found.st_mtime_ns


def _packages() -> Iterator[str]:
    """Python's packages with their versions."""
    for place in sys.path:
        if place.endswith("-packages") and Path(place).is_dir():
            yield from (name for name in os.listdir(place) if name.endswith("-info"))  # noqa: PTH208 - names alone


def _is_language(variable: tuple[str, str]) -> bool:
    return bool(_LANGUAGE.match(variable[0]))
