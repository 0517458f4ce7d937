"""What two machines must have alike."""

import zlib

from pipeline.adapters.workers.likeness import difference, own, unlike
from pipeline.errors import ExitCode


def test_a_machine_goes_by_its_program_and_by_what_that_works_with() -> None:
    assert {"本程序", "Python", "zlib", "lxml", "pypdfium2", "zxing-cpp"} <= own().keys()
    assert own()["zlib"] == zlib.ZLIB_RUNTIME_VERSION
    assert "distributed" not in own(), "an extra makes no file"


def test_two_like_machines_differ_in_nothing() -> None:
    assert difference(dict(own()), own()) == ""


def test_what_differs_is_named_on_both_sides() -> None:
    theirs = {name: version for name, version in own().items() if name != "zlib"} | {"lxml": "4.9"}
    told = difference(theirs, own())
    assert f"lxml 那里是 4.9、本机是 {own()['lxml']}" in told and "zlib 那里是 没有" in told
    assert "Python" not in told
    assert unlike(told).exit_code == ExitCode.TOOL
