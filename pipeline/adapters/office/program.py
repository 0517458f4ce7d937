"""Documents → PDF, each call with a deadline."""

import itertools
import os
import shutil
import subprocess
import threading
import time
from collections.abc import Iterable
from functools import cached_property
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from pipeline.adapters.office.fonts import demand_fonts, listed, without_glyph
from pipeline.adapters.office.foundation import digest
from pipeline.adapters.office.resident import LOOK_S, Resident, bound, dying_with_us, kill
from pipeline.errors import ConversionFault, FileFault, Remedy, ToolFault

_FILTER = (
    'pdf:writer_pdf_Export:{"UseLosslessCompression":{"type":"boolean","value":"true"},'
    '"ReduceImageResolution":{"type":"boolean","value":"false"},'
    '"UseTaggedPDF":{"type":"boolean","value":"false"},'
    '"IsSkipEmptyPages":{"type":"boolean","value":"%s"},'
    '"ExportBookmarks":{"type":"boolean","value":"true"}}'
)
_RESTART = (79, 81)
"""Exit codes with which soffice.bin asks to be started again, as it does once in a new profile."""
_ENOUGH = 240
"""Pages after which a LibreOffice that stays is replaced: it gives back no memory."""
_DIGITS = 12
"""Of a digest that tells programs and fonts apart."""
_BETWEEN = ";"
"""What LibreOffice takes for the end of a file's name, wherever it stands."""
_ESCAPE = "%"
"""In a whole path LibreOffice takes ``%20`` for a space; in one from the folder where it works, for what it is."""
_LEAST_FREE = 100_000
"""Bytes on the disk; with less, what LibreOffice wrote may be cut short."""
_PLENTY_FREE = 10_000_000
"""Bytes on the disk; with less, it is the disk that LibreOffice failed for, which may leave room when it gives up."""


