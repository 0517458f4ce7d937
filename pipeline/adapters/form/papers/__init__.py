"""Papers of several pages, whose paragraphs are set.

``paper``    pages with slots in them
``fillings`` the same paper filled in several times → its slots
"""
