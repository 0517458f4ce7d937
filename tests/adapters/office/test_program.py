import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from docx import Document
from support.desk import processes_of, until
from support.fakes import calls, path_without_office
from support.paper import fonts, page_count

from pipeline.adapters.office import Office
from pipeline.adapters.pdf.reading import read_pages
from pipeline.errors import ConversionFault, ExitCode, ToolFault

MakeOffice = Callable[[str], Path]


@contextmanager
def opened(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    folder: Path | None,
    timeout_s: float = 60,
    memory_mb: int = 0,
) -> Iterator[Office]:
    """An office whose ``soffice`` lies in ``folder``."""
    if folder:
        monkeypatch.setenv("PATH", str(folder), prepend=":")
    work = tmp_path / "work"
    work.mkdir(parents=True)
    office = Office(work, tmp_path / "fonts", timeout_s, memory_mb)
    try:
        yield office
    finally:
        office.close()


def letter(tmp_path: Path, text: str = "介绍信", font: str = "") -> Path:
    document = Document()
    run = document.add_paragraph().add_run(text)
    if font:
        from docx.oxml.ns import qn

        run.font.name = font
        run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    path = tmp_path / "work" / "信.docx"
    document.save(str(path))
    return path


def test_a_docx_becomes_a_pdf_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, remembering: Path
) -> None:
    with opened(tmp_path, monkeypatch, remembering) as office:
        pdf = office.convert(letter(tmp_path))
        assert pdf == tmp_path / "work" / "信.pdf" and page_count(pdf) == 1


@pytest.mark.soffice
@pytest.mark.parametrize(
    "official, stand_in",
    [
        ("仿宋_GB2312", "FandolFang"),
        ("仿宋", "FandolFang"),
        ("楷体_GB2312", "LXGWWenKai"),
        ("方正小标宋简体", "NotoSerifCJK"),
        ("黑体", "NotoSansCJK"),
        ("宋体", "NotoSerifCJK"),
    ],
)
def test_official_fonts_are_set_in_their_free_stand_ins_and_embedded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, remembering: Path, official: str, stand_in: str
) -> None:
    with opened(tmp_path, monkeypatch, remembering) as office:
        found = fonts(office.convert(letter(tmp_path, "岚县介绍信", official)))
    assert found and all(embedded for _, embedded in found)
    assert any(stand_in in name for name, _ in found), found


def test_without_libreoffice_the_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", path_without_office(tmp_path / "bin"))
    with pytest.raises(ToolFault, match="libreoffice-writer-nogui") as found:
        Office(tmp_path, tmp_path / "fonts", 5)
    assert found.value.exit_code == ExitCode.TOOL


def test_without_the_font_of_the_letters_its_package_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, remembering: Path
) -> None:
    matcher = tmp_path / "bin" / "fc-match"
    matcher.parent.mkdir()
    matcher.write_text("#!/bin/sh\nprintf 'DejaVu Sans'\n")
    matcher.chmod(0o755)
    monkeypatch.setenv("PATH", f"{matcher.parent}:{remembering}", prepend=":")
    with pytest.raises(ToolFault, match="texlive-lang-chinese"):
        Office(tmp_path, tmp_path / "fonts", 5).start()


def test_without_fontconfig_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, remembering: Path
) -> None:
    path = path_without_office(tmp_path / "bin")
    (tmp_path / "bin" / "fc-match").unlink()
    monkeypatch.setenv("PATH", f"{remembering}:{path}")
    with pytest.raises(ToolFault, match="fontconfig"):
        Office(tmp_path, tmp_path / "fonts", 5).start()


def test_one_that_has_printed_much_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, remembering: Path
) -> None:
    with opened(tmp_path, monkeypatch, remembering) as office:
        office.convert(letter(tmp_path), 239)
        [first] = office._residents
        office.convert(letter(tmp_path), 1)
        assert office._residents == [], "one that has ended is none of those that are there"
        office.convert(letter(tmp_path), 1)
        [second] = office._residents
        assert second is not first


@pytest.mark.soffice
def test_one_that_is_not_wanted_for_a_while_ends_and_another_prints_the_next_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(tmp_path, monkeypatch, None) as office:
        office.convert(letter(tmp_path))
        assert any("soffice" in line for line in processes_of(tmp_path))
        office.rest()
        assert not any("soffice" in line for line in processes_of(tmp_path))
        assert page_count(office.convert(letter(tmp_path))) == 1


@pytest.mark.parametrize("behaviour", ["gives nothing", "gives an empty file", "crashes"])
def test_an_exit_without_a_pdf_is_a_failure_whatever_the_exit_code_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make_office: MakeOffice, behaviour: str
) -> None:
    with (
        opened(tmp_path, monkeypatch, make_office(behaviour)) as office,
        pytest.raises(ConversionFault, match="没有生成"),
    ):
        office.convert(letter(tmp_path))


def test_the_pdf_of_an_earlier_call_is_not_taken_for_the_result(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make_office: MakeOffice
) -> None:
    with opened(tmp_path, monkeypatch, make_office("gives nothing")) as office:
        docx = letter(tmp_path)
        docx.with_suffix(".pdf").write_bytes(b"%PDF-1.7 old")
        with pytest.raises(ConversionFault):
            office.convert(docx)
        assert not docx.with_suffix(".pdf").exists()


