"""Where lines break is seen from the LibreOffice that is there, whichever it is."""

from pathlib import Path

import pytest
from support.inputs.people import letter_for, person
from support.templates.zoo import SETTINGS, STYLES, as_it_is, edited, replaced
from support.trials import tried

from pipeline.adapters.form import line_of
from pipeline.domain.letters.sampling import Survey

pytestmark = pytest.mark.soffice

TAILS = (
    "、KTV娱乐服务", "KTV娱乐服务", "3D打印、LED灯具", "，24小时", "（含KTV）娱乐", "）LED灯具", "。A区", "；3号", "：B座", "”K歌房",
    "〕1组", "》第2册", "—LED", "…3D", "％5折", "-16号", "12号", "A区16号摊位", "𠮷野家", "𠮷",
)  # fmt: skip
ENDS = range(21, 28)
"""Hanzi before the tail: of a line of 26, so that the tail ends, begins or is parted there."""


@pytest.mark.parametrize(
    "template",
    [
        as_it_is,
        lambda: edited({STYLES: replaced('<w:kinsoku w:val="0"/>', "")}),
        lambda: edited({STYLES: replaced('<w:overflowPunct w:val="0"/>', "")}),
        lambda: edited({SETTINGS: replaced("doNotCompress", "compressPunctuation")}),
    ],
    ids=["as it is", "kinsoku", "hanging", "compressed"],
)
def test_whatever_stands_at_a_lines_end_it_is_set_as_libreoffice_breaks_it(
    template: object, tmp_path: Path
) -> None:
    assert callable(template)
    tails = TAILS if template is as_it_is else TAILS[::3]
    texts = ["乙" * before + tail + "，甲乙丙丁" for tail in tails for before in ENDS]
    both = zip(texts[::2], [*texts[1::2], texts[0]], strict=False)  # in either the lines are as long
    letters = [
        letter_for(person(scope=one, address=two), number) for number, (one, two) in enumerate(both, 1)
    ]
    trial = tried(template(), letters, tmp_path, whole=True)
    assert trial.misfits == []
    if trial.edition is not None and trial.edition.measured is not None:
        assert trial.differences() == []
        assert len(trial.set_places) > len(letters) / 3
    else:
        assert trial.said


def test_a_seam_that_was_not_seen_leaves_its_letter_to_libreoffice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = ["乙" * before + "、KTV娱乐服务、甲乙丙丁" for before in ENDS]
    letters = [letter_for(person(scope=text), number) for number, text in enumerate(texts, 1)]
    whole = tried(as_it_is(), letters, tmp_path / "all")
    seams = Survey.seams
    monkeypatch.setattr(
        Survey,
        "seams",
        lambda survey: {
            field: [seam for seam in found if seam != "、a"] for field, found in seams(survey).items()
        },
    )
    fewer = tried(as_it_is(), letters, tmp_path / "fewer")
    assert set(fewer.set_places) < set(whole.set_places)


def test_a_seam_is_shown_behind_hanzi_that_leave_its_second_sign_no_room() -> None:
    assert line_of("、a") == "甲甲甲、a乙"
