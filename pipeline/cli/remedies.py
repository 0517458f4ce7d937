"""How a command line says what to do: the options and commands that the jobs below know nothing of."""

from collections.abc import Mapping

from pipeline.errors import Remedy

REMEDIES: Mapping[Remedy, str] = {
    Remedy.NAME_WORKSPACE: "请用 --root 指明工作目录。",
    Remedy.NUMBER_AGAIN: "缺的份数下次 make letters 会补。",
}
"""Each a sentence of its own."""


def with_remedy(message: str, remedy: Remedy | None) -> str:
    """A message and, after it, what to do."""
    return message if remedy is None else message + REMEDIES[remedy]
