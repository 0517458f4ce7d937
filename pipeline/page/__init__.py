"""The workspace in a browser: what clerks do at the command line, done there by clicking.

Nothing is done a second way: every change is a run of a command in a process of its own; here is only read and shown.
"""

from pipeline.page.serving.site import prepare

prepare()
