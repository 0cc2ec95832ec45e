"""One row of one document, carried through every stage: from the line that says it to an answer."""

from pathlib import Path

from pyoxigraph import QuerySolutions

from innograph.curation.bodies import Bodies, OrganizationRow, PersonRow
from innograph.curation.editions import dump_edition, read_edition
from innograph.curation.keys import with_addresses
from innograph.graph.editions import write_edition
from innograph.graph.page import Page
from innograph.linking.bodies import Linker
from innograph.namespaces import inno, named_graph, thing
from innograph.records import BodyMention, Distinction, Link, RankStatement, Span
from innograph.sources.document import parse_document
from innograph.sources.families import family_of
from innograph.store.evaluate import evaluate
from innograph.store.snapshots import Home

DOCUMENT = """\
## Palmarès du Prix TERRITORIA 2031

Réuni sous la présidence de madame Ada Lovelace, ministre des Essais, le jury a distingué 1 lauréat.

### Culture (parrainé par la Fabrique)

TERRITORIA Or : CD Haute-Garde pour *Le « livre » qui voyage*
"""
ORGANIZATIONS = (
    OrganizationRow("haute-garde", "Département de la Haute-Garde", "department", ""),
    OrganizationRow("fabrique", "Fabrique", "unspecified", ""),
)
QUESTION = r"""
SELECT ?body ?mention ?title ?line WHERE {
  ?distinction inno:laureate/skos:prefLabel ?body ; dcterms:title ?title ; inno:rank id:rank\/gold ;
    inno:participation [ inno:mention ?mention ; inno:evidence/inno:startLine ?line ] .
}"""


def test_a_fact_travels_from_a_line_to_an_answer(tmp_path: Path) -> None:
    # document → records: the parser of its family understands the line, and accounts for all the others
    document = parse_document(DOCUMENT.encode(), "palmares.txt")
    extraction = family_of(document).read(document)
    line = (Span(7, 7),)
    assert extraction.edition.distinctions() == (
        Distinction(
            title="Le « livre » qui voyage",
            lines=line,
            laureates=(BodyMention("CD Haute-Garde", line),),
            rank=RankStatement("gold", "TERRITORIA Or", line),
        ),
    )

    # records → data/: with addresses, in the form that people review
    edition = with_addresses(extraction.edition, None, "palmares-2031")
    path = tmp_path / "territoria-2031.yaml"
    path.write_text(dump_edition(edition), encoding="utf-8")
    assert read_edition(path) == edition
    assert edition.distinctions()[0].key == "territoria-2031-cd-haute-garde-livre-qui-voyage"

    # data/ → linked: the words mean a body, by a rule that is named
    bodies = Bodies(
        {row.key: row for row in ORGANIZATIONS},
        {"ada lovelace": PersonRow("ada-lovelace", "Ada Lovelace")},
        (),
    )
    linker = Linker(bodies)
    assert linker.link("CD Haute-Garde", edition.key) == Link("haute-garde", rule="exact-name")

    # linked → quads, in the graph of the edition
    links = Page(named_graph("links"))
    page = write_edition(edition, bodies, linker, links)
    distinction = thing("distinction", edition.distinctions()[0].key)
    laureates = [q.object for q in page.quads if (q.subject, q.predicate) == (distinction, inno.laureate)]
    assert laureates == [thing("organization", "haute-garde")]

    # quads → snapshot → answer, with the line that says so
    names = Page(named_graph("bodies"))
    names.named(thing("organization", "haute-garde"), inno.Organization, ORGANIZATIONS[0].name, {})
    names.say(thing("passage", "palmares-2031", "L7"), inno.startLine, 7)
    home = Home(tmp_path / "home")
    home.activate(home.write(page.quads | links.quads | names.quads, {}, counts={}).version)
    answer = evaluate(home.current().open(), QUESTION)
    assert isinstance(answer, QuerySolutions)
    (solution,) = answer
    assert [solution[name].value for name in ("body", "mention", "title", "line")] == [
        "Département de la Haute-Garde",
        "CD Haute-Garde",
        "Le « livre » qui voyage",
        "7",
    ]
