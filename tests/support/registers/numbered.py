"""A register with a few letters, made by the product's own functions, for the tests of the register."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

from pipeline.adapters.register import Register, Where, open_register
from pipeline.domain.letters.model import Batch, Draft, Imprint, Order
from pipeline.domain.letters.number import SerialFormat
from pipeline.domain.letters.numbering import Issued
from pipeline.domain.model import Applicant, Unit
from support.programs import ready
from support.registers.outside import spelled

NOW = datetime(2022, 6, 1, 8, 30, tzinfo=UTC)
IMPRINT = Imprint("岚县", "岚县办公室", 50)
ORDER = Order("letters")
SERIALS = SerialFormat(2022, "岚{unit}-{number:04d}")
DONG = Unit("01", "东村镇", "岚县东村镇人民政府", "乡镇")
MIN = Unit("02", "县民政局", "岚县民政局", "县直")
WHO = Applicant("王某某", "14112720000101001X", "13800000000", "某某面馆", "面食", "岚县东村镇一号")

LETTER = "year, unit, number, batch, printed, unit_name, signature, day, replaces, name, id_no, phone, business, scope, address, salt, person, content, state"
"""The columns of ``letters``, in order."""


def more(*counts: tuple[Unit, int]) -> Callable[[Issued], list[Draft]]:
    return lambda _: [Draft(unit) for unit, count in counts for _ in range(count)]


def reserve(register: Register, *counts: tuple[Unit, int]) -> Batch:
    batch = register.reserve(more(*(counts or ((DONG, 3), (MIN, 2)))), SERIALS, IMPRINT, ORDER, NOW)
    assert batch is not None
    return batch


def begun(where: Where) -> Where:
    """A register with a printed batch of 01-0001…3 and 02-0001…2, and a reserved one of 01-0004…5."""
    with open_register(where) as opened:
        batch = reserve(opened)
        opened.use_templates(batch.id, b"letter", b"receipt")
        opened.confirm(batch.id, NOW, "digest")
        reserve(opened, (DONG, 2))
    return where


def faults(where: Where) -> list[str]:
    with open_register(where, wait_s=0.2) as opened:
        return opened.faults()


def run_programs(program: str, where: Where, *arguments: str, count: int = 1) -> list[int]:
    """Run a program in so many processes at once; how each ended. It has this module's names and ``where``."""
    head = """
import os, sys
from support.registers.outside import read
from support.registers.numbered import *
where = read(sys.argv[1])
"""
    command = ["-c", head + program, spelled(where), *arguments]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    ready.waiting()
    with ThreadPoolExecutor(count) as started:
        ended = [started.submit(ready.run, command, environment, Path(), 120) for _ in range(count)]
    return [each.result()[0] for each in ended]
