"""What the tests of a batch's files need."""

import pytest
from support.desk import Desk

from pipeline.workspace import Workspace, open_workspace


@pytest.fixture
def workspace(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setenv("PATH", str(desk.office), prepend=":")
    return open_workspace(desk.root)
