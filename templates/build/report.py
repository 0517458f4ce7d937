"""Make templates/report.docx: the quarterly report to the government (一季一汇报), an upward 报告 on the page of GB/T 9704-2012.

Letterhead with 签发人 beside the number (7.2.6), the text, then annexes: the units' figures on a landscape page, the
five lists and the open items on further ones. An annex without rows is left out. Last comes 版记, on the back of a sheet
and at the foot of the 版心 (7.4), on a page without number (7.5).

Run ``python templates/build/report.py``; the same source gives the same bytes.
"""

from __future__ import annotations

from pathlib import Path

import bulletin_styles as styles
from bulletin import line, page_number, repeated, turned_page_number, where
from bulletin_tables import Column, cell, grid, headings, row, tag, values
from parts.grid import cell as topped
from parts.package import footer_part, write
from parts.style import BIAOSONG, HEITI, KAITI, Style, twips
from parts.textbox import TextBox
from parts.wordfile import kept, page, paragraph, paragraph_of, run, section_end, table_frame

TARGET = Path(__file__).resolve().parents[1] / "report.docx"

DRAFT = Style("稿", 16, styles.LINE_PT, hanzi=HEITI)
HEAD_SPACE = Style("版头空位", 16, 35)
ISSUER = Style("发文机关", 26, 46, "center", BIAOSONG, styles.RED)
LONG_ISSUER = Style("发文机关（较长）", 20, 46, "center", BIAOSONG, styles.RED)
NUMBER = Style("文号", 16, styles.LINE_PT, indent_pt=16)
SIGNER = Style("签发人", 16, styles.LINE_PT, "right", right_pt=16)
TO = Style("主送", 16, styles.LINE_PT, is_prose=True)
SIGN = Style("署名", 16, styles.LINE_PT, "right", right_pt=32, keeps_next=True)
DAY = Style("成文日期", 16, styles.LINE_PT, "right", right_pt=64)
NEXT_ANNEX = Style(
    "附件序号（另页）", 16, styles.LINE_PT, hanzi=HEITI, outline=0, latin=HEITI, starts_page=True
)
PRINTED = Style("印发机关和印发日期", 14, 22, indent_pt=14, right_pt=14)
MORE = (DRAFT, HEAD_SPACE, ISSUER, LONG_ISSUER, NUMBER, SIGNER, TO, SIGN, DAY, NEXT_ANNEX, PRINTED)
END_OF_PAGES = Style("节末", 1, 1)

FIGURES = (
    Column(10, ("序号",), "序号"),
    Column(43, ("单位名称",), "单位名称", is_name=True),
    Column(16.5, ("年度任务", "数（户）"), "任务数"),
    Column(12, ("新增",), "本季新增", "本季（户）"),
    Column(12, ("注销",), "本季注销", "本季（户）"),
    Column(12, ("净增",), "本季净增", "本季（户）"),
    Column(14, ("补录", "核减"), "补录"),
    Column(13.5, ("新增",), "累计新增", "累计（户）"),
    Column(13.5, ("注销",), "累计注销", "累计（户）"),
    Column(13.5, ("净增",), "累计净增", "累计（户）"),
    Column(17, ("完成率", "（%）"), "完成率"),
    Column(20, ("与序时", "进度差", "（百分点）"), "进度差"),
    Column(10, ("排名",), "排名"),
    Column(18, ("状态",), "状态"),
)
"""Of 行 in 完成情况, 225 mm."""
LISTS = (
    Column(28, ("清单",), "清单"),
    Column(24, ("内容",), "内容"),
    Column(18, ("项数",), "项数"),
    Column(155, ("进展",), "进展", is_name=True),
)
"""Of 行 in 清单情况, 225 mm."""
PROMISES = (
    Column(15, ("措施", "编号"), "措施编号"),
    Column(66, ("量化指标",), "指标", is_name=True),
    Column(48, ("责任单位",), "责任", is_name=True),
    Column(16, ("计量", "单位"), "计量单位"),
    Column(19, ("目标",), "目标"),
    Column(19, ("完成",), "完成"),
    Column(19, ("完成率", "（%）"), "完成率"),
    Column(23, ("状态",), "状态"),
)
"""Of 行 in 兑现情况, 225 mm."""
ACCOUNTS = (
    Column(57, ("类别",), "类别", is_name=True),
    Column(28, ("立账", "（项）"), "立账"),
    Column(28, ("已销号", "（项）"), "已销号"),
    Column(28, ("未销号", "（项）"), "未销号"),
    Column(28, ("其中逾期", "（项）"), "逾期"),
    Column(28, ("销号率", "（%）"), "销号率"),
    Column(28, ("按期销号率", "（%）"), "按期销号率"),
)
"""Of 行 in 挂账情况, 225 mm."""
PORTRAIT = page(
    styles.PAPER_MM,
    (styles.TOP_MM, styles.RIGHT_MM, styles.BOTTOM_MM, styles.LEFT_MM),
    styles.FOOT_MM,
    feet=(1, 2),
)
LANDSCAPE = page(
    styles.PAPER_MM[::-1],
    (styles.LEFT_MM, styles.TOP_MM, styles.RIGHT_MM, styles.BOTTOM_MM),
    12,
    feet=(3, 4),
)
LAST_PAGE = page(
    styles.PAPER_MM,
    (styles.TOP_MM, styles.RIGHT_MM, styles.BOTTOM_MM, styles.LEFT_MM),
    styles.FOOT_MM,
    feet=(5, 5),
).replace("<w:pgSz", '<w:type w:val="evenPage"/><w:pgSz')
"""A page on the back of a sheet, without a number."""


