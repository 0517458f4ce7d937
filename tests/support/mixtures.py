"""People with names, shops, scopes and addresses of every mixture, through the whole run, again and again.

    PYTHONPATH=tests python -m support.mixtures --people 1000 --seed 1

``check`` and ``letters --skip-bad-rows`` must name the same rows, and no run may end in a fault. Every letter that is
printed must show each of its characters, counted by another reader than the product's, and be set as LibreOffice
itself prints it, line by line. A text of which the product says how much fits must fit when it is cut there.

Ends with 1 and tells the first rows that are not so; the desk is left where it was.
"""

import argparse
import json
import random
import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from lxml import etree

from pipeline.adapters.register import open_register
from pipeline.adapters.word import WordTemplate
from pipeline.domain.letters.fields import fields_of
from pipeline.domain.letters.model import Letter
from pipeline.domain.model import Applicant
from pipeline.workspace import open_workspace
from support.desk import TARGETS, Desk, write_sheet
from support.inputs.people import applicants
from support.paper import poppler_text
from support.templates.zoo import as_it_is
from support.trials import tried

PATIENCE_S = 1800
HEADER = ("序号", "姓名", "身份证号", "联系方式", "名称", "主要经营", "经营地址", "单位")
COLUMNS = {"name": "姓名", "business": "名称", "scope": "主要经营", "address": "经营地址"}
HANZI = "岚县东村镇普明河口社科土豆批发零售经营部综合便利小吃店日用百货农产品加工服务理发五金建材"
RARE = "䶮㛃堃祎玥镕𠮷𬭁𬱖𫖯"
WORDS = (
    "KTV", "LED", "3D", "wifi", "office", "Lanxian", "OrganicFarmhouse", "A&B", "C++", "iPhone", "Mc'Donald", "e-mail",
    "Internationalization", "Llanfairpwllgwyngyllgogerych", "VIP", "No.1", "T-shirt", "AVATAR", "To", "x",
)  # fmt: skip
PLACES = (
    "www.lanxian-shop.com", "https://shop.example.cn/岚县?id=7&p=a_b", "li.si@example.com", "lanxian.gov.cn/a/b/c",
)  # fmt: skip
SIGNS = "、，。；：！？…—·～％℃￥-./,:;!?%&+#@*'\"_=~|＋－"
PAIRS = ("（）", "()", "《》", "“”", "‘’", "【】", "〔〕", "[]", "「」", "<>", "{}")


def mixed(count: int, seed: int) -> list[Applicant]:
    """So many made-up people, the same every time."""
    chance = random.Random(seed)
    return [
        replace(
            who,
            name=(who.name if chance.random() < 0.4 else _text(chance, chance.randrange(2, 9))),
            business=_text(chance, chance.randrange(3, 24)),
            scope=_text(chance, chance.randrange(4, 52)),
            address=_text(chance, chance.randrange(4, 46)),
        )
        for who in applicants(count, seed)
    ]


def _text(chance: random.Random, wanted: int) -> str:
    """A text of about so many characters; its share of hanzi differs from text to text."""
    share, text = chance.choice((0.5, 0.8, 0.95)), chance.choice(HANZI)
    while len(text) < wanted:
        text += (
            "".join(chance.choices(HANZI, k=chance.randrange(1, 7)))
            if chance.random() < share
            else _other(chance)
        )
    return text.strip()


def _other(chance: random.Random) -> str:
    opening, closing = chance.choice(PAIRS)
    bracketed = opening + chance.choice((*WORDS, "含配件", "3-5号", "岚县")) + closing
    digits = str(chance.randrange(10 ** chance.randrange(1, 12)))
    words = chance.choice(WORDS), f"{chance.choice(WORDS)} {chance.choice(WORDS)}"
    place = chance.choice((*PLACES, *"、、、、、、、、"))
    return chance.choice((*words, digits, chance.choice(SIGNS), bracketed, chance.choice(RARE), place, "、"))


@dataclass(frozen=True)
class Run:
    """What the product did with a list of people."""

    people: Sequence[Applicant]
    checked: dict[int, list[dict[str, Any]]]
    """Row → its problems by ``check``, from 2."""
    skipped: dict[int, list[dict[str, Any]]]
    """The same by ``letters --skip-bad-rows``."""
    desk: Desk

    @property
    def printed(self) -> list[Applicant]:
        return [who for row, who in enumerate(self.people, 2) if row not in self.skipped]


def run(desk: Desk, people: Sequence[Applicant]) -> Run:
    """Check the people's list and print what can be printed."""
    problems = checked(desk, people)
    printed = desk.run("letters", "--skip-bad-rows", "--json", timeout_s=PATIENCE_S)
    assert printed.code == 0, printed
    return Run(people, problems, _by_row(printed.json), desk)


