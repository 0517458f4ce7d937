"""Figures for the tests of reports: businesses, letters, units and bulletins that nobody has."""
