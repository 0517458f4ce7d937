"""What is left in a template that a clerk has edited: refused in words, or made harmless."""

import io
import zipfile
from collections.abc import Callable
from random import Random

import pytest
from lxml import etree
from support.desk import ROOT
from support.templates.wild import (
    BODY,
    DECLARED,
    EDITS,
    SETTINGS,
    STYLES,
    WHO,
    WORD,
    Side,
    Wild,
    a_comment,
    a_control,
    a_header,
    a_note,
    complex_field,
    numbered,
    run,
    untouched,
)
from support.templates.zoo import packed

from pipeline.adapters.word import WordTemplate
from pipeline.domain.letters.fields import AT_LEAST, FIELDS, OPTIONAL
from pipeline.errors import ExitCode, TemplateFault

TITLE = run("（存根）")


def template(data: bytes) -> WordTemplate:
    opened = WordTemplate("letter.docx", data)
    opened.demand(FIELDS, AT_LEAST | dict.fromkeys(OPTIONAL, 0), is_page=True)
    return opened


def refused(data: bytes) -> str:
    with pytest.raises(TemplateFault) as found:
        template(data)
    assert found.value.exit_code == ExitCode.TOOL and "letter.docx" in str(found.value)
    return str(found.value)


def beside(words: str) -> bytes:
    """Our template with something put behind a fixed word."""
    side = untouched()
    side.replace(TITLE, TITLE + words)
    return side.data()


def printed(side: Side) -> dict[str, str]:
    """The parts of a document of three letters."""
    buffer = io.BytesIO()
    template(side.data()).write_pages([dict.fromkeys(FIELDS, "某") for _ in range(3)], buffer)  # type: ignore[arg-type]
    with zipfile.ZipFile(buffer) as package:
        return {name: package.read(name).decode() for name in package.namelist()}


def words_of(xml: str) -> str:
    return "".join(etree.fromstring(xml.encode()).itertext("{*}t"))


@pytest.mark.parametrize(
    "change",
    [
        f'<w:del w:id="1" {WHO}><w:r><w:delText>旧</w:delText></w:r></w:del>',
        f'<w:ins w:id="1" {WHO}>{run("新")}</w:ins>',
        f'<w:moveFrom w:id="1" {WHO}>{run("移走")}</w:moveFrom>',
        f'<w:moveTo w:id="1" {WHO}>{run("移来")}</w:moveTo>',
        run("改了字体", f'<w:rPrChange w:id="1" {WHO}><w:rPr/></w:rPrChange>'),
    ],
)
@pytest.mark.parametrize("where", ["body", "header"])
def test_tracked_changes_are_refused_wherever_they_are(change: str, where: str) -> None:
    side = untouched()
    if where == "body":
        side.replace(TITLE, TITLE + change)
    else:
        side.header("default", f"<w:p>{change}</w:p>")
    assert "修订" in refused(side.data()) and "审阅 → 接受所有修订" in refused(side.data())


def test_a_placeholder_in_deleted_text_is_none_of_the_letters_places() -> None:
    side = untouched()
    spot = run("{{ 落款 }}")
    for _ in range(2):
        side.replace(spot, f'<w:del w:id="1" {WHO}><w:r><w:delText>{{{{ 落款 }}}}</w:delText></w:r></w:del>')
    assert "“{{ 落款 }}”" in refused(side.data())


def test_comments_go_out_with_no_paper() -> None:
    found = Wild(Random(1), untouched(), untouched())
    a_comment(found)
    parts = printed(found.ours)
    assert "word/comments.xml" not in parts and "omment" not in parts[BODY]
    assert "comments" not in parts["[Content_Types].xml"] + parts["word/_rels/document.xml.rels"]


@pytest.mark.parametrize("seed", range(4))
def test_a_control_prints_what_stands_in_it_and_not_what_it_is_bound_to(seed: int) -> None:
    found = Wild(Random(seed), untouched(), untouched())
    a_control(found)
    parts = printed(found.ours)
    assert "dataBinding" not in parts[BODY] and "w:sdt" not in parts[BODY]
    assert words_of(parts[BODY]) == words_of(printed(untouched())[BODY])


@pytest.mark.parametrize(
    "odd",
    [
        "｛｛ 姓名 ｝｝",
        "{ 姓名 }",
        "{姓名}",
        "｛姓名｝",
        "{｛姓名｝}",
        "﹛﹛姓名﹜﹜",
        "{姓名}}",
        "{ 姓名 ｝",
    ],
)
def test_a_known_name_in_other_braces_is_refused(odd: str) -> None:
    assert f"“{odd}”不会填写，请写成 {{{{ 姓名 }}}}" in refused(beside(run(odd)))


