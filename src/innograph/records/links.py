"""What linking hands over: which organization a name means, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from innograph.records.editions import BodyMention
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

    def __call__(
        self, name: str, lines: Lines, edition: str, *, context: str | None = None, beside: Sequence[str] = ()
    ) -> Link:
        """Link one name.

        :param context: what the document adds in brackets: a département's number, an island.
        :param beside: the names of those that are honoured together with it.
        :raises innograph.errors.DataError: the name fits no organization with certainty.
        """


def link_together(link: Linking, mentions: Sequence[BodyMention], edition: str) -> list[Link]:
    """Link mentions that stand together, such as the laureates of one distinction, each beside the others.

    :raises innograph.errors.DataError: one of them fits no organization with certainty.
    """
    return [
        link(
            mention.understood(),
            mention.lines,
            edition,
            context=mention.context,
            beside=mention.others(mentions),
        )
        for mention in mentions
    ]
