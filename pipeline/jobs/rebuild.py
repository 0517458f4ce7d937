"""The job ``letters --rebuild``: a published batch's files made again, numbering nothing."""

from datetime import datetime
from functools import partial

from pipeline.adapters.register import hold_register
from pipeline.domain.letters.numbering import parse_batch_id, ranges
from pipeline.domain.outcome import Outcome
from pipeline.errors import ExitCode, FileFault, RegisterFault, Remedy, UsageFault
from pipeline.letters.batch_files import batch_files, kept_templates
from pipeline.progress import ProgressBar
from pipeline.publishing.renderer import Renderer
from pipeline.workspace import WAIT_S, WAITING


def rebuild(renderer: Renderer, name: str, now: datetime, bar: ProgressBar) -> Outcome:
    """Make a published batch's files again from the register, numbering nothing.

    :raises UsageFault: not the name of a batch.
    :raises RegisterFault: no such batch, it was never published, or people on its letters have been forgotten.
    :raises FileFault: its folder is still there.
    """
    workspace = renderer.workspace
    identity = parse_batch_id(name)
    if identity is None:
        raise UsageFault(f"批次号写成了“{name}”，应像 2022-001。")
    with hold_register(workspace.register, WAIT_S, lambda: bar.say(WAITING)) as register:
        batch = register.batch(identity)
        gone = sum(letter.is_forgotten for letter in batch.letters)
        if gone:
            raise RegisterFault(f"批次 {name} 有{gone}份的个人信息已经按期删除，不能照原样重做。")
        with_what = register.published_with(identity)
        if with_what is None:
            raise RegisterFault(f"批次 {name} 还没有印好。", Remedy.FINISH_BATCH)
        letter, receipt, digest = with_what
        templates = kept_templates(letter, receipt)
        with batch_files(
            renderer, templates, bar, batch.order.engine, len(batch.letters), register.names
        ) as files:
            if files.is_out(batch):
                raise FileFault(f"{files.folder_of(batch)} 还在，不必重做。要重做，请先把它移到别处。")
            # Entered first: what then lies there is known, whatever stops the run.
            again = files.print(batch, partial(register.record_rebuild, identity, now), digest)
    changed = (
        "与当初印发的逐字节相同。"
        if again == digest
        else "内容相同，但与当初印发的文件不是逐字节相同（程序、字体或 LibreOffice 换过）。"
    )
    closing = f"批次 {name} 的文件已按台账重做，没有编号。{changed}"
    return Outcome(
        ExitCode.DONE, closing, (), (), ranges(batch.letters), (name,), (str(files.folder_of(batch)),)
    )
