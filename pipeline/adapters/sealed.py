"""Data with a seal in it, by which whoever receives it sees that nobody has changed it: JSON, signed with Ed25519.

Signed are the values and not the bytes, so a file that a mail program or an editor has wrapped, indented or put into
another encoding is still the one that was published.
"""

import codecs
import hashlib
import json
from collections.abc import Mapping
from typing import Any

SEAL = "seal"
"""Where the seal stands: ``{"key": …, "signature": …}``, both in hexadecimal."""
_PURPOSE = b"figures.json"
_ENCODINGS = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16", codecs.BOM_UTF8: "utf-8-sig"}


def sealed(content: Mapping[str, Any], secret: bytes) -> dict[str, Any]:
    """The same data with a seal that only this office can make; the same every time.

    :param content: JSON values, without a seal.
    :param secret: of the office.
    """
    from cryptography.hazmat.primitives import hashes  # noqa: PLC0415 - slow to load, and few commands need it
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415 - as above
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF  # noqa: PLC0415 - as above

    key = HKDF(hashes.SHA256(), 32, None, _PURPOSE).derive(secret)
    signer = Ed25519PrivateKey.from_private_bytes(key)
    seal = {
        "key": signer.public_key().public_bytes_raw().hex(),
        "signature": signer.sign(_signed(content)).hex(),
    }
    return {**content, SEAL: seal}


def seal_of(content: Mapping[str, Any]) -> tuple[str | None, str]:
    """Who sealed data, and its digest, both in hexadecimal.

    :returns: the office's public key, None where the seal is missing or does not fit; SHA-256 of what the data says,
        whoever sealed it.
    :raises ValueError, RecursionError: there is something in it that cannot be written: half a character, lists in lists without end.
    """
    signed = _signed(_unsealed(content))
    return _signer(content, signed), hashlib.sha256(signed).hexdigest()


def _signer(content: Mapping[str, Any], signed: bytes) -> str | None:
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - as above
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415 - as above

    try:
        key, signature = (bytes.fromhex(content[SEAL][name]) for name in ("key", "signature"))
        Ed25519PublicKey.from_public_bytes(key).verify(signature, signed)
    except (InvalidSignature, LookupError, TypeError, ValueError):
        return None
    return key.hex()


def _unsealed(content: Mapping[str, Any]) -> dict[str, Any]:
    return {name: content[name] for name in content if name != SEAL}


def _signed(content: Mapping[str, Any]) -> bytes:
    told = json.dumps(
        content, ensure_ascii=False, check_circular=False, sort_keys=True, separators=(",", ":")
    )
    return told.encode()


def json_text(data: bytes) -> str | None:
    """The text of a file that is JSON by its first sign; None for any other, and what is no text at all."""
    mark = next((mark for mark in _ENCODINGS if data.startswith(mark)), b"")
    if not mark and not data.lstrip(b" \t\r\n").startswith(b"{"):
        return None
    for encoding in (_ENCODINGS[mark],) if mark else ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return text if text.lstrip().startswith("{") else None
    return None
