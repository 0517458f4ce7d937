"""What the tests work with: offices, clerks, inputs, programs that fail."""