@pytest.mark.parametrize("odd", ["{{姓名}", "{{ 姓名 ｝｝", "{% 姓名 }"])
def test_braces_that_do_not_close_are_refused(odd: str) -> None:
    assert "花括号" in refused(beside(run(odd)))


def test_loops_in_full_width_signs_are_refused() -> None:
    assert "半角" in refused(beside(run("｛％ if 姓名 ％｝")))


@pytest.mark.parametrize("where", ["header", "footer", "text box"])
def test_a_known_name_in_other_braces_is_refused_beside_the_body(where: str) -> None:
    side = untouched()
    if where == "text box":
        side.replace(
            TITLE,
            "<w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p>"
            f"{run('｛｛ 名称 ｝｝')}</w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>",
        )
    else:
        side.header("default", f"<w:p>{run('{ 名称')}{run(' }')}</w:p>", where)
    assert "{{ 名称 }}" in refused(side.data())


@pytest.mark.parametrize("words", ["{注}", "｛见附件｝", "（姓名）", "[姓名]", "{1}", "50%", "{ }"])
def test_other_words_in_braces_are_only_words(words: str) -> None:
    template(beside(run(words)))


@pytest.mark.parametrize(
    "code, result, shown",
    [
        ("TITLE", "旧题目", "旧题目"),
        ("SEQ 图 \\* ARABIC", "1", "1"),
        ('HYPERLINK "http://x.cn"', "网址", "网址"),
        ("PAGE", "1", "1"),
        ("NUMPAGES \\* Arabic", "", "1"),
        ("DOCPROPERTY Company", "某局", "某局"),
        ("XE 某词", "", ""),
    ],
)
def test_a_field_that_stays_true_becomes_the_text_that_it_shows(code: str, result: str, shown: str) -> None:
    side = untouched()
    side.replace(TITLE, TITLE + complex_field(code, result))
    body = printed(side)[BODY]
    assert "fldChar" not in body and "instrText" not in body
    assert words_of(body).count(f"（存根）{shown}县行政审批局，") == 3


@pytest.mark.parametrize(
    "code, result, told",
    [
        ("DATE \\@ yyyy", "2021", "日期"),
        ("REF 谁 \\h", "张旧人", "交叉引用"),
        ("TOC \\o", "一、总则1", "目录"),
        ("=1+1", "2", "公式"),
        ("MERGEFIELD 姓名", "«姓名»", "邮件合并"),
        ("PAGE", "5", "页码"),
        ("没有听说过", "什么", "没有听说过"),
    ],
)
def test_a_field_that_may_turn_untrue_is_refused_by_name(code: str, result: str, told: str) -> None:
    assert told in refused(beside(complex_field(code, result)))


def test_a_reference_that_repeats_a_placeholder_is_that_placeholder() -> None:
    side = untouched()
    spot = run("{{ 姓名 }}")
    side.replace(spot, f'<w:bookmarkStart w:id="7" w:name="谁"/>{spot}<w:bookmarkEnd w:id="7"/>')
    side.replace(TITLE, TITLE + complex_field("REF 谁 \\h", "{{ 姓名 }}"))
    assert words_of(printed(side)[BODY]).count("（存根）某县行政审批局，") == 3


@pytest.mark.parametrize("seed", range(6))
def test_notes_are_refused_in_a_letter(seed: int) -> None:
    found = Wild(Random(seed), untouched(), untouched())
    a_note(found)
    assert "注" in refused(found.ours.data())


@pytest.mark.parametrize("form", ["decimal", "chineseCounting", "upperLetter"])
def test_numbers_that_word_makes_are_refused_in_a_letter(form: str) -> None:
    side = untouched()
    numbered(side, "信头", form)
    assert "自动编号（在“介绍信”这一段）" in refused(side.data())


def test_a_bullet_is_the_same_on_every_letter() -> None:
    side = untouched()
    numbered(side, "信头", "bullet")
    template(side.data())


@pytest.mark.parametrize("seed", range(8))
def test_every_letter_has_the_header_that_a_letter_alone_has(seed: int) -> None:
    found = Wild(Random(seed), untouched(), untouched())
    a_header(found)
    parts = printed(found.ours)
    body = parts[BODY]
    assert "evenAndOddHeaders" not in parts[SETTINGS]
    assert "titlePg" not in body and 'w:type="even"' not in body and 'w:type="first"' not in body
    assert body.count("Reference ") == 1


def test_a_body_that_another_program_has_numbered_is_looked_through_too() -> None:
    side = untouched()
    side.replace(TITLE, f'{TITLE}<w:r><w:commentReference w:id="0"/></w:r>{complex_field("DATE", "2021")}')
    for name in ("[Content_Types].xml", "_rels/.rels"):
        side.replace("word/document.xml", "word/document2.xml", name)
    side.parts["word/document2.xml"] = side.parts.pop(BODY)
    side.parts["word/_rels/document2.xml.rels"] = side.parts.pop("word/_rels/document.xml.rels")
    assert "日期" in refused(side.data())


