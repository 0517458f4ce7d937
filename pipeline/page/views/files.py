"""Files of ``outputs/``, shown in the browser or handed out."""

from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404
from django.urls import reverse

from pipeline.page.access import PageRequest

_IN_BROWSER = {".pdf": "application/pdf", ".png": "image/png", ".json": "application/json"}
"""What a browser shows itself; all else is saved."""


def handed_out(request: PageRequest, name: str) -> FileResponse:
    """A file of ``outputs/`` by its path below it."""
    return file_response(found(name))


def found(name: str) -> Path:
    """A file below ``outputs/``.

    :raises Http404: there is none, or it lies elsewhere.
    """
    outputs: Path = settings.WORKSPACE.outputs.resolve()
    path = (outputs / name).resolve()
    if not path.is_relative_to(outputs) or not path.is_file():
        raise Http404
    return path


def file_response(path: Path) -> FileResponse:
    """A file, under its own name."""
    kind = _IN_BROWSER.get(path.suffix.lower())
    response = FileResponse(
        path.open("rb"), as_attachment=kind is None, filename=path.name,
        content_type=kind or "application/octet-stream",
    )  # fmt: skip
    response["Cache-Control"] = "private, no-store"
    return response


def links(folder: str) -> list[tuple[str, str]]:
    """Name and address of each file in a folder of ``outputs/``, as a command names it; nothing of one elsewhere."""
    outputs: Path = settings.WORKSPACE.outputs
    root = Path(folder) if Path(folder).is_absolute() else settings.WORKSPACE.root / folder
    if not root.is_relative_to(outputs) or not root.is_dir():
        return []
    files = sorted(path for path in root.rglob("*") if path.is_file() and not path.name.startswith("."))
    return [
        (str(path.relative_to(root)), reverse("file", kwargs={"name": str(path.relative_to(outputs))}))
        for path in files
    ]
