"""Building: the same bytes from the same data, and nothing half done when something is wrong."""

import gzip
import resource
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, RdfFormat, Triple, parse

from innograph import resources
from innograph.curation.sources import read_documents
from innograph.errors import DataError, NotConforming
from innograph.journeys.build import AWARDS, build
from innograph.namespaces import inno, named_graph, term
from innograph.registry.file import Registry
from innograph.store.snapshots import Home

SMALLEST = "prix-territoriaux-2020"
A = term("rdf:type")
BUILD = [sys.executable, "-m", "innograph", "build"]


def _silent(step: str) -> None:
    """Take a step of the build and say nothing of it."""


def _is_blank(triple: Triple) -> bool:
    return isinstance(triple.subject, BlankNode) or isinstance(triple.object, BlankNode | Triple)


def _damage(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def test_two_builds_give_the_same_version_and_the_same_bytes(
    data: Path, tmp_path: Path, brest: Registry
) -> None:
    one = build(data, brest, tmp_path / "one", _silent).snapshot
    other = build(data, brest, tmp_path / "other", _silent).snapshot
    assert one.version == other.version
    for file in ("innograph.nq.gz", AWARDS):
        assert one.dump(file).read_bytes() == other.dump(file).read_bytes()


def test_what_awards_say_is_a_file_of_its_own(data: Path, tmp_path: Path, brest: Registry) -> None:
    snapshot = build(data, brest, tmp_path / "home", _silent).snapshot
    turtle = gzip.decompress(snapshot.dump(AWARDS).read_bytes())
    triples = [quad.triple for quad in parse(turtle, RdfFormat.TURTLE)]
    honoured = [each for each in triples if (each.predicate, each.object) == (A, inno.Distinction)]
    assert len(honoured) == 6
    everything = {
        (quad.subject, quad.predicate, quad.object)
        for quad in snapshot.open()
        if not isinstance(quad.object, BlankNode | Triple) and not isinstance(quad.subject, BlankNode)
    }
    plain = [(each.subject, each.predicate, each.object) for each in triples if not _is_blank(each)]
    assert len(plain) > 1000 and everything.issuperset(plain)


def test_a_build_is_current_and_counts_what_it_holds(data: Path, tmp_path: Path, brest: Registry) -> None:
    steps: list[str] = []
    built = build(data, brest, tmp_path / "home", steps.append)
    assert Home(tmp_path / "home").current().version == built.snapshot.version
    assert steps[0] == "reading data/" and steps[-1].startswith("writing the snapshot: ")
    counts = built.snapshot.counts
    assert (counts["editions"], counts["distinctions"], counts["initiatives"]) == (1, 6, 6)
    assert counts["warnings"] == len(built.report.warnings)


def test_the_default_graph_is_the_merge_of_all_graphs(data: Path, tmp_path: Path, brest: Registry) -> None:
    store = build(data, brest, tmp_path / "home", _silent).snapshot.open()
    merge = {
        quad.triple
        for quad in store.quads_for_pattern(None, None, None, None)
        if str(quad.graph_name) == "DEFAULT"
    }
    named = {
        quad.triple
        for quad in store.quads_for_pattern(None, None, None, None)
        if str(quad.graph_name) != "DEFAULT"
    }
    assert merge == named and len(merge) > 1000


@pytest.mark.parametrize(
    ("file", "before", "after", "says"),
    [
        (
            f"editions/{SMALLEST}.yaml",
            "award: prix-territoriaux",
            "award: prix-inconnu",
            "no award 'prix-inconnu'",
        ),
        (f"editions/{SMALLEST}.yaml", "document: prix", "document: un-prix", "no document 'un-prix"),
        (
            f"editions/{SMALLEST}.yaml",
            "mention: Ville de Brest",
            "mention: Ville de Brescou",
            "'Ville de Brescou' (line 9",
        ),
        (
            f"editions/{SMALLEST}.yaml",
            "label: Prix GMF",
            "label: Prix GMF\n    colour: red",
            "unknown key 'colour'",
        ),
        ("organizations.tsv", "brest\tBrest\tcommune", "brest\tBrest", "3 cells instead of 4"),
        ("documents.toml", f"[{SMALLEST}]", f"[{SMALLEST}", "not TOML"),
        ("awards.toml", 'kind = "prize"', 'kinds = "prize"', "unknown key 'kinds' in [prix-territoriaux]"),
        ("decisions.tsv", "couzon\t*\t03", "couzon\t*\t3", "'3' is no code of a département"),
        ("decisions.tsv", "\t2026-11-22\t", "\thier\t", "when must be a day"),
        (f"editions/{SMALLEST}.yaml", "lines: [9]", "lines: []", "must name the lines"),
        (f"editions/{SMALLEST}.yaml", "value: https", "value: htps", "no address of the web"),
        ("awards.toml", "http://www.territoria", "http://www .territoria", "no address of the web"),
        ("organizations.tsv", "brest\tBrest", "brest!\tBrest", "cannot stand in an address"),
        ("palmares.schema.json", "{", "", "not JSON"),
        ("decisions.tsv", "\tsame\t", "\tsimilar\t", "unknown judgement 'similar'"),
    ],
)
def test_wrong_data_are_refused_with_their_place(
    data: Path, tmp_path: Path, brest: Registry, file: str, before: str, after: str, says: str
) -> None:
    home = tmp_path / "home"
    live = build(data, brest, home, _silent).snapshot.version
    _damage(data / file, before, after)
    with pytest.raises(DataError) as refusal:
        build(data, brest, home, _silent)
    assert says in str(refusal.value)
    assert Path(str(refusal.value.path)).name == Path(file).name
    assert Home(home).current().version == live


def test_an_edition_that_is_declared_and_missing_is_refused(
    data: Path, tmp_path: Path, brest: Registry
) -> None:
    (data / "editions" / f"{SMALLEST}.yaml").rename(data / "editions" / "elsewhere.yml")
    with pytest.raises(DataError, match="no edition: nothing to build"):
        build(data, brest, tmp_path / "home", _silent)
    shutil.copy(resources.data() / "editions" / "prix-territoriaux-2022.yaml", data / "editions")
    declared = (resources.data() / "documents.toml").read_text(encoding="utf-8")
    (data / "documents.toml").write_text(declared, encoding="utf-8")
    with pytest.raises(DataError, match=r"territoire-innovant-2024\.yaml: missing, though"):
        build(data, brest, tmp_path / "home", _silent)


@pytest.mark.parametrize(
    ("before", "after", "at", "says"),
    [
        ("lines: [29]", "lines: [33]", "key: semaines-reservees", "line 33 is outside the dossier of"),
        ("unit: week", "unit: wek", "key: semaines-reservees", "'wek' is no concept of the scheme id/unit"),
        ("theme: arts", "theme: art", "theme: art", "'art' is no concept of the scheme id/theme"),
        ("distinction: prix", "distinction: un-prix", "distinction: un-prix", "no distinction 'un-prix"),
        ("key: semaines-a-venir", "key: semaines-reservees", "key: semaines-res", "is given twice"),
        ("mention: SAMU", "mention: SAMUS", None, "'SAMUS' (line 113 of its document) fits no organization"),
    ],
)
def test_wrong_facts_are_refused_with_their_line(
    data: Path,
    tmp_path: Path,
    brest: Registry,
    before: str,
    after: str,
    at: str | None,
    says: str,
) -> None:
    home = tmp_path / "home"
    live = build(data, brest, home, _silent).snapshot.version
    path = data / "facts" / f"{SMALLEST}.yaml"
    _damage(path, before, after)
    with pytest.raises(DataError) as refusal:
        build(data, brest, home, _silent)
    assert says in str(refusal.value)
    if at:
        assert refusal.value.path == path
        assert at in path.read_text(encoding="utf-8").splitlines()[(refusal.value.line or 0) - 1]
    assert Home(home).current().version == live


def test_without_the_facts_of_an_edition_everything_else_builds(
    data: Path, tmp_path: Path, brest: Registry
) -> None:
    """What is missing is said: each initiative that nobody has read is a warning."""
    (data / "facts" / f"{SMALLEST}.yaml").unlink()
    built = build(data, brest, tmp_path / "home", _silent)
    without = [finding.focus for finding in built.report.warnings if "WithoutTheme" in finding.shape]
    assert (built.snapshot.counts["initiatives"], len(without)) == (6, 6)
    assert built.snapshot.counts["figures stated"] == 0


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("initiative\tno-such-distinction\t*\tx", "the decision on no-such-distinction says x"),
        ("series\tno-such-category\t*\tx", "gives it nothing: there is no such thing"),
    ],
)
def test_a_decision_without_effect_is_refused(
    data: Path, tmp_path: Path, brest: Registry, row: str, says: str
) -> None:
    path = data / "decisions.tsv"
    header, *rows = path.read_text(encoding="utf-8").splitlines()
    rows = sorted([*rows, f"{row}\tsame\tlectrice\t2026-01-01\tligne 1"])
    path.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    with pytest.raises(DataError) as refusal:
        build(data, brest, tmp_path / "home", _silent)
    assert says in str(refusal.value)


