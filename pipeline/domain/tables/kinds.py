"""What makes a kind of table, and the words for columns that several kinds have.

Each kind stands beside what reads its rows. A file's name and suffix say nothing, its header row says everything; a
county's own words come in through ``[headers]`` of ``pipeline.toml``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of table and the words its columns go by."""

    name: str
    """One word, as in ``check --json``."""
    title: str
    """What clerks call it."""
    columns: Mapping[str, tuple[str, ...]]
    """Canonical field → header texts, the first being the one we recommend."""
    required: tuple[tuple[str, ...], ...]
    """Fields without which the table is not this kind; of each group one is enough."""
    printed: tuple[str, ...] = ()
    """Fields whose text gets on paper, or is looked up as a clerk reads it: of these, what a cell shows counts."""
    is_list: bool = False
    """Whether a row is a person or a business, so that totals and footers can be told from it by what they lack."""
    weighed: tuple[str, ...] = ()
    """Fields that are numbered, counted or printed: what two columns say of one is held against each other."""
    is_plan: bool = False
    """Whether there must be exactly one, since without it no letter can be numbered."""
    stops: bool = True
    """Whether what is wrong in its rows stops a job; not where no clerk here can correct it."""


SEQ = ("序号", "行号", "No.", "编号")
ID_NO = (
    "身份证号", "身份证号码", "公民身份号码", "公民身份证号码", "身份证", "身份证件号码", "居民身份证号", "证件号码", "证件号",
    "经营者证件号码", "经营者身份证号", "经营者身份证号码", "cerno", "idcard",
)  # fmt: skip
PHONE = (
    "联系方式", "联系电话", "手机号", "手机号码", "手机", "电话", "电话号码", "经营者电话", "经营者联系电话", "tel",
    "dh_hm",
)  # fmt: skip
UNIT = (
    "引荐单位", "推荐单位", "培育单位", "责任单位", "介绍单位", "申报单位", "所属单位", "单位名称", "单位", "乡镇(单位)",
    "单位(乡镇)", "行业主管部门",
)  # fmt: skip
SCOPE = (
    "主要经营", "经营范围", "主营", "主营业务", "主营项目", "经营项目", "经营内容", "经营范围及方式", "opscope",
    "opscoandform", "jyfw",
)  # fmt: skip
ADDRESS = (
    "经营地址", "经营场所", "经营地点", "住所(经营场所)", "住所", "地址", "营业地址", "oploc", "dom", "jycs",
)  # fmt: skip

VAGUE = frozenset((
    "序号", "行号", "No.", "代码", "单位代码", "简称", "单位简称", "单位名称", "所属单位", "申报单位", "行业主管部门", "乡镇",
    "所属乡镇", "街道", "所属街道", "分组", "任务", "身份证", "负责人", "户主", "申请人", "申请人姓名", "培育对象", "字号", "字号名称", "商户名称", "店名",
    "店铺名称", "住所", "地址", "dom", "登记日期", "开业日期", "介绍信", "信号", "素材", "说明", "数量", "完成数", "日期", "发放日期", *SCOPE,
))  # fmt: skip
"""Header texts that often mean something else where a better one stands beside them: 负责人 of the unit beside 姓名."""


def with_words(kinds: Sequence[Kind], words: Mapping[str, Sequence[str]]) -> tuple[Kind, ...]:
    """The kinds with a county's own header texts besides ours.

    :param words: the recommended header text of a column (``联系方式``) → other texts for it.
    :raises KeyError: no column goes by that word.
    """
    known = {synonyms[0] for kind in kinds for synonyms in kind.columns.values()}
    for word in words:
        if word not in known:
            raise KeyError(word)
    return tuple(replace(kind, columns=_joined(kind.columns, words)) for kind in kinds)


def _joined(
    columns: Mapping[str, tuple[str, ...]], words: Mapping[str, Sequence[str]]
) -> dict[str, tuple[str, ...]]:
    return {field: (*synonyms, *words.get(synonyms[0], ())) for field, synonyms in columns.items()}
