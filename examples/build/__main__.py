"""``python -m examples.build [folder]``: make the example workspaces, by default where they lie in the repository."""

import sys
from pathlib import Path

from examples.build.clean import make_clean
from examples.build.county import ROOT
from examples.build.dirty import make_dirty, make_dirty_plan
from examples.build.district import make_district
from examples.build.jincheng import make_jincheng


def main() -> None:
    """Make every workspace anew."""
    target = Path(sys.argv[1]) if sys.argv[1:] else ROOT / "examples"
    make_clean(target / "2022")
    make_dirty(target / "2022-dirty")
    make_dirty_plan(target / "2022-dirty-plan")
    make_district(target / "qingyuan-2024")
    make_jincheng(target / "jincheng")


main()
