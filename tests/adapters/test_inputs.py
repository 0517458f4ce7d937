import os
import shutil
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.desk import settle, until

from pipeline.adapters import inputs
from pipeline.adapters.folders import publish, sweep, work_folder
from pipeline.adapters.inputs import (
    input_files,
    is_half_downloaded,
    read_settled,
    readable,
    safe_name,
    sha256_of,
)
from pipeline.domain.model import Problem
from pipeline.errors import ExitCode, FileFault, writing


def put(path: Path, content: bytes = b"x") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    settle(path)
    return path


def test_files_come_in_the_natural_order_of_their_path(tmp_path: Path) -> None:
    names = [
        "10月/1.xlsx",
        "2月/10.xlsx",
        "2月/9.xlsx",
        "1.xlsx",
        "b.xlsx",
        "2月.xlsx",
        "a2b10.xlsx",
        "a2b9.xlsx",
    ]
    for name in names:
        put(tmp_path / name)
    found = input_files(tmp_path)
    assert [path.relative_to(tmp_path).as_posix() for path in found.values()] == list(found)
    assert list(found) == [
        "1.xlsx",
        "2月.xlsx",
        "2月/9.xlsx",
        "2月/10.xlsx",
        "10月/1.xlsx",
        "a2b9.xlsx",
        "a2b10.xlsx",
        "b.xlsx",
    ]


@pytest.mark.parametrize(
    "name",
    [
        "~$表.xlsx",
        ".~lock.表.xlsx#",
        ".~表.xlsx",
        ".DS_Store",
        ".隐/表.xlsx",
        "README.md",
        "readme",
        "子/.x.xlsx",
        "desktop.ini",
        "Desktop.ini",
        "Thumbs.db",
        "@eaDir/名单.xlsx@SynoEAStream",
        "子/#recycle/旧名单.xlsx",
        "System Volume Information/WPSettings.dat",
        "$RECYCLE.BIN/S-1-5-21/$RX2.xlsx",
        "__MACOSX/._名单.xlsx",
        "名单.tmp",
        "A1B2C3D4.TMP",
        "~WRL0001.tmp",
        "~WRL0001",
    ],
)
def test_temporary_files_and_the_readme_are_passed_over(tmp_path: Path, name: str) -> None:
    put(tmp_path / name)
    kept = put(tmp_path / "表.xlsx")
    assert input_files(tmp_path) == {"表.xlsx": kept}


@pytest.mark.parametrize(
    "name",
    [
        "名单.td.xlsx",
        "part.xlsx",
        "tmp.xlsx",
        "桌面.ini",
        "回收站/名单.xlsx",
        "download/名单.xlsx",
        "wrl.xlsx",
    ],
)
def test_a_table_that_is_called_alike_is_a_table(tmp_path: Path, name: str) -> None:
    put(tmp_path / name)
    assert list(input_files(tmp_path)) == [name] and not is_half_downloaded(name)


@pytest.mark.parametrize(
    "name",
    ["名单.xlsx.part", "名单.xlsx.crdownload", "未确认 12.CRDOWNLOAD", "名单.xlsx.download/名单.xlsx", "名单.xlsx.baiduyun.p.downloading"],
)  # fmt: skip
def test_a_file_that_is_not_downloaded_to_its_end_is_there_to_be_told(tmp_path: Path, name: str) -> None:
    put(tmp_path / name)
    assert list(input_files(tmp_path)) == [name] and is_half_downloaded(name)


@pytest.mark.parametrize(
    "again",
    [
        "登记数据(1).xlsx",
        "登记数据 (1).xlsx",
        "登记数据（1）.xlsx",
        "登记数据 - 副本.xlsx",
        "登记数据(1).csv",
        "登记数据_1.xlsx",
        "登记数据1.xlsx",
    ],
)
def test_what_was_downloaded_again_comes_after_the_first(tmp_path: Path, again: str) -> None:
    for name in (again, "登记数据.xlsx"):
        put(tmp_path / name)
    assert list(input_files(tmp_path)) == ["登记数据.xlsx", again]


def test_downloads_and_folders_unpacked_again_come_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    names = [
        "6月/a.xlsx",
        "6月(1)/a.xlsx",
        "6月(2)/a.xlsx",
        "6月(10)/a.xlsx",
        "a.xlsx",
        "a(2).xlsx",
        "a(10).xlsx",
        "a.b.xlsx",
    ]
    for name in names:
        put(tmp_path / name)
    assert list(input_files(tmp_path)) == names


def named_in_gbk(folder: Path, name: str) -> Path:
    return put(folder / name.encode("gbk").decode("utf-8", "surrogateescape"), b"gbk")


def test_a_name_in_gbk_is_shown_and_sorted_as_such(tmp_path: Path) -> None:
    last, first = put(tmp_path / "10月.xlsx"), named_in_gbk(tmp_path, "2月.xlsx")
    assert list(input_files(tmp_path).items()) == [("2月.xlsx", first), ("10月.xlsx", last)]
    assert first.read_bytes() == b"gbk"


