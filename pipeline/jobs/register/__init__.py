"""The jobs of the register of letters: what became of each, is it sound, copies of it."""
