"""A register's file on a network share is warned of."""

import json
from pathlib import Path

import pytest
from support.desk import Desk

from pipeline.adapters.register import network, share_warning
from pipeline.settings import Server

LINE = "36 35 98:0 / {point} rw,noatime master:1 - {kind} server:/export rw\n"
ROOT = LINE.format(point="/", kind="ext4")
WITH_SHARE = """
import sys
from pathlib import Path
from pipeline.adapters.register import network
from pipeline.cli import app as cli
network._MOUNTS = Path(sys.argv.pop(3))
cli.main()
"""


def warned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mounts: str, path: str) -> str | None:
    (tmp_path / "mounts").write_text(mounts, encoding="utf-8")
    monkeypatch.setattr(network, "_MOUNTS", tmp_path / "mounts")
    return share_warning(Path(path))


@pytest.mark.parametrize("kind", ["nfs", "nfs4", "cifs", "smb3", "fuse.sshfs", "vboxsf"])
def test_a_share_is_told_with_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    mounts = ROOT + LINE.format(point="/mnt/共享", kind=kind)
    told = warned(tmp_path, monkeypatch, mounts, "/mnt/共享/程序/register/register.db")
    assert told is not None and kind in told and "几个办公室同时编号" in told


@pytest.mark.parametrize(
    "mounts, path",
    [
        (ROOT, "/home/a/register.db"),
        (ROOT + LINE.format(point="/mnt/nas", kind="nfs"), "/mnt/nas2/register.db"),
        (LINE.format(point="/", kind="nfs") + LINE.format(point="/home", kind="ext4"), "/home/a/register.db"),
        (
            ROOT + LINE.format(point="/mnt", kind="nfs") + LINE.format(point="/mnt", kind="xfs"),
            "/mnt/register.db",
        ),
        (
            ROOT + LINE.format(point="/mnt", kind="autofs") + LINE.format(point="/mnt/a", kind="btrfs"),
            "/mnt/a/r.db",
        ),
    ],
    ids=["one disk", "a name that begins alike", "a disk on a share", "covered", "automounted"],
)
def test_a_disk_of_the_machine_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mounts: str, path: str
) -> None:
    assert warned(tmp_path, monkeypatch, mounts, path) is None


def test_blanks_in_a_mount_point_and_links_are_seen_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "link").symlink_to("/mnt/our share")
    mounts = ROOT + LINE.format(point="/mnt/our\\040share", kind="cifs")
    assert warned(tmp_path, monkeypatch, mounts, str(tmp_path / "link" / "register.db"))


def test_a_server_and_a_system_that_does_not_tell_are_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounts = LINE.format(point="/", kind="nfs")
    assert warned(tmp_path, monkeypatch, mounts, "/a") is not None
    assert share_warning(Server("postgresql://", tmp_path)) is None
    monkeypatch.setattr(network, "_MOUNTS", tmp_path / "nothing")
    assert share_warning(tmp_path) is None


def test_a_command_says_it_and_goes_on(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "mounts").write_text(LINE.format(point=tmp_path, kind="cifs"), encoding="utf-8")
    (tmp_path / "share.py").write_text(WITH_SHARE, encoding="utf-8")
    outcome = desk.run(
        str(tmp_path / "mounts"), "register", "status", "--json", program=(str(tmp_path / "share.py"),)
    )
    assert outcome.code == 0 and "网络共享（cifs）" in outcome.err
    assert json.loads(outcome.out)["units"]
