"""What is doubtful in how businesses were attributed (疑点): each still counts as it was, and a person looks at it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from types import MappingProxyType

from pipeline.domain.letters.model import Letter, Serial
from pipeline.domain.model import Problem, Unit
from pipeline.domain.period import BY_CALENDAR, Calendar, Year
from pipeline.domain.records.registrations import Registration
from pipeline.domain.statistics.attribution import BY_LETTER, Attribution, is_live
from pipeline.domain.values.identity import long_form, masked, masked_whole
from pipeline.domain.values.text import plain

_NOBODY_SAID: Mapping[Serial, date] = MappingProxyType({})
COLUMNS = ("单位", "名称", "统一社会信用代码", "文件", "工作表", "行", "列", "现在是", "问题和办法", "代码")
"""Of 疑点清单, after the running number."""
AGAIN_WITHIN_DAYS = 90
"""A cancellation and the same person's next registration so close to each other may be one shop counted twice."""


def doubts(
    attributions: Sequence[Attribution],
    letters: Mapping[Serial, Letter],
    as_of: date,
    valid_days: int | None = None,
    handed_out: Mapping[Serial, date] = _NOBODY_SAID,
    calendar: Calendar = BY_CALENDAR,
) -> tuple[Problem, ...]:
    """Every doubt about a business established by ``as_of``, in the order of the businesses, at its last row.

    Parameters and codes are those of :func:`doubted`.
    """
    return tuple(
        doubt
        for _, found in doubted(attributions, letters, as_of, valid_days, handed_out, calendar)
        for doubt in found
    )


def doubted(
    attributions: Sequence[Attribution],
    letters: Mapping[Serial, Letter],
    as_of: date,
    valid_days: int | None = None,
    handed_out: Mapping[Serial, date] = _NOBODY_SAID,
    calendar: Calendar = BY_CALENDAR,
) -> tuple[tuple[Attribution, tuple[Problem, ...]], ...]:
    """Every business established by ``as_of``, in order, with what is doubtful in it; nothing for most.

    :param attributions: as of :func:`~pipeline.domain.statistics.attribution.attribute`, with the same letters and day.
    :param valid_days: how many days a letter is good for after its own; None for any number.
    :param handed_out: when letters were first handed out: one that carries no date was not used before.
    :param calendar: the plan's; only what was established in the plan year of ``as_of`` can be 疑似重复登记.

    Codes: ``letter-unknown``, ``letter-void``, ``letter-lost``, ``letter-of-no-unit``, ``letter-used-twice``,
    ``letter-other-unit``, ``letter-other-person``, ``before-letter``, ``after-letter``; ``registered-again`` (疑似重复登记).
    """
    there = [
        each for each in attributions if each.business.established and each.business.established <= as_of
    ]
    claims: defaultdict[Serial, list[Attribution]] = defaultdict(list)
    for each in there:
        if each.business.letter:
            claims[each.business.letter].append(each)
    closed = _closed_by_person(attributions)
    numbers = {number for number, _ in closed}
    first = calendar.first(Year(calendar.month(as_of).year))
    told: list[tuple[Attribution, tuple[Problem, ...]]] = []
    for each in there:
        found: list[Problem] = []
        if each.business.letter:
            letter = letters.get(each.business.letter)
            found += _about_letter(each, letter, claims[each.business.letter])
            if letter and is_live(letter):
                found += _about_use(each.business, letter, valid_days, handed_out.get(letter.serial))
        if long_form(each.business.id_no) in numbers:
            found += _registered_again(each.business, closed, first)
        told.append((each, tuple(found)))
    return tuple(told)


def lines(
    found: Iterable[Problem], attributions: Sequence[Attribution], units: Sequence[Unit]
) -> list[list[str | int]]:
    """Each doubt, and each finding in a row of an export, as a line of 疑点清单 under :data:`COLUMNS`.

    The unit is the one that the business counts for, else the one that it declares, by its name in the roster; where
    the row is of no business that counts, what the row itself says. Numbers of persons are hidden.
    """
    told = list(found)
    sources = {each.source for each in told}
    owners = {source: each for each in attributions for source in each.business.sources if source in sources}
    names = {unit.code: unit.name for unit in units} | {
        plain(known): unit.name for unit in units for known in (unit.name, unit.full_name, *unit.aliases)
    }
    return [
        [
            *map(masked, _whose(each, owners.get(each.source), names)), each.source.file, each.source.sheet or "",
            each.source.row or "", each.column or "", each.seen, each.advice, each.code,
        ]
        for each in told
    ]  # fmt: skip


def _whose(found: Problem, owner: Attribution | None, names: Mapping[str, str]) -> tuple[str, str, str]:
    """Unit, name and unified code, as far as they are known.

    :param names: code of a unit, or what it may be called → its name in the roster.
    """
    declared, name, uscc = found.whose
    unit = names.get(plain(declared), declared)
    if owner:
        unit = names.get(owner.unit or owner.business.unit or "", unit)
        name, uscc = owner.business.name or name, owner.business.uscc or uscc
    return unit, name, uscc


