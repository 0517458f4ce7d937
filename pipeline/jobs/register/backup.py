"""The jobs ``register backup`` and ``register restore``: the register copied while in use, and put back."""

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from pipeline.adapters.register import exclusive, hold_register, put_back
from pipeline.errors import writing
from pipeline.workspace import WAIT_S, WAITING, Workspace


def back_up(workspace: Workspace, folder: Path | None, now: datetime, say: Callable[[str], None]) -> Path:
    """Copy the register into a folder, with the secret of the marks beside it; audited.

    :param folder: None for the one beside the register, which holds the last few copies without the secret.
    :raises RegisterFault: the register is not sound.
    """
    with hold_register(workspace.register, WAIT_S, lambda: say(WAITING)) as register:
        path = register.back_up(folder or workspace.backups, now, thorough=True, thin=folder is None)
    if folder and workspace.secret.exists():
        with writing():
            secret = folder / workspace.secret.name
            if not secret.exists():
                shutil.copyfile(workspace.secret, secret)
                secret.chmod(0o600)
    return path


def restore(
    workspace: Workspace, backup: Path, now: datetime, say: Callable[[str], None], *, force: bool
) -> str | None:
    """Put a copy in the place of the register; where the register is kept now, None where there was none.

    :raises RegisterFault: the copy is not sound, or the register knows more than it and ``force`` is not given.
    """
    with exclusive(workspace.register, WAIT_S, lambda: say(WAITING)):
        return put_back(backup, workspace.register, now, force=force)
