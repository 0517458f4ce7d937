"""What a unit fills in on the page: its dispatch cells and its self-assessment, kept as the workbooks that it would have dropped."""
