"""The folder of a month: papers by their state, the sheet for approval, the registry, ``supervise.json``."""

from dataclasses import replace
from typing import cast

from support.figures.months import EAST, published
from support.figures.supervised import AT, DAY, NOTHING, UNITS, case, confirmed, entered, settings, situation

from pipeline.domain.documents import Bundle, Data, Paper, Workbook
from pipeline.domain.journal import Act, Journal
from pipeline.domain.statistics.figures import Yardstick
from pipeline.domain.statistics.published import figures_object
from pipeline.reports.supervision.acts import withdrawals
from pipeline.reports.supervision.compose import compose
from pipeline.reports.supervision.documents import documents
from pipeline.reports.supervision.papers import Occasion
from pipeline.reports.supervision.situation import Situation, rule_of


def january(journal: Journal | None = None) -> Situation:
    return situation(month=1, journal=journal or Journal(2022, ()))


def withdrawn() -> Journal:
    """东村镇's reminder of January issued and withdrawn, 普明镇's issued."""
    now = january(confirmed(january(), "东村镇", "普明镇"))
    [east] = [paper for paper in now.papers if paper.unit == "01"]
    return entered(now.journal, withdrawals(now, [east], "数字有误")[0])


def test_each_paper_lies_in_the_folder_of_its_state() -> None:
    told = list(documents(compose(january(withdrawn()), AT)))
    papers = [
        (each.folder, each.name, each.pages) for each in told if isinstance(each, Paper) and each.folder
    ]
    assert papers == [("已签发", "提醒函2号-普明镇", 2), ("已撤回", "提醒函1号-东村镇", 2)]
    told = list(documents(compose(january(), AT)))
    assert [(each.folder, each.name) for each in told if isinstance(each, Paper) and each.folder] == [
        ("拟发稿", "提醒函-东村镇"), ("拟发稿", "提醒函-普明镇"),
    ]  # fmt: skip


def test_what_is_issued_and_what_is_not_is_each_printed_at_one_go() -> None:
    told = list(documents(compose(january(confirmed(january(), "东村镇")), AT)))
    bundles = {each.name: [paper.name for paper in each.papers] for each in told if isinstance(each, Bundle)}
    assert bundles == {"已签发（打印）": ["提醒函1号-东村镇"], "拟发稿（打印）": ["提醒函-普明镇"]}
    assert [each.name for each in told if isinstance(each, Data)] == ["supervise"]


def test_a_draft_says_that_it_is_one_and_whether_it_may_be_issued() -> None:
    both = situation(month=2), situation(month=2, authority="")
    marks = [compose(now, AT).papers["proposed"][0].fields["稿"] for now in both]
    assert marks == ["拟发稿", "送审稿"]
    issued = compose(situation(month=2, journal=confirmed(both[0], "东村镇")), AT).papers["confirmed"][0]
    assert issued.fields["稿"] == "" and issued.fields["文号"] == "岚个培督函〔2022〕1号"


def test_the_object_has_one_paper_a_unit_with_the_bulletin_s_figures() -> None:
    now = january(withdrawn())
    told = compose(now, AT).figures
    units = {
        each["name"]: each for each in figures_object(now.occasion.figures, 1, settings().plan, 1)["units"]
    }
    assert (told["month"], told["as_of"]) == ("2022-01", "2022-01-31")
    assert [(each["unit"], each["level"], each["state"], each["number"]) for each in told["papers"]] == [
        ("东村镇", "提醒", "withdrawn", "岚个培提函〔2022〕1号"), ("普明镇", "提醒", "confirmed", "岚个培提函〔2022〕2号"),
    ]  # fmt: skip
    assert [each["sequence"] for each in told["papers"]] == [1, 2]
    assert all(each["figures"] == units[each["unit"]] for each in told["papers"])
    assert [each["withdrawn"] for each in told["papers"]] == ["数字有误", None]
    assert (told["praise"], told["criticism"]) == (["县财政局"], [])


def test_an_issued_paper_keeps_the_figures_that_it_says() -> None:
    journal = confirmed(january(), "东村镇")
    corrected = situation(((4, 0, 3),), journal=journal)
    [paper] = [each for each in compose(corrected, AT).figures["papers"] if each["unit"] == "东村镇"]
    assert (paper["figures"]["net"], paper["gap_to_pace"]) == (0, 5)
    assert [each["number"] for each in compose(corrected, AT).figures["withdraw"]] == [paper["number"]]


def test_the_registry_has_a_line_for_each_paper_up_to_the_month() -> None:
    march = situation(month=3, journal=confirmed(situation(month=2, journal=withdrawn()), "东村镇"))
    for now, count in ((march, 3), (situation(month=1, journal=march.journal), 2)):
        [book] = [each for each in documents(compose(now, AT)) if isinstance(each, Workbook)]
        [sheet] = book.sheets
        rows = [list(row) for row in sheet.rows]
        assert len(rows) == count and {len(row) for row in rows} == {len(sheet.columns)}
    [first, _, supervised] = compose(march, AT).registry
    assert (first[0], first[-1]) == ("岚个培提函〔2022〕1号", "2022年7月5日撤回：数字有误")
    assert supervised[:7] == (
        "岚个培督函〔2022〕1号", "第2期工作简报", "2月份进度滞后（督办函）", "东村镇", "2022-07-05", "2022-07-20", "岚个培账〔2022〕0001号",
    )  # fmt: skip


