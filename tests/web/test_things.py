"""Things have addresses, descriptions in every format, and pages that show which lines say what."""

import re

import pytest
import rdflib
from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from innograph.namespaces import inno, term, thing
from innograph.web.things import SUFFIXES

from .site_client import SiteClient

BROWSER = {"Accept": "text/html,*/*;q=0.8"}
WELLS = "distinction/puits-partages"


def page(client: SiteClient, path: str) -> str:
    response = client.get(path, headers=BROWSER)
    assert (response.status_code, response.content_type) == (200, "text/html; charset=utf-8")
    return response.text


def rows(html: str, heading: str) -> list[str]:
    """Give the rows of the table under ``heading``, as text with cells parted by bars."""
    table = re.split(f">{heading}</h[23]>", html)[1].split("</table>")[0]
    cells = [
        re.sub(r"</t[hd]>\s*<t[hd][^>]*>", " | ", row) for row in re.findall(r"<tr>(.*?)</tr>", table, re.S)
    ]
    return [" ".join(re.sub(r"<[^>]+>", " ", row).replace("&#39;", "'").split()) for row in cells]


def test_a_thing_leads_to_its_description(client: SiteClient) -> None:
    response = client.get(f"/id/{WELLS}", headers={"Accept": "text/turtle"})
    assert (response.status_code, response.headers["Location"]) == (303, f"/doc/{WELLS}")
    assert "Accept" in response.headers["Vary"]


def read(client: SiteClient, path: str, **headers: str) -> set[Triple]:
    response = client.get(path, headers=headers)
    assert response.status_code == 200
    return {quad.triple for quad in parse(response.data, RdfFormat.N_TRIPLES)}


def test_a_description_holds_the_thing_its_sources_and_what_refers_to_it(client: SiteClient) -> None:
    found = read(client, f"/doc/{WELLS}.nt")
    subjects = {triple.subject.value.removeprefix("https://w3id.org/innograph/id/") for triple in found}  # type: ignore[union-attr]
    assert subjects == {
        WELLS,
        "participation/puits-partages/laureate/1", "participation/puits-partages/laureate/2",
        "passage/boussole-2031/L12-13", "passage/boussole-2031/L14",
        "assertion/a2",
        "organization/orval", "organization/sept-monts", "category/boussole-2031-eau",
        "edition/boussole-2031", "rank/gold",
    }  # fmt: skip
    of_rank = read(client, "/doc/rank/gold.nt")
    assert {t.subject for t in of_rank if t.predicate == inno.rank} == {
        thing("distinction", "puits-partages"),
        thing("distinction", "cafe-des-ages"),
    }


def test_all_formats_say_the_same(client: SiteClient) -> None:
    expected = len(read(client, f"/doc/{WELLS}.nt"))
    for suffix, format in SUFFIXES.items():
        by_suffix = client.get(f"/doc/{WELLS}.{suffix}")
        by_accept = client.get(f"/doc/{WELLS}", headers={"Accept": format.media_type})
        assert by_suffix.content_type == by_accept.content_type == format.content_type
        assert by_suffix.data == by_accept.data
        assert len(set(parse(by_suffix.data, format.syntax))) == expected  # type: ignore[arg-type]


def test_rdflib_reads_the_turtle(client: SiteClient) -> None:
    graph = rdflib.Graph().parse(data=client.get(f"/doc/{WELLS}.ttl").data, format="turtle")
    title = graph.value(rdflib.URIRef(thing("distinction", "puits-partages").value), rdflib.DCTERMS.title)
    assert title == rdflib.Literal("Les « puits » partagés", lang="fr")


def test_what_no_format_suits_is_refused(client: SiteClient) -> None:
    response = client.get(f"/doc/{WELLS}", headers={"Accept": "image/png"})
    assert response.status_code == 406
    assert response.text.startswith("nothing that the header Accept asks for; there are: turtle, jsonld")


