"""督查: who lags and for how long, which paper that asks for, and what has become of the papers."""
