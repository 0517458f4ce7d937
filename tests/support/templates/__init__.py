"""Templates of letters as clerks make them of ours."""
