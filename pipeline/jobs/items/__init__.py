"""The jobs ``items …``: what becomes of open items, entered, looked up, written out."""