def letterhead() -> str:
    """版头: issuer, number and who signs, red rule (7.2)."""
    half = styles.TEXT_MM / 2
    signer = paragraph_of(SIGNER, run("签发人：") + run("{{ 签发人 }}", KAITI))
    cells = cell(half, paragraph(NUMBER, "{{ 文号 }}")) + cell(half, signer)
    columns = f'<w:gridCol w:w="{twips(half)}"/>' * 2
    return (
        paragraph(DRAFT, "{{ 稿 }}")
        + paragraph(HEAD_SPACE)
        + where("发文机关|length <= 16", paragraph(ISSUER, "{{ 发文机关 }}"))
        + where("发文机关|length > 16", paragraph(LONG_ISSUER, "{{ 发文机关 }}"))
        + paragraph(styles.BLANK)
        + table_frame(columns, row(cells, 10), twips(styles.TEXT_MM), 0)
        + paragraph(styles.RED_RULE)
    )


def text(end: str) -> str:
    """From the title to the signature; ``end`` closes the section."""
    part = paragraph(styles.SUBHEADING, "（{{ 小节.序号 }}）{{ 小节.标题 }}")
    part += repeated("段 in 小节.各段", paragraph(styles.PROSE, "{{ 段 }}"))
    section = (
        paragraph(styles.HEADING, "{{ 节.序号 }}、{{ 节.标题 }}")
        + repeated("段 in 节.各段", paragraph(styles.PROSE, "{{ 段 }}"))
        + repeated("小节 in 节.各小节", part)
    )
    return (
        where(
            "更正说明",
            paragraph(styles.BLANK)
            + paragraph(styles.CORRECTION, "更正：{{ 更正说明 }}。以本次报告的为准。"),
        )
        + paragraph(styles.BLANK) * 2
        + repeated("段 in 标题", paragraph(styles.TITLE, "{{ 段 }}"))
        + paragraph(styles.BLANK)
        + paragraph(TO, "{{ 主送 }}：")
        + paragraph(styles.PROSE, "{{ 导语 }}")
        + repeated("节 in 各节", section)
        + paragraph(styles.LAST_PROSE, "特此报告。")
        + paragraph(styles.LAST_BLANK)
        + paragraph(styles.ANNEXES, "附件：{{ 附件[0] }}")
        + repeated("段 in 附件[1:]", paragraph(styles.LAST_ANNEX, "{{ 段 }}"))
        + paragraph(styles.LAST_BLANK)
        + paragraph(SIGN, "{{ 发文机关 }}")
        + paragraph(DAY, "{{ 成文日期 }}")
        + end
    )


def standings() -> str:
    """附件1: every unit, landscape; with the only annex it has no number."""
    totals = cell(53, paragraph(styles.ANNEX_TOTAL, "{{ 行.单位名称 }}"), 2)
    totals += "".join(
        cell(column.width_mm, paragraph(styles.ANNEX_TOTAL, f"{{{{ 行.{column.value} }}}}"))
        for column in FIGURES[2:]
    )
    rows = headings(FIGURES, styles.ANNEX_COLUMN, 8)
    rows += tag(FIGURES, "for 行 in 完成情况") + tag(FIGURES, "if 行.是合计") + row(totals, 6.2)
    rows += tag(FIGURES, "else") + values(FIGURES, styles.ANNEX_CELL, styles.ANNEX_NAME, 6.2)
    rows += tag(FIGURES, "endif") + tag(FIGURES, "endfor")
    return (
        paragraph(styles.ANNEX, "附件{% if 附件|length > 1 %}1{% endif %}")
        + paragraph(styles.BLANK)
        + paragraph(styles.ANNEX_TITLE, "{{ 季度 }}各单位任务完成情况表")
        + paragraph(styles.UNITS, "截至{{ 截至日期 }}　　序时进度：{{ 序时进度 }}%　　单位：户")
        + grid(FIGURES, rows)
        + paragraph(styles.NOTE, "注：{{ 完成说明 }}")
    )