class Office:
    """LibreOffice with its own fonts and profiles in a work folder; safe to use from several threads.

    One that stays is started when first wanted, and another when all are busy. A thread that starts one must live as
    long as the office does: the kernel lets a process die with the thread that started it.
    """

    def __init__(self, work: Path, fonts: Path, timeout_s: float, memory_mb: int = 0) -> None:
        """Find the program.

        :param work: a private folder for profiles and the font cache.
        :param fonts: the county's own fonts; need not exist.
        :param timeout_s: seconds that one call may take, besides what :meth:`convert` adds.
        :param memory_mb: megabytes of data that each LibreOffice may have, where ``prlimit`` is there; 0 for no bound.
        :raises ToolFault: LibreOffice is missing.
        :raises FileFault: LibreOffice would read the name of the work folder as several.
        """
        if _BETWEEN in os.fspath(work):
            raise FileFault(
                f"LibreOffice 打不开名字里有“{_BETWEEN}”的文件夹：{work}。请把文件夹改名，去掉“{_BETWEEN}”。"
            )
        self._timeout_s = timeout_s
        self._work = work
        self._fonts = fonts
        self._program = _program()
        self._bound = bound(memory_mb)
        config = (files("pipeline") / "fonts.conf").read_text(encoding="utf-8")
        cache = work / "font-cache"
        (work / "fonts.conf").write_text(
            config.replace("@fonts@", str(fonts)).replace("@cache@", str(cache)), "utf-8"
        )
        self._environment = os.environ | {
            "FONTCONFIG_FILE": str(work / "fonts.conf"),
            "SAL_USE_VCLPLUGIN": "svp",
            "TMPDIR": str(work),
            "HOME": str(work),
        }
        self._running: set[subprocess.Popen[bytes]] = set()
        self._numbers = itertools.count(1)
        self._residents: list[Resident] = []
        self._idle: list[Resident] = []
        self._guard = threading.Lock()
        self._closed = False

    def start(self, count: int = 1) -> None:
        """Start LibreOffice, unless it is; so it is ready when it is wanted.

        :param count: of how many documents that are wanted at once.
        :raises ToolFault: a font that the letters need is missing.
        """
        with self._guard:
            while len(self._residents) < count and not self._closed:
                if not self._residents:
                    demand_fonts(self._environment)
                self._idle.append(self._another())

    @cached_property
    def foundation(self) -> str:
        """A digest of all that a page depends on besides its document."""
        return digest(Path(self._program), self._fonts)

    def convert(self, docx: Path, pages: int = 1, *, with_blanks: bool = False) -> Path:
        """The PDF of a docx, beside it.

        :param pages: about how many pages it has; each gives the call half a second more.
        :param with_blanks: whether a page is kept that is left blank so that the next is a back.
        :raises FileFault: the disk is full; LibreOffice would not say so.
        :raises ConversionFault: no PDF, or not in time; message without a full stop, for the caller to build on.
        """
        self.start()
        pdf = docx.with_suffix(".pdf")
        pdf.unlink(missing_ok=True)
        resident = self._take()
        is_sound = False
        try:
            resident.wait()
            own = os.path.relpath(docx, self._work) if _ESCAPE in os.fspath(docx) else docx
            command = [
                *self._bound, *dying_with_us(), resident.messenger, *resident.options, "--nodefault",
                "--convert-to", _FILTER % str(not with_blanks).lower(), "--outdir", str(Path(own).parent), str(own),
            ]  # fmt: skip
            try:
                if self._run(command, self._timeout_s + pages / 2) in _RESTART:
                    self._run(command, self._timeout_s + pages / 2)
            finally:
                self._refuse_full_disk(_LEAST_FREE)
            if not pdf.is_file() or pdf.stat().st_size == 0:
                self._refuse_full_disk(_PLENTY_FREE)
                raise ConversionFault("LibreOffice 没有生成 PDF")
            is_sound = True
        finally:
            self._give_back(resident, pages, is_sound=is_sound)
        return pdf

    @property
    def likeness(self) -> dict[str, str]:
        """By what two machines' pages come out alike: LibreOffice's build, and a digest of all fonts that it finds."""
        build = Path(self._program).with_name("versionrc")
        program = build if build.is_file() else Path(self._program)
        fonts = sorted(
            listed(self._environment, ":", "-f", "%{family}|%{style}|%{fontversion}\n").splitlines()
        )
        return {
            "LibreOffice": sha256(program.read_bytes()).hexdigest()[:_DIGITS],
            "字体": sha256("\n".join(fonts).encode()).hexdigest()[:_DIGITS],
        }

    def without_glyph(self, characters: Iterable[str]) -> set[str]:
        """Those of some characters that no font shows, and those that show nothing by their nature."""
        return without_glyph(characters, self._environment)

    def rest(self) -> None:
        """End those that wait for a document, each with 100 MB; when one is wanted, another is started."""
        with self._guard:
            while self._idle:
                self._end(self._idle.pop())

    def close(self) -> None:
        """Kill what is still running; no call can be started any more."""
        with self._guard:
            self._closed = True
            for process in self._running:
                kill(process)
            for resident in self._residents:
                resident.end()

    def _refuse_full_disk(self, least: int) -> None:
        if shutil.disk_usage(self._work).free < least:
            raise FileFault(f"磁盘满了，{self._work} 所在的盘写不了文件。请腾出磁盘空间再试。")

    def _take(self) -> Resident:
        with self._guard:
            if self._closed:
                raise ConversionFault("转换已中止")
            return self._idle.pop(0) if self._idle else self._another()

    def _give_back(self, resident: Resident, pages: int, *, is_sound: bool) -> None:
        resident.pages += pages
        with self._guard:
            if is_sound and resident.pages < _ENOUGH and not self._closed:
                self._idle.append(resident)
            else:
                self._end(resident)

    def _another(self) -> Resident:
        folder = self._work / f"profile-{next(self._numbers)}"
        self._residents.append(Resident(self._program, folder, self._environment, self._bound))
        return self._residents[-1]

    def _end(self, resident: Resident) -> None:
        resident.end()
        self._residents.remove(resident)

    def _run(self, command: list[str], timeout_s: float) -> int:
        with self._guard:
            if self._closed:
                raise ConversionFault("转换已中止")
            try:
                process = subprocess.Popen(
                    command, env=self._environment, cwd=self._work, start_new_session=True,
                    stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                )  # fmt: skip
            except OSError as fault:
                raise ToolFault(
                    f"LibreOffice 打不开（{fault.strerror}）。请重新安装。", Remedy.SET_UP
                ) from fault
            self._running.add(process)
        deadline = time.monotonic() + timeout_s
        try:
            while (code := process.poll()) is None:
                if time.monotonic() > deadline:
                    raise ConversionFault(f"LibreOffice 超过{timeout_s:.0f}秒没有结束")
                time.sleep(LOOK_S)  # Popen.wait would hear of it 25 ms late
            return code
        finally:
            with self._guard:
                kill(process)
                self._running.discard(process)


def _program() -> str:
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is None:
        raise ToolFault("没有 LibreOffice（soffice）。请管理员安装 libreoffice-writer-nogui。", Remedy.SET_UP)
    # The wrapper script would leave soffice.bin behind when it is killed.
    binary = Path(found).resolve().with_name("soffice.bin")
    return str(binary) if binary.is_file() else found
