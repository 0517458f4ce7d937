"""Commands without the wait for Python to start: a process that has loaded the product forks one for each.

Half of the suite's processor time would otherwise be imports. What is forked here is told its arguments, folder,
environment and output, and ends as any Python does; what a test needs started from nothing, ``Desk.start`` starts.

``ready.py SOCKET`` is the process that waits; it ends when its standard input does.
"""

import atexit
import codecs
import gc
import json
import logging
import multiprocessing.util
import os
import runpy
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

from rich.cells import cell_len

FORMS = "FORMS_OF_ALL"
"""Names in the environment the folder where forms are kept; without it each desk keeps its own."""


def run(
    arguments: Sequence[str], environment: Mapping[str, str], folder: Path, timeout_s: float
) -> tuple[int, str, str]:
    """Run ``python ARGUMENTS`` in a folder; exit code (negative: the signal), standard output and error."""
    with tempfile.TemporaryDirectory() as scratch, socket.socket(socket.AF_UNIX) as connection:
        out, err = Path(scratch, "out"), Path(scratch, "err")
        order = [list(arguments), dict(environment), str(folder), str(out), str(err)]
        connection.settimeout(timeout_s)
        connection.connect(waiting())
        with connection.makefile("rw", encoding="utf-8") as talk:
            print(json.dumps(order), file=talk, flush=True)
            pid = int(talk.readline())
            try:
                code = int(talk.readline())
            except TimeoutError:
                os.kill(pid, signal.SIGABRT)  # PYTHONFAULTHANDLER tells where it hangs
                time.sleep(1)
                raise AssertionError(
                    f"still running after {timeout_s} s\n{out.read_text('utf-8')}\n{err.read_text('utf-8')}"
                ) from None
        return code, out.read_text("utf-8"), err.read_text("utf-8")


@cache
def waiting() -> str:
    """The socket of this process's own waiting one."""
    folder = tempfile.mkdtemp(prefix="ready-")
    path = f"{folder}/socket"
    process = subprocess.Popen(
        [sys.executable, __file__, path], stdin=subprocess.PIPE, env=os.environ | {"PYTHONFAULTHANDLER": "1", "PYTHONPATH": str(Path(__file__).parents[2])},
        preexec_fn=heed_interrupts,  # noqa: PLW1509 - it only sets a signal
    )  # fmt: skip
    assert process.stdin is not None
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    atexit.register(process.wait)
    atexit.register(process.stdin.close)
    while not Path(path).exists():
        assert process.poll() is None, "it ended"
        time.sleep(0.01)
    return path


def heed_interrupts() -> None:
    """As in a terminal: what a shell starts in the background, and all that it starts, ignores Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _order(path: str) -> list[Any] | None:
    """Wait for orders, fork for each; in the forked process its order, here None when nobody is there any more.

    Who asked is told the forked process's number, and its exit code once it has ended.
    """
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(f"{path}.new")
        server.listen()
        Path(f"{path}.new").rename(path)
        running: dict[int, tuple[int, socket.socket]] = {}
        while True:
            wanted, _, _ = select.select([server, sys.stdin, *running], [], [])
            if sys.stdin in wanted:
                return None
            for end in running.keys() & set(wanted):
                pid, connection = running.pop(end)
                os.close(end)
                _tell(connection, os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
                connection.close()
            if server in wanted:
                connection, _ = server.accept()
                with connection.makefile(encoding="utf-8") as talk:
                    order: list[Any] = json.loads(talk.readline())
                pid = os.fork()
                if pid == 0:
                    for end, (_, other) in running.items():
                        os.close(end)
                        other.close()
                    connection.close()
                    return order
                _tell(connection, pid)
                running[os.pidfd_open(pid)] = (pid, connection)


def _tell(connection: socket.socket, number: int) -> None:
    with suppress(OSError):  # nobody waits for it any more
        connection.sendall(f"{number}\n".encode())


def _obey(arguments: list[str], environment: dict[str, str], folder: str, out: str, err: str) -> None:
    for place, (name, flags) in enumerate(
        ((os.devnull, os.O_RDONLY), (out, os.O_WRONLY | os.O_CREAT), (err, os.O_WRONLY | os.O_CREAT))
    ):
        file = os.open(name, flags)
        os.dup2(file, place)
        os.close(file)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    tempfile.tempdir = None
    if arguments[0] == "-m":
        sys.argv = arguments[1:]
        runpy.run_module(arguments[1], run_name="__main__", alter_sys=True)
    elif arguments[0] == "-c":
        sys.argv = ["-c", *arguments[2:]]
        exec(compile(arguments[1], "-c", "exec"), {"__name__": "__main__"})
    else:
        sys.argv = arguments
        runpy.run_path(arguments[0], run_name="__main__")


def _leave(code: int) -> None:
    """End as Python does, without taking down what it has loaded: half of what a short command takes would be that."""
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def load_product() -> None:
    """Load every command and all that it needs, at once or when it first prints, packs or reads something; the templates."""
    import pipeline.adapters.sheet
    import pipeline.cli
    import pipeline.jobs
    from pipeline.adapters.word import open_template

    for package in (pipeline.cli, pipeline.jobs, pipeline.adapters.sheet):
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            import_module(module.name)
    for name in (
        "_strptime",
        "PIL.ImageFile",
        "cryptography.hazmat.primitives.asymmetric.ed25519",
        "cryptography.hazmat.primitives.kdf.hkdf",
        "multiprocessing.popen_fork",
        "multiprocessing.synchronize",
        "psycopg",
        "pypdf.filters",
        "rich._emoji_codes",
        "rich.progress",
    ):
        import_module(name)
    for encoding in ("ascii", "cp437", "gb18030", "gb2312", "utf_8_sig", "utf_16_be"):
        codecs.lookup(encoding)
    for path in (Path(__file__).parents[3] / "templates").glob("*.docx"):
        assert open_template(path).said
    assert cell_len("字") == 2


def leave_unfreed() -> None:
    """Of what was loaded, end what is still going on; to free it all would cost a short command a sixth of its time."""
    atexit._clear()
    for end in (logging.shutdown, multiprocessing.util._exit_function):  # last registered, first called
        atexit.register(end)


def share_forms() -> None:
    """Have all desks keep their letters' forms in one folder: half of what a small run takes is measuring."""
    from pipeline.workspace import Workspace

    own = Workspace.forms
    Workspace.forms = property(  # type: ignore[assignment, method-assign]
        lambda self: Path(os.environ[FORMS]) if os.environ.get(FORMS) else own.fget(self)  # type: ignore[attr-defined]
    )


if __name__ == "__main__":
    load_product()
    leave_unfreed()
    share_forms()
    language = os.environ["LANGUAGE"]  # set by the product as it is loaded
    gc.freeze()  # or the first collection in each forked process would copy it all
    found = _order(sys.argv[1])
    if found is not None:
        words, environment, *rest = found
        try:
            _obey(words, {"LANGUAGE": language} | environment, *rest)
        except SystemExit as end:
            if not isinstance(end.code, int | None):
                raise
            _leave(end.code or 0)
        _leave(0)
