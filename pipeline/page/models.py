"""What the page itself keeps: accounts, runs, and who looked at whose data. The register is elsewhere."""

from django.conf import settings
from django.db import models


class Account(models.Model):
    """What somebody who logs in may do."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True)
    """Name and password, as Django keeps them."""
    role = models.CharField(max_length=16)
    """A :class:`~pipeline.page.access.Role`."""
    unit = models.CharField(max_length=16, blank=True, default="")
    """Code of his unit; empty for all but units."""
    unit_name = models.CharField(max_length=100, blank=True, default="")
    """Its name in the roster when the account was made."""


class Run(models.Model):
    """A command that somebody had run. How far it is, and what came of it, lies in its folder."""

    account = models.CharField(max_length=150, blank=True)
    """Who; empty at a machine without accounts."""
    unit = models.CharField(max_length=16, blank=True, default="")
    """Code of the unit whose it is; empty for the office's."""
    title = models.CharField(max_length=200)
    """What was asked for, for the eye: 编号并排版."""
    arguments: "models.JSONField[list[str]]" = models.JSONField()
    """The command's, without ``--root`` and ``--json``."""
    at = models.DateTimeField(auto_now_add=True, db_index=True)
    """When it was started."""


class Access(models.Model):
    """Somebody was shown personal data."""

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    """When."""
    account = models.CharField(max_length=150, blank=True)
    """Who; empty at a machine without accounts."""
    role = models.CharField(max_length=16)
    """As what."""
    address = models.CharField(max_length=64, blank=True)
    """From which network address."""
    shown = models.CharField(max_length=100)
    """What kind of data."""
    path = models.CharField(max_length=1000)
    """Which page or file."""
