"""The job ``bulletin``: registrations → the month's figures → its work bulletin, frozen when it is published.

read → count → compose → print → keep → publish. What a publication says is kept, sealed, before its files appear; a
later run of the month makes the same files from what was kept, whatever has come in since.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from pipeline.adapters.archive import Archive, Publication
from pipeline.adapters.folders import alone, replace_folder
from pipeline.adapters.register import exists, open_register
from pipeline.adapters.secret import secret_of
from pipeline.adapters.word import open_template
from pipeline.domain.letters.lifecycle import first_handed_out
from pipeline.domain.letters.model import Letter, Serial
from pipeline.domain.model import Problem, Source
from pipeline.domain.outcome import Outcome
from pipeline.domain.statistics.attribution import attribute
from pipeline.domain.statistics.counting import Counted, count
from pipeline.domain.statistics.doubts import COLUMNS, doubts, lines
from pipeline.domain.statistics.figures import MonthFigures, Yardstick, month_end, month_figures
from pipeline.domain.statistics.late import LateRecords, counted_now, late_records
from pipeline.domain.wording import rate_text
from pipeline.errors import ExitCode, RegisterFault, UsageFault
from pipeline.intake import Intake, age_day, read_inputs
from pipeline.progress import ProgressBar
from pipeline.publishing.manifest import seal_report
from pipeline.publishing.renderer import Renderer
from pipeline.publishing.secret import refuse_second_secret
from pipeline.reports.bulletin.compose import IssueNumber, bulletin_of, wall_chart_of
from pipeline.reports.bulletin.content import BULLETIN_FIELDS, WALL_CHART_FIELDS
from pipeline.reports.bulletin.documents import print_bulletin
from pipeline.reports.bulletin.published import Published, figures_object, published_from
from pipeline.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Request:
    """What the clerk asked for."""

    month: int | None = None
    """1 to 12 of the plan year; None for the latest that has a registration."""
    number: int | None = None
    """期号; None for the next of the year."""
    reason: str = ""
    """Why a published month is published again (更正); empty to leave it as it is."""
    is_strict: bool = False
    """Stop on any problem."""


def run(workspace: Workspace, request: Request, now: datetime, teller: ProgressBar) -> Outcome:
    """Publish a month's bulletin, or make the files of a published one again.

    :raises Stop: its exit code and message are the command's; nothing is published.
    """
    year = workspace.settings.plan.year
    with alone(workspace.bulletins):
        archive = Archive(workspace.bulletins)
        known = archive.latest(year, request.month) if request.month else None
        if known and not request.reason:
            return _again(workspace, known, request, teller)
        intake = read_inputs(workspace, age_day(year, now.date()), ("registrations", "notes"))
        stopping = intake.problems if request.is_strict else intake.stopping
        if not intake.registrations and not stopping:
            stopping = (_NO_REGISTRATIONS,)
        if stopping:
            return _refused(stopping)
        month = request.month or _latest_month(intake, year, now.date())
        known = archive.latest(year, month)
        if known and not request.reason:
            return _again(workspace, known, request, teller)
        _refuse_oddities(request, known, year, month, now.date())
        templates = _templates(workspace)
        issue = _issue(workspace, archive, intake, month, request, now)
        publication = archive.sealed(year, month, issue, templates)
        with Renderer(workspace) as shop:
            folder = shop.folder / "made"
            folder.mkdir()
            teller.say("正在排简报……")
            print_bulletin(shop, publication, folder)
            archive.keep(publication)
            return _published(workspace, publication, folder)


_NO_REGISTRATIONS = Problem(
    Source("inputs"), None, "", "missing-table",
    "没有登记数据。请把审批局导出的登记表放进 inputs；样子见 examples/2022/inputs/登记数据。",
)  # fmt: skip


def _again(workspace: Workspace, known: Publication, request: Request, teller: ProgressBar) -> Outcome:
    """The files of a publication, made again as they were."""
    number = known.issue["figures"]["issue_number"]
    if request.number not in {None, number}:
        raise RegisterFault(
            f"{known.year}年{known.month}月的简报已按第{number}期印发，期号不能再改。要更正，请用 --revise 和 --reason。"
        )
    with Renderer(workspace) as shop:
        folder = shop.folder / "made"
        folder.mkdir()
        teller.say("这个月的简报已经印发过，按当时的内容重做……")
        print_bulletin(shop, known, folder)
        return _published(workspace, known, folder)


def _refuse_oddities(request: Request, known: Publication | None, year: int, month: int, today: date) -> None:
    if date(year, month, 1) > today:
        raise UsageFault(f"{year}年{month}月还没有到，不能出简报。")
    if request.reason and known is None:
        raise UsageFault(f"{year}年{month}月的简报还没有印发过，不用更正，直接运行就可以。")


def _templates(workspace: Workspace) -> dict[str, bytes]:
    """The Word templates, their placeholders checked; a clerk may leave one out.

    :raises TemplateFault: one is missing or broken, or has a placeholder that is not known.
    """
    found = {}
    for name, fields in (("bulletin.docx", BULLETIN_FIELDS), ("wallchart.docx", WALL_CHART_FIELDS)):
        template = open_template(workspace.template(name))
        template.demand(fields, dict.fromkeys(fields, 0))
        found[name] = template.data
    return found


def _latest_month(intake: Intake, year: int, today: date) -> int:
    days = {
        day
        for each in intake.registrations
        for day in (each.established, each.cancelled)
        if day and day.year == year and day <= today
    }
    return max((day.month for day in days), default=1)


def _issue(
    workspace: Workspace, archive: Archive, intake: Intake, month: int, request: Request, now: datetime
) -> dict[str, Any]:
    """All that is kept of a publication, as JSON values."""
    settings = workspace.settings
    year, chosen = settings.plan.year, settings.bulletin
    as_of = month_end(year, month)
    letters, handed_out = _letters(workspace)
    attributions = attribute(intake.registrations, letters, intake.units, as_of)
    counted = count(attributions, as_of)
    secret = secret_of(workspace.secret)
    earlier = {number: one for number, one in archive.of_year(year).items() if number < month}
    yardstick = Yardstick(chosen.first_month, chosen.last_month, Fraction(chosen.threshold_points, 100))
    figures = month_figures(counted, intake.units, as_of, yardstick, _late(counted, earlier, secret))
    before = earlier.get(month - 1)
    previous = published_from(before.issue["published"]).figures if before else None
    number, overall_number = _numbers(archive, year, month, request.number)
    imprint = IssueNumber(number, overall_number, now.date(), request.reason)
    bulletin = bulletin_of(figures, previous, intake.notes, settings, imprint)
    found = [
        *(each for each in (*intake.problems, *intake.notices) if intake.is_of(each, "registrations")),
        *doubts(attributions, letters, as_of, chosen.letter_days or None, handed_out),
    ]
    return {
        "published_at": now.isoformat(timespec="seconds"),
        "reason": request.reason,
        "office": settings.plan.office,
        "fields": bulletin.fields(),
        "wall_chart": wall_chart_of(figures, settings).fields(),
        "chart": {
            "pace": str(bulletin.chart.pace),
            "bars": [[bar.name, str(bar.percent), bar.band] for bar in bulletin.chart.bars],
        },
        "published": Published(figures, counted_now(counted, secret)).as_plain(),
        "figures": figures_object(figures, number),
        "counted_rows": _counted_rows(counted, figures),
        "doubt_columns": COLUMNS,
        "doubts": lines(found, attributions, intake.units),
    }  # fmt: skip


def _letters(workspace: Workspace) -> tuple[Mapping[Serial, Letter], Mapping[Serial, date]]:
    if not exists(workspace.register):
        return {}, {}
    with open_register(workspace.register) as register:
        refuse_second_secret(register, workspace)
        letters = {letter.serial: letter for letter in register.letters(workspace.settings.plan.year)}
        return letters, first_handed_out(register.events(workspace.settings.plan.year))


def _late(
    counted: Sequence[Counted], earlier: Mapping[int, Publication], secret: bytes
) -> LateRecords | None:
    if not earlier:
        return None
    last = published_from(earlier[max(earlier)].issue["published"])
    return late_records(counted, last.figures.as_of, last.counted, secret)


def _numbers(archive: Archive, year: int, month: int, wanted: int | None) -> tuple[int, int]:
    """期号 and 总期号: in the order of first publication; a revised month keeps its own.

    :raises RegisterFault: another month has the number that is wanted.
    """
    taken = {one.month: int(one.issue["figures"]["issue_number"]) for one in archive.of_year(year).values()}
    before = {(one.year, one.month) for one in archive.publications}
    if month in taken:
        known = next(one for one in archive.publications if (one.year, one.month) == (year, month))
        return taken[month], int(known.issue["fields"]["总期号"])
    other = next((own for own, number in taken.items() if number == wanted), None)
    if other is not None:
        raise RegisterFault(f"第{wanted}期已经是{year}年{other}月的简报，请换一个期号。")
    return wanted or max(taken.values(), default=0) + 1, len(before) + 1


def _counted_rows(counted: Sequence[Counted], figures: MonthFigures) -> list[list[str]]:
    """What counts, unit by unit and by day; neither persons nor phones."""
    places = {each.unit.code: (place, each.unit.name) for place, each in enumerate(figures.units)}
    nobody = (len(places), "未归属")
    rows = [
        (
            places.get(each.unit or "", nobody),
            [
                each.kind, each.day.isoformat(), each.business.uscc, each.business.regno, each.business.name,
                each.by or "", str(each.business.sources[-1]),
            ],
        )
        for each in counted
    ]  # fmt: skip
    rows.sort(key=lambda row: (row[0], row[1][1]))
    return [[name, *rest] for (_, name), rest in rows]


def _refused(problems: Sequence[Problem]) -> Outcome:
    closing = f"表格里有{len(problems)}处问题，简报没有出。请按上面的提示改好后再运行。"
    return Outcome(ExitCode.DATA, closing, tuple(problems))


def _published(workspace: Workspace, publication: Publication, made: Any) -> Outcome:
    issue = publication.issue
    target = workspace.outputs / "bulletin" / f"{publication.year}-{publication.month:02d}"
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    seal_report("bulletin", made, secret_of(workspace.secret))
    replace_folder(made, target)
    county = published_from(issue["published"]).figures.county
    rate = "" if county.completion_rate is None else f"，完成率{rate_text(county.completion_rate)}"
    marked = "（更正）" if publication.revision > 1 else ""
    closing = (
        f"{publication.year}年{publication.month}月简报{marked}已出：第{issue['figures']['issue_number']}期，"
        f"累计净增{county.tally.net}户{rate}。疑点{len(issue['doubts'])}条，见 疑点清单.xlsx（内部核对用）。"
    )
    return Outcome(ExitCode.DONE, closing, folders=(str(target),))
