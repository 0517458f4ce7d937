"""Make templates/bulletin.docx: the monthly work bulletin (简报) on the page of GB/T 9704-2012.

Portrait body with masthead and foot, annex 1 as a landscape table, annex 2 as a chart. What a clerk would change —
words, fonts, sizes, columns — stands in the file; only the chart's data and height come from the program.

Run ``python templates/build/bulletin.py``; the same source gives the same bytes.
"""

from __future__ import annotations

from pathlib import Path

import bulletin_styles as styles
from bulletin_tables import ALL_FIGURES, STANDINGS, cell, grid, headings, row, tag, values
from parts.bars import chart_part, chart_run
from parts.package import footer_part, write
from parts.style import Style, twips
from parts.textbox import TextBox, at
from parts.wordfile import field, kept, page, paragraph, paragraph_of, run, table_frame

TARGET = Path(__file__).resolve().parents[1] / "bulletin.docx"


def line(words: str) -> str:
    """Make a paragraph that docxtpl takes away together with its tag."""
    return paragraph(styles.PROSE, f"{{%p {words} %}}")


def repeated(loop: str, content: str) -> str:
    """Repeat paragraphs."""
    return line(f"for {loop}") + content + line("endfor")


def where(condition: str, content: str) -> str:
    """Make paragraphs that stand there only sometimes."""
    return line(f"if {condition}") + content + line("endif")


def masthead() -> str:
    """报头, the upper third of page 1: name, number, issuer and date, red rule."""
    left_mm = 100.0
    # on one line at its size (16 signs), else smaller (19): no single sign goes on the next line
    issuer = line("if 编发单位|length <= 16 or 19 < 编发单位|length <= 32")
    issuer += paragraph(styles.ISSUER, "{{ 编发单位 }}")
    issuer += line("else") + paragraph(styles.LONG_ISSUER, "{{ 编发单位 }}") + line("endif")
    names = cell(left_mm, issuer)
    names += cell(styles.TEXT_MM - left_mm, paragraph(styles.DAY, "{{ 编发日期 }}"))
    columns = "".join(f'<w:gridCol w:w="{twips(mm)}"/>' for mm in (left_mm, styles.TEXT_MM - left_mm))
    return (
        paragraph(styles.HEAD_SPACE)
        + line("if 简报名称|length <= 13")
        + paragraph(styles.NAME, "{{ 简报名称 }}")
        + line("elif 简报名称|length <= 17")
        + paragraph(styles.LONG_NAME, "{{ 简报名称 }}")
        + line("else")
        + paragraph(styles.LONGEST_NAME, "{{ 简报名称 }}")
        + line("endif")
        + paragraph(styles.NUMBER, "第{{ 期号 }}期（总第{{ 总期号 }}期）{% if 更正说明 %}（更正）{% endif %}")
        + table_frame(columns, row(names, 10), twips(styles.TEXT_MM), 0)
        + paragraph(styles.RED_RULE)
    )


def section() -> str:
    """One section: heading, paragraphs, subsections, table."""
    part = paragraph(styles.SUBHEADING, "（{{ 小节.序号 }}）{{ 小节.标题 }}")
    part += repeated("段 in 小节.各段", paragraph(styles.PROSE, "{{ 段 }}"))
    rows = kept(headings(STANDINGS, styles.COLUMN, 9))
    line_of_unit = values(STANDINGS, styles.CELL, styles.NAME_CELL, 7.5)
    rows += (
        tag(STANDINGS, "for 行 in 节.各行[:2]")
        + kept(line_of_unit)  # the third row comes along with the heading
        + tag(STANDINGS, "endfor")
        + tag(STANDINGS, "for 行 in 节.各行[2:][:-3]")
        + line_of_unit
        + tag(STANDINGS, "endfor")
        + tag(STANDINGS, "for 行 in 节.各行[2:][-3:-1]")
        + kept(line_of_unit)  # nor does the last row stand alone on the next page
        + tag(STANDINGS, "endfor")
        + tag(STANDINGS, "for 行 in 节.各行[2:][-1:]")
        + line_of_unit
        + tag(STANDINGS, "endfor")
    )
    table = (
        paragraph(styles.CAPTION, "{{ 节.表名 }}")
        + paragraph(styles.UNITS, "单位：户、%、百分点")
        + grid(STANDINGS, rows)
        + paragraph(styles.AFTER_TABLE)
    )
    return (
        paragraph(styles.HEADING, "{{ 节.序号 }}、{{ 节.标题 }}")
        + repeated("段 in 节.各段", paragraph(styles.PROSE, "{{ 段 }}"))
        + repeated("小节 in 节.各小节", part)
        + where("节.各行", table)
    )


def foot() -> str:
    """报尾, ruled off on the last lines of the 版心, on the page where the text ends."""
    words = (
        paragraph(styles.FOOT_TOP)
        + repeated("方 in 报送", paragraph(styles.FOOT_LINE, "{{ 方.称 }}：{{ 方.单位 }}"))
        + paragraph(styles.FOOT_MIDDLE)
        + paragraph(styles.FOOT_COPIES, "（共印{{ 印数 }}份）")
        + paragraph(styles.FOOT_END)
    )
    left, bottom = "<wp:align>left</wp:align>", "<wp:align>bottom</wp:align>"
    return TextBox(2, "报尾", styles.TEXT_MM, 35.5, left, bottom, is_in_text=True).run(words)


