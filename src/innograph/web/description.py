"""What the page of a thing shows: facts with the lines that say them, roles, and what refers to it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from pyoxigraph import NamedNode

from innograph.identifiers import SCHEMES
from innograph.namespaces import inno, term
from innograph.web.backlinks import Backlinks, backlinks, no_backlinks
from innograph.web.facts import Value, facts_about
from innograph.web.figures import FigureRow, figures_of
from innograph.web.identifiers import Identifier, ask_identified, identifiers_of
from innograph.web.origins import Origin, origins_of
from innograph.web.paging import Part
from innograph.web.participations import Participation, roles_held, taking_part
from innograph.web.reader import Node, Reader, Row, Shown
from innograph.web.words import Language


@dataclass(frozen=True, slots=True)
class Sourced:
    """A value, the passages that say it, and its origins where they are not those of the thing itself."""

    value: Shown
    passages: list[Shown]
    origins: list[Origin]
    mention: str | None = None
    """The document's words for it, where it is a thing with a name of its own (the date of a milestone)."""


@dataclass(frozen=True, slots=True)
class Description:
    """All that the page of ``thing`` shows, in the language of the reader."""

    thing: NamedNode
    title: Shown
    types: list[Shown]
    sources: list[Shown]
    facts: list[tuple[Shown, list[Sourced]]]
    identifiers: list[Identifier[Origin]] = field(default_factory=list)
    done: list[tuple[Shown, list[Sourced]]] = field(default_factory=list)
    figures: list[FigureRow] = field(default_factory=list)
    participations: list[Participation] = field(default_factory=list)
    held_roles: list[Participation] = field(default_factory=list)
    warnings: list[tuple[Shown, Shown]] = field(default_factory=list)
    backlinks: Backlinks = field(default=Backlinks(Part(1, 0)))

    def said(self, property: str) -> list[Sourced]:
        """Give the values of a property, by its prefixed name (``inno:theme``); none where it is not said."""
        prefix, _, name = property.partition(":")
        wanted = (getattr(inno, name) if prefix == "inno" else term(property)).value
        return next((values for shown, values in self.facts if shown.address == wanted), [])


def describe(
    reader: Reader,
    thing: NamedNode,
    language: Language,
    without: Collection[str] = (),
    listed: str = "participant",
) -> Description:
    """Describe a thing; facts come in the order of their labels, values in the order of the graph.

    :param without: parts of the description that are not asked for: ``backlinks``, ``done``, ``figures``,
        ``identifiers``, ``participations``, ``held_roles``.
    :param listed: a property of ours; what refers by it is shown elsewhere.
    :raises HTTPException: what refers to it has no such page as the request asks for.
    """
    # all queries first: the names of all that they find are then asked for at once

    def rows(part: str, query: str) -> list[Row]:
        return [] if part in without else reader.rows(query, thing=thing.value)

    facts = facts_about(reader, thing)
    identified = {} if "identifiers" in without else ask_identified(reader, thing, facts)
    participating = rows("participations", "participations")
    subjects = dict.fromkeys(
        [
            thing.value,
            *(subject.value for subject in identified),
            *(row["participation"].value for row in participating),
        ]
    )
    assertions = reader.rows_about("assertions", list(subjects))
    done, figures = rows("done", "done"), rows("figures", "figures")
    held = [] if "held_roles" in without else reader.rows_once("held-roles", thing=thing.value)
    honoured = figures or any("through" in row for row in participating)
    own = reader.rows("own-documents", thing=thing.value) if honoured else []
    documents = {row["document"] for row in own}
    warnings = reader.once(_all_warnings).get(thing, [])
    reader.expect(row["focus"] for row in warnings)
    referring = (
        no_backlinks()
        if "backlinks" in without
        else backlinks(reader, thing, language, getattr(inno, listed))
    )

    def show(node: Node) -> Shown:
        return reader.show(node, language)

    elsewhere = {
        inno.name,
        inno.sortKey,
        inno.participation,
        inno.evidence,
        inno.description,
        inno.figure,
        term("rdf:type"),
    }
    origins = origins_of(reader, assertions, language)
    identifiers = identifiers_of(reader, thing, identified, language, origins)
    if identifiers:
        elsewhere |= {term("schema:sameAs"), inno.inseeCode}
        elsewhere |= {getattr(inno, scheme.property) for scheme in SCHEMES.values()}
    shown = {property: values for property, values in facts.items() if property not in elsewhere}
    own_origins = origins.get(thing, {})
    return Description(
        thing,
        show(thing),
        [show(value.node) for value in facts.get(term("rdf:type"), [])],
        [show(value.node) for p in (inno.evidence, inno.description) for value in facts.get(p, [])],
        sorted(
            (
                (show(property), _sourced(reader, values, own_origins.get(property, {}), language))
                for property, values in shown.items()
            ),
            key=lambda fact: fact[0].text.lower(),
        ),
        identifiers,
        [
            (show(property), _sourced(reader, _done(same), {}, language))
            for property, same in _group(done, "property").items()
        ],
        figures_of(reader, figures, documents, language),
        taking_part(reader, participating, origins, documents, language),
        roles_held(reader, held, language),
        _warnings(reader, warnings, language),
        referring,
    )


def _group(rows: Iterable[Row], name: str) -> dict[Node, list[Row]]:
    """Put rows together that agree in ``name``, in the order in which they come."""
    groups: dict[Node, list[Row]] = {}
    for row in rows:
        groups.setdefault(row[name], []).append(row)
    return groups


def _sourced(
    reader: Reader, values: list[Value], origins: Mapping[Node, list[Origin]], language: Language
) -> list[Sourced]:
    found = []
    for value in _in_language(values, language):
        shown = reader.show(value.node, language)
        passages = [reader.show(passage, language) for passage in value.passages]
        words = value.printed if value.printed != shown.text else None
        found.append(Sourced(shown, passages, origins.get(value.node, []), words))
    return found


def _in_language(values: list[Value], language: Language) -> list[Value]:
    """Leave out the texts in another language where there is one in this."""
    tags = [getattr(value.node, "language", None) for value in values]
    return [
        value
        for value, tag in zip(values, tags, strict=True)
        if language not in tags or tag in (language, None)
    ]


def _done(rows: list[Row]) -> list[Value]:
    """Give the values of one property, from the rows of ``done.rq``."""
    return [
        Value(
            value,
            same[0]["printed"].value if "printed" in same[0] else None,
            list(dict.fromkeys(row["passage"] for row in same)),
        )
        for value, same in _group(rows, "value").items()
    ]


def _all_warnings(reader: Reader) -> Mapping[Node, list[Row]]:
    """Give what the validation warns of, by each thing that it concerns."""
    return _group(reader.every_row("warnings-about"), "thing")


def _warnings(reader: Reader, rows: list[Row], language: Language) -> list[tuple[Shown, Shown]]:
    """List what the validation warns of: the thing and the message."""
    return [
        (reader.show(focus, language), reader.show(row["message"], language))
        for focus, same in _group(rows, "focus").items()
        for row in same
        if getattr(row["message"], "language", None) in (language, None)
    ]
