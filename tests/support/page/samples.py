"""Something to ask each address for: what belongs to the first unit, where it can belong to one."""

import re
from collections.abc import Callable, Mapping

from django.utils import timezone

from pipeline.adapters.register import open_register
from pipeline.domain.letters.model import Serial
from pipeline.page.access import Route
from pipeline.page.models import Run
from support.page import UNITS, Site
from support.registers.numbered import reserve


def _run(_: Site) -> str:
    run = Run.objects.create(account="own", unit=UNITS[0].code, title="检查", arguments=["check"])
    Run.objects.filter(pk=run.pk).update(at=timezone.now().replace(year=2022))
    return str(run.pk)


def _file(site: Site) -> str:
    path = site.desk.outputs / "letters" / "2022-001" / "介绍信.pdf"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"%PDF-1.7")
    return path.relative_to(site.desk.outputs).as_posix()


def _letter(site: Site) -> str:
    with open_register(site.desk.register) as register:
        if register.find(Serial(2022, UNITS[0].code, 1)) is None:
            reserve(register, (UNITS[0], 1))
    return "1"


SAMPLES: Mapping[str, Callable[[Site], str]] = {
    "number": _run,
    "name": _file,
    "unit": lambda _: UNITS[0].code,
    "year": lambda _: "2022",
    "letter": _letter,
    "what": lambda _: "check",
}
"""A parameter of a path → how to make something that it can name."""


def address(route: Route, site: Site) -> str:
    """An address of the route; a parameter that :data:`SAMPLES` does not know is a fault of the test."""
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: SAMPLES[found[1]](site), route.path)
