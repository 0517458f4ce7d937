"""What an assessment waits for from whoever types it in."""

from pipeline.domain.assessment.reading import assessment_from
from pipeline.domain.assessment.rules import BOTH, TYPED
from pipeline.domain.assessment.values import FILE_NAME
from pipeline.domain.period import Year
from pipeline.publishing.report import Facts


def wants(facts: Facts, _: Year) -> tuple[str, ...]:
    """Typed items (满意度 …) that have no figure of some units.

    :raises UsageFault: ``assessment.toml`` cannot be used.
    """
    units = facts.intake.units
    lacking = {
        item.name: sum(item.group in {BOTH, unit.group} and unit.code not in item.values for unit in units)
        for item in assessment_from(facts.rules, units).items
        if item.source == TYPED
    }
    told = "、".join(f"{name}（{number}个单位）" for name, number in lacking.items() if number)
    return (
        (f"考核里由专班填的实绩没有填全：{told}。请写进 {FILE_NAME} 的 [values]；不填的不计分。",)
        if told
        else ()
    )
