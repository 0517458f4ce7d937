"""What the papers say: figures as the bulletin has them, days outright, nothing that commands or names a person."""

from dataclasses import replace
from datetime import date

import pytest
from support.figures.months import EAST, published
from support.figures.supervised import DAY, UNITS, case, confirmed, settings, situation

from pipeline.domain.supervision.cases import Case
from pipeline.domain.supervision.ladder import INTERVIEW, LEVELS, REMIND, SUPERVISE
from pipeline.reports.supervision.papers import TEMPLATES, Occasion, fields
from pipeline.reports.supervision.papers import situation as told_of


def occasion(day: date = DAY, **supervise: object) -> Occasion:
    return Occasion(settings(**supervise), published(3, (2, 9, 9), UNITS), 3, day)


@pytest.mark.parametrize(
    "net, running, told",
    [
        pytest.param(2, 3, "截至2022年3月31日，你单位累计新登记个体工商户2户，无注销，净增2户，完成年度净增任务60户的3.3%，低于序时进度21.7个百分点，"
                     "距序时进度差13户，在2个乡镇中列第2位，等次为滞后，自1月起已连续3个月滞后。", id="behind for months"),
        pytest.param(0, 1, "截至2022年3月31日，你单位本年尚无新登记和注销的个体工商户，年度净增任务为60户，序时进度为25.0%，"
                     "距序时进度差15户，在2个乡镇中列第2位，等次为零进展。", id="nothing gained"),
        pytest.param(-4, 1, "截至2022年3月31日，你单位本年尚无新登记个体工商户，注销4户，净减少4户，年度净增任务为60户，序时进度为25.0%，"
                     "距序时进度差19户，在2个乡镇中列第2位，等次为零进展。", id="a loss is never growth below nothing"),
    ],
)  # fmt: skip
def test_the_situation_in_one_sentence(net: int, running: int, told: str) -> None:
    figures = published(3, (net, 9, 9), UNITS)
    assert told_of(Case(figures.units[0], REMIND, running), figures) == told


def test_the_only_unit_of_a_group_has_no_place_in_it() -> None:
    figures = published(3, (0,), (EAST,))
    assert "列第" not in told_of(Case(figures.units[0], REMIND, 1), figures)


def test_every_day_is_said_outright_and_is_a_working_day_where_working_days_count() -> None:
    friday = occasion(date(2022, 7, 8))
    each = published(3, (0, 9, 9), UNITS).units[0]
    said = {
        level: fields(Case(each, level, 1), friday, "", 1, "岚个培账〔2022〕0001号", None) for level in LEVELS
    }
    assert said[REMIND]["答复日期"] == "2022年7月15日"
    assert (said[SUPERVISE]["签收日期"], said[SUPERVISE]["方案日期"]) == ("2022年7月12日", "2022年7月13日")
    assert said[SUPERVISE]["见效日期"] == "2022年7月23日"
    assert said[INTERVIEW]["约谈时间"] == "2022年7月13日（星期三）上午9时"
    assert said[INTERVIEW]["报告日期"] == "2022年7月22日"
    assert friday.due(INTERVIEW) == date(2022, 7, 22)


def test_a_paper_goes_to_whom_the_settings_name_for_the_group() -> None:
    now = occasion(addressees={"乡镇": "{name}个体工商户培育工作专班"})
    east, _, finance = published(3, (0, 9, 0), UNITS).units
    said = [fields(Case(each, REMIND, 1), now, "", 1, "", None)["单位全称"] for each in (east, finance)]
    assert said == ["东村镇个体工商户培育工作专班", "岚县财政局"]


def test_numbers_run_by_level_and_leave_room_in_a_draft() -> None:
    now = occasion()
    assert [now.serial(level, 12) for level in LEVELS] == [
        "岚个培提函〔2022〕12号", "岚个培督函〔2022〕12号", "岚个培约函〔2022〕12号",
    ]  # fmt: skip
    assert now.serial(REMIND, None) == "岚个培提函〔2022〕　号"
    slips = occasion(supervision_serial="督办单〔{year}〕{number:02d}")
    assert (slips.serial(SUPERVISE, 1), slips.serial(SUPERVISE, None)) == ("督办单〔2022〕01号", "督办单〔2022〕　号")  # fmt: skip


@pytest.mark.parametrize(
    "supervise, lacks",
    [
        ({}, ""),
        ({"authority": ""}, "没有写明经谁同意（authority）"),
        ({"approved_by": " "}, "没有写明由谁审批（approved_by）"),
        ({"authority": "", "approved_by": ""}, "没有写明经谁同意（authority）、由谁审批（approved_by）"),
    ],
)
def test_supervision_and_interviews_need_consent_and_approval_and_a_reminder_neither(
    supervise: dict[str, str], lacks: str
) -> None:
    now = occasion(**supervise)
    assert (now.lacks(REMIND), now.lacks(SUPERVISE), now.lacks(INTERVIEW)) == ("", lacks, lacks)


def test_consent_is_said_where_it_was_given() -> None:
    each = published(3, (0, 9, 9), UNITS).units[0]
    said = fields(Case(each, SUPERVISE, 2), occasion(), "", 1, "", None)
    assert said["同意"] == "经县人民政府同意，"
    assert fields(Case(each, SUPERVISE, 2), occasion(authority=""), "", 1, "", None)["同意"] == ""


def test_the_basis_is_the_plan_and_the_bulletin_or_the_bulletin_alone() -> None:
    each = published(3, (0, 9, 9), UNITS).units[0]
    now = occasion()
    said = fields(Case(each, REMIND, 1), now, "", 1, "", None)["依据"]
    assert said.endswith("（岚政办发〔2022〕20号）和第3期工作简报")
    bare = replace(now, settings=replace(now.settings, bulletin=replace(now.settings.bulletin, basis="")))
    assert fields(Case(each, REMIND, 1), bare, "", 1, "", None)["依据"] == "第3期工作简报"


def test_a_paper_names_the_one_before_it_that_holds() -> None:
    march = situation(month=3, journal=confirmed(situation(month=1), "东村镇"))
    each = case(march, "东村镇")
    said = fields(each, march.occasion, "", 1, "", march.last_before("01"))
    assert each.level == INTERVIEW and said["前函"] == "此前已发提醒函（岚个培提函〔2022〕1号）。"
    assert march.last_before("02") is None


def test_a_paper_says_all_that_its_template_may_ask_for() -> None:
    each = published(3, (0, 9, 9), UNITS).units[0]
    for level, template in TEMPLATES.items():
        assert set(fields(Case(each, level, 1), occasion(), "", 1, "", None)) == set(template.fields)
