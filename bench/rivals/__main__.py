"""``python -m bench.rivals WAY FOLDER LETTERS``: one of the ways, in a process of its own."""

import sys
from pathlib import Path

from bench.rivals import WAYS

WAYS[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]))
