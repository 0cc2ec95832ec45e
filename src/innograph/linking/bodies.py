"""Linking mentions to our bodies: a reader's decision first, then names and registers together, else nothing.

Nothing is guessed: a name that fits several bodies, of ours or of all France, or none, stays a question for a
person.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from innograph.curation.bodies import Bodies
from innograph.errors import DataError
from innograph.linking.gazetteer import Gazetteer
from innograph.linking.judgement import judge
from innograph.linking.registered import RULE, RegisterLink
from innograph.linking.weighing import Candidate, Question
from innograph.names import analyse
from innograph.records import Lines, Link
from innograph.text import fold


class Linker:
    """Links mentions to the organizations of ``data/organizations.tsv``.

    - ``decision``: a row of ``data/decisions.tsv`` names the mention, for this edition or for all.
    - ``exact-name``: the mention tells a kind, and one body of that kind has exactly that name.
    - ``bare-name``: the mention tells no kind; the only commune of that name, or else the only body of it.
    - ``register-name``: the registers have one certain entry for the mention, and one of our bodies is it.

    With the registers at hand, a name that links by the first two rules must not mean another entry of them.
    """

    def __init__(
        self,
        bodies: Bodies,
        gazetteer: Gazetteer | None = None,
        links: Mapping[str, RegisterLink] | None = None,
        days: Mapping[str, str] | None = None,
    ) -> None:
        """Make a linker.

        :param links: which entry of the registers each body is.
        :param days: for each edition a day (ISO 8601) on which its document uses its names.
        """
        self._gazetteer = gazetteer
        self._days = days or {}
        self._entries = {key: link.entry.id for key, link in (links or {}).items() if link.entry}
        self._owners = {entry: key for key, entry in self._entries.items()}
        self._by_name: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for row in bodies.organizations.values():
            told, name = analyse(row.name)
            for kind in {row.kind, told or row.kind}:
                self._by_name[name][kind].add(row.key)
        self._decisions = {
            (fold(row.mention), row.context): row for row in bodies.decisions if row.about == "organization"
        }

    def link(
        self, name: str, edition: str, *, context: str | None = None, beside: Sequence[str] = ()
    ) -> Link | None:
        """Link a name that the document of ``edition`` prints, or give None if none fits, or several."""
        for where in (edition, "*"):
            row = self._decisions.get((fold(name), where))
            if row:
                return Link(row.identifier, curator=row.who, when=row.when, why=row.why)
        found = self._by_our_names(name)
        if self._gazetteer is None:
            return found
        return self._agreed(found, self.candidates(name, edition, context=context, beside=beside))

    def candidates(
        self, name: str, edition: str, *, context: str | None = None, beside: Sequence[str] = ()
    ) -> list[Candidate]:
        """List the entries of the registers that a name may mean, the best first.

        Where the name alone leaves several, the départements of those beside it decide.
        """
        if self._gazetteer is None:
            return []
        question = Question(f"{name} ({context})" if context else name, on=self._days.get(edition, ""))
        found = self._gazetteer.candidates(question)
        if not beside or judge(found):
            return found
        others = (judge(self._gazetteer.candidates(Question(other))) for other in beside)
        where = frozenset(other.entry.department for other in others if other and other.entry.department)
        closer = self._gazetteer.candidates(replace(question, departments=where)) if where else []
        return closer if judge(closer) else found

    def _by_our_names(self, name: str) -> Link | None:
        told, rest = analyse(name)
        kinds = self._by_name.get(rest, {})
        if told:
            return _only(kinds.get(told, set()), "exact-name")
        return _only(kinds.get("commune", set()), "bare-name") or _only(
            set().union(*kinds.values()), "bare-name"
        )

    def _agreed(self, found: Link | None, candidates: Sequence[Candidate]) -> Link | None:
        """Keep a link by our own names where the registers speak of no other entry; else take theirs."""
        certain = judge(candidates)
        if certain:
            owner = self._owners.get(certain.entry.id)
            if found and found.organization != owner:
                return None
            return found or (Link(owner, RULE) if owner else None)
        if found is None:
            return None
        own = self._entries.get(found.organization)
        named = {each.entry.id for each in candidates if each.found != "near" and not _other_kind(each)}
        return found if named <= {own} - _in_conflict(candidates) else None

    def __call__(
        self, name: str, lines: Lines, edition: str, *, context: str | None = None, beside: Sequence[str] = ()
    ) -> Link:
        """Link a name printed at ``lines``.

        :raises DataError: no body fits with certainty; says where, and what to write.
        """
        found = self.link(name, edition, context=context, beside=beside)
        if found is None:
            raise DataError(
                f"{name!r} (line {lines[0]} of its document) fits no organization with certainty: add it to"
                " data/organizations.tsv, or a decision to data/decisions.tsv",
                f"data/editions/{edition}.yaml",
            )
        return found


def _only(keys: set[str], rule: str) -> Link | None:
    return Link(next(iter(keys)), rule) if len(keys) == 1 else None


def _other_kind(candidate: Candidate) -> bool:
    return "kind-differs" in candidate.reasons


def _in_conflict(candidates: Sequence[Candidate]) -> set[str]:
    return {each.entry.id for each in candidates if "department-differs" in each.reasons}
