"""How well linking does: over cases that people wrote, and over names of the registers, distorted at random.

What counts: *wrong* automatic links (to be next to none), *precision* among automatic links, *recall* (right
automatic links among the cases that have an answer), and *top-1*: how often the best candidate is the answer.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from innograph.curation.tables import read_table
from innograph.errors import DataError
from innograph.linking.gazetteer import Gazetteer
from innograph.linking.judgement import judge
from innograph.linking.weighing import Question

NONE = "none"
"""The answer to a case in which nothing may be linked without a person."""


@dataclass(frozen=True, slots=True)
class Case:
    """A name with what is known beside it, and the identifier of the entry that it means, or ``none``.

    ``difficulty`` names the class of the case; ``why`` says what makes it hard.
    """

    difficulty: str
    mention: str
    kind: str
    department: str
    date: str
    expected: str
    why: str

    def question(self) -> Question:
        """Give the question that this case puts."""
        return Question(
            self.mention,
            kinds=frozenset(filter(None, [self.kind])),
            departments=frozenset(filter(None, [self.department])),
            on=self.date,
        )


@dataclass(slots=True)
class Tally:
    """What came out of the cases of one class."""

    cases: int = 0
    answerable: int = 0
    right: int = 0
    wrong: int = 0
    first: int = 0
    """Cases with an answer in which it was the best candidate."""
    misses: list[tuple[Case, str]] = field(default_factory=list)
    """What went wrong: wrong links, and answers that were not linked; with what was linked instead."""

    def add(self, case: Case, linked: str, best: str) -> None:
        """Count one case: what was linked (or ``none``), and the best candidate."""
        self.cases += 1
        self.wrong += linked not in (NONE, case.expected)
        if case.expected != NONE:
            self.answerable += 1
            self.right += linked == case.expected
            self.first += best == case.expected
        if linked != case.expected:
            self.misses.append((case, linked))

    @property
    def precision(self) -> float:
        """Give the part of the automatic links that is right; 1 where there is none."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Give the part of the answers that was linked; 1 where there is none."""
        return self.right / self.answerable if self.answerable else 1.0

    @property
    def top_1(self) -> float:
        """Give the part of the answers that was the best candidate; 1 where there is none."""
        return self.first / self.answerable if self.answerable else 1.0


def read_cases(path: Path) -> list[Case]:
    """Read a table of cases.

    :raises DataError: it is missing, malformed or empty.
    """
    cases = read_table(Case, path)
    if not cases:
        raise DataError("no case: there is nothing to evaluate", path)
    return cases


def evaluate(cases: Iterable[Case], gazetteer: Gazetteer) -> dict[str, Tally]:
    """Link every case, and count by class; classes come in order of their first case."""
    tallies: dict[str, Tally] = {}
    for case in cases:
        candidates = gazetteer.candidates(case.question())
        certain = judge(candidates)
        tallies.setdefault(case.difficulty, Tally()).add(
            case, certain.entry.id if certain else NONE, candidates[0].entry.id if candidates else NONE
        )
    return tallies


def total(tallies: Iterable[Tally]) -> Tally:
    """Add up what came out of several classes."""
    whole = Tally()
    for tally in tallies:
        whole.cases += tally.cases
        whole.answerable += tally.answerable
        whole.right += tally.right
        whole.wrong += tally.wrong
        whole.first += tally.first
        whole.misses += tally.misses
    return whole


def worst(tallies: Iterable[Tally]) -> Iterator[str]:
    """Describe the misses, wrong links first, one line each."""
    misses = [miss for tally in tallies for miss in tally.misses]
    for case, linked in sorted(misses, key=lambda miss: miss[1] == NONE):
        what = "WRONG" if linked != NONE else "missed"
        context = " ".join(filter(None, (case.kind, case.department, case.date)))
        yield f"{what}\t{case.difficulty}\t{case.mention}\t{context}\t{case.expected}\t{linked}"