def test_the_page_of_a_distinction_shows_the_lines(client: SiteClient) -> None:
    html = page(client, f"/doc/{WELLS}")
    assert "<title>Les « puits » partagés – innograph</title>" in html
    assert '<code id="iri">https://w3id.org/innograph/id/distinction/puits-partages</code>' in html
    assert "Les adresses w3id.org ne sont pas encore enregistrées" in html
    sources = re.split(">Sources</h[23]>", html)[1].split("</ul>")[0]
    assert re.findall(r"<a [^>]*>(.*)</a>", sources) == ["Dossier du Prix Boussole 2031, lignes 12–13"]
    assert rows(html, "Faits")[1:] == [
        "inno:category | Eau",
        "inno:edition | Prix Boussole 2031",
        "inno:order | 1",
        "inno:rankLabel | Boussole Or",
        "lauréat | Orval-l'Étang Communauté de communes des Sept-Monts",
        "rang | Or",
        "titre | Les « puits » partagés",
    ]
    assert rows(html, "Qui prend part, et où c’est écrit")[1:] == [
        "lauréat | Orval-l'Étang | « ORVAL L’ETANG » | écrit | Dossier du Prix Boussole 2031, ligne 14",
        "lauréat | Communauté de communes des Sept-Monts | « CC 7 MONTS » | écrit Rattachement : jugé"
        " | Dossier du Prix Boussole 2031, ligne 14",
    ]


def test_the_page_in_english(client: SiteClient) -> None:
    response = client.get(f"/doc/{WELLS}", headers={**BROWSER, "Accept-Language": "en-GB,en;q=0.9"})
    assert '<html lang="en">' in response.text
    assert '<h1 lang="fr">Les « puits » partagés</h1>' in response.text
    assert rows(response.text, "Facts")[5:7] == [
        "laureate | Orval-l'Étang Communauté de communes des Sept-Monts",
        "rank | Gold",
    ]
    asked = page(client, f"/doc/{WELLS}?lang=en")
    assert 'href="/doc/rank/gold?lang=en"' in asked
    assert f'href="/doc/{WELLS}?lang=fr" lang="fr"' in asked


def test_an_inferred_fact_shows_its_rule_and_lines(client: SiteClient) -> None:
    (rank,) = [
        row
        for row in rows(page(client, "/doc/distinction/cafe-des-ages"), "Faits")
        if row.startswith("rang ")
    ]
    assert rank == "rang | Or déduit , rangs déduits des listes – Dossier du Prix Boussole 2031, ligne 20"


def test_a_judgement_shows_who_when_and_why(client: SiteClient) -> None:
    html = page(client, "/doc/participation/puits-partages/laureate/2")
    (body,) = [row for row in rows(html, "Faits") if row.startswith("inno:participant ")]
    assert body == (
        "inno:participant | Communauté de communes des Sept-Monts"
        " jugé par une lectrice (2031-05-02) : même département"
    )


def test_a_warning_stands_on_the_pages_of_what_it_concerns(client: SiteClient) -> None:
    for path in ("/doc/edition/boussole-2031", "/doc/announced-count/boussole-2031/1"):
        french = page(client, path).split('id="warnings">Avertissements</h2>')[1].split("</ul>")[0]
        assert "3 annoncés, 2 listés" in french and "3 announced" not in french
    assert "3 announced, 2 listed" in page(client, "/doc/edition/boussole-2031?lang=en")
    assert "Avertissements" not in page(client, f"/doc/{WELLS}")


def test_a_body_shows_its_roles(client: SiteClient) -> None:
    assert rows(page(client, "/doc/organization/orval"), "Ses noms dans les documents")[1:] == [
        "lauréat | Café des âges | « Orval-l’Étang » | écrit | Dossier du Prix Boussole 2031, ligne 20",
        "lauréat | Les « puits » partagés | « ORVAL L’ETANG » | écrit"
        " | Dossier du Prix Boussole 2031, ligne 14",
    ]


def test_an_announced_count_shows_its_own_lines(client: SiteClient) -> None:
    facts = rows(page(client, "/doc/edition/boussole-2031"), "Faits")
    assert "inno:announcedCount | 42 dossiers ( Dossier du Prix Boussole 2031, ligne 20 )" in facts


@pytest.mark.parametrize(
    "path", ["/id/distinction/puits", "/doc/distinction/puits", "/doc/distinction/puits.ttl"]
)
def test_what_is_not_there_names_the_nearest(client: SiteClient, path: str) -> None:
    response = client.get(path, headers=BROWSER)
    assert response.status_code == 404
    assert f'<a href="/doc/{WELLS}">Les « puits » partagés</a>' in response.text
    assert 'action="/search" role="search">' in response.text
    plain = client.get(path)
    assert (plain.status_code, plain.content_type) == (404, "text/plain; charset=utf-8")
    assert plain.text == "nothing has the address https://w3id.org/innograph/id/distinction/puits\n"


@pytest.mark.parametrize(
    "path", ["/id/a b", "/id/%3Cscript%3E", "/doc/%00", "/doc/..%2F..%2Fetc", "/doc/x%22y", "/id/é"]
)
def test_odd_addresses_are_not_found(client: SiteClient, path: str) -> None:
    response = client.get(path, headers=BROWSER)
    assert response.status_code == 404
    assert "<script>" not in response.text


