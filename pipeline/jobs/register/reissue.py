"""The jobs ``register reprint`` and ``register replace``: a letter once more, under its own number or a new one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from pipeline.adapters.folders import publish
from pipeline.adapters.pdf.info import Info
from pipeline.adapters.register import Register, hold_register
from pipeline.domain.letters.fields import AGAIN, AT_LEAST
from pipeline.domain.letters.lifecycle import (
    Note,
    replace_order,
    replace_refusal,
    reprint_refusals,
    what_first,
)
from pipeline.domain.letters.model import BatchId, Draft, Letter, Serial
from pipeline.domain.letters.numbering import ranges
from pipeline.domain.model import Unit
from pipeline.domain.outcome import Outcome
from pipeline.errors import ExitCode, RegisterFault, Remedy, TemplateFault, UsageFault
from pipeline.jobs.register.selection import Choice, chosen, read_numbers
from pipeline.letters.batch_files import Templates, batch_files, kept_templates, open_templates
from pipeline.letters.issuing import deliver, reserve
from pipeline.progress import ProgressBar
from pipeline.publishing.manifest import write_reprint_manifest
from pipeline.publishing.renderer import Renderer
from pipeline.workspace import WAIT_S, WAITING, Workspace


@dataclass(frozen=True, slots=True)
class Request:
    """What the clerk asks for."""

    numbers: Sequence[str]
    """Letters, as typed."""
    reason: str
    """Why."""
    day: date | None = None
    """Date to print on a replacement; None for today on a filled one, and none on a blank."""


def reprint(workspace: Workspace, request: Request, now: datetime, bar: ProgressBar) -> Outcome:
    """Print letters again under their numbers, as they were, and marked so.

    It is entered before the paper appears: after a crash between the two, a time was counted that never came out, and
    none came out that was not counted.

    :raises RegisterFault: a letter does not exist or cannot be printed again.
    :raises TemplateFault: the template of its batch has no place for the mark.
    """
    with hold_register(workspace.register, WAIT_S, lambda: bar.say(WAITING)) as register:
        letters = chosen(register, Choice(request.numbers), workspace.serials)
        reason = reprint_refusals(letters)
        if reason:
            raise RegisterFault(f"没有补打：{reason}。", what_first(letters))
        times = {letter.serial: _times(register, letter.serial) + 1 for letter in letters}
        letters = tuple(replace(letter, reprint=times[letter.serial]) for letter in letters)
        while (folder := _folder(workspace, now)).exists():  # another one in the same second
            now += timedelta(seconds=1)
        batch = _batch(register, letters)
        templates = _templates(register, batch)
        with Renderer(workspace) as renderer:
            made = _print(renderer, templates, letters, now, bar)
            digest = write_reprint_manifest(batch, letters, made)
            register.record_reprint(tuple(times), Note(now.date(), "", request.reason), now, digest)
            publish(made, folder)
    closing = f"已补打{len(letters)}份，号码不变，上下两半都注明第几次补打。打坏的那张要收回、注销。"
    return Outcome(ExitCode.DONE, closing, ranges=ranges(letters), folders=(str(folder),))


def _folder(workspace: Workspace, at: datetime) -> Path:
    return workspace.reprints / f"{at:%Y-%m-%d-%H%M%S}"


def _times(register: Register, serial: Serial) -> int:
    return sum(event.what == "reprinted" for event in register.history(serial))


def _batch(register: Register, letters: Sequence[Letter]) -> BatchId:
    batches = {register.history(letter.serial)[-1].batch for letter in letters}
    if len(batches) > 1:
        raise UsageFault(f"这些分别在批次 {'、'.join(map(str, sorted(batches)))}，请一批一批地补打。")
    return batches.pop()


def _templates(register: Register, batch: BatchId) -> Templates:
    kept = register.published_with(batch)
    assert kept is not None, "a letter of it is printed"
    letter, receipt, _ = kept
    templates = kept_templates(letter, receipt)
    if templates.letter.placeholders.get(AGAIN, 0) < AT_LEAST[AGAIN]:
        raise TemplateFault(
            f"批次 {batch} 的模板上下两半没有都写 {{{{ {AGAIN} }}}}，补打的没法注明。",
            Remedy.REPLACE_LETTER,
        )
    return templates


def _print(
    renderer: Renderer, templates: Templates, letters: Sequence[Letter], now: datetime, bar: ProgressBar
) -> Path:
    """The letters' pages in a folder of their own."""
    folder = renderer.folder / "补打"
    folder.mkdir()
    path = folder / "介绍信.pdf"
    plan = renderer.workspace.settings.plan
    info = Info(f"{plan.county}{plan.year}年个体工商户培育介绍信 补打", plan.office, now)
    with batch_files(renderer, templates, bar, "office", len(letters)) as files:
        files.print_again(letters, path, info)
    return folder


def replace_letter(workspace: Workspace, request: Request, now: datetime, bar: ProgressBar) -> Outcome:
    """Number and print a letter in the place of another, as a batch of one; with that the old one is void.

    :raises UsageFault: not exactly one letter is named.
    :raises RegisterFault: it does not exist or cannot be replaced.
    """
    if len(request.numbers) != 1:
        raise UsageFault("一次只能换一份。")
    serial, last = read_numbers(request.numbers[0], workspace.serials)
    if serial != last:
        raise UsageFault("一次只能换一份。")
    year, order = workspace.settings.plan.year, replace_order(serial, request.reason)
    templates = open_templates(workspace)
    with hold_register(workspace.register, WAIT_S, lambda: bar.say(WAITING)) as register:
        unfinished = register.unfinished(year, workspace.office)
        with (
            Renderer(workspace) as renderer,
            batch_files(renderer, templates, bar, letters=1, names=register.names) as files,
        ):
            batch = deliver(register, files, unfinished, now) if unfinished else None
            if batch is None or batch.order.request != order.request:
                [old] = register.span(serial, serial)
                reason = replace_refusal(old, register.replacement(serial), year)
                if reason:
                    raise RegisterFault(f"没有换号：{reason}。", what_first([old]))
                draft = _draft(old, request.day, now)
                reserved = reserve(register, workspace, templates, lambda _: [draft], order, now)
                batch = deliver(register, files, reserved, now)
            folder = files.folder_of(batch)
    new = batch.letters[0]
    closing = f"{serial.key} 已换成 {new.printed}号（批次 {batch.id}），原号不再有效，收回后两半都要保存。"
    return Outcome(
        ExitCode.DONE, closing, ranges=ranges(batch.letters), batches=(str(batch.id),), folders=(str(folder),)
    )


def _draft(old: Letter, day: date | None, now: datetime) -> Draft:
    unit = Unit(old.serial.unit, old.unit_name, old.signature, "")
    blank_day = now.date() if old.day else None
    return Draft(unit, old.applicant, day or (now.date() if old.applicant else blank_day), old.serial)
