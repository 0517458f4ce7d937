"""Whether a register's file lies on a network share, where locks cannot be relied on."""

import re
from pathlib import Path

from pipeline.adapters.register.homes import Where

_MOUNTS = Path("/proc/self/mountinfo")
_SHARES = {
    "afs", "beegfs", "ceph", "cifs", "davfs", "glusterfs", "gpfs", "lustre", "ncpfs", "nfs", "nfs4", "smb3",
    "smbfs", "prl_fs", "vboxsf", "vmhgfs", "fuse.ceph", "fuse.davfs", "fuse.davfs2", "fuse.glusterfs",
    "fuse.gvfsd-fuse", "fuse.rclone", "fuse.s3fs", "fuse.sshfs", "fuse.vmhgfs-fuse",
}  # fmt: skip
"""File systems that another machine keeps."""


def share_warning(where: Where) -> str | None:
    """What to say to who keeps a register's file on a network share; None where it is not on one."""
    if not isinstance(where, Path):
        return None
    kind = _file_system(where)
    if kind not in _SHARES:
        return None
    return (
        f"注意：台账在网络共享（{kind}）上，{where.parent}。共享上的文件锁靠不住，几台电脑同时编号可能重号，或损坏台账。"
        "请把本程序的文件夹放在本机磁盘上；几个办公室要一起编号的，台账改用数据库，见操作手册“几个办公室同时编号”。"
    )


def _file_system(path: Path) -> str:
    """Type of the file system on which a file is or would be; '' where the system does not tell."""
    try:
        mounts = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return ""
    deepest, kind = Path("/"), ""
    for mount in mounts:
        before, _, after = mount.partition(" - ")
        point = Path(re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), before.split(" ")[4]))
        # Of two at the same place the later one covers the other.
        if path.resolve().is_relative_to(point) and point.is_relative_to(deepest):
            deepest, kind = point, after.split(" ")[0]
    return kind
