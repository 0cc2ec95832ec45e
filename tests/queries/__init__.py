"""The questions of ``queries/`` against what a reader found in the documents."""
