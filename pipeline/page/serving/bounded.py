"""How much may be sent at once, and that no more of it than a piece is ever in memory."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from pipeline.page.faults import too_large

PIECE = 65_536
"""Bytes that are read at once of what nobody wants."""
MOST = 2_000_000_000
"""Bytes beyond which a request that is refused is not listened to till its end."""


def bounded(answer: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Django's middleware: refuse what is too large, and listen to the end of what is refused.

    A browser that is hung up on while it sends shows a fault of the network and not what the page says. And what is
    left unread the server would read in one piece (cheroot 11.1.2, ``HTTPRequest.send_headers``).
    """

    def bounded(request: HttpRequest) -> HttpResponseBase:
        length = int(request.META.get("CONTENT_LENGTH") or 0)
        is_small = length <= settings.WORKSPACE.settings.page.upload_mb * 1_000_000
        response = answer(request) if is_small else too_large(request)
        if length <= MOST:
            _pass_over(request.META.get("wsgi.input"))
        return response

    return bounded


def _pass_over(sent: Any) -> None:
    """Read what is left of a request's body."""
    try:
        while getattr(sent, "remaining", 0) and sent.read(PIECE):
            pass
    except OSError:  # whoever sent it has gone
        return
