"""Which entry of the registers each of our bodies is: by a reader's decision, else by its name and kind."""

from dataclasses import dataclass

from innograph.curation.bodies import Bodies, DecisionRow, OrganizationRow
from innograph.errors import DataError
from innograph.linking.gazetteer import Gazetteer
from innograph.linking.judgement import judge
from innograph.linking.kinds import registered
from innograph.linking.weighing import Candidate, Question
from innograph.registry.entries import Entry

RULE = "register-name"
"""The rule by which a body is an entry of the registers: the only one of its kind, name and département."""


@dataclass(frozen=True, slots=True)
class RegisterLink:
    """The entry that a body is, None where a reader judged it to be in no register; and how it was found."""

    entry: Entry | None
    rule: str | None = None
    confidence: float | None = None
    """Of a link by rule: the score of the candidate, 0 to 1."""
    curator: str = ""
    when: str = ""
    why: str = ""


def register_links(bodies: Bodies, gazetteer: Gazetteer) -> dict[str, RegisterLink]:
    """Link bodies to the registers, by the key of the body; those still to be judged are left out.

    :raises DataError: a decision names an entry that the registers lack, or two bodies are one entry.
    """
    decisions = bodies.registered()
    links = {}
    for row in bodies.organizations.values():
        if row.key in decisions:
            links[row.key] = _decided(decisions[row.key], gazetteer)
        elif found := judge(register_candidates(row, bodies, gazetteer)):
            links[row.key] = RegisterLink(found.entry, RULE, found.score / 100)
    _refuse_doubles(links)
    return links


def register_candidates(row: OrganizationRow, bodies: Bodies, gazetteer: Gazetteer) -> list[Candidate]:
    """List the entries that a body may be; none for kinds that the registers do not list.

    :param bodies: tell in which département the body is, where a reader decided so.
    """
    if not registered(row.kind):
        return []
    department = bodies.departments().get(row.key)
    where = frozenset({department.identifier} if department else ())
    return gazetteer.candidates(Question(row.name, frozenset({row.kind}), where))


def _decided(row: DecisionRow, gazetteer: Gazetteer) -> RegisterLink:
    entry = gazetteer.registry.get(row.identifier) if row.identifier else None
    if row.identifier and entry is None:
        raise DataError(
            f"{row.mention}: the registers have no entry {row.identifier!r}", "data/decisions.tsv"
        )
    return RegisterLink(entry, curator=row.who, when=row.when, why=row.why)


def _refuse_doubles(links: dict[str, RegisterLink]) -> None:
    owners: dict[str, str] = {}
    for key, link in links.items():
        if link.entry is None:
            continue
        if link.entry.id in owners:
            raise DataError(
                f"{owners[link.entry.id]} and {key} are both {link.entry.id} ({link.entry.name}): keep one of"
                " them, or decide about register in data/decisions.tsv",
                "data/organizations.tsv",
            )
        owners[link.entry.id] = key
