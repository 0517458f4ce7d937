"""How a publication comes about: rendered, read back, sealed, put in its place whole."""
