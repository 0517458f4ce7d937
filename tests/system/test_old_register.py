"""A ``register/`` of the program as it was in 2026, before its reports had one mechanism: it stays readable for ever.

``tests/data/register-2026`` was made by commit cf3edba on the small desk: batches 2022-001 and 2022-002 with two filled
letters, three handed out, one void; the bulletins of April and May, and April's once more, corrected. The people in it
are made up. ``printed.json`` has what came out then: digests of what a Word or Excel file holds and of what each letter's page
says. Papers of several pages another LibreOffice may part elsewhere; these are read back against their Word files.
"""

import hashlib
import json
import shutil
import tarfile
import zipfile
from pathlib import Path

import pytest
from support.desk import ROOT, Desk, write_sheet
from support.inputs.registrations import HEADER, code
from support.paper import squeezed

from pipeline.adapters.pdf.reading import read_pages

KEPT = ROOT / "tests" / "data" / "register-2026"
PRINTED: dict[str, str] = json.loads((KEPT / "printed.json").read_text(encoding="utf-8"))


@pytest.fixture
def old(tmp_path: Path, remembering: Path) -> Desk:
    """The desk with that register, and nothing in ``outputs``; what is printed, LibreOffice prints now."""
    desk = Desk.laid(tmp_path / "工作", remembering)
    with tarfile.open(KEPT / "register.tar.xz") as packed:
        packed.extractall(desk.root, filter="data")
    return desk


PARTED = {"简报.pdf", "作战图.pdf", "领取签收表.pdf"}
"""Papers whose pages depend on LibreOffice."""


def said(path: Path) -> str:
    """A digest of what a file says, however it is packed; empty for a paper of which only its Word file is held."""
    if path.name in PARTED:
        return ""
    if path.suffix == ".pdf":
        parts = [squeezed(page.text).encode() for page in read_pages(path)]
    elif path.suffix in {".docx", ".xlsx"}:
        with zipfile.ZipFile(path) as package:
            parts = [name.encode() + package.read(name) for name in sorted(package.namelist())]
    else:
        parts = [path.read_bytes()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def there(folder: Path) -> dict[str, str]:
    """Each file below a folder but the manifests, which hold digests of bytes."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != "manifest.json")
    return {path.relative_to(folder).as_posix(): said(path) for path in sorted(files)}


def test_it_is_sound_and_its_letters_are_known(old: Desk) -> None:
    outcome = old.run("register", "check", "--json")
    assert outcome.code == 0 and outcome.json["letters"] == 10 and outcome.json["faults"] == [], outcome
    assert outcome.json["missing"] == ["2022-001", "2022-002"]
    states = {key: state for key, state, _ in old.numbered()}
    assert states["2022-03-0002"] == "void" and states["2022-02-0001"] == "distributed" and len(states) == 11
    history = old.run("register", "history", "03-0002", "--json").json["events"]
    assert [each["what"] for each in history] == ["reserved", "printed", "void"]


@pytest.mark.soffice
def test_its_batches_and_bulletins_are_made_again_as_they_were(old: Desk) -> None:
    for command in (
        ("letters", "--rebuild", "2022-001"),
        ("letters", "--rebuild", "2022-002"),
        ("bulletin", "--month", "2022-04"),
        ("bulletin", "--month", "2022-05"),
    ):
        assert old.run(*command).code == 0, command
    assert there(old.outputs) == PRINTED
    assert old.run("register", "check").code == 0


@pytest.mark.soffice
def test_its_months_go_on_and_are_one_chain(old: Desk) -> None:
    bulletins = old.root / "register" / "bulletins"
    assert sorted(path.name for path in bulletins.iterdir()) == ["2022-04-1", "2022-04-2", "2022-05-1"]
    row = (code(66), "己店", "孙某", "", "2022-06-03", "存续", "", "2022-01-0001", "东村镇")
    write_sheet(old.root / "inputs" / "登记.xlsx", [HEADER, row])
    assert old.run("bulletin", "--month", "2022-06").code == 0
    issue = json.loads((bulletins / "2022-06-1" / "issue.json").read_text(encoding="utf-8"))
    assert (issue["fields"]["期号"], issue["fields"]["总期号"]) == (3, 3)
    late = issue["published"]["late"]
    assert late["since"] == "2022-05-31" and late["county"]["withdrawn_new"] == 4, (
        "what the old ones counted is gone"
    )
    assert old.run("register", "check").code == 0
    shutil.rmtree(bulletins / "2022-04-2")
    outcome = old.run("register", "check")
    assert outcome.code == 6 and "不完整" in outcome.err
