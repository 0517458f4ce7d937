"""What one cell can say: a text, a day, an identity number, a code of a licence."""
