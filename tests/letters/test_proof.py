"""A letter's page held against the template printed alone."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from support.inputs.people import filled_letters
from support.templates.wild import BODY, Side, complex_field, numbered, run, untouched
from support.trials import shared_office, tried

from pipeline.adapters.pdf.cutting import PageRange
from pipeline.adapters.pdf.reading import Page, read_pages
from pipeline.adapters.word import WordTemplate
from pipeline.domain.letters.fields import FIELDS, fields_of, with_text
from pipeline.errors import ConversionFault, TemplateFault
from pipeline.letters.office_engine import OfficeEngine
from pipeline.letters.proof import Standard, Wording

LETTERS = filled_letters(3, seed=3)
WORDING = Wording((("兹介绍", "姓名"), ("，编号", "编号")), "号。")
FIXED_WIDE = tuple((10.0 * place, 700.0) for place in range(len(WORDING.fixed)))
STANDARD = Standard(WORDING, FIXED_WIDE)


def page(name: str, number: str, *, extra: str = "", lower: float = 0.0) -> Page:
    """A page on which the fixed words stand where they should, or all of them lower."""
    places = iter(FIXED_WIDE)
    text, found = "", []
    for words, value in (("兹介绍", name), ("，编号", number), ("号。", extra)):
        text += words + value
        found += [(x, y - lower) for x, y in (next(places) for _ in words)] + [(1.0, 1.0)] * len(value)
    return Page(text, (), tuple(found))


def fields(name: str, number: str) -> dict[str, str]:
    return dict.fromkeys(FIELDS, "") | {"姓名": name, "编号": number}


@pytest.mark.parametrize("name", ["张三", "", "abc"])
def test_a_right_page_is_right_filled_or_empty(name: str) -> None:
    assert STANDARD.fault(page(name, "1"), fields(name, "1")) == ""
    assert STANDARD.fault(page(name.upper(), "1"), fields(name, "1")) == "", "capitals of a style"


@pytest.mark.parametrize(
    "found, told",
    [
        (page("张旧人", "1"), "张旧人"),
        (page("", "2"), "2"),
        (page("", "1", extra="1"), "1"),
        (page("", ""), "号。"),
    ],
)
def test_whatever_else_is_on_the_page_is_told(found: Page, told: str) -> None:
    wrong = STANDARD.fault(found, fields("", "1"))
    assert "印成了" in wrong and told in wrong


def test_fixed_words_that_stand_elsewhere_are_told_in_millimetres() -> None:
    assert STANDARD.moved(page("张三", "1", lower=0.2), fields("张三", "1")) == ""
    assert "“兹介绍" in STANDARD.moved(page("张三", "1", lower=13.8), fields("张三", "1"))
    assert "4.9毫米" in STANDARD.moved(page("张三", "1", lower=13.8), fields("张三", "1"))
    assert STANDARD.fault(page("张三", "1", lower=13.8), fields("张三", "1")) == "", "it says what it should"
    assert Standard(WORDING, ()).moved(page("张三", "1", lower=13.8), fields("张三", "1")) == ""


@pytest.mark.soffice
def test_a_text_that_makes_its_row_grow_is_printed_and_told_though_a_wider_one_does_not(
    tmp_path: Path,
) -> None:
    side = untouched()
    side.parts[BODY] = str(side.parts[BODY]).replace('w:hRule="exact"', 'w:hRule="atLeast"')
    addresses = (
        ("岚县东村镇振兴街" * 7)[:51],
        "东村镇振兴街农产品市场lanxianorganicfarmhouseshopandfarmlanxian振兴街农产品市场东区",
    )
    letters = [with_text(each, "经营地址", text) for each, text in zip(LETTERS, addresses, strict=False)]
    said: list[str] = []
    with ThreadPoolExecutor(1) as pool:
        opened = WordTemplate("letter.docx", side.data())
        by_office = OfficeEngine(opened, shared_office(), tmp_path, pool, said.append)
        assert by_office.misfits(letters) == []
        assert len(by_office.copies(letters, None, lambda _: None)) == 2
    [told] = said
    assert "有1份的文字把版面撑开了" in told and letters[1].printed in told and "3.6毫米" in told


CONDITIONS = (
    ("主要经营", "{% if 主要经营 %}主要经营", "{{ 主要经营 }}", "{{ 主要经营 }}{% endif %}"),
    ("主要经营", "主要经营", "{{ 姓名 }}", "{% if 姓名 %}{{ 姓名 }}{% else %}（{{ 姓名 }}）{% endif %}"),
    ("主要经营", "主要经营", "{{ 姓名 }}", "{{ 姓名 or '（待填）' }}"),
    ("主要经营", "主要经营", "{{ 落款 }}", "{{ 落款 }}{% if 落款 == '岚县民政局' %}（章）{% endif %}"),
    ("主要经营", "主要经营", "{{ 落款 }}", "{{ '岚县民政局（章）' if 落款 == '岚县民政局' else 落款 }}"),
)


@pytest.mark.soffice
@pytest.mark.parametrize("old, new, place, changed", CONDITIONS)
def test_a_template_with_a_condition_prints_for_each_letter_what_it_says_of_it(
    old: str, new: str, place: str, changed: str, tmp_path: Path
) -> None:
    side = untouched()
    side.replace(run(old), run(new))
    side.replace(run(place), run(changed))
    bureau = [replace(letter, signature="岚县民政局") for letter in filled_letters(1, seed=8)]
    letters = [*LETTERS, replace(bureau[0], printed="岚个培〔2022〕25-0001")]
    trial = tried(side.data(), letters, tmp_path)
    assert trial.misfits == []
    assert trial.said == [
        "提示：模板里有条件、循环或计算，各份的文字不全一样，改由 LibreOffice 逐份排版，会慢一些。"
    ]
    last = list(read_pages(trial.ours))[-1].text
    assert ("岚县民政局（章）" in last) == ("（章）" in changed)


@pytest.mark.soffice
@pytest.mark.parametrize("lines", [0, 3], ids=["in its row", "below a row that does not grow"])
def test_a_conditions_own_words_are_all_on_the_page_or_it_is_refused(lines: int, tmp_path: Path) -> None:
    side = untouched()
    words = "<w:r><w:br/></w:r>" * lines + run("（以营业执照为准）{% endif %}")
    side.replace(run("{{ 落款 }}"), run("{{ 落款 }}{% if 姓名 %}") + words)
    letters = [replace(LETTERS[0], applicant=None), *LETTERS[1:]]
    if not lines:
        trial = tried(side.data(), letters, tmp_path)
        assert [page.text.count("以营业执照为准") for page in read_pages(trial.ours)] == [0, 1, 1]
        return
    with pytest.raises(ConversionFault, match=r"01-000[23]号.*没有印全，少了“（”，在“.*以营业执照"):
        tried(side.data(), letters, tmp_path)


def office_copies(side: Side, work: Path) -> None:
    """Have LibreOffice print some letters of a template that nobody has looked through."""
    with ThreadPoolExecutor(1) as pool:
        by_office = OfficeEngine(WordTemplate("letter.docx", side.data()), shared_office(), work, pool)
        by_office.copies(LETTERS, None, lambda _: None)


@pytest.mark.soffice
def test_numbers_that_go_on_counting_are_found_on_the_pages_themselves(tmp_path: Path) -> None:
    side = untouched()
    numbered(side, "信头", "decimal")
    with pytest.raises(TemplateFault, match=r"第3份印得也和第1份不一样：应是“1.*”，印成了“3"):
        office_copies(side, tmp_path)


@pytest.mark.soffice
def test_what_repeats_the_first_letters_name_is_found_on_the_pages_themselves(tmp_path: Path) -> None:
    side = untouched()
    spot = run("{{ 姓名 }}")
    side.replace(spot, f'<w:bookmarkStart w:id="7" w:name="谁"/>{spot}<w:bookmarkEnd w:id="7"/>')
    side.replace(run("（存根）"), run("（存根）") + complex_field("REF 谁", "张旧人"))
    with pytest.raises(ConversionFault, match="印的不是模板和表里的内容"):
        office_copies(side, tmp_path)


@pytest.mark.soffice
def test_a_page_set_over_the_form_may_say_nothing_else(tmp_path: Path) -> None:
    trial = tried(untouched().data(), LETTERS, tmp_path)
    assert trial.said == [] and trial.edition is not None and trial.edition.measured is not None
    for letter in LETTERS:
        assert fields_of(letter)["姓名"] in trial.edition.measured.wording.said(fields_of(letter))
    blank = [replace(LETTERS[0], applicant=None), *LETTERS[1:]]
    with pytest.raises(ConversionFault, match="第1页不是应有的样子"):
        trial.edition.check(trial.ours, PageRange("", 0, 3), 0, blank)


@pytest.mark.soffice
def test_fixed_words_that_are_cut_off_are_named(tmp_path: Path) -> None:
    side = untouched()
    side.replace(run("（存根）"), run("（存根，由单位留存五年以上）", '<w:sz w:val="96"/>'))
    side.replace('w:line="400" w:lineRule="exact"', 'w:line="1400" w:lineRule="exact"', "word/styles.xml")
    with pytest.raises(TemplateFault, match=r"“.*存根.*”没有印全"):
        tried(side.data(), LETTERS, tmp_path)
