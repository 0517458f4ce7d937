"""Letters are printed, the receipt is not."""

import sys

from asked import IS_RECEIPT, convert

sys.exit(1 if IS_RECEIPT else convert())
