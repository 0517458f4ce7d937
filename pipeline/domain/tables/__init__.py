"""What a sheet is: its kind, its header, which of its lines are rows."""
