"""Files from the browser: kept as they came, never half, nothing overwritten."""

import os
import time
from datetime import datetime
from pathlib import Path, PurePosixPath

import pytest
from support.settings import SETTINGS

from pipeline.adapters.inputs import SETTLED_S, input_files
from pipeline.errors import FileFault
from pipeline.page.arrivals import Arrivals, Unwanted, Verdict, came, cleaned
from pipeline.workspace import Workspace

AT = datetime(2022, 6, 1, 9, 30).astimezone()


@pytest.fixture
def arrivals(tmp_path: Path) -> Arrivals:
    (tmp_path / "inputs").mkdir()
    made = Arrivals(Workspace(tmp_path, SETTINGS))
    made.sweep()
    return made


def arrived(arrivals: Arrivals, text: str) -> Path:
    path = arrivals.incoming / f"{len(list(arrivals.incoming.iterdir()))}"
    path.write_text(text, "utf-8")
    return path


def below(arrivals: Arrivals) -> dict[str, str]:
    inputs = arrivals.workspace.inputs
    return {
        path.relative_to(inputs).as_posix(): path.read_text("utf-8")
        for path in inputs.rglob("*")
        if path.is_file()
    }


def test_a_new_file_is_kept_under_its_name(arrivals: Arrivals) -> None:
    target = arrivals.target("六月/东村镇 名单.xlsx")
    assert arrivals.take(arrived(arrivals, "甲"), target, AT) is Verdict.KEPT
    assert below(arrivals) == {"六月/东村镇 名单.xlsx": "甲"}
    assert list(arrivals.incoming.iterdir()) == []


def test_a_file_that_came_is_read_at_once_and_told_to_have_come_then(arrivals: Arrivals) -> None:
    target, before = arrivals.target("名单.xlsx"), time.time()
    arrivals.take(arrived(arrivals, "甲"), target, AT)
    path, after = arrivals.workspace.inputs / target, time.time()
    assert after - path.stat().st_mtime >= SETTLED_S
    assert before - 0.1 <= came(path.stat()).timestamp() <= after + 0.1, "a disk's clock ticks coarsely"
    path.write_text("乙", "utf-8")  # by hand
    assert came(path.stat()).timestamp() == pytest.approx(path.stat().st_mtime, abs=0.1)


def test_the_same_file_again_changes_nothing(arrivals: Arrivals) -> None:
    target = arrivals.target("名单.xlsx")
    arrivals.take(arrived(arrivals, "甲"), target, AT)
    os.utime(arrivals.workspace.inputs / target, (1, 1))
    assert arrivals.take(arrived(arrivals, "甲"), target, AT) is Verdict.SAME
    assert below(arrivals) == {"名单.xlsx": "甲"}
    assert (arrivals.workspace.inputs / target).stat().st_mtime == 1
    assert list(arrivals.incoming.iterdir()) == []


def test_another_of_that_name_waits_and_replaces_only_when_told(arrivals: Arrivals) -> None:
    target = arrivals.target("名单.xlsx")
    arrivals.take(arrived(arrivals, "甲"), target, AT)
    waiting = arrived(arrivals, "乙")
    assert arrivals.take(waiting, target, AT) is Verdict.ASKS
    assert below(arrivals) == {"名单.xlsx": "甲"}
    assert arrivals.take(waiting, target, AT, replace=True) is Verdict.REPLACED
    assert below(arrivals) == {"名单.xlsx": "乙", "历史/2022-06-01 093000.000000/名单.xlsx": "甲"}


def test_the_history_is_no_table(arrivals: Arrivals) -> None:
    target = arrivals.target("名单.xlsx")
    arrivals.take(arrived(arrivals, "甲"), target, AT)
    arrivals.remove(target, AT)
    assert below(arrivals) == {"历史/2022-06-01 093000.000000/名单.xlsx": "甲"}
    assert input_files(arrivals.workspace.inputs) == {}


def test_removing_what_is_gone_is_told(arrivals: Arrivals) -> None:
    with pytest.raises(FileFault, match="已经没有“名单"):
        arrivals.remove(arrivals.target("名单.xlsx"), AT)


def test_a_unit_s_own_lie_in_its_folder(arrivals: Arrivals) -> None:
    assert arrivals.target("../../02/名单.xlsx", "01") == PurePosixPath("单位/01/02/名单.xlsx")


@pytest.mark.parametrize("name", ["历史/甲.xlsx", "单位/02/甲.xlsx", "..\\历史\\甲.xlsx"])
def test_the_program_s_own_folders_take_nothing(arrivals: Arrivals, name: str) -> None:
    with pytest.raises(Unwanted, match="由程序自己用"):
        arrivals.target(name)


def test_a_file_cannot_take_a_folder_s_name(arrivals: Arrivals) -> None:
    arrivals.take(arrived(arrivals, "甲"), arrivals.target("六月/甲.xlsx"), AT)
    with pytest.raises(FileFault, match="“六月”是一个文件夹"):
        arrivals.take(arrived(arrivals, "乙"), arrivals.target("六月"), AT)


def test_what_a_killed_server_left_is_swept(arrivals: Arrivals) -> None:
    arrived(arrivals, "半个")
    arrivals.sweep()
    assert list(arrivals.incoming.iterdir()) == []


@pytest.mark.parametrize(
    "name, path",
    [
        ("名单.xlsx", "名单.xlsx"),
        ("C:\\桌面\\名单.xlsx", "桌面/名单.xlsx"),
        ("/etc/../名单.xlsx", "etc/名单.xlsx"),
        ("./六月//名单.xlsx", "六月/名单.xlsx"),
        ("cafe\u0301.xlsx", "caf\u00e9.xlsx"),
        ("名\x00单\n.xlsx", "名单.xlsx"),
    ],
)
def test_a_name_is_a_hint_and_no_path(name: str, path: str) -> None:
    assert cleaned(name) == PurePosixPath(path)


def test_a_long_name_keeps_its_suffix() -> None:
    made = cleaned("长" * 300 + ".xlsx").name
    assert made.endswith("长.xlsx")
    assert len(made.encode()) <= 255


@pytest.mark.parametrize("name", ["", "..", "/", "~$名单.xlsx", ".DS_Store", "六月/desktop.ini", "README.md"])
def test_what_is_no_table_is_refused(name: str) -> None:
    with pytest.raises(Unwanted):
        cleaned(name)


def test_a_table_that_comes_alone_is_the_one_of_its_name_in_some_folder(arrivals: Arrivals) -> None:
    for place in ("六月/名单.xlsx", "六月/别的.xlsx", "七月/别的.xlsx", "单位/02/自己的.xlsx"):
        path = arrivals.workspace.inputs / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("甲", "utf-8")
    assert arrivals.target("名单.xlsx") == PurePosixPath("六月/名单.xlsx")
    assert arrivals.take(arrived(arrivals, "乙"), arrivals.target("名单.xlsx"), AT) is Verdict.ASKS
    assert arrivals.target("别的.xlsx") == PurePosixPath("别的.xlsx")  # of two nobody knows which
    assert arrivals.target("自己的.xlsx") == PurePosixPath("自己的.xlsx")
    assert arrivals.target("自己的.xlsx", "02") == PurePosixPath("单位/02/自己的.xlsx")
    assert arrivals.target("名单.xlsx", "02") == PurePosixPath("单位/02/名单.xlsx")
