"""What the documents for people say is so: the example of the README, its links, its list of commands."""

import re
from pathlib import Path

import pytest
from pyoxigraph import QuerySolutions

from innograph import resources
from innograph.cli import commands
from innograph.journeys.build import build
from innograph.registry.file import Registry
from innograph.store.evaluate import evaluate

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_example_of_the_readme_has_its_real_answer(tmp_path: Path, small_registry: Registry) -> None:
    (query,) = re.findall(r"```sparql\n(.*?)```", README, re.DOTALL)
    rows = [line.strip("|").split("|") for line in README.splitlines() if line.startswith("| ")]
    table = [[cell.strip() for cell in row] for row in rows]
    built = build(resources.data(), small_registry, tmp_path, lambda step: None)
    answer = evaluate(built.snapshot.open(), query)
    assert isinstance(answer, QuerySolutions)
    names = [variable.value for variable in answer.variables]
    found = [[term.value if term else "" for term in (row[name] for name in names)] for row in answer]
    assert [names, *found] == table


@pytest.mark.parametrize(
    "name",
    [
        "README.md",
        "CONTRIBUTING.md",
        "data/README.md",
        "docs/decisions.md",
        "docs/deployment.md",
        "docs/http.md",
        "docs/reconciliation.md",
        "docs/registers.md",
    ],
)
def test_links_lead_somewhere(name: str) -> None:
    page = ROOT / name
    targets = re.findall(r"\]\((?!http)([^)#]+)\)", page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_the_readme_names_every_command() -> None:
    listed = re.findall(r"^    innograph (\w+)", README, re.MULTILINE)
    assert sorted(set(listed)) == sorted(commands.list_commands(None))  # type: ignore[arg-type]


def test_every_example_query_is_counted() -> None:
    examples = list((ROOT / "queries" / "examples").glob("*.rq"))
    assert len(examples) == 74, "correct the number in README.md"
