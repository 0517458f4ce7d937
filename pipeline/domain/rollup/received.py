"""Of all that counties sent in a plan year, the file that counts for each county and month, and what is wrong or new."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.domain.model import Problem
from pipeline.domain.rollup.sent import CountyMonth, figures_problem
from pipeline.domain.values.text import plain
from pipeline.settings import Rollup

ByMonth = Mapping[int, Mapping[str, CountyMonth]]
"""Month → code of a county → what counts of it."""


@dataclass(frozen=True, slots=True)
class Used:
    """What a published roll-up went by for a county."""

    revision: int
    """Of the county's bulletin."""
    digest: str
    """Of what the file said."""
    key: str
    """By which it was sealed."""


@dataclass(frozen=True, slots=True)
class Received:
    """What the city has."""

    months: ByMonth
    """The highest revision of each."""
    problems: tuple[Problem, ...]
    """What cannot be, and stops a roll-up."""
    notices: tuple[Problem, ...]
    """What the city should know."""


def received(
    found: Sequence[CountyMonth], year: int, chosen: Rollup, used: Mapping[int, Mapping[str, Used]]
) -> Received:
    """What counts for each county and month of a plan year.

    Of several files of one month the highest revision counts, and of equal ones the one that came first. What a
    published roll-up went by may only be followed by a higher revision (更正).

    Problem codes: ``figures-county``, ``figures-key``, ``figures-conflict``, ``figures-changed``; as notices
    ``county-key``, ``county-corrected``, ``county-missed``.

    :param used: month → code → what the roll-up that counts went by.
    """
    strangers: list[Problem] = []
    places: defaultdict[tuple[int, str], list[CountyMonth]] = defaultdict(list)
    for each in found:
        if each.month.year != year:
            continue
        if problem := _stranger(each, chosen):
            strangers.append(problem)
        else:
            places[each.month.month, each.code].append(each)
    conflicts = tuple(problem for files in places.values() for problem in _conflicts(files))
    months: defaultdict[int, dict[str, CountyMonth]] = defaultdict(dict)
    for (month, code), files in sorted(places.items()):
        months[month][code] = _counting(files)
    changed = tuple(_changed(months, used))
    return Received(
        months,
        (*strangers, *conflicts, *changed),
        (*_other_keys(months, chosen, used), *_news(months, used)),
    )


def _stranger(each: CountyMonth, chosen: Rollup) -> Problem | None:
    """Why a file is of none of the city's counties, or not to be believed."""
    name = chosen.counties.get(each.code)
    says = f"文件里写的是“{each.name}”（代码 {each.code}）"
    if name is None:
        advice = f"{says}，pipeline.toml 的 [rollup] counties 里没有这个代码。不是本市的，请移出 inputs；写错的，请改正。"
        return figures_problem(each.sent, "figures-county", advice)
    if plain(name) != plain(each.name):
        advice = f"{says}，pipeline.toml 的 [rollup] counties 里这个代码是“{name}”。请和县里核对代码和名称。"
        return figures_problem(each.sent, "figures-county", advice)
    if (key := chosen.keys.get(each.code)) and key.lower() != each.sent.key:
        advice = f"不是用{name}登记的封签密钥封的（pipeline.toml 的 [rollup] keys），不能汇总。请向县里核实是谁发的。"
        return figures_problem(each.sent, "figures-key", advice)
    return None


def _conflicts(files: Sequence[CountyMonth]) -> Iterator[Problem]:
    """Files of one county and month that call themselves the same revision and say different things."""
    first: dict[int, CountyMonth] = {}
    for each in files:
        other = first.setdefault(each.revision, each)
        if other.sent.digest != each.sent.digest:
            advice = (
                f"和“{other.sent.file}”都是{each.name}{each.month.words}的第{each.revision}版，内容却不一样。"
                "请问清县里以哪份为准，把另一份移出 inputs。"
            )
            yield figures_problem(each.sent, "figures-conflict", advice)


def _counting(files: Sequence[CountyMonth]) -> CountyMonth:
    if len(files) == 1:
        return files[0]
    best = max(files, key=lambda each: each.revision)
    same = [each.sent.on for each in files if each.sent.digest == best.sent.digest]
    first = min(each.first_on for each in files)
    return replace(best, sent=replace(best.sent, on=min(same)), first_on=first)


def _changed(months: ByMonth, used: Mapping[int, Mapping[str, Used]]) -> Iterator[Problem]:
    """Months of a county that are not as a roll-up had them, and no correction of it."""
    for each, before in _both(months, used):
        if each.revision <= before.revision and each.sent.digest != before.digest:
            advice = (
                f"{each.name}{each.month.words}的数和汇总时用的（第{before.revision}版）不一样，又不是更正。"
                "请问清县里：改过的，由县里更正简报再发来；发错的，请换回原来的。"
            )
            yield figures_problem(each.sent, "figures-changed", advice)


def _news(months: ByMonth, used: Mapping[int, Mapping[str, Used]]) -> Iterator[Problem]:
    """What came for months that are published."""
    for each, before in _both(months, used):
        if each.revision > before.revision:
            advice = (
                f"{each.name}更正了{each.month.words}的数（第{each.revision}版），汇总印发时用的是第{before.revision}版。"
                f"要改{each.month.words}的汇总，请更正它；不改的，以后各月照新的数累计。"
            )
            yield figures_problem(each.sent, "county-corrected", advice)
    for month in sorted(set(months) & set(used)):
        for code, each in months[month].items():
            if code not in used[month]:
                advice = f"{each.name}{each.month.words}的数在汇总印发以后才到。要补进去，请更正{each.month.words}的汇总。"
                yield figures_problem(each.sent, "county-missed", advice)


def _other_keys(months: ByMonth, chosen: Rollup, used: Mapping[int, Mapping[str, Used]]) -> Iterator[Problem]:
    """Counties, not pinned, whose newest file is sealed with another key than what was used of them last.

    Where nothing was used yet, than their file of the month before that.
    """
    last = {code: own.key for month in sorted(used) for code, own in used[month].items()}
    newest: dict[str, CountyMonth] = {}
    before: dict[str, CountyMonth] = {}
    for month in sorted(months):
        before |= {code: newest[code] for code in months[month] if code in newest}
        newest |= months[month]
    for code, each in newest.items():
        known = last.get(code) or (before[code].sent.key if code in before else each.sent.key)
        if code not in chosen.keys and known != each.sent.key:
            advice = f"{each.name}的封签密钥和以前的不一样。请打电话问清县里是不是换了密钥（换过电脑、丢过 verify.key）。"
            yield figures_problem(each.sent, "county-key", advice)


def _both(months: ByMonth, used: Mapping[int, Mapping[str, Used]]) -> Iterator[tuple[CountyMonth, Used]]:
    for month in sorted(months):
        for code, each in months[month].items():
            if before := used.get(month, {}).get(code):
                yield each, before
