"""What ``--json`` prints: each command's result as one object."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pipeline.adapters.inputs import readable
from pipeline.domain.letters.lifecycle import HAPPENINGS, STATES, acts
from pipeline.domain.values.identity import masked_whole
from pipeline.domain.values.text import letters

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pipeline.domain.letters.model import Letter, Range
    from pipeline.domain.model import Problem
    from pipeline.domain.outcome import Outcome
    from pipeline.domain.tables.excerpt import Excerpt
    from pipeline.errors import Edition, Remedy
    from pipeline.jobs.check import Examination
    from pipeline.jobs.register.audit import Soundness
    from pipeline.jobs.register.lookup import Story, Summary
    from pipeline.jobs.register.reconcile import Reconciled
    from pipeline.jobs.register.verify import ScannedPage
    from pipeline.reports.ledgers.tables import LedgerRow


def print_object(content: dict[str, Any]) -> None:
    """The one object, on stdout, whatever names of files are in it."""
    print(json.dumps(_readable(content), ensure_ascii=False, indent=1))


def print_line(content: dict[str, Any]) -> None:
    """An object on a line of its own, read by who still waits for the rest."""
    print(json.dumps(content, ensure_ascii=False), flush=True)


def _readable(value: Any) -> Any:
    if isinstance(value, str):
        return readable(value)
    if isinstance(value, dict):
        return {_readable(key): _readable(part) for key, part in value.items()}
    return list(map(_readable, value)) if isinstance(value, list | tuple) else value


def examination_object(found: Examination) -> dict[str, Any]:
    """``check``."""
    around = {(each.source.file, each.source.sheet): each.around for each in found.excerpts}

    def shown(problem: Problem) -> dict[str, Any]:
        rows = around.get((problem.source.file, problem.source.sheet), {}).get(problem.source.row, ())
        return _problem(problem) | ({"around": list(rows)} if around else {})

    return {
        "problems": list(map(shown, found.problems)),
        "notices": list(map(shown, found.notices)),
        "files": [
            {
                "file": account.file, "kind": account.kind, "rows": account.rows, "read": account.read,
                "left_out": dict(account.left_out), "copy": found.copies.get(account.file),
            }
            for account in found.accounts
        ],
        "copies": list(found.copies.values()),
        "tables": list(map(_excerpt, found.excerpts)),
    }  # fmt: skip


def _excerpt(excerpt: Excerpt) -> dict[str, Any]:
    return {
        "file": excerpt.source.file, "sheet": excerpt.source.sheet, "header": excerpt.source.row,
        "columns": [
            {"place": place, "column": letters(place), "name": name} for place, name in excerpt.columns.items()
        ],
        "rows": [{"row": row, "cells": list(cells)} for row, cells in excerpt.rows.items()],
    }  # fmt: skip


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "file": problem.source.file, "sheet": problem.source.sheet, "row": problem.source.row, "column": problem.column,
        "value": problem.seen, "code": problem.code, "advice": problem.advice, "place": problem.place,
    }  # fmt: skip


def _run(run: Range) -> dict[str, Any]:
    return {
        "code": run.unit_code, "unit": run.unit_name, "count": run.count,
        "first": run.first.serial.key, "last": run.last.serial.key,
        "first_serial": run.first.printed, "last_serial": run.last.printed,
    }  # fmt: skip


def report_object(report: Outcome) -> dict[str, Any]:
    """``letters``, ``bulletin`` and the moves of the register."""
    return {
        "exit_code": report.exit_code, "closing": report.closing,
        "problems": [_problem(problem) for problem in report.problems], "notices": list(report.notices),
        "letters": sum(run.count for run in report.ranges), "units": [_run(run) for run in report.ranges],
        "batches": list(report.batches), "folders": list(report.folders), "waits": list(report.waits),
        **remedy_object(report.remedy, report.edition), "foreseen": report.foreseen,
    }  # fmt: skip


def remedy_object(remedy: Remedy | None, edition: Edition | None) -> dict[str, Any]:
    """What is to be done, and for which paper."""
    return {"remedy": remedy.name if remedy else None, "edition": edition._asdict() if edition else None}


def reconciliation_object(found: Reconciled) -> dict[str, Any]:
    """``register reconcile``."""
    return report_object(found.report) | {
        "findings": [
            {
                "file": each.attribution.business.sources[-1].file, "row": each.attribution.business.sources[-1].row,
                "code": each.attribution.business.uscc, "name": each.attribution.business.name,
                "established": str(each.attribution.business.established), "unit": each.attribution.unit,
                "letter": each.letter.serial.key if each.letter else None, "findings": list(each.codes),
            }
            for each in found.findings
        ],
        "outstanding": [
            _run(each.run) | {"state": each.state, "since": str(each.since), "days": each.days, "age": each.age}
            for each in found.outstanding
        ],
    }  # fmt: skip


def standing_object(standing: Summary) -> dict[str, Any]:
    """``register status``."""
    return {
        "units": [
            {
                "code": account.unit_code, "name": account.unit_name, "target": account.target,
                "live": account.holding.live if account.holding else 0,
                "states": dict(account.holding.states) if account.holding else {},
                "ranges": [_run(run) for run in account.holding.ranges] if account.holding else [],
                "batches": [str(batch) for batch in account.holding.batches] if account.holding else [],
            }
            for account in standing.accounts
        ],
        "unfinished": str(standing.unfinished) if standing.unfinished else None,
    }  # fmt: skip


def soundness_object(soundness: Soundness) -> dict[str, Any]:
    """``register check``."""
    return {
        "letters": soundness.letters,
        "faults": [*soundness.faults, *soundness.altered],
        "missing": list(map(str, soundness.missing)),
        "unfinished": str(soundness.unfinished) if soundness.unfinished else None,
    }


def verdicts_object(pages: Sequence[ScannedPage]) -> dict[str, Any]:
    """``register verify``; a typed text is a page with one mark."""
    return {
        "verdicts": [
            {
                "page": page.number,
                "verdict": verdict.kind,
                "title": verdict.title,
                "text": verdict.text,
                "key": verdict.letter.serial.key if verdict.letter else None,
                "unit": verdict.letter.unit_name if verdict.letter else None,
            }
            for page in pages
            for verdict in page.verdicts
        ],
        "pages": len(pages),
        "unread": [page.number for page in pages if not page.verdicts],
    }


def listing_object(entries: Sequence[LedgerRow], saved: Path | None, year: int) -> dict[str, Any]:
    """``register list``.

    :param year: plan year.
    """
    return {
        "letters": [
            _letter(entry.letter)
            | _acts(entry.letter, year, is_replaced=entry.is_replaced)
            | {
                "batch": str(entry.event.batch),
                "since": str(entry.day),
                "receiver": entry.event.who,
                "reason": entry.event.why if entry.event.day else "",
            }
            for entry in entries
        ],
        "file": str(saved) if saved else None,
    }


def history_object(story: Story, year: int) -> dict[str, Any]:
    """``register history``.

    :param year: plan year.
    """
    can = _acts(story.letter, year, is_replaced=story.replacement is not None)
    return _letter(story.letter) | can | {
        "replaced_by": story.replacement.serial.key if story.replacement else None,
        "events": [
            {
                "at": event.at.isoformat(), "what": event.what, "title": HAPPENINGS[event.what], "day": str(event.day) if event.day else None,
                "receiver": event.who, "reason": event.why, "batch": str(event.batch), "operator": event.operator,
                "first": event.first.key, "last": replace(event.first, number=event.last).key,
            }
            for event in story.events
        ]
    }  # fmt: skip


def _acts(letter: Letter, year: int, *, is_replaced: bool) -> dict[str, Any]:
    free, forced = acts(letter, year, is_replaced=is_replaced)
    return {"acts": list(free), "by_force": list(forced)}


def _letter(letter: Letter) -> dict[str, Any]:
    who = letter.applicant
    return {
        "key": letter.serial.key, "serial": letter.printed, "unit": letter.unit_name, "kind": letter.kind,
        "state": letter.state, "state_title": STATES[letter.state], "code": letter.serial.unit, "name": who.name if who else None, "id_no": masked_whole(who.id_no) if who else None,
        "business": who.business if who else None, "replaces": letter.replaces.key if letter.replaces else None,
    }  # fmt: skip
