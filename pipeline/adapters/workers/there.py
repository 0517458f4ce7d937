"""At a worker: the calls that another machine has made here."""

import pickle
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from threading import Lock
from typing import Any

from distributed import get_worker

from pipeline.adapters.workers.likeness import difference, own

_ONE_AT_A_TIME = Lock()
"""pdfium must not be entered by two threads of a worker."""


@dataclass(frozen=True, slots=True)
class File:
    """An argument that is a file: it is laid down here under the same name for as long as the call takes."""

    name: str
    """Without its folder."""
    data: bytes
    """What is in it."""


@dataclass(frozen=True, slots=True)
class Often:
    """An argument that is sent once for several calls."""

    place: int
    """Among those of this call."""


@dataclass(frozen=True, slots=True)
class Failed:
    """What a call failed with."""

    fault: Exception
    """To be raised where the result is waited for."""


class Unlike(Exception):
    """This machine is not as the one that asks is; the message tells what differs."""


def packed(argument: object) -> bytes:
    """An argument as it travels: a path, and what lies at one, as the file."""
    if isinstance(argument, PathLike):
        path = Path(argument)
        argument = File(path.name, path.read_bytes())
    return pickle.dumps(argument)


def unchanged(argument: bytes) -> bytes:
    """What is sent once, as a call of its own: where it is lost with a worker, another makes it again."""
    return argument


def made(asks: dict[str, str], call: bytes, *often: bytes) -> bytes:
    """Make a call; its result, or what it failed with.

    :param asks: what the machine that asks goes by.
    :param call: the function and its arguments, each packed or :class:`Often`.
    :param often: packed arguments.
    :raises Unlike: this machine differs; then nothing is unpacked.
    """
    what = difference(own(), asks)
    if what:
        raise Unlike(f"{get_worker().address} 的{what}")
    function, arguments = pickle.loads(call)  # noqa: S301 - from whoever may use this cluster
    whole = [pickle.loads(often[each.place] if isinstance(each, Often) else each) for each in arguments]  # noqa: S301
    tempfile.tempdir = get_worker().local_directory  # which Dask clears, even after a worker that was killed
    with _ONE_AT_A_TIME, ExitStack() as stack:
        try:
            return pickle.dumps(function(*(_laid(each, stack) for each in whole)))
        except Exception as fault:  # noqa: BLE001 - raised where the result is waited for
            return pickle.dumps(Failed(fault))


def _laid(argument: Any, stack: ExitStack) -> Any:
    if not isinstance(argument, File):
        return argument
    path = Path(stack.enter_context(tempfile.TemporaryDirectory())) / argument.name
    path.write_bytes(argument.data)
    return path
