"""What the task force publishes: a folder for each kind, none knows another; ``kinds`` has them all."""
