"""What ``[cluster]`` can say."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cluster:
    """``[cluster]``: other machines that share the work."""

    scheduler: str = ""
    """Address of the Dask scheduler, ``tcp://host:8786`` or ``tls://host:8786``; ``local:N`` for N workers on this machine; empty: this machine does all."""
    ca: str = ""
    """For ``tls://``: file with the certificate that all machines' certificates are signed with (PEM)."""
    certificate: str = ""
    """For ``tls://``: file with this machine's certificate (PEM)."""
    key: str = ""
    """For ``tls://``: file with its private key (PEM, without a password)."""


TLS = ("ca", "certificate", "key")
"""The settings that are files."""
