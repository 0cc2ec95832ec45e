"""The store: whole versions of the graph on disk, the questions kept as files, and their answers."""
