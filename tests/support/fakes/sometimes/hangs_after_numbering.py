"""As long as letters are numbered and not printed, it does not end."""

import sys
import time

from asked import convert, reserved

if reserved():
    time.sleep(602)
sys.exit(convert())
