"""Tables whose structure is protected: encrypted, with a password that every office program knows, and so no secret."""

import struct
from collections.abc import Callable
from functools import partial
from time import process_time

import pytest
from support.inputs import locks, makes

from pipeline.adapters.sheet import read_sheets
from pipeline.adapters.sheet.binary.ole2 import Container
from pipeline.adapters.sheet.refusal import MAX_KEY
from pipeline.domain.model import Problem
from pipeline.domain.tables.grid import Grid

XLS: dict[str, Callable[[bytes], bytes]] = {
    "RC4": locks.by_rc4,
    "RC4 CryptoAPI, 128 bits": locks.by_crypto_api,
    "RC4 CryptoAPI, 40 bits": partial(locks.by_crypto_api, bits=40),
    "XOR": locks.by_obfuscation,
}
PACKAGES: dict[str, Callable[[bytes], bytes]] = {"agile": locks.by_agile, "standard": locks.by_standard}


def grids(data: bytes) -> tuple[Grid, ...]:
    found = read_sheets("甲", data)
    assert isinstance(found, tuple), found
    return found


def refused(data: bytes) -> Problem:
    found = read_sheets("甲", data)
    assert isinstance(found, Problem), found
    assert found.code == "encrypted-file" and "去掉密码" in found.advice
    return found


@pytest.mark.parametrize("way", XLS)
def test_an_xls_with_the_password_of_all_reads_as_without(way: str) -> None:
    assert grids(locks.xls(XLS[way])) == grids(makes.by_xlwt())


@pytest.mark.parametrize("way", PACKAGES)
def test_an_xlsx_with_the_password_of_all_reads_as_without(way: str) -> None:
    plain = makes.by_xlsxwriter()
    assert grids(PACKAGES[way](plain)) == grids(plain)


def test_a_workbook_that_calc_protected_reads_as_the_one_that_it_did_not() -> None:
    data = locks.BY_CALC.read_bytes()
    assert "普明".encode("utf-16-le") not in data
    assert grids(data) == grids((makes.CALC / "名单.xls").read_bytes())


@pytest.mark.parametrize("lock", [locks.by_rc4, locks.by_crypto_api])
def test_an_xls_with_a_password_of_its_own_stays_closed(lock: Callable[..., bytes]) -> None:
    refused(locks.xls(partial(lock, password="1234")))


@pytest.mark.parametrize("lock", [locks.by_agile, locks.by_standard])
def test_an_xlsx_with_a_password_of_its_own_stays_closed(lock: Callable[..., bytes]) -> None:
    refused(lock(makes.by_xlsxwriter(), password="1234"))


@pytest.mark.parametrize(
    "password",
    [
        b"", b"\0", struct.pack("<HHH", 0, 0, 0), struct.pack("<HHH", 1, 1, 1), struct.pack("<HHH", 1, 9, 9) + bytes(60),
        struct.pack("<HHHII", 1, 2, 2, 4, 0xFFFFFFFF) + bytes(90), struct.pack("<HHHII", 1, 2, 2, 4, 40) + b"\xff" * 120,
    ],
)  # fmt: skip
def test_a_password_record_that_cannot_be_is_a_closed_file(password: bytes) -> None:
    bof = (0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    records = (bof, (0x002F, password), (0x000A, b""))
    stream = b"".join(struct.pack("<HH", code, len(content)) + content for code, content in records)
    refused(makes.ole2(Workbook=stream))


def with_key(change: Callable[[bytes], bytes]) -> bytes:
    """A protected package that says something else of its key."""
    container = Container(locks.by_agile(makes.by_xlsxwriter()))
    key = change(container.stream("encryptioninfo"))
    return makes.ole2(EncryptionInfo=key.ljust(4096), EncryptedPackage=container.stream("encryptedpackage"))


def test_a_file_that_asks_for_endless_rounds_of_digesting_is_closed_at_once() -> None:
    assert grids(with_key(lambda key: key)) == grids(makes.by_xlsxwriter())
    begin = process_time()
    refused(with_key(lambda key: key.replace(b'spinCount="1000"', b'spinCount="9999999"')))
    assert process_time() - begin < 2


def test_a_key_that_is_told_at_length_is_not_listened_to() -> None:
    grids(with_key(lambda key: key.ljust(MAX_KEY)))
    refused(with_key(lambda key: key.ljust(MAX_KEY + 1)))
