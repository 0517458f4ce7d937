"""A desk seen from outside: what became of its letters, and whether everything there is whole, sound or clearly told."""

import hashlib
import html
import io
import re
import stat
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pypdfium2
from openpyxl import load_workbook

from pipeline.errors import ExitCode
from pipeline.jobs.register import audit
from pipeline.workspace import open_workspace
from support.desk import KEYS, Desk, Outcome
from support.paper import halves, squeezed


def texts_of(folder: Path) -> dict[str, str]:
    """Every word of every file below a folder, white space left out: file's path, and a part's within a package → its words.

    Of a package (.docx, .xlsx, and what is embedded) each part's source, names and attributes too, and once more
    without the tags, since one word may be of several runs; of a PDF its pages, bookmarks and properties.
    """
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {
        name: squeezed(f"{name}\n{words}")
        for path in files
        for name, words in _words(path.relative_to(folder).as_posix(), path.read_bytes())
    }


def _words(name: str, data: bytes) -> Iterator[tuple[str, str]]:
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for part in package.namelist():
                yield from _words(f"{name}!{part}", package.read(part))
    elif data.startswith(b"%PDF"):
        with closing(pypdfium2.PdfDocument(data)) as document:
            pages = "".join(page.get_textpage().get_text_bounded() for page in document)
            titles = "".join(entry.get_title() for entry in document.get_toc())
            yield name, pages + titles + str(document.get_metadata_dict())
    else:
        source = html.unescape(data.decode("utf-8", "replace"))
        yield name, source + (re.sub(r"<[^>]*>", "", source) if source.startswith("<") else "")


def states(desk: Desk) -> dict[str, str]:
    """The letters that are no longer just printed, without the year, and what became of them."""
    return {key.removeprefix("2022-"): state for key, state, _ in desk.numbered() if state != "printed"}


def filled(desk: Desk, batch: str = "2022-001") -> list[tuple[str, bool]]:
    """A batch's letters, and whether each is filled in."""
    return [(letter["key"], letter["kind"] == "filled") for letter in desk.manifest(batch)["letters"]]


def reprints(desk: Desk) -> list[Path]:
    """The folders of letters printed again, by time."""
    base = desk.outputs / "letters" / "补打"
    return sorted(base.iterdir()) if base.exists() else []


def ledger(desk: Desk, name: str) -> tuple[list[str], list[tuple[object, ...]]]:
    """Header and rows of a ledger."""
    sheet = load_workbook(desk.outputs / "register" / "2022" / f"{name}.xlsx").worksheets[0]
    assert str(sheet.cell(1, 1).value).startswith("2022年岚县个体工商户培育介绍信")
    header, *rows = sheet.iter_rows(min_row=2, values_only=True)
    return list(map(str, header)), [tuple("" if cell is None else cell for cell in row) for row in rows]


def assert_sound(desk: Desk, live: int) -> None:
    """The register, what is kept beside it and what was published from it are as they must be."""
    assert audit.check(open_workspace(desk.root)) == audit.Soundness(ExitCode.DONE, live, (), (), (), None)


def assert_clear(outcome: Outcome, code: int, *words: str) -> None:
    """The exit code, and one message in Chinese that names the fault; no traceback."""
    assert outcome.code == code, outcome
    assert "Traceback" not in outcome.err and "Error" not in outcome.err.replace("Errno", ""), outcome.err
    if code != 3:
        messages = [line for line in outcome.err.splitlines() if line.startswith("错误：")]
        assert len(messages) == 1 and messages[0].endswith("。"), outcome.err
    for word in words:
        assert word in outcome.said, (word, outcome.said)


def assert_whole(desk: Desk, keys: list[str] = KEYS) -> None:
    """Every letter numbered and printed exactly once, and nothing half done anywhere."""
    assert [key for key, _, _ in desk.numbered()] == sorted(keys)
    assert {state for _, state, _ in desk.numbered()} == {"printed"}
    batches = sorted({batch for _, _, batch in desk.numbered()})
    assert sorted(path.name for path in desk.batch().parent.iterdir()) == batches
    assert sorted(key for batch in batches for key in _printed(desk, batch)) == sorted(keys)
    assert [path.name for path in desk.outputs.iterdir()] == ["letters"]
    beside = list(desk.register.parent.iterdir())
    assert [path.name for path in beside if path.suffix == ".new" or path.name.startswith(".")] == []
    modes = {stat.S_IMODE(path.stat().st_mode) & 0o077 for path in (*desk.outputs.rglob("*"), *beside)}
    assert modes == {0}
    assert_sound(desk, len(keys))


def _printed(desk: Desk, batch: str) -> list[str]:
    """The letters of a batch, each on a page of its own; the folder has what its manifest says."""
    letters = desk.manifest(batch)["letters"]
    folder = desk.batch(batch)
    pages = list(halves(folder / "介绍信.pdf"))
    assert len(pages) == len(letters)
    for letter, page in zip(letters, pages, strict=True):
        assert letter["serial"] in page.upper and letter["serial"] in page.lower
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert set(desk.manifest(batch)["files"]) == there - {"manifest.json"}
    return [letter["key"] for letter in letters]


def digests(folder: Path) -> dict[str, str]:
    """Name of each file below a folder → SHA-256 of what is in it."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
