"""Workbooks of before 2007 (.xls, .et): ``ole2`` is their container, ``xls`` their cells.

Encrypted ones come in that container too, the newer .xlsx included; ``protected`` opens those whose password is known to all.
"""