def listing(name: str, columns: tuple[Column, ...]) -> str:
    """Make a table of what the template calls ``name``."""
    rows = headings(columns, styles.ANNEX_COLUMN, 9)
    # from the top: a line's cells are read back one after another, however many lines one of them has
    cells = "".join(
        topped(
            column.width_mm,
            paragraph(
                styles.ANNEX_NAME if column.is_name else styles.ANNEX_CELL, f"{{{{ 行.{column.value} }}}}"
            ),
            valign="top",
        )
        for column in columns
    )
    rows += tag(columns, f"for 行 in {name}") + row(cells, 6.2) + tag(columns, "endfor")
    return grid(columns, rows) + paragraph(styles.AFTER_TABLE)


def annex(name: str, number: str, heading: str, tables: str, few: int = 0) -> str:
    """Make an annex of its own page, left out where what the template calls ``name`` has no rows.

    ``number`` is its number, ``heading`` its title, as the template says them; both are as of the day of asking. One
    of at most ``few`` rows goes on where the one before has room for all of it: it would stand alone on a sheet.
    """
    rest = (
        paragraph(styles.ANNEX_TITLE, f"{{{{ 季度 }}}}{heading}")
        + paragraph(styles.UNITS, "截至{{ 挂账日期 }}")
        + tables
    )
    own = paragraph(NEXT_ANNEX, f"附件{number}") + paragraph(styles.BLANK) + rest
    if not few:
        return where(name, own)
    following = kept(paragraph(styles.ANNEX, f"附件{number}") + rest)
    return where(name, line(f"if {name}|length <= {few}") + following + line("else") + own + line("endif"))


def printed() -> str:
    """版记: copies to whom (抄送), who prints it and when, between rules; none in the middle where nobody gets a copy."""
    width = twips(styles.TEXT_MM) - 2 * 280
    tab = f'<w:tabs><w:tab w:val="right" w:pos="{width + 280}"/></w:tabs></w:pPr>'
    who = run("{{ 印发机关 }}") + "<w:r><w:tab/></w:r>" + run("{{ 印发日期 }}印发")
    last = paragraph_of(PRINTED, who).replace("</w:pPr>", tab)
    copies = paragraph(styles.FOOT_LINE, "抄送：{{ 抄送 }}。") + paragraph(styles.FOOT_MIDDLE)
    words = paragraph(styles.FOOT_TOP) + where("抄送", copies) + last + paragraph(styles.FOOT_END)
    left, bottom = "<wp:align>left</wp:align>", "<wp:align>bottom</wp:align>"
    box = TextBox(4, "版记", styles.TEXT_MM, 20, left, bottom, is_in_text=True)
    return paragraph_of(END_OF_PAGES, box.run(words))


def build() -> None:
    """Write the template."""
    feet = [
        number(style) for number in (page_number, turned_page_number) for style in (styles.ODD, styles.EVEN)
    ]
    parts = [footer_part(number, foot) for number, foot in enumerate((*feet, paragraph(styles.EVEN)), 1)]
    lists = listing("清单情况", LISTS) + where("兑现情况", listing("兑现情况", PROMISES))
    accounts = listing("挂账情况", ACCOUNTS)
    body = (
        letterhead()
        + text(section_end(END_OF_PAGES, PORTRAIT))
        + standings()
        + annex("清单情况", "2", "五清单进展情况表", lists)
        + annex("挂账情况", "{% if 清单情况 %}3{% else %}2{% endif %}", "挂账销号情况表", accounts, few=4)
        + section_end(END_OF_PAGES, LANDSCAPE)
        + printed()
        + LAST_PAGE
    )
    write(TARGET, "季度报告（模板）", (*styles.STYLES, *MORE, END_OF_PAGES), body, parts, even_pages=True)


if __name__ == "__main__":
    build()
