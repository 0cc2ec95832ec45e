"""Who takes part in a thing, and in what a body or a person takes part: the lines of two tables."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from innograph.namespaces import inno
from innograph.web.gathered import Said, gather
from innograph.web.origins import Origins
from innograph.web.passages import in_order, read_passages
from innograph.web.reader import Node, Reader, Row, Shown
from innograph.web.words import Language


@dataclass(frozen=True, slots=True)
class Participation:
    """One line of the tables of roles: who (or in what), in which words, concluded how, written where."""

    itself: Shown
    role: Shown
    partner_role: Shown | None
    other: Shown
    mention: str | None
    reading: str | None
    basis: list[Shown]
    link: list[Shown]
    passages: list[Shown]


def taking_part(
    reader: Reader,
    rows: Iterable[Row],
    origins: Mapping[Node, Origins],
    documents: Collection[Node],
    language: Language,
) -> list[Participation]:
    """Tell who takes part in a thing.

    :param rows: those of ``participations.rq``.
    :param origins: of facts about the participations: how a mention was linked.
    :param documents: those that tell of what the thing honours; what others tell of it is left out.
    """
    rows = list(rows)
    lines = reader.once(read_passages)
    honoured = {row["participation"] for row in rows if "through" in row}

    def is_told(participation: Node, said: Said) -> bool:
        passages = said.all(inno.evidence)
        return participation not in honoured or any(
            each in lines and lines[each].document in documents for each in passages
        )

    def place(told: tuple[Node, Said]) -> tuple[str, int, str]:
        participation, said = told
        return said.text(inno.role) or "", said.number(inno.order), participation.value

    found = [each for each in gather(rows, "participation").items() if is_told(*each)]
    return [
        _participation(reader, participation, said, origins.get(participation, {}), language)
        for participation, said in sorted(found, key=place)
    ]


def _participation(
    reader: Reader, itself: Node, said: Said, origins: Origins, language: Language
) -> Participation:
    def shown(*nodes: Node | None) -> list[Shown]:
        return [reader.show(node, language) for node in nodes if node]

    (role,), (who,) = shown(said.one(inno.role)), shown(said.one(inno.participant))
    linked = origins.get(inno.participant, {})
    links = [origin for node in said.all(inno.participant) for origin in linked.get(node, ())]
    return Participation(
        reader.show(itself, language),
        role,
        next(iter(shown(said.one(inno.partnerRole))), None),
        who,
        said.text(inno.mention),
        said.text(inno.reading),
        shown(said.one(inno.basis), said.one(inno.rule)),
        [basis for link in links for basis in link.basis],
        shown(*in_order(reader, said.all(inno.evidence))),
    )


def roles_held(reader: Reader, rows: Iterable[Row], language: Language) -> list[Participation]:
    """Tell in what a body or a person takes part, from the rows of ``held-roles.rq``."""
    found: dict[Node, list[Row]] = {}
    for row in rows:
        found.setdefault(row["participation"], []).append(row)

    def shown(*nodes: Node | None) -> list[Shown]:
        return [reader.show(node, language) for node in nodes if node]

    def text(node: Node | None) -> str | None:
        return node.value if node else None

    return [
        Participation(
            reader.show(participation, language),
            reader.show(first["role"], language),
            next(iter(shown(first.get("partnerRole"))), None),
            reader.show(first["owner"], language),
            text(first.get("mention")),
            None,
            shown(first.get("basis"), first.get("rule")),
            [],
            shown(*dict.fromkeys(row["passage"] for row in (first, *more) if "passage" in row)),
        )
        for participation, (first, *more) in found.items()
    ]
