"""Open items for tests: a book to write in, and the usual acts."""

from datetime import UTC, date, datetime, timedelta

from pipeline.domain.items.book import ItemBook
from pipeline.domain.items.item import Item, Opening
from pipeline.domain.journal import Entry, Journal
from pipeline.settings import Items

RULES = Items()
DAY = date(2022, 7, 5)
"""A Tuesday."""
ABOUT = Opening("01", "东村镇", "进度滞后", "完成率低于序时进度", "累计净增达到序时进度", date(2022, 7, 20))
NOON = datetime(2022, 7, 5, 12, tzinfo=UTC)
PROOF = {"evidence": [{"name": "佐证/照片.jpg", "sha256": "0" * 64}], "head": "王五"}


def after(days: int) -> date:
    """So many days after :data:`DAY`."""
    return DAY + timedelta(days=days)


def empty_book(rules: Items = RULES) -> ItemBook:
    return ItemBook(Journal(2022, ()), rules)


def entered(book: ItemBook) -> Journal:
    """The journal as it is when the book's acts have been entered."""
    return Journal(
        book.year,
        tuple(
            Entry(act.series, book.year, act.number or 0, act.act, act.unit, act.day, act.who, act.details,
                  NOON)
            for act in book.acts
        ),
    )  # fmt: skip


def to(state: str, rules: Items = RULES) -> ItemBook:
    """A book whose one item has come into a state, at the latest six days after :data:`DAY`."""
    book = empty_book(rules)
    book.open(ABOUT, DAY)
    road = {
        "已立账": (), "已交办": ("assign",), "整改中": ("assign", "accept"), "待复核": ("assign", "accept", "apply"),
        "已销号": ("assign", "accept", "apply", "close"), "已撤账": ("withdraw",), "已中止": ("suspend",),
    }[state]  # fmt: skip
    for name in road:
        do(book, name)
    return book


def do(book: ItemBook, name: str, day: date = DAY, **more: object) -> Item:
    """An act as it is usually done."""
    who = {"apply": "李四", "close": "赵六", "return": "赵六"}.get(name, "")
    said: dict[str, dict[str, object]] = {
        "apply": PROOF, "extend": {"deadline": "2022-08-05", "reason": "场地在修"},
        **{key: {"reason": "说明"} for key in ("object", "progress", "refuse", "return", "suspend", "withdraw")},
    }  # fmt: skip
    return book.do(1, name, day, str(more.pop("who", who)), said.get(name, {}) | more)
