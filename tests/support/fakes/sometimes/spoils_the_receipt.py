"""Of the receipt only the beginning is there."""

import sys

from asked import IS_RECEIPT, PDF, convert

code = convert()
if IS_RECEIPT:
    PDF.write_bytes(PDF.read_bytes()[:300])
sys.exit(code)
