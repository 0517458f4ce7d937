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
from support.desk import ROOT, write_sheet
from support.figures.months import freeze
from support.figures.quarters import HALF, printed, records
from support.items import ABOUT
from support.settings import SETTINGS

from pipeline.adapters.archive import Archive
from pipeline.adapters.register import open_register
from pipeline.cli.app import pipeline
from pipeline.domain.items.book import ItemBook
from pipeline.domain.period import Month, Year
from pipeline.domain.statistics.counting import NEW
from pipeline.errors import ConversionFault, Edition, ExitCode, RegisterFault, Remedy, UsageFault
from pipeline.jobs import leaving, report, supervise
from pipeline.jobs import month as job
from pipeline.publishing.renderer import Renderer
from pipeline.reports.bulletin import BULLETIN
from pipeline.reports.kinds import FROZEN, REPORTS
from pipeline.workspace import Workspace, open_workspace

NOW = datetime(2022, 7, 8, 9, tzinfo=UTC)
JUNE = Month(2022, 6)
CAMPAIGNS = [
    "无证无照经营清零专项行动", "小建筑业企业个体工商户培育专项行动", "交通运输个体工商户培育专项行动",
]  # fmt: skip
COUNTY = ["bulletin", "dispatch", "supervise", "report"]
KNOWN = tuple(each for each in REPORTS if each.name in {*COUNTY, "rollup", "ledgers", "items"})
"""The kinds that these tests speak of; others join as :func:`test_a_kind_joins_by_what_it_speaks_of` shows."""


class Press:
    """Stands in for printing, and hears what is told meanwhile."""

    def __init__(self) -> None:
        self.made: list[str] = []
        self.fails: dict[str, Exception] = {}
        self.writes: Callable[[str], object] = lambda _: None

    def __call__(
        self, _renderer: object, kind: Any, content: Any, _kept: object = None, keep: Callable[[], None] = lambda: None
    ) -> str:  # fmt: skip
        if kind.name in self.fails:
            raise self.fails[kind.name]
        keep()
        self.writes(kind.name)
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
    workspace: Workspace,
    press: Press,
    month: Month | None = JUNE,
    today: date | None = None,
    now: datetime = NOW,
) -> job.Round:
    press.made = []
    return job.run(open_workspace(workspace.root), month, today, now, press)


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
    assert (
        done.closing == "2022年6月已出：简报、调度表、督查文书、工作报告。缺的2样，等人办的2件，都列出来了。"
    )
    assert done.missing == (
        f"没有简报素材，没有写：典型经验、{'、'.join(CAMPAIGNS)}、存在问题。请照 examples/2022/inputs/简报素材.xlsx 的样子填一份，放进 inputs；印发过的，更正一次才会写进去。",
        "清单素材里22项没有报完成数（牵头的有县税务局、县工信局、县人社局、县市场监管局、县住建局等8个）。请催报，填在 inputs 里的 清单素材.xlsx。",
    )


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


def test_what_is_missing_is_what_nobody_has_given(workspace: Workspace, press: Press) -> None:
    for month in (5, 6):
        run(workspace, press, Month(2022, month))
    notes = [
        ("栏目", "内容"),
        ("典型经验", "一户一策。"),
        ("存在问题", "底数不清。"),
        ("无证无照经营清零专项行动", "已经摸排。"),
    ]
    write_sheet(workspace.root / "inputs" / "简报素材.xlsx", notes)
    shutil.copy(ROOT / "examples/2022/inputs/清单素材.xlsx", workspace.root / "inputs")
    sent = workspace.root / "inputs" / "调度表.xlsx"
    header = ("责任单位", "月份", "堵点类别", "堵点", "需协调事项", "下月措施", "完成时限")
    write_sheet(sent, [header, ("东村镇", "2022-05", "", "", "", "每周入户。", "")])
    assert run(workspace, press).missing == (
        f"简报素材里没有写：{'、'.join(CAMPAIGNS[1:])}。请补在 inputs 里的 简报素材.xlsx；印发过的，更正一次才会写进去。",
        "2022年5月的调度表，2个单位没有填回：02 普明镇、14 县财政局。请催收（没有堵点的除外），填好的放进 inputs。",
        "清单素材里13项没有报完成数（牵头的有县税务局、县工信局、县人社局、县交通运输局、县发改局等6个）。请催报，填在 inputs 里的 清单素材.xlsx。",
    )
    rows = [(name, "2022-05", "", "", "", "每周入户。", "") for name in ("东村镇", "普明镇", "县财政局")]
    write_sheet(sent, [header, *rows])
    done = run(workspace, press)
    assert not any("调度表" in each for each in done.missing)


