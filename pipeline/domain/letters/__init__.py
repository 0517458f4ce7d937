"""Numbered letters: how they are numbered, what becomes of them, what is printed on them."""
