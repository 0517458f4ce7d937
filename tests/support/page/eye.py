"""What a page is to whoever cannot see it well."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


def serious(window: Page) -> list[str]:
    """What axe finds on the page that is open; it is put in once, and comes along to the window's next pages."""
    if not window.evaluate("'axe' in window"):
        window.evaluate(Axe().axe_script)
        window.add_init_script(Axe().axe_script)
    return [
        f"{one['id']} {[node['html'] for node in one['nodes']]}"
        for one in window.evaluate("axe.run({resultTypes: ['violations']}).then(found => found.violations)")
        if one["impact"] in {"serious", "critical"}
    ]
