"""As long as letters are numbered and not printed, it makes nothing and says that all is well."""

import sys

from asked import convert, reserved

sys.exit(0 if reserved() else convert())
