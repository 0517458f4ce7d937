"""What the form engine learnt from trial pages, given again to the next command that has the same pages printed.

Half of what a small run takes is measuring, of the same template for the same nine letters in most tests. As with what
LibreOffice made (``support/fakes``), nothing is made up: pages, template or letters that it has not seen it measures, and
what keeps a run from measuring (its LibreOffice, its folder) is asked each time. Tests of the engine itself call it in
their own process, where this is not.
"""

import os
import pickle
from dataclasses import replace
from functools import wraps
from hashlib import sha256
from pathlib import Path
from typing import Any

from pipeline.letters.form_engine import FormEngine

MEMORY = "FORM_MEMORY"
"""Names in the environment the folder where it is kept; without it nothing is."""


def remember() -> None:
    """From now on, for the commands of this process."""
    learn = FormEngine._learnt

    @wraps(learn)
    def learnt(engine: FormEngine, sheet: Path, *asked: Any) -> Any:
        folder = os.environ.get(MEMORY)
        if not folder:
            return learn(engine, sheet, *asked)
        about = repr((engine._template.name, engine._template.data, engine._tried, sheet.read_bytes()))
        known = Path(folder, sha256(about.encode()).hexdigest())
        if known.exists():
            return replace(pickle.loads(known.read_bytes()), sheet=sheet)
        found = learn(engine, sheet, *asked)
        draft = known.with_suffix(f".{os.getpid()}")
        draft.write_bytes(pickle.dumps(found))
        draft.rename(known)
        return found

    FormEngine._learnt = learnt  # type: ignore[method-assign]
