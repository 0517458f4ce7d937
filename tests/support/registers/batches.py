"""A batch that is numbered, and its files made in this process, for tests of what a batch's folder holds."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from pipeline.adapters.register import open_register
from pipeline.domain.letters.model import Batch, Draft, Imprint, Order
from pipeline.domain.model import Applicant, Unit
from pipeline.letters.batch_files import BatchFiles, batch_files, open_templates
from pipeline.publishing.renderer import Renderer
from pipeline.workspace import Workspace
from support.clerk import Quiet
from support.inputs.people import person

NOW = datetime(2022, 6, 1, 8, 30, tzinfo=UTC)
DAY = date(2022, 6, 1)
UNIT = Unit("01", "东村镇", "岚县东村镇人民政府", "乡镇")
HARD = [
    person(name="王㛃堃", business="岚县䶮记面馆"),
    person(name="欧阳&<b>", business="某某<个体>经营部", scope="\"引号\" & '单引号'"),
    person(name="{{ 姓名 }}", business="{% raw %}", scope="{# 注 #}"),
    person(address="山西省吕梁市岚县东村镇滨河北路109号农贸市场内2号楼3单元1201室"),
    person(business="岚县KTV娱乐3D打印24小时便利店", scope="LED灯具、电动车（含配件）"),
    person(id_no="99999919900101123X", phone="0358-6720000"),
]


@contextmanager
def files_of(
    workspace: Workspace, engine: str | None, teller: Quiet | None = None, letters: int = 0, **more: Any
) -> Iterator[BatchFiles]:
    with (
        Renderer(workspace) as renderer,
        batch_files(renderer, open_templates(workspace), teller or Quiet(), engine, letters, **more) as files,
    ):
        yield files


def numbered(workspace: Workspace, people: list[Applicant | None]) -> Batch:
    drafts = [Draft(UNIT, who, DAY if who else None) for who in people]
    with open_register(workspace.register) as register:
        batch = register.reserve(
            lambda _: drafts,
            workspace.serials,
            Imprint("岚县", "岚县办公室", 50),
            Order("letters"),
            NOW,
        )
    assert batch is not None
    return batch


def folder_of(workspace: Workspace) -> Path:
    return workspace.outputs / "letters" / "2022-001"
