"""It stops in the middle of the PDF and says that all is well."""

import sys

from asked import PDF, convert

convert()
PDF.write_bytes(PDF.read_bytes()[: PDF.stat().st_size // 2])
sys.exit(0)
