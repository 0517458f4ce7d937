"""Open items (挂账事项): what is done to one, when it may be done, and what follows from the dates."""
