"""XML, read as a stream: flat memory, no document type, no entity, no network."""

from collections.abc import Callable, Iterable, Mapping
from typing import IO, TypeVar
from xml.parsers import expat

from pipeline.adapters.sheet.package import UNPACKING
from pipeline.adapters.sheet.refusal import MAX_TEXT, SheetProblem, broken, too_big, too_long
from pipeline.adapters.sheet.skimming import Skimmer

_CHUNK = 1 << 20
_MAX_TOKEN = 8 << 20
_MAX_DEPTH = 1_000

Start = Callable[[dict[str, str]], None]
End = Callable[[], None]
Handler = TypeVar("Handler", Start, End)


class EnoughError(Exception):
    """What a handler raises to end the reading: the rest of the document is not wanted."""


class Scanner:
    """Calls back at the start and end of the elements that are asked for, and keeps text while told to.

    Elements and attributes are named as ``namespace local``, with a blank between; attributes without a prefix bare.
    """

    def __init__(
        self, starts: Mapping[str, Start], ends: Mapping[str, End], encoding: str | None = None
    ) -> None:
        """Prepare to read.

        :param starts: element → what to do with its attributes.
        :param ends: element → what to do at its end.
        :param encoding: what to believe instead of the XML declaration.
        """
        self._parser = parser = expat.ParserCreate(encoding, namespace_separator=" ")
        self._pieces: list[str] = []
        self._added = 0
        depth = 0

        def start(name: str, attributes: dict[str, str]) -> None:
            nonlocal depth
            depth += 1
            if depth > _MAX_DEPTH:
                raise broken("XML 层次太深")
            handler = starts.get(name)
            if handler is not None:
                handler(attributes)

        def end(name: str) -> None:
            nonlocal depth
            depth -= 1
            handler = ends.get(name)
            if handler is not None:
                handler()

        self.depth: Callable[[], int] = lambda: depth
        """How deep the stream is in elements; 1 for the root."""
        parser.buffer_text = True
        parser.buffer_size = 1 << 16
        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.StartDoctypeDeclHandler = _refuse
        parser.EntityDeclHandler = _refuse

    def listen(self) -> None:
        """Keep text from here on."""
        self._pieces.clear()
        self._added = 0
        self._parser.CharacterDataHandler = self._pieces.append

    def add(self, text: str) -> None:
        """Put in a text for an element that stands for one."""
        if self._parser.CharacterDataHandler is not None:
            self._pieces.append(text)
            self._added += len(text)
            if self._added > MAX_TEXT:
                raise too_long()

    def so_far(self) -> str:
        """The text since :meth:`listen`; goes on keeping."""
        return "".join(self._pieces)

    def heard(self) -> str:
        """The text since :meth:`listen`; stops keeping.

        :raises SheetProblem: ``too-big``.
        """
        self._parser.CharacterDataHandler = None
        if len(self._pieces) == 1:
            return self._pieces[0]
        self._weigh()
        return "".join(self._pieces)

    def read(self, stream: IO[bytes], skimmer: Skimmer | None = None) -> None:
        """Read a document to its end, or until a handler raises :class:`EnoughError`.

        :param skimmer: takes what needs no parser.
        :raises SheetProblem: ``broken-file``, also for a document type or entity, which no table needs; ``too-big``.
        """
        fed = 0

        def parse(chunk: bytes) -> None:
            nonlocal fed
            self._parser.Parse(chunk)
            fed += len(chunk)
            if fed - self._parser.CurrentByteIndex > _MAX_TOKEN:
                raise too_big("XML 里有过长的标记")
            self._weigh()

        try:
            while chunk := stream.read(_CHUNK):
                if skimmer:
                    skimmer.feed(chunk, parse)
                else:
                    parse(chunk)
            if skimmer:
                skimmer.give_up(parse)
            self._parser.Parse(b"", True)  # noqa: FBT003 - the last piece
        except EnoughError:
            return
        except (expat.ExpatError, ValueError, LookupError, *UNPACKING):
            raise broken("XML 内容不完整或不合规") from None

    def _weigh(self) -> None:
        if sum(map(len, self._pieces)) > MAX_TEXT:
            raise too_long()


def within(namespaces: Iterable[str], handlers: Mapping[str, Handler]) -> dict[str, Handler]:
    """Handlers by full name, from handlers by local name; an element may stand in any of the namespaces."""
    return {f"{space} {name}": handler for space in namespaces for name, handler in handlers.items()}


def _refuse(*_: object) -> None:
    raise SheetProblem(
        "broken-file",
        "XML 里有 DTD 或实体",
        "文件里有表格不该有的内容（DTD 或实体），为安全不读。请用 WPS 打开后另存为 .xlsx 再放入。",
    )
