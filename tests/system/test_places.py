"""Places that differ only in their plan, roster with targets, and templates: no word of one stands in another's papers."""

import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from support.desk import ROOT, Desk, write_sheet
from support.reading.lists import checked
from support.seen import texts_of

DISTRICT = ROOT / "examples" / "qingyuan-2024"
COMMANDS = (
    "letters",
    "bulletin --month {year}-05",
    "bulletin --month {year}-06",
    "dispatch",
    "analyse",
    "register export",
)
"""What is run; the inputs besides roster and targets are the same everywhere."""


@dataclass(frozen=True)
class Place:
    """A place, and how the one desk becomes its own."""

    year: int
    templates: Path
    letter: tuple[str, ...]
    """How its letter's template is made; empty for the one among the others."""
    plan: str
    roster: tuple[tuple[str, str, str, str], ...]
    own: tuple[str, ...]
    """Words that its papers have to say."""
    foreign: tuple[str, ...]
    """Words of the others."""


PLACES = {
    "岚县": Place(
        2022,
        ROOT / "templates",
        (),
        (ROOT / "pipeline.toml").read_text(encoding="utf-8"),
        (
            ("01", "东村镇", "岚县东村镇人民政府", "乡镇"),
            ("02", "普明镇", "岚县普明镇人民政府", "乡镇"),
            ("03", "县民政局", "岚县民政局", "县直"),
        ),
        ("岚县", "全县", "乡镇小计", "县直小计", "各乡镇、各有关单位", "县行政审批局", "一月一通报"),
        ("清源", "云泽", "青杨", "白桦", "丹枫", "街道", "开发区", "全区", "全市", "区市场", "市行政", "经营主体"),
    ),
    "清源区": Place(
        2024,
        DISTRICT / "templates",
        (),
        (DISTRICT / "pipeline.toml").read_text(encoding="utf-8"),
        (
            ("01", "青杨街道", "清源区人民政府青杨街道办事处", "街道"),
            ("02", "白桦街道", "清源区人民政府白桦街道办事处", "街道"),
            ("03", "丹枫街道", "清源区人民政府丹枫街道办事处", "街道"),
        ),
        ("清源区", "全区", "请各街道", "各单位完成情况表", "区市场监督管理局", "按月通报"),
        ("岚", "云泽", "县", "乡", "镇", "东村", "民政局", "开发区", "全市", "小计", "分别排列", "市场主体"),
    ),
    "云泽市": Place(
        2024,
        ROOT / "templates",
        ("--office", "市行政审批服务管理局", "--serial", "云个培〔2024〕01-0001"),
        '[plan]\ncounty = "云泽市"\nyear = 2024\n',
        (
            ("01", "东泽县", "东泽县人民政府", "县（市、区）"),
            ("02", "西泽市", "西泽市人民政府", "县（市、区）"),
            ("03", "经开区", "云泽经济开发区管理委员会", "开发区"),
        ),
        ("云泽市", "全市", "县（市、区）小计", "各县（市、区）、各开发区", "云个培", "各开发区完成情况表", "市行政审批服务管理局"),
        (
            "岚", "清源", "乡", "镇", "街道", "东村", "民政局", "县直", "全县", "全区", "区委", "县委", "县政府", "一月一通报", "专项行动",
            "市场主体", "报：", "送：", "发：",
        ),
    ),
}  # fmt: skip
"""A county, a district with one group of units, and a city whose plan says nothing but its name and year."""


def made(place: Place, root: Path, office: Path) -> dict[str, str]:
    """What comes out of the one desk where it is the place's own: file → its words."""
    root.mkdir()
    shutil.copytree(place.templates, root / "templates", ignore=shutil.ignore_patterns("build"))
    if place.letter:
        made = [ROOT / "templates/build/letter.py", "--to", root / "templates/letter.docx", *place.letter]
        subprocess.run([sys.executable, *made], check=True)
    (root / "pipeline.toml").write_text(place.plan, encoding="utf-8")
    desk = Desk(root, office)
    desk.write_roster([(*unit, f"第{unit[0]}号单位") for unit in place.roster])
    desk.write_targets([(name, 4) for _, name, _, _ in place.roster])
    _write_the_same_everywhere(root / "inputs")
    for command in COMMANDS:
        outcome = desk.run(*command.format(year=place.year).split())
        assert outcome.code == 0, outcome
    return texts_of(desk.outputs)


