"""Who has an account: made, removed and given a new password at the command line."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import MinimumLengthValidator, validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from pipeline.domain.model import Unit
from pipeline.domain.records.unit_names import find_unit
from pipeline.domain.wording import near
from pipeline.errors import UsageFault
from pipeline.intake import read_inputs
from pipeline.page.access import Role
from pipeline.page.models import Account
from pipeline.workspace import Workspace


class LongEnough(MinimumLengthValidator):
    """Django's own, whose sentence of this version has no Chinese yet."""

    def get_error_message(self) -> str:
        """What is said of a shorter one."""
        return f"太短了，至少要{self.min_length}个字。"


def unit_named(workspace: Workspace, text: str, today: date) -> Unit:
    """The unit of the roster that is called so, or has this code.

    :raises UsageFault: there is none.
    """
    units = read_inputs(workspace, today).units
    unit = find_unit(text, units) or next((each for each in units if each.code == text.zfill(2)), None)
    if unit is None:
        raise UsageFault(f"单位名录里没有“{text}”{near(text, [each.name for each in units])}")
    return unit


def add(name: str, password: str, role: Role, unit: Unit | None = None) -> None:
    """Make an account.

    :param unit: whose it is, where it is a unit's.
    :raises UsageFault: the name is taken or no name, or the password is too weak.
    """
    person = get_user_model()(username=name)
    _set_password(person, password)
    try:
        person.full_clean()
    except ValidationError as fault:
        raise UsageFault(f"账号“{name}”不能用：{_told(fault)}") from fault
    code, unit_name = (unit.code, unit.name) if unit else ("", "")
    with transaction.atomic():
        person.save()
        Account.objects.create(user=person, role=role.value, unit=code, unit_name=unit_name)


def change_password(name: str, password: str) -> None:
    """Give an account a new password; whoever is logged in with the old one is logged out.

    :raises UsageFault: there is no such account, or the password is too weak.
    """
    person = _person(name)
    _set_password(person, password)
    person.save()


def remove(name: str) -> None:
    """Take an account away, and its sessions with it. What it did stays under its name.

    :raises UsageFault: there is no such account.
    """
    _person(name).delete()


def all_accounts() -> Sequence[Account]:
    """Everybody's: the county's own people first, then the units by code."""
    return list(Account.objects.select_related("user").order_by("unit", "role", "user__username"))


def has_accounts() -> bool:
    """Whether there is any."""
    return Account.objects.exists()


def _person(name: str) -> Any:
    found = get_user_model().objects.filter(username=name).first()
    if found is None:
        raise UsageFault(f"没有账号“{name}”。有哪些账号：pipeline page account list。")
    return found


def _set_password(person: Any, password: str) -> None:
    try:
        validate_password(password, person)
    except ValidationError as fault:
        raise UsageFault(f"密码不能用：{_told(fault)}") from fault
    person.set_password(password)


def _told(fault: ValidationError) -> str:
    return "".join(fault.messages)
