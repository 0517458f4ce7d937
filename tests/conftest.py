"""What many tests need: desks, offices, and one real print of annex 1 that all of them share."""

import fcntl
import gc
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from support.clerk import DATE
from support.desk import ROOT, Desk, settle
from support.fakes import office
from support.inputs.lists import PEOPLE, write_list
from support.paper import Halves, halves
from support.programs import cluster
from support.programs.ready import FORMS
from support.registers.outside import fresh_database, server

from pipeline.adapters.office import Office
from pipeline.adapters.register import Where
from pipeline.settings import Server

# Most of collecting would be pytest's rewriting of every test module, in each worker process and at each run anew, where
# the environment forbids to keep it.
sys.dont_write_bytecode = False

# Thousands of desks are laid, synced and thrown away: on a disk a third of the time would be waiting for it. Children get it
# from the environment.
MEMORY_DISK, ENOUGH = Path("/dev/shm"), 4 << 30
if "TMPDIR" not in os.environ and os.access(MEMORY_DISK, os.W_OK):
    state = os.statvfs(MEMORY_DISK)
    if state.f_bavail * state.f_frsize > ENOUGH and not state.f_flag & os.ST_NOEXEC:
        os.environ["TMPDIR"] = tempfile.tempdir = os.fspath(MEMORY_DISK)

# The same every time, and a hundred find no more than fifty: of 68 faults put into domain/, 31, and not one more.
hypothesis.settings.register_profile("same every time", derandomize=True, deadline=None, max_examples=50)
hypothesis.settings.load_profile("same every time")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long ones first, or one processor would wait for the other's last.

    Each process has a half, and takes half of what the other has left: what a module sets up stays in one process.
    """
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


def pytest_collection_finish() -> None:
    """What was collected stays to the end: each full garbage collection would look through it in vain."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000)


