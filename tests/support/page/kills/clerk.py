"""Somebody at the page, what he was told, and what he cannot know since his last request was cut off."""

import random
import re
from collections import Counter
from dataclasses import dataclass, field
from hashlib import sha256
from http.client import HTTPException
from pathlib import Path
from threading import Event

from support.page.browser import Browser

HEADER = "统一社会信用代码,名称,经营者,成立日期,登记状态,介绍信编号,引荐单位,经营范围\n"
CUT_OFF = (OSError, HTTPException)
"""What a browser sees of a server that was killed."""


def digest(content: bytes) -> str:
    """Of a file."""
    return sha256(content).hexdigest()


@dataclass
class Clerk:
    """One of the people; all that he touches is in folders of his own."""

    name: str
    session: str
    chance: random.Random
    sent: set[str] = field(default_factory=set)
    """Digests of all that was ever sent whole, told or not."""
    there: dict[str, str] = field(default_factory=dict)
    """Path below ``inputs/`` → digest that must be there."""
    perhaps: dict[str, str | None] = field(default_factory=dict)
    """Path → digest that may be there instead; None for no file."""
    had: set[tuple[str, str]] = field(default_factory=set)
    """(path, digest) of all that was told as kept: there, or in the history."""
    asked: dict[str, str] = field(default_factory=dict)
    """Path → digest of what waits for an answer."""
    runs: list[str] = field(default_factory=list)
    """Addresses of the runs that he was led to."""
    trial: str = ""
    """Address of the last trial that he was led to and has not answered yet."""
    did: Counter[str] = field(default_factory=Counter)

    def work(self, url: str, over: Event) -> None:
        """Until the server is gone."""
        browser = Browser(url, self.session)
        try:
            while not over.is_set():
                self.perhaps.clear()
                act = self.chance.choice(
                    (self._drop, self._drop, self._drop, self._answer, self._remove, self._run)
                )
                act(browser)
                over.wait(self.chance.uniform(0, 0.1))
        except CUT_OFF:
            pass
        finally:
            browser.close()

    def _drop(self, browser: Browser) -> None:
        path = self.chance.choice(
            (f"{self.name}/一.csv", f"{self.name}/二.csv", f"佐证/{self.name}/照片.jpg")
        )
        if path in self.asked:
            return
        rows = self.chance.randint(1, 60 if path.endswith(".csv") else 3000)
        filling = f"{self.chance.getrandbits(1600):0400x}"
        content = (
            HEADER + "".join(f"{row},编造店,编造,2022-05-03,存续,,,{filling}\n" for row in range(rows))
        ).encode()
        self.sent.add(digest(content))
        if path not in self.there:
            self.perhaps[path] = digest(content)
        [told] = browser.drop({path: content}, pause_s=0.03)
        assert told["name"] == path and (told["kept"] or told["asks"]), told
        self.did["kept" if told["kept"] else "asked"] += 1
        if told["kept"]:
            self._keep(path, digest(content))
        else:
            self.asked[path] = digest(content)

    def _keep(self, path: str, content: str) -> None:
        assert path not in self.there, f"{path} was written over"
        self.there[path] = content
        self.had.add((path, content))

    def _answer(self, browser: Browser) -> None:
        if not self.asked:
            return
        path = self.chance.choice(sorted(self.asked))
        new = self.asked.pop(path)
        number = waiting(browser)[path]
        replaces = self.chance.random() < 0.7
        if replaces:
            self.perhaps[path] = new
        browser.press(f"/inputs/asked/{number}/", answer="replace" if replaces else "keep")
        self.did["replaced" if replaces else "not replaced"] += 1
        if replaces:
            self.there[path] = new
            self.had.add((path, new))

    def _remove(self, browser: Browser) -> None:
        tables = sorted(path for path in self.there if path.endswith(".csv") and path not in self.asked)
        if tables:
            path = self.chance.choice(tables)
            self.perhaps[path] = None
            browser.press(f"/inputs/remove/{path}")
            self.did["taken out"] += 1
            del self.there[path]

    def _run(self, browser: Browser) -> None:
        if self.chance.random() < 0.6:
            return
        if self.chance.random() < 0.5:
            where = browser.press("/check/")
        elif self.trial and (where := browser.answer(self.trial)) != self.trial:
            self.trial = ""
            self.did["number"] += 1
        else:
            unit = self.chance.choice(("东村镇", "普明镇"))
            where = self.trial = browser.press("/letters/run/", unit=unit, count="1")
        assert re.fullmatch(r"/runs/\d+/", where), where
        self.did["run"] += 1
        self.runs.append(where)

    def after(self, inputs: Path) -> None:
        """See what is there now, and refuse what must not be."""
        history = {
            ("/".join(path.relative_to(inputs).parts[2:]), digest(path.read_bytes()))
            for path in (inputs / "历史").rglob("*")
            if path.is_file()
        }
        for path in {*self.there, *self.perhaps}:
            place, must = inputs / path, self.there.get(path)
            found = digest(place.read_bytes()) if place.is_file() else None
            assert found in {must, self.perhaps.get(path, must)}, f"{path} is not what was told"
            if found is None:
                self.there.pop(path, None)
            else:
                self.there[path] = found
                self.had.add((path, found))
        self.perhaps.clear()
        lost = {(path, content) for path, content in self.had - history if self.there.get(path) != content}
        assert not lost, lost


def waiting(browser: Browser) -> dict[str, int]:
    """Path of each file that waits for an answer → its number, as the page shows it."""
    shown = browser.get("/inputs/")
    return {
        path: int(number)
        for number, path in re.findall(
            r'action="/inputs/asked/(\d+)/">.*?aria-label="替换 ([^"]+)"', shown, re.DOTALL
        )
    }
