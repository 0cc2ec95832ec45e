"""The reviewed data: reading ``data/`` strictly, and writing it in its one canonical form."""
