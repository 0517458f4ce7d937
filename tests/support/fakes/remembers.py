"""What it has seen it gives again; the rest LibreOffice makes."""

import sys

from memory import convert

sys.exit(convert())
