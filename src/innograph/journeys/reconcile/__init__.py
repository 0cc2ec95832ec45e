"""Reconciliation: names that somebody wrote → bodies of registers and graph, with their identifiers."""
