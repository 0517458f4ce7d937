"""The LibreOffice that stays is spoken to as its own second process speaks to it; whoever does not answer so is not believed."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from docx import Document
from support.paper import page_count

from pipeline.adapters.office import Office
from pipeline.adapters.office.resident import Resident

_PROGRAM = """#!{python} -IS
import socket, sys, time
from pathlib import Path

if "--terminate_after_init" in sys.argv:
    sys.exit()
here = Path({here!r})
listening = socket.socket(socket.AF_UNIX)
listening.bind(str(here / "OSL_PIPE_0_SingleOfficeIPC_0"))
listening.listen()
[pidfile] = [each.partition("=")[2] for each in sys.argv if each.startswith("--pidfile=")]
Path(pidfile).touch()
connection, _ = listening.accept()
{behaviour}
time.sleep(60)
"""
ASKS = r'connection.sendall(b"InternalIPC::SendArguments\0")'
HEARS = r'(here / "heard").write_bytes(connection.recv(10_000))'
BEHAVIOURS = {
    "does it": (f'{ASKS}; {HEARS}; connection.sendall(b"InternalIPC::Processing"); connection.sendall(b"Done\\0")', True),
    "speaks otherwise": (r'connection.sendall(b"InternalIPC::Version2\0"); connection.close()', False),
    "hangs up at once": ("connection.close()", False),
    "does not take it": (f"{ASKS}; {HEARS}; connection.close()", False),
    "says that it failed": (rf'{ASKS}; {HEARS}; connection.sendall(b"InternalIPC::Failed\0")', False),
    "dies": (f"{ASKS}; sys.exit()", False),
}  # fmt: skip


@contextmanager
def resident(folder: Path, behaviour: str) -> Iterator[Resident]:
    """One whose program behaves so."""
    program = folder / "soffice.bin"
    text = _PROGRAM.format(python=sys.executable, here=str(folder), behaviour=behaviour)
    program.write_text(text, encoding="utf-8")
    program.chmod(0o755)
    found = Resident(str(program), folder / "profile", {})
    try:
        found.wait()
        yield found
    finally:
        found.end()


@pytest.mark.parametrize("behaviour, is_done", BEHAVIOURS.values(), ids=BEHAVIOURS)
def test_only_who_answers_as_libreoffice_does_is_believed(
    tmp_path: Path, behaviour: str, is_done: bool
) -> None:
    with resident(tmp_path, behaviour) as one:
        assert one.convert(["--convert-to", "pdf"], 20) is is_done


def test_it_hears_what_a_second_process_would_say(tmp_path: Path) -> None:
    with resident(tmp_path, BEHAVIOURS["does it"][0]) as one:
        one.convert(["--outdir", "/一,二\\三", '{"a":1,"b":2}'], 20)
    heard = (tmp_path / "heard").read_bytes().decode()
    start, options = (
        f"InternalIPC::Arguments1{tmp_path.as_uri()}",
        "--headless,--norestore,--nologo,--nolockcheck",
    )
    assert heard == rf'{start},{options},--outdir,/一\,二\\三,{{"a":1\,"b":2}}' + "\0"


def test_one_that_does_not_end_is_given_up(tmp_path: Path) -> None:
    with resident(tmp_path, ASKS) as one, pytest.raises(TimeoutError):
        one.convert([], 0.2)


def test_one_that_was_ended_is_asked_for_nothing(tmp_path: Path) -> None:
    with resident(tmp_path, ASKS) as one:
        one.end()
        assert not one.convert([], 20)


def page(path: Path) -> Path:
    path.parent.mkdir(exist_ok=True)
    document = Document()
    document.add_paragraph("介绍信")
    document.save(str(path))
    return path


@pytest.mark.soffice
def test_no_second_process_is_started_while_it_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(Office(tmp_path, tmp_path / "fonts", 60)) as office:
        started: list[list[str]] = []

        def run(command: list[str], _: float) -> int:
            started.append(command)
            return subprocess.run(command, check=False, env=office._environment, cwd=tmp_path).returncode

        monkeypatch.setattr(office, "_run", run)
        for folder in ("甲,乙", "丙\\丁 #"):
            pdf = office.convert(page(tmp_path / folder / "信，1.docx"))
            assert pdf.parent == tmp_path / folder and page_count(pdf) == 1
        assert started == []
        office._idle[0].end()
        assert page_count(office.convert(page(tmp_path / "戊" / "信.docx"))) == 1
        assert len(started) == 1


def test_it_is_replaced_when_it_has_printed_much(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make_office: Callable[[str], Path]
) -> None:
    monkeypatch.setenv("PATH", str(make_office("asks to be started again")), prepend=":")
    docx = page(tmp_path / "信.docx")
    with closing(Office(tmp_path, tmp_path / "fonts", 60)) as office:
        for _ in range(3):
            office.convert(docx, pages=130)
        assert len(list(tmp_path.glob("profile-*.pid"))) == 2
