"""How far the five lists (五清单) have come: views of the plan's measures and policies, nothing typed or counted a second time."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from pipeline.domain.records.lists.measures import Measure, promises
from pipeline.domain.records.lists.policies import Policy
from pipeline.domain.records.lists.progress import STATES, YUAN, Span, state_of, summands, total
from pipeline.reports.report.promises import amount_text, number


@dataclass(frozen=True, slots=True)
class Lists:
    """What the plan asks for beside the targets, as it stands on a day."""

    measures: Sequence[Measure]
    """A line for each amount, in the plan's order; a measure without any has one."""
    policies: Sequence[Policy]
    """What the plan holds out to businesses."""
    day: date
    """On which things stand as they do."""
    year: int
    """The plan's."""
    span: Span
    """First and last month of the plan's period."""

    def state_of(self, measure: Measure) -> str:
        """How far an amount is, as the lists say it."""
        return state_of(measure, self.span, self.year, self.day)

    @property
    def promises(self) -> tuple[Measure, ...]:
        """The lines that promise an amount."""
        return promises(self.measures)

    @property
    def firsts(self) -> list[Measure]:
        """A measure's first line, in the plan's order."""
        found: dict[str, Measure] = {}
        for each in self.measures:
            found.setdefault(each.key, each)
        return list(found.values())


def object_of(lists: Lists) -> dict[str, Any] | None:
    """The five lists for ``report.json``; None where the plan's measures are not there."""
    if not lists.measures:
        return None
    states = Counter(lists.state_of(each) for each in lists.promises)
    firsts = lists.firsts
    reported = {each.policy for each in lists.promises if each.actual is not None}
    told = [each.name in reported for each in lists.policies]
    over = sum(each.is_over(lists.day) for each in lists.policies)
    return {
        "as_of": lists.day.isoformat(),
        "tasks": {"amounts": len(lists.promises), "states": {state: states[state] for state in STATES}},
        "duties": {
            "measures": len(firsts), "leading": len({each.units[0] for each in firsts if each.units}),
            "named": sum(bool(each.texts.get("person")) for each in firsts),
        },
        "steps": {
            "measures": len(firsts), "progress": sum(bool(each.texts.get("progress")) for each in firsts),
            "obstacles": sum(bool(each.texts.get("obstacle")) for each in firsts),
        },
        "results": {
            "amounts": len(lists.promises), "reported": sum(each.actual is not None for each in lists.promises),
            "evidence": sum(bool(each.texts.get("evidence")) for each in lists.promises),
            "accepted": sum(bool(each.texts.get("verdict")) for each in lists.promises),
        },
        "policies": {
            "policies": len(told), "running": len(told) - over, "over": over, "reported": sum(told),
            "amount": number(_handed_out(lists)), "loans": number(_handed_out(lists, lent=True)), "unit_of_measure": "万元",
        },
    }  # fmt: skip


def _handed_out(lists: Lists, *, lent: bool = False) -> Fraction | None:
    """万元 given, or lent, by all policies; None where nothing of it was reported."""
    names = {each.name for each in lists.policies}
    return total(summands((each for each in lists.measures if each.policy in names), YUAN, lent=lent), YUAN)


def rows(lists: Lists) -> list[dict[str, str]]:
    """The annex: a line for each list; none where the plan's measures are not there."""
    found = object_of(lists)
    if found is None:
        return []
    tasks, duties, steps, results, policies = (
        found[name] for name in ("tasks", "duties", "steps", "results", "policies")
    )
    states = "，".join(f"{state}{count}项" for state, count in tasks["states"].items() if count)
    amount, lent = _handed_out(lists), _handed_out(lists, lent=True)
    sums = f"，兑现金额共{amount_text(amount)}万元" if amount is not None else ""
    sums += f"，发放贷款{amount_text(lent)}万元" if lent is not None else ""
    told = [
        ("任务清单", "量化指标", tasks["amounts"], states),
        (
            "责任清单", "工作措施", duties["measures"],
            f"牵头单位{duties['leading']}个，{_some(duties['named'], '写明责任人的', '责任人都还没有写明')}",
        ),
        (
            "措施清单", "工作措施", steps["measures"],
            _some(steps["progress"], "报了进展的", "都还没有报进展") + _any(steps["obstacles"], "有困难的"),
        ),
        (
            "结果清单", "量化指标", results["amounts"],
            _some(results["reported"], "报了完成数的", "都还没有报完成数") + _any(results["evidence"], "有佐证材料的")
            + _any(results["accepted"], "有验收结论的"),
        ),
        (
            "政策清单", "兑现政策", policies["policies"],
            _some(policies["running"], "执行中", "没有在执行的") + _any(policies["over"], "已到期")
            + f"，{_some(policies['reported'], '报了兑现数的', '都还没有报兑现数')}{sums}",
        ),
    ]  # fmt: skip
    return [
        {"清单": name, "内容": what, "项数": str(count), "进展": said}
        for name, what, count, said in told
        if count
    ]


def _some(number: int, what: str, nothing: str) -> str:
    """报了进展的3项; of none what is said then."""
    return f"{what}{number}项" if number else nothing


def _any(number: int, what: str) -> str:
    """，有困难的3项; empty for none."""
    return f"，{what}{number}项" if number else ""
