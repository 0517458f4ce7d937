"""What units fill in: their dispatch cells, their part of the year's assessment."""
