"""Linking mentions to organizations: a reader's decision first, then the exact name, else nothing.

Nothing is guessed: a name that fits several bodies, or none, stays a question for a person.
"""

from collections import defaultdict

from innograph.curation.bodies import Bodies
from innograph.errors import DataError
from innograph.names import analyse
from innograph.records import Lines, Link
from innograph.text import fold


class Linker:
    """Links mentions to the organizations of ``data/organizations.tsv``.

    - ``decision``: a row of ``data/decisions.tsv`` names the mention, for this edition or for all.
    - ``exact-name``: the mention tells a kind, and one body of that kind has exactly that name.
    - ``bare-name``: the mention tells no kind; the only commune of that name, or else the only body of it.
    """

    def __init__(self, bodies: Bodies) -> None:
        self._by_name: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for row in bodies.organizations.values():
            told, name = analyse(row.name)
            for kind in {row.kind, told or row.kind}:
                self._by_name[name][kind].add(row.key)
        self._decisions = {
            (fold(row.mention), row.context): row for row in bodies.decisions if row.about == "organization"
        }

    def link(self, name: str, edition: str) -> Link | None:
        """Link a name that the document of ``edition`` prints, or give None if none fits, or several."""
        for context in (edition, "*"):
            row = self._decisions.get((fold(name), context))
            if row:
                return Link(row.identifier, curator=row.who, when=row.when, why=row.why)
        told, rest = analyse(name)
        kinds = self._by_name.get(rest, {})
        if told:
            return _only(kinds.get(told, set()), "exact-name")
        return _only(kinds.get("commune", set()), "bare-name") or _only(
            set().union(*kinds.values()), "bare-name"
        )

    def __call__(self, name: str, lines: Lines, edition: str) -> Link:
        """Link a name printed at ``lines``.

        :raises DataError: no body fits with certainty; says where, and what to write.
        """
        found = self.link(name, edition)
        if found is None:
            raise DataError(
                f"{name!r} (line {lines[0]} of its document) fits no organization with certainty: add it to"
                " data/organizations.tsv, or a decision to data/decisions.tsv",
                f"data/editions/{edition}.yaml",
            )
        return found


def _only(keys: set[str], rule: str) -> Link | None:
    return Link(next(iter(keys)), rule) if len(keys) == 1 else None