def checked(desk: Desk, people: Sequence[Applicant]) -> dict[int, list[dict[str, Any]]]:
    """Write the people's list and check it: row → its problems, from 2."""
    desk.write_targets([(TARGETS[0][0], len(people) + 1), *TARGETS[1:]])
    rows = [
        (number, who.name, who.id_no, who.phone, who.business, who.scope, who.address, TARGETS[0][0])
        for number, who in enumerate(people, 1)
    ]
    write_sheet(desk.root / "inputs" / "名单.xlsx", [HEADER, *rows])
    outcome = desk.run("check", "--json", timeout_s=PATIENCE_S)
    assert outcome.code in (0, 3), outcome
    return _by_row(outcome.json)


def _by_row(told: dict[str, Any]) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {}
    for problem in told["problems"]:
        assert problem["file"] == "名单.xlsx", problem
        found.setdefault(problem["row"], []).append(problem)
    return found


def disagreements(run: Run) -> Iterator[str]:
    """Rows that one command takes and the other does not, or for another reason."""
    for row in sorted(run.checked.keys() | run.skipped.keys()):
        one, other = run.checked.get(row), run.skipped.get(row)
        if one != other:
            yield f"row {row}: {one} by check, {other} by letters"


def lost(run: Run) -> Iterator[str]:
    """Letters whose page shows other characters than the template's own and the letter's, counted."""
    text = poppler_text(run.desk.batch() / "介绍信.pdf", "-raw")
    template = WordTemplate("letter.docx", as_it_is())
    words = etree.fromstring(template.body().encode()).itertext("{*}t")
    fixed = Counter("".join(re.sub(r"\{\{.*?\}\}", "", "".join(words)).split()))
    letters = _letters(run)
    for letter, who in zip(letters, run.printed, strict=True):
        if _said(letter.applicant) != _said(who):
            yield f"{letter.printed} says {_said(letter.applicant)}, the list {_said(who)}"
    for letter, page in zip(letters, text.split("\f"), strict=False):
        wanted = Counter(fixed)
        for field, said in fields_of(letter).items():
            for _ in range(template.placeholders[field]):
                wanted.update("".join(said.split()))
        found = Counter("".join(page.split()))
        if found != wanted:
            yield f"{letter.printed} lacks {wanted - found}, has {found - wanted}: {letter.applicant}"


def _letters(run: Run) -> tuple[Letter, ...]:
    workspace = open_workspace(run.desk.root)
    with open_register(workspace.register) as register:
        return register.filled(workspace.settings.plan.year)


def _said(who: Applicant | None) -> tuple[str, ...]:
    assert who is not None
    return tuple("".join(text.split()) for text in (who.name, who.business, who.scope, who.address))


def unlike(run: Run, work: Path) -> tuple[int, list[str]]:
    """How many letters are set, and those that are set otherwise than LibreOffice prints them."""
    letters = _letters(run)
    trial = tried(as_it_is(), letters, work, whole=True)
    assert trial.said == [] and trial.misfits == [], (trial.said, trial.misfits)
    return len(trial.set_places), trial.differences()


def shortened(run: Run, more: int) -> list[Applicant]:
    """The people of whom a text is too long, each such text cut after as many characters as fit, and some more."""
    found = []
    for row, problems in run.checked.items():
        who = run.people[row - 2]
        for problem in problems:
            room = re.search(r"最多放得下(\d+)个字", problem["advice"])
            if problem["code"] == "too-long" and room:
                field = next(field for field, column in COLUMNS.items() if column == problem["column"])
                who = replace(who, **{field: getattr(who, field)[: int(room[1]) + more]})
        if who != run.people[row - 2]:
            found.append(who)
    return found


def breaches(
    root: Path, people: int, seed: int, office: Path | None = None
) -> tuple[dict[str, int], list[str]]:
    """What was looked at, in numbers, and what is not so.

    :param office: one that remembers, so that LibreOffice is not asked twice for one document; None for none between.
    """
    first = run(Desk.laid(root / "desk", office), mixed(people, seed))
    count, otherwise = unlike(first, root / "engines")
    cut = run(Desk.laid(root / "cut", office), shortened(first, 0))
    codes = Counter(problem["code"] for own in first.checked.values() for problem in own)
    told = {"people": people, "printed": len(first.printed), "set": count, "cut": len(cut.people), **codes}
    found = [*disagreements(first), *lost(first), *otherwise, *disagreements(cut), *lost(cut)]
    found += [f"cut, row {row}: {own}" for row, own in cut.checked.items()]
    over = shortened(first, 1)
    refused = checked(
        Desk.laid(root / "over", office), over
    )  # that letters refuses the same is seen twice above
    fitting = [who for row, who in enumerate(over, 2) if row not in refused and not _ends_with_space(who)]
    return told, found + [f"one more fits: {who}" for who in fitting]


def _ends_with_space(who: Applicant) -> bool:
    return any(text.endswith(" ") for text in (who.name, who.business, who.scope, who.address))


def main() -> None:
    """Run it from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--people", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    root = Path(tempfile.mkdtemp(prefix="mixtures-"))
    told, found = breaches(root, arguments.people, arguments.seed)
    print(json.dumps(told, ensure_ascii=False))
    for breach in found[:20]:
        print(breach)
    if found:
        sys.exit(f"{len(found)} breaches; {root}")
    shutil.rmtree(root)


if __name__ == "__main__":
    main()
