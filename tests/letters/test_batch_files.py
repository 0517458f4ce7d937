"""Letters filled in for applicants, by either engine: every field on both halves, nothing lost, too long is told."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from support.clerk import Quiet
from support.inputs.people import applicants, letter_for, person
from support.paper import Halves, fonts, halves, page_count, squeezed
from support.registers.batches import HARD, files_of, folder_of, numbered

from pipeline.domain.letters.fields import fields_of
from pipeline.domain.letters.model import Letter
from pipeline.errors import ConversionFault
from pipeline.letters.office_engine import OfficeEngine
from pipeline.workspace import Workspace

RARE = "䶮㛃"
"""Hanzi set in a stand-in font: a reader may meet them before or after their neighbours."""


def lacking(letter: Letter, page: Halves) -> list[str]:
    """Fields that a half of a letter's page does not show."""
    found = []
    for name, value in fields_of(letter).items():
        text = squeezed(value)
        common, rare = without_rare(text), set(text) & set(RARE)
        shown = [common in without_rare(half) and rare <= set(half) for half in (page.upper, page.lower)]
        if name != "编号大写" and not all(shown):
            found.append(name)
    return found


def without_rare(text: str) -> str:
    return text.translate(dict.fromkeys(map(ord, RARE)))


@pytest.mark.parametrize("engine", [None, "form", "office"])
def test_every_field_of_every_applicant_stands_on_both_halves_of_the_letter(
    workspace: Workspace, engine: str | None
) -> None:
    batch = numbered(workspace, [*HARD, *applicants(10), None, None])
    teller = Quiet()
    with files_of(workspace, engine, teller) as files:
        assert files.engine.misfits(batch.letters) == []
        files.print(batch)
    pages = list(halves(folder_of(workspace) / "介绍信.pdf"))
    assert len(pages) == len(batch.letters) == teller.pages == teller.expected
    assert {
        letter.printed: lacking(letter, page) for letter, page in zip(batch.letters, pages, strict=True)
    } == {letter.printed: [] for letter in batch.letters}
    assert all(embedded for _, embedded in fonts(folder_of(workspace) / "介绍信.pdf"))


def test_the_check_for_fields_sees_one_that_is_missing_on_one_half() -> None:
    letter = letter_for(person())
    whole = squeezed("".join(fields_of(letter).values()))
    assert lacking(letter, Halves(whole, whole, whole)) == []
    assert lacking(letter, Halves(whole, whole.replace("小明便利店", ""), whole)) == ["名称"]


@pytest.mark.parametrize(
    "engine, field, long",
    [
        ("office", "名称", {"business": "岚县" + "某" * 80}),
        ("office", "姓名", {"name": "名" * 40}),
        (None, "经营地址", {"address": "岚县" + "长" * 150}),
    ],
)
def test_a_text_too_long_for_its_slot_is_found_before_numbering_with_the_room_there_is(
    workspace: Workspace, engine: str | None, field: str, long: dict[str, str]
) -> None:
    batch = numbered(workspace, [person(), person(**long)])
    with files_of(workspace, engine) as files:
        found = files.engine.misfits(batch.letters)
        assert {(misfit.letter.serial.number, misfit.field) for misfit in found} == {(2, field)}
        room, text = found[0].room, fields_of(batch.letters[1])[field]
        assert 0 < room < len(text)
        (attribute,) = long
        fitting, over = (
            replace(letter, applicant=replace(person(), **{attribute: text[:length]}))
            for letter, length in zip(batch.letters, (room, room + 1), strict=True)
        )
        [misfit] = files.engine.misfits([fitting, over])
        assert (misfit.letter, misfit.field, misfit.room) == (over, field, room)


LANXIAN = ("岚县LanxianOrganicFarmhouse专卖店", "岚县" + "a" * 30 + "店")


@pytest.mark.parametrize("engine", [None, "office"])
def test_a_word_that_cannot_be_broken_is_found_beside_a_wider_name_that_fits(
    workspace: Workspace, engine: str | None
) -> None:
    fitting = person(business="岚县东村镇幸福里社区小明综合便民服务超市")
    batch = numbered(workspace, [fitting, *[person(business=name) for name in LANXIAN], None])
    with files_of(workspace, engine) as files:
        found = files.engine.misfits(batch.letters)
        assert [(misfit.letter.serial.number, misfit.field) for misfit in found] == [(2, "名称"), (3, "名称")]
        assert all(0 < misfit.room < len(name) for misfit, name in zip(found, LANXIAN, strict=True))
        cut = [name[: misfit.room] for misfit, name in zip(found, LANXIAN, strict=True)]
        letters = [letter_for(person(business=name), number) for number, name in enumerate(cut, 1)]
        assert files.engine.misfits(letters) == []


@pytest.mark.parametrize("engine", [None, "office"])
def test_what_was_tried_out_is_not_printed_again(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, engine: str | None
) -> None:
    batch = numbered(workspace, [person(), person(business="A B  C店"), None])
    with files_of(workspace, engine) as files:
        assert files.misfits(batch.letters) == []
        calls: list[object] = []
        trial, prints = OfficeEngine.trial, OfficeEngine._prints
        monkeypatch.setattr(OfficeEngine, "_prints", lambda *each: calls.append("prints") or prints(*each))
        monkeypatch.setattr(OfficeEngine, "trial", lambda *each: calls.append("trial") or trial(*each))
        files.print(batch)
    assert calls == ([] if engine is None else ["trial"])  # where the mark stands
    assert page_count(folder_of(workspace) / "介绍信.pdf") == 3


@pytest.mark.parametrize("engine", [None, "form", "office"])
def test_names_with_hanzi_beyond_u_ffff_are_printed_and_read_back(
    workspace: Workspace, engine: str | None
) -> None:
    people = [person(name="李𠮷祥", business="岚县𠮷野店"), person(name="王𬭁", scope="𬭁" * 30), person()]
    batch = numbered(workspace, people)
    teller = Quiet()
    with files_of(workspace, engine, teller) as files:
        assert files.engine.misfits(batch.letters) == []
        files.print(batch)
    assert not any("LibreOffice" in line for line in teller.said)
    for who, page in zip(people, halves(folder_of(workspace) / "介绍信.pdf"), strict=True):
        assert all(set(who.name + who.business) <= set(half) for half in (page.upper, page.lower))


def test_a_letter_that_does_not_fit_is_never_published(workspace: Workspace) -> None:
    batch = numbered(workspace, [person(), person(address="岚县" + "长" * 150)])
    with pytest.raises(ConversionFault, match="01-0002"), files_of(workspace, "office") as files:
        files.print(batch)
    assert not folder_of(workspace).exists() and not list(workspace.outputs.glob(".work"))


def test_the_one_letter_that_libreoffice_cannot_print_is_found_and_named(
    workspace: Workspace, make_office: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(make_office("chokes on poison")), prepend=":")
    people = applicants(11)
    people[7] = person(name="毒某某")
    batch = numbered(workspace, [*people])
    with pytest.raises(ConversionFault, match="01-0008号 印不出来"), files_of(workspace, "office") as files:
        files.print(batch)
    assert not folder_of(workspace).exists()


def test_a_batch_of_another_origin_under_the_same_name_is_never_covered(workspace: Workspace) -> None:
    from pipeline.errors import FileFault

    batch = numbered(workspace, [None])
    folder_of(workspace).mkdir(parents=True)
    (folder_of(workspace) / "manifest.json").write_text('{"batch": "2022-001", "chain_head": "another"}')
    with files_of(workspace, None) as files, pytest.raises(FileFault, match="没有覆盖"):
        files.is_out(batch)
