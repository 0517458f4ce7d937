"""Files of ``outputs/``, shown in the browser or handed out."""

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse

from pipeline.adapters.pdf.pictures import first_page
from pipeline.page.access import PageRequest, Visitor
from pipeline.page.forms.assess import is_told
from pipeline.reports.assess import ASSESSMENT

EACH = "各单位"
"""Folder of what a report makes for each unit."""

_IN_BROWSER = {".pdf": "application/pdf", ".png": "image/png", ".json": "application/json"}
"""What a browser shows itself; all else is saved."""


def outputs() -> Path:
    """The folder of what the program made."""
    folder: Path = settings.WORKSPACE.outputs
    return folder


def handed_out(request: PageRequest, name: str) -> FileResponse:
    """A file of ``outputs/`` by its path below it."""
    return file_response(found(name))


def found(name: str) -> Path:
    """A file below ``outputs/``.

    :raises Http404: there is none, or it lies elsewhere.
    """
    root = outputs().resolve()
    path = (root / name).resolve()
    if not path.is_relative_to(root) or not path.is_file():
        raise Http404
    return path


def file_response(path: Path) -> FileResponse:
    """A file, under its own name.

    :raises Http404: somebody has taken it away by now.
    """
    kind = _IN_BROWSER.get(path.suffix.lower())
    try:
        content = path.open("rb")
    except FileNotFoundError as fault:
        raise Http404 from fault
    response = FileResponse(
        content, as_attachment=kind is None, filename=path.name,
        content_type=kind or "application/octet-stream",
    )  # fmt: skip
    response["Cache-Control"] = "private, no-store"
    return response


@dataclass(frozen=True, slots=True)
class Shown:
    """A file of ``outputs/`` as a list shows it."""

    name: str
    """Path below the folder that is listed."""
    path: str
    """Path below ``outputs/``."""

    @property
    def last(self) -> str:
        """The name without its folders."""
        return self.name.rpartition("/")[2]

    @property
    def is_paper(self) -> bool:
        """Whether its first page can be shown."""
        return self.path.endswith(".pdf")


@dataclass(frozen=True, slots=True)
class Listing:
    """Files of a folder of ``outputs/`` that somebody may see."""

    papers: tuple[Shown, ...] = ()
    """What is printed; what is each unit's is not among them."""
    others: tuple[Shown, ...] = ()
    """The same as Word, and tables."""
    of_units: tuple[Shown, ...] = ()
    """What is each unit's, in the units' order."""

    def __bool__(self) -> bool:
        return bool(self.papers or self.others or self.of_units)


def shown_in(folder: Path, visitor: Visitor) -> Listing:
    """Files below a folder of ``outputs/`` that somebody may see; what only programs read is left out."""
    names = sorted(
        str(path.relative_to(outputs()))
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".json" and not path.name.startswith(".")
    )
    shown = [
        Shown(str((outputs() / name).relative_to(folder)), name)
        for name in names
        if visitor.may_see(owner(name))
    ]
    own = [each for each in shown if _unit_of(each.path) is None]
    return Listing(
        tuple(each for each in own if each.is_paper),
        tuple(each for each in own if not each.is_paper),
        tuple(each for each in shown if _unit_of(each.path) is not None),
    )


def owner(name: str) -> str | None:
    """Code of the unit that may see a file of ``outputs/``; None for the county's own, and for a score not fed back yet."""
    parts = PurePosixPath(name).parts
    if parts[:1] == (ASSESSMENT.name,) and not is_told(settings.WORKSPACE, outputs().joinpath(*parts[:2])):
        return None
    return _unit_of(name)


def _unit_of(name: str) -> str | None:
    """Code of the unit for which a file was made; None for the county's own.

    What a report makes for each unit lies in its folder 各单位, under the unit's code: ``各单位/07-王狮乡.pdf``.
    """
    parts = PurePosixPath(name).parts
    if EACH not in parts[:-1] or ".." in parts:
        return None
    code, dash, _ = parts[parts.index(EACH) + 1].partition("-")
    return code if dash else None


def picture(request: PageRequest, name: str) -> HttpResponse:
    """The first page of a PDF of ``outputs/``."""
    path = found(name)
    if path.suffix != ".pdf":
        raise Http404
    response = HttpResponse(first_page(path), content_type="image/png")
    response["Cache-Control"] = "private, no-store"
    return response


def of_unit(folder: Path, visitor: Visitor, unit: str) -> tuple[Shown, ...]:
    """Files below a folder of ``outputs/`` that were made for a unit, as far as somebody may see them."""
    return tuple(each for each in shown_in(folder, visitor).of_units if _unit_of(each.path) == unit)


def links(folder: str, visitor: Visitor) -> Listing:
    """Files of a folder of ``outputs/``, as a command names it, that somebody may see; nothing of one elsewhere."""
    root = Path(folder) if Path(folder).is_absolute() else settings.WORKSPACE.root / folder
    return shown_in(root, visitor) if root.is_relative_to(outputs()) and root.is_dir() else Listing()