def test_a_month_printed_without_any_registration_is_told(workspace: Workspace, press: Press) -> None:
    freeze(workspace, printed(HALF, range(1, 8))[7])
    assert run(workspace, press, Month(2022, 7)).missing[0] == (
        "2022年7月一户新登记、注销也没有，多半是没有放登记机关这个月的导出。请放进 inputs，更正这一期简报。"
    )


def test_in_december_the_years_papers_say_what_they_lack(
    workspace: Workspace, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Satisfaction and the other typed items, the assessment's draft, the year's report."""
    monkeypatch.setattr(job, "REPORTS", tuple(each for each in REPORTS if each.name in {*COUNTY, "assess"}))
    for figures in printed(HALF, range(1, 13)).values():
        freeze(workspace, figures)
    done = run(workspace, press, Month(2022, 12), now=datetime(2023, 1, 8, 9, tzinfo=UTC))
    assert press.made == [*COUNTY, "assess"] and done.exit_code == ExitCode.DONE
    [typed] = [each for each in done.missing if "考核实绩表" in each]
    assert "满意度（26个单位）" in typed and typed.startswith("考核里由专班填的实绩没有填全：")
    assert {"年终考核还是送审稿：没有写审定人（assessment.toml 的 approved_by）。"} < set(done.waits)


def test_a_second_run_says_that_nothing_has_changed(workspace: Workspace, press: Press) -> None:
    assert run(workspace, press).is_changed
    again = run(workspace, press)
    assert not again.is_changed and again.exit_code == ExitCode.DONE
    assert again.closing == (
        "2022年6月没有变化，照原样重做：简报、调度表、督查文书、工作报告。缺的2样，等人办的2件，都列出来了。"
    )
    data = workspace.outputs / "report" / "2022-Q2" / "report.json"
    press.writes = lambda kind: kind == "report" and (data.parent.mkdir(parents=True), data.write_text("{}"))
    assert run(workspace, press).is_changed, "another draft than the last"


def test_a_bulletin_that_is_out_but_cannot_be_printed_again_stops_nobody(
    workspace: Workspace, press: Press
) -> None:
    press.fails["bulletin"] = ConversionFault("排不出来。")
    done = run(workspace, press)
    assert press.made == COUNTY[1:] and done.left_out == () and done.exit_code == ExitCode.CONVERSION
    assert "没有出：简报，原因都列出来了。" in done.closing


def test_what_a_correction_has_overtaken_waits_for_a_person(workspace: Workspace, press: Press) -> None:
    plan = workspace.root / "pipeline.toml"
    plan.write_text(plan.read_text("utf-8").replace('signer = ""', 'signer = "张某某"'), "utf-8")
    assert not any("更正" in each for each in run(workspace, press).waits)
    more = [*HALF, *records(NEW, 5, 3)]
    freeze(workspace, printed(more, range(1, 7))[5])
    done = run(workspace, press)
    assert done.waits[0] == (
        "2022年5月的简报更正过，更正以前印发的3件没有跟着变：2022年6月简报、2022年6月调度表、2022年第2季度工作报告。要不要更正，等人定。"
    )
    assert run(workspace, press, Month(2022, 4)).waits[0] == done.waits[0], "whatever month is asked for"
    told = "工作报告印发以后，5月的简报更正过，印发的没有跟着变。"
    [again] = [each.outcome for each in done.steps if each.report.name == "report"]
    assert told in again.notices and (again.remedy, again.edition) == (
        Remedy.REVISE,
        Edition("report", "2022-Q2"),
    )


def test_a_paper_that_stays_though_it_was_overtaken_is_listed_again_only_after_another_correction(
    workspace: Workspace, press: Press
) -> None:
    def leave(kind: str, name: str, why: str = "局领导定") -> str:
        [asked] = [each for each in FROZEN if each.name == kind]
        period = asked.period.read(name)
        return leaving.leave(open_workspace(workspace.root), asked, period, why, NOW.date(), NOW).closing

    run(workspace, press)
    with pytest.raises(UsageFault, match="没有要跟着更正的"):
        leave("dispatch", "2022-06")
    freeze(workspace, printed([*HALF, *records(NEW, 5, 3)], range(1, 7))[5])
    with pytest.raises(RegisterFault, match="没有登记不更正"):
        leave("dispatch", "2022-06", "问过13800138000")
    assert leave("dispatch", "2022-06") == (
        "登记好了：2022年5月的简报更正过，2022年6月的调度表不跟着更正。这几个月没有再更正的，不再列为等人办。"
    )
    done = run(workspace, press)
    assert (
        done.waits[0]
        == "2022年5月的简报更正过，更正以前印发的1件没有跟着变：2022年6月简报。要不要更正，等人定。"
    )
    [again] = [each.outcome for each in done.steps if each.report.name == "dispatch"]
    assert again.remedy is None and again.notices == ()
    with pytest.raises(UsageFault, match="已经登记过不更正"):
        leave("dispatch", "2022-06")
    leave("bulletin", "2022-06")
    assert not any("更正过" in each for each in run(workspace, press).waits)
    freeze(workspace, printed([*HALF, *records(NEW, 5, 5)], range(1, 7))[5])
    assert "2022年6月简报、2022年6月调度表" in run(workspace, press).waits[0]
    with open_register(workspace.register) as register:
        assert register.faults() == []
        assert [(each.series, each.number) for each in register.entered(2022).entries] == [
            ("不更正", 1),
            ("不更正", 2),
        ]


@pytest.mark.parametrize(
    "words",
    [
        "--leave --reason 定了",
        "--leave --quarter 2022-Q2",
        "--leave --quarter 2022-Q2 --revise --reason 定了",
    ],
)
def test_what_stays_is_named_with_its_reason_and_not_revised_at_once(
    workspace: Workspace, words: str
) -> None:
    told = CliRunner().invoke(pipeline, ["--root", str(workspace.root), "report", *words.split()])
    assert told.exit_code == 2 and "--leave 要和 --quarter、--reason 一起用" in told.output


def test_a_paper_that_is_out_is_made_again_though_the_tables_beside_it_are_wrong(
    workspace: Workspace, press: Press
) -> None:
    run(workspace, press)
    agreed = [
        ("编号", "议定事项", "责任单位", "完成时限"),
        ("1-1", "市场东区启用", "没有的单位", "2022-07-20"),
    ]
    write_sheet(workspace.root / "inputs" / "议定事项.xlsx", agreed)
    done = run(workspace, press)
    [again] = [each.outcome for each in done.steps if each.report.name == "dispatch"]
    assert press.made == COUNTY and "没有出" not in done.closing
    assert again.exit_code == done.exit_code == ExitCode.DATA and again.problems
    assert again.closing.startswith(
        "表格里有1处问题，没有照它登记什么；印发过的不受影响。2022年6月调度表已出："
    )


def test_no_month_is_made_before_those_that_were_passed_over(workspace: Workspace, press: Press) -> None:
    shutil.rmtree(workspace.publications)
    for month in (1, 2, 3):
        freeze(workspace, printed(HALF, range(1, 7))[month])
    shutil.copytree(ROOT / "examples/2022/inputs/登记数据", workspace.inputs / "登记数据")
    for asked in (JUNE, None):
        done = run(workspace, press, asked)
        assert press.made == [] and done.exit_code == ExitCode.DATA
        [refused] = [each.outcome for each in done.steps]
        assert [each.code for each in refused.problems] == ["missing-bulletin"]
        assert (refused.remedy, refused.edition) == (Remedy.MAKE_BULLETIN, Edition("bulletin", "2022-04"))
        assert done.month == JUNE and done.missing[0].startswith("2022年4月、2022年5月的简报还没有印发。")
    assert run(workspace, press, Month(2022, 4)).steps[0].outcome.exit_code == ExitCode.DONE


def test_months_passed_over_before_one_that_is_out_are_told(workspace: Workspace, press: Press) -> None:
    shutil.rmtree(workspace.publications)
    for month in (3, 6):
        freeze(workspace, printed(HALF, range(1, 7))[month])
    done = run(workspace, press)
    assert press.made[:3] == COUNTY[:3] and done.missing[0].startswith(
        "2022年4月、2022年5月的简报还没有印发。"
    )
    assert run(workspace, press, Month(2022, 3)).missing[0] == (
        "1月至2月的简报没有印发过，本年度从3月起；不该缺的，请补出。"
    )


def test_without_figures_nothing_that_goes_by_them_is_made(workspace: Workspace, press: Press) -> None:
    done = run(workspace, press, Month(2022, 12))
    assert press.made == [] and done.exit_code == ExitCode.DATA
    assert {"dispatch", "supervise", "report"} <= {each.name for each in done.left_out}
    assert done.closing.startswith(
        "2022年12月没有出：简报，原因都列出来了。要等这些出了才能出：调度表、督查文书、"
    )


def test_without_any_registration_not_even_the_month_is_known(workspace: Workspace, press: Press) -> None:
    done = run(workspace, press, None)
    assert done.month is None and done.exit_code == ExitCode.DATA and done.left_out == ()
    assert done.closing.startswith("这个月没有出：简报") and "缺的1样" in done.closing
    assert done.missing == (
        "没有登记数据。请把登记机关导出的登记表放进 inputs；样子见 examples/2022/inputs/登记数据。",
    )


def test_without_inputs_it_says_so_and_ends(workspace: Workspace, press: Press) -> None:
    shutil.rmtree(workspace.inputs)
    press.fails["bulletin"] = ConversionFault("排不出来。")
    assert run(workspace, press, Month(2022, 7)).exit_code == ExitCode.FILES


def test_a_paper_that_fails_does_not_stop_those_that_can_do_without_it(
    workspace: Workspace, press: Press
) -> None:
    press.fails["dispatch"] = ConversionFault("排不出来。")
    done = run(workspace, press)
    assert press.made == ["bulletin", "supervise", "report"] and done.exit_code == ExitCode.CONVERSION
    assert (
        done.steps[1].outcome.closing == "排不出来。" and "没有出：调度表，原因都列出来了。" in done.closing
    )


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
    assert (
        "1个县（市、区）没有报2022年6月的数：东阳县。请催报，报来的 figures.json 放进 inputs。"
        in done.missing
    )


def test_the_command_gives_one_object(workspace: Workspace, press: Press) -> None:
    told = CliRunner().invoke(
        pipeline, ["--root", str(workspace.root), "month", "--month", "2022-06", "--json"], standalone_mode=False
    )  # fmt: skip
    found = json.loads(told.stdout)
    assert told.return_value == found["exit_code"] == 0 and found["month"] == "2022-06"
    assert [each["name"] for each in found["made"]] == COUNTY and len(found["folders"]) == 4
    assert len(found["waits"]) == 2 and found["left_out"] == []
    assert len(found["missing"]) == 2 and found["changed"]


def test_the_screen_shows_every_paper_and_what_waits(workspace: Workspace, press: Press) -> None:
    arguments = ["--root", str(workspace.root), "month", "--month", "2022-06"]
    told = CliRunner().invoke(pipeline, arguments, standalone_mode=False).stdout
    assert "2022年第2季度工作报告（送审稿）已出" in told and told.count("等人办：") == 2
    assert told.count("缺：") == 2
    assert SETTINGS.plan.county not in told.splitlines()[-1] and told.splitlines()[-1].startswith(
        "2022年6月已出"
    )
