"""Be ``soffice`` for one document: ``soffice.py BEHAVIOUR …``; the behaviour is a program that learns from ``asked`` what is wanted."""

import os
import sys

if __name__ == "__main__":
    behaviour = sys.argv.pop(1)
    with open(os.environ["OFFICE_CALLS"], "a", encoding="utf-8") as calls:  # noqa: PTH123
        calls.write(f"{os.path.basename(sys.argv[-1])}\n")  # noqa: PTH119
    with open(behaviour, encoding="utf-8") as program:  # noqa: PTH123
        exec(compile(program.read(), behaviour, "exec"))