def test_two_files_whose_names_read_alike_are_both_read(tmp_path: Path) -> None:
    put(tmp_path / "名单.xlsx", b"utf-8")
    named_in_gbk(tmp_path, "名单.xlsx")
    found = input_files(tmp_path)
    assert list(found) == ["名单.xlsx", "名单.xlsx（另一个）"]
    assert {path.read_bytes() for path in found.values()} == {b"utf-8", b"gbk"}


@given(st.binary(max_size=40))
def test_any_bytes_make_a_name_that_can_be_written(raw: bytes) -> None:
    shown = readable(raw.decode("utf-8", "surrogateescape"))
    assert shown.encode().decode() == shown and shown.count("/") == raw.count(b"/")


@pytest.mark.parametrize("text", ["名单.xlsx", "𠮷.xlsx", "a\n", ""])
def test_a_name_that_is_text_stays_as_it_is(text: str) -> None:
    assert readable(text) == text


@pytest.mark.parametrize("folder", ["历史", "佐证"])
def test_what_was_replaced_and_what_proves_something_is_no_table(folder: str, tmp_path: Path) -> None:
    for name in (
        f"{folder}/名单.xlsx",
        f"{folder}/单位/01/名单.xlsx",
        f"单位/{folder}/名单.xlsx",
        f"{folder}.xlsx",
    ):
        put(tmp_path / name)
    assert set(input_files(tmp_path)) == {f"单位/{folder}/名单.xlsx", f"{folder}.xlsx"}


def test_without_an_inputs_folder_the_clerk_is_told_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(FileFault, match="请新建"):
        input_files(tmp_path / "inputs")


def test_a_settled_file_is_read_at_once(tmp_path: Path) -> None:
    path = put(tmp_path / "表.xlsx", b"whole")
    start = time.monotonic()
    assert read_settled(path, "表.xlsx") == b"whole"
    assert time.monotonic() - start < 1


def test_a_file_just_copied_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inputs, "SETTLED_S", 0.4)
    path = tmp_path / "表.xlsx"
    path.write_bytes(b"whole")
    changed = path.stat().st_mtime
    assert read_settled(path, "表.xlsx") == b"whole"
    assert time.time() - changed >= 0.4


def test_a_file_that_keeps_changing_is_a_problem_and_never_half_a_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inputs, "SETTLED_S", 0.8)
    monkeypatch.setattr(inputs, "PATIENCE_S", 1.0)
    path = put(tmp_path / "表.xlsx")
    stop = threading.Event()

    def copy() -> None:
        while not stop.wait(0.05):
            with path.open("ab") as file:
                file.write(b"more")

    copier = threading.Thread(target=copy)
    copier.start()
    try:
        until(lambda: path.stat().st_size > 4)
        found = read_settled(path, "子/表.xlsx")
    finally:
        stop.set()
        copier.join()
    assert isinstance(found, Problem)
    assert (found.code, found.source.file) == ("file-changing", "子/表.xlsx")


def test_a_file_dated_in_the_future_is_read(tmp_path: Path) -> None:
    path = put(tmp_path / "表.xlsx", b"whole")
    os.utime(path, (time.time() + 86400, time.time() + 86400))
    assert read_settled(path, "表.xlsx") == b"whole"


def test_a_file_that_vanishes_is_a_problem_that_names_it(tmp_path: Path) -> None:
    found = read_settled(tmp_path / "表.xlsx", "表.xlsx")
    assert isinstance(found, Problem) and (found.code, found.source.file) == ("unreadable-file", "表.xlsx")


def test_a_work_folder_is_private_and_leaves_nothing_behind(tmp_path: Path) -> None:
    with work_folder(tmp_path / "outputs") as folder:
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        put(folder / "子" / "a")
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "outputs").mkdir()
    with work_folder(tmp_path / "outputs") as folder:
        put(tmp_path / "outputs" / "b")
    assert [path.name for path in (tmp_path / "outputs").iterdir()] == ["b"]


def test_a_work_folder_is_removed_when_the_work_fails(tmp_path: Path) -> None:
    with pytest.raises(KeyError), work_folder(tmp_path):
        raise KeyError
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("leftover", ["letters-1.docx", "profile-1/user/x", "lock", ""])
def test_what_a_killed_run_left_is_swept_however_far_it_came(tmp_path: Path, leftover: str) -> None:
    dead = tmp_path / ".work" / "dead"
    dead.mkdir(parents=True)
    if leftover:
        put(dead / leftover)
    with work_folder(tmp_path) as folder:
        assert list((tmp_path / ".work").iterdir()) == [folder]


def test_what_a_dying_libreoffice_still_wrote_is_gone_when_the_run_ends(tmp_path: Path) -> None:
    with work_folder(tmp_path):
        put(tmp_path / ".work" / "dead" / "profile-1" / "user" / "registrymodifications.xcu")
    assert list(tmp_path.iterdir()) == []


