"""Workbooks of before 2007 (.xls), the container that they and encrypted ones come in, and their passwords."""
