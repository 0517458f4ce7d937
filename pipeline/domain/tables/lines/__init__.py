"""Which lines of a sheet are rows of its table, and what the others are."""
