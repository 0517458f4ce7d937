"""Who has an account: made, removed and given a new password at the command line."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from pipeline.errors import UsageFault
from pipeline.page.access import Role
from pipeline.page.models import Account


def add(name: str, password: str, role: Role, unit: str = "") -> None:
    """Make an account.

    :param unit: code of a unit's account's unit.
    :raises UsageFault: the name is taken or no name, or the password is too weak.
    """
    people: Any = get_user_model()
    person = people(username=name)
    _set(person, password)
    try:
        person.full_clean()
    except ValidationError as fault:
        raise UsageFault(f"账号 {name} 不能用：{_told(fault)}") from fault
    with transaction.atomic():
        person.save()
        Account.objects.create(user=person, role=role.value, unit=unit)


def _set(person: Any, password: str) -> None:
    try:
        validate_password(password, person)
    except ValidationError as fault:
        raise UsageFault(f"密码不能用：{_told(fault)}") from fault
    person.set_password(password)


def _told(fault: ValidationError) -> str:
    return "".join(fault.messages)
