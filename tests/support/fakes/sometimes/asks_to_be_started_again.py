"""At each document's first call it ends with 81, as LibreOffice does in a new profile."""

import sys

from asked import CALLS, DOCX, convert

seen = CALLS.with_name(DOCX.name)
if not seen.exists():
    seen.touch()
    sys.exit(81)
sys.exit(convert())
