"""``assessment.toml``: what it can say, and how each slip is told."""

import json
import tomllib
from decimal import Decimal
from fractions import Fraction

import pytest
from support.desk import ROOT

from pipeline.domain.assessment.presets import PRESETS
from pipeline.domain.assessment.reading import assessment_from
from pipeline.domain.assessment.rules import BESIDE, Assessment
from pipeline.domain.model import Unit
from pipeline.errors import UsageFault

UNITS = [Unit("01", "东村镇", "岚县东村镇人民政府", "乡镇"), Unit("14", "县财政局", "岚县财政局", "县直")]
FILE = (ROOT / "assessment.toml").read_text(encoding="utf-8")
ITEM = '[[items]]\nname = "甲"\n'


def read(text: str) -> Assessment:
    return assessment_from(tomllib.loads(text, parse_float=Decimal), UNITS)


def test_nothing_said_is_the_preset_without_growth_and_not_approved() -> None:
    found = read("")
    assert (found.preset, found.items, found.approved_by) == ("quality", PRESETS["quality"], "")
    assert (found.grades, found.top_share, found.appeal_days) == ((90, 80, 60), Fraction(3, 10), 5)
    assert found.growth == ()


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_weighs_100(name: str) -> None:
    assert sum(each.weight for each in PRESETS[name]) == 100
    assert all(each.limit for each in PRESETS[name] if each.form in BESIDE)


def test_the_plan_s_own_words_judge_by_growth() -> None:
    assert [each.name for each in read('preset = "plan-2022"').growth] == ["任务完成率"]


def test_the_file_of_the_repository_says_what_holds_without_it() -> None:
    assert read(FILE) == read("")


def test_what_the_file_shows_can_be_used() -> None:
    shown = [line.removeprefix("# ") for line in FILE.splitlines()]
    own = shown.index("[[items]]")
    typed = {
        each.name: dict(each.values)
        for each in read("\n".join(shown[1 : own - 1]).replace("veto = false", "veto = true")).items
        if each.values
    }
    assert typed["满意度"] == {"01": Fraction("96.04"), "14": 91} and list(typed) == [
        "措施落实",
        "政策兑现",
        "专项行动",
        "满意度",
    ]
    [item] = read("\n".join(shown[own:])).items
    assert (item.cap, item.floor) == (Fraction(3, 2), Fraction(4, 5))


def test_items_of_the_county_s_own_take_the_place_of_the_preset_s() -> None:
    found = read(
        'preset = "plan-2022"\napproved_by = " 张某某 "\ntop_share = 0.25\ngrades = [85, 75.5, 60]\n'
        + ITEM
        + 'group = "乡镇"\nweight = 12.5\nsource = "completion_rate"\nform = "ratio"\ncap = 1.5\nfloor = 0.8\n'
        + '[[items]]\nname = "乙"\nform = "deduct"\npoints = 0.5\nlimit = 3\nvalues = { "01" = 2 }\n[values]\n"乙" = { "14" = 1 }\n'
    )
    assert (found.approved_by, found.top_share, found.grades) == (
        "张某某",
        Fraction(1, 4),
        (85, Fraction("75.5"), 60),
    )
    one, other = found.items
    assert (one.name, one.group, one.weight, one.cap, one.floor) == (
        "甲",
        "乡镇",
        Fraction(25, 2),
        Fraction(3, 2),
        Fraction(4, 5),
    )
    assert (other.weight, other.points, other.limit, other.values) == (
        0,
        Fraction(1, 2),
        3,
        {"01": 2, "14": 1},
    )


def test_papers_of_supervision_and_the_veto_are_off_until_they_are_asked_for() -> None:
    assert (read("").veto, read("").fabrication) == (False, {})
    found = read(
        'paper_deductions = true\nveto = true\n[values]\n"通报批评" = { "01" = 1 }\n[fabrication]\n"01" = "虚报2户。"'
    )
    assert [(each.name, each.points, each.is_conclusion) for each in found.items if each not in read("").items] == [
        ("督办函", 1, True), ("约谈", 2, True), ("通报批评", 3, False),
    ]  # fmt: skip
    assert (found.veto, found.fabrication, found.items[-1].values) == (True, {"01": "虚报2户"}, {"01": 1})


def test_a_scheme_is_what_is_settled_and_not_who_approves_or_what_is_typed_in() -> None:
    same = read(
        'approved_by = "张某某"\nreport_to = "县委"\n[values]\n"满意度" = { "01" = 95 }\n[asked]\n"满意度" = { "01" = 40 }'
    )
    assert same.scheme == read("# 说明\ngrades = [90.0, 80, 60]").scheme
    others = (
        "grades = [95, 80, 60]",
        "top_share = 0.2",
        "appeal_days = 6",
        "veto = true",
        "paper_deductions = true",
        'preset = "plan-2022"',
    )
    schemes = [json.dumps(read(each).scheme) for each in ("", *others)]
    assert len(set(schemes)) == len(schemes)


