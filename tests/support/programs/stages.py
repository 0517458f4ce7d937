"""Moments at which a command can be stopped, by names of their own: nowhere else do the tests name a function of its.

A stage is where the product calls a function or a method; it is found in the module that calls it, so that only that
call is stopped. The product has no hooks for it.
"""

import importlib
from typing import Any

STAGES = {
    "inputs read": "pipeline.jobs.letters.read_inputs",
    "database made": "pipeline.adapters.register.makes.sqlite.make",
    "database prepared": "pipeline.adapters.register.makes.sqlite.prepare",
    "numbers foreseen": "pipeline.adapters.register.store.Register.preview",
    "work folder made": "pipeline.adapters.folders.tempfile.mkdtemp",
    "converted": "pipeline.adapters.office.Office.convert",
    "numbering begun": "pipeline.jobs.letters.reserve",
    "event recorded": "pipeline.adapters.register.store.Register._record",
    "numbered": "pipeline.adapters.register.store.Register.reserve",
    "templates kept": "pipeline.adapters.register.store.Register.use_templates",
    "letters set": "pipeline.letters.form_engine.FormEngine.typeset",
    "receipt written": "pipeline.letters.receipt.sheets.ReceiptSheets.begin",
    "secret known": "pipeline.letters.batch_files.secret_of",
    "secret drawn": "pipeline.adapters.secret.secrets.token_hex",
    "letters bound": "pipeline.letters.batch_files.BatchFiles._bind",
    "register sheet written": "pipeline.letters.batch_files.write_register_sheet",
    "manifest written": "pipeline.letters.batch_files.write_manifest",
    "folder synced": "pipeline.adapters.folders.sync",
    "batch published": "pipeline.letters.batch_files.publish",
    "batch confirmed": "pipeline.adapters.register.store.Register.confirm",
    "office closed": "pipeline.adapters.office.Office.close",
    "work folder removed": "pipeline.adapters.folders.shutil.rmtree",
    "run told": "pipeline.jobs.letters._printed",
    "reprint published": "pipeline.jobs.register.reissue.publish",
    "replaced retired": "pipeline.adapters.register.store.Register._retire_replaced",
    "backup synced": "pipeline.adapters.register.backup.sync",
    "register put aside": "pipeline.adapters.register.restoring.shutil.copyfile",
    "copy weighed": "pipeline.adapters.register.restoring._refuse_to_forget",
    "file scrubbed": "pipeline.adapters.register.makes.sqlite.SqliteDatabase.scrub",
}
"""Name → the function or method, dotted."""
OF_A_RUN = {
    "inputs read": "after",
    "database made": "before after",
    "database prepared": "after",
    "numbers foreseen": "after",
    "work folder made": "before after",
    "converted": "before after",
    "numbering begun": "before",
    "event recorded": "before after",
    "numbered": "after",
    "templates kept": "before after",
    "letters set": "after",
    "receipt written": "after",
    "secret known": "before after",
    "secret drawn": "before",
    "letters bound": "after",
    "register sheet written": "after",
    "manifest written": "before after",
    "folder synced": "before after",
    "batch published": "before after",
    "batch confirmed": "before after",
    "office closed": "before",
    "work folder removed": "before after",
    "run told": "before",
}
"""The stages of ``letters``, about in the order in which it passes them, and on which side of each to stop it."""


def found(stage: str) -> tuple[Any, str]:
    """What holds the function of a stage, a module or a class, and its name there.

    :raises LookupError: the product has no such function any more.
    """
    parts = STAGES[stage].split(".")
    for end in range(len(parts) - 1, 0, -1):
        try:
            owner: Any = importlib.import_module(".".join(parts[:end]))
        except ModuleNotFoundError:
            continue
        for part in parts[end:-1]:
            owner = getattr(owner, part, None)
        if hasattr(owner, parts[-1]):
            return owner, parts[-1]
        break
    raise LookupError(f"{stage}: no {STAGES[stage]}")
