"""What is made of the open items: two ledgers, as workbooks and on paper, a form for each that is to be closed, the figures."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pipeline.domain.documents import Data, Document, Paper, Template, Workbook, Worksheet
from pipeline.domain.items.item import Item, State
from pipeline.domain.items.number import ItemNumbers
from pipeline.domain.items.plain import ledger_object
from pipeline.domain.items.standing import sentence, urgency
from pipeline.domain.period import Now
from pipeline.domain.wording import chinese_date
from pipeline.reports.items.tables import COLUMNS, Words

_HEAD = ("县", "年度", "截至日期", "编制单位", "综述", "各行", "行")
OPEN_ITEMS = Template("open_items.docx", _HEAD, optional=("综述", "编制单位"))
"""问题台账."""
CLOSED_ITEMS = Template("closed_items.docx", _HEAD, optional=("综述", "编制单位"))
"""销号台账."""
CLOSING_FORM = Template(
    "closing_form.docx",
    (
        "县", "账号", "责任单位", "责任人", "类别", "来源", "立账日", "时限", "问题", "标准", "措施", "成效", "各佐证", "件", "申请人",
        "申请日", "单位负责人", "复核人", "复核方式", "复核意见", "编制单位",
    ),
    optional=("县", "责任人", "来源", "立账日", "申请人", "编制单位"),
)  # fmt: skip
"""销号申请表."""


@dataclass(frozen=True, slots=True)
class Content:
    """The items of a year as they are on a day."""

    year: int
    """Plan year."""
    county: str
    """Whose."""
    office: str
    """Who keeps them."""
    at: datetime
    """When they were written out."""
    day: date
    """On which they are as they are."""
    due_soon: int
    """Days before its deadline from which an item is due soon."""
    numbers: ItemNumbers
    """How they are numbered."""
    items: Sequence[Item]
    """All of them, by number."""
    forms: Sequence[Item]
    """Those of which a form is wanted, besides those that wait for review."""

    @property
    def period(self) -> Now:
        """None: they take the place of the last ones."""
        return Now()


def documents(content: Content) -> Iterator[Document]:
    """All files of the items."""
    day = content.day
    left = sorted(
        (item for item in content.items if item.is_open),
        key=lambda item: urgency(item, day, content.due_soon),
    )
    closed = [item for item in content.items if item.state is State.CLOSED]
    words = Words(content.numbers, day, content.due_soon)
    head = f"{content.year}年{content.county}个体工商户培育挂账事项"
    for name, items in (("问题台账", left), ("销号台账", closed)):
        rows = [words.full(number, item) for number, item in enumerate(items, 1)]
        yield Workbook(name, [Worksheet(name, f"{head}{name}", COLUMNS, rows)])
    fields: dict[str, object] = {
        "县": content.county, "年度": content.year, "截至日期": chinese_date(day), "编制单位": content.office,
        "综述": sentence(content.items, day, content.due_soon) or "没有挂账事项。",
    }  # fmt: skip
    open_rows = [words.open(number, item) for number, item in enumerate(left, 1)]
    closed_rows = [words.closed(number, item) for number, item in enumerate(closed, 1)]
    yield Paper("问题台账", f"{head}问题台账", OPEN_ITEMS, fields | {"各行": open_rows}, keeps_docx=True)
    yield Paper("销号台账", f"{head}销号台账", CLOSED_ITEMS, fields | {"各行": closed_rows}, keeps_docx=True)
    wanted = {item.number for item in content.forms}
    for item in content.items:
        if item.state is not State.REVIEW and item.number not in wanted:
            continue
        told = words.form(item) | {"县": content.county, "编制单位": content.office}
        yield Paper(
            f"销号申请表-{item.key}-{item.about.unit_name}", f"{words.number(item)}号销号申请表", CLOSING_FORM, told,
            keeps_docx=True,
        )  # fmt: skip
    yield Data("items", ledger_object(content.items, content.numbers, day, content.due_soon))
