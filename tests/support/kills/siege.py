"""Desks that are used and killed, one after another."""

import os
import random
import shutil
import signal
import sys
import tempfile
from collections import Counter, defaultdict, deque
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from support.desk import Desk, write_sheet
from support.fakes import office
from support.inputs.people import applicants
from support.kills.entering import ENTERING, HEADER
from support.kills.items import ITEMS, export
from support.kills.meeting import dispatch
from support.kills.printing import PRINTING
from support.kills.running import run
from support.kills.sight import Sight, look, prove, prove_tidy
from support.kills.supervising import SUPERVISING
from support.kills.world import SHOP, Attempt, World

LIFE = 15
"""Steps after which a fresh desk is taken, so that numbers stay small and LibreOffice need not be asked anew."""


LIST_HEADER = ("序号", "姓名", "身份证号", "联系方式", "名称", "主要经营", "经营地址")


def draw(world: World, sight: Sight, only: Sequence[str] = ()) -> Attempt:
    """Something that a clerk could do now.

    :param only: commands by their first words, if not all.
    """
    while True:
        is_printed = world.chance.random() < world.printing
        printing = (*PRINTING, *SUPERVISING, dispatch, export)
        make = world.chance.choice(printing if is_printed else (*ENTERING, *ITEMS))
        for attempt in make(world, sight):
            if not only or attempt.words[0] in only:
                return attempt


class Siege:
    """Desks that are used and killed, one after another."""

    def __init__(
        self, base: Path, memory: Path, seed: int, printing: float, only: Sequence[str] = ()
    ) -> None:
        self.only = only
        self.base, self.chance, self.printing = base, random.Random(seed), printing
        self.office = office(base / "soffice", "remembers", memory)
        os.environ["PATH"] = f"{self.office}{os.pathsep}{os.environ['PATH']}"
        self.killed, self.came = Counter[str](), Counter[str]()
        self.steps = 0
        self.usual: dict[str, deque[float]] = defaultdict(lambda: deque(maxlen=5))
        self.first = self._first_desk()

    def _first_desk(self) -> Desk:
        desk = Desk.laid(self.base / "最初" / "工作", self.office)
        desk.settings('notice_from = "2022-07"', 'notice_from = "2022-01"')
        desk.settings("min_gap = 2 ", "min_gap = 0 ")
        for name in ("authority", "approved_by"):
            desk.settings(f'{name} = ""', f'{name} = "某某"')
        people = [[number, *_fields(who)] for number, who in enumerate(applicants(2, seed=4), 1)]
        write_sheet(
            desk.root / "inputs" / "东村镇培育对象名单.xlsx", [("培育对象名单",), LIST_HEADER, *people]
        )
        write_sheet(desk.root / "inputs" / "登记.xlsx", [HEADER, SHOP])
        for words in (("letters", "--date", "2022-06-01"), ("bulletin", "--month", "2022-01")):
            _, code = run(desk, words)
            assert code == 0, (desk.root.parent / "log").read_text(encoding="utf-8")
        return desk

    def live(self, kills: int) -> None:
        """Use one desk for a while."""
        home = Path(tempfile.mkdtemp(prefix="一生-", dir=self.base))
        world = World(self.first.copy(home / "工作"), self.chance, printing=self.printing)
        world.people = tuple(who.id_no for who in applicants(2, seed=4))
        known: set[str] = set()
        for _ in range(LIFE):
            if self.killed.total() >= kills:
                break
            self.steps += 1
            attempt = draw(world, prove(world.desk), self.only)
            try:
                known = self.step(world.desk, attempt, known)
            except BaseException:
                print(f"step {self.steps}: {' '.join(attempt.words)}\n{home}", file=sys.stderr)
                print((home / "log").read_text(encoding="utf-8"), file=sys.stderr)
                raise
        shutil.rmtree(home)

    def step(self, desk: Desk, attempt: Attempt, known: set[str]) -> set[str]:
        """Kill a command, see that nothing is lost, let it be done, see that it is done once."""
        before = look(desk)
        attempt.prepare()
        lengths = self.usual[attempt.name]
        moment_s = self.chance.uniform(0, min(lengths) if lengths else 0.5)
        length_s, code = run(desk, attempt.words, moment_s)
        if code == -signal.SIGKILL:
            self.killed[attempt.name] += 1
        else:
            assert code == 0, f"exit code {code}"
            lengths.append(length_s)
        after = prove(desk)
        through = attempt.done(before, after)
        if code == -signal.SIGKILL:
            untouched = (after.beside, after.journal) == (before.beside, before.journal)
            self.came["through" if through else "untouched" if untouched else "begun"] += 1
            assert through or untouched or attempt.begun(before, after), (before, after)
        again = attempt.words
        if through or (attempt.finish and after.bulletins != before.bulletins):
            again = attempt.finish or ()
        if again:
            length_s, code = run(desk, again)
            assert code == 0, f"again: exit code {code}"
            if again == attempt.words:
                lengths.append(length_s)
        elif code == -signal.SIGKILL:
            run(
                desk, ("register", "list", "--xlsx", "清单.xlsx")
            )  # whatever works in outputs clears what the dead left
        last = prove(desk)
        assert attempt.done(before, last), (before, last)
        assert not last.is_open()
        return prove_tidy(desk, known)


def _fields(who: Any) -> tuple[str, ...]:
    return who.name, who.id_no, who.phone, who.business, who.scope, who.address
