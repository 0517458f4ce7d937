"""A browser without a window: cookies, a token against forged forms, files as a form sends them."""

import json
import re
from collections.abc import Mapping
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import uuid4


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

    def drop(self, files: Mapping[str, bytes]) -> list[dict[str, Any]]:
        """What the page says of each dropped file; by its path."""
        border, token = uuid4().hex, self._token("/")
        parts = [(b'name="csrfmiddlewaretoken"', token.encode())]
        for path, content in files.items():
            parts.append((b'name="path"', path.encode()))
            name = path.rsplit("/", 1)[-1].encode()
            parts.append(
                (b'name="file"; filename="' + name + b'"\r\nContent-Type: application/octet-stream', content)
            )
        body = b"".join(
            f"--{border}\r\n".encode()
            + b"Content-Disposition: form-data; "
            + head
            + b"\r\n\r\n"
            + content
            + b"\r\n"
            for head, content in parts
        )
        kind = {"Content-Type": f"multipart/form-data; boundary={border}", "Accept": "application/json"}
        told = json.loads(self._asked("POST", "/inputs/drop/", body + f"--{border}--\r\n".encode(), kind))
        return list(told["files"])

    def press(self, path: str, **fields: str) -> str:
        """Send a form; where the page leads from there."""
        body = urlencode(fields | {"csrfmiddlewaretoken": self._token("/inputs/")}).encode()
        self._asked("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})
        return self._led

    def _token(self, path: str) -> str:
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.get(path))
        assert found, path
        return found[1]

    def _asked(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> bytes:
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        self._connection.request(
            method, path, body or None, headers | ({"Cookie": cookies} if cookies else {})
        )
        answer = self._connection.getresponse()
        content = answer.read()
        assert answer.status in {200, 302}, f"{method} {path}: {answer.status} {content.decode()[:2000]}"
        for told in answer.headers.get_all("Set-Cookie") or ():
            self._cookies |= {name: morsel.value for name, morsel in SimpleCookie(told).items()}
        self._led = answer.headers.get("Location", "")
        return content
