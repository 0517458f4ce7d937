"""The cells of a unit's sheet as fields of a form, and what was typed in them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import BadRequest
from django.http import QueryDict

from pipeline.page.forms.sheet import Form, Place


@dataclass(frozen=True, slots=True)
class Field:
    """One cell."""

    name: str
    """In the form."""
    label: str
    """Its column's header."""
    text: str
    """What stands there."""
    advice: str = ""
    """What is wrong with it, and what to do."""
    choices: Sequence[str] = ()
    """What it can say; nothing where that is free."""


Row = Sequence[Field]


def rows(
    form: Form,
    cells: Mapping[Place, str],
    faults: Mapping[Place, str],
    choices: Mapping[str, Sequence[str]] | None = None,
) -> Iterator[Row]:
    """The fields of a sheet, row by row.

    :param choices: header → what can be chosen.
    """
    count = len(list(form.sheet.rows))
    for number in range(count):
        yield [
            _field(form, place, cells, faults, choices or {}) for place in form.asked if place[0] == number
        ]


def _field(
    form: Form,
    place: Place,
    cells: Mapping[Place, str],
    faults: Mapping[Place, str],
    choices: Mapping[str, Sequence[str]],
) -> Field:
    label, text = form.sheet.columns[place[1]].header, cells.get(place, "")
    known = choices.get(label, ())
    return Field(
        _name(place),
        label,
        text,
        faults.get(place, ""),
        [*known, text] if known and text and text not in known else known,
    )


def typed(form: Form, sent: QueryDict) -> dict[Place, str]:
    """What was typed in.

    :raises BadRequest: it is no form of this sheet.
    """
    names = {place: _name(place) for place in form.asked}
    if not any(name in sent for name in names.values()):
        raise BadRequest
    return {place: sent.get(name, "") for place, name in names.items()}


def _name(place: Place) -> str:
    return f"c{place[0]}-{place[1]}"
