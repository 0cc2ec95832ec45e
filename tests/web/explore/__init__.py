"""Exploration of the real graph: counts, files, views, what others like me did, bad input."""