def _about_letter(
    each: Attribution, letter: Letter | None, claims: Sequence[Attribution]
) -> Iterator[Problem]:
    """Whether the letter carries the attribution."""
    business = each.business
    if letter is None:
        yield _doubt(business, "letter-unknown", "台账里没有这份介绍信，没有按它归属。请核对编号。")
    elif letter.state == "void":
        yield _doubt(business, "letter-void", "这份介绍信已作废，没有按它归属。请核对编号。")
    elif letter.state == "lost":
        yield _doubt(business, "letter-lost", "这份介绍信已报遗失，没有按它归属。请查明来历。")
    elif keeper := next((claim for claim in claims if claim.by == BY_LETTER), None):
        others = [str(claim.business.sources[-1]) for claim in claims if claim is not each]
        if keeper is not each:
            where = keeper.business.sources[-1]
            advice = f"同一份介绍信已归成立更早的另一户（{where}），这一户按申报单位归属。请核对编号。"
            yield _doubt(business, "letter-used-twice", advice)
        elif others:
            advice = f"同一份介绍信还写在另一户（{others[0]}），归成立更早的这一户。请核对编号。"
            yield _doubt(business, "letter-used-twice", advice)
        if keeper is each and business.unit not in {None, each.unit}:
            advice = f"这份介绍信是发给{letter.unit_name}的，申报单位写的是另一家。按介绍信归属，请核对。"
            yield _doubt(business, "letter-other-unit", advice)
    else:
        advice = "这份介绍信的单位不在单位名录里，没有按它归属。请核对编号和名录。"
        yield _doubt(business, "letter-of-no-unit", advice)


def _about_use(
    business: Registration, letter: Letter, valid_days: int | None, handed_out: date | None
) -> Iterator[Problem]:
    """Whether the letter was used by the right person at the right time."""
    if letter.applicant and _are_two_people(letter.applicant.id_no, business.id_no):
        advice = "介绍信上的人和经营者的身份证号不一样。仍然计入，请核实是不是同一人办的照。"
        yield _doubt(business, "letter-other-person", advice, masked_whole(business.id_no))
    earliest, what = (letter.day, "的日期") if letter.day else (handed_out, "领用的日期")
    if earliest and business.established and business.established < earliest:
        advice = f"成立日期{business.established}早于介绍信{what}{earliest}。仍然计入，请核实。"
        yield _doubt(business, "before-letter", advice)
    if letter.day and business.established and valid_days is not None:
        last = letter.day + timedelta(valid_days)
        if business.established > last:
            advice = f"成立日期{business.established}已过介绍信的有效期（到{last}）。仍然计入，请核实。"
            yield _doubt(business, "after-letter", advice)


def _are_two_people(one: str, other: str) -> bool:
    """Whether two ID numbers are complete, and not the same in their long forms."""
    one, other = long_form(one.upper()), long_form(other.upper())
    return one != other and all(len(each) == 18 and each[:17].isdecimal() for each in (one, other))


def _person(business: Registration) -> tuple[str, str] | None:
    return (
        (long_form(business.id_no), plain(business.operator))
        if business.id_no and business.operator
        else None
    )


def _closed_by_person(attributions: Sequence[Attribution]) -> Mapping[tuple[str, str], list[Registration]]:
    closed: defaultdict[tuple[str, str], list[Registration]] = defaultdict(list)
    for each in attributions:
        if each.business.cancelled and (person := _person(each.business)):
            closed[person].append(each.business)
    return closed


def _registered_again(
    business: Registration, closed: Mapping[tuple[str, str], list[Registration]], first: date
) -> Iterator[Problem]:
    """Whether the same person cancelled another business shortly before this one was established.

    :param first: day from which on it is looked at.
    """
    day, person = business.established, _person(business)
    if day is None or day < first or person is None:
        return
    for other in closed.get(person, ()):
        if (
            other is not business
            and other.cancelled
            and 0 <= (day - other.cancelled).days <= AGAIN_WITHIN_DAYS
        ):
            advice = (
                f"疑似重复登记：同一经营者的另一户（{other.sources[-1]}）{other.cancelled}注销，"
                f"{(day - other.cancelled).days}天后登记了这一户。仍然计入，请核实。"
            )
            yield _doubt(business, "registered-again", advice, business.name)
            return


def _doubt(business: Registration, code: str, advice: str, seen: str | None = None) -> Problem:
    """A doubt at the business's last row; what is seen there is the letter's key unless told otherwise."""
    key = business.letter.key if business.letter else ""
    return Problem(business.sources[-1], None, key if seen is None else seen, code, advice)
