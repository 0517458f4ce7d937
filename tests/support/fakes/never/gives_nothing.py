"""It says that all is well, and has made nothing."""

import sys

sys.exit(0)
