"""What a stand-in for ``soffice`` was asked to convert, and how the real one would."""

import hashlib
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path

MEMORY, CALLS = Path(os.environ["OFFICE_MEMORY"]), Path(os.environ["OFFICE_CALLS"])
DOCX = Path(sys.argv[-1])
PDF = Path(sys.argv[sys.argv.index("--outdir") + 1]) / f"{DOCX.stem}.pdf"
IS_RECEIPT = "receipt" in DOCX.name
CHANGING = re.compile("[0-9A-F]{16}|20[0-9]{2}年[0-9]+月[0-9]+日".encode())
"""A receipt's check code and date, which differ from run to run."""

COUNT = len(CALLS.read_text(encoding="utf-8").splitlines())
"""How often it has been asked, this time included."""


def body() -> str:
    """The document's text, as it is stored."""
    return zipfile.ZipFile(DOCX).read("word/document.xml").decode()


def convert() -> int:
    """Hand out what LibreOffice made of the same document, or ask it now; its exit code."""
    known = MEMORY / _key()
    if known.exists():
        shutil.copyfile(known, PDF)
        if IS_RECEIPT:  # what it printed then, with the code of then
            shutil.copyfile(known.with_suffix(".docx"), DOCX)
        return 0
    command = ["setpriv", "--pdeathsig", "KILL", os.environ["OFFICE_REAL"], *sys.argv[1:]]
    code = subprocess.run(command, check=False).returncode
    if code != 0:  # in a new profile it asks to be started again
        code = subprocess.run(command, check=False).returncode
    if PDF.exists():
        for made, kept in ((DOCX, known.with_suffix(".docx")), (PDF, known)):
            new = known.with_suffix(f".{os.getpid()}")
            shutil.copyfile(made, new)
            new.rename(kept)
    return code


def _key() -> str:
    found = hashlib.sha256()
    package = zipfile.ZipFile(DOCX)
    for name in sorted(package.namelist()):
        content = package.read(name)
        found.update(name.encode() + (CHANGING.sub(b"", content) if IS_RECEIPT else content))
    return found.hexdigest()


def reserved() -> int:
    """How many letters are numbered and not printed."""
    try:
        root = next(path for path in DOCX.parents if path.name == "outputs").parent
        register = root / "register" / "register.db"
        with sqlite3.connect(f"file:{register}?mode=ro", uri=True) as connection:
            question = "SELECT count(*) FROM letters WHERE state = 'reserved'"
            return int(connection.execute(question).fetchone()[0])
    except (sqlite3.Error, StopIteration):
        return 0
