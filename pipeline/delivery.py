"""A numbered batch → printed, published and confirmed; or its numbers given back."""

from contextlib import suppress
from datetime import datetime

from pipeline.adapters.files import sha256_of
from pipeline.adapters.register import Register
from pipeline.domain.forms import MARK
from pipeline.domain.model import Batch, Imprint
from pipeline.errors import FileFault, RegisterFault, Stop
from pipeline.press import Press, Templates
from pipeline.settings import Settings, Workspace


def make_safe(register: Register, workspace: Workspace, templates: Templates, now: datetime) -> None:
    """Before numbering: see whether the register is as new as the files, and copy it.

    :raises RegisterFault: the folder of the next batch is there already, or the register is damaged.
    :raises FileFault: the disk refuses, or another office has the secret with which this one must make its marks.
    """
    if MARK in templates.letter.placeholders:
        refuse_second_secret(register, workspace)
    coming = register.next_batch(workspace.settings.plan.year)
    folder = workspace.outputs / "letters" / str(coming)
    if folder.exists():
        raise RegisterFault(
            f"{folder} 已经有了，台账却还没编到批次 {coming}：台账可能被删过，或是从旧备份恢复的，再编就会重号。"
            "请先找回台账；确认那个文件夹作废的，把它移到别处再试。"
        )
    if register.head() is not None:
        register.back_up(workspace.backups, now)


def refuse_second_secret(register: Register, workspace: Workspace) -> None:
    """Before a secret is made: see whether another office that shares the register has one.

    :raises FileFault: it has, and this one has none.
    """
    if workspace.office is not None and register.head() is not None and not workspace.secret.exists():
        raise FileFault(
            f"没有验证码的密钥 {workspace.secret}，别的办公室却已经编过号。请从那里把 verify.key 复制来再试；"
            "各做各的密钥，就验不了真伪。"
        )


def imprint_of(settings: Settings) -> Imprint:
    """What stands on the papers of a batch that is numbered now."""
    return Imprint(settings.plan.county, settings.plan.office, settings.letters.book_size)


def deliver(register: Register, machine: Press, batch: Batch, now: datetime) -> Batch:
    """Print a reserved batch and confirm it; if that fails before anything is out, its numbers go back."""
    try:
        if machine.is_out(batch):
            digest = sha256_of(machine.folder_of(batch) / "manifest.json")
        else:
            register.use_templates(batch.id, machine.templates.letter.data, machine.templates.receipt.data)
            digest = machine.print(batch)
    except BaseException as fault:
        with suppress(Stop):
            if not machine.is_out(batch):
                register.release(batch.id, now, str(fault) or "中断")
        raise
    register.confirm(batch.id, now, digest)
    return batch
