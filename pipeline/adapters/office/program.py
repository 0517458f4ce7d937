"""Documents → PDF, each call with a deadline."""

import os
import shutil
import subprocess
import threading
import unicodedata
from collections.abc import Iterable
from functools import cached_property
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from pipeline.adapters.office.foundation import digest
from pipeline.adapters.office.resident import Resident, bound, dying_with_us, kill
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
_INVISIBLE = ("Cc", "Cf", "Co", "Cs", "Mn", "Me")
"""Categories of Unicode: controls, formats, private use, halves of pairs, marks that stand on other characters."""
_FONTS = {
    "仿宋_GB2312": ("FandolFang", "texlive-lang-chinese"),
    "方正小标宋简体": ("Noto Serif CJK", "fonts-noto-cjk"),
}

_DIGITS = 12
"""Of a digest that tells programs and fonts apart."""
_LEAST_FREE = 100_000
"""Bytes on the disk; with less, what LibreOffice wrote may be cut short."""
_ENOUGH = 10_000_000
"""Bytes on the disk; with less, it is the disk that LibreOffice failed for, which may leave room when it gives up."""


class Office:
    """LibreOffice with its own fonts and profiles in a work folder; safe to use from several threads.

    One that stays is started at once, and another when all are busy. A thread that starts one must live as long as
    the office does: the kernel lets a process die with the thread that started it.
    """

    def __init__(self, work: Path, fonts: Path, timeout_s: float, memory_mb: int = 0) -> None:
        """Find the program and the fonts.

        :param work: a private folder for profiles and the font cache.
        :param fonts: the county's own fonts; need not exist.
        :param timeout_s: seconds that one call may take, besides what :meth:`convert` adds.
        :param memory_mb: megabytes of data that each LibreOffice may have, where ``prlimit`` is there; 0 for no bound.
        :raises ToolFault: LibreOffice or a font that the letters need is missing.
        """
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
        self._residents: list[Resident] = []
        self._idle: list[Resident] = []
        self._guard = threading.Lock()
        self._closed = False
        self._demand_fonts()
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
        pdf = docx.with_suffix(".pdf")
        pdf.unlink(missing_ok=True)
        resident = self._take()
        is_sound = False
        try:
            resident.wait()
            command = [
                *self._bound, *dying_with_us(), resident.messenger, *resident.options, "--nodefault",
                "--convert-to", _FILTER % str(not with_blanks).lower(), "--outdir", str(docx.parent), str(docx),
            ]  # fmt: skip
            try:
                if self._run(command, self._timeout_s + pages / 2) in _RESTART:
                    self._run(command, self._timeout_s + pages / 2)
            finally:
                self._refuse_full_disk(_LEAST_FREE)
            if not pdf.is_file() or pdf.stat().st_size == 0:
                self._refuse_full_disk(_ENOUGH)
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
        fonts = sorted(self._listed(":", "-f", "%{family}|%{style}|%{fontversion}\n").splitlines())
        return {
            "LibreOffice": sha256(program.read_bytes()).hexdigest()[:_DIGITS],
            "字体": sha256("\n".join(fonts).encode()).hexdigest()[:_DIGITS],
        }

    def without_glyph(self, characters: Iterable[str]) -> set[str]:
        """Those of some characters that no font shows, and those that show nothing by their nature.

        Fonts are asked only for what a font of official documents need not have.
        """
        unusual = {char for char in characters if not char.isascii() and not _is_in_gb2312(char)}
        invisible = {char for char in unusual if unicodedata.category(char) in _INVISIBLE}
        return invisible | {
            char for char in unusual - invisible if not self._listed(f":charset={ord(char):x}", "family")
        }

    def _listed(self, *asked: str) -> str:
        lister = shutil.which("fc-list")
        if lister is None:
            raise ToolFault("没有 fontconfig（fc-list）。请安装 fontconfig。", Remedy.SET_UP)
        return subprocess.run(
            [lister, *asked],
            env=self._environment,
            capture_output=True,
            text=True,
            check=False,
        ).stdout

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
            return self._idle.pop() if self._idle else self._another()

    def _give_back(self, resident: Resident, pages: int, *, is_sound: bool) -> None:
        resident.pages += pages
        with self._guard:
            if is_sound and resident.pages < _ENOUGH and not self._closed:
                self._idle.append(resident)
            else:
                resident.end()

    def _another(self) -> Resident:
        folder = self._work / f"profile-{len(self._residents) + 1}"
        self._residents.append(Resident(self._program, folder, self._environment, self._bound))
        return self._residents[-1]

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
        try:
            return process.wait(timeout_s)
        except subprocess.TimeoutExpired:
            raise ConversionFault(f"LibreOffice 超过{timeout_s:.0f}秒没有结束") from None
        finally:
            with self._guard:
                kill(process)
                self._running.discard(process)

    def _demand_fonts(self) -> None:
        """Refuse to go on where a page would silently be set in another font."""
        matcher = shutil.which("fc-match")
        if matcher is None:
            raise ToolFault("没有 fontconfig（fc-match）。请安装 fontconfig。", Remedy.SET_UP)
        for official, (substitute, package) in _FONTS.items():
            found = subprocess.run(
                [matcher, "-f", "%{family}", official],
                env=self._environment,
                capture_output=True,
                text=True,
                check=False,
            ).stdout
            if substitute not in found and official not in found:
                raise ToolFault(
                    f"没有“{official}”，也没有代替它的 {substitute}。请安装 {package}。", Remedy.SET_UP
                )


def _program() -> str:
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is None:
        raise ToolFault("没有 LibreOffice（soffice）。请管理员安装 libreoffice-writer-nogui。", Remedy.SET_UP)
    # The wrapper script would leave soffice.bin behind when it is killed.
    binary = Path(found).resolve().with_name("soffice.bin")
    return str(binary) if binary.is_file() else found


def _is_in_gb2312(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