SLIPS = {
    "an unknown key": ("presets = 1", "presets 不认识。可用的有：preset、"),
    "an unknown preset": ('preset = "growth"', "preset 写成了 growth：应是 quality、plan-2022 之一"),
    "no text": ("approved_by = true", "approved_by 写成了 True：应为文字"),
    "grades that rise": ("grades = [60, 80, 90]", "grades 写成了 [60, 80, 90]：应为优秀、良好、合格的三个分数线"),
    "two grades": ("grades = [90, 80]", "三个分数线"),
    "grades of nan": ("grades = [nan, 80, 60]", "三个分数线"),
    "a share in percent": ("top_share = 30", "0.3 表示 30%，在 0 至 1 之间"),
    "no flag": ("veto = 1", "veto 写成了 1：应为 true（是）或 false（否）"),
    "a veto that does not hold": ('[fabrication]\n"01" = "虚报"', "没有写 veto = true"),
    "fabrication without how": ('veto = true\n[fabrication]\n"01" = " "', "应为单位编号和查实的情况"),
    "fabrication of nobody": ('veto = true\n[fabrication]\n"99" = "虚报"', "没有这个编号的单位"),
    "no days": ("appeal_days = 0", "应为 1 至 60 的整数"),
    "no items": ("items = []", "每节的开头写 [[items]]"),
    "a table of items": ("[items]\nname = 1", "每节的开头写 [[items]]"),
    "no name": ("[[items]]\nweight = 1", "第1项 没有 name"),
    "an unknown key of an item": (ITEM + "wight = 1", "第1项 wight 不认识。可用的有：name、"),
    "no weight": (ITEM, "“甲” 没有 weight"),
    "a weight of nothing": (ITEM + "weight = 0\ntarget = 1", "“甲” weight 写成了 0：应大于 0"),
    "a weight below nothing": (ITEM + "weight = -1\ntarget = 1", "“甲” weight 写成了 -1：应为数字，在 0 至"),
    "a weight that is true": (ITEM + "weight = true", "“甲” weight 写成了 True：应为数字"),
    "a cap in percent": (ITEM + "weight = 1\ncap = 150", "1.5 表示 150%"),
    "a floor above the cap": (ITEM + "weight = 1\ntarget = 1\nfloor = 1.1", "下限不能高于上限"),
    "an unknown form": (ITEM + 'form = "linear"', "“甲” form 写成了 linear：应是 ratio、"),
    "an unknown source": (ITEM + 'weight = 1\nsource = "gdp"', "“甲” source 写成了 gdp：应是 typed、completion_rate、"),
    "no target": (ITEM + "weight = 1", "“甲” 没有 target"),
    "a target of nothing": (ITEM + "weight = 1\ntarget = 0", "“甲” target 写成了 0：应大于 0"),
    "a deduction without an end": (ITEM + 'form = "deduct"', "没有 limit。请写上最多扣几分"),
    "a bonus without an end": (ITEM + 'form = "bonus"', "没有 limit。请写上最多加几分"),
    "a deduction that weighs": (ITEM + 'form = "deduct"\nlimit = 1\nweight = 5', "扣分、加分的项目没有权重"),
    "the rate of annual reports": (ITEM.replace("甲", "年报率") + "weight = 1\ntarget = 1", "第三十二条规定"),
    "a strange group": (ITEM + 'weight = 1\ntarget = 1\ngroup = "街道"', "“甲” group 写成了 街道：应是 both、乡镇、县直 之一"),
    "a strange unit": (ITEM + 'weight = 1\ntarget = 1\nvalues = { "77" = 1 }', "“甲” values 写成了 77：没有这个编号的单位"),
    "a value that is none": (ITEM + 'weight = 1\ntarget = 1\nvalues = { "01" = "好" }', "应为单位编号和实绩"),
    "values of no table": ('values = 3', "values 应写成一节 [values]"),
    "values of no item": ('[values]\n"满意率" = { "01" = 1 }', "[values] 里写了“满意率”，没有这个项目。现有的是：措施落实、"),
    "people asked that are none": ('[asked]\n"满意度" = { "01" = 30.5 }', "应为单位编号和调查人数"),
    "what the program counts": ('[values]\n"挂账按期销号率" = { "01" = 1 }', "由程序统计。请删去填的数"),
    "events below nothing": (ITEM + 'form = "deduct"\nlimit = 1\nvalues = { "01" = -1 }', "不能是负的"),
    "one name twice": ((ITEM + "weight = 1\ntarget = 1\n") * 2, "有两个叫“甲”的项目"),
    "typed against nothing": (ITEM + 'weight = 1\nsource = "letter_survival"\nvalues = { "01" = 1 }', "填了实绩，没有 target"),
}  # fmt: skip


@pytest.mark.parametrize("text, told", SLIPS.values(), ids=SLIPS)
def test_slips(text: str, told: str) -> None:
    with pytest.raises(UsageFault) as fault:
        read(text)
    assert str(fault.value).startswith("assessment.toml ")
    assert told in str(fault.value)
