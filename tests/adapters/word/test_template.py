import io
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as Docx
from support.desk import ROOT
from support.paper import page_count, poppler_text, squeezed
from support.trials import shared_office

from pipeline.adapters.word import WordTemplate, open_template
from pipeline.domain.letters.fields import AT_LEAST, FIELDS
from pipeline.errors import ExitCode, TemplateFault


def made(*paragraphs: str, header: str = "") -> Docx:
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if header:
        document.sections[0].header.paragraphs[0].text = header
    return document


def template(*paragraphs: str, header: str = "") -> WordTemplate:
    return WordTemplate("信.docx", content(made(*paragraphs, header=header)))


def content(document: Docx) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def texts(path: Path) -> list[str]:
    return [paragraph.text for paragraph in Document(str(path)).paragraphs]


NASTY = [
    "某某<个体>经营部",
    "甲 & 乙",
    "\"引号\"与'单引号'",
    "{{ 名称 }}",
    "{% for x in y %}",
    "{# 注 #}",
    "</w:t>",
    "&lt;",
    "𠮷野家",
    "岚县\u3000（二楼）",
]


@pytest.mark.parametrize("value", NASTY)
def test_a_value_is_printed_as_it_is_whatever_signs_it_holds(tmp_path: Path, value: str) -> None:
    template("名称：{{ 名称 }}。", "下半页").write({"名称": value}, tmp_path / "信.docx")
    assert texts(tmp_path / "信.docx") == [f"名称：{value}。", "下半页"]


def test_many_letters_go_into_one_document_each_from_a_new_page_on(tmp_path: Path) -> None:
    records = [{"名称": value} for value in NASTY]
    template("{{ 名称 }}", "第二段").write_pages(records, tmp_path / "信.docx")
    document = Document(str(tmp_path / "信.docx"))
    assert [p.text for p in document.paragraphs] == [text for value in NASTY for text in (value, "第二段")]
    breaks = [bool(p.paragraph_format.page_break_before) for p in document.paragraphs]
    assert breaks == [False, False, *[True, False] * (len(NASTY) - 1)]


@pytest.mark.soffice
def test_each_letter_is_exactly_one_page_of_libreoffice(tmp_path: Path) -> None:
    letter = open_template(ROOT / "templates" / "letter.docx")
    records = [dict.fromkeys(FIELDS, "") | {"编号": f"岚个培〔2022〕01-{n:04d}"} for n in range(1, 8)]
    letter.write_pages(records, tmp_path / "信.docx")
    pdf = shared_office().convert(tmp_path / "信.docx", 7)
    assert page_count(pdf) == 7
    for number in range(1, 8):
        text = squeezed(poppler_text(pdf, "-f", str(number), "-l", str(number)))
        assert text.count(f"岚个培〔2022〕01-{number:04d}") >= 2


def test_the_same_content_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("甲.docx", "乙.docx"):
        template("{{ 名称 }}").write_pages([{"名称": "一"}, {"名称": "二"}], tmp_path / name)
    assert (tmp_path / "甲.docx").read_bytes() == (tmp_path / "乙.docx").read_bytes()


def test_the_projects_own_letter_has_exactly_the_fields_that_are_supplied() -> None:
    open_template(ROOT / "templates" / "letter.docx").demand(FIELDS, AT_LEAST)


@pytest.mark.parametrize(
    "paragraphs, fields, words",
    [
        (["{{ 姓名 }}"], ["姓名", "名称"], ["缺 {{ 名称 }}"]),
        (["{{ 姓名 }}{{ 电话 }}"], ["姓名"], ["{{ 电话 }} 不认识"]),
        (
            ["{{ 经营地止 }}"],
            ["经营地址"],
            ["{{ 经营地止 }} 不认识", "是不是 {{ 经营地址 }}", "缺 {{ 经营地址 }}"],
        ),
        (["{{ 甲 }}{{ 乙 }}"], ["丙", "丁"], ["{{ 甲 }}", "{{ 乙 }}", "{{ 丙 }}", "{{ 丁 }}"]),
    ],
)
def test_every_missing_extra_or_misspelt_placeholder_is_named_at_once(
    paragraphs: Sequence[str], fields: Sequence[str], words: Sequence[str]
) -> None:
    with pytest.raises(TemplateFault) as found:
        template(*paragraphs).demand(fields)
    assert all(word in str(found.value) for word in words), str(found.value)
    assert found.value.exit_code == ExitCode.TOOL and "信.docx" in str(found.value)


