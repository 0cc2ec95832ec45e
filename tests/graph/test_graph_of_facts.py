"""The graph of what was read: quad for quad what facts.trig, typed by hand, says."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from pyoxigraph import RdfFormat, parse

from graph.addresses import without_hashes
from innograph.curation.bodies import Bodies, OrganizationRow
from innograph.graph.facts import write_facts
from innograph.graph.page import Page
from innograph.linking.bodies import Linker
from innograph.namespaces import named_graph
from innograph.records import (
    AudienceReading,
    BodyMention,
    Category,
    CategoryThemes,
    Distinction,
    DistinctionFacts,
    Edition,
    Facts,
    Figure,
    Ignored,
    Lines,
    Milestone,
    Partner,
    Place,
    Reuse,
    StatedYear,
    ThemeReading,
)
from innograph.store.canonical import canonical
from spans import at


def _honour(key: str, initiative: str, line: str, description: Lines = ()) -> Distinction:
    body = BodyMention("Épinal", at(line))
    return Distinction("Un titre", at(line), (body,), description=description, key=key, initiative=initiative)


EDITION = Edition(
    award="exemple",
    label="Prix Exemple 2023",
    lines=at("1"),
    year=StatedYear(2023, at("1")),
    categories=(
        Category(
            "Culture",
            at("3"),
            "thematic",
            (
                _honour("exemple-2023-musee", "musee", "5", at("6-9")),
                _honour("exemple-2023-livre", "livre", "16"),
            ),
            key="exemple-2023-culture",
        ),
    ),
    document="d",
    key="exemple-2023",
)
FACTS = Facts(
    edition="exemple-2023",
    curator="lectrice",
    date=date(2026, 1, 2),
    categories=(CategoryThemes(category="exemple-2023-culture", themes=("culture",)),),
    distinctions=(
        DistinctionFacts(
            distinction="exemple-2023-musee",
            summary="On y entre sans payer.",
            themes=(ThemeReading(theme="heritage", lines=at("6", "7-8")),),
            audiences=(AudienceReading(audience="residents", lines=at("7")),),
            places=(Place(name="place du Marché", lines=at("7")),),
            figures=(
                Figure(
                    key="visites",
                    value=Decimal("12.5"),
                    unit="percent",
                    measures="hausse des visites",
                    measures_en="rise in visits",
                    qualifier="environ",
                    base="des visites d'avant",
                    period="par an",
                    printed="environ 12,5 %",
                    lines=at("8"),
                ),
                Figure(
                    key="entrees",
                    lower=Decimal(30),
                    upper=Decimal(45),
                    unit="visit",
                    measures="visites",
                    measures_en="visits",
                    printed="de 30 à 45",
                    lines=at("8-9"),
                    contradicts="visites",
                    note="le total ne le permet pas",
                ),
            ),
            partners=(Partner(mention="la Fabrique", name="Fabrique", role="funder", lines=at("9")),),
            milestones=(
                Milestone(
                    name="Ouverture",
                    year=2019,
                    month=7,
                    day=1,
                    end_year=2020,
                    printed="du 1er juillet 2019 à 2020",
                    lines=at("9"),
                ),
            ),
            reuse=(Reuse(statement="Une autre ville a fait de même.", kind="copied", lines=at("9")),),
            ignored=(Ignored(words="360°", lines=at("9"), why="nom d'une technique"),),
        ),
        DistinctionFacts(
            distinction="exemple-2023-livre",
            themes=(ThemeReading(theme="arts", lines=at("16"), why="Thème de la catégorie."),),
        ),
    ),
)
BODIES = Bodies({"fabrique": OrganizationRow("fabrique", "Fabrique", "unspecified", "")}, {}, ())


def test_the_graph_of_what_was_read_is_what_the_model_says() -> None:
    links = Page(named_graph("links"))
    page = write_facts(FACTS, EDITION, BODIES, Linker(BODIES), links)
    expected = parse(path=Path(__file__).with_name("facts.trig"), format=RdfFormat.TRIG)
    written = canonical(without_hashes(quad) for quad in page.quads | links.quads)
    assert written.splitlines() == canonical(expected).splitlines()
