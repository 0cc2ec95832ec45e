"""Tables of cases: tab-separated files with a header, one case a row."""

from pathlib import Path


def rows(path: Path) -> list[list[str]]:
    r"""Read the rows of a table below its header; ``\n`` in a cell stands for a line end."""
    _, *lines = path.read_text(encoding="utf-8").splitlines()
    return [[cell.replace("\\n", "\n") for cell in line.split("\t")] for line in lines]
