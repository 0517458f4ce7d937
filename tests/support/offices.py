"""Stand-ins for ``soffice``: one that remembers what the real one made, and one for each way of failing.

The remembering one makes the suite fast without making it false: a document that it has not seen goes to the real
LibreOffice, and only what that one made is handed out again.
"""

import os
import shutil
import sys
from pathlib import Path

REAL = (
    Path(shutil.which("soffice") or shutil.which("libreoffice") or "/missing")
    .resolve()
    .with_name("soffice.bin")
)

_PROLOGUE = """#!{python} -SE
import hashlib, os, re, shutil, sqlite3, subprocess, sys, time, zipfile
from pathlib import Path
REAL, MEMORY, HERE = "{real}", Path("{memory}"), Path(__file__).resolve().parent
if "--convert-to" not in sys.argv:  # the one that stays: nothing is handed over to it
    for option in sys.argv:
        if option.startswith("--pidfile="):
            Path(option.removeprefix("--pidfile=")).write_text(str(os.getpid()))
            time.sleep(600)
    sys.exit()
docx = Path(sys.argv[-1])
pdf = Path(sys.argv[sys.argv.index("--outdir") + 1]) / (docx.stem + ".pdf")
with (HERE / "calls").open("a") as calls:
    calls.write(docx.name + "\\n")
count = len((HERE / "calls").read_text().splitlines())

def body():
    return zipfile.ZipFile(docx).read("word/document.xml").decode()

def key():
    found = hashlib.sha256()
    package = zipfile.ZipFile(docx)
    for name in sorted(package.namelist()):
        content = package.read(name)
        if "receipt" in docx.name:  # its date and its check code differ from run to run
            content = re.sub(rb"[0-9A-F]{{16}}|20[0-9]{{2}}\\xe5\\xb9\\xb4[0-9]+\\xe6\\x9c\\x88[0-9]+\\xe6\\x97\\xa5", b"", content)
        found.update(name.encode() + content)
    return found.hexdigest()

def convert():
    known = MEMORY / key()
    if known.exists():
        shutil.copyfile(known, pdf)
        if "receipt" in docx.name:  # what it printed then, with the code of then
            shutil.copyfile(known.with_suffix(".docx"), docx)
        return 0
    for _ in range(2):  # in a new profile it asks to be started again
        code = subprocess.run(["setpriv", "--pdeathsig", "KILL", REAL, *sys.argv[1:]]).returncode
        if code == 0:
            break
    if pdf.exists():
        for made, kept in ((docx, known.with_suffix(".docx")), (pdf, known)):
            new = known.with_suffix("." + str(os.getpid()))
            shutil.copyfile(made, new)
            new.rename(kept)
    return code

def reserved():
    try:
        place = next(p for p in docx.parents if p.name == "outputs").parent / "register" / "register.db"
        with sqlite3.connect("file:" + str(place) + "?mode=ro", uri=True) as register:
            return register.execute("SELECT count(*) FROM letters WHERE state = 'reserved'").fetchone()[0]
    except (sqlite3.Error, StopIteration):
        return 0
"""

FAILURES = {
    "remembers": "sys.exit(convert())",
    "hangs": """
subprocess.Popen([sys.executable, "-SEc", "import time; time.sleep(601)", str(docx)])
time.sleep(601)""",
    "hangs alone": "time.sleep(603)",
    "gives nothing": "sys.exit(0)",
    "gives an empty file": "pdf.touch()",
    "gives a corrupt file": "pdf.write_bytes(b'%PDF-1.7\\n1 0 obj\\n<< /Type /Catalog >>\\nnot more than this')",
    "gives half a file": """
convert()
pdf.write_bytes(pdf.read_bytes()[: pdf.stat().st_size // 2])""",
    "stumbles once": "sys.exit(convert() if count > 1 else 1)",
    "crashes": "os.kill(os.getpid(), 11)",
    "chokes on 毒": "sys.exit(1 if '毒' in body() else convert())",
    "chokes on the receipt": "sys.exit(1 if 'receipt' in docx.name else convert())",
    "spoils the receipt": """
code = convert()
if "receipt" in docx.name:
    pdf.write_bytes(pdf.read_bytes()[: 300])
sys.exit(code)""",
    "fails after numbering": "sys.exit(0 if reserved() else convert())",
    "hangs after numbering": """
if reserved():
    time.sleep(602)
sys.exit(convert())""",
    "asks to be started again": """
if not (HERE / docx.name).exists():
    (HERE / docx.name).touch()
    sys.exit(81)
sys.exit(convert())""",
}
"""Name → what its ``soffice`` does."""


def office(folder: Path, behaviour: str, memory: Path) -> Path:
    """A folder with a ``soffice`` that behaves so, to be put before PATH; notes its calls in ``calls``."""
    folder.mkdir(parents=True, exist_ok=True)
    memory.mkdir(parents=True, exist_ok=True)
    prologue = _PROLOGUE.format(python=sys.executable, real=REAL, memory=memory)
    program = folder / "soffice"
    program.write_text(prologue + FAILURES[behaviour] + "\n", encoding="utf-8")
    program.chmod(0o755)
    return folder


def calls(folder: Path) -> list[str]:
    """The documents that an office was asked to convert."""
    path = folder / "calls"
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def path_without_office(folder: Path) -> str:
    """A PATH on which everything is but LibreOffice."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("fc-match", "setpriv", "sh", "env"):
        found = shutil.which(name)
        if found and not (folder / name).exists():
            (folder / name).symlink_to(found)
    return os.fspath(folder)
