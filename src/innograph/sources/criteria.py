"""The criteria of selection: a sentence that announces them and ends with a colon, then a list."""

import re

from innograph.records import Criterion
from innograph.sources.announced import NUMBER, read_number
from innograph.sources.reading import Reading

_ANNOUNCES = re.compile(rf".*?(?:(?P<number>{NUMBER})\s)?critères\b[^.:]{{0,100}}:", re.IGNORECASE)
_ITEM = re.compile(r"[-•]\s+(?P<label>.*?\w.*?)\s*[,;.]?")


class CriteriaList:
    """The criteria of a document as they are read."""

    def __init__(self, reading: Reading, year: str) -> None:
        self._reading = reading
        self._year = year
        self._announced: tuple[int, str | None] | None = None
        """The line that announces the list, while it goes on, and the number of criteria that it prints."""
        self.found: list[Criterion] = []

    def take(self, line: int, text: str) -> bool:
        """Read ``line`` if it announces the criteria or is one of their list; tell whether it did.

        :raises SourceError: the list is not as long as announced, or the criteria are announced again.
        """
        announces, item = _ANNOUNCES.fullmatch(text), _ITEM.fullmatch(text)
        if item and self._announced:
            self.found.append(Criterion(item["label"], self._reading.lines(line)))
            return True
        self.close()
        if not announces:
            return False
        if self.found:
            raise self._reading.refuse(line, "announces criteria a second time")
        self._announced = (line, announces["number"])
        self._reading.lines(line)
        self._reading.audit_numbers(line, text, [self._year, announces["number"] or self._year])
        return True

    def close(self) -> None:
        """End the list, and hold it against the number that was announced.

        :raises SourceError: the list is empty, or not as long as announced.
        """
        if not self._announced:
            return
        line, number = self._announced
        self._announced = None
        wanted = read_number(number) if number else max(len(self.found), 1)
        if wanted != len(self.found):
            self._reading.complain(line, f"announces {wanted} criteria, {len(self.found)} are listed")
