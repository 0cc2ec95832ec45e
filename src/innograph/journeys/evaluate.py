"""Measuring how well linking does, over the cases of the repository and distorted names of the registers."""

from dataclasses import dataclass
from pathlib import Path

from innograph.linking.distort import distorted
from innograph.linking.evaluate import Tally, evaluate, read_cases, total, worst
from innograph.linking.gazetteer import Gazetteer
from innograph.registry.file import Registry


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What came out, class by class, of the written cases (if there were any) and of the distorted names."""

    written: dict[str, Tally]
    distorted: dict[str, Tally]

    def rows(self) -> list[tuple[str, Tally]]:
        """Give the classes with their tallies, each part ending with its total."""
        parts = (("cases", self.written), ("distorted names", self.distorted))
        return [
            row
            for name, tallies in parts
            if tallies
            for row in (*tallies.items(), (f"all {name}", total(tallies.values())))
        ]

    def misses(self) -> list[str]:
        """Describe what went wrong in the written cases, and the wrong links of the distorted names."""
        wrong = [line for line in worst(self.distorted.values()) if line.startswith("WRONG")]
        return [*worst(self.written.values()), *wrong]


def evaluate_linking(registry: Registry, cases: Path | None, sample: int) -> Evaluation:
    """Evaluate linking.

    :param cases: a table of cases; None leaves this part out.
    :param sample: how many bodies of the registers are distorted.
    :raises DataError: the table is malformed.
    """
    gazetteer = Gazetteer(registry)
    return Evaluation(
        evaluate(read_cases(cases), gazetteer) if cases else {},
        evaluate(distorted(registry, sample), gazetteer),
    )
