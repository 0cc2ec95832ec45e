"""Laureates as documents print them, and the bodies that they name."""

import pytest

from innograph.records import BodyMention, Span
from innograph.sources.laureates import split_laureates

LINES = (Span(7, 8),)


def body(
    mention: str,
    name: str | None = None,
    context: str | None = None,
    constituents: tuple[str, ...] = (),
    group: bool = False,
) -> BodyMention:
    return BodyMention(mention, LINES, name=name, context=context, constituents=constituents, group=group)


@pytest.mark.parametrize(
    "printed",
    [
        "Mornant",
        "CC Mad et Moselle",
        "CC MAD ET MOSELLE",
        "CC Mad et moselle",
        "Communauté de communes Mad et Moselle",
        "SIVOM Mont et Plaine",
        "Syndicat des eaux et de l'assainissement",
        "Centre de gestion du Rhône et de la Métropole de Lyon",
        "PARIS ET LYON",
        "CD Meurthe et Moselle",
        "LANNION-TREGOR CA",
        "La COLLE-sur-LOUP",
        "PARIS 5",
        "CA LE GRAND CHALON",
        "Conseil régional d’Île-de-France",
        "SDIS de l’Ariège",
        "Saint-Pierre-et-Miquelon",
        "Communauté D'agglomération De La Porte Du Hainaut",
        "Délégation sénatoriale aux collectivités territoriales et à la décentralisation",
    ],
)
def test_one_body_keeps_its_name(printed: str) -> None:
    assert split_laureates(printed, LINES) == (body(printed),)


@pytest.mark.parametrize(
    ("printed", "mentions"),
    [
        ("Alpha & Bêta", ["Alpha", "Bêta"]),
        ("CC Mad et Moselle & Metz", ["CC Mad et Moselle", "Metz"]),
        ("Alpha, Bêta et Gamma", ["Alpha", "Bêta", "Gamma"]),
        ("Alpha, Bêta, et Gamma", ["Alpha", "Bêta", "Gamma"]),
        ("Alpha, CC Bêta et Gamma", ["Alpha", "CC Bêta", "Gamma"]),
        ("Alpha, Bêta et CC Mad et Moselle", ["Alpha", "Bêta", "CC Mad et Moselle"]),
        ("Saint Martin sur le Pré et Fagnières", ["Saint Martin sur le Pré", "Fagnières"]),
        ("CD DRÔME et ROMANS", ["CD DRÔME", "ROMANS"]),
        ("CD DRÔME ET CA ROMANS", ["CD DRÔME", "CA ROMANS"]),
        ("CD Lot et Garonne et Agen", ["CD Lot et Garonne", "Agen"]),
        ("Ville de Rennes et Rennes Métropole", ["Ville de Rennes", "Rennes Métropole"]),
        ("CA Alpha et Bêta Métropole", ["CA Alpha", "Bêta Métropole"]),
        (
            "CA Cannes Pays de Lérins et Métropole Rouen Normandie",
            ["CA Cannes Pays de Lérins", "Métropole Rouen Normandie"],
        ),
        (
            "Métropole Aix-Marseille-Provence et le Hub du Sud",
            ["Métropole Aix-Marseille-Provence", "Hub du Sud"],
        ),
        ("l’Agglo du Pays de Dreux et la ville de Dreux", ["Agglo du Pays de Dreux", "ville de Dreux"]),
        ("Epernay Agglo Champagne et Ville d'Epernay", ["Epernay Agglo Champagne", "Ville d'Epernay"]),
        (
            "Communauté d'agglomération du Sicoval & Conseil Départemental de la Haute-Garonne",
            ["Communauté d'agglomération du Sicoval", "Conseil Départemental de la Haute-Garonne"],
        ),
        (
            "Maison Alpha, la Fabrique Bêta, DINUM et Gamma",
            ["Maison Alpha", "Fabrique Bêta", "DINUM", "Gamma"],
        ),
        ("la Caisse des Dépôts et Consignations", ["Caisse des Dépôts et Consignations"]),
        ("Alpha  et\n Bêta", ["Alpha", "Bêta"]),
    ],
)
def test_several_bodies_are_taken_apart(printed: str, mentions: list[str]) -> None:
    assert split_laureates(printed, LINES) == tuple(body(mention) for mention in mentions)


