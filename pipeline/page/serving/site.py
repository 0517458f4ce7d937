"""Django for one workspace: its settings, its own database and what it keeps beside it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import django
from csp.constants import NONE, SELF
from django.conf import settings
from django.core.management import call_command
from django.core.management.utils import get_random_secret_key
from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from pipeline.errors import FileFault, writing
from pipeline.workspace import Workspace

LOCAL = ("127.0.0.1", "localhost", "[::1]")
"""Names of this machine for itself."""
TRIES = 5
"""Wrong passwords after which an account is locked."""
LOCKED = timedelta(minutes=15)
"""For how long."""

_SAME: dict[str, Any] = {
    "ROOT_URLCONF": "pipeline.page.urls",
    "INSTALLED_APPS": [
        "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions",
        "django.contrib.messages", "django.contrib.staticfiles", "axes", "csp", "pipeline.page",
    ],
    "MIDDLEWARE": [
        "django.middleware.security.SecurityMiddleware", "csp.middleware.CSPMiddleware",
        "pipeline.page.serving.bounded.bounded",
        "whitenoise.middleware.WhiteNoiseMiddleware", "django.middleware.clickjacking.XFrameOptionsMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware", "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware", "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware", "axes.middleware.AxesMiddleware",
    ],
    "TEMPLATES": [{
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": [
            "django.template.context_processors.request", "django.contrib.messages.context_processors.messages",
            "pipeline.page.access.shown_everywhere",
        ]},
    }],
    "DATABASES": {"default": {
        "ENGINE": "django.db.backends.sqlite3",
        "OPTIONS": {"timeout": 30, "transaction_mode": "IMMEDIATE", "init_command": "PRAGMA synchronous=FULL"},
    }},
    "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
    "AUTHENTICATION_BACKENDS": [
        "axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend",
    ],
    "AUTH_PASSWORD_VALIDATORS": [
        {"NAME": "pipeline.page.accounts.LongEnough", "OPTIONS": {"min_length": 10}},
        *(
            {"NAME": f"django.contrib.auth.password_validation.{name}PasswordValidator"}
            for name in ("Common", "Numeric")
        ),
        {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    ],
    "PASSWORD_HASHERS": [
        "django.contrib.auth.hashers.ScryptPasswordHasher", "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    ],
    "LOGIN_URL": "login", "LOGIN_REDIRECT_URL": "front", "LOGOUT_REDIRECT_URL": "login",
    "LANGUAGE_CODE": "zh-hans", "USE_I18N": True,
    "USE_TZ": False, "TIME_ZONE": "UTC",  # times are the machine's own, as at the command line
    "STATIC_URL": "/static/", "WHITENOISE_USE_FINDERS": True, "WHITENOISE_AUTOREFRESH": False,
    "SESSION_COOKIE_AGE": 12 * 3600, "SESSION_EXPIRE_AT_BROWSER_CLOSE": True,
    "CSRF_COOKIE_HTTPONLY": True,
    "CSRF_FAILURE_VIEW": "pipeline.page.faults.forged",
    "SECURE_REFERRER_POLICY": "same-origin", "X_FRAME_OPTIONS": "DENY",
    "CONTENT_SECURITY_POLICY": {"DIRECTIVES": {
        "default-src": [NONE], "script-src": [SELF], "style-src": [SELF], "img-src": [SELF],
        "connect-src": [SELF], "form-action": [SELF], "base-uri": [NONE], "frame-ancestors": [NONE],
    }},
    "FILE_UPLOAD_HANDLERS": ["django.core.files.uploadhandler.TemporaryFileUploadHandler"],
    "FILE_UPLOAD_PERMISSIONS": 0o600,
    "DATA_UPLOAD_MAX_NUMBER_FILES": 2000, "DATA_UPLOAD_MAX_NUMBER_FIELDS": 5000,
    "AXES_LOCKOUT_PARAMETERS": [["username", "ip_address"]], "AXES_FAILURE_LIMIT": TRIES,
    "AXES_COOLOFF_TIME": LOCKED, "AXES_RESET_ON_SUCCESS": True, "AXES_LOCKOUT_TEMPLATE": "page/locked.html",
    "AXES_VERBOSE": False, "AXES_ENABLE_ADMIN": False, "SILENCED_SYSTEM_CHECKS": ["axes.W006"],
    "LOGGING_CONFIG": None,
}  # fmt: skip
"""Django's settings that are the same for every workspace."""


class Folders:
    """The page's own folder in a workspace; others may not look into it."""

    def __init__(self, workspace: Workspace) -> None:
        self.root = workspace.root / "page"
        self.database = self.root / "page.db"
        self.incoming = self.root / "incoming"
        """Files on their way into ``inputs/``, on the same file system."""
        self.runs = self.root / "runs"
        """A folder for each run."""

    def make(self) -> None:
        """See that they are there.

        :raises FileFault: they cannot be.
        """
        with writing():
            for folder in (self.root, self.incoming, self.runs):
                folder.mkdir(mode=0o700, exist_ok=True)


def prepare() -> None:
    """Set Django up as far as it is the same for every workspace; nothing of the page can be imported before."""
    if not settings.configured:
        settings.configure(**_SAME)
        django.setup()


def open_site(workspace: Workspace, hosts: tuple[str, ...] | None = None) -> None:
    """Make Django serve a workspace from now on; a process serves one at a time.

    :param hosts: by which names other machines call it, by TLS; None where only this machine can. A request with
        another ``Host`` is refused.
    :raises FileFault: its folder cannot be written, or its database not read.
    """
    folders = Folders(workspace)
    folders.make()
    shared = hosts is not None
    for name, value in {
        "WORKSPACE": workspace, "FOLDERS": folders, "SECRET_KEY": _secret(folders.root / "secret.key"),
        "ALLOWED_HOSTS": list(LOCAL if hosts is None else hosts), "SHARED": shared,
        "RECENT": MovingWindowRateLimiter(MemoryStorage()),
        "FILE_UPLOAD_TEMP_DIR": str(folders.incoming),
        "SESSION_COOKIE_SECURE": shared, "CSRF_COOKIE_SECURE": shared,
        "SECURE_HSTS_SECONDS": 30 * 86400 if shared else 0,
    }.items():  # fmt: skip
        setattr(settings, name, value)
    connections.close_all()
    for known in (connections.settings["default"], connections["default"].settings_dict):
        known["NAME"] = str(folders.database)
    with writing(), _readable(folders.database):
        executor = MigrationExecutor(connections["default"])
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", verbosity=0, interactive=False)
        folders.database.chmod(0o600)


@contextmanager
def _readable(database: Path) -> Iterator[None]:
    try:
        yield
    except DatabaseError as fault:
        raise FileFault(
            f"网页的数据库 {database} 打不开（{fault}）。请先查磁盘；确实坏了的，把它移走，再开网页、立账号，台账不受影响。"
        ) from fault


def _secret(path: Path) -> str:
    """What sessions are signed with, made when first asked for; for the owner's eyes alone."""
    with writing():
        if not path.exists():
            new = path.with_suffix(".new")
            new.unlink(missing_ok=True)
            descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w") as file:
                file.write(get_random_secret_key())
                file.flush()
                os.fsync(file.fileno())
            new.rename(path)
        return path.read_text(encoding="ascii")
