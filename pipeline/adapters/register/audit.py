"""What is wrong with a register: schema, chain, contents, gaps, states and journal against events."""

import hashlib

from pipeline.adapters.register import journal
from pipeline.adapters.register.makes.base import Database
from pipeline.adapters.register.makes.schema import TABLES
from pipeline.adapters.register.makes.steps import ENGINE_IN, REASON_IN
from pipeline.adapters.register.seals import (
    BATCH_COLUMNS,
    GENESIS,
    LETTER_COLUMNS,
    batch_seals,
    digest,
    first_batch_seals,
    is_sealed,
    link,
)
from pipeline.domain.letters.lifecycle import FINAL, MOVES, STATES
from pipeline.domain.letters.model import BatchId, Serial

_Key = tuple[int, str, int]


def faults(database: Database) -> list[str]:
    """Everything that is wrong, in Chinese; empty when the register is sound."""
    damaged = database.damage()
    if damaged:
        return damaged
    found = [f"结构被改动：{name}。" for name in database.altered()]
    found += _broken_chain(database)
    found += _tampered_letters(database)
    found += _gaps(database)
    found += _against_events(database)
    found += _batches_against_events(database)
    found += _tampered_templates(database)
    found += journal.faults(database)
    return found


def _broken_chain(database: Database) -> list[str]:
    previous = GENESIS
    columns, key = TABLES["events"]
    for expected, row in enumerate(database.execute(f"SELECT {columns} FROM events ORDER BY {key}"), 1):
        identity, *event, before, own, who = row
        if identity != expected or before != previous or link(event, before, who) != own:
            return [f"事件链在第{expected}条断开：这一条或它前面的记录被改动或删除。"]
        previous = own
    return []


def _tampered_letters(database: Database) -> list[str]:
    events = database.execute("SELECT year, unit, first, last FROM events WHERE what = 'forgotten'")
    forgotten = {
        (year, unit, number) for year, unit, first, last in events for number in range(first, last + 1)
    }
    rows = database.execute(f"SELECT {LETTER_COLUMNS}, salt, person, content FROM letters ORDER BY 1, 2, 3")
    return [
        f"{Serial(*row[:3]).key} 的内容被改动。"
        for row in rows
        if not is_sealed(row, forgotten=tuple(row[:3]) in forgotten)
    ]


def _gaps(database: Database) -> list[str]:
    rows = database.execute(
        "SELECT year, unit, count(*), max(number) FROM letters GROUP BY year, unit HAVING count(*) <> max(number)"
    )
    return [f"{year}-{unit} 断号：最大号 {last:04d}，只有{count}份。" for year, unit, count, last in rows]


def _against_events(database: Database) -> list[str]:
    """Moves that no letter makes, letters whose state is not what the events say, contents that were not sealed."""
    told: dict[_Key, str] = {}
    seals: dict[tuple[int, str, int, int], str] = {}
    wild: list[str] = []
    events = database.execute(
        "SELECT id, what, year, unit, first, last, content FROM events WHERE what <> 'journal' ORDER BY id"
    )
    for identity, what, year, unit, first, last, content in events:
        keys = [(year, unit, number) for number in range(first, last + 1)]
        if what == "released":
            seals.pop((year, unit, first, last), None)
            for key in keys:
                told.pop(key, None)
            continue
        seals[year, unit, first, last] = content
        if what == "forgotten" and any(told.get(key) not in FINAL for key in keys):
            wild.append(f"第{identity}条事件（{Serial(*keys[0]).key}）是台账的规则不许的。")
        if what in STATES:
            before = {told.get(key) for key in keys}
            if any(what not in (MOVES[state] if state else ("reserved",)) for state in before):
                wild.append(f"第{identity}条事件（{Serial(*keys[0]).key}）是台账的规则不许的。")
            told.update(dict.fromkeys(keys, what))
    there: dict[_Key, tuple[str, str]] = {
        (year, unit, number): (state, content)
        for year, unit, number, state, content in database.execute(
            "SELECT year, unit, number, state, content FROM letters"
        )
    }
    return [
        *wild,
        *(
            f"{Serial(*key).key} 有事件记录，台账里却没有这一份。"
            for key in sorted(told.keys() - there.keys())
        ),
        *(
            f"{Serial(*key).key} 没有事件记录，台账里却有这一份。"
            for key in sorted(there.keys() - told.keys())
        ),
        *(
            f"{Serial(*key).key} 的状态与事件不符。"
            for key in sorted(told.keys() & there.keys())
            if told[key] != there[key][0]
        ),
        *(
            f"{Serial(year, unit, first).key} 至 {Serial(year, unit, last).key} 的内容与编号时不符。"
            for (year, unit, first, last), content in sorted(seals.items())
            if content
            != digest(*(there.get((year, unit, number), ("", ""))[1] for number in range(first, last + 1)))
        ),
    ]


def _batches_against_events(database: Database) -> list[str]:
    """Batches that are not what the events say: order, imprint, templates, times, published manifest."""
    events = database.execute("SELECT year, batch, what, who FROM events ORDER BY id")
    told = {(year, batch, what): seal for year, batch, what, seal in events}
    rows = database.execute(
        f"SELECT {BATCH_COLUMNS}, engine = {ENGINE_IN} AND reason = {REASON_IN} FROM batches ORDER BY year, number"
    )
    return [
        f"批次 {BatchId(*row[:2])} 的记录与事件不符。"
        for *row, is_as_before in rows
        if any(
            told.get((*row[:2], what)) not in {seal, first_batch_seals(row)[what] if is_as_before else seal}
            for what, seal in batch_seals(row).items()
            if what == "reserved" or row[-1] is not None or (*row[:2], what) in told
        )
    ]


def _tampered_templates(database: Database) -> list[str]:
    templates = database.execute("SELECT sha256, docx FROM templates ORDER BY sha256")
    return [
        f"存档的模板 {own[:12]} 被改动。"
        for own, docx in templates
        if hashlib.sha256(docx).hexdigest() != own
    ]
