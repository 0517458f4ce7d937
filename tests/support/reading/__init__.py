"""Rows read as the product reads them, for tests of its rules."""
