"""What the page of a thing shows: facts with the lines that say them, roles, and what refers to it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from pyoxigraph import NamedNode

from innograph.identifiers import SCHEMES
from innograph.namespaces import inno, term
from innograph.web.backlinks import Backlinks, backlinks, no_backlinks
from innograph.web.figures import FigureRow, ask_figures, figure_rows
from innograph.web.identifiers import Identifier, identifiers_of
from innograph.web.paging import Part
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


@dataclass(frozen=True, slots=True)
class Sourced:
    """A value, the passages that say it, and its origins where they are not those of the thing itself."""

    value: Shown
    passages: list[Shown]
    origins: list[Origin]
    mention: str | None = None
    """The document's words for it, where it is a thing with a name of its own (the date of a milestone)."""


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

    facts = _group(reader.rows("facts", thing=thing.value), "property")
    identified = rows("identifiers", "identifiers")
    subjects = dict.fromkeys([thing.value, *(row["subject"].value for row in identified)])
    assertions = _group(reader.rows_about("assertions", list(subjects)), "thing")
    done, participations = rows("done", "done"), rows("participations", "participations")
    held_roles = rows("held_roles", "held-roles")
    warnings = reader.once(_all_warnings).get(thing, [])
    reader.expect(row["focus"] for row in warnings)
    figures = [] if "figures" in without else ask_figures(reader, thing, language)
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
    origins = {subject: _origins(reader, same, language) for subject, same in assertions.items()}
    identifiers = identifiers_of(reader, thing, identified, language, origins)
    if identifiers:
        elsewhere |= {term("schema:sameAs"), inno.inseeCode}
        elsewhere |= {getattr(inno, scheme.property) for scheme in SCHEMES.values()}
    shown = {property: rows for property, rows in facts.items() if property not in elsewhere}
    own_origins = origins.get(thing, {})
    return Description(
        thing,
        show(thing),
        [show(row["value"]) for row in facts.get(term("rdf:type"), [])],
        [show(row["value"]) for p in (inno.evidence, inno.description) for row in facts.get(p, [])],
        sorted(
            (
                (show(property), _sourced(reader, rows, own_origins.get(property, {}), language))
                for property, rows in shown.items()
            ),
            key=lambda fact: fact[0].text.lower(),
        ),
        identifiers,
        [
            (show(property), _sourced(reader, same, {}, language))
            for property, same in _group(done, "property").items()
        ],
        figure_rows(reader, figures, language),
        _participations(reader, participations, "participant", language),
        _participations(reader, held_roles, "owner", language),
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
    reader: Reader, rows: list[Row], origins: dict[Node, list[Origin]], language: Language
) -> list[Sourced]:
    return [
        Sourced(
            reader.show(value, language),
            _several(reader, same, "passage", language),
            origins.get(value, []),
            _text(same[0], "printed"),
        )
        for value, same in _group(_in_language(rows, language), "value").items()
    ]


def _several(reader: Reader, rows: list[Row], name: str, language: Language) -> list[Shown]:
    """Show the different values that ``name`` takes in ``rows``."""
    return [reader.show(node, language) for node in dict.fromkeys(row[name] for row in rows if name in row)]


def _in_language(rows: list[Row], language: Language) -> list[Row]:
    """Leave out the texts in another language where there is one in this."""
    tags = [getattr(row["value"], "language", None) for row in rows]
    return [
        row for row, tag in zip(rows, tags, strict=True) if language not in tags or tag in (language, None)
    ]


def _text(row: Row, name: str) -> str | None:
    node = row.get(name)
    return None if node is None or isinstance(node, NamedNode) else node.value


def _participations(reader: Reader, found: list[Row], other: str, language: Language) -> list[Participation]:
    return [
        Participation(
            reader.show(node, language),
            reader.show(rows[0]["role"], language),
            reader.show(rows[0]["partnerRole"], language) if "partnerRole" in rows[0] else None,
            reader.show(rows[0][other], language),
            _text(rows[0], "mention"),
            _text(rows[0], "reading"),
            [reader.show(rows[0][name], language) for name in ("basis", "rule") if name in rows[0]],
            [*_several(reader, rows, "linkBasis", language), *_several(reader, rows, "linkRule", language)],
            _several(reader, rows, "passage", language),
        )
        for node, rows in _group(found, "participation").items()
    ]


def _origins(reader: Reader, found: list[Row], language: Language) -> dict[Node, dict[Node, list[Origin]]]:
    """Give the origins of facts about one thing, by property and value; ``found``: of ``assertions.rq``."""
    origins: dict[Node, dict[Node, list[Origin]]] = {}
    for rows in _group(found, "assertion").values():
        origin = Origin(
            [reader.show(rows[0][name], language) for name in ("basis", "rule") if name in rows[0]],
            _text(rows[0], "curator"),
            _text(rows[0], "date"),
            _text(rows[0], "why"),
            _several(reader, rows, "passage", language),
        )
        origins.setdefault(rows[0]["property"], {}).setdefault(rows[0]["value"], []).append(origin)
    return origins


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
