"""The letter's template, and copies of a docx with other words in its body."""

import re
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = ROOT / "templates" / "letter.docx"


def edit(source: Path, target: Path, pattern: str, replacement: str) -> None:
    """A copy of a docx with what matches a pattern in its body replaced."""
    with zipfile.ZipFile(source) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    body, found = re.subn(pattern, replacement, parts["word/document.xml"].decode())
    assert found, pattern
    parts["word/document.xml"] = body.encode()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
