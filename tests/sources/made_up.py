"""The made-up documents, one or two for each family, and how a test alters one."""

from pathlib import Path

CASES = Path(__file__).parent / "cases"


def changed(document: Path, old: str, new: str) -> str:
    """Give the text of a made-up document with one passage replaced, which must stand in it exactly once."""
    text = document.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    return text.replace(old, new)
