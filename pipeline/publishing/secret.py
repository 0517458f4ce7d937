"""Whether this office may make the secret that marks and seals are made with."""

from pipeline.adapters.register import Register
from pipeline.errors import FileFault
from pipeline.workspace import Workspace


def refuse_second_secret(register: Register, workspace: Workspace) -> None:
    """Before a secret is made: see whether another office that shares the register has one.

    :raises FileFault: it has, and this one has none.
    """
    if workspace.office is not None and register.head() is not None and not workspace.secret.exists():
        raise FileFault(
            f"没有验证码的密钥 {workspace.secret}，别的办公室却已经编过号。请从那里把 verify.key 复制来再试；"
            "各做各的密钥，就验不了真伪。"
        )
