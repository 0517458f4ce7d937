"""The job ``month``: what is due when, what is made again, what stops whom, and what waits for a person."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from support.desk import ROOT
from support.figures.frozen import freeze
from support.figures.quarters import HALF, printed
from support.items import ABOUT
from support.settings import SETTINGS

from pipeline.adapters.archive import Archive
from pipeline.adapters.register import open_register
from pipeline.cli.app import pipeline
from pipeline.domain.items.book import ItemBook
from pipeline.domain.period import Month, Year
from pipeline.errors import ConversionFault, ExitCode
from pipeline.jobs import month as job
from pipeline.jobs import report, supervise
from pipeline.publishing.renderer import Renderer
from pipeline.reports import REPORTS
from pipeline.reports.bulletin import BULLETIN
from pipeline.workspace import Workspace, open_workspace

NOW = datetime(2022, 7, 8, 9, tzinfo=UTC)
JUNE = Month(2022, 6)
COUNTY = ["bulletin", "dispatch", "supervise", "report"]
KNOWN = tuple(each for each in REPORTS if each.name in {*COUNTY, "rollup", "ledgers", "items"})
"""The kinds that these tests speak of; others join as :func:`test_a_kind_joins_by_what_it_speaks_of` shows."""


class Press:
    """Stands in for printing, and hears what is told meanwhile."""

    def __init__(self) -> None:
        self.made: list[str] = []
        self.fails: dict[str, Exception] = {}

    def __call__(
        self, _renderer: object, kind: Any, content: Any, _kept: object = None, keep: Callable[[], None] = lambda: None
    ) -> str:  # fmt: skip
        if kind.name in self.fails:
            raise self.fails[kind.name]
        keep()
        self.made.append(kind.name)
        return f"outputs/{kind.name}/{content.period.name}"

    def say(self, text: str) -> None:
        """Nobody listens."""

    expect = advance = say


@pytest.fixture
def press(monkeypatch: pytest.MonkeyPatch) -> Press:
    made = Press()
    monkeypatch.setattr(report, "publish", made)
    monkeypatch.setattr(supervise, "publish", made)
    monkeypatch.setattr(Renderer, "begin", lambda _: None)
    monkeypatch.setattr(job, "REPORTS", KNOWN)
    return made


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Half a year published, nothing of it supervised yet."""
    plan = (ROOT / "pipeline.toml").read_text(encoding="utf-8")
    assert 'notice_from = "2022-07"' in plan
    text = plan.replace('notice_from = "2022-07"', 'notice_from = "2022-01"')
    (tmp_path / "pipeline.toml").write_text(text, encoding="utf-8")
    shutil.copytree(ROOT / "templates", tmp_path / "templates", ignore=shutil.ignore_patterns("build"))
    shutil.copytree(ROOT / "inputs", tmp_path / "inputs")
    opened = open_workspace(tmp_path)
    for figures in printed(HALF, range(1, 7)).values():
        freeze(opened, figures)
    return opened


def run(
    workspace: Workspace, press: Press, month: Month | None = JUNE, today: date | None = None
) -> job.Round:
    press.made = []
    return job.run(open_workspace(workspace.root), month, today, NOW, press)


def kept(workspace: Workspace) -> list[tuple[str, str, int]]:
    return [(each.kind, each.period, each.revision) for each in Archive(workspace.publications).publications]


def test_a_quarters_last_month_has_all_of_its_papers(workspace: Workspace, press: Press) -> None:
    done = run(workspace, press)
    assert press.made == COUNTY and done.exit_code == ExitCode.DONE and done.left_out == ()
    assert [each.outcome.folders for each in done.steps][-1] == ("outputs/report/2022-Q2",)
    assert done.waits == (
        "2件督查文书是送审稿，没有写明经谁同意（authority）、由谁审批（approved_by），等审批。",
        "工作报告还是送审稿：没有写明签发人（pipeline.toml 的 [report] signer）。",
    )
    assert done.closing == "2022年6月已出：简报、调度表、督查文书、工作报告。等人办的2件，见上面。"


def test_a_month_within_a_quarter_has_no_report(workspace: Workspace, press: Press) -> None:
    done = run(workspace, press, Month(2022, 5))
    assert press.made == COUNTY[:-1] and done.month == Month(2022, 5)


def test_a_second_run_keeps_and_numbers_nothing_new(workspace: Workspace, press: Press) -> None:
    first = run(workspace, press)
    before = kept(workspace)
    again = run(workspace, press)
    assert kept(workspace) == before and press.made == COUNTY and again.waits == first.waits
    assert sum(kind == "dispatch" for kind, _, _ in before) == 1
    assert all(kind != "report" for kind, _, _ in before)


