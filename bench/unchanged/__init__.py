"""Whether an older version of the program and the one here make the same papers."""
