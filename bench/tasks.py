"""What is run: each task prints some letters in a fresh folder by one measured process."""

import json
import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import Any

from bench import desk, registrations, rivals, rollup
from bench.diary import Diary
from bench.meter import Reading, measure

PYTHON = sys.executable
QUIET = 0.05
"""Share of the processors that others may use without a word."""


@dataclass(frozen=True, slots=True)
class Scale:
    """How many letters, and how often."""

    letters: int
    """The county's; every way is told for so many."""
    each: int
    """Letters for the way with one LibreOffice call per letter; the time is scaled."""
    files: int
    """Letters for the way with one call for all files; the time is scaled."""
    growth: tuple[int, ...]
    """Letters of the longer runs of ours."""
    typst_growth: int
    """Letters of a longer run of Typst."""
    registrations: int
    """Rows of a city's exports."""
    rounds: int
    """Runs of what is short; half as many, at least one, of what is longer."""

    @property
    def some(self) -> int:
        """Runs of what takes a minute."""
        return max(1, self.rounds // 2)


FULL = Scale(2300, 20, 100, (23_000, 46_000, 300_000), 23_000, 300_000, 3)
QUICK = Scale(230, 2, 5, (460,), 460, 30_000, 1)


@dataclass(frozen=True, slots=True)
class Task:
    """One way of printing so many letters."""

    name: str
    """What it is, as the table shows it."""
    letters: int
    """How many one run prints."""
    rounds: int
    """How often it is run."""
    prepare: Callable[[Path], object]
    """Puts everything it needs into a fresh folder; not measured."""
    command: Callable[[Path], list[str]]
    """What is measured."""
    finish: Callable[[Path], int]
    """Checks that all pages are there; bytes of the print file, or of all files where there is none."""


@dataclass(frozen=True, slots=True)
class Result:
    """The readings of a task."""

    task: Task
    """Of which."""
    readings: tuple[Reading, ...]
    """One for each round."""
    size: int
    """Bytes of what it made."""
    report: dict[str, Any]
    """What the process itself had to tell."""

    @property
    def wall_s(self) -> float:
        """Median of wall clock."""
        return median(reading.wall_s for reading in self.readings)

    @property
    def cpu_s(self) -> float:
        """Median of processor time."""
        return median(reading.cpu_s for reading in self.readings)

    @property
    def largest_mb(self) -> float:
        """Highest peak of the largest process."""
        return max(reading.largest_mb for reading in self.readings)

    @property
    def tree_mb(self) -> float:
        """Highest peak of all processes together."""
        return max(reading.tree_mb for reading in self.readings)

    @property
    def disturbed(self) -> float:
        """Share of the processors that others used meanwhile, median."""
        return median(reading.disturbed for reading in self.readings)

    @property
    def page_bytes(self) -> float:
        """Bytes a page."""
        return self.size / self.task.letters


class Hall:
    """Where tasks are run: a folder with fonts for LibreOffice and the letters as records."""

    def __init__(self, root: Path, letters: int) -> None:
        self._root = root
        self.letters = letters
        self.environment = {"FONTCONFIG_FILE": str(root / "fonts.conf")}
        desk.write_font_map(root / "fonts.conf")

    def records_of(self, letters: int) -> Path:
        """So many letters as records, in a file."""
        path = self._root / f"records-{letters}.json"
        if not path.exists():
            desk.write_records(desk.lay(self._root / f"desk-{letters}", letters), path)
        return path

    def run(
        self, tasks: dict[str, Task], told: Callable[[str], object], diary: Diary | None = None
    ) -> dict[str, Result]:
        """All tasks, round by round, so that what the machine does meanwhile hits all alike.

        :param diary: knows what was measured before, and is told what is measured now.
        """
        results: dict[str, Result] = {}
        for number in range(max(task.rounds for task in tasks.values())):
            for key, task in tasks.items():
                if number < task.rounds:
                    before = results.get(key)
                    known = diary.find(key, number) if diary else None
                    result = Result(task, (known[0],), *known[1:]) if known else self._run(task)
                    if diary and not known:
                        diary.add(key, number, result.readings[0], result.size, result.report)
                    results[key] = (
                        replace(result, readings=(*before.readings, *result.readings)) if before else result
                    )
                    told(
                        f"{task.name}, {task.letters}: {result.wall_s:.2f} s, {result.cpu_s:.2f} s of processor, "
                        f"{result.largest_mb:.0f} MB, all {result.tree_mb:.0f} MB"
                        + (f", disturbed {result.disturbed:.0%}" if result.disturbed > QUIET else "")
                    )
        return results

    def _run(self, task: Task) -> Result:
        folder = self._root / "run"
        folder.mkdir()
        try:
            task.prepare(folder)
            reading = measure(task.command(folder), self._root / "log", self.environment, desk.ROOT)
            report = folder / "report.json"
            told = json.loads(report.read_text("utf-8")) if report.exists() else {}
            return Result(task, (reading,), task.finish(folder), told)
        finally:
            shutil.rmtree(folder)


def ours(name: str, letters: int, rounds: int, *options: str, marked: bool = True) -> Task:
    """The command ``pipeline letters``, whole: reading, register, engine, reading back, every file."""
    return Task(
        name, letters, rounds,
        lambda folder: desk.lay(folder / "desk", letters, marked=marked),
        lambda folder: [str(Path(PYTHON).with_name("pipeline")), "--root", str(folder / "desk"), "letters", *options],
        lambda folder: desk.check_batch(folder / "desk", letters),
    )  # fmt: skip


def extra(name: str, letters: int, rounds: int) -> Task:
    """A few more letters for one unit: what the fixed cost is felt in."""
    unit = "东村镇"
    options = ["letters", "--unit", unit, "--count", str(letters)]
    return Task(
        name, letters, rounds,
        lambda folder: desk.lay(folder / "desk", desk.COUNTY),
        lambda folder: [str(Path(PYTHON).with_name("pipeline")), "--root", str(folder / "desk"), *options],
        lambda folder: desk.check_batch(folder / "desk", letters),
    )  # fmt: skip


def again(name: str, letters: int, rounds: int, *options: str) -> Task:
    """The county's letters have been printed, and with them their form has become known; now more are wanted.

    :param options: which; none for targets raised by so many.
    """
    pipeline = str(Path(PYTHON).with_name("pipeline"))

    def prepare(folder: Path) -> None:
        desk.lay(folder / "desk", desk.COUNTY)
        measure([pipeline, "--root", str(folder / "desk"), "letters"], folder / "log")
        if not options:
            desk.scale(folder / "desk", desk.COUNTY + letters)

    return Task(
        name, letters, rounds, prepare,
        lambda folder: [pipeline, "--root", str(folder / "desk"), "letters", *options],
        lambda folder: desk.check_batch(folder / "desk", letters, "2022-002"),
    )  # fmt: skip


def filled(name: str, letters: int, rounds: int, engine: str) -> Task:
    """Half filled letters."""
    return Task(
        name, letters, rounds,
        lambda folder: desk.lay(folder / "desk", letters),
        lambda folder: [
            PYTHON, "-m", "bench.filled", str(folder / "desk"), engine, str(folder / "report.json")
        ],
        lambda folder: desk.check_batch(folder / "desk", letters),
    )  # fmt: skip


def watched(name: str, letters: int) -> Task:
    """Ours with its stages watched, in one process."""
    return Task(
        name, letters, 1,
        lambda folder: desk.lay(folder / "desk", letters),
        lambda folder: [
            PYTHON, "-m", "bench.stages", str(folder / "desk"), str(folder / "report.json"), str(time.time())
        ],
        lambda folder: desk.check_batch(folder / "desk", letters),
    )  # fmt: skip


def bare(name: str, hall: Hall, rounds: int, *, warm: bool) -> Task:
    """LibreOffice alone over a page that is filled already."""

    def prepare(folder: Path) -> None:
        rivals.fill(
            json.loads(hall.records_of(hall.letters).read_text("utf-8"))["letters"][0], folder / "1.docx"
        )
        if warm:
            measure(rivals.command(folder, [folder / "1.docx"]), folder / "log", hall.environment)

    return Task(
        name, 1, rounds, prepare, lambda folder: rivals.command(folder, [folder / "1.docx"]), lambda folder: _size(folder, 1)
    )  # fmt: skip


def rival(name: str, way: str, hall: Hall, letters: int, rounds: int) -> Task:
    """One of the other ways."""
    return Task(
        name, letters, rounds,
        lambda folder: shutil.copyfile(hall.records_of(max(letters, hall.letters)), folder / "letters.json"),
        lambda folder: [PYTHON, "-m", "bench.rivals", way, str(folder), str(letters)],
        lambda folder: _size(folder, letters),
    )  # fmt: skip


def rolled_up(name: str, rounds: int, *, printed: bool) -> Task:
    """A big city's December from what its counties sent in all twelve months.

    :param printed: whether the papers are made too, by the command as it is.
    """
    command = (
        [str(Path(PYTHON).with_name("pipeline")), "--root", "{}", "rollup", "--month", rollup.MONTH]
        if printed
        else [PYTHON, "-m", "bench.rollup", "{}"]
    )
    return Task(
        name, rollup.COUNTIES * 12, rounds,
        lambda folder: rollup.lay(folder / "desk"),
        lambda folder: [word.format(folder / "desk") for word in command],
        lambda folder: rollup.check(folder / "desk", printed=printed),
    )  # fmt: skip


def read_only(name: str, rows: int, rounds: int) -> Task:
    """A city's exports, every cell read by python-calamine and nothing done with it."""
    return Task(
        name, rows, rounds,
        lambda folder: registrations.lay(folder / "desk", rows),
        lambda folder: [PYTHON, "-m", "bench.registrations", str(folder / "desk")],
        lambda _: 0,
    )  # fmt: skip


def city_bulletin(name: str, rows: int, rounds: int) -> Task:
    """A bulletin from a city's exports, by the command as it is."""
    options = ["bulletin", "--month", registrations.MONTH]
    return Task(
        name, rows, rounds,
        lambda folder: registrations.lay(folder / "desk", rows),
        lambda folder: [str(Path(PYTHON).with_name("pipeline")), "--root", str(folder / "desk"), *options],
        lambda folder: registrations.check(folder / "desk", rows),
    )  # fmt: skip


def _size(folder: Path, letters: int) -> int:
    whole = folder / "all.pdf"
    made = [whole] if whole.exists() else [folder / f"{number}.pdf" for number in range(1, letters + 1)]
    assert sum(map(desk.pages_of, made)) == letters, made
    return sum(path.stat().st_size for path in made)


def all_tasks(hall: Hall, scale: Scale) -> dict[str, Task]:
    """Everything that is run at the county's size, in the order of a round."""
    few, many, one = scale.some, scale.rounds, 1
    count = scale.letters
    return {
        "fresh": bare("LibreOffice alone, one page, fresh profile", hall, many, warm=False),
        "form": ours("**ours**, `pipeline letters`", count, many),
        "again": again("ours, as many letters again", count, many),
        "ten_again": again("ours, ten letters more for a unit", 10, many, "--unit", "东村镇", "--count", "10"),
        "typst": rival("Typst, a like page without the mark, one file", "typst_whole", hall, count, many),
        "typst_marked": rival("Typst, the same letters with the mark, one file", "typst_marked", hall, count, many),
        "typst_units": rival("Typst, the same, and a file for each unit", "typst_units", hall, count, many),
        "warm": bare("LibreOffice alone, one page, warm profile", hall, many, warm=True),
        "cluster": ours("ours, `--cluster local:2`", count, few, "--cluster", "local:2"),
        "unmarked": ours("ours, template without the verification mark", count, few, marked=False),
        "filled": filled("ours, half of the letters filled", count, few, "form"),
        "big": rival("one big docx, one LibreOffice call", "one_big_docx", hall, count, few),
        "office": ours("ours, `--engine office`", count, few, "--engine", "office"),
        "office_cluster": ours(
            "ours, `--engine office --cluster local:2`", count, few, "--engine", "office", "--cluster", "local:2"
        ),
        "merge": rival("docx-mailmerge2, one LibreOffice call", "mail_merge", hall, count, one),
        "filled_office": filled("ours, `--engine office`, half filled", count, one, "office"),
        "files": rival("docxtpl per letter, one LibreOffice call for all", "one_call_for_all", hall, scale.files, one),
        "each": rival("docxtpl and LibreOffice per letter", "one_call_each", hall, scale.each, one),
        "five": extra("ours, `--unit 东村镇 --count 5`", 5, few),
        "five_files": rival("docxtpl per letter, one LibreOffice call for all", "one_call_for_all", hall, 5, few),
        "stages": watched("ours, watched", count),
        "rollup": rolled_up("300 counties × 12 months rolled up", few, printed=False),
        "rollup_printed": rolled_up("the same with all papers, `pipeline rollup`", few, printed=True),
        "calamine": read_only("python-calamine merely reading a city's exports", scale.registrations, few),
        "registrations": city_bulletin("a city's bulletin, `pipeline bulletin`", scale.registrations, few),
        "typst_growth": rival("Typst, with the mark, one file", "typst_marked", hall, scale.typst_growth, one),
        **{f"form_{letters}": ours("ours", letters, one) for letters in scale.growth},
        "stages_growth": watched("ours, watched", scale.growth[0]),
    }  # fmt: skip
