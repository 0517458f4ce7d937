"""What a paragraph or a run inherits from its styles."""

from collections.abc import Iterator
from functools import lru_cache

from docx.oxml.ns import qn
from lxml import etree


class Styles:
    """The styles of a document."""

    def __init__(self, root: etree._Element | None) -> None:
        own = [] if root is None else list(root.iter(qn("w:style")))
        self._styles = {str(style.get(qn("w:styleId"))): style for style in own}
        self._default = next(
            (
                str(style.get(qn("w:styleId")))
                for style in own
                if style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default")) in {"1", "true"}
            ),
            "",
        )
        defaults = None if root is None else root.find(qn("w:docDefaults"))
        self._defaults = [] if defaults is None else [defaults]
        self._known: dict[tuple[str, str, bool], etree._Element | None] = {}

    def of_paragraph(self, paragraph: etree._Element, path: str) -> etree._Element | None:
        """What a paragraph has at a path such as ``w:pPr/w:jc``, by itself or from the nearest of its styles."""
        look = _found(paragraph, path)
        return look if look is not None else self.inherited(paragraph, path)

    def inherited(self, paragraph: etree._Element, path: str) -> etree._Element | None:
        """The same, from its styles only."""
        style = _found(paragraph, "w:pPr/w:pStyle")
        name = self._default if style is None else str(style.get(qn("w:val")))
        return self._of_style(name, path)

    def of_run(self, run: etree._Element, switch: str) -> etree._Element | None:
        """What a run has, by itself, from its own style, or from those of its paragraph."""
        own = _found(run, f"w:rPr/{switch}")
        if own is not None:
            return own
        style = _found(run, "w:rPr/w:rStyle")
        if style is not None:
            own = self._of_style(str(style.get(qn("w:val"))), f"w:rPr/{switch}", with_defaults=False)
        paragraph = next(run.iterancestors(qn("w:p")), None)
        return own if own is not None or paragraph is None else self.inherited(paragraph, f"w:rPr/{switch}")

    def _of_style(self, name: str, path: str, *, with_defaults: bool = True) -> etree._Element | None:
        """What a style has, or the nearest of those that it is based on: looked for once, as tables have thousands of runs."""
        asked = name, path, with_defaults
        if asked not in self._known:
            found = (_found(one, path) for one in self._chain(name, with_defaults=with_defaults))
            self._known[asked] = next(filter(_is_there, found), None)
        return self._known[asked]

    def _chain(self, name: str, *, with_defaults: bool = True) -> Iterator[etree._Element]:
        """A style and those that it is based on."""
        seen = set()
        while name in self._styles and name not in seen:
            seen.add(name)
            yield self._styles[name]
            base = _found(self._styles[name], "w:basedOn")
            name = "" if base is None else str(base.get(qn("w:val")))
        if with_defaults:
            for defaults in self._defaults:
                yield from defaults  # w:rPrDefault and w:pPrDefault hold w:rPr and w:pPr as a style does


def _is_there(element: etree._Element | None) -> bool:
    return element is not None


def _found(element: etree._Element, path: str) -> etree._Element | None:
    return element.find(_qualified(path))


@lru_cache(100)
def _qualified(path: str) -> str:
    return "/".join(map(qn, path.split("/")))
