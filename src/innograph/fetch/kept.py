"""Answers of the web that are kept in a folder, so that what has not changed is not fetched again."""

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address gave: its bytes, whole, and what was said of them."""

    address: str
    content: bytes
    media: str = ""
    """Media type, without parameters; empty if none was given."""
    modified: str = ""
    """When the publisher last changed it, as ``Last-Modified`` says; empty if it does not."""
    etag: str = ""
    unchanged: bool = False
    """True if it was at hand already and has not changed since."""

    @property
    def sha256(self) -> str:
        """Give the checksum of the content."""
        return hashlib.sha256(self.content).hexdigest()


class Kept:
    """A folder of answers: two files for each address, the content and what was said of it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find(self, address: str) -> Answer | None:
        """Give what is at hand of an address; nothing if it is missing or damaged."""
        place = self._place(address)
        try:
            said = json.loads(place.with_suffix(".json").read_bytes())
            checksum = said.pop("sha256")
            answer = Answer(content=place.with_suffix(".body").read_bytes(), **said)
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return None
        return answer if answer.sha256 == checksum and answer.address == address else None

    def keep(self, answer: Answer) -> None:
        """Keep an answer, if its publisher says how to ask whether it has changed."""
        if not (answer.etag or answer.modified):
            return
        place = self._place(answer.address)
        place.parent.mkdir(parents=True, exist_ok=True)
        said = {name: value for name, value in asdict(answer).items() if name not in ("content", "unchanged")}
        _write_aside(place.with_suffix(".body"), answer.content)
        _write_aside(place.with_suffix(".json"), json.dumps({**said, "sha256": answer.sha256}).encode())

    def _place(self, address: str) -> Path:
        return self._folder / hashlib.sha256(address.encode()).hexdigest()


def _write_aside(path: Path, content: bytes) -> None:
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        aside.write_bytes(content)
        os.replace(aside, path)
    finally:
        aside.unlink(missing_ok=True)
