"""A batch whose files are gone, made again from the register."""

import shutil
from pathlib import Path

import pytest
from support.desk import Desk
from support.seen import assert_whole, digests


def test_a_deleted_batch_is_made_again_byte_for_byte_and_recorded(printed_desk: Desk) -> None:
    before = digests(printed_desk.batch())
    shutil.rmtree(printed_desk.outputs)
    outcome = printed_desk.run("letters", "--rebuild", "2022-001")
    assert outcome.code == 0 and "逐字节相同" in outcome.out and "不是逐字节相同" not in outcome.out, outcome
    assert digests(printed_desk.batch()) == before
    assert printed_desk.events() == ["reserved", "printed", "rebuilt"]
    assert_whole(printed_desk)


@pytest.mark.soffice
@pytest.mark.parametrize("engine", ["form", "office"])
def test_a_batch_is_made_again_byte_for_byte_by_another_libreoffice(tmp_path: Path, engine: str) -> None:
    """It counts the fonts that it writes; here it writes others first."""
    desk = Desk.laid(tmp_path / "工作")
    assert desk.run("letters", "--engine", engine).code == 0
    before = digests(desk.batch())
    shutil.rmtree(desk.outputs)
    assert desk.run("letters", "--rebuild", "2022-001").code == 0
    assert digests(desk.batch()) == before


def test_a_batch_is_made_again_as_it_was_though_roster_plan_and_template_have_changed(
    printed_desk: Desk,
) -> None:
    before = digests(printed_desk.batch())
    shutil.rmtree(printed_desk.outputs)
    printed_desk.write_roster([("01", "东村街道", "岚县东村街道办事处", "乡镇", "东村镇")])
    printed_desk.settings('county = "岚县"', 'county = "别县"')
    (printed_desk.root / "templates" / "letter.docx").unlink()
    assert printed_desk.run("letters", "--rebuild", "2022-001").code == 0
    assert digests(printed_desk.batch()) == before


def test_a_batch_that_is_still_there_is_not_made_again(printed_desk: Desk) -> None:
    before = digests(printed_desk.batch())
    outcome = printed_desk.run("letters", "--rebuild", "2022-001")
    assert outcome.code == 7 and "不必重做" in outcome.err
    assert digests(printed_desk.batch()) == before and "rebuilt" not in printed_desk.events()


def test_a_batch_that_never_was_cannot_be_made_again(printed_desk: Desk) -> None:
    outcome = printed_desk.run("letters", "--rebuild", "2022-009")
    assert outcome.code == 6 and "2022-009" in outcome.err
