"""Where facts come from: on what ground each is said, by what rule or whom, from which lines."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from innograph.namespaces import inno, term
from innograph.web.gathered import Said, gather
from innograph.web.passages import in_order
from innograph.web.reader import Node, Reader, Row, Shown
from innograph.web.words import Language


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a fact comes from: on what ground, by what rule or whom, from which lines."""

    basis: list[Shown]
    curator: str | None
    date: str | None
    why: str | None
    passages: list[Shown]


Origins = Mapping[Node, Mapping[Node, list[Origin]]]
"""The origins of facts about one thing, by property and value."""


def origins_of(reader: Reader, rows: Iterable[Row], language: Language) -> Mapping[Node, Origins]:
    """Give the origins of facts, by the thing that they are about, from the rows of ``assertions.rq``."""
    rows = list(rows)
    about = {row["assertion"]: row["thing"] for row in rows}
    found: dict[Node, dict[Node, dict[Node, list[Origin]]]] = {}
    for assertion, said in sorted(gather(rows, "assertion").items(), key=lambda pair: pair[0].value):
        property, value = said.one(term("rdf:predicate")), said.one(term("rdf:object"))
        if property and value:
            of_thing = found.setdefault(about[assertion], {})
            of_thing.setdefault(property, {}).setdefault(value, []).append(_origin(reader, said, language))
    return found


def _origin(reader: Reader, said: Said, language: Language) -> Origin:
    return Origin(
        [reader.show(each, language) for each in (said.one(inno.basis), said.one(inno.rule)) if each],
        said.text(inno.curator),
        said.text(term("dcterms:date")),
        said.text(term("rdfs:comment")),
        [reader.show(passage, language) for passage in in_order(reader, said.all(inno.evidence))],
    )
