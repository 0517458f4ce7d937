"""The engine that measures once and sets many: held against LibreOffice, and honest where it cannot."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from support.desk import ROSTER, Desk
from support.inputs.people import RARE, applicants, filled_letters, letter_for, person
from support.templates.zoo import BODY, STYLES, as_it_is, edited, flowing, replaced, two_pages
from support.trials import tried

import pipeline.letters.form_engine
from pipeline.adapters.form import Form, Glyph, difference
from pipeline.adapters.pdf.reading import read_pages
from pipeline.domain.letters.fields import FIELDS, fields_of, width_em
from pipeline.domain.letters.model import Letter
from pipeline.domain.letters.sampling import Survey

GLYPH = Glyph("岚", 100.0, 500.0, 14.0, "FandolFang-Regular", (0, 0, 0), upright=True, block=1)
LINE = [GLYPH._replace(char=char, x_pt=100 + 14 * place) for place, char in enumerate("岚县东村镇岚")]


def changed(place: int, **what: object) -> list[Glyph]:
    return [glyph._replace(**what) if number == place else glyph for number, glyph in enumerate(LINE)]  # type: ignore[arg-type]


# -- the comparison itself


def test_equal_pages_do_not_differ() -> None:
    assert difference(LINE, list(LINE)) is None


def test_the_order_of_setting_does_not_matter() -> None:
    assert difference(LINE, LINE[::-1]) is None


def test_a_fifth_of_a_point_is_rounding() -> None:
    assert difference(LINE, changed(2, x_pt=128.2)) is None


@pytest.mark.parametrize("axis", ["x_pt", "y_pt"])
@pytest.mark.parametrize("shift", [-1.0, 0.35, 1.0])
def test_a_shift_is_seen(axis: str, shift: float) -> None:
    assert difference(LINE, changed(2, **{axis: getattr(LINE[2], axis) + shift})) is not None


def test_a_missing_glyph_is_seen() -> None:
    assert difference(LINE, LINE[:-1]) is not None


def test_a_glyph_too_many_is_seen() -> None:
    assert difference(LINE, [*LINE, GLYPH]) is not None


def test_another_character_is_seen() -> None:
    assert difference(LINE, changed(1, char="具")) is not None


def test_two_characters_in_each_others_places_are_seen() -> None:
    swapped = [LINE[1]._replace(char="东"), LINE[2]._replace(char="县")]
    assert difference(LINE, [LINE[0], *swapped, *LINE[3:]]) is not None


@pytest.mark.parametrize(
    "what",
    [{"font": "LXGWWenKai"}, {"colour": (0, 0, 255)}, {"size_pt": 14.5}],
    ids=["font", "colour", "size"],
)
def test_another_look_is_seen(what: dict[str, object]) -> None:
    assert difference(LINE, changed(3, **what)) is not None


# -- which letters are tried out


@pytest.fixture(scope="module")
def many() -> list[Letter]:
    return filled_letters(400, seed=11)


def test_there_are_at_least_eight_samples(many: list[Letter]) -> None:
    for count in (8, 9, 50, 400):
        assert len(set(Survey(many[:count]).samples())) >= 8


def test_all_letters_are_samples_where_there_are_fewer_than_eight(many: list[Letter]) -> None:
    assert set(Survey(many[:5]).samples()) == set(many[:5])


def test_blank_letters_are_sampled_too() -> None:
    blank = [letter_for(None, number) for number in range(1, 2301)]
    assert len(set(Survey(blank).samples())) >= 8


def test_the_samples_are_the_same_every_time(many: list[Letter]) -> None:
    assert Survey(many).samples() == Survey(list(many)).samples()


def test_the_widest_of_each_field_is_a_sample(many: list[Letter]) -> None:
    samples = [fields_of(letter) for letter in Survey(many).samples()]
    for field in FIELDS:
        widest = max(width_em(fields_of(letter)[field]) for letter in many)
        assert max(width_em(record[field]) for record in samples) == widest, field


def test_the_shortest_letter_and_the_rarest_characters_are_samples(many: list[Letter]) -> None:
    shortest = letter_for(person("于乙", "9" * 18, "1" * 11, "店", "茶", "村"), 401)
    unique = letter_for(person("王龘", business="麤货店"), 402)
    samples = Survey([*many, shortest, unique]).samples()
    assert shortest in samples and unique in samples


# -- real letters


@pytest.mark.soffice
def test_95_of_100_letters_to_realistic_people_are_set_and_all_of_them_as_libreoffice_prints_them(
    tmp_path: Path,
) -> None:
    realistic = tried(as_it_is(), filled_letters(120, seed=3), tmp_path, whole=True)
    assert realistic.said == []
    assert len(realistic.set_places) >= 0.95 * len(realistic.letters)
    assert realistic.differences() == []
    names = "".join(fields_of(realistic.letters[place])["姓名"] for place in realistic.set_places)
    assert set(RARE) <= set(names)


def hard_letters() -> list[Letter]:
    """More hanzi than one 8-bit font holds, signs of XML, words in Latin letters."""
    hanzi = [chr(code) for code in range(0x4E00, 0x9FA0) if _in_gb2312_first_level(chr(code))]
    texts = ["".join(hanzi[start : start + 38]) for start in range(0, 520, 38)]
    letters = [
        letter_for(person(scope=text, address=f"岚县{text[:20]}{number}号"), number)
        for number, text in enumerate(texts, 1)
    ]
    odd = [
        "五金&建材<批发>",
        "“岚县”'土豆'\"粉条\"",
        "A&B<C>店",
        "T&C烟酒 AVATAR网吧",
        "奥迪A6L、WiFi、office",
    ]
    letters += [
        letter_for(person(name="李&<", business=text), 100 + number) for number, text in enumerate(odd)
    ]
    return letters


def _in_gb2312_first_level(char: str) -> bool:
    try:
        return 0xB0 <= char.encode("gb2312")[0] < 0xD8
    except UnicodeEncodeError:
        return False


@pytest.mark.soffice
def test_more_characters_than_one_font_holds_are_set_and_signs_of_xml_are_printed(tmp_path: Path) -> None:
    hard = tried(as_it_is(), hard_letters(), tmp_path, whole=True)
    used = {char for place in hard.set_places for char in fields_of(hard.letters[place])["主要经营"]}
    assert len(used) > 500
    assert len(hard.set_places) >= len(hard.letters) - 3
    assert hard.said == [] and hard.differences() == []
    for letter, page in zip(hard.letters, read_pages(hard.ours), strict=True):
        for text in fields_of(letter).values():
            assert "".join(text.split()) in page.text


def twins(font_signs: str, start: int = 1) -> list[Letter]:
    """Letters that differ in one sign, which the font draws alike for all."""
    return [
        letter_for(
            person(name=f"阿不都{sign}买提", business=f"高{sign}店", scope=f"{sign}粮油{sign}"), number
        )
        for number, sign in enumerate(font_signs, start)
    ]


@pytest.mark.soffice
@pytest.mark.parametrize("signs", ["·・•", "⼭山～〜", "山⼭"])
def test_characters_that_share_a_glyph_are_printed_as_libreoffice_prints_them(
    tmp_path: Path, signs: str
) -> None:
    shared = tried(as_it_is(), [*twins(signs), *filled_letters(6)], tmp_path, whole=True)
    assert shared.misfits == [] and shared.said == []
    assert shared.set_places and shared.differences() == []
    for letter, page in zip(shared.letters, read_pages(shared.ours), strict=True):
        for text in fields_of(letter).values():
            assert "".join(text.split()) in page.text


@pytest.mark.soffice
def test_a_probe_that_shares_its_glyph_with_a_fixed_word_leaves_the_batch_to_libreoffice(
    tmp_path: Path,
) -> None:
    template = edited({BODY: replaced("县行政审批局，", "县行政⼰⾟⼦，", 1)})
    shared = tried(template, filled_letters(3), tmp_path)
    assert shared.misfits == []
    [line] = shared.said
    assert "共用一个字形" in line
    assert shared.edition is not None and set(shared.edition.copies) == {0, 1, 2}


def tight() -> bytes:
    """Rows of a line and a half, without the lines to write on that would move with the text."""
    return edited(
        {
            BODY: replaced('w:val="754"', 'w:val="520"'),
            STYLES: lambda xml: re.sub(r"<w:pBdr>.*?</w:pBdr>", "", xml),
        }
    )


@pytest.mark.soffice
@pytest.mark.parametrize("template, length", [(as_it_is, 70), (tight, 36)], ids=["as it is", "tight"])
def test_a_text_that_is_too_long_keeps_no_other_letter_from_being_set(
    tmp_path: Path, template: Callable[[], bytes], length: int
) -> None:
    short = [
        replace(who, business=who.business[:8], scope=who.scope[:20], address=who.address[:20])
        for who in applicants(20)
    ]
    letters = [letter_for(who, number) for number, who in enumerate(short, 1)]
    trial = tried(template(), [*letters, letter_for(person(scope="茶" * length), 21)], tmp_path)
    assert [(misfit.letter.serial.number, misfit.field) for misfit in trial.misfits] == [(21, "主要经营")]
    assert trial.said == []


# -- what is not right is not handed out


@pytest.mark.soffice
def test_a_form_that_is_measured_wrongly_is_caught_and_left_to_libreoffice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = pipeline.letters.form_engine.measure

    def one_point_off(*arguments: object) -> Form:
        form = real(*arguments)  # type: ignore[arg-type]
        slots = [replace(form.slots[0], anchor_pt=form.slots[0].anchor_pt + 1), *form.slots[1:]]
        return Form(slots, form.content)

    monkeypatch.setattr(pipeline.letters.form_engine, "measure", one_point_off)
    trial = tried(as_it_is(), filled_letters(3), tmp_path)
    [line] = trial.said
    assert "相差1.0磅" in line and "改由 LibreOffice 逐份排版" in line
    assert trial.edition is not None and set(trial.edition.copies) == {0, 1, 2}


def put(desk: Desk, template: bytes) -> None:
    (desk.root / "templates" / "letter.docx").write_bytes(template)


@pytest.mark.soffice
def test_flowing_text_is_numbered_and_printed_with_one_line_that_says_so(desk: Desk) -> None:
    put(desk, flowing())
    outcome = desk.run("letters")
    assert outcome.code == 0, outcome
    assert outcome.said.count("改由LibreOffice逐份排版") == 1
    assert len(desk.numbered()) == 9


@pytest.mark.soffice
def test_flowing_text_with_engine_form_ends_with_5_and_numbers_nothing(desk: Desk) -> None:
    put(desk, flowing())
    outcome = desk.run("letters", "--engine", "form")
    assert outcome.code == 5, outcome
    assert desk.numbered() == []


@pytest.mark.soffice
def test_a_letter_of_two_pages_ends_with_4_and_numbers_nothing(desk: Desk) -> None:
    put(desk, two_pages())
    outcome = desk.run("letters")
    assert outcome.code == 4, outcome
    assert desk.numbered() == []


@pytest.mark.parametrize("char", ["\ue000", "\U0002ffff"], ids=["private use", "no font"])
@pytest.mark.parametrize("column", [1, 2], ids=["单位名称", "全称"])
def test_a_character_that_no_font_shows_is_refused_at_its_row(desk: Desk, char: str, column: int) -> None:
    row = list(ROSTER[1])
    row[column] = f"普{char}明镇"
    desk.write_roster([ROSTER[0], row, ROSTER[2]])
    desk.write_targets([("东村镇", 2), (row[1], 3), ("县民政局", 4)])
    outcome = desk.run("letters", "--json")
    assert outcome.code == 3, outcome
    [problem] = [found for found in outcome.json["problems"] if found["code"] == "no-glyph"]
    assert (problem["file"], problem["row"], problem["column"]) == (
        "单位名录.xlsx",
        4,
        ("单位名称", "全称")[column - 1],
    )
    assert f"U+{ord(char):04X}" in problem["advice"]
    assert desk.numbered() == []


def test_a_rare_hanzi_that_some_font_has_is_no_problem(desk: Desk) -> None:
    units = [
        ROSTER[0],
        ("02", "普明镇", "岚县䶮㛃人民政府", "乡镇", ""),
        ROSTER[2],
    ]
    desk.write_roster(units)
    assert desk.run("letters", "--json").code == 0
