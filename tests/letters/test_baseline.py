"""The cut and the seam in the middle of the sheet."""

from pathlib import Path

import pytest
from support.inputs.people import filled_letters
from support.templates.wild import BODY, untouched
from support.trials import tried

pytestmark = pytest.mark.soffice
LETTERS = filled_letters(3, seed=3)


def test_our_own_cut_is_in_the_middle_and_nothing_is_told(tmp_path: Path) -> None:
    assert tried(untouched().data(), LETTERS, tmp_path).said == []


@pytest.mark.parametrize("twips, told", [(15, False), (60, True), (-60, True)])
def test_a_cut_that_a_row_above_moves_is_told_in_millimetres(twips: int, told: bool, tmp_path: Path) -> None:
    side = untouched()
    assert 'w:val="624"' in str(side.parts[BODY])
    side.replace('w:val="624"', f'w:val="{624 + twips}"')
    said = tried(side.data(), LETTERS, tmp_path).said
    assert [("裁切线" in line or "骑缝编号" in line) and "毫米" in line for line in said] == [
        True,
        True,
    ] * told