def body() -> str:
    """Make the portrait pages up to the foot."""
    setting = page(
        styles.PAPER_MM,
        (styles.TOP_MM, styles.RIGHT_MM, styles.BOTTOM_MM, styles.LEFT_MM),
        styles.FOOT_MM,
        feet=(1, 2),
    )
    last = paragraph_of(styles.FOOT_ROOM, foot())
    last = last.replace("</w:pPr>", f"{setting}</w:pPr>", 1)
    return (
        masthead()
        + where("更正说明", paragraph(styles.BLANK) + paragraph(styles.CORRECTION, "更正：{{ 更正说明 }}"))
        + paragraph(styles.BLANK) * 2
        + repeated("行 in 标题", paragraph(styles.TITLE, "{{ 行 }}"))
        + paragraph(styles.BLANK)
        + repeated("段 in 导语", paragraph(styles.PROSE, "{{ 段 }}"))
        + repeated("节 in 各节", section())
        + line("if 末段|length > 140")  # five lines: a longer one may part
        + paragraph(styles.PROSE, "{{ 末段 }}")
        + line("elif 末段")
        + paragraph(styles.LAST_PROSE, "{{ 末段 }}")
        + line("endif")
        + paragraph(styles.LAST_BLANK)
        + paragraph(styles.ANNEXES, "附件：1. {{ 月份 }}各单位任务完成情况总表")
        + paragraph(styles.LAST_ANNEX, "2. 各单位完成率与序时进度对比图")
        + line("for 方 in 报送")
        + line("for 占位 in 方.单位|batch(26)")
        + paragraph(styles.FOOT_ROOM)
        + line("endfor")
        + line("endfor")
        + paragraph(styles.FOOT_ROOM)
        + last
    )


def annex_1() -> str:
    """附件1: every figure of every unit, landscape (8: the table's top lies to the left of the sheet)."""
    totals = cell(53, paragraph(styles.ANNEX_TOTAL, "{{ 行.单位名称 }}"), 2)
    totals += "".join(
        cell(column.width_mm, paragraph(styles.ANNEX_TOTAL, f"{{{{ 行.{column.value} }}}}"))
        for column in ALL_FIGURES[2:]
    )
    rows = headings(ALL_FIGURES, styles.ANNEX_COLUMN, 8)
    rows += tag(ALL_FIGURES, "for 行 in 总表") + tag(ALL_FIGURES, "if 行.是合计") + row(totals, 6.2)
    rows += tag(ALL_FIGURES, "else") + values(ALL_FIGURES, styles.ANNEX_CELL, styles.ANNEX_NAME, 6.2)
    rows += tag(ALL_FIGURES, "endif") + tag(ALL_FIGURES, "endfor")
    about = "截至{{ 截至日期 }}　　序时进度：{{ 序时进度 }}%"
    setting = page(
        styles.PAPER_MM[::-1],
        (styles.LEFT_MM, styles.TOP_MM, styles.RIGHT_MM, styles.BOTTOM_MM),
        12,
        feet=(3, 4),
    )
    notes = paragraph(styles.NOTE, "注：{{ 总表说明 }}").replace("</w:pPr>", f"{setting}</w:pPr>", 1)
    return (
        paragraph(styles.ANNEX, "附件1")
        + paragraph(styles.BLANK)
        + paragraph(styles.ANNEX_TITLE, "{{ 月份 }}各单位任务完成情况总表")
        + paragraph(styles.UNITS, about)
        + grid(ALL_FIGURES, rows)
        + notes
    )


def annex_2() -> str:
    """附件2: the chart."""
    return (
        paragraph(styles.ANNEX, "附件2")
        + paragraph(styles.BLANK)
        + paragraph(styles.ANNEX_TITLE, "{{ 月份 }}各单位完成率与序时进度对比图")
        + paragraph(styles.UNITS, "截至{{ 截至日期 }}　　单位：%")
        + paragraph_of(styles.CHART, chart_run(5, styles.TEXT_MM, 172))
        + paragraph(
            styles.NOTE,
            "注：虚线框的右边线为序时进度（{{ 序时进度 }}%）；条形为完成率，后面是完成率和所处档次。",
        )
        + page(
            styles.PAPER_MM,
            (styles.TOP_MM, styles.RIGHT_MM, styles.BOTTOM_MM, styles.LEFT_MM),
            styles.FOOT_MM,
            feet=(1, 2),
        )
    )


def page_number(style: Style) -> str:
    """Make 「— 1 —」 (7.5)."""
    return paragraph_of(style, run("— ") + field("PAGE") + run(" —"))


def turned_page_number(style: Style) -> str:
    """Make the page number of a landscape page, on the same place of the sheet as on all others (8).

    Seen on the turned page that is beside the left edge, reading downwards: below for odd pages, above for even ones.
    """
    box = TextBox(
        3, style.name, 8, styles.TEXT_MM, at(styles.BOTTOM_MM - 11.4), at(styles.LEFT_MM), is_turned=True
    )
    return paragraph_of(styles.EVEN, box.run(page_number(style)))


def build() -> None:
    """Write the template."""
    feet = (
        page_number(styles.ODD),
        page_number(styles.EVEN),
        turned_page_number(styles.ODD),
        turned_page_number(styles.EVEN),
    )
    parts = [*(footer_part(number, foot) for number, foot in enumerate(feet, 1)), chart_part(10.5)]
    write(TARGET, "工作简报（模板）", styles.STYLES, body() + annex_1() + annex_2(), parts, even_pages=True)


if __name__ == "__main__":
    build()
