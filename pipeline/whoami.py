"""Who sits at the command line."""

import getpass
import os

OPERATOR = "PIPELINE_OPERATOR"
"""The environment variable in which whoever starts a command for somebody says for whom."""
_LONGEST = 64


def operator() -> str:
    """Who does what this process does: what ``PIPELINE_OPERATOR`` says, else the login name of the system's user.

    :return: one line of at most 64 characters, without control characters; whoever has no name is ``uid 1000``.
    """
    return _line(os.environ.get(OPERATOR, "")) or _line(_login()) or f"uid {os.getuid()}"


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # by version: nobody of that number is in the list of users
        return ""


def _line(text: str) -> str:
    signs = (sign for sign in " ".join(text.split()) if sign.isprintable())  # nor halves of a broken name
    return "".join(signs)[:_LONGEST].strip()
