"""Versions of the page's own tables, from the first on."""
