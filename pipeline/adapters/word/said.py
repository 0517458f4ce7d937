"""What a filled document says."""

import zipfile
from pathlib import Path

from pipeline.adapters.word.cleaning import cleaned
from pipeline.adapters.word.parts import BODY, Parts, texts


def paragraphs(path: Path) -> list[str]:
    """What the body of a docx says, a text for each paragraph, without what is hidden or said only to old programs."""
    with zipfile.ZipFile(path) as package:
        parts = Parts({name: package.read(name) for name in package.namelist() if name.endswith(".xml")})
    body = cleaned(parts).root(BODY)
    return texts(body) if body is not None else []
