"""Makes the example workspaces: ``python -m examples.build``. Same seed, same files.

Every person and business is made up, see :mod:`examples.build.people`.
"""