def test_the_page_of_a_body_shows_its_identifiers_and_those_of_its_place(client: SiteClient) -> None:
    html = page(client, "/doc/organization/orval")
    assert rows(html, "Identifiants")[1:] == [
        "SIREN | 999000017",
        "inno:website | https://orval.example.org",
        "inno:inseeCode ( Orval-l'Étang ) | 70001",
        "inno:wikidata ( Orval-l'Étang ) | Q1 jugé par une lectrice (2031-05-02) : une liste (2030)",
        "inno:inseeUri ( Orval-l'Étang ) | id.insee.fr",
        "inno:iso31662 ( Orval-l'Étang ) | FR-70",
    ]
    for address in (
        "https://annuaire-entreprises.data.gouv.fr/entreprise/999000017",
        "https://orval.example.org",
        "https://geo.api.gouv.fr/communes/70001",
        "http://www.wikidata.org/entity/Q1",
        "http://id.insee.fr/geo/commune/84680e6f-2e99-44c9-a9ba-2e96a2ae48b7",
    ):
        assert f'<a href="{address}">' in html
    facts = rows(html, "Faits")[1:]
    assert "inno:administers | Orval-l'Étang" in facts and "inno:memberOf | Communauté d'Orval" in facts
    assert not any("sameAs" in fact or "siren" in fact.lower() for fact in facts)


def test_the_page_of_a_place_shows_its_own_identifiers_and_its_bodies(client: SiteClient) -> None:
    html = page(client, "/doc/territory/commune/70001")
    assert [row.partition(" | ")[0] for row in rows(html, "Identifiants")[1:]] == [
        "inno:inseeCode",
        "inno:wikidata",
        "inno:inseeUri",
        "inno:iso31662",
    ]
    referring = re.split(">Ce qui renvoie ici</h[23]>", html)[1]
    assert '<a href="/doc/organization/orval">Orval-l&#39;Étang</a>' in referring
    former = page(client, "/doc/territory/former-commune/70002-2016-01-01")
    assert rows(former, "Identifiants")[1:] == ["inno:inseeCode | 70002"]
    assert '<a href="https://geo.api.gouv.fr' not in former  # it lists what is in force


def test_a_description_with_codes_is_written_in_rdf_xml(client: SiteClient) -> None:
    """A predicate that ends in a digit has a place in RDF/XML; rdflib reads it as well."""
    response = client.get("/doc/territory/commune/70001.rdf")
    graph = rdflib.Graph().parse(data=response.data, format="xml")
    place = rdflib.URIRef(thing("territory", "commune/70001").value)
    assert graph.value(place, rdflib.URIRef(inno.iso31662.value)) == rdflib.Literal("FR-70")


def test_every_thing_of_the_graph_has_a_page_and_every_link_of_ours_leads_somewhere(
    client: SiteClient,
) -> None:
    seen: set[str] = set()
    waiting = ["/"]
    while waiting:
        path = waiting.pop()
        if path in seen or path.startswith("/queries/") or "format=" in path:
            continue
        seen.add(path)
        response = client.get(path, headers=BROWSER)
        assert response.status_code == 200, path
        response.close()
        if response.mimetype == "text/html":
            links = re.findall(r'href="(/[^"#]*)', response.text)
            waiting += [link.replace("&amp;", "&") for link in links if "lang=" not in link]
    things = {f"/doc/{node.value.partition('/id/')[2]}" for node in nodes(client)}
    described = {path for path in seen if path.startswith("/doc/") and "." not in path}
    nowhere = {"/doc/person/camille-zed", *(f"/doc/assertion/{name}" for name in ("a1", "a2", "a3", "a4"))}
    assert things >= described >= things - nowhere


def nodes(client: SiteClient) -> set[NamedNode]:
    data = client.get("/sparql?format=nt&query=CONSTRUCT+WHERE{?s+?p+?o}").data
    subjects = {triple.subject for triple in parse(data, RdfFormat.N_TRIPLES)}
    return {s for s in subjects if isinstance(s, NamedNode) and "/id/" in s.value and s != term("rdf:type")}


def test_the_page_has_a_suffix_too(client: SiteClient) -> None:
    response = client.get(f"/doc/{WELLS}.html", headers={"Accept": "text/turtle"})
    assert response.content_type == "text/html; charset=utf-8"
    assert response.text == page(client, f"/doc/{WELLS}")
    assert client.get("/doc/distinction/nope.html").status_code == 404