@pytest.mark.parametrize("look", ["<w:vanish/>", '<w:rStyle w:val="备注"/>'])
def test_hidden_text_is_no_place_of_a_field(look: str) -> None:
    side = untouched()
    style = '<w:style w:type="character" w:styleId="备注"><w:rPr><w:vanish/></w:rPr></w:style>'
    side.replace("</w:styles>", f"{style}</w:styles>", STYLES)
    side.replace(TITLE, TITLE + run("{{ 姓名 }}", look))
    opened = template(side.data())
    assert opened.placeholders["姓名"] == template(untouched().data()).placeholders["姓名"]
    assert "{{" not in printed(side)[BODY]


def test_a_copy_for_old_programs_is_no_second_place() -> None:
    box = "<w:txbxContent><w:p>{{ 姓名 }}</w:p></w:txbxContent>".replace("{{ 姓名 }}", run("{{ 姓名 }}"))
    side = untouched()
    both = f'<mc:Choice Requires="wps">{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>'
    side.replace(TITLE, f"{TITLE}<w:r><mc:AlternateContent>{both}</mc:AlternateContent></w:r>")
    assert template(side.data()).placeholders["姓名"] == 3


@pytest.mark.parametrize(
    "grid",
    ['w:type="lines" w:linePitch="312"', 'w:type="linesAndChars" w:linePitch="579" w:charSpace="-849"'],
)
def test_a_page_grid_that_no_line_keeps_to_is_taken_out(grid: str) -> None:
    side = untouched()
    side.replace("</w:sectPr>", f"<w:docGrid {grid}/></w:sectPr>")
    parts = printed(side)
    assert "docGrid" not in parts[BODY] and parts[STYLES] == printed(untouched())[STYLES]
    side.replace('<w:snapToGrid w:val="0"/>', "", STYLES)
    parts = printed(side)
    assert "docGrid" not in parts[BODY], "all lines are of an exact height"
    assert ('<w:spacing w:val="-4"/><w:kern' in parts[STYLES]) == ("charSpace" in grid)


MAIN = f"{WORD}.document.main+xml"


def with_type(kind: str) -> bytes:
    side = untouched()
    side.replace(MAIN, kind, "[Content_Types].xml")
    return side.data()


def strict() -> bytes:
    side = untouched()
    old = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    side.parts = {
        name: str(part).replace(old, "http://purl.oclc.org/ooxml/wordprocessingml/main")
        for name, part in side.parts.items()
    }
    return side.data()


KINDS: dict[str, tuple[Callable[[], bytes], str]] = {
    "strict": (strict, "Strict Open XML"),
    "dotx": (lambda: with_type(MAIN.replace("document.main", "template.main")), ".dotx"),
    "docm": (lambda: with_type("application/vnd.ms-word.document.macroEnabled.main+xml"), ".docm"),
    "doc": (lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 600, ".doc"),
    "locked": (lambda: b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "打开密码"),
    "rtf": (lambda: b"{\\rtf1 x}", "RTF"),
    "pdf": (lambda: b"%PDF-1.7", "PDF"),
    "web page": (lambda: b"\xef\xbb\xbf<!DOCTYPE html><html></html>", "网页"),
    "odt": (lambda: packed({"mimetype": b"application/vnd.oasis.opendocument.text"}), ".odt"),
    "empty": (lambda: b"", "空的"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_whole_file_of_another_kind_is_called_what_it_is(kind: str) -> None:
    make, told = KINDS[kind]
    with pytest.raises(TemplateFault) as found:
        WordTemplate("letter.docx", make())
    words = str(found.value)
    assert told in words and "损坏" not in words and "Error" not in words and "BadZipFile" not in words


def test_our_own_templates_have_nothing_to_refuse_and_nothing_to_change() -> None:
    for path in sorted((ROOT / "templates").glob("*.docx")):
        opened = WordTemplate(path.name, path.read_bytes())
        opened.demand(list(opened.placeholders))
    body = printed(untouched())[BODY]
    assert words_of(body).count("经引领培育") == 6


@pytest.mark.parametrize("name", EDITS)
def test_the_templates_of_the_trial_can_all_be_made(name: str) -> None:
    for seed in range(6):
        found = Wild(Random(seed), untouched(), untouched())
        EDITS[name](found)
        assert f"<w:document {DECLARED}>" in str(found.ours.parts[BODY])
        etree.fromstring(str(found.ours.parts[BODY]).encode())
