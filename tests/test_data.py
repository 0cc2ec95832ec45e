"""The reviewed data: in its one written form, complete, and what the documents still say."""

from contextlib import closing
from pathlib import Path

import pytest

from innograph import resources
from innograph.curation.bodies import read_bodies
from innograph.curation.editions import dump_edition, read_edition, read_editions
from innograph.curation.facts import facts_of
from innograph.curation.passages import cited
from innograph.curation.sources import read_awards, read_documents, read_passages
from innograph.journeys.extract import extract
from innograph.journeys.link import Survey, survey
from innograph.records import Edition
from innograph.registry.file import Registry

DATA = resources.data()
EDITIONS = sorted(path.stem for path in (DATA / "editions").glob("*.yaml"))


def test_the_five_editions_hold_136_distinctions() -> None:
    assert {edition.key: len(edition.distinctions()) for edition in read_editions(DATA)} == {
        "prix-territoriaux-2020": 6,
        "prix-territoriaux-2022": 6,
        "territoire-innovant-2024": 21,
        "territoria-2019": 50,
        "territoria-2024": 53,
    }


@pytest.mark.parametrize("key", EDITIONS)
def test_an_edition_stands_in_the_canonical_form(key: str) -> None:
    path = DATA / "editions" / f"{key}.yaml"
    repair = f"run innograph extract, or write data/editions/{key}.yaml as dump_edition does"
    assert path.read_text(encoding="utf-8") == dump_edition(read_edition(path)), repair


@pytest.mark.parametrize("key", EDITIONS)
def test_every_document_says_what_data_says(key: str, sources_dir: Path) -> None:
    edition = read_edition(DATA / "editions" / f"{key}.yaml")
    extracted = extract(sources_dir / f"{edition.document}.txt", DATA)
    assert extracted.edition == edition, (
        f"the parser and data/editions/{key}.yaml differ: correct one of them"
    )
    assert extracted.extraction.unaccounted == ()
    passages = DATA / "passages" / f"{edition.document}.tsv"
    assert extracted.passages == passages.read_text(encoding="utf-8")


@pytest.mark.parametrize("key", EDITIONS)
def test_evidence_lies_inside_the_document_and_is_hashed(key: str) -> None:
    edition = read_edition(DATA / "editions" / f"{key}.yaml")
    entry = read_documents(DATA)[edition.document]
    spans = cited(edition, facts_of(DATA, key))
    assert max(span.end for span in spans) <= entry.lines
    assert spans == set(read_passages(DATA, edition.document)), "run innograph extract"


@pytest.mark.parametrize("key", EDITIONS)
def test_the_counts_made_by_hand_hold(key: str) -> None:
    edition = read_edition(DATA / "editions" / f"{key}.yaml")
    entry = read_documents(DATA)[edition.document]
    laureates = sum(len(distinction.laureates) for distinction in edition.distinctions())
    found = (len(edition.categories), len(edition.distinctions()), laureates)
    assert found == (entry.categories, entry.distinctions, entry.laureates)
    assert entry.edition == edition.key


def test_addresses_are_used_once() -> None:
    editions = read_editions(DATA)
    keys = [key for edition in editions for key in _keys(edition)]
    assert sorted(keys) == sorted(set(keys))


@pytest.fixture(scope="module")
def links() -> Survey:
    with closing(Registry(resources.registry_file())) as registry:
        return survey(DATA, registry)


def test_every_mention_is_linked_and_every_body_is_judged(links: Survey) -> None:
    worklist = links.worklist()
    assert worklist.mentions == [], "add the body to organizations.tsv, or a decision to decisions.tsv"
    assert worklist.organizations == [], "say in decisions.tsv (about register) which entry it is, or none"


def test_no_body_and_no_decision_is_left_over(links: Survey) -> None:
    bodies = read_bodies(DATA)
    used = {line.organization for line in links.mentions}
    publishers = {entry.publisher for entry in read_documents(DATA).values()}
    assert set(bodies.organizations) - used - publishers == set(), "nothing names these organizations"
    whys = {line.why for line in links.mentions} | {line.why for line in links.organizations}
    decisions = [row for row in bodies.decisions if row.about in ("organization", "register")]
    assert [row for row in decisions if f"{row.who}, {row.when}: {row.why}" not in whys] == []


def test_every_award_has_an_edition() -> None:
    assert set(read_awards(DATA)) == {edition.award for edition in read_editions(DATA)}


def test_no_contact_data_and_no_sentence_of_a_document() -> None:
    for path in sorted(DATA.rglob("*.*")):
        text = path.read_text(encoding="utf-8")
        assert "@" not in text, f"{path.name} seems to hold an address"
    longest = max(
        (distinction.title for edition in read_editions(DATA) for distinction in edition.distinctions()),
        key=len,
    )
    assert len(longest) < 140, f"this is a sentence rather than a title: {longest}"


def _keys(edition: Edition) -> list[str]:
    return [thing.key for thing in edition.categories] + [thing.key for thing in edition.distinctions()]
