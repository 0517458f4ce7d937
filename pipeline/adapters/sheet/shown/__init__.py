"""What a cell shows on the screen, as against what its file holds: 85.6% of 0.856, 2022/6/30 of 44742.

``number_format`` carries a format out, with its code, days and digits in modules of their own; ``looks`` finds what the
cells of a row have; ``values`` makes the same values of what every make of file holds.
"""
