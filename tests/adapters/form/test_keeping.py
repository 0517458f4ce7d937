"""Forms kept for later runs: what is not as it was written is not believed."""

import json
import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from pipeline.adapters.form import Form, Forms, form_of, plain_form
from pipeline.adapters.form.keeping import MOST
from pipeline.adapters.form.reading import Type
from pipeline.adapters.form.type_case import Slot

KEY, OTHER = "a" * 64, "b" * 64
CONTENT = {"said": "岚县", "pages": [1, 2.5]}


@pytest.fixture
def forms(tmp_path: Path) -> Forms:
    made = Forms(tmp_path / "forms")
    made.keep(KEY, CONTENT)
    return made


def test_what_was_kept_is_found_under_its_key_and_no_other(forms: Forms) -> None:
    assert forms.find(KEY) == CONTENT
    assert forms.find(OTHER) is None


def test_nobody_else_may_read_it(tmp_path: Path, forms: Forms) -> None:
    assert forms.find(KEY)
    assert (tmp_path / "forms").stat().st_mode & 0o077 == 0


CHANGES: dict[str, Callable[[bytes], bytes]] = {
    "a changed word": lambda data: data.replace("岚县".encode(), "临县".encode()),
    "a changed digest": lambda data: b"0" + data[1:],
    "cut short": lambda data: data[:-3],
    "empty": lambda _: b"",
    "no text": lambda _: b"\xff\xfe" * 50,
    "a list": lambda _: sha256(b"[]").hexdigest().encode() + b"\n[]",
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_is_not_as_it_was_written_is_not_believed(tmp_path: Path, forms: Forms, name: str) -> None:
    path = tmp_path / "forms" / f"{KEY}.json"
    path.write_bytes(CHANGES[name](path.read_bytes()))
    assert forms.find(KEY) is None


def test_another_forms_file_under_this_name_is_not_believed(tmp_path: Path, forms: Forms) -> None:
    folder = tmp_path / "forms"
    (folder / f"{KEY}.json").rename(folder / f"{OTHER}.json")
    assert forms.find(OTHER) is None and forms.find(KEY) is None


def test_the_longest_unused_goes_for_a_new_one(tmp_path: Path, forms: Forms) -> None:
    for number in range(MOST):
        forms.keep(f"{number:064d}", CONTENT)
        os.utime(tmp_path / "forms" / f"{number:064d}.json", (number, number))
    assert forms.find(KEY) is None or forms.find(f"{0:064d}") is None
    forms.keep(OTHER, CONTENT)
    assert forms.find(f"{0:064d}") is None and forms.find(OTHER) == CONTENT
    assert len(list((tmp_path / "forms").iterdir())) == MOST


def test_a_disk_that_refuses_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "ascii")
    refused = Forms(tmp_path / "file" / "forms")
    refused.keep(KEY, CONTENT)
    assert refused.find(KEY) is None


def test_a_form_comes_back_as_it_was() -> None:
    glyphs = {"岚": Type("/F1", 1, 1.0), "1": Type("/F2", 2, 0.5)}
    slot = Slot(
        field="编号", size_pt=14.0, colour=(0, 0, 255), align=0.5, anchor_pt=297.35,
        baselines_pt={1: (700.1,), 2: (705.2, 690.3)}, gap_pt=2.8, fits_pt=100.1, breaks_pt=float("inf"),
        seams={"中，": False}, closer_pt={"11": -1.04}, types=glyphs, rare_types={"䶮": Type("/F3", 9, 1.0)}, after=1,
    )  # fmt: skip
    content = "q 0 0 10 10 re W n\nq 0 0 0 rg BT\n(é) Tj\nET\nQ\nQ\n".encode("latin-1")
    form = Form([slot], content)
    again = form_of(json.loads(json.dumps(plain_form(form))))
    assert again.slots == form.slots and again.content == content and again.pieces == form.pieces
