"""The two sheets of a year-end assessment that people fill in: what units give themselves, and figures nobody can count."""
