"""A paper's sections (一、…): numbered when all of them are there, so that one may be left out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.domain.wording import ordinal


@dataclass(frozen=True, slots=True)
class Subsection:
    """A part of a section (（一）…)."""

    heading: str
    """Without its number."""
    paragraphs: tuple[str, ...]
    """Its text."""


@dataclass(frozen=True, slots=True)
class Section:
    """A section."""

    heading: str
    """Without its number."""
    paragraphs: tuple[str, ...] = ()
    """Its text."""
    subsections: tuple[Subsection, ...] = ()
    """Its parts, after its text."""
    table_name: str = ""
    """Heading of its table."""
    rows: tuple[Mapping[str, str], ...] = ()
    """Its table by the template's names, last of all; none: no table."""


def section_fields(sections: Sequence[Section]) -> dict[str, object]:
    """All sections by the template's names; the text's last paragraph apart, since it stays on the page of the foot.

    A section that says nothing is left out.
    """
    told = _told(sections)
    last = told[-1] if told else Section("")
    foot = ""
    if last.paragraphs and not (last.subsections or last.rows):  # or the text ends with a part or a table
        foot = last.paragraphs[-1]
        told[-1] = replace(last, paragraphs=last.paragraphs[:-1])
    return {"各节": [_fields(number, each) for number, each in enumerate(told, 1)], "末段": foot}


def numbered(sections: Sequence[Section]) -> list[dict[str, object]]:
    """The sections that say anything, by the template's names, each with its number."""
    return [_fields(number, each) for number, each in enumerate(_told(sections), 1)]


def _told(sections: Sequence[Section]) -> list[Section]:
    return [each for each in sections if each.paragraphs or each.subsections]


def _fields(number: int, section: Section) -> dict[str, object]:
    parts = [
        {"序号": ordinal(place), "标题": part.heading, "各段": part.paragraphs}
        for place, part in enumerate(section.subsections, 1)
    ]
    return {
        "序号": ordinal(number), "标题": section.heading, "各段": section.paragraphs, "各小节": parts,
        "表名": section.table_name, "各行": section.rows,
    }  # fmt: skip
