"""The store: snapshots, queries, formats, and stores that others run."""
