"""What was published before: which papers a correction has overtaken, and which months were passed over."""

from pathlib import Path

import pytest
from support.desk import ROOT
from support.figures.months import freeze
from support.figures.quarters import HALF, printed, records

from pipeline.adapters.archive import Archive
from pipeline.domain.period import Month, Year
from pipeline.domain.statistics.counting import NEW
from pipeline.jobs.published import Shelf, bulletins, overtaken, overtaken_words
from pipeline.reports.bulletin import BULLETIN
from pipeline.reports.rollup import ROLLUP
from pipeline.workspace import Workspace, open_workspace

MAY, JUNE = Month(2022, 5), Month(2022, 6)
CORRECTED = printed([*HALF, *records(NEW, 5, 3)], range(1, 7))
"""The half year with three registrations of May that were forgotten."""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Half a year published."""
    (tmp_path / "pipeline.toml").write_text((ROOT / "pipeline.toml").read_text("utf-8"), "utf-8")
    opened = open_workspace(tmp_path)
    for figures in printed(HALF, range(1, 7)).values():
        freeze(opened, figures)
    return opened


def issue(workspace: Workspace, *papers: tuple[str, str]) -> None:
    """Publish other papers; what they say does not matter."""
    archive = Archive(workspace.publications)
    for kind, period in papers:
        archive.keep(archive.drafted(kind, period, {}, {}))


def found(workspace: Workspace) -> dict[tuple[str, str], list[int]]:
    told = overtaken(Archive(workspace.publications), 2022)
    return {key: [each.month for each in months] for key, months in told.items()}


@pytest.mark.parametrize(
    "kind, period, is_of_may",
    [
        ("dispatch", "2022-04", False), ("dispatch", "2022-05", True), ("dispatch", "2022-06", True),
        ("analyse", "2022-04", False), ("analyse", "2022-05", True), ("analyse", "2022-06", True),
        ("report", "2022-Q1", False), ("report", "2022-Q2", True), ("assess", "2022", False), ("rollup", "2022-05", False),
    ],
)  # fmt: skip
def test_a_paper_is_overtaken_by_the_correction_of_a_month_that_it_goes_by(
    workspace: Workspace, kind: str, period: str, is_of_may: bool
) -> None:
    issue(workspace, (kind, period))
    assert (kind, period) not in found(workspace)
    freeze(workspace, CORRECTED[5])
    assert found(workspace).get((kind, period)) == ([5] if is_of_may else None)


def test_the_bulletin_of_the_month_after_tells_changes_of_before(workspace: Workspace) -> None:
    freeze(workspace, CORRECTED[5])
    assert found(workspace) == {("bulletin", "2022-06"): [5]}
    freeze(workspace, CORRECTED[6])
    assert found(workspace) == {}


def test_who_was_corrected_too_or_came_later_is_not_overtaken(workspace: Workspace) -> None:
    issue(workspace, ("dispatch", "2022-05"))
    freeze(workspace, CORRECTED[5])
    issue(workspace, ("dispatch", "2022-05"), ("analyse", "2022-05"))
    assert found(workspace) == {("bulletin", "2022-06"): [5]}


def test_a_correction_of_words_alone_overtakes_nobody(workspace: Workspace) -> None:
    issue(workspace, ("dispatch", "2022-06"), ("report", "2022-Q2"))
    freeze(workspace, printed(HALF, range(1, 7))[5])
    assert found(workspace) == {}


def test_a_month_that_was_not_printed_by_then_is_no_correction(tmp_path: Path) -> None:
    (tmp_path / "pipeline.toml").write_text((ROOT / "pipeline.toml").read_text("utf-8"), "utf-8")
    workspace = open_workspace(tmp_path)
    for month in (4, 6):
        freeze(workspace, CORRECTED[month])
    issue(workspace, ("dispatch", "2022-06"))
    freeze(workspace, CORRECTED[5])
    assert found(workspace) == {}


def test_another_years_papers_are_nobodys_work_of_this_year(workspace: Workspace) -> None:
    issue(workspace, ("dispatch", "2022-05"))
    freeze(workspace, CORRECTED[5])
    assert overtaken(Archive(workspace.publications), 2023) == {}


def test_a_sentence_names_all_that_the_same_correction_overtook() -> None:
    told = overtaken_words(
        {
            ("report", "2022-Q2"): (MAY, JUNE), ("dispatch", "2022-06"): (MAY, JUNE),
            ("bulletin", "2022-06"): (MAY,), ("assess", "2022"): (Month(2022, 12),),
        }
    )  # fmt: skip
    assert told == (
        "2022年5月的简报更正过，更正以前印发的1件没有跟着变：2022年6月简报。要不要更正，等人定。",
        "2022年5月、2022年6月的简报更正过，更正以前印发的2件没有跟着变：2022年6月调度表、2022年第2季度工作报告。要不要更正，等人定。",
        f"2022年12月的简报更正过，更正以前印发的1件没有跟着变：{Year(2022).words}年终考核。要不要更正，等人定。",
    )


def test_months_between_two_that_are_out_were_passed_over(tmp_path: Path) -> None:
    (tmp_path / "pipeline.toml").write_text((ROOT / "pipeline.toml").read_text("utf-8"), "utf-8")
    workspace = open_workspace(tmp_path)

    def passed(month: int) -> str:
        shelf = Shelf(workspace, BULLETIN, Archive(workspace.publications))
        problem = shelf.passed_over(Month(2022, month))
        return problem.period if problem else ""

    assert passed(6) == "", "a year may begin with any month"
    for month in (2, 3, 5):
        freeze(workspace, CORRECTED[month])
    assert [passed(month) for month in (1, 2, 3, 4, 6, 7)] == ["", "", "", "", "2022-04", "2022-04"]
    problem = Shelf(workspace, BULLETIN, Archive(workspace.publications)).passed_over(Month(2022, 7))
    assert problem and problem.code == "missing-bulletin"
    assert (problem.source.file, problem.seen) == ("2022年4月、2022年6月的简报", "没有印发")
    assert problem.advice == (
        "2022年4月、2022年6月的简报还没有印发。期号按印发的先后编，先出2022年7月的，以后补的就排在它后面，7月也没有环比。"
        "请按月份先后出简报。"
    )
    assert Shelf(workspace, ROLLUP, Archive(workspace.publications)).passed_over(Month(2022, 7)) is None


def test_what_was_published_for_another_year_is_not_read(workspace: Workspace) -> None:
    issue(workspace, ("bulletin", "2021-12"), ("rollup", "2021-12"), ("bulletin", "2023-01"))
    archive = Archive(workspace.publications)
    assert list(bulletins(archive, 2022)) == [1, 2, 3, 4, 5, 6]
    assert Shelf(workspace, ROLLUP, archive).earlier() == {}
    with pytest.raises(KeyError):
        bulletins(archive, 2021)
