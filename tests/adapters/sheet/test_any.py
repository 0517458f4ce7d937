"""No file whatever makes the reader crash, hang, or return what is no sheet."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import fuzz

from pipeline.adapters.sheet import read_sheets
from pipeline.domain.model import Problem

BEGINNINGS = (
    b"", b"PK\3\4", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\x09\x08\x10\0\0\x06\x05\0", b"<html><table>", b"\xff\xfe",
    b"\xef\xbb\xbf", b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
    b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=a\r\n\r\n--a\r\n", b"sep=,\n", b'"',
)  # fmt: skip
FILES = fuzz.seeds()


@settings(max_examples=400)
@given(st.sampled_from(BEGINNINGS), st.binary(max_size=3000))
def test_bytes_of_any_kind(beginning: bytes, data: bytes) -> None:
    assert fuzz.outcome(beginning + data)


@settings(max_examples=200)
@given(st.text(max_size=500), st.sampled_from(("utf-8", "utf-16", "gb18030")))
def test_text_of_any_kind(text: str, encoding: str) -> None:
    assert fuzz.outcome(text.encode(encoding, "replace"))


@pytest.mark.parametrize("make", FILES)
def test_real_files_with_any_damage(make: str) -> None:
    for number in range(150):
        assert fuzz.outcome(fuzz.damaged(FILES[make], random.Random(number))), number


@pytest.mark.parametrize("make", FILES)
def test_the_outcome_is_grids_with_rows_or_a_problem_with_advice(make: str) -> None:
    for number in range(20):
        found = read_sheets("甲", fuzz.damaged(FILES[make], random.Random(number)))
        if isinstance(found, Problem):
            assert found.advice and found.code in {
                "empty-file",
                "broken-file",
                "unknown-format",
                "too-big",
                "encrypted-file",
            }
        else:
            assert any(grid.rows for grid in found)
