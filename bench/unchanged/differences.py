"""Two folders of workspaces held against each other, file by file."""

import json
import re
import zipfile
from collections.abc import Iterable
from fnmatch import fnmatch
from itertools import zip_longest
from pathlib import Path
from typing import Any


def files_of(root: Path, folders: Iterable[str]) -> dict[str, Path]:
    """Every file below some folders of every desk, by its place."""
    found = [path for folder in folders for path in root.glob(f"*/{folder}/**/*") if path.is_file()]
    return {str(path.relative_to(root)): path for path in sorted(found)}


def compare(before: Path, after: Path, folders: Iterable[str], meant: Iterable[str] = ()) -> int:
    """Say what differs between two folders of desks.

    :param meant: patterns of places where a difference is meant.
    :return: how many other files differ.
    """
    old, new = files_of(before, folders), files_of(after, folders)
    equal = expected = differing = 0
    for place in sorted(old | new):
        if place in old and place in new and is_same(old[place], new[place]):
            equal += 1
        elif any(fnmatch(place, pattern) for pattern in meant):
            expected += 1
        else:
            differing += 1
            if place in old and place in new:
                print(f"  different: {place}: {difference(old[place], new[place])}")
            else:
                print(f"  only {'here' if place in new else 'there'}: {place}")
    print(f"  {equal} files are equal, {expected} differ as they are meant to, {differing} otherwise")
    return differing


def is_same(old: Path, new: Path) -> bool:
    """Whether two files are equal; what is told to programs may say more than it did, in keys of its own."""
    if old.read_bytes() == new.read_bytes():
        return True
    if old.parent.name != "told":
        return False
    (code, was), (other, now) = (path.read_text("utf-8").split("\n", 1) for path in (old, new))
    return code == other and says_as_much(json.loads(was or "null"), json.loads(now or "null"))


def says_as_much(was: Any, now: Any) -> bool:
    """Whether a value of JSON holds all that another one does, as it was and where it was."""
    if isinstance(was, dict) and isinstance(now, dict):
        return all(key in now and says_as_much(part, now[key]) for key, part in was.items())
    if isinstance(was, list) and isinstance(now, list):
        return len(was) == len(now) and all(map(says_as_much, was, now))
    return type(was) is type(now) and bool(was == now)


def difference(old: Path, new: Path) -> str:
    """The first part of two files that differs, and how."""
    for (name, first), (other, second) in zip_longest(parts(old), parts(new), fillvalue=("the end", "")):
        if (name, first) != (other, second):
            alike = next(
                (place for place, (one, two) in enumerate(zip(first, second, strict=False)) if one != two), 0
            )
            start = max(alike - 20, 0)
            return f"{name}: {first[start : start + 80]!r} | {other}: {second[start : start + 80]!r}"
    return "how it is packed"


def parts(path: Path) -> list[tuple[str, str]]:
    """Names and text of what a file is made of: elements in a docx or xlsx, objects of a PDF, lines of anything else."""
    content = path.read_bytes()
    if content.startswith(b"PK"):
        with zipfile.ZipFile(path) as archive:
            members = [(name, archive.read(name)) for name in sorted(archive.namelist())]
        pieces = [(name, piece) for name, member in members for piece in re.split(rb"(?<=>)(?=<)", member)]
    else:
        kind, mark = ("object", rb"(?<=endobj)\s+") if content.startswith(b"%PDF") else ("line", rb"\n")
        pieces = [(f"{kind} {number}", piece) for number, piece in enumerate(re.split(mark, content), 1)]
    return [(name, piece.decode("utf-8", "backslashreplace")) for name, piece in pieces]
