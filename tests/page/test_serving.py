"""Where the page may be served, and by what."""

import gc
import json
import ssl
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from ipaddress import ip_address
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from cheroot.wsgi import Server
from click.testing import CliRunner
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.db import OperationalError
from django.utils import timezone
from playwright.sync_api import Page, expect
from support.desk import Desk
from support.page import PASSWORD, Serve, Site, memory_mb, stop, until

from pipeline.cli.app import pipeline
from pipeline.cli.remedies import with_remedy
from pipeline.errors import FileFault, ToolFault, UsageFault
from pipeline.page.models import Access
from pipeline.page.serving import server
from pipeline.page.serving.certificate import certificate_of
from pipeline.page.serving.server import Address, serve
from pipeline.workspace import Workspace, open_workspace

NOW = datetime.now(UTC)
NAMES: list[x509.GeneralName] = [x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]


def certify(
    desk: Desk, names: list[x509.GeneralName] = NAMES, first: datetime = NOW - timedelta(days=1),
    last: datetime = NOW + timedelta(days=1), password: bytes = b"",
) -> ec.EllipticCurvePrivateKey:  # fmt: skip
    """Lay a certificate and its key in a workspace and name them in its plan."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "page")])
    made = x509.CertificateBuilder(who, who, key.public_key(), x509.random_serial_number(), first, last)
    if names:
        made = made.add_extension(x509.SubjectAlternativeName(names), critical=False)
    signed = made.sign(key, hashes.SHA256())
    (desk.root / "page.pem").write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    write_key(desk, key, password)
    desk.settings('certificate = ""', 'certificate = "page.pem"')
    desk.settings('key = "" ', 'key = "page.key" ')
    return key


def write_key(desk: Desk, key: ec.EllipticCurvePrivateKey, password: bytes = b"") -> None:
    """Its key."""
    how = serialization.BestAvailableEncryption(password) if password else serialization.NoEncryption()
    form = serialization.PrivateFormat.PKCS8
    (desk.root / "page.key").write_bytes(key.private_bytes(serialization.Encoding.PEM, form, how))


SPOILT: dict[str, Callable[[Desk], object]] = {
    "要有 TLS 证书": lambda _: None,
    "读不了证书": lambda desk: (certify(desk), (desk.root / "page.pem").unlink()),
    "不是 PEM 格式": lambda desk: (certify(desk), (desk.root / "page.key").write_text("x")),
    "不是一对": lambda desk: (certify(desk), write_key(desk, ec.generate_private_key(ec.SECP256R1()))),
    "有效期是": lambda desk: certify(desk, last=NOW - timedelta(hours=1)),
    "带着密码": lambda desk: certify(desk, password=b"secret"),
    "没有写明是哪台机器": lambda desk: certify(desk, []),
}


@pytest.mark.parametrize("told", SPOILT)
def test_other_machines_are_not_served_without_a_sound_certificate(desk: Desk, told: str) -> None:
    SPOILT[told](desk)
    with pytest.raises(UsageFault, match=told):
        serve(open_workspace(desk.root), Address("0.0.0.0", 0), pytest.fail)


def test_other_machines_are_not_served_where_nobody_has_an_account(desk: Desk) -> None:
    certify(desk)
    with pytest.raises(UsageFault, match="要先立账号"):
        serve(open_workspace(desk.root), Address("0.0.0.0", 0), pytest.fail)


def test_a_certificate_says_by_which_names_the_page_may_be_called(desk: Desk) -> None:
    certify(
        desk,
        [
            x509.DNSName("page.example"),
            x509.DNSName("*.county.example"),
            x509.IPAddress(ip_address("fd00::1")),
        ],
    )

    assert certificate_of(open_workspace(desk.root), NOW).hosts == (
        "page.example",
        ".county.example",
        "[fd00::1]",
    )


@pytest.mark.parametrize(
    "host, local",
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("localhost", True),
        ("127.9.9.9", True),
        ("0.0.0.0", False),
        ("::", False),
        ("192.168.1.5", False),
        ("page.example", False),
    ],
)
def test_which_addresses_are_this_machines_alone(host: str, local: bool) -> None:
    assert Address(host).is_local is local


def test_whoever_has_an_account_works_from_another_machine_by_tls(
    desk: Desk, serve: Serve, window: Page
) -> None:
    certify(desk)
    subprocess.run(
        [sys.executable, "-m", "pipeline", "--root", desk.root, "page", "account", "add", "张三", "--role", "office"],
        input=f"{PASSWORD}\n", text=True, encoding="utf-8", check=True, capture_output=True,
    )  # fmt: skip
    assert b"scrypt$" in (desk.root / "page" / "page.db").read_bytes()
    url = serve(desk, "--host", "0.0.0.0")
    assert url.startswith("https://localhost:")
    window.goto(url)
    window.get_by_label("账号").fill("张三")
    window.get_by_label("密码").fill(PASSWORD)
    window.get_by_role("button", name="登录").click()
    expect(window.get_by_role("heading", name="2022年")).to_be_visible()

    window.get_by_role("button", name="检查").click()
    expect(window.get_by_text("没有要改的")).to_be_visible(timeout=60_000)  # shown as it ends

    [session] = [cookie for cookie in window.context.cookies() if cookie["name"] == "sessionid"]
    assert session["secure"] and session["httpOnly"] and session["sameSite"] == "Lax"
    context = ssl.create_default_context(cafile=desk.root / "page.pem")
    with urlopen(url, context=context) as answer:
        assert "max-age" in answer.headers["Strict-Transport-Security"]
    with pytest.raises(HTTPError) as refused:
        urlopen(Request(url, headers={"Host": "evil.example"}), context=context)
    assert refused.value.code == 400
    refused.value.close()


def test_a_browser_finds_what_is_served_and_what_it_began_is_done_though_the_server_is_killed(
    desk: Desk, serve: Serve, window: Page
) -> None:
    asked: list[str] = []
    window.on("request", lambda request: asked.append(request.url))
    said: list[str] = []
    window.on("console", lambda message: said.append(message.text))
    process = desk.start("page", "--port", "0", "--json")
    assert process.stdout is not None
    url = json.loads(process.stdout.readline())["url"]
    window.goto(url)
    window.get_by_role("button", name="检查").click()
    expect(window.get_by_role("heading", name="检查")).to_be_visible()
    assert all(where.startswith(url) for where in asked) and said == []
    process.kill()
    process.communicate()
    until((desk.root / "page" / "runs" / "1" / "exit").exists)

    window.goto(f"{serve(desk)}runs/")
    window.get_by_role("link", name="检查", exact=True).click()
    expect(window.get_by_text("没有要改的")).to_be_visible()


@pytest.mark.filterwarnings("ignore:unclosed database:ResourceWarning")
def test_a_database_that_cannot_be_read_is_told(desk: Desk) -> None:
    (desk.root / "page").mkdir()
    (desk.root / "page" / "page.db").write_bytes(b"not a database" * 100)
    with pytest.raises(FileFault, match="打不开"):
        serve(open_workspace(desk.root), Address(port=0), pytest.fail)
    gc.collect()  # Django leaves it the connection that it could not use, and Python 3.13 tells of that


def test_who_has_not_installed_it_is_told_how(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.cli.page.find_spec", lambda _: None)
    done = CliRunner().invoke(pipeline, ["--root", str(desk.root), "page"])

    assert isinstance(done.exception, ToolFault)
    assert "make setup PAGE=1" in with_remedy(str(done.exception), done.exception.remedy)


def test_no_command_but_the_pages_own_waits_for_django() -> None:
    asked = "import sys, pipeline.cli.app; sys.exit('django' in sys.modules or 'cheroot' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0


def test_the_server_says_so_when_it_cannot_begin_and_ends_when_told(desk: Desk, tmp_path: Path) -> None:
    desk.settings("upload_mb = 200", "upload_mb = 40")
    process = desk.start("page", "--port", "0", "--json")
    assert process.stdout is not None
    url = json.loads(process.stdout.readline())["url"]
    try:
        with pytest.raises(UsageFault, match="已经开着"):
            serve(open_workspace(desk.root), Address(port=0), pytest.fail)
        urlopen(url).close()  # which loads the views
        before = memory_mb(process.pid, "VmHWM")
        for megabytes, status, told in ((60, 413, "一次最多放 40 MB"), (40, 403, "页面过期了")):
            sender = HTTPConnection(url.split("/")[2])
            sender.request(
                "POST",
                "/check/",
                (bytes(1_000_000) for _ in range(megabytes)),
                {"Content-Length": f"{megabytes}000000"},
            )
            answer = sender.getresponse()
            assert answer.status == status and told in answer.read().decode()
            sender.close()
        assert memory_mb(process.pid, "VmHWM") - before < 20
        taken = Desk.laid(tmp_path / "另一个").run("page", "--port", url.rsplit(":", 1)[1].strip("/"))
        assert taken.code == 2 and "请换一个端口" in taken.err
    finally:
        code = stop(process)

    assert code == 0
    for path in [desk.root / "page", *(desk.root / "page").iterdir()]:
        assert path.stat().st_mode & 0o077 == 0, path
    assert subprocess.run(["git", "check-ignore", "-q", "page/page.db"], check=False).returncode == 0


def test_an_interrupt_while_the_address_is_told_ends_the_server(desk: Desk) -> None:
    before = set(threading.enumerate())

    def interrupted(url: str) -> None:
        assert url.startswith("http://127.0.0.1:") and set(threading.enumerate()) > before
        raise KeyboardInterrupt

    serve(open_workspace(desk.root), Address(port=0), interrupted)
    assert set(threading.enumerate()) == before


def test_a_server_that_starts_clears_what_was_kept_long_enough(site: Site) -> None:
    for days in (1000, 1200):
        one = Access.objects.create(role="office", shown="名单", path=f"/{days}")
        Access.objects.filter(pk=one.pk).update(at=timezone.now() - timedelta(days=days))

    def interrupted(_url: str) -> None:
        raise KeyboardInterrupt

    serve(open_workspace(site.desk.root), Address(port=0), interrupted)
    assert [one.path for one in Access.objects.all()] == ["/1000"]


def test_a_server_that_runs_for_months_clears_every_day_and_goes_on_where_it_cannot(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    cleared: list[int] = []

    def clear(_workspace: Workspace) -> None:
        cleared.append(Access.objects.count())
        if len(cleared) == 3:
            raise OperationalError("database is locked")
        if len(cleared) == 5:
            raise KeyboardInterrupt

    monkeypatch.setattr(server, "DAY_S", 0.01)
    monkeypatch.setattr(server, "_forget", clear)
    serve(open_workspace(site.desk.root), Address(port=0), lambda _url: None)
    assert len(cleared) == 5, "at the start, and each day"


def test_an_interrupt_cannot_come_into_the_servers_own_locks(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[threading.Thread] = []
    monkeypatch.setattr(Server, "prepare", lambda _self: seen.append(threading.current_thread()))
    monkeypatch.setattr(Server, "serve", lambda _self: seen.append(threading.current_thread()))
    monkeypatch.setattr("pipeline.page.serving.server._url", lambda *_: "")
    serve(open_workspace(desk.root), Address(port=0), lambda _url: None)
    assert len(seen) == 2 and threading.main_thread() not in seen
