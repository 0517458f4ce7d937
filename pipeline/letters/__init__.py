"""Numbered letters → pages → a batch's folder."""
