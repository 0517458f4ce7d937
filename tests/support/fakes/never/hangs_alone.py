"""It does not end."""

import time

time.sleep(603)
