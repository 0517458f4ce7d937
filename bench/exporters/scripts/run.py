"""``python run.py TABLES.json FOLDER``: both tables by every exporter, and ``FOLDER/python.json`` with what was made.

Runs by itself in an environment that holds the exporters and none of the product.
"""

import json
import sys
import traceback
from datetime import date
from pathlib import Path
from typing import Any

import libraries
from table import Table


def table(told: dict[str, Any]) -> Table:
    def typed(head: str, value: Any) -> Any:
        return date.fromisoformat(value) if head in told["days"] and value else value

    rows = [
        [typed(head, value) for head, value in zip(told["head"], row, strict=True)] for row in told["rows"]
    ]
    return Table(told["head"], told["days"], rows)


def main(source: str, folder: str) -> None:
    told = json.loads(Path(source).read_text("utf-8"))
    found: list[dict[str, Any]] = []
    for by, kind, how, write in libraries.EXPORTERS:
        made: dict[str, Any] = {"by": by, "as": kind, "how": how, "files": {}}
        home = Path(folder, f"python-{len(found)}")
        home.mkdir(parents=True)
        try:
            for name in told:
                path = home / f"{name}.{kind}"
                write(table(told[name]), path)
                made["files"][name] = str(path)
        except Exception:  # noqa: BLE001 - whatever a library raises goes into the report
            made["error"] = traceback.format_exc()
        found.append(made)
    Path(folder, "python.json").write_text(json.dumps(found, ensure_ascii=False), "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
