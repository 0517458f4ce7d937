"""A real cluster on this machine: a scheduler and workers as an administrator starts them, each a process of its own."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from support.desk import ROOT, until

DASK = str(Path(sys.executable).with_name("dask"))
"""The program that a machine's administrator types."""
IDLING = {
    f"DASK_DISTRIBUTED__{name}": value
    for name, value in {
        "WORKER__PROFILE__ENABLED": "False",
        "WORKER__MEMORY__MONITOR_INTERVAL": "10s",
        "ADMIN__TICK__INTERVAL": "1s",
        "ADMIN__SYSTEM_MONITOR__INTERVAL": "10s",
    }.items()
}
"""How seldom they look at themselves: a cluster stays for a whole test run, and would take 7 % of a processor idle."""


class Cluster:
    """Scheduler and workers; all are killed when the block ends."""

    def __init__(self, folder: Path, certified: Mapping[str, str]) -> None:
        self._folder = folder
        options = {"ca": "--tls-ca-file", "certificate": "--tls-cert", "key": "--tls-key"}
        self._tls = [word for name, path in certified.items() for word in (options[name], path)]
        self._scheme = "tls" if certified else "tcp"
        self._started: list[subprocess.Popen[bytes]] = []
        told = folder / "scheduler.json"
        self._start(
            "scheduler", "--host", f"{self._scheme}://127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(told)
        )  # fmt: skip
        until(lambda: told.exists() and told.stat().st_size, 120, "a scheduler")
        self.address = _address(told)
        """Where it is reached."""

    def work(self, count: int, **environment: str) -> list[int]:
        """Start workers; their process numbers once all are there."""
        logs = [self._folder / f"worker-{len(self._started) + number}.log" for number in range(count)]
        started = [
            self._start(
                "worker", self.address, "--nthreads", "1", "--no-nanny", "--no-dashboard",
                "--local-directory", str(self._folder / "scratch"), log=log, **environment,
            )
            for log in logs
        ]  # fmt: skip
        until(lambda: all("Registered to" in log.read_text("utf-8") for log in logs), 120, "workers")
        return [process.pid for process in started]

    def end(self) -> None:
        for process in self._started:
            process.kill()
            process.wait()

    def _start(self, *words: str, log: Path | None = None, **environment: str) -> "subprocess.Popen[bytes]":
        with (log or self._folder / "scheduler.log").open("wb") as out:
            process = subprocess.Popen(
                [DASK, *words, *self._tls], cwd=self._folder, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                env=os.environ | IDLING | {"PYTHONDONTWRITEBYTECODE": ""} | environment, start_new_session=True,
            )  # fmt: skip
        self._started.append(process)
        return process


@contextmanager
def cluster(folder: Path, certified: Mapping[str, str] = {}) -> Iterator[Cluster]:
    """A scheduler without workers yet.

    :param certified: what :func:`certified` says, for one that demands it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    made = Cluster(folder, certified)
    try:
        yield made
    finally:
        made.end()


def certified(folder: Path) -> dict[str, str]:
    """``[cluster]`` of a party that trusts its own certificate alone."""
    folder.mkdir()
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, folder.name)])
    first = datetime.now(UTC) - timedelta(days=1)
    made = x509.CertificateBuilder(
        who, who, key.public_key(), x509.random_serial_number(), first, first + timedelta(days=9)
    ).sign(key, hashes.SHA256())
    plain = (serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    pem = serialization.Encoding.PEM
    (folder / "certificate.pem").write_bytes(made.public_bytes(pem))
    (folder / "key.pem").write_bytes(key.private_bytes(pem, *plain))
    certificate = str(folder / "certificate.pem")
    return {"ca": certificate, "certificate": certificate, "key": str(folder / "key.pem")}


def kill(pid: int) -> None:
    """As when a machine loses its power."""
    os.kill(pid, signal.SIGKILL)


def other_version(folder: Path) -> str:
    """A copy of the program that differs in one line; what PYTHONPATH has to be to run it."""
    shutil.copytree(ROOT / "pipeline", folder / "pipeline", ignore=shutil.ignore_patterns("__pycache__"))
    with (folder / "pipeline" / "disk.py").open("a", encoding="utf-8") as file:
        file.write("\nOTHER = True\n")
    return str(folder)


def _address(told: Path) -> str:
    found: str = json.loads(told.read_text("utf-8"))["address"]
    return found
