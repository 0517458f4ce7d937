"""Businesses that may be others under a new name: another operator in the same place, or a company.

实施细则 (国家市场监督管理总局令第57号) 第三十八条 had a business change its operator (经营者) by cancellation and new registration, from
1 March 2022 on; 《促进个体工商户发展条例》 第十三条 lets him be changed by entry since 1 November 2022. In between a change looks like
one loss and one gain, and as the loss seldom counts against the unit, like a gain for nothing.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date

from pipeline.domain.model import Problem
from pipeline.domain.records.exports.companies import Company
from pipeline.domain.records.registrations import Registration
from pipeline.domain.statistics.attribution import Attribution
from pipeline.domain.statistics.suspicions.scene import Scene, doubt, named, same_person, typed_number
from pipeline.domain.values.licence import is_individual
from pipeline.domain.values.text import each_made, is_plain, plain

_CHANGED_BY_CANCELLATION = date(2022, 3, 1), date(2022, 10, 31)
"""First and last day on which an operator could only be changed so."""


def take_overs(scene: Scene) -> Iterator[Problem]:
    """New businesses in the place, or under the name, of one that another operator had cancelled around the same time.

    Each cancellation stands for one new business, the nearest to the first come. With the pair is told what the unit has
    gained without such pairs; a cancellation that counts against the same unit has taken its one off already.

    Code: ``take-over``.
    """
    pairs = list(_pairs(scene))
    free = Counter(new.unit for new, old in pairs if not _counts_against(old, new.unit, scene))
    nets = {each.unit.code: each.tally.net for each in scene.figures.units}
    for new, old in pairs:
        apart = abs((_opening(new) - _closing(old)).days)
        advice = (
            f"疑似变更经营者：{_what_is_same(scene, new.business, old.business)}、另一经营者的{named(old.business)}"
            f"{old.business.cancelled}注销，与这一户登记相隔{apart}天。"
        )
        if new.unit in nets:
            net, less = nets[new.unit], free[new.unit]
            advice += f"{scene.unit_name(new)}累计净增{net}户，其中这样的{less}户，扣除后净增{net - less}户。"
        yield doubt(new, "take-over", str(new.business.established), f"{advice}请核实。")


def _counts_against(old: Attribution, unit: str | None, scene: Scene) -> bool:
    opened = old.business.established
    return old.unit == unit and opened is not None and opened >= scene.first


def _what_is_same(scene: Scene, new: Registration, old: Registration) -> str:
    place = scene.place(new.address)
    return "同一地址" if place and place == scene.place(old.address) else "同一名称"


def _pairs(scene: Scene) -> Iterator[tuple[Attribution, Attribution]]:
    """New businesses with what they seem to have come in the place of, in order of opening."""
    days, (first, last) = scene.rules.take_over_days, _CHANGED_BY_CANCELLATION

    def keys(business: Registration) -> list[str]:
        return [key for key in (scene.place(business.address), plain(business.name)) if key]

    if not days or scene.figures.as_of < first:
        return
    gone = [each for each in scene.gone if first <= _closing(each) <= last]
    free = _Free(sorted(gone, key=_closing), keys)
    new, addresses = scene.new, scene.of_new(scene.addresses)
    names = each_made([each.business.name for each in new], is_plain, plain)
    coming = [
        each
        for each, address, name in zip(new, addresses, names, strict=True)
        if (address in free.keys or name in free.keys) and first <= _opening(each) <= last
    ]
    for each in sorted(coming, key=_opening):
        if old := free.take(each, days, keys(each.business)):
            yield each, old


def _opening(each: Attribution) -> date:
    return each.business.established or date.min


def _closing(each: Attribution) -> date:
    return each.business.cancelled or date.min


class _Free:
    """Cancellations for which no new business stands yet."""

    def __init__(self, gone: Sequence[Attribution], keys: Callable[[Registration], Sequence[str]]) -> None:
        """Look at cancellations in order of time.

        :param keys: by any of which a business may be known again.
        """
        self._by_key: defaultdict[str, deque[Attribution]] = defaultdict(deque)
        self._taken: set[int] = set()
        for each in gone:
            for key in keys(each.business):
                self._by_key[key].append(each)
        self.keys: Collection[str] = self._by_key.keys()
        """By any of which one of them is known."""

    def take(self, new: Attribution, days: int, keys: Sequence[str]) -> Attribution | None:
        """The earliest by another operator within so many days; to be asked for in order of opening.

        What is too early for one is so for all that come after, and is forgotten.
        """
        for key in keys:
            waiting = self._by_key.get(key, _NONE)
            while waiting and (
                id(waiting[0]) in self._taken or (_opening(new) - _closing(waiting[0])).days > days
            ):
                waiting.popleft()
            for old in waiting:
                if (_closing(old) - _opening(new)).days > days:
                    break
                is_other = old is not new and id(old) not in self._taken
                if is_other and same_person(old.business, new.business) is False:
                    self._taken.add(id(old))
                    return old
        return None


_NONE: deque[Attribution] = deque()


def conversions(scene: Scene, companies: Sequence[Company]) -> Iterator[Problem]:
    """Cancelled businesses of whose operator, or at whose place, a company was established around the same time.

    And companies that have kept an individual business's code (国市监注发〔2025〕58号), at the last row of each.

    Code: ``to-company``.
    """
    kept = {company.uscc: company for company in companies if is_individual(company.uscc)}
    for company in kept.values() if scene.rules.company_days else ():
        advice = "疑似个转企：统一社会信用代码是个体工商户的，登记的是企业，没有计入。请核实，是转为企业的另作统计。"
        whose = (company.unit, company.name, company.uscc)
        yield Problem(company.source, None, company.uscc, "to-company", advice, whose=whose)
    days = scene.rules.company_days
    by_key: defaultdict[str, list[Company]] = defaultdict(list)
    for company in companies if days else ():
        for key in _known_by(scene, company):
            by_key[key].append(company)
    for each in scene.gone if by_key else ():
        near = (
            company
            for key in _known_by(scene, each.business)
            for company in by_key.get(key, ())
            if company.established and abs((company.established - _closing(each)).days) <= days
        )
        for company in near:
            is_place = scene.place(company.address) == (scene.place(each.business.address) or None)
            if is_place or same_person(company, each.business):
                what = "同一地址" if is_place else "同一经营者"
                advice = f"疑似个转企：{what}的企业{named(company)}{company.established}成立。请核实，是转为企业的另作统计。"
                yield doubt(each, "to-company", str(each.business.cancelled), advice)
                break


def _known_by(scene: Scene, who: Registration | Company) -> list[str]:
    """By any of which it may be known again: ID number, operator, place."""
    return [key for key in (typed_number(who), plain(who.operator), scene.place(who.address)) if key]
