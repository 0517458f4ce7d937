"""A document with 毒 in it fails, every time."""

import sys

from asked import body, convert

sys.exit(1 if "毒" in body() else convert())
