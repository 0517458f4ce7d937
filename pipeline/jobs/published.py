"""The year's bulletins that count, for every job that goes by them."""

from pipeline.adapters.archive import Archive
from pipeline.domain.period import Month
from pipeline.reports.bulletin import BULLETIN
from pipeline.reports.bulletin.content import Content


def bulletins(archive: Archive, year: int) -> dict[int, Content]:
    """Month of a year → its bulletin, the latest revision, in the order of the months."""
    found = {
        Month.read(name): BULLETIN.from_plain(each.content)
        for name, each in archive.of_kind(BULLETIN.name).items()
    }
    return {
        each.month: found[each] for each in sorted(found, key=lambda each: each.name) if each.year == year
    }
