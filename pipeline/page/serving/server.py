"""The server: one process, some threads, on this machine alone unless it can do so safely."""

import fcntl
import ipaddress
import os
import socket
from collections.abc import Callable
from dataclasses import dataclass

from cheroot.wsgi import Server
from django.core.wsgi import get_wsgi_application

from pipeline.disk import locked
from pipeline.errors import UsageFault
from pipeline.page.serving.site import LOCAL, Folders, open_site
from pipeline.workspace import Workspace

THREADS = 16
"""Requests that are answered at the same time; more wait."""
BACKLOG = 128
"""Connections that may wait."""
TIMEOUT_S = 60
"""Seconds after which a connection that says nothing is closed."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where to serve."""

    host: str = "127.0.0.1"
    port: int = 8622
    """0 for any that is free."""

    @property
    def is_local(self) -> bool:
        """Whether only this machine can come there."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False


def serve(workspace: Workspace, address: Address, ready: Callable[[str], None]) -> None:
    """Serve a workspace until a KeyboardInterrupt.

    :param ready: is told the page's URL as soon as it can be opened.
    :raises UsageFault: the port is taken, the workspace is served already, or it may not be served there.
    :raises FileFault: its folder cannot be written.
    """
    if not address.is_local:
        raise UsageFault("只能在本机打开。")
    Folders(workspace).make()
    lock = _alone(workspace)
    try:
        open_site(workspace, LOCAL)
        server = Server(
            (address.host, address.port), get_wsgi_application(), numthreads=THREADS,
            request_queue_size=BACKLOG, timeout=TIMEOUT_S, server_name="pipeline",
        )  # fmt: skip
        server.max_request_body_size = workspace.settings.page.upload_mb * 1_000_000
        _prepare(server, address)
        ready(_url(server))
        try:
            server.serve()
        except KeyboardInterrupt:
            pass
        finally:
            server.stop()
    finally:
        os.close(lock)


def _alone(workspace: Workspace) -> int:
    try:
        return locked(Folders(workspace).root, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as fault:
        raise UsageFault(
            "这个工作目录的网页已经开着，不用再开；要重开，先到那个窗口按 Ctrl-C 停掉。"
        ) from fault


def _prepare(server: Server, address: Address) -> None:
    try:
        server.prepare()
    except OSError as fault:
        raise UsageFault(
            f"不能在 {address.host} 的 {address.port} 端口打开（{fault.strerror or fault}）。"
            "请换一个端口：--port 0 用任意一个空着的。"
        ) from fault


def _url(server: Server) -> str:
    host, port = server.bind_addr[:2]
    if server.socket and server.socket.family == socket.AF_INET6:
        host = f"[{host}]"
    return f"http://{host}:{port}/"
