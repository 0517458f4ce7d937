"""What the repository's own ``pipeline.toml`` says."""

from pipeline.workspace import open_workspace
from support.desk import ROOT

SETTINGS = open_workspace(ROOT).settings
