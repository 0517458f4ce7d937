"""Measurements: ours against every other way of printing the same letters, in one run on one machine.

``__main__``   what is run, and how often
``meter``      a whole process from outside: time, processor, memory
``desk``       workspaces with more or fewer letters, and the letters' records for the others
``rivals``     the other ways, each a process of its own
``letter.typ`` a page like ours for Typst
``filled``     blank and filled letters printed, a process of its own
``stages``     where the time of a run goes, a process of its own
``diary``      what has been measured so far
``machine``    what it was measured on
``results``    the readings → ``RESULTS.md``
``unchanged``  whether an older version makes the same papers; ``fixed`` the command line with its clock stopped,
               ``differences`` what differs
"""
