"""What the commands do: one command, one module; none knows another, all take values and give an outcome."""
