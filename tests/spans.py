"""Lines of a document, written short."""

from innograph.records import Lines, Span


def at(*lines: int | str) -> Lines:
    """Give the lines that a test names: ``at(3, "5-6")``."""
    return tuple(Span.parse(str(line)) for line in lines)
