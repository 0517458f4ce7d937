"""Rows read as the product reads them, for tests of its rules; numbers of papers read as a person does."""
