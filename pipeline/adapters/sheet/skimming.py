"""What most of an .xlsx is made of, taken without a call for each element: plain rows, plain texts.

Nearly every program writes a sheet as one row after another of the very same form. Such pieces of a document are read
here by a few regular expressions, in a tenth of the time that a stream of elements takes; any piece that differs in
anything is given to the parser as it stands, in its place, and so is all around them. What the parser refuses is refused,
as before: pieces with characters that XML does not allow, or that mean something else in it, are never plain.
"""

import re
from collections.abc import Callable

Parse = Callable[[bytes], object]
"""Gives a piece of the document to the parser."""
Take = Callable[[str, Parse], None]
"""Takes what is plain of a piece, and gives the rest to the parser, in order."""

_HEAD = 1 << 16
"""Where nothing has begun after so many bytes, nothing is skimmed."""
_LONGEST = 8 << 20
_ODD = bytes(sign for sign in range(32) if sign not in b"\t\n")
"""Control characters, which XML has not, and the carriage return, which it reads as a line feed."""
_NO_CHARACTERS = ("\ufffe", "\uffff", "]")
"""What XML has not, and the beginning of what it has not in a text; looked for in a text, as one sign is found at once."""
_ENCODING = re.compile(rb"encoding\s*=\s*[\"'](?!utf-8[\"'])", re.IGNORECASE)
_REFUSED = re.compile("[\ufffe\uffff]|]]>")
_ENTITY = re.compile("&(amp|lt|gt|quot|apos);")
_MEANING = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


class Skimmer:
    """Stands between a document's bytes and its parser."""

    def __init__(self, begin: bytes, end: bytes, space: str, take: Take) -> None:
        """Prepare to read.

        :param begin: the start tag, without attributes or with them, within which pieces stand.
        :param end: the end tag of a piece.
        :param space: the namespace that must be the document's own.
        """
        self._begin, self._end = begin, end
        self._space = f'xmlns="{space}"'.encode()
        self._take = take
        self._left = b""
        self._is_inside = self._is_off = False

    def feed(self, chunk: bytes, parse: Parse) -> None:
        """A further part of the document."""
        if self._is_off:
            parse(chunk)
            return
        self._left += chunk
        if not self._is_inside:
            self._enter(parse)
        if self._is_inside:
            end = self._left.rfind(self._end) + len(self._end)
            if end >= len(self._end):
                piece, self._left = self._left[:end], self._left[end:]
                self._skim(piece, parse)
            elif len(self._left) > _LONGEST:
                self.give_up(parse)

    def give_up(self, parse: Parse) -> None:
        """Give the parser what is left, and all that comes."""
        left, self._left, self._is_off = self._left, b"", True
        parse(left)

    def _enter(self, parse: Parse) -> None:
        found = re.search(re.escape(self._begin) + rb"(?:\s[^<>]*)?(?<!/)>", self._left)
        if found is None:
            if len(self._left) > _HEAD:
                self.give_up(parse)
            return
        head = self._left[: found.end()]
        if b"<!" in head or self._space not in head or _ENCODING.search(head) or not head.startswith(b"<"):
            self.give_up(parse)
            return
        self._left, self._is_inside = self._left[found.end() :], True
        parse(head)

    def _skim(self, piece: bytes, parse: Parse) -> None:
        if len(piece.translate(None, _ODD)) < len(piece):
            parse(piece)
            return
        try:
            text = piece.decode()
        except UnicodeDecodeError:
            parse(piece)
            return
        if any(odd in text for odd in _NO_CHARACTERS) and _REFUSED.search(text):
            parse(piece)
            return
        self._take(text, parse)


def unescaped(text: str) -> str:
    """A text with XML's own entities undone.

    :raises ValueError: there is another one in it.
    """
    plain, count = _ENTITY.subn(lambda found: _MEANING[found[1]], text)
    if count < text.count("&"):
        raise ValueError(text)
    return plain
