"""Page and paragraph styles of the bulletin, by the clauses of GB/T 9704-2012."""

from __future__ import annotations

from parts.style import BIAOSONG, FANGSONG, HEITI, KAITI, SONGTI, Style

PAPER_MM = (210.0, 297.0)
TOP_MM, RIGHT_MM, BOTTOM_MM, LEFT_MM = 37.0, 26.0, 35.0, 28.0  # 5.2.1: 版心 156 × 225 mm
TEXT_MM = 156.0
FOOT_MM = 25.6  # puts the dash of the page number 7 mm below the 版心 (7.5)
LINE_PT, HANZI_PT = 28.95, 15.75  # 22 lines and 28 characters fill the 版心 (5.2.3)
RED = "FF0000"


def rule(side: str, eighths: int, color: str = "000000") -> str:
    """Make a line along one side, so many eighths of a point thick."""
    return f'<w:{side} w:val="single" w:sz="{eighths}" w:space="0" w:color="{color}"/>'


def _prose(name: str, hanzi: str, **look: object) -> Style:
    return Style(
        name,
        16,
        LINE_PT,
        "both",
        hanzi,
        first_line_pt=2 * HANZI_PT,
        spacing_pt=-0.25,
        is_prose=True,
        **look,  # type: ignore[arg-type]
    )


# 简报: the masthead takes the upper third of page 1; 7.2.4: red 小标宋
BLANK = Style("空行", 16, LINE_PT)
LAST_BLANK = Style("空行（末）", 16, LINE_PT, keeps_next=True)
HEAD_SPACE = Style("报头空位", 16, 43.4)
NAME = Style("简报名称", 32, 57.9, "center", BIAOSONG, RED)
LONG_NAME = Style("简报名称（较长）", 25.5, 57.9, "center", BIAOSONG, RED)
LONGEST_NAME = Style("简报名称（最长）", 20, 57.9, "center", BIAOSONG, RED)
NUMBER = Style("期号", 16, LINE_PT, "center")
ISSUER = Style("编发单位", 16, LINE_PT, indent_pt=16)
LONG_ISSUER = Style("编发单位（长）", 14, 22, indent_pt=16)
DAY = Style("编发日期", 16, LINE_PT, "right", right_pt=16)
RED_RULE = Style("报头红线", 4, 11.35, border=rule("bottom", 18, RED))
CORRECTION = Style(
    "更正说明", 14, 22, "both", KAITI, indent_pt=5, right_pt=5, is_prose=True,
    border="".join(
        f'<w:{side} w:val="single" w:sz="6" w:space="4" w:color="000000"/>' for side in ("top", "left", "bottom", "right")
    ),
)  # fmt: skip
# 7.3.1: 2号小标宋; 7.3.3: 3号, 黑体 and 楷体 for the first two levels
TITLE = Style("标题", 22, 36, "center", BIAOSONG, is_prose=True, keeps_next=True, latin=BIAOSONG)
PROSE = _prose("正文", FANGSONG)
LAST_PROSE = _prose("正文（末段）", FANGSONG, keeps_next=True)
HEADING = _prose("一级标题", HEITI, keeps_next=True, outline=0)
SUBHEADING = _prose("二级标题", KAITI, keeps_next=True, outline=1)
# tables in the text
CAPTION = Style("表名", 16, LINE_PT, "center", HEITI, keeps_next=True)
UNITS = Style("表单位", 12, 20, "right", keeps_next=True)
COLUMN = Style("表头", 12, 16, "center", HEITI)
CELL = Style("表身", 12, 16, "center")
NAME_CELL = Style("表身单位", 12, 16)
AFTER_TABLE = Style("表后空位", 8, 12)
# 7.3.4
ANNEXES = Style("附件说明", 16, LINE_PT, "both", indent_pt=6 * HANZI_PT, first_line_pt=-4 * HANZI_PT,
                spacing_pt=-0.25, is_prose=True, keeps_next=True)  # fmt: skip
LAST_ANNEX = Style("附件说明（末）", 16, LINE_PT, "both", indent_pt=6 * HANZI_PT, first_line_pt=-HANZI_PT,
                   spacing_pt=-0.25, is_prose=True, keeps_next=True)  # fmt: skip
# 报尾, like 版记: 4号; 7.4.1: outer lines 0.35 mm, inner 0.25 mm
FOOT_ROOM = Style("报尾占位", 14, 22, keeps_next=True)
FOOT_TOP = Style("报尾首线", 2, 3, border=rule("top", 8))
FOOT_LINE = Style("报尾", 14, 22, "both", indent_pt=42, first_line_pt=-28, right_pt=14, is_prose=True)
FOOT_MIDDLE = Style("报尾中线", 2, 3, border=rule("top", 6))
FOOT_COPIES = Style("印数", 14, 22, "right", right_pt=14)
FOOT_END = Style("报尾末线", 2, 3, border=rule("bottom", 8))
# 7.3.7
ANNEX = Style("附件序号", 16, LINE_PT, hanzi=HEITI, outline=0, latin=HEITI)
ANNEX_TITLE = Style("附件标题", 22, 32, "center", BIAOSONG, is_prose=True, latin=BIAOSONG)
ANNEX_COLUMN = Style("总表表头", 10.5, 14, "center", HEITI)
ANNEX_CELL = Style("总表表身", 10.5, 14, "center")
ANNEX_NAME = Style("总表单位", 10.5, 14)
ANNEX_TOTAL = Style("总表合计", 10.5, 14, "center", HEITI)
NOTE = Style("表注", 10.5, 16, "both", indent_pt=21, first_line_pt=-21, is_prose=True)
CHART = Style("图", 10.5, 0, "center")
# 7.5: 4号宋体, 右空一字 on odd pages, 左空一字 on even ones
ODD = Style("单页码", 14, 16, "right", SONGTI, right_pt=14, latin=SONGTI)
EVEN = Style("双页码", 14, 16, "left", SONGTI, indent_pt=14, latin=SONGTI)
STYLES = tuple(style for style in dict(globals()).values() if isinstance(style, Style))
