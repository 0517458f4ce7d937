"""The outside world: each module hides one outside thing, and none imports another."""
