"""It does not end, nor does a child that it has started."""

import subprocess
import sys
import time

from asked import DOCX

subprocess.Popen([sys.executable, "-SEc", "import time; time.sleep(601)", str(DOCX)])
time.sleep(601)
