"""The terms and addresses that the code uses: what is declared is there, what is not is refused."""

import copy
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from innograph import namespaces
from innograph.errors import DataError
from innograph.namespaces import PREFIXES, concept, declared_terms, inno, named_graph, term, thing


def test_declared_term() -> None:
    assert inno.rankLabel == NamedNode("https://w3id.org/innograph/ontology#rankLabel")


def test_undeclared_term_is_named() -> None:
    with pytest.raises(AttributeError, match=r"^the ontology declares no term inno:rankLabbel$"):
        _ = inno.rankLabbel


def test_terms_are_listed_for_completion() -> None:
    assert dir(inno) == sorted(declared_terms())
    assert {"Distinction", "laureate", "valuesFrom"} < set(dir(inno))


def test_concepts_and_foreign_terms_are_not_ours() -> None:
    assert "Concept" not in declared_terms()
    assert "gold" not in declared_terms()


def test_foreign_term() -> None:
    assert term("dcterms:title") == NamedNode("http://purl.org/dc/terms/title")


@pytest.mark.parametrize(
    ("curie", "message"),
    [
        ("dc:title", "unknown prefix in 'dc:title'"),
        ("title", "unknown prefix in 'title'"),
        ("dcterms:", "no name in 'dcterms:'"),
    ],
)
def test_foreign_term_refused(curie: str, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{message}"):
        term(curie)


def test_addresses() -> None:
    assert [
        node.value
        for node in (
            thing("distinction", "territoria-2019-paris-1"),
            thing("participation", "territoria-2019/ceremony", "host", 1),
            thing("passage", "territoria-2019", "L164-169"),
            concept("category-kind", "named-prize"),
            named_graph("bodies"),
        )
    ] == [
        "https://w3id.org/innograph/id/distinction/territoria-2019-paris-1",
        "https://w3id.org/innograph/id/participation/territoria-2019/ceremony/host/1",
        "https://w3id.org/innograph/id/passage/territoria-2019/L164-169",
        "https://w3id.org/innograph/id/category-kind/named-prize",
        "https://w3id.org/innograph/graph/bodies",
    ]


@pytest.mark.parametrize(
    "part", ["", "Élancourt", "a b", "a/", "/a", "..", "a//b", "a#b", "a?b", "a%20b", "a\n"]
)
def test_what_cannot_stand_in_an_address_is_refused(part: str) -> None:
    with pytest.raises(DataError, match="cannot stand in an address"):
        thing("organization", part)


def test_results_and_queries_take_the_prefixes_as_they_are() -> None:
    triple = Triple(inno.Award, term("rdfs:label"), Literal("award"))
    written = serialize([triple], format=RdfFormat.TURTLE, prefixes=PREFIXES)
    assert written is not None
    assert written.decode().splitlines()[-1] == 'inno:Award rdfs:label "award" .'


def test_importing_reads_no_file() -> None:
    program = (
        "import copy; from innograph.namespaces import declared_terms, inno; "
        "copy.copy(inno); print(declared_terms.cache_info().misses); "
        "inno.Award; print(declared_terms.cache_info().misses)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0", "1"]


def test_threads_get_the_same_terms() -> None:
    declared_terms.cache_clear()
    found: list[NamedNode] = []
    threads = [threading.Thread(target=lambda: found.append(inno.Award)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [NamedNode("https://w3id.org/innograph/ontology#Award")] * 8


def test_copying_the_terms_asks_for_no_term() -> None:
    assert copy.copy(inno).Award == inno.Award


def test_malformed_vocabulary_is_refused_with_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "innograph.ttl"
    broken.write_text(
        "@prefix inno: <https://w3id.org/innograph/ontology#> .\n\ninno:Award a ;\n", encoding="utf-8"
    )
    monkeypatch.setattr(namespaces, "ontology_files", lambda: [broken])
    declared_terms.cache_clear()
    try:
        with pytest.raises(DataError) as refusal:
            _ = inno.Award
    finally:
        declared_terms.cache_clear()
    assert (refusal.value.path, refusal.value.line) == (broken, 3)
