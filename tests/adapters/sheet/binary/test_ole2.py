"""OLE2 containers made to do harm: refused in words, soon, and without filling the memory."""

import struct
import tracemalloc
from collections.abc import Callable
from time import process_time

import pytest
from support.inputs import makes

from pipeline.adapters.sheet import read_sheets
from pipeline.adapters.sheet.binary.ole2 import Container
from pipeline.adapters.sheet.refusal import SheetProblem
from pipeline.domain.model import Problem

SECTOR = 512
FREE = 0xFFFFFFFF
END = 0xFFFFFFFE
SHIFT, FATS, DIRECTORY, MINI, DIFAT = 30, 44, 48, 60, 68
"""Places in the header."""
NEXT, SIZE = SECTOR, 2 * SECTOR + 128 + 120
"""Places of the first sector's successor in the table, and of the first stream's size, in what ``ole2`` makes."""


def put(data: bytes, *changes: tuple[int, str, int]) -> bytes:
    changed = bytearray(data)
    for place, kind, number in changes:
        struct.pack_into(kind, changed, place, number)
    return bytes(changed)


def biting() -> bytes:
    """A stream of almost 4 GB, whose first sector is its last."""
    return put(makes.ole2(Workbook=b"x"), (NEXT + 4 * 2, "<I", 2), (SIZE, "<I", 0xFFFFFFF0))


def looped_list_of_tables() -> bytes:
    """A table said to have two thousand million sectors, listed in one that leads to itself."""
    data = makes.ole2(Workbook=b"x")
    fats = 109 + 127 * 10_000_000
    own = len(data) // SECTOR - 1
    header = put(data, (FATS, "<I", fats), (DIFAT, "<I", own), (DIFAT + 4, "<I", 10_000_000))
    return header + struct.pack("<128I", *[0] * 127, own)


def endless_mini_table() -> bytes:
    changed = put(makes.ole2(Workbook=b"x"), (SIZE, "<I", 100), (MINI, "<I", 2), (MINI + 4, "<I", 0xFFFFFFFF))
    return put(changed, (NEXT + 4 * 2, "<I", 2))


def crowded(count: int = 50_000) -> bytes:
    """So many streams of one byte, in a tree as flat as can be."""
    sectors = -(-(count + 1) * 128 // SECTOR)
    fats = -(-sectors // 127)
    entries = [_entry("Root Entry", 5, FREE, FREE, 1, 0)]
    for number in range(1, count + 1):
        kids = (kid if kid <= count else FREE for kid in (2 * number, 2 * number + 1))
        entries.append(_entry(f"s{number}", 2, *kids, FREE, number))
    chain = [*range(1, sectors), END] + [FREE] * (fats * 128 - sectors)
    head = put(makes.ole2()[:SECTOR], (FATS, "<I", fats), (DIRECTORY, "<I", 0))
    listed = [*range(sectors, sectors + fats)] + [FREE] * (109 - fats)
    body = b"".join(entries).ljust(sectors * SECTOR, b"\0")
    return head[:76] + struct.pack("<109I", *listed) + body + struct.pack(f"<{len(chain)}I", *chain)


def _entry(name: str, kind: int, left: int, right: int, child: int, start: int) -> bytes:
    raw = name.encode("utf-16-le")
    tree = struct.pack("<HBBIII", len(raw) + 2, kind, 1, left, right, child)
    return raw.ljust(64, b"\0") + tree + bytes(36) + struct.pack("<III", start, min(start, 1), 0)


HARM: dict[str, Callable[[], bytes]] = {
    "stream": biting,
    "directory": lambda: put(makes.ole2(Workbook=b"x"), (NEXT + 4 * 1, "<I", 1)),
    "list of tables": looped_list_of_tables,
    "mini table": endless_mini_table,
    "sectors of one byte": lambda: put(makes.ole2(Workbook=b"x"), (SHIFT, "<H", 0)),
    "sectors of four bytes": lambda: put(makes.ole2(Workbook=b"x"), (SHIFT, "<H", 2)),
    "sectors without end": lambda: put(makes.ole2(Workbook=b"x"), (SHIFT, "<H", 0xFFFF)),
    "directory nowhere": lambda: put(makes.ole2(Workbook=b"x"), (DIRECTORY, "<I", 4_000_000)),
    "streams": crowded,
}


@pytest.mark.parametrize("harm", HARM)
def test_what_was_made_to_do_harm_is_refused_soon_and_in_little_memory(harm: str) -> None:
    data = HARM[harm]()
    begin = process_time()
    found = read_sheets("甲.xls", data)
    spent = process_time() - begin
    assert isinstance(found, Problem) and found.code == "broken-file" and "重新复制" in found.advice
    assert spent < 2
    tracemalloc.start()
    read_sheets("甲.xls", data)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 6 * len(data) + 8_000_000


def test_a_stream_shorter_than_it_is_said_to_be_is_never_read_in_part() -> None:
    whole = makes.ole2(Workbook=b"x" * 9000)
    assert Container(whole).stream("workbook") == b"x" * 9000
    with pytest.raises(SheetProblem, match="缺了或坏了"):
        Container(put(whole, (SIZE, "<I", 9000 + SECTOR))).stream("workbook")
    with pytest.raises(SheetProblem, match="缺了或坏了"):
        Container(whole[:-SECTOR]).stream("workbook")


def test_a_chain_that_bites_its_tail_is_no_content_though_it_is_as_long_as_told() -> None:
    data = put(makes.ole2(Workbook=b"x"), (NEXT + 4 * 4, "<I", 3))
    with pytest.raises(SheetProblem, match="绕成了圈"):
        Container(data).stream("workbook")
