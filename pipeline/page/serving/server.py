"""The server: one process, some threads, on this machine alone unless it can do so safely."""

import fcntl
import ipaddress
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from cheroot.ssl.builtin import BuiltinSSLAdapter
from cheroot.wsgi import Server
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import DatabaseError, connections

from pipeline.disk import locked
from pipeline.errors import UsageFault
from pipeline.page.accounts import has_accounts
from pipeline.page.serving.certificate import Certificate, certificate_of
from pipeline.page.serving.site import Folders, open_site
from pipeline.workspace import Workspace

THREADS = 16
"""Requests that are answered at the same time; more wait."""
BACKLOG = 128
"""Connections that may wait."""
HEADER_BYTES = 64_000
"""A request's headers may have no more."""
TIMEOUT_S = 60
"""Seconds after which a connection that says nothing is closed."""
DAY_S = 24 * 60 * 60
"""How often what was kept long enough is cleared."""


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
    :raises UsageFault: the port is taken, the workspace is served already, or other machines could come there and there
        is no sound certificate, or nobody has an account.
    :raises FileFault: its folder cannot be written.
    """
    certificate = None if address.is_local else certificate_of(workspace, datetime.now().astimezone())
    Folders(workspace).make()
    lock = _alone(workspace)
    try:
        open_site(workspace, certificate.hosts if certificate else None)
        _forget(workspace)
        _sweep(workspace)
        if certificate and not has_accounts():
            raise UsageFault(
                "给别的电脑用，要先立账号：pipeline page account add 名字 --role office（单位的写 --role unit --unit 单位名称）。"
            )
        server = _server(address, certificate)
        _run(server, lambda: ready(_url(server, certificate)), lambda: _forget(workspace))
    finally:
        connections.close_all()
        os.close(lock)


def _server(address: Address, certificate: Certificate | None) -> Server:
    server = Server(
        (address.host, address.port), get_wsgi_application(), numthreads=THREADS,
        request_queue_size=BACKLOG, timeout=TIMEOUT_S, server_name="pipeline",
    )  # fmt: skip
    server.max_request_header_size = HEADER_BYTES
    if certificate:
        server.ssl_adapter = BuiltinSSLAdapter(str(certificate.file), str(certificate.key))
    return server


def _run(server: Server, ready: Callable[[], None], daily: Callable[[], None]) -> None:
    """Serve in another thread, and do in this one what is due every day.

    This one is interrupted, and an interrupt within the server's own locks would leave a thread waiting for ever
    (cheroot 11.1.2: one in a hundred servers did not end).
    """
    with ThreadPoolExecutor(1) as other:
        prepared = other.submit(_prepare, server)
        try:
            prepared.result()
            ready()
            serving = other.submit(server.serve)
            while not wait([serving], DAY_S).done:
                with suppress(DatabaseError, OSError):  # of a busy or full disk; the next day will do
                    daily()
            serving.result()
        except KeyboardInterrupt:
            pass
        finally:
            wait([prepared])
            server.stop()


def _prepare(server: Server) -> None:
    try:
        server.prepare()
    except OSError as fault:
        host, port = server.bind_addr
        raise UsageFault(
            f"不能在 {host} 的 {port} 端口打开（{fault.strerror or fault}）。"
            "请换一个端口（--port 0 用任意一个空着的），或核对地址是不是本机的。"
        ) from fault


def _alone(workspace: Workspace) -> int:
    try:
        return locked(Folders(workspace).root, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as fault:
        raise UsageFault(
            "这个工作目录的网页已经开着，不用再开；要重开，先到那个窗口按 Ctrl-C 停掉。"
        ) from fault


def _forget(workspace: Workspace) -> None:
    """Clear what has been kept long enough."""
    from pipeline.page import runs  # noqa: PLC0415 - all need the site
    from pipeline.page.models import Access  # noqa: PLC0415

    now = datetime.now()  # noqa: DTZ005 - as Django keeps times
    runs.sweep(now)
    Access.objects.filter(at__lt=now - timedelta(days=workspace.settings.page.record_days)).delete()
    call_command("clearsessions")


def _sweep(workspace: Workspace) -> None:
    """Clear what the last server left half arrived; there is no other now."""
    from pipeline.page.arrivals import Arrivals  # noqa: PLC0415 - as above
    from pipeline.page.models import Waiting  # noqa: PLC0415

    there = Arrivals(workspace).sweep(set(Waiting.objects.values_list("file", flat=True)))
    Waiting.objects.exclude(file__in=there).delete()  # answered, and then the server was killed


def _url(server: Server, certificate: Certificate | None) -> str:
    host, port = server.bind_addr[:2]
    if certificate:
        return f"https://{certificate.hosts[0]}:{port}/"
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
