"""The job ``lists``: 六定, 五清单, 一台账 as things stand, in the place of the last ones.

read → attribute → what is doubtful → write. Figures are those of the latest printed bulletin; nothing is counted anew.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from pipeline.adapters.archive import Archive
from pipeline.adapters.register import exists, open_register
from pipeline.domain.analysis.places import Places
from pipeline.domain.items.book import items_on
from pipeline.domain.items.item import SERIES, Item
from pipeline.domain.journal import Journal
from pipeline.domain.letters.lifecycle import Event
from pipeline.domain.letters.model import Letter
from pipeline.domain.model import Problem, Source, Unit
from pipeline.domain.outcome import Outcome
from pipeline.domain.period import Year
from pipeline.domain.records.lists.measures import MEASURES, promises
from pipeline.domain.records.lists.policies import POLICIES
from pipeline.domain.records.lists.unit_plans import UNIT_PLANS
from pipeline.domain.records.lists.upgrades import UPGRADES
from pipeline.domain.records.registrations import REGISTRATIONS
from pipeline.domain.records.unit_names import find_unit, unknown_unit
from pipeline.domain.statistics.attribution import Attribution, attribute
from pipeline.domain.statistics.counting import count
from pipeline.domain.statistics.measuring import month_figures
from pipeline.errors import ExitCode, UsageFault
from pipeline.intake import Intake, age_day, read_inputs
from pipeline.jobs.published import latest_printed
from pipeline.progress import ProgressBar
from pipeline.publishing.publish import publish
from pipeline.publishing.renderer import Renderer
from pipeline.reports.bulletin.compose import doubtful, yardstick_of
from pipeline.reports.lists import LISTS
from pipeline.reports.lists.content import Content, Entered
from pipeline.workspace import Workspace

_READS = (REGISTRATIONS, MEASURES, POLICIES, UNIT_PLANS, UPGRADES)
_NO_MEASURES = Problem(
    Source("inputs"), None, "", "missing-table",
    "没有清单素材。请把写明各项工作措施的表放进 inputs；样子见 examples/2022/inputs/清单素材.xlsx。",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Kept:
    """What the register has of the plan year."""

    letters: tuple[Letter, ...] = ()
    """By unit and number."""
    events: tuple[Event, ...] = ()
    """What happened to them, in order."""
    items: tuple[Item, ...] = ()
    """Open items, as they were on the day."""


def run(
    workspace: Workspace,
    name: str | None,
    today: date,
    now: datetime,
    bar: ProgressBar,
    *,
    each: bool = False,
) -> Outcome:
    """Write the lists to ``outputs/lists/YEAR``.

    :param name: of the unit whose businesses the ledger is to hold; None for all.
    :param each: whether each unit gets a ledger of its own besides.
    :param today: on which things are to stand as they do.
    :raises UsageFault: no unit is called that.
    :raises FileFault: the disk refuses.
    """
    year = workspace.settings.plan.year
    intake = read_inputs(workspace, age_day(year, now.date()), _READS)
    stopping = (*intake.stopping, *(() if intake.has(MEASURES) else (_NO_MEASURES,)))
    if stopping:
        closing = f"表格里有{len(stopping)}处问题，没有出{LISTS.title}。请照列出来的改好，再办一次。"
        return Outcome(ExitCode.DATA, closing, stopping)
    only = _unit(name, intake.units) if name else None
    bar.say("正在写五清单、六定表、一台账……")
    content = replace(_content(workspace, intake, only, today, now), each=each)
    with Renderer(workspace) as renderer:
        folder = publish(renderer, LISTS, content)
    return Outcome(ExitCode.DONE, _closing(content, intake), folders=(folder,))


def _unit(name: str, units: Sequence[Unit]) -> Unit:
    unit = find_unit(name, units)
    if unit is None:
        raise UsageFault(unknown_unit(name, units))
    return unit


def _content(workspace: Workspace, intake: Intake, only: Unit | None, today: date, now: datetime) -> Content:
    plan = workspace.settings.plan
    kept = _kept(workspace, today)
    printed, is_rolled_up = latest_printed(Archive(workspace.publications), plan.year)
    return Content(
        Year(plan.year), plan.county, plan.office, now, today, intake.units, intake.said(MEASURES), intake.said(POLICIES),
        {each.unit: each for each in intake.said(UNIT_PLANS)}, yardstick_of(workspace.settings),
        printed, kept.items, _ledger(workspace, intake, kept, today), intake.said(UPGRADES), only, is_rolled_up=is_rolled_up,
    )  # fmt: skip


def _kept(workspace: Workspace, today: date) -> _Kept:
    """What the register has; makes none."""
    if not exists(workspace.register):
        return _Kept()
    year = workspace.settings.plan.year
    with open_register(workspace.register) as register:
        journal = Journal(year, register.journal(SERIES, year))
        items = items_on(journal, today, workspace.settings.items)
        return _Kept(tuple(register.letters(year)), tuple(register.events(year)), tuple(items))


def _ledger(workspace: Workspace, intake: Intake, kept: _Kept, today: date) -> list[Entered]:
    """Every business by its unit in roster order, nobody's last, and then by the day of its establishment.

    Attributed and doubted as the bulletin of the day's month does it.
    """
    settings, calendar = workspace.settings, workspace.calendar
    year = Year(settings.plan.year)
    day = min(max(today, calendar.first(year)), calendar.last(year))
    as_of = calendar.last(calendar.month(day))
    letters = {letter.serial: letter for letter in kept.letters}
    attributions = attribute(intake.said(REGISTRATIONS), letters, intake.units, as_of)
    counted = count(attributions, as_of, calendar)
    figures = month_figures(counted, intake.units, as_of, yardstick_of(settings))
    doubts = Counter(
        each.source for each in doubtful(intake, attributions, letters, kept.events, figures, settings)
    )
    places, names = Places(intake.units), {unit.code: unit.name for unit in intake.units}
    order = {unit.code: place for place, unit in enumerate(intake.units)}

    def entered(each: Attribution) -> Entered:
        business = each.business
        place = names.get(places.of(business) or "", business.town)
        return Entered(each, sum(doubts[source] for source in business.sources), place)

    in_order = sorted(
        attributions,
        key=lambda each: (order.get(each.unit or "", len(order)), each.business.established or date.min),
    )
    return [entered(each) for each in in_order]


def _closing(content: Content, intake: Intake) -> str:
    amounts = promises(content.measures)
    reported = sum(each.actual is not None for each in amounts)
    whose = f"{content.only.name}的" if content.only else ""
    each = "，各单位另有一份，在“各单位”文件夹" if content.each else ""
    return (
        f"措施{len(content.by_measure)}项，要报的数{len(amounts)}个，报来{reported}个，未报{len(amounts) - reported}个；"
        f"一台账登记{whose}个体工商户{len(content.ledger_of(content.only))}户{each}{_left_out(intake)}。一台账、责任清单、六定表内部用，不外传。"
    )


def _left_out(intake: Intake) -> str:
    """How many rows of the exports could not be used, so that nobody takes the ledger for all of them."""
    rows = {each.source for each in intake.problems if intake.is_of(each, REGISTRATIONS)}
    return f"，登记数据里另有{len(rows)}处不能用，没有列入，检查表格时逐条列出" if rows else ""
