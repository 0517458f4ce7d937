"""Registers for tests: made by the product, by servers of their own, and as another tool sees them."""