def test_the_folder_of_a_living_run_is_not_swept(tmp_path: Path) -> None:
    with work_folder(tmp_path) as one:
        put(one / "a")
        with work_folder(tmp_path) as two:
            assert (one / "a").exists() and one != two
        assert (one / "a").exists()
        program = "import sys; from pathlib import Path; from pipeline.adapters.folders import work_folder\nwith work_folder(Path(sys.argv[1])): pass"
        subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=True)
        assert (one / "a").exists()
    assert list(tmp_path.iterdir()) == []


def test_a_sweep_removes_the_dead_and_leaves_the_living(tmp_path: Path) -> None:
    sweep(tmp_path)
    put(tmp_path / ".work" / "dead" / "letters.docx")
    with work_folder(tmp_path) as living:
        put(tmp_path / ".work" / "dead" / "letters.docx")
        sweep(tmp_path)
        assert list((tmp_path / ".work").iterdir()) == [living]
    put(tmp_path / ".work" / "dead" / "letters.docx")
    sweep(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_many_runs_may_come_and_go_at_once(tmp_path: Path) -> None:
    program = """
import sys; from pathlib import Path; from pipeline.adapters.folders import work_folder
for _ in range(60):
    with work_folder(Path(sys.argv[1])) as folder:
        (folder / "a").write_text("x"); (folder / "a").read_text()"""
    runs = [subprocess.Popen([sys.executable, "-c", program, str(tmp_path)]) for _ in range(4)]
    assert [run.wait(60) for run in runs] == [0] * 4
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_published_whole_under_its_name(tmp_path: Path) -> None:
    put(tmp_path / "work" / "子" / "a", b"content")
    target = tmp_path / "letters" / "2022-001"
    publish(tmp_path / "work", target)
    assert (target / "子" / "a").read_bytes() == b"content" and not (tmp_path / "work").exists()


def test_publishing_never_covers_what_is_there(tmp_path: Path) -> None:
    put(tmp_path / "work" / "a", b"new")
    put(tmp_path / "2022-001" / "a", b"old")
    with pytest.raises(FileFault, match="没有覆盖"):
        publish(tmp_path / "work", tmp_path / "2022-001")
    assert (tmp_path / "2022-001" / "a").read_bytes() == b"old" and (tmp_path / "work" / "a").exists()


def test_publishing_below_a_file_is_a_fault_of_files_and_keeps_the_work(tmp_path: Path) -> None:
    put(tmp_path / "work" / "a")
    put(tmp_path / "letters")
    with pytest.raises(FileFault):
        publish(tmp_path / "work", tmp_path / "letters" / "2022-001")
    assert (tmp_path / "work" / "a").exists()


def test_everything_is_on_the_disk_before_the_name_appears(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path / "work" / "子" / "a")
    synced: list[Path] = []
    real = os.fsync

    def note(descriptor: int) -> None:
        synced.append(Path(f"/proc/self/fd/{descriptor}").readlink())
        real(descriptor)

    monkeypatch.setattr(os, "fsync", note)
    publish(tmp_path / "work", tmp_path / "out" / "2022-001")
    work = tmp_path / "work"
    assert set(synced) == {work, work / "子", work / "子" / "a", tmp_path / "out"}
    assert synced[-1] == tmp_path / "out"


@pytest.mark.parametrize(
    "name, safe",
    [
        ("东村镇", "东村镇"),
        ("县商务局/招商局", "县商务局／招商局"),
        ("..", "．．"),
        ("../../etc", "．．／．．／etc"),
        ("a&b", "a&b"),
        ("<甲>", "＜甲＞"),
        ('a:b*c?"d|e\\f', "a：b＊c？＂d｜e＼f"),
        (" 甲. ", "甲"),
        ("甲\x00\n乙", "甲乙"),
        ("", "未命名"),
        (" . ", "未命名"),
    ],
)
def test_a_units_name_becomes_a_safe_file_name(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_a_very_long_name_still_makes_a_file(tmp_path: Path) -> None:
    (tmp_path / f"99-{safe_name('岚' * 300)}.pdf").touch()
    assert len(safe_name("岚" * 300)) == 50


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
def test_no_name_leads_out_of_its_folder(name: str) -> None:
    safe = safe_name(name)
    assert safe and not set(safe) & set('/\\:*?"<>|\0\n') and ".." not in safe and len(safe.encode()) <= 150
    assert Path("folder", f"01-{safe}.pdf").resolve().parent == Path("folder").resolve()


def test_a_refusal_of_the_system_becomes_one_message_and_its_exit_code(tmp_path: Path) -> None:
    with pytest.raises(FileFault, match="写不了文件") as found, writing():
        (tmp_path / "没有" / "a").write_text("x")
    assert found.value.exit_code == ExitCode.FILES and "没有/a" in str(found.value)


def test_a_digest_is_that_of_the_content(tmp_path: Path) -> None:
    put(tmp_path / "a", b"abc")
    assert sha256_of(tmp_path / "a").startswith("ba7816bf8f01cfea")
    shutil.copy(tmp_path / "a", tmp_path / "b")
    assert sha256_of(tmp_path / "a") == sha256_of(tmp_path / "b")
