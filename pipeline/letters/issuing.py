"""A numbered batch → printed, published and confirmed; or its numbers given back."""

from contextlib import suppress
from datetime import datetime

from pipeline.adapters.register import Register
from pipeline.domain.letters.fields import MARK
from pipeline.domain.letters.model import Batch, Imprint, Order
from pipeline.domain.letters.numbering import Planner
from pipeline.errors import RegisterFault, Stop
from pipeline.letters.batch_files import BatchFiles, Templates
from pipeline.publishing.manifest import digest_of
from pipeline.publishing.secret import refuse_second_secret
from pipeline.workspace import Workspace


def reserve(
    register: Register, workspace: Workspace, templates: Templates, planner: Planner, order: Order, now: datetime
) -> Batch:  # fmt: skip
    """Number as a batch what is known to be missing, once the register is seen to be as new as the files, and copied.

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
    settings = workspace.settings
    imprint = Imprint(settings.plan.county, settings.plan.office, settings.letters.book_size)
    batch = register.reserve(planner, workspace.serials, imprint, order, now)
    assert batch is not None, "the register is held exclusively, so what was missing is still missing"
    return batch


def deliver(register: Register, files: BatchFiles, batch: Batch, now: datetime) -> Batch:
    """Print a reserved batch and confirm it; if that fails before anything is out, its numbers go back."""
    try:
        if files.is_out(batch):
            digest = digest_of(files.folder_of(batch))
        else:
            register.use_templates(batch.id, files.templates.letter.data, files.templates.receipt.data)
            digest = files.print(batch)
    except BaseException as fault:
        with suppress(Stop):
            if not files.is_out(batch):
                register.release(batch.id, now, str(fault) or "中断")
        raise
    register.confirm(batch.id, now, digest)
    return batch