def test_a_broken_shape_stops_the_build_and_leaves_a_report(
    data: Path, tmp_path: Path, brest: Registry
) -> None:
    home = tmp_path / "home"
    live = build(data, brest, home, _silent).snapshot.version
    _damage(
        data / "documents.toml",
        'lines = 159\nedition = "prix-territoriaux-2020"',
        'lines = 20\nedition = "prix-territoriaux-2020"',
    )
    with pytest.raises(NotConforming) as refusal:
        build(data, brest, home, _silent)
    assert "the live version is unchanged" in str(refusal.value)
    assert "prix-territoriaux-2020/L34" in (home / "refused-build.txt").read_text(encoding="utf-8")
    assert Home(home).current().version == live


def test_the_words_of_the_documents_stand_only_in_a_graph_built_with_them(
    data: Path, tmp_path: Path, brest: Registry, sources_dir: Path
) -> None:
    exact = term("oa:exact")
    graph = named_graph("documents")
    without = build(data, brest, tmp_path / "home", _silent).snapshot.open()
    assert list(without.quads_for_pattern(None, exact, None, graph)) == []
    at_hand = build(data, brest, tmp_path / "home", _silent, sources_dir).snapshot.open()
    words = [
        quad.object.value
        for quad in at_hand.quads_for_pattern(None, exact, None, graph)
        if isinstance(quad.object, Literal)
    ]
    passages = list(at_hand.quads_for_pattern(None, inno.startLine, None, graph))
    assert len(words) <= len(passages) and len(words) > 10
    assert max(map(len, words)) <= 200


