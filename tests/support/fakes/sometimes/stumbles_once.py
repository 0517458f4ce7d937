"""The first call fails, the others do not."""

import sys

from asked import COUNT, convert

sys.exit(convert() if COUNT > 1 else 1)
