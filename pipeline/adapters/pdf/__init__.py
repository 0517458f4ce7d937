"""PDF files: read back, cut and bookmarked by pypdfium2 and pypdf; of hundreds of thousands of pages written by hand.

``reading`` and ``cutting`` serve every paper; ``writer``, ``objects``, ``leaves``, ``own`` and ``type1`` the numbered letters.
"""
