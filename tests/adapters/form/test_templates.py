"""Templates that a clerk changes: measured anew, and set as LibreOffice prints them."""

from pathlib import Path

import pytest
from support.inputs.people import filled_letters
from support.templates.zoo import FORMS, MAYBE, flowing, two_pages
from support.trials import Trial, lost_ink, pictures, tried

from pipeline.adapters.pdf.reading import read_pages
from pipeline.domain.letters.fields import fields_of
from pipeline.errors import ConversionFault, Remedy, TemplateFault

pytestmark = pytest.mark.soffice

LETTERS = filled_letters(5, seed=3)
FEW_PIXELS = 5
"""At 100 dpi a lost hanzi is a hundred."""


def fields_missing(trial: Trial) -> list[str]:
    pages = [page.text for page in read_pages(trial.ours)]
    assert len(pages) == len(trial.letters)
    return [
        f"{place}: {text}"
        for place, (letter, page) in enumerate(zip(trial.letters, pages, strict=True))
        for text in fields_of(letter).values()
        if "".join(text.split()) not in page
    ]


def unlike_pages(trial: Trial, folder: Path) -> list[int]:
    """Pages, every third of those set, that look otherwise than LibreOffice's."""
    found = []
    for place in trial.set_places[::3]:
        path, page = trial.theirs[place]
        [ours] = pictures(trial.ours, place, place, folder / f"ours-{place}")
        [theirs] = pictures(path, page, page, folder / f"theirs-{place}")
        if lost_ink(theirs, ours) > FEW_PIXELS:
            found.append(place)
    return found


@pytest.mark.parametrize("name", FORMS)
def test_a_form_is_set_as_libreoffice_prints_it(name: str, tmp_path: Path) -> None:
    trial = tried(FORMS[name](), LETTERS, tmp_path)
    assert [line for line in trial.said if "离纸的正中" not in line] == []
    assert len(trial.set_places) >= len(LETTERS) - 1
    assert trial.differences() == []
    assert unlike_pages(trial, tmp_path / "pictures") == []
    assert fields_missing(trial) == []


@pytest.mark.parametrize("name", MAYBE)
def test_whatever_the_template_the_letters_are_right(name: str, tmp_path: Path) -> None:
    trial = tried(MAYBE[name](), LETTERS, tmp_path)
    assert trial.misfits == [] and trial.edition is not None
    assert fields_missing(trial) == []
    if trial.edition.measured is None:
        assert len(trial.said) == 1 and "改由 LibreOffice 逐份排版" in trial.said[0]
    else:
        assert trial.said == []
        assert trial.differences() == []
        assert unlike_pages(trial, tmp_path / "pictures") == []


def test_flowing_text_goes_to_libreoffice_with_one_line_that_says_why(tmp_path: Path) -> None:
    trial = tried(flowing(), LETTERS, tmp_path)
    assert trial.edition is not None and trial.edition.measured is None
    [line] = trial.said
    assert "随填写的内容移动" in line


def test_flowing_text_stops_the_run_where_only_the_form_is_wanted(tmp_path: Path) -> None:
    with pytest.raises(ConversionFault, match="不能按表格快印") as refused:
        tried(flowing(), LETTERS, tmp_path, strict=True)
    assert refused.value.remedy is Remedy.ANY_ENGINE


def test_a_letter_of_two_pages_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TemplateFault, match="2页，应是一页"):
        tried(two_pages(), LETTERS, tmp_path)
