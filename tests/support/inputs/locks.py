"""Tables encrypted in every way that office programs have, written from [MS-OFFCRYPTO] apart from the product."""

import hashlib
import io
import struct
from collections.abc import Callable, Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from msoffcrypto.method.ecma376_agile import ECMA376Agile

from examples.build.lock import records, with_password
from pipeline.adapters.sheet.binary.ole2 import Container
from support.inputs import makes

DEFAULT = "VelvetSweatshop"
BY_CALC = Path(__file__).parents[2] / "data" / "protected" / "名单.xls"
CLEAR = (0x809, 0x2F, 0xE1, 0x195, 0x194, 0x138, 0x196)
SALT, VERIFIER = bytes(range(16)), bytes(range(100, 116))
XOR_KEY, XOR_VERIFIER = 0xB359, 0x9A0A
XOR_ARRAY = bytes.fromhex("876b9ae21ee305621e699660986e9404")
"""What [MS-OFFCRYPTO] 2.3.7 makes of the default password."""
Mask = Callable[[int], Iterator[int]]
"""Block → its key stream."""


def rc4(key: bytes) -> Iterator[int]:
    box, j = list(range(256)), 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) & 255
        box[i], box[j] = box[j], box[i]
    i = j = 0
    while True:
        i = (i + 1) & 255
        j = (j + box[i]) & 255
        box[i], box[j] = box[j], box[i]
        yield box[(box[i] + box[j]) & 255]


def _sealed(plain: bytes, stream: Iterator[int]) -> bytes:
    return bytes(byte ^ next(stream) for byte in plain)


def _places(stream: bytes) -> Iterator[tuple[int, int, int]]:
    """Beginning, first and last place to be encrypted of each record."""
    at = 0
    for code, content in records(stream):
        skipped = len(content) if code in CLEAR else 4 if code == 0x85 else 0
        yield at + 4, at + 4 + skipped, at + 4 + len(content)
        at += 4 + len(content)


def _masked(stream: bytes, password: bytes, mask: Mask) -> bytes:
    plain = with_password(stream, password)
    found, key = bytearray(plain), bytearray()
    for block in range(len(plain) // 1024 + 1):
        numbers = mask(block)
        key += bytes(next(numbers) for _ in range(1024))
    for _, first, last in _places(bytes(plain)):
        for place in range(first, last):
            found[place] = plain[place] ^ key[place]
    return bytes(found)


def by_rc4(stream: bytes, password: str = DEFAULT) -> bytes:
    """2.3.6."""
    short = hashlib.md5(password.encode("utf-16-le")).digest()[:5]
    start = hashlib.md5((short + SALT) * 16).digest()[:5]

    def mask(block: int) -> Iterator[int]:
        return rc4(hashlib.md5(start + struct.pack("<I", block)).digest())

    sealed = _sealed(VERIFIER + hashlib.md5(VERIFIER).digest(), mask(0))
    return _masked(stream, struct.pack("<HHH", 1, 1, 1) + SALT + sealed, mask)


def by_crypto_api(stream: bytes, password: str = DEFAULT, bits: int = 128) -> bytes:
    """2.3.5; a key of 40 bits is filled up with zeros."""
    start = hashlib.sha1(SALT + password.encode("utf-16-le")).digest()

    def mask(block: int) -> Iterator[int]:
        key = hashlib.sha1(start + struct.pack("<I", block)).digest()[: bits // 8]
        return rc4(key.ljust(16, b"\0") if bits == 40 else key)

    sealed = _sealed(VERIFIER + hashlib.sha1(VERIFIER).digest(), mask(0))
    header = struct.pack("<IIIIIIII", 4, 0, 0x6801, 0x8004, bits, 1, 0, 0) + "RC4\0".encode("utf-16-le")
    password_record = struct.pack("<HHHII", 1, 2, 2, 4, len(header)) + header
    password_record += struct.pack("<I", 16) + SALT + sealed[:16] + struct.pack("<I", 20) + sealed[16:]
    return _masked(stream, password_record, mask)


def by_obfuscation(stream: bytes) -> bytes:
    """2.3.7, with the default password."""
    plain = with_password(stream, struct.pack("<HHH", 0, XOR_KEY, XOR_VERIFIER))
    found = bytearray(plain)
    for begin, first, last in _places(bytes(plain)):
        for place in range(first, last):
            turned = (plain[place] << 5 | plain[place] >> 3) & 0xFF
            found[place] = turned ^ XOR_ARRAY[(place + last - begin) % 16]
    return bytes(found)


def xls(lock: Callable[[bytes], bytes]) -> bytes:
    """The table of ``makes`` in a locked .xls."""
    plain = makes.by_xlwt()
    return makes.ole2(Workbook=lock(Container(plain).stream("workbook")))


def by_agile(package: bytes, password: str = DEFAULT, rounds: int = 1000) -> bytes:
    """As Excel 2010 and later; by the library, which the product uses as well."""
    sealed: bytes = ECMA376Agile.encrypt(password, io.BytesIO(package), spin_count=rounds)
    return sealed


def by_standard(package: bytes, password: str = DEFAULT) -> bytes:
    """2.3.4.5 to 2.3.4.9, as Excel 2007."""
    digest = hashlib.sha1(SALT + password.encode("utf-16-le")).digest()
    for turn in range(50_000):
        digest = hashlib.sha1(struct.pack("<I", turn) + digest).digest()
    digest = hashlib.sha1(digest + struct.pack("<I", 0)).digest()
    inner = bytes(byte ^ 0x36 for byte in digest) + b"\x36" * 44
    cipher = Cipher(algorithms.AES(hashlib.sha1(inner).digest()[:16]), modes.ECB())

    def sealed(plain: bytes) -> bytes:
        return cipher.encryptor().update(plain.ljust(-(-len(plain) // 16) * 16, b"\0"))

    header = struct.pack("<IIIIIIII", 0x24, 0, 0x660E, 0x8004, 128, 0x18, 0, 0) + "AES\0".encode("utf-16-le")
    info = struct.pack("<HHII", 3, 2, 0x24, len(header)) + header + struct.pack("<I", 16) + SALT
    info += sealed(VERIFIER) + struct.pack("<I", 20) + sealed(hashlib.sha1(VERIFIER).digest())
    return makes.ole2(EncryptionInfo=info, EncryptedPackage=struct.pack("<Q", len(package)) + sealed(package))
