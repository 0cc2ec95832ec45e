"""What linking hands over: which organization a name means, and why."""

from dataclasses import dataclass
from typing import Protocol

from innograph.records.lines import Lines


@dataclass(frozen=True, slots=True)
class Link:
    """The organization that a name means, by a rule, or by the decision of a reader (who, when, why)."""

    organization: str
    rule: str | None = None
    curator: str = ""
    when: str = ""
    why: str = ""


class Linking(Protocol):
    """Links a name, printed at ``lines`` in the document of ``edition``, to its organization, or refuses."""

    def __call__(self, name: str, lines: Lines, edition: str) -> Link:
        """Link one name.

        :raises innograph.errors.DataError: the name fits no organization with certainty.
        """