def _write_the_same_everywhere(inputs: Path) -> None:
    head = (
        "统一社会信用代码",
        "名称",
        "经营者",
        "成立日期",
        "登记状态",
        "注销日期",
        "介绍信编号",
        "引荐单位",
    )
    shops: list[tuple[object, ...]] = [
        (f"92999999MA0000{year % 100}{n:02d}", f"第{n}小吃店", f"张{n}", date(year, 4 + n % 3, n), *rest)
        for year in (2022, 2024)
        for n, rest in enumerate(
            (
                ("存续", None, "01-0001", None), ("存续", None, "02-0001", None), ("存续", None, None, "第01号单位"),
                ("注销", date(year, 6, 20), None, None), ("存续", None, None, "第02号单位"), ("存续", None, None, None),
            ),
            1,
        )
    ]  # fmt: skip
    write_sheet(inputs / "登记.xlsx", [head, *shops])
    people = (
        "张一",
        checked("999999199003070010"),
        "15400000001",
        "第1小吃店",
        "小吃服务",
        "和平路1号",
        "第01号单位",
    )
    write_sheet(
        inputs / "名单.xlsx",
        [("姓名", "身份证号", "联系方式", "名称", "主要经营", "经营地址", "单位"), people],
    )
    write_sheet(inputs / "素材.xlsx", [("栏目", "内容"), ("典型经验", "上门服务，当天领照。")])


def said_of(texts: dict[str, str], words: tuple[str, ...]) -> list[tuple[str, str]]:
    """Words with the files that they stand in."""
    return [(word, name) for name, text in texts.items() for word in words if word in text]


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_its_papers_speak_of_the_place_and_of_no_other(
    place: Place, tmp_path: Path, remembering: Path
) -> None:
    texts = made(place, tmp_path / "工作", remembering)
    whole = "".join(texts.values())
    assert [word for word in place.own if word not in whole] == []
    assert said_of(texts, place.foreign) == []
    kinds = {name.partition("!")[0].rpartition(".")[2] for name in texts}
    assert kinds == {"docx", "pdf", "xlsx", "json"}
    assert any("!word/charts/" in name for name in texts) and any("xl/" in name for name in texts)
    printed = {Path(name).name for _, name in said_of(texts, place.own[:1]) if name.endswith(".pdf")}
    assert printed >= {"介绍信.pdf", "简报.pdf", "作战图.pdf", "调度表.pdf", "使用登记台账.pdf"}


def test_a_word_is_found_wherever_it_stands(tmp_path: Path) -> None:
    for name in ("东村镇.csv", "表.json"):
        (tmp_path / name).write_text("" if "村" in name else '{"a": "岚县"}', encoding="utf-8")
    book = write_sheet(tmp_path / "表.xlsx", [("全县合计",)])
    with zipfile.ZipFile(tmp_path / "文.docx", "w") as package:
        package.writestr("word/document.xml", "<w:t>县</w:t><w:t>委</w:t>")
        package.writestr("word/charts/chart1.xml", '<c:v f="民&#25919;局"/>')
        package.write(book, "word/embeddings/表.xlsx")
    texts = texts_of(tmp_path)
    found = said_of(texts, ("东村", "岚", "全县", "县委", "民政局", "清源"))
    assert {(word, name.partition("!")[0]) for word, name in found} == {
        ("东村", "东村镇.csv"), ("岚", "表.json"), ("全县", "表.xlsx"), ("全县", "文.docx"),
        ("县委", "文.docx"), ("民政局", "文.docx"),
    }  # fmt: skip
