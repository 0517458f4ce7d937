"""Which column is which field's, what is doubtful in columns, and how a column's days are to be read."""
