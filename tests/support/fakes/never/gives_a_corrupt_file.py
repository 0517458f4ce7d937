"""What it makes begins as a PDF does."""

import sys

from asked import PDF

PDF.write_bytes(b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nnot more than this")
sys.exit(0)
