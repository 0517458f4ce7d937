"""PDFs: read, cut, written page by page, compared."""
