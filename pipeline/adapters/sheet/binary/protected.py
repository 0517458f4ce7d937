"""Workbooks that are encrypted and yet have no password to open: with the one that every office program knows and tries.

保护工作簿 (nobody is to move its sheets) makes Excel, WPS and LibreOffice encrypt an .xls that way, some an .xlsx too.
"""

import io
import struct
from collections.abc import Callable
from typing import Any

from pipeline.adapters.sheet.binary.ole2 import Container
from pipeline.adapters.sheet.binary.xls import END, SHEET, records
from pipeline.adapters.sheet.refusal import MAX_KEY, MAX_ROUNDS, SheetProblem, encrypted

_KNOWN_TO_ALL = "VelvetSweatshop"
_PASSWORD, _NOTHING = 0x002F, 0x0000
_CLEAR = {0x0809, _PASSWORD, 0x0194, 0x0195, 0x00E1, 0x0196, 0x0138}
"""Records that stay as they are ([MS-XLS] 2.2.10), as do the place of a sheet and every record's code and length."""
_BLOCK = 1024
"""Bytes after which the key changes."""


def opened(stream: bytes) -> bytes:
    """A workbook stream of an .xls, decrypted if it is encrypted; its length stays.

    :raises SheetProblem: ``encrypted-file`` for another password, or another way of encrypting.
    """
    key = None
    for code, at, size in records(stream):
        if code in {_PASSWORD, END}:
            key = stream[at : at + size] if code == _PASSWORD else None
            break
    if key is None:
        return stream
    try:
        plain = bytearray(_cipher(key)(stream))
    except (struct.error, ValueError):
        raise encrypted() from None
    for code, at, size in records(stream):
        clear = at + (size if code in _CLEAR else min(size, 4) if code == SHEET else 0)
        plain[at - 4 : clear] = stream[at - 4 : clear]
        if code == _PASSWORD:
            struct.pack_into("<H", plain, at - 4, _NOTHING)
    return bytes(plain)


def _cipher(key: bytes) -> Callable[[bytes], bytes]:
    """What decrypts a stream, the password checked against its record ([MS-XLS] 2.4.117)."""
    kind, major, minor = struct.unpack_from("<HHH", key)
    if kind == 0:
        return _obfuscation(minor)
    if (major, minor) == (1, 1):
        return _rc4(key[6:])
    if major in {2, 3, 4} and minor == 2:
        return _crypto_api(key[6:])
    raise encrypted()


def _rc4(key: bytes) -> Callable[[bytes], bytes]:
    """[MS-OFFCRYPTO] 2.3.6."""
    from msoffcrypto.method.rc4 import DocumentRC4  # noqa: PLC0415 - few tables need it, and it is slow to load

    salt, verifier, digest = struct.unpack_from("16s16s16s", key)
    if not DocumentRC4.verifypw(_KNOWN_TO_ALL, salt, verifier, digest):
        raise encrypted()
    return lambda stream: DocumentRC4.decrypt(_KNOWN_TO_ALL, salt, io.BytesIO(stream), _BLOCK).getvalue()


def _crypto_api(key: bytes) -> Callable[[bytes], bytes]:
    """[MS-OFFCRYPTO] 2.3.5."""
    from msoffcrypto.method.rc4_cryptoapi import DocumentRC4CryptoAPI as Method  # noqa: PLC0415 - as above

    (size,) = struct.unpack_from("<I", key, 4)
    (bits,) = struct.unpack_from("<I", key, 8 + 16)
    salt, verifier, digest = struct.unpack_from("<4x16s16s4x20s", key, 8 + size)
    bits = bits or 40
    if not Method.verifypw(_KNOWN_TO_ALL, salt, bits, verifier, digest):
        raise encrypted()
    return lambda stream: Method.decrypt(_KNOWN_TO_ALL, salt, bits, io.BytesIO(stream), _BLOCK).getvalue()


def _obfuscation(verifier: int) -> Callable[[bytes], bytes]:
    """[MS-OFFCRYPTO] 2.3.7: each byte by its place and its record's length."""
    from msoffcrypto.method.xor_obfuscation import DocumentXOR  # noqa: PLC0415 - as above

    if not DocumentXOR.verifypw(_KNOWN_TO_ALL, verifier):
        raise encrypted()
    array = DocumentXOR.create_xor_array_method1(_KNOWN_TO_ALL)
    tables = [bytes((byte ^ mask) >> 5 | (byte ^ mask) << 3 & 0xFF for byte in range(256)) for mask in array]

    def plain(stream: bytes) -> bytes:
        result = bytearray(stream)
        for _, at, size in records(stream):
            for place in range(at, at + size):
                result[place] = tables[(place + size) % 16][stream[place]]
        return bytes(result)

    return plain


def package(data: bytes, container: Container) -> bytes:
    """The zip package that an OLE2 file holds encrypted.

    :param container: the file taken apart.
    :raises SheetProblem: ``encrypted-file``.
    """
    from msoffcrypto import OfficeFile  # noqa: PLC0415 - as above

    if "encryptioninfo" not in container.names or len(container.stream("encryptioninfo")) > MAX_KEY:
        raise encrypted()
    plain = io.BytesIO()
    try:
        book: Any = OfficeFile(io.BytesIO(data))
        if book.info.get("spinValue", 0) > MAX_ROUNDS:
            raise encrypted()
        book.load_key(password=_KNOWN_TO_ALL, verify_password=True)
        book.decrypt(plain)
    except (SheetProblem, MemoryError):
        raise
    except Exception:  # noqa: BLE001 - another password, another way of encrypting, or a damaged file
        raise encrypted() from None
    return plain.getvalue()
