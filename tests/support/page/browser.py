"""A browser without a window: cookies, a token against forged forms, files as a form sends them."""

import json
import re
import time
from collections.abc import Mapping
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import quote, urlencode, urlsplit
from uuid import uuid4

PIECE = 65_536
"""Bytes that are sent at once."""


class Browser:
    """Somebody's, at one page; a connection that was closed is opened again."""

    def __init__(self, url: str, session: str = "") -> None:
        """Come to a page.

        :param session: cookie of somebody who has logged in.
        """
        place = urlsplit(url)
        assert place.hostname and place.port
        self._connection = HTTPConnection(place.hostname, place.port, timeout=120)
        self._cookies = {"sessionid": session} if session else {}

    def close(self) -> None:
        """Hang up."""
        self._connection.close()

    def get(self, path: str) -> str:
        """A page's text."""
        return self._asked("GET", path, b"", {}).decode()

    def drop(self, files: Mapping[str, bytes], pause_s: float = 0) -> list[dict[str, Any]]:
        """What the page says of each dropped file; by its path.

        :param pause_s: between two pieces of :data:`PIECE`, where the way there is slow.
        """
        border, token = uuid4().hex, self._token("/")
        parts = [('name="csrfmiddlewaretoken"', token.encode())]
        for path, content in files.items():
            name = path.rsplit("/", 1)[-1]
            parts += [('name="path"', path.encode()), (f'name="file"; filename="{name}"', content)]
        body = b"".join(
            f"--{border}\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode() + content + b"\r\n"
            for head, content in parts
        )
        kind = {"Content-Type": f"multipart/form-data; boundary={border}", "Accept": "application/json"}
        body += f"--{border}--\r\n".encode()
        told = json.loads(self._asked("POST", "/inputs/drop/", body, kind, pause_s))
        return list(told["files"])

    def press(self, path: str, **fields: str) -> str:
        """Send a form; where the page leads from there."""
        body = urlencode(fields | {"csrfmiddlewaretoken": self._token("/inputs/")}).encode()
        self._asked("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})
        return self._led

    def number(self, **fields: str) -> str:
        """Have letters tried out, and numbered if there are any: the run that numbers, or else the trial."""
        trial = self.press("/letters/run/", **fields)
        while json.loads(self.get(f"{trial}state/"))["state"] == "running":
            time.sleep(0.1)
        return self.answer(trial)

    def answer(self, trial: str) -> str:
        """Have numbered what a trial asks: the run that numbers, or the trial where it asks nothing, or not yet."""
        where = trial.replace("/runs/", "/letters/run/")
        return self.press(where) if f'action="{where}"' in self.get(trial) else trial

    def _token(self, path: str) -> str:
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.get(path))
        assert found, path
        return found[1]

    def _asked(
        self, method: str, path: str, body: bytes, headers: dict[str, str], pause_s: float = 0
    ) -> bytes:
        connection = self._connection
        connection.putrequest(method, quote(path))
        cookies = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        for name, value in (headers | cookies | {"Content-Length": f"{len(body)}"}).items():
            connection.putheader(name, value)
        connection.endheaders()
        for start in range(0, len(body), PIECE):
            connection.send(body[start : start + PIECE])
            time.sleep(pause_s)
        answer = connection.getresponse()
        content = answer.read()
        assert answer.status in {200, 302}, f"{method} {path}: {answer.status} {content.decode()[:2000]}"
        for told in answer.headers.get_all("Set-Cookie") or ():
            self._cookies |= {name: morsel.value for name, morsel in SimpleCookie(told).items()}
        self._led = answer.headers.get("Location", "")
        return content
