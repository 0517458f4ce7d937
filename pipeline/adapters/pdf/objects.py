"""Objects of a PDF on their way into a file: numbered, and copied from other PDFs with all that they point to."""

import io
import zlib
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any

from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from pipeline.adapters.pdf.type1 import numbered_by_content

CATALOG, PAGES, INFO = 1, 2, 3
"""Numbers of the objects that every file has."""
_LEVEL = 6
_PACKING = frozenset({"/Length", "/Filter", "/DecodeParms"})


class Objects(ABC):
    """Numbered objects on their way into a file."""

    def __init__(self) -> None:
        self._next = INFO + 1

    def take(self) -> int:
        """The next free number."""
        self._next += 1
        return self._next - 1

    @abstractmethod
    def write(self, number: int, body: bytes) -> None:
        """Put an object under its number."""

    def put(self, body: bytes) -> int:
        """Put an object under the next number."""
        number = self.take()
        self.write(number, body)
        return number

    def copy(self, value: Any, copied: dict[int, int]) -> str:
        """A value from another PDF as text for this one; what it points to is put here once."""
        if isinstance(value, IndirectObject):
            if value.idnum not in copied:
                number = copied[value.idnum] = self.take()
                target: Any = value.get_object()
                if isinstance(target, StreamObject):
                    unpacked = [item for item in _raw_items(target) if item[0] not in _PACKING]
                    entries = {key: self.copy(item, copied) for key, item in unpacked}
                    data = target.get_data()
                    if "/Length2" in target:
                        data = numbered_by_content(
                            data, int(str(target["/Length1"])), int(str(target["/Length2"]))
                        )
                    self.write(number, packed(data, entries))
                else:
                    self.write(number, self.copy(target, copied).encode("latin-1"))
            return f"{copied[value.idnum]} 0 R"
        if isinstance(value, DictionaryObject):
            entries_text = " ".join(f"{key} {self.copy(item, copied)}" for key, item in _raw_items(value))
            return f"<< {entries_text} >>"
        if isinstance(value, ArrayObject):
            return "[" + " ".join(self.copy(item, copied) for item in list.__iter__(value)) + "]"
        return plain(value).decode("latin-1")


def packed(data: bytes, entries: Mapping[str, str]) -> bytes:
    """A packed stream as an object's body."""
    return stream(zlib.compress(data, _LEVEL), {**entries, "/Filter": "/FlateDecode"})


def stream(data: bytes, entries: Mapping[str, str]) -> bytes:
    """A stream as an object's body."""
    head = "".join([f"{key} {value} " for key, value in entries.items()]).encode("latin-1")
    return b"<< %b/Length %d >>\nstream\n%b\nendstream" % (head, len(data), data)


def _raw_items(value: DictionaryObject) -> Sequence[tuple[str, Any]]:
    """Keys and values with references left as references."""
    return [(str(key), value.raw_get(key)) for key in value]


def plain(value: Any) -> bytes:
    """A PDF value as it stands in a file."""
    buffer = io.BytesIO()
    value.write_to_stream(buffer)
    return buffer.getvalue()
