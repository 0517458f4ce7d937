"""The job ``items export``: the items written out, in the place of the last ones."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from pipeline.jobs.items.lookup import chosen, items_on
from pipeline.publishing.publish import publish
from pipeline.publishing.renderer import Renderer
from pipeline.reports.items import ITEM_LEDGER
from pipeline.reports.items.documents import Content
from pipeline.workspace import Workspace


def export(
    workspace: Workspace, wanted: Sequence[str], today: date, now: datetime, say: Callable[[str], None],
    year: int | None = None,
) -> str:  # fmt: skip
    """Both ledgers, the forms and the figures in ``outputs/items``; the folder.

    :param year: of the items' numbers; the plan year unless said.
    :param wanted: items of which a form is wanted, besides those that wait for review.
    :raises UsageFault: a number cannot be read.
    :raises RegisterFault: there is no such item.
    :raises TemplateFault: a template is missing or not as it must be.
    :raises ConversionFault: LibreOffice failed, or its pages do not say all that they should.
    :raises FileFault: the disk refuses.
    """
    plan, items = workspace.settings.plan, items_on(workspace, today, year)
    content = Content(
        year or plan.year, plan.county, plan.office, now, today, workspace.settings.items.due_soon, workspace.item_numbers,
        items, chosen(workspace, wanted, today),
    )  # fmt: skip
    with Renderer(workspace) as renderer:
        say("正在排挂账销号台账……")
        return publish(renderer, ITEM_LEDGER, content)