@pytest.mark.parametrize(
    ("printed", "bodies"),
    [
        (
            "Châlons-en-Champagne (Ville et CA), Saint Martin sur le Pré et Fagnières",
            [
                body("Châlons-en-Champagne (Ville et CA)", name="Ville de Châlons-en-Champagne"),
                body("Châlons-en-Champagne (Ville et CA)", name="CA Châlons-en-Champagne"),
                body("Saint Martin sur le Pré"),
                body("Fagnières"),
            ],
        ),
        (
            "Épinal (Ville et CA)",
            [
                body("Épinal (Ville et CA)", name="Ville d'Épinal"),
                body("Épinal (Ville et CA)", name="CA Épinal"),
            ],
        ),
        (
            "Le Mans (Ville, Métropole et CCAS)",
            [
                body("Le Mans (Ville, Métropole et CCAS)", name="Ville du Mans"),
                body("Le Mans (Ville, Métropole et CCAS)", name="Métropole du Mans"),
                body("Le Mans (Ville, Métropole et CCAS)", name="CCAS Le Mans"),
            ],
        ),
        (
            "Ville et Métropole du Grand Nancy",
            [
                body("Ville et Métropole du Grand Nancy", name="Ville du Grand Nancy"),
                body("Ville et Métropole du Grand Nancy", name="Métropole du Grand Nancy"),
            ],
        ),
        (
            "la Ville et le CCAS d'Épinal & Nancy",
            [
                body("la Ville et le CCAS d'Épinal", name="Ville d'Épinal"),
                body("la Ville et le CCAS d'Épinal", name="CCAS d'Épinal"),
                body("Nancy"),
            ],
        ),
        (
            "Grenoble-Alpes Métropole et les communes membres",
            [body("Grenoble-Alpes Métropole"), body("les communes membres", group=True)],
        ),
        (
            "CC Mad et Moselle et ses 12 communes membres",
            [body("CC Mad et Moselle"), body("ses 12 communes membres", group=True)],
        ),
        ("Le Lamentin (Martinique)", [body("Le Lamentin", context="Martinique")]),
        ("SAINT-PARGOIRE (34)", [body("SAINT-PARGOIRE", context="34")]),
        (
            "Agence AutonomY (GIP CD 78 et CD 92)",
            [body("Agence AutonomY", context="GIP CD 78 et CD 92", constituents=("CD 78", "CD 92"))],
        ),
        ("Agence Essai (Lot et Garonne)", [body("Agence Essai", context="Lot et Garonne")]),
        (
            "LAVONCOURT (71) - SIVOM du Val Fleuri",
            [body("LAVONCOURT", context="71"), body("SIVOM du Val Fleuri")],
        ),
    ],
)
def test_brackets_groups_and_bodies_of_one_place(printed: str, bodies: list[BodyMention]) -> None:
    assert split_laureates(printed, LINES) == tuple(bodies)


@pytest.mark.parametrize(
    ("printed", "complaint"),
    [
        ("Lyon et sa métropole", "'et sa métropole' names no body"),
        ("Lyon et partenaires", "'partenaires' is not the name of a body"),
        ("Ville de Lyon et de Paris", "'et de Paris' may be a second body or the rest of a name"),
        ("Ville et CCAS", "does not say of which place"),
        ("Villes de Lyon et Paris", "'Villes de Lyon' names several bodies in one"),
        ("Ville de Lyon et CCAS", "'CCAS' is a kind of body and does not say of which place"),
        ("Ville, CCAS et Métropole de Nice", "'Ville' is a kind of body"),
        ("Ville & Banlieue", "'Ville' is a kind of body"),
        ("CC Erdre & Gesvres", "'& Gesvres' may be a second body or the rest of a name"),
        ("Les communes de Lyon et Paris", "'Les communes de Lyon' names several bodies in one"),
        ("Département de Loire-Atlantique et des partenaires", "'et des partenaires' may be a second body"),
        ("Lyon et des partenaires", "'et des partenaires' may be a second body"),
        ("les communes membres", "no body is named before"),
        ("Lyon avec Paris", "'avec' does not say how many bodies"),
        ("Lyon / Paris", "'/' does not say how many bodies"),
        ("Lyon - Paris", "the dash before 'Paris' does not say"),
        ("Lyon, ", "'' is not the name of a body"),
        ("Lyon et", "'Lyon et' is not the name of a body"),
        ("Lyon (69", "brackets that do not pair"),
        ("Lyon ()", "brackets that do not pair"),
        ("Lyon (69) (Rhône)", "is not the name of a body"),
        ("(69)", "is not the name of a body"),
        ("78", "'78' is not the name of a body"),
        ("**Lyon", "'*' does not say how many bodies"),
        ("", "'' is not the name of a body"),
    ],
)
def test_words_that_fit_nothing_are_refused(printed: str, complaint: str) -> None:
    with pytest.raises(ValueError) as refusal:
        split_laureates(printed, LINES)
    assert complaint in str(refusal.value)