@pytest.mark.parametrize("steps", [0, 1, 2, 3, 4])
def test_an_interrupted_build_leaves_the_live_version(
    data: Path, tmp_path: Path, brest: Registry, steps: int
) -> None:
    home = tmp_path / "home"
    live = build(data, brest, home, _silent).snapshot.version
    _damage(data / "editions" / f"{SMALLEST}.yaml", "mention: Ville de Brest", "mention: ville de Brest")
    command = [*BUILD, "--home", str(home), "--data", str(data), "--registry", str(brest.path)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    told = [process.stderr.readline() for _ in range(steps)]
    if steps:
        process.send_signal(signal.SIGINT)
    else:
        process.kill()
    _, errors = process.communicate(timeout=60)
    assert process.returncode in (0, 130, -signal.SIGKILL) and "Traceback" not in errors
    assert told == ["reading data/\n", "writing quads\n", *told[2:4]][:steps]
    current = Home(home).current()
    assert current.notice is None
    assert (current.version == live) == (process.returncode != 0)


def test_a_full_disk_is_reported_and_changes_nothing(data: Path, tmp_path: Path, brest: Registry) -> None:
    home = tmp_path / "home"
    live = build(data, brest, home, _silent).snapshot.version
    _damage(data / "editions" / f"{SMALLEST}.yaml", "mention: Ville de Brest", "mention: ville de Brest")

    def small_files() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))

    command = [*BUILD, "--home", str(home), "--data", str(data), "--registry", str(brest.path)]
    done = subprocess.run(command, capture_output=True, text=True, preexec_fn=small_files, timeout=120)
    assert done.returncode == 3
    assert "Traceback" not in done.stderr and "unchanged" in done.stderr.splitlines()[-1]
    assert Home(home).current().version == live


def test_every_declared_document_has_counts_made_by_hand(data: Path) -> None:
    assert all(entry.distinctions >= entry.categories > 0 for entry in read_documents(data).values())