def test_the_registry_tells_of_the_item_s_course() -> None:
    journal = confirmed(situation(month=2), "东村镇")
    course = [("assign", {}), ("accept", {}), ("progress", {"reason": "已走访"})]
    journal = entered(journal, [Act("items", 1, act, "01", DAY, "某", said) for act, said in course])
    [row] = compose(situation(month=2, journal=journal), AT).registry
    assert row[8:12] == ("2022-07-05", "2022-07-05", "", "")


def test_the_sheet_for_approval_says_what_is_proposed() -> None:
    told = compose(situation(approved_by=""), AT).approval
    assert str(told["综述"]).startswith(
        "按第3期工作简报，3月份督查文书共2件（提醒函1件、约谈通知书1件），均为拟发。"
    )
    rows = told["各件"]
    assert isinstance(rows, list)
    assert [(row["单位"], row["文书"], row["状态"], row["连续月数"]) for row in rows] == [
        ("东村镇", "约谈", "送审稿", "3"), ("普明镇", "提醒", "拟发", "1"),
    ]  # fmt: skip
    assert (told["各表扬"], told["各批评"]) == (["县直单位：县财政局（30.0%）。"], ["乡镇：东村镇（3.3%）。"])
    one = compose(january(confirmed(january(), "东村镇")), AT).approval["综述"]
    assert one == "按第1期工作简报，1月份督查文书共2件（提醒函2件），其中拟发1件，已签发1件。"
    issued = compose(january(confirmed(january(), "东村镇", "普明镇")), AT).approval["综述"]
    assert issued == "按第1期工作简报，1月份督查文书共2件（提醒函2件），均已签发。"
    none = compose(situation(((5, 5, 3),)), AT).approval
    assert none["综述"] == "按第1期工作简报，1月份没有应当发出督查文书的单位。" and none["各件"] == []


def test_who_approves_reads_everybody_s_name_however_many_share_a_rank() -> None:
    units = tuple(replace(EAST, code=f"{number:02d}", name=f"镇{number}") for number in range(1, 13))
    figures = published(6, (30,) * 12, units)
    now = Situation(Occasion(settings(), figures, 6, DAY), (figures,), NOTHING)
    [praised] = cast("list[str]", compose(now, AT).approval["各表扬"])
    assert praised == f"乡镇：{'、'.join(each.name for each in units)}（并列第1，均为50.0%）。"


def test_the_sheet_of_a_month_before_supervision_says_so() -> None:
    told = compose(situation(notice_from="2022-07"), AT).approval
    assert (told["综述"], told["各件"]) == ("督查从2022年7月份的数字起，3月份不发督查文书。", [])


def test_an_interview_at_the_plans_end_is_told_to_come_too_late_and_none_comes_after_it() -> None:
    def told(month: int) -> str:
        months = tuple(
            published(each, (0, 60, 30), UNITS, Yardstick(last_month=4)) for each in range(1, month + 1)
        )
        return str(
            compose(Situation(Occasion(settings(), months[-1], month, DAY), months, NOTHING), AT).approval[
                "综述"
            ]
        )

    over = "计划期到4月为止，1件约谈通知书发出时已经不能再赶本年度的进度，发不发请审批时定。"
    assert [over in told(month) for month in (3, 4, 5)] == [False, True, False]
    assert told(5) == "计划期到4月为止，5月份不拟约谈，没有别的应当发出的督查文书。"


def test_a_paper_out_of_turn_is_told_where_it_is_laid_before_whoever_approves_it() -> None:
    """东村镇 lags for the third month; nobody has issued what its first two asked for."""
    told = situation().out_of_turn
    assert told == (
        "东村镇3月拟发约谈通知书，以前各月的提醒函、督办函没有签发：先补发前面的，还是直接发，请审批时定。",
    )
    assert str(compose(situation(), AT).approval["综述"]).endswith(told[0])
    reminded = confirmed(january(), "东村镇")
    assert situation(journal=reminded).out_of_turn == (told[0].replace("提醒函、", ""),)
    warned = confirmed(situation(month=2, journal=reminded), "东村镇")
    assert situation(journal=warned).out_of_turn == ()
    assert situation(journal=confirmed(situation(), "东村镇")).out_of_turn == (), "somebody has decided"


def test_when_anybody_lags_follows_from_the_settings() -> None:
    for said, first in (("2022-07", 7), ("2021-11", 1), ("2023-01", 13)):
        assert rule_of(settings(notice_from=said)).first_month == first
    assert rule_of(settings(min_gap=5, ladder_months=[2, 4, 6])).months == (2, 4, 6)


def test_the_same_day_and_entries_make_the_same_folder() -> None:
    journal = confirmed(january(), "东村镇")
    assert compose(january(journal), AT) == compose(january(journal), AT)
    assert case(january(journal), "东村镇").paper is not None
