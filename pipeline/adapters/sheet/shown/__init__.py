"""What a cell shows: number formats, days, and how a value is seen."""
