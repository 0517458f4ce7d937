"""The empty page cut between its text blocks, so that fields are set where they stand in the order of reading."""

import re
from collections.abc import Sequence

TEXT_BLOCK = re.compile(rb"q (?:[\d. ]+ (?:rg|g)\n)?BT\n.*?ET\nQ\n", re.DOTALL)
"""One piece of text as LibreOffice writes it."""
_STATE = frozenset(b"cm w J j M d ri i gs CS cs SC SCN sc scn G g RG rg K k".split())
_PATH = frozenset(b"m l c v y h re".split())
_CLIP = frozenset((b"W", b"W*"))
_OPERATOR = re.compile(rb"[A-Za-z*'\"]+")


def cut(content: bytes, after: Sequence[int]) -> list[bytes]:
    """Pieces of a page's operators, each complete by itself.

    :param after: numbers of text blocks behind which to cut, rising.
    """
    blocks = list(TEXT_BLOCK.finditer(content))
    ends = [blocks[min(number, len(blocks)) - 1].end() if number and blocks else 0 for number in after]
    pieces = []
    for start, end in zip([0, *ends], [*ends, len(content)], strict=True):
        levels = _open_levels(content[:start])
        closing = b"Q\n" * (len(_open_levels(content[:end])) - 1)
        opening = b"q ".join(b"".join(level) for level in levels)
        pieces.append(opening + content[start:end] + closing)
    return pieces


def _open_levels(content: bytes) -> list[list[bytes]]:
    """The graphics state after some operators: for each level of ``q`` that is open, what has been set on it."""
    levels: list[list[bytes]] = [[]]
    operands: list[bytes] = []
    path: list[bytes] = []
    clips = False
    for token in TEXT_BLOCK.sub(b"", content).split():
        if not _OPERATOR.fullmatch(token):
            operands.append(token)
            continue
        written = b" ".join([*operands, token]) + b"\n"
        operands = []
        if token == b"q":
            levels.append([])
        elif token == b"Q":
            levels.pop()
        elif token in _STATE:
            levels[-1].append(written)
        elif token in _PATH or token in _CLIP:
            path.append(written)
            clips = clips or token in _CLIP
        else:  # the path is painted, or only clipped to
            if clips:
                levels[-1] += [*path, b"n\n"]
            path, clips = [], False
    return levels