@pytest.mark.parametrize("behaviour", ["gives a corrupt file", "gives half a file"])
def test_a_damaged_pdf_is_found_when_it_is_read_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make_office: MakeOffice, behaviour: str
) -> None:
    with opened(tmp_path, monkeypatch, make_office(behaviour)) as office:
        pdf = office.convert(letter(tmp_path))
        with pytest.raises(ConversionFault, match="不是完好的 PDF"):
            list(read_pages(pdf))


def test_a_hanging_call_is_killed_with_its_children_at_the_deadline(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make_office: MakeOffice
) -> None:
    with opened(tmp_path, monkeypatch, make_office("hangs"), timeout_s=0.5) as office:
        docx = letter(tmp_path)
        start = time.monotonic()
        with pytest.raises(ConversionFault, match="超过1秒"):
            office.convert(docx, pages=1)
        assert 0.9 < time.monotonic() - start < 15
        until(lambda: processes_of(docx) == [], 10, "its child gone too")


def test_one_that_wants_more_memory_than_it_may_have_gives_no_pdf(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make_office: MakeOffice
) -> None:
    greedy = make_office("wants memory")
    with opened(tmp_path, monkeypatch, greedy) as office:
        assert office.convert(letter(tmp_path)).exists()
        docx = letter(tmp_path)
    with (
        opened(tmp_path / "bound", monkeypatch, greedy, memory_mb=200) as office,
        pytest.raises(ConversionFault, match="没有生成 PDF"),
    ):
        office.convert(docx)


def test_closing_kills_what_runs_and_lets_nothing_start_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make_office: MakeOffice
) -> None:
    with opened(tmp_path, monkeypatch, make_office("hangs")) as office:
        docx = letter(tmp_path)
        faults: list[ConversionFault] = []

        def convert() -> None:
            try:
                office.convert(docx)
            except ConversionFault as fault:
                faults.append(fault)

        worker = threading.Thread(target=convert)
        worker.start()
        until(lambda: len(processes_of(docx)) == 2, 20, "soffice and its child")
        office.close()
        worker.join(10)
        assert len(faults) == 1
        until(lambda: processes_of(docx) == [], 10, "both gone")
        with pytest.raises(ConversionFault, match="已中止"):
            office.convert(docx)


def test_it_is_started_again_once_when_a_new_profile_asks_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make_office: MakeOffice
) -> None:
    folder = make_office("asks to be started again")
    with opened(tmp_path, monkeypatch, folder) as office:
        assert page_count(office.convert(letter(tmp_path))) == 1
    assert len(calls(folder)) == 2


def test_no_libreoffice_survives_the_kill_of_its_caller(tmp_path: Path, make_office: MakeOffice) -> None:
    folder = make_office("hangs alone")
    (tmp_path / "work").mkdir()
    docx = letter(tmp_path)
    program = "import sys; from pathlib import Path; from pipeline.adapters.office import Office\nOffice(Path(sys.argv[1]), Path('x'), 99).convert(Path(sys.argv[2]))"
    caller = subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path / "work"), str(docx)],
        env=os.environ | {"PATH": f"{folder}:{os.environ['PATH']}"},
    )
    until(lambda: any("soffice" in line for line in processes_of(docx)), 20, "soffice started")
    caller.kill()
    caller.wait()
    until(lambda: not any("soffice" in line for line in processes_of(docx)), 10, "soffice gone")


@pytest.mark.soffice
def test_the_one_that_stays_is_brought_a_document_and_another_does_without_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[str] = []
    run = Office._run
    monkeypatch.setattr(
        Office,
        "_run",
        lambda office, command, timeout_s: started.extend(command) or run(office, command, timeout_s),
    )
    with opened(tmp_path, monkeypatch, None) as office:
        assert page_count(office.convert(letter(tmp_path))) == 1
        assert "oosplash" in {Path(word).name for word in started}, (
            "soffice.bin takes 20 times as long for it"
        )
        [resident] = office._residents
        assert resident._process
        os.killpg(resident._process.pid, signal.SIGKILL)
        resident._process.wait()
        started.clear()
        assert page_count(office.convert(letter(tmp_path))) == 1
        assert "oosplash" not in {Path(word).name for word in started}, "its child would not die with us"


@pytest.mark.soffice
def test_a_start_does_not_try_out_how_shapes_are_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(tmp_path, monkeypatch, None) as office:
        office.convert(letter(tmp_path))
        [user] = (tmp_path / "work").glob("profile-*/user")
        assert (user / "registrymodifications.xcu").exists() and (user / "extensions").exists()
        assert not (user / "GraphicsRenderTests.log").exists()


def test_nothing_of_the_system_is_changed_and_everything_lies_in_the_work_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, remembering: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    with opened(tmp_path, monkeypatch, remembering) as office:
        office.convert(letter(tmp_path))
    assert list((tmp_path / "home").iterdir()) == []
