"""Letters as clerks name them: numbers and ranges as typed, a unit, a batch."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.adapters.register import Register
from pipeline.domain.letters.model import BatchId, Letter, Serial
from pipeline.domain.letters.number import SerialFormat
from pipeline.domain.letters.numbering import parse_batch_id
from pipeline.domain.values.text import plain
from pipeline.domain.wording import near
from pipeline.errors import RegisterFault, Remedy, UsageFault


@dataclass(frozen=True, slots=True)
class Choice:
    """Which letters are meant: either numbers, or what lies ready of a unit, of a batch, or of a unit in a batch."""

    numbers: Sequence[str] = ()
    """Numbers and ranges, as typed."""
    unit: str | None = None
    """A unit's code or name."""
    batch: str | None = None
    """A batch, as typed."""


def chosen(register: Register, choice: Choice, serials: SerialFormat) -> tuple[Letter, ...]:
    """The letters that are meant, by number, each once; of a unit or batch those that are not handed out.

    :raises UsageFault: a number or batch cannot be read.
    :raises RegisterFault: a letter, unit or batch does not exist, or nothing is left to hand out.
    """
    if choice.numbers:
        found = {
            letter.serial: letter
            for text in choice.numbers
            for letter in register.span(*read_numbers(text, serials))
        }
        return tuple(found[serial] for serial in sorted(found))
    year = serials.year
    letters = register.batch(read_batch(choice.batch)).letters if choice.batch else register.letters(year)
    code = unit_code(register, choice.unit, year) if choice.unit else None
    ready = tuple(
        letter for letter in letters if letter.state == "printed" and code in {None, letter.serial.unit}
    )
    if not ready:
        raise RegisterFault("没有待发放的介绍信。", Remedy.LIST_LETTERS)
    return ready


def read_numbers(text: str, serials: SerialFormat) -> tuple[Serial, Serial]:
    """First and last of the letters that are typed.

    :raises UsageFault: the text names no letter.
    """
    found = serials.read_range(text)
    if found is None:
        raise UsageFault(f"看不出“{text}”是哪一份。应像 2022-01-0001，几份连号的像 2022-01-0001至0010。")
    return found


def read_batch(text: str) -> BatchId:
    """The batch that is typed.

    :raises UsageFault: it is not of that form.
    """
    batch = parse_batch_id(text)
    if batch is None:
        raise UsageFault(f"批次号写成了“{text}”，应像 2022-001。")
    return batch


def unit_code(register: Register, text: str, year: int) -> str:
    """The code of the unit that is typed: by code, short name or full name, as its letters have them.

    :raises RegisterFault: no unit with letters is called that.
    """
    names: dict[str, str] = {}
    for holding in register.holdings(year):
        first, last = holding.ranges[0].first, holding.ranges[-1].last
        of_unit = (
            holding.unit_code,
            *(name for each in (first, last) for name in (each.unit_name, each.signature)),
        )
        names |= dict.fromkeys(map(plain, of_unit), holding.unit_code)
    code = names.get(plain(text)) or names.get(plain(text).zfill(2))
    if code is None:
        raise RegisterFault(f"台账里没有“{text}”的介绍信{near(text, list(names))}")
    return code
