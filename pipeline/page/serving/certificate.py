"""The certificate under which other machines may open the page."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from pipeline.errors import UsageFault
from pipeline.workspace import Workspace

_MAKE = "请让信息部门签发一张（PEM），在 pipeline.toml 的 [page] 里写 certificate 和 key；办法见操作手册“在浏览器里用”。"


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate that can be served with."""

    file: Path
    key: Path
    hosts: tuple[str, ...]
    """The names and addresses that it is for, as a request's ``Host`` is compared: ``*.x`` is ``.x``, IPv6 in brackets."""


def certificate_of(workspace: Workspace, now: datetime) -> Certificate:
    """What ``[page] certificate`` and ``key`` name; paths are the workspace's where they are not absolute.

    :raises UsageFault: none is named, one is missing or cannot be read, they do not belong together, the certificate
        names no machine, is not valid yet or no more.
    """
    told = workspace.settings.page
    if not told.certificate or not told.key:
        raise UsageFault("给别的电脑用，要有 TLS 证书，不然密码和名单会在网上被人看到。" + _MAKE)
    file, key = workspace.root / told.certificate, workspace.root / told.key
    certificate = _certificate(file)
    if certificate.public_key() != _public_key(key):
        raise UsageFault(f"证书 {file} 和私钥 {key} 不是一对。" + _MAKE)
    first, last = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if not first <= now.astimezone(UTC) <= last:
        days = f"{first.astimezone():%Y-%m-%d} 至 {last.astimezone():%Y-%m-%d}"
        raise UsageFault(f"证书 {file} 现在不能用，它的有效期是 {days}。" + _MAKE)
    hosts = _hosts(certificate)
    if not hosts:
        raise UsageFault(f"证书 {file} 里没有写明是哪台机器的（subjectAltName），浏览器不认。" + _MAKE)
    return Certificate(file, key, hosts)


def _certificate(path: Path) -> x509.Certificate:
    try:
        return x509.load_pem_x509_certificate(path.read_bytes())
    except (OSError, ValueError) as fault:
        raise UsageFault(f"读不了证书 {path}：{_why(fault)}。" + _MAKE) from fault


def _public_key(path: Path) -> object:
    try:
        return load_pem_private_key(path.read_bytes(), password=None).public_key()
    except TypeError as fault:
        raise UsageFault(
            f"私钥 {path} 带着密码，网页不能自己打开。请换成不带密码的，文件只让本人能读。"
        ) from fault
    except (OSError, ValueError) as fault:
        raise UsageFault(f"读不了私钥 {path}：{_why(fault)}。" + _MAKE) from fault


def _why(fault: Exception) -> str:
    return (fault.strerror or "") if isinstance(fault, OSError) else "不是 PEM 格式，或者已经损坏"


def _hosts(certificate: x509.Certificate) -> tuple[str, ...]:
    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return ()
    hosts = [name.removeprefix("*") for name in names.get_values_for_type(x509.DNSName)]
    addresses = names.get_values_for_type(x509.IPAddress)
    return (*hosts, *(f"[{each}]" if each.version == 6 else str(each) for each in addresses))
