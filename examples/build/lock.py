"""What protects the structure of an .xls: RC4 with the password that every office program knows (MS-OFFCRYPTO 2.3.6)."""

import hashlib
import struct
from collections.abc import Iterator
from itertools import islice

KNOWN = "VelvetSweatshop"
_SALT, _VERIFIER = bytes(range(16)), bytes(range(16, 32))
_CLEAR = (0x809, 0x2F, 0xE1)
"""Records that stay as they are: where a stream begins, the password, the interface's."""
_SHEET = 0x85
"""The record that says where a sheet begins, which stays legible."""


def protected(stream: bytes) -> bytes:
    """The stream of a workbook, encrypted."""
    short = hashlib.md5(KNOWN.encode("utf-16-le")).digest()[:5]  # noqa: S324 - as the format has it
    start = hashlib.md5((short + _SALT) * 16).digest()[:5]  # noqa: S324
    proof = _VERIFIER + hashlib.md5(_VERIFIER).digest()  # noqa: S324
    sealed = bytes(byte ^ mask for byte, mask in zip(proof, _mask(start, 0), strict=False))
    plain = with_password(stream, struct.pack("<HHH", 1, 1, 1) + _SALT + sealed)
    found, at = bytearray(plain), 0
    masks = [bytes(islice(_mask(start, block), 1024)) for block in range(len(plain) // 1024 + 1)]
    for code, content in records(plain):
        begin = at + 4 + (len(content) if code in _CLEAR else 4 if code == _SHEET else 0)
        at += 4 + len(content)
        for place in range(begin, at):
            found[place] ^= masks[place // 1024][place % 1024]
    return bytes(found)


def with_password(stream: bytes, password: bytes) -> bytes:
    """The stream with that record second (MS-XLS 2.4.117); where its sheets begin moves by it."""
    found = b""
    for number, (code, content) in enumerate(records(stream)):
        if code == _SHEET:
            begin = struct.unpack_from("<I", content)[0] + 4 + len(password)
            content = struct.pack("<I", begin) + content[4:]  # noqa: PLW2901
        found += struct.pack("<HH", code, len(content)) + content
        if number == 0:
            found += struct.pack("<HH", 0x2F, len(password)) + password
    return found


def records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    """Each record of a stream: its code and its content (MS-XLS 2.1.4)."""
    at = 0
    while at + 4 <= len(stream):
        code, size = struct.unpack_from("<HH", stream, at)
        yield code, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _mask(start: bytes, block: int) -> Iterator[int]:
    """RC4's key stream of a block of 1024 bytes."""
    key = hashlib.md5(start + struct.pack("<I", block)).digest()  # noqa: S324
    box, j = list(range(256)), 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    i = j = 0
    while True:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        yield box[(box[i] + box[j]) % 256]
