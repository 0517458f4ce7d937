"""Which tables of real exporters the product reads: the same twelve registrations and applicants, written by each.

Nothing of it runs in the tests: it needs npm, pip and a network.

``__main__``  what is run, one after the other
``pins``      the packages, with their versions
``making``    a folder with the packages in it; each exporter's files
``reading``   the product on these files: what was right, what it said
``page``      the outcomes → ``docs/导出程序.md``
``scripts/``  the exporters themselves, for node and for a Python of their own; none of them knows the product
"""
