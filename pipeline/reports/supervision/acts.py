"""What is entered into the journal when papers are issued or withdrawn, with the open items that go with them."""

from collections import Counter
from collections.abc import Mapping, Sequence

from pipeline.domain.items.book import ItemBook
from pipeline.domain.items.item import LAG, Item, Opening, State
from pipeline.domain.items.number import ItemNumbers
from pipeline.domain.journal import Act
from pipeline.domain.statistics.published import unit_object
from pipeline.domain.supervision.cases import Case
from pipeline.domain.supervision.ladder import REMIND
from pipeline.domain.supervision.papers import CONFIRM, WITHDRAW, Ground, Paper
from pipeline.reports.supervision.papers import NAMES, Occasion, fields, situation
from pipeline.reports.supervision.situation import Situation

STANDARD = "整改方案所列的服务措施逐项落实，有整改情况和佐证。"
"""验收标准: what a unit has done for people, never how many it has brought (《促进个体工商户发展条例》 30)."""


def confirmations(
    now: Situation, chosen: Sequence[Case], templates: Mapping[str, str]
) -> tuple[Act, ...]:  # fmt: skip
    """Acts by which papers are numbered, frozen and issued; each 督办 and 约谈 opens an item, or names its unit again.

    :param chosen: proposed ones, each of which lacks nothing.
    :param templates: level → SHA-256 of the template in which its papers are set.
    :raises RegisterFault: an item cannot be opened.
    """
    occasion = now.occasion
    book = ItemBook(now.journal, occasion.settings.items)
    issued: Counter[str] = Counter()
    acts = []
    for case in chosen:
        number = now.journal.next_number(case.level) + issued[case.level]
        issued[case.level] += 1
        known = set(book.items)
        item = None if case.level == REMIND else _opened(book, case, occasion, number)
        account = account_text(occasion, item.number) if item else ""
        before = now.last_before(case.standing.unit.code)
        acts.append(
            Act(
                case.level,
                number,
                CONFIRM,
                case.standing.unit.code,
                occasion.day,
                occasion.rules.approved_by or occasion.settings.plan.office,
                {
                    "ground": Ground(
                        occasion.figures.month, case.standing, case.months_running, now.rule
                    ).to_plain(),
                    "serial": occasion.serial(case.level, number),
                    "template": templates[case.level],
                    "fields": fields(case, occasion, "", number, account, before),
                    "figures": unit_object(case.standing),
                    "issue_number": occasion.issue_number,
                    "due": occasion.due(case.level).isoformat(),
                    "account": account,
                    "item": item.number if item else None,
                    "opens": item is not None and item.number not in known,
                    "authority": occasion.rules.authority,
                    "approved_by": occasion.rules.approved_by,
                },
            )
        )
    return (*acts, *book.acts)


def _opened(book: ItemBook, case: Case, occasion: Occasion, number: int) -> Item:
    unit = case.standing.unit
    about = Opening(
        unit.code,
        unit.name,
        LAG,
        situation(case, occasion.figures).replace("你单位", unit.name),
        STANDARD,
        occasion.due(case.level),
        source=f"{NAMES[case.level]}（{occasion.serial(case.level, number)}）",
    )
    return book.open(about, occasion.day, occasion.settings.plan.office)


def account_text(occasion: Occasion, number: int) -> str:
    """An item's number as a paper prints it."""
    settings = occasion.settings
    return f"{ItemNumbers(settings.plan.year, settings.items.serial).text(number)}号"


def withdrawals(
    now: Situation, chosen: Sequence[Paper], reason: str
) -> tuple[tuple[Act, ...], tuple[str, ...]]:  # fmt: skip
    """Acts by which papers are taken back, with the items that they opened where nobody has begun on them; and, in
    Chinese, which items stay.

    :param chosen: papers that hold.
    """  # noqa: D205 - one sentence
    occasion, office = now.occasion, now.occasion.settings.plan.office
    book = ItemBook(now.journal, occasion.settings.items)
    acts = [
        Act(paper.level, paper.number, WITHDRAW, paper.unit, occasion.day, office, {"reason": reason})
        for paper in chosen
    ]
    stay = []
    for paper in chosen:
        number = paper.told["item"]
        if not isinstance(number, int):
            continue
        item = book.on(number, occasion.day)
        others = [
            each.serial
            for each in now.papers
            if each.told["item"] == number and each.withdrawn is None and each not in chosen
        ]
        account = account_text(occasion, number)
        if not item.is_open:
            continue
        if others:
            stay.append(f"{account}没有撤账：{'、'.join(others)}也督办这一事项。")
        elif not _is_its_own(now, number):
            stay.append(f"{account}没有撤账：不是督查立的账。")
        elif item.state not in {State.OPENED, State.ASSIGNED}:
            stay.append(f"{account}没有撤账：现在是{item.state}，办完了请申请销号。")
        else:
            book.do(number, "withdraw", occasion.day, office, {"reason": f"撤回{paper.serial}：{reason}"})
    return (*acts, *book.acts), tuple(stay)


def _is_its_own(now: Situation, number: int) -> bool:
    """Whether an item was opened by a paper of supervision."""
    return any(each.told["item"] == number and each.told["opens"] for each in now.papers)
