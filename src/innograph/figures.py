"""The figures of the descriptions as one flat table, for people who want a spreadsheet: a row per figure.

The columns are described in ``data/chiffres.schema.json`` (Table Schema). Numbers have a decimal point; an
empty cell means that the document says nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from innograph.curation.bodies import Bodies
from innograph.namespaces import thing
from innograph.records import Distinction, DistinctionFacts, Edition, Figure, Linking, link_together


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure of one description; the fields are the columns, in order."""

    edition: str
    annee: int
    laureats: str
    titre: str
    reserve: str
    valeur: str
    borne_basse: str
    borne_haute: str
    unite: str
    mesure: str
    base: str
    periode: str
    imprime: str
    note: str
    themes: str
    document: str
    lignes: str
    chiffre_id: str
    distinction_id: str
    initiative_id: str


def rows(
    editions: Iterable[Edition],
    bodies: Bodies,
    link: Linking,
    read: Mapping[str, DistinctionFacts],
    labels: Mapping[str, Mapping[str, str]],
) -> list[FigureRow]:
    """List the figures of editions, in the order of the documents.

    :param read: what was read in the descriptions, by the key of the distinction.
    :param labels: French labels of concepts, by scheme and name.
    :raises DataError: a laureate is not linked.
    """
    return [
        _row(edition, distinction, read[distinction.key], figure, bodies, link, labels)
        for edition in editions
        for distinction in edition.distinctions()
        if distinction.key in read
        for figure in read[distinction.key].figures
    ]


def _row(
    edition: Edition,
    distinction: Distinction,
    read: DistinctionFacts,
    figure: Figure,
    bodies: Bodies,
    link: Linking,
    labels: Mapping[str, Mapping[str, str]],
) -> FigureRow:
    laureates = (
        bodies.organizations[laureate.organization].name
        for laureate in link_together(link, distinction.laureates, edition.key)
    )
    return FigureRow(
        edition=edition.label,
        annee=edition.year.value,
        laureats=" | ".join(laureates),
        titre=distinction.title,
        reserve=figure.qualifier or "",
        valeur=_number(figure.value),
        borne_basse=_number(figure.lower),
        borne_haute=_number(figure.upper),
        unite=labels["unit"][figure.unit],
        mesure=figure.measures,
        base=figure.base or "",
        periode=figure.period or "",
        imprime=figure.printed,
        note=figure.note or "",
        themes=" | ".join(labels["theme"][theme.theme] for theme in read.themes),
        document=edition.document,
        lignes=" ".join(str(span) for span in figure.lines),
        chiffre_id=thing("figure", distinction.key, figure.key).value,
        distinction_id=thing("distinction", distinction.key).value,
        initiative_id=thing("initiative", distinction.initiative).value,
    )


def _number(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}"
