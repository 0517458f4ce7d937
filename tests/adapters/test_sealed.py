"""Data with a seal: known again whatever a mail program does to the file, and refused once a value is another."""

import json
from typing import Any

import pytest

from pipeline.adapters.sealed import json_text, seal_of, sealed

SECRET, OTHER = b"a" * 32, b"b" * 32
CONTENT: dict[str, Any] = {"place": {"name": "东阳县"}, "pace": 0.5, "rate": 1 / 3, "units": [1, None, "〇"]}


def test_a_seal_says_who_made_it_and_is_the_same_every_time() -> None:
    once, again = sealed(CONTENT, SECRET), sealed(CONTENT, SECRET)
    assert once == again and seal_of(once)[0] == once["seal"]["key"]
    assert seal_of(sealed(CONTENT, OTHER))[0] not in {None, once["seal"]["key"]}
    assert SECRET.hex() not in json.dumps(once)


@pytest.mark.parametrize(
    "written",
    [
        lambda held: json.dumps(held).encode(),
        lambda held: json.dumps(held, ensure_ascii=False, indent=4).replace("\n", "\r\n").encode("utf-8-sig"),
        lambda held: json.dumps(held, ensure_ascii=False).encode("utf-16"),
        lambda held: json.dumps(held, ensure_ascii=False).encode("gb18030"),
        lambda held: b"\n  " + json.dumps(dict(reversed(held.items())), sort_keys=True).encode(),
    ],
    ids=["ascii", "notepad", "utf-16", "gbk", "other order"],
)  # fmt: skip
def test_a_file_in_another_dress_is_still_what_was_sealed(written: Any) -> None:
    text = json_text(written(sealed(CONTENT, SECRET)))
    assert text is not None and seal_of(json.loads(text)) == seal_of(sealed(CONTENT, SECRET))


@pytest.mark.parametrize(
    "edit",
    [
        {"pace": 0.6}, {"units": [1, 0, "〇"]}, {"more": 1}, {"seal": None}, {"seal": {"key": "00", "signature": "00"}},
        {"seal": {"key": 1, "signature": 2}}, {"seal": "x"},
    ],
)  # fmt: skip
def test_an_edited_file_has_no_seal_that_fits(edit: dict[str, Any]) -> None:
    assert seal_of(sealed(CONTENT, SECRET) | edit)[0] is None


def test_a_key_is_the_same_in_capitals() -> None:
    held = sealed(CONTENT, SECRET)
    loud = held | {"seal": {name: text.upper() for name, text in held["seal"].items()}}
    assert seal_of(loud) == seal_of(held)


def test_half_a_character_is_nothing_that_anybody_sealed() -> None:
    with pytest.raises(ValueError, match="surrogate"):
        seal_of({"place": "\ud800"})


def test_a_seal_of_other_data_does_not_fit() -> None:
    foreign = sealed(CONTENT | {"pace": 0.7}, SECRET)["seal"]
    assert seal_of(sealed(CONTENT, SECRET) | {"seal": foreign})[0] is None


def test_the_digest_is_of_what_is_said_and_not_of_who_sealed_it() -> None:
    mine, others = seal_of(sealed(CONTENT, SECRET))[1], seal_of(sealed(CONTENT, OTHER))[1]
    assert mine == others != seal_of(sealed(CONTENT | {"pace": 1}, SECRET))[1]


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04{",
        b"\xd0\xcf\x11\xe0",
        b"",
        "姓名,电话".encode(),
        b"[1]",
        b"{\xff\xff\xff",
        "﻿[1]".encode(),
    ],
)
def test_what_is_no_json_object_is_left_to_others(data: bytes) -> None:
    assert json_text(data) is None
