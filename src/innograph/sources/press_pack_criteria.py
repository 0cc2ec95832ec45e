"""The criteria of selection in a press pack: a sentence that announces them, then a list of dashes.

Pages made from a PDF break lines: the sentence and each criterion may run on to more lines.
"""

import re
from collections.abc import Sequence

from innograph.records import Criterion, Span
from innograph.sources.announced import NUMBER, read_number
from innograph.sources.reading import Reading
from innograph.sources.running_text import RunningText, running_text

_ANNOUNCES = re.compile(rf"(?:(?P<number>{NUMBER})\s)?critères\b[^.:\n]{{0,100}}:", re.IGNORECASE)
_SPEAKS = re.compile(r"\bcritères\b", re.IGNORECASE)
_BULLET = re.compile(r"[-•]\s+(?P<label>.*\w.*)")


def read_criteria(
    reading: Reading, text: RunningText, front: Sequence[tuple[int, str]]
) -> tuple[Criterion, ...]:
    """Read the criteria that the pages before the dossiers list.

    :raises SourceError: the pages speak of criteria and list none, or not as many as they announce.
    """
    for match, lines in text.find(_ANNOUNCES):
        criteria = _listed([row for row in front if row[0] > lines[-1].end])
        if criteria:
            wanted = read_number(match["number"]) if match["number"] else len(criteria)
            if wanted != len(criteria):
                message = f"announces {wanted} criteria, {len(criteria)} are listed"
                reading.complain(lines[0].start, message)
            return criteria
    for _, lines in text.find(_SPEAKS):
        reading.complain(lines[0].start, "speaks of criteria, and none can be read here")
    return ()


def _listed(rows: Sequence[tuple[int, str]]) -> tuple[Criterion, ...]:
    """Read the bullets with which ``rows`` begin; a line right under a bullet goes on with it."""
    bullets: list[list[tuple[int, str]]] = []
    for number, line in rows:
        bullet = _BULLET.fullmatch(line)
        if bullet:
            bullets.append([(number, bullet["label"])])
        elif bullets and number == bullets[-1][-1][0] + 1:
            bullets[-1].append((number, line))
        else:
            break
    return tuple(
        Criterion(running_text(bullet).text.rstrip(" ,;."), (Span(bullet[0][0], bullet[-1][0]),))
        for bullet in bullets
    )
