"""Measured forms kept on the disk for later runs: text, each file under the digest of what it depends on.

A file that is damaged, or was put there by hand, is not believed: it begins with the digest of all that follows, and
that begins with the name under which it lies.
"""

import contextlib
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pipeline.adapters.form.reading import Type
from pipeline.adapters.form.setting import Form
from pipeline.adapters.form.type_case import Slot

MOST = 12
"""Forms that are kept; the one longest unused goes for a new one."""
_KEY = "key"


class Forms:
    """Forms in a folder, each as values of JSON."""

    def __init__(self, folder: Path) -> None:
        """Use a folder, which need not exist."""
        self._folder = folder

    def find(self, key: str) -> dict[str, Any] | None:
        """What is kept under a key, in hexadecimal; None where nothing is that can be believed."""
        path = self._folder / f"{key}.json"
        try:
            seal, _, content = path.read_bytes().partition(b"\n")
            if seal.decode("ascii") != hashlib.sha256(content).hexdigest():
                return None
            found: dict[str, Any] = json.loads(content)
            if found.pop(_KEY) != key:
                return None
            path.touch()
        except (OSError, ValueError, LookupError, TypeError, AttributeError):
            return None
        return found

    def keep(self, key: str, content: Mapping[str, Any]) -> None:
        """Keep values of JSON; a disk that refuses only has the next run measure again."""
        data = json.dumps({_KEY: key, **content}, ensure_ascii=False, separators=(",", ":")).encode()
        path = self._folder / f"{key}.json"
        new = path.with_suffix(".new")  # the same name again after a crash leaves nothing behind
        with contextlib.suppress(OSError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            new.write_bytes(hashlib.sha256(data).hexdigest().encode() + b"\n" + data)
            new.replace(path)
            known = sorted(self._folder.glob("*.json"), key=lambda one: one.stat().st_mtime_ns, reverse=True)
            for old in known[MOST:]:
                old.unlink()


def plain_form(form: Form) -> dict[str, Any]:
    """A form as values of JSON."""
    slots = [{**asdict(slot), "baselines_pt": list(slot.baselines_pt.values())} for slot in form.slots]
    return {"slots": slots, "content": form.content.decode("latin-1")}


def form_of(plain: Mapping[str, Any]) -> Form:
    """The form of some values of JSON."""
    return Form(map(_slot, plain["slots"]), plain["content"].encode("latin-1"))


def _slot(plain: Mapping[str, Any]) -> Slot:
    types, rare = (
        {char: Type(**glyph) for char, glyph in plain[name].items()} for name in ("types", "rare_types")
    )
    lines = {len(lines): tuple(lines) for lines in plain["baselines_pt"]}
    return Slot(**{
        **plain, "colour": tuple(plain["colour"]), "baselines_pt": lines, "types": types, "rare_types": rare,
    })  # fmt: skip