def test_a_placeholder_that_must_stand_twice_is_demanded_twice() -> None:
    template("{{ 编号 }}", "{{ 编号 }}").demand(["编号"], {"编号": 2})
    with pytest.raises(TemplateFault, match="只有1处，应有2处"):
        template("{{ 编号 }}").demand(["编号"], {"编号": 2})


@pytest.mark.parametrize("where", ["header", "footer"])
def test_a_placeholder_beside_the_body_is_refused_since_it_cannot_differ_from_letter_to_letter(
    where: str,
) -> None:
    document = made("{{ 编号 }}")
    getattr(document.sections[0], where).paragraphs[0].text = "{{ 姓名 }}"
    with pytest.raises(TemplateFault, match="页眉" if where == "header" else "页脚"):
        WordTemplate("信.docx", content(document)).demand(["编号"])


def test_plain_text_in_a_header_is_no_placeholder() -> None:
    template("{{ 编号 }}", header="岚县 {注}").demand(["编号"])


def test_a_placeholder_that_word_split_into_runs_is_healed(tmp_path: Path) -> None:
    document = made("")
    paragraph = document.paragraphs[0]
    for piece in ("名称：{", "{ 名", "称 }", "}。"):
        paragraph.add_run(piece)
    WordTemplate("信.docx", content(document)).write({"名称": "某某面馆"}, tmp_path / "信.docx")
    assert texts(tmp_path / "信.docx") == ["名称：某某面馆。"]


def test_formatting_of_a_placeholder_stays() -> None:
    document = made("")
    run = document.paragraphs[0].add_run("{{ 名称 }}")
    run.bold = True
    path = io.BytesIO()
    filled = WordTemplate("信.docx", content(document))
    filled.write({"名称": "某某面馆"}, path)  # type: ignore[arg-type]
    assert Document(path).paragraphs[0].runs[0].bold


@pytest.mark.parametrize(
    "text", ["{{ 名称", "名称 }}{{", "{% for a in %}", "{{ 名称 | 没有 }}", "{{ 名称. }}"]
)
def test_a_placeholder_that_is_badly_written_is_refused_with_the_templates_name(text: str) -> None:
    with pytest.raises(TemplateFault, match=re.escape("信.docx")):
        template(text).demand(["名称"])


@pytest.mark.parametrize("data", [b"", b"PK", b"not a zip", b"\xd0\xcf\x11\xe0" + b"\0" * 600])
def test_what_is_no_docx_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(TemplateFault, match="打不开"):
        WordTemplate("信.docx", data)


def test_a_docx_whose_body_is_damaged_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content(made("{{ 名称 }}")))) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data[: len(data) // 2] if name == "word/document.xml" else data)
    with pytest.raises(TemplateFault, match="打不开"):
        WordTemplate("信.docx", buffer.getvalue())


def test_a_missing_template_is_named_with_its_place(tmp_path: Path) -> None:
    with pytest.raises(TemplateFault, match=re.escape("letter.docx")):
        open_template(tmp_path / "letter.docx")


def test_a_template_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "letter.docx").mkdir()
    with pytest.raises(TemplateFault, match="读不了"):
        open_template(tmp_path / "letter.docx")


def test_a_field_without_a_value_is_an_error_and_never_an_empty_slot(tmp_path: Path) -> None:
    with pytest.raises(TemplateFault, match="名称"):
        template("{{ 名称 }}").write({}, tmp_path / "信.docx")
    with pytest.raises(TemplateFault, match="名称"):
        template("{{ 名称 }}").write_pages([{"名称": "一"}, {}], tmp_path / "信.docx")


@pytest.mark.parametrize(
    "attack", ["{{ 名称.__class__.__mro__ }}", "{{ ''.__class__.__base__.__subclasses__() }}"]
)
def test_a_template_cannot_reach_into_the_program(tmp_path: Path, attack: str) -> None:
    with pytest.raises(TemplateFault):
        template(attack).write({"名称": "一"}, tmp_path / "信.docx")
