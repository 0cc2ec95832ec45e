"""The palmarès as one flat table, for people who want a spreadsheet: a row per distinction and laureate.

The columns are described, for people and for validators, in ``data/palmares.schema.json`` (Table Schema, the
convention of schema.data.gouv.fr). Codes are text; an empty cell means that the document says nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from innograph.curation.bodies import Bodies
from innograph.curation.sources import AwardEntry
from innograph.namespaces import thing
from innograph.records import (
    Category,
    Distinction,
    DistinctionFacts,
    Edition,
    Lines,
    Linking,
    link_together,
)
from innograph.registry.entries import Entry

_BASIS = {"stated": "imprimé", "inferred": "déduit"}
_RANK = {"gold": "or", "silver": "argent", "bronze": "bronze", "fraternity": "fraternité"}
_GROUP = "membres non nommés"
_CATEGORY = {"thematic": "thématique", "named-prize": "prix portant un nom", "special-prize": "prix spécial"}


@dataclass(frozen=True, slots=True)
class PalmaresRow:
    """One laureate of one distinction; the fields are the columns, in order."""

    prix: str
    edition: str
    annee: int
    categorie_ordre: int
    categorie: str
    categorie_sous_titre: str
    categorie_type: str
    parrains: str
    rang: str
    rang_libelle: str
    rang_origine: str
    rang_regle: str
    rang_lignes: str
    titre: str
    resume: str
    themes: str
    publics: str
    partenaires: str
    laureat: str
    laureat_mention: str
    laureat_type: str
    laureat_departement: str
    laureat_siren: str
    laureat_insee: str
    laureat_ordre: int
    laureats_nombre: int
    document: str
    lignes: str
    distinction_id: str
    laureat_id: str
    initiative_id: str


def rows(
    editions: Iterable[Edition],
    awards: Mapping[str, AwardEntry],
    bodies: Bodies,
    link: Linking,
    read: Mapping[str, DistinctionFacts],
    labels: Mapping[str, Mapping[str, str]],
    entries: Mapping[str, Entry],
    sirens: Mapping[str, str],
) -> list[PalmaresRow]:
    """Lay editions out flat, in the order of the documents.

    :param read: what was read in the descriptions, by the key of the distinction.
    :param labels: French labels of concepts, by scheme and name.
    :param entries: the entry of the registers that a body is, by its key.
    :param sirens: SIREN of bodies that the registers do not list, by key.
    :raises DataError: a laureate, a sponsor or a partner is not linked.
    """
    return [
        _row(
            awards[edition.award].name,
            edition,
            order,
            category,
            distinction,
            place,
            bodies,
            link,
            read,
            labels,
            entries,
            sirens,
        )
        for edition in editions
        for order, category in enumerate(edition.categories, start=1)
        for distinction in category.distinctions
        for place in range(len(distinction.laureates))
    ]


def _row(
    award: str,
    edition: Edition,
    order: int,
    category: Category,
    distinction: Distinction,
    place: int,
    bodies: Bodies,
    link: Linking,
    read: Mapping[str, DistinctionFacts],
    labels: Mapping[str, Mapping[str, str]],
    entries: Mapping[str, Entry],
    sirens: Mapping[str, str],
) -> PalmaresRow:
    laureate = distinction.laureates[place]
    row = bodies.organizations[link_together(link, distinction.laureates, edition.key)[place].organization]
    decided = bodies.departments().get(row.key)
    entry = entries.get(row.key)
    rank = distinction.rank
    facts = read.get(distinction.key)
    partners = (
        bodies.organizations[link(partner.understood(), partner.lines, edition.key).organization].name
        for partner in (facts.partners if facts else ())
    )
    return PalmaresRow(
        prix=award,
        edition=edition.label,
        annee=edition.year.value,
        categorie_ordre=order,
        categorie=category.label,
        categorie_sous_titre=category.subtitle or "",
        categorie_type=_CATEGORY[category.kind],
        parrains=" | ".join(
            bodies.organizations[sponsor.organization].name
            for sponsor in link_together(link, category.sponsors, edition.key)
        ),
        rang=_RANK[rank.value] if rank else "",
        rang_libelle=rank.label if rank else "",
        rang_origine=_BASIS[rank.basis] if rank else "",
        rang_regle=(rank.rule or "") if rank else "",
        rang_lignes=_printed(rank.lines) if rank else "",
        titre=distinction.title,
        resume=(facts.summary or "") if facts else "",
        themes=" | ".join(labels["theme"][theme.theme] for theme in facts.themes) if facts else "",
        publics=" | ".join(labels["audience"][each.audience] for each in facts.audiences) if facts else "",
        partenaires=" | ".join(dict.fromkeys(partners)),
        laureat=row.name,
        laureat_mention=laureate.mention,
        laureat_type=_GROUP if row.kind == "group" else labels["organization-kind"][row.kind],
        laureat_departement=decided.identifier if decided else entry.department if entry else "",
        laureat_siren=entry.siren if entry else sirens.get(row.key, ""),
        laureat_insee=entry.code if entry and entry.code != entry.siren else "",
        laureat_ordre=place + 1,
        laureats_nombre=len(distinction.laureates),
        document=edition.document,
        lignes=_printed((*distinction.lines, *laureate.lines)),
        distinction_id=thing("distinction", distinction.key).value,
        laureat_id=thing("organization", row.key).value,
        initiative_id=thing("initiative", distinction.initiative).value,
    )


def _printed(lines: Lines) -> str:
    return " ".join(str(span) for span in sorted(set(lines)))
