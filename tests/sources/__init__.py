"""The parsers: made-up documents of every family, and the real ones where they are at hand."""
