"""What it has seen it gives again; the rest LibreOffice makes."""

import sys

from asked import convert

sys.exit(convert())
