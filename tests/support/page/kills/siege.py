"""A page that is used by several people and killed, again and again."""

import json
import os
import random
import signal
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from subprocess import Popen
from threading import Event

from pipeline.page.access import Role
from support.desk import Desk, until
from support.kills.sight import prove, prove_tidy
from support.page import Site, server_of, stop
from support.page.browser import Browser
from support.page.kills.clerk import Clerk, digest, waiting

PEOPLE = ("甲", "乙", "丙")
POSSIBLE = {0, 3, 6, None}
"""How a run may end: done, faults in the tables (one that changes all the time), other letters than foreseen, killed."""


class Siege:
    """One desk's page, from its first server to its last."""

    def __init__(self, desk: Desk, seed: int) -> None:
        self.desk, self.chance = desk, random.Random(seed)
        site = Site(desk)
        self.clerks = [
            Clerk(
                name,
                site.account(name, Role.OFFICE).cookies["sessionid"].value,
                random.Random(f"{seed} {name}"),
            )
            for name in PEOPLE
        ]
        self.inputs, self.incoming = desk.root / "inputs", desk.root / "page" / "incoming"
        self.first = {digest(path.read_bytes()) for path in self.inputs.rglob("*") if path.is_file()}
        self.kills, self.met = 0, Counter[str]()
        self.ended: dict[str, str] = {}
        """Address of a run → how it ended."""

    def kill(self) -> None:
        """Have the page used, kill its server, and look at what is left."""
        if self.chance.random() < 0.1:
            process = self.desk.start("page", "--port", "0", "--json")
            self._kill(process, self.chance.uniform(0, 1))
            self.met["killed while it started"] += 1
        else:
            process, url = server_of(self.desk)
            try:
                self._look_around(url)
            except BaseException:
                self._kill(process, 0)
                raise
            with ThreadPoolExecutor(len(self.clerks)) as people:
                over = Event()
                working = [people.submit(clerk.work, url, over) for clerk in self.clerks]
                self._kill(process, self.chance.uniform(0, 1.5))
                over.set()
            for each in working:
                each.result()
        self.kills += 1
        if self.chance.random() < 0.2:
            self._cut_power()
        self.whole()
        found = self.desk.run("register", "check")
        assert found.code == 0, found
        for clerk in self.clerks:
            clerk.after(self.inputs)

    def _kill(self, process: Popen[str], after_s: float) -> None:
        try:
            time.sleep(after_s)
        finally:
            process.kill()
            process.communicate()

    def _cut_power(self) -> None:
        for path in (self.desk.root / "page" / "runs").glob("*/process"):
            if not (path.parent / "exit").exists():
                try:
                    os.killpg(int(path.read_text().split()[0]), signal.SIGKILL)
                    self.met["run killed"] += 1
                except (ProcessLookupError, ValueError, IndexError):
                    pass

    def whole(self) -> None:
        """Nothing below ``inputs/`` is there in part."""
        known = self.first.union(*(clerk.sent for clerk in self.clerks))
        for path in self.inputs.rglob("*"):
            assert not path.is_file() or digest(path.read_bytes()) in known, f"{path} is not whole"
        self.met["half in incoming"] += any(
            digest(path.read_bytes()) not in known for path in self.incoming.iterdir()
        )

    def _look_around(self, url: str) -> None:
        """A server that has just started shows what waits and what is run, and nothing else is on its way."""
        browsers = [Browser(url, clerk.session) for clerk in self.clerks]
        kept = Counter(digest(path.read_bytes()) for path in self.incoming.iterdir())
        shown = waiting(browsers[0])
        assert kept.total() == len(shown), (kept, shown)
        for clerk, browser in zip(self.clerks, browsers, strict=True):
            for path, content in clerk.asked.items():
                assert path in shown and kept[content], f"{path} does not wait any more"
            own = {path for path in shown if clerk.name in path.split("/")}
            for path in own - clerk.asked.keys():  # the kill came before the answer, or before the question
                self.met["unanswered"] += 1
                browser.press(f"/inputs/asked/{shown[path]}/", answer="keep")
            self.met["run that went on"] += sum(not self._look(run, browser) for run in clerk.runs)
            browser.close()

    def _look(self, run: str, browser: Browser) -> bool:
        """Whether it has ended; refuses an end that it cannot have, and a second one."""
        told = json.loads(browser.get(f"{run}state/"))
        if told["state"] == "running":
            return False
        how = f"{told['state']} {told['exit_code']}"
        assert told["exit_code"] in POSSIBLE, (run, how)
        assert self.ended.setdefault(run, how) == how, run
        return True

    def close(self) -> None:
        """Let the last runs end, number once more, and prove that all is sound."""
        process, url = server_of(self.desk)
        try:
            self._look_around(url)
            browser = Browser(url, self.clerks[0].session)
            for run in [run for clerk in self.clerks for run in clerk.runs]:
                until(partial(self._look, run, browser), 120, run)
            browser.close()
        finally:
            assert stop(process) == 0
        cut, killed = Counter(self.ended.values())["cut-off None"], self.met["run killed"]
        assert cut <= killed, f"{cut} runs did not outlive the server, {killed} were killed"
        for _ in range(2):  # what was cut off is finished, then what is wanting is numbered
            found = self.desk.run("letters", "--json")
            assert found.code == 0, found
        prove(self.desk)
        prove_tidy(self.desk, set())