def test_without_figures_nothing_that_goes_by_them_is_made(workspace: Workspace, press: Press) -> None:
    done = run(workspace, press, Month(2022, 12))
    assert press.made == [] and done.exit_code == ExitCode.DATA
    assert {"dispatch", "supervise", "report"} <= {each.name for each in done.left_out}
    assert done.closing.startswith(
        "2022年12月没有出：简报，原因见上面。要等上面的出了才能出：调度表、督查文书、"
    )


def test_without_any_registration_not_even_the_month_is_known(workspace: Workspace, press: Press) -> None:
    done = run(workspace, press, None)
    assert done.month is None and done.exit_code == ExitCode.DATA and done.left_out == ()
    assert done.closing.startswith("这个月没有出：简报")


def test_a_paper_that_fails_does_not_stop_those_that_can_do_without_it(
    workspace: Workspace, press: Press
) -> None:
    press.fails["dispatch"] = ConversionFault("排不出来。")
    done = run(workspace, press)
    assert press.made == ["bulletin", "supervise", "report"] and done.exit_code == ExitCode.CONVERSION
    assert done.steps[1].outcome.closing == "排不出来。" and "没有出：调度表，原因见上面。" in done.closing


def test_the_exit_code_is_the_gravest(workspace: Workspace, press: Press) -> None:
    shutil.rmtree(workspace.publications)
    for figures in printed(HALF, range(5, 7)).values():
        freeze(workspace, figures)
    press.fails["dispatch"] = ConversionFault("排不出来。")
    done = run(workspace, press)
    [refused] = [each.outcome for each in done.steps if each.report.name == "report"]
    assert [each.code for each in refused.problems] == ["missing-bulletin"]
    assert refused.problems[0].advice.startswith("2022年4月的简报还没有印发")
    assert {each.outcome.exit_code for each in done.steps} == {0, 3, 5} and done.exit_code == 5


def test_open_items_that_wait_are_told_as_of_the_day_of_asking(workspace: Workspace, press: Press) -> None:
    def plan(journal: Any) -> Any:
        book = ItemBook(journal, workspace.settings.items)
        book.open(ABOUT, date(2022, 7, 5))
        return book.acts

    with open_register(workspace.register) as register:
        register.enter(2022, plan, NOW)
    assert "1项挂账事项立了账，等交办。" in run(workspace, press, today=date(2022, 7, 10)).waits
    assert "1项挂账事项3天以内到期。" in run(workspace, press, today=date(2022, 7, 18)).waits
    assert "1项挂账事项逾期，要催办。" in run(workspace, press, today=date(2022, 7, 21)).waits


@pytest.mark.parametrize("month, more", [(1, []), (3, ["report"]), (11, []), (12, ["report", "made-up"])])
def test_a_kind_joins_by_what_it_speaks_of(
    month: int, more: list[str], workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    yearly = replace(BULLETIN, name="made-up", period=Year)
    monkeypatch.setattr(job, "REPORTS", (*KNOWN, yearly))
    due = [each.name for each, _ in job._due(workspace, Month(2022, month))]
    assert due == ["dispatch", "supervise", *more]


def test_a_city_puts_its_counties_together_and_nothing_else(workspace: Workspace, press: Press) -> None:
    plan = (workspace.root / "pipeline.toml").read_text(encoding="utf-8")
    text = plan.replace("counties = {} ", 'counties = { "01" = "东阳县" } ')
    assert text != plan
    (workspace.root / "pipeline.toml").write_text(text, encoding="utf-8")
    done = run(workspace, press)
    assert [each.report.name for each in done.steps] == ["rollup"] and done.exit_code == ExitCode.DATA


def test_the_command_gives_one_object(workspace: Workspace, press: Press) -> None:
    told = CliRunner().invoke(
        pipeline, ["--root", str(workspace.root), "month", "--month", "2022-06", "--json"], standalone_mode=False
    )  # fmt: skip
    found = json.loads(told.stdout)
    assert told.return_value == found["exit_code"] == 0 and found["month"] == "2022-06"
    assert [each["name"] for each in found["made"]] == COUNTY and len(found["folders"]) == 4
    assert len(found["waits"]) == 2 and found["left_out"] == []


def test_the_screen_shows_every_paper_and_what_waits(workspace: Workspace, press: Press) -> None:
    arguments = ["--root", str(workspace.root), "month", "--month", "2022-06"]
    told = CliRunner().invoke(pipeline, arguments, standalone_mode=False).stdout
    assert "2022年第2季度工作报告（送审稿）已出" in told and told.count("等人办：") == 2
    assert SETTINGS.plan.county not in told.splitlines()[-1] and told.splitlines()[-1].startswith(
        "2022年6月已出"
    )
