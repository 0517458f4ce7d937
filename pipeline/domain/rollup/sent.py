"""A county's ``figures.json`` as the city received it → what it says of one month, or why it cannot be used."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pipeline.domain.model import Problem, Source
from pipeline.domain.period import Month
from pipeline.domain.statistics.figures import Tally
from pipeline.domain.statistics.published import NAMES

KIND = "county-figures"
"""What such a file is, beside the kinds of table."""
TITLE = "县区数据"
"""In Chinese."""
_TELLING = ('"issue_number"', '"completion_rate"')
"""By these words such a file is known, whatever it is called."""


def are_figures(text: str) -> bool:
    """Whether a JSON text is a county's figures, whole or broken."""
    return all(word in text for word in _TELLING)


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that a county sent."""

    file: str
    """Path below ``inputs/``."""
    on: date
    """Day on which it was last written, by its modification time."""
    key: str | None
    """Public key of the office that sealed it; None where it is not as it was sealed, or never was."""
    digest: str
    """Of what it says, whoever sealed it."""


@dataclass(frozen=True, slots=True)
class CountyMonth:
    """A county's month, as its bulletin has it."""

    sent: Sent
    """The file."""
    code: str
    """The county's code, as it says itself."""
    name: str
    """The county's name, as it says itself."""
    month: Month
    """Which month."""
    month_end: int
    """Day on which its months end; 0 for calendar months."""
    definitions: int
    """Version of the rules by which it counts."""
    revision: int
    """From 1; higher ones are its own corrections (更正)."""
    target: int
    """Of all its units."""
    tally: Tally
    """All its units together with what is nobody's."""
    first_on: date
    """Day on which its first file of the month came, of whatever revision."""


def read_sent(sent: Sent, content: Mapping[str, Any] | None) -> CountyMonth | Problem:
    """What a file says of a county's month.

    Problem codes: ``figures-broken``, ``figures-seal``, ``figures-place``, ``figures-sum``.

    :param content: what it holds; None where it is no whole JSON object.
    """
    if content is None:
        return figures_problem(sent, "figures-broken", "文件不完整，读不了。请县里重新发一份。")
    if "seal" not in content:
        advice = "没有封签，是旧版程序出的，或封签被删去了。请县里用新版程序更正一次这个月的简报，把新的 figures.json 发来。"
        return figures_problem(sent, "figures-seal", advice)
    if sent.key is None:
        advice = "和封签对不上，印发以后被改动过，不能汇总。请县里把没有动过的 figures.json 重新发来；数字要改的，由县里更正简报。"
        return figures_problem(sent, "figures-seal", advice)
    try:
        found = _read(sent, content)
        wrong = _wrong_sum(found, content)
    except (AttributeError, LookupError, TypeError, ValueError):
        return figures_problem(sent, "figures-broken", "缺少应有的内容。请县里重新发一份。")
    if not found.code:
        advice = "没有写是哪个县的。请县里在 pipeline.toml 的 [plan] code 写上市里给的代码，更正这个月的简报，再发来。"
        return figures_problem(sent, "figures-place", advice)
    return figures_problem(sent, "figures-sum", f"{wrong}请县里查清后更正简报，再发来。") if wrong else found


def figures_problem(sent: Sent, code: str, advice: str) -> Problem:
    """Something is wrong with a file as a whole."""
    return Problem(Source(sent.file), None, "", code, advice)


def _read(sent: Sent, content: Mapping[str, Any]) -> CountyMonth:
    place, county = content["place"], content["county"]
    return CountyMonth(
        sent,
        str(place["code"]).strip(),
        str(place["name"]).strip(),
        Month.read(content["month"]),
        _count(content["month_end"]),
        _count(content["definitions"]),
        _count(content["revision"]),
        _count(county["target"]),
        Tally(*(_count(county[name]) for name in ("new_month", "cancelled_month", "new", "cancelled"))),
        sent.on,
    )


def _count(value: Any) -> int:
    """A whole number from 0 on.

    :raises ValueError: it is none.
    """
    if type(value) is not int or value < 0:
        raise ValueError(value)
    return value


def _wrong_sum(found: CountyMonth, content: Mapping[str, Any]) -> str:
    """What does not add up, in Chinese; empty where all does."""
    county, units, nobody = content["county"], content["units"], content["unattributed"]
    for name in NAMES:
        parts = sum(unit[name] for unit in units) + nobody[name]
        if parts != county[name]:
            return f"各单位加未归属是{parts}，合计写的是{county[name]}（{name}），对不上。"
    if (county["net_month"], county["net"]) != (found.tally.net_month, found.tally.net):
        return "净增不等于新增减注销。"
    if sum(unit["target"] for unit in units) != found.target:
        return f"各单位任务数相加不是合计的{found.target}。"
    return ""
