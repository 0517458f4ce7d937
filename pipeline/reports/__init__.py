"""What the task force publishes: one folder for each kind of report, none of which knows another."""
