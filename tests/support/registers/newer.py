"""The product as it will be when its schema has one version more."""

from collections.abc import Iterator

import pytest

from pipeline.adapters.register.makes import schema

REAL = schema.statements
STEP = {
    schema.SQLITE: "CREATE INDEX letters_day ON letters (day);\nCREATE INDEX letters_state ON letters (state);\n",
    schema.POSTGRESQL: (
        "CREATE INDEX letters_day ON letter_register.letters (day);\n"
        "CREATE INDEX letters_state ON letter_register.letters (state);\n"
    ),
}
"""What the next version could have more."""
FAILS = {make: f"{step}SELECT no_such_thing;\n" for make, step in STEP.items()}


def newer_program(monkeypatch: pytest.MonkeyPatch, step: dict[str, str] = STEP) -> None:
    """From here on this is a program whose schema is one version newer."""

    def statements(make: str) -> Iterator[str]:
        yield from REAL(make)
        yield from schema.split(STEP[make], make)

    monkeypatch.setattr(schema, "VERSION", schema.VERSION + 1)
    monkeypatch.setattr("pipeline.adapters.register.migrating.STEPS", {schema.VERSION - 1: step})
    monkeypatch.setattr(schema, "statements", statements)
