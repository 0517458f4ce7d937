"""The month's work bulletin (简报) and its wall chart (作战图)."""
