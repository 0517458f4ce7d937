"""The secret with which verification marks are made: a file beside the register, made once."""

import fcntl
import os
import secrets
from pathlib import Path

from pipeline.disk import locked, sync
from pipeline.errors import FileFault, writing


def secret_of(path: Path) -> bytes:
    """The secret kept in a file, made (32 random bytes, mode 0600) on first use.

    :raises FileFault: it cannot be read or written, or is not one.
    """
    with writing():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        guard = locked(path.parent, fcntl.LOCK_EX)
        try:
            if not path.exists():
                fresh = path.with_name(
                    f"{path.name}.new"
                )  # the same name again after a crash leaves nothing behind
                fresh.unlink(missing_ok=True)
                fresh.touch(mode=0o600)
                fresh.write_text(secrets.token_hex(32) + "\n", "ascii")
                sync(fresh)
                fresh.rename(path)
        finally:
            os.close(guard)
    return known_secret(path)


def known_secret(path: Path) -> bytes:
    """The secret kept in a file.

    :raises FileFault: there is none, it cannot be read, or is not one.
    """
    try:
        secret = bytes.fromhex(path.read_text("ascii"))
    except OSError as fault:
        raise FileFault(
            f"读不了验证码的密钥 {path}：{fault.strerror}。请从备份找回；没有它就验不了真伪。"
        ) from fault
    except ValueError:
        secret = b""
    if len(secret) != 32:
        raise FileFault(f"验证码的密钥 {path} 已损坏。请从备份找回；没有它就验不了真伪。")
    return secret