@pytest.fixture(scope="session")
def common(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all worker processes of this test run."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if base.name.startswith("popen-") else base


@pytest.fixture(scope="session")
def memory(common: Path) -> Iterator[Path]:
    """Where the remembering office keeps what LibreOffice made; meanwhile one waits for what it has not seen."""
    work = common / f"office-{os.getpid()}"
    work.mkdir()
    os.environ[FORMS] = str(common / "forms")
    with closing(Office(work, ROOT / "fonts", 60)) as office:
        office.start()
        os.environ["OFFICE_PROFILE"] = str(work / "profile-1")
        yield common / "memory"


@pytest.fixture(scope="session")
def remembering(common: Path, memory: Path) -> Path:
    """PATH entry of the office that asks LibreOffice once for each document."""
    with _alone(common / "remembering.lock"):
        return office(common / "remembering", "remembers", memory)


@pytest.fixture
def make_office(tmp_path: Path, memory: Path) -> Callable[[str], Path]:
    """An office of the given behaviour."""
    return lambda behaviour: office(tmp_path / "office" / behaviour.replace(" ", "-"), behaviour, memory)


@pytest.fixture(scope="session")
def laid(common: Path, remembering: Path) -> Desk:
    """The small desk of this process; not to be changed."""
    return Desk.laid(common / f"laid-{os.getpid()}", remembering)


@pytest.fixture
def desk(tmp_path: Path, laid: Desk) -> Desk:
    """A small desk of one's own: three units, nine letters, a remembering office."""
    return laid.copy(tmp_path / "工作")


@pytest.fixture
def after(common: Path, remembering: Path, tmp_path: Path) -> Callable[[str, Callable[[Desk], object]], Desk]:
    """A small desk of one's own on which something has been done: done once under its name, and copied."""

    def made(name: str, do: Callable[[Desk], object]) -> Desk:
        root = common / name
        with _alone(common / f"{name}.lock"):
            if not root.exists():
                shutil.rmtree(common / f"{name}.new", ignore_errors=True)
                new = Desk.laid(common / f"{name}.new", remembering)
                do(new)
                new.root.rename(root)
        return Desk(root, remembering).copy(tmp_path / "工作")

    return made


@pytest.fixture
def measured_desk(after: Callable[[str, Callable[[Desk], object]], Desk]) -> Desk:
    """A small desk on which nothing was done, its letters' form kept as after a print: for programs begun from nothing.

    Those that ``Desk.run`` runs have the forms of all desks.
    """

    def measured(desk: Desk) -> None:
        first = desk.copy(desk.root.with_name("measured first"))
        outcome = first.run("letters", **{FORMS: ""})
        assert outcome.code == 0, outcome
        shutil.copytree(first.root / "register" / "forms", desk.root / "register" / "forms")
        shutil.rmtree(first.root)

    return after("measured", measured)


@pytest.fixture
def printed_desk(after: Callable[[str, Callable[[Desk], object]], Desk]) -> Desk:
    """A small desk whose batch 2022-001 is printed."""

    def printed(desk: Desk) -> None:
        outcome = desk.run("letters", "--json")
        assert outcome.code == 0, outcome

    return after("printed", printed)


@pytest.fixture
def filled_desk(after: Callable[[str, Callable[[Desk], object]], Desk]) -> Desk:
    """A small desk whose batch 2022-001 is printed; the two letters of 东村镇 are filled, the others blanks."""

    def filled(desk: Desk) -> None:
        write_list(desk, "东村镇培育对象名单.xlsx", PEOPLE[:2])
        assert desk.run("letters", *DATE).code == 0

    return after("filled", filled)


@pytest.fixture(scope="session")
def dask(common: Path) -> Iterator[cluster.Cluster]:
    """A real cluster of this process: a scheduler and two workers; whoever starts more kills them."""
    with cluster.cluster(common / f"dask-{os.getpid()}") as made:
        made.work(2)
        yield made


@pytest.fixture(scope="session")
def county(common: Path) -> Desk:
    """Annex 1 as it is, printed once by the real LibreOffice; not to be changed. 2,300 letters."""
    with _alone(common / "county.lock"):
        root = common / "岚县"
        if not root.exists():
            new = Desk(common / "岚县.new")
            new.root.mkdir()
            shutil.copytree(
                ROOT / "templates", new.root / "templates", ignore=shutil.ignore_patterns("build")
            )
            shutil.copy(ROOT / "pipeline.toml", new.root)
            for name in ("任务分解表.xlsx", "单位名录.xlsx"):
                (new.root / "inputs").mkdir(exist_ok=True)
                settle(Path(shutil.copy(ROOT / "inputs" / name, new.root / "inputs")))
            start = time.time()
            outcome = new.run("letters")
            assert outcome.code == 0, outcome
            told = {"out": outcome.out, "err": outcome.err, "seconds": time.time() - start}
            (new.root / "told.json").write_text(json.dumps(told), encoding="utf-8")
            pages = [[half.upper, half.lower, half.whole] for half in halves(new.batch() / "介绍信.pdf")]
            (new.root / "pages.json").write_text(json.dumps(pages), encoding="utf-8")
            new.root.rename(root)
        return Desk(root)


@pytest.fixture(scope="session")
def county_pages(county: Desk) -> list[Halves]:
    """Text of each of its 2,300 pages."""
    return [Halves(*texts) for texts in json.loads((county.root / "pages.json").read_text(encoding="utf-8"))]


@pytest.fixture(scope="session")
def county_told(county: Desk) -> dict[str, Any]:
    """What that run told the clerk."""
    found: dict[str, Any] = json.loads((county.root / "told.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="session")
def bulletins(common: Path, remembering: Path) -> Desk:
    """The example county with its letters printed and its six months published in order; not to be changed."""
    with _alone(common / "bulletins.lock"):
        root = common / "通报"
        if not root.exists():
            shutil.rmtree(common / "通报.new", ignore_errors=True)
            new = Desk(common / "通报.new", remembering)
            ignored = shutil.ignore_patterns("outputs", "register", "templates", "build")
            shutil.copytree(ROOT / "examples" / "2022", new.root, ignore=ignored)
            shutil.copytree(
                ROOT / "templates", new.root / "templates", ignore=shutil.ignore_patterns("build")
            )
            for path in (new.root / "inputs").rglob("*"):
                settle(path)
            assert new.run("letters", "--date", "2022-01-01").code == 0
            for month in range(1, 7):
                outcome = new.run("bulletin", "--month", f"2022-{month:02d}")
                assert outcome.code == 0, outcome
            new.root.rename(root)
        return Desk(root, remembering)


@pytest.fixture(scope="session")
def postgresql(common: Path) -> str:
    """Address of the one PostgreSQL server of this test run, started by whoever needs it first."""
    with _alone(common / "postgresql.lock"):
        return server(common / "postgresql")


@pytest.fixture
def database(postgresql: str, tmp_path: Path) -> Server:
    """A new database of one's own, for a register that is not there yet."""
    return Server(fresh_database(postgresql), tmp_path / "register")


@pytest.fixture
def register_after(common: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Callable[..., Where]:
    """A register of one's own of a make, on which something has been done: done once under its name, and copied."""

    def made(make: str, name: str, do: Callable[[Where], object]) -> Where:
        first = common / f"{name}-{make}"
        address = request.getfixturevalue("postgresql") if make == "postgresql" else ""
        note, where = first / "database", first / "register" / "register.db"
        with _alone(common / f"{name}-{make}.lock"):
            if not first.exists():
                new = common / f"{name}-{make}.new"
                shutil.rmtree(new, ignore_errors=True)
                new.mkdir()
                if address:
                    (new / note.name).write_text(fresh_database(address), encoding="utf-8")
                    do(Server((new / note.name).read_text(encoding="utf-8"), new / "register"))
                else:
                    do(new / "register" / where.name)
                new.rename(first)
            if address:
                copy = fresh_database(address, note.read_text(encoding="utf-8"))
        if (first / "register").exists():
            shutil.copytree(first / "register", tmp_path / "register")
        return Server(copy, tmp_path / "register") if address else tmp_path / "register" / where.name

    return made


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    with path.open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
