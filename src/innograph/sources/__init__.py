"""Reading award documents: one module per family of documents, and the one list of families."""
