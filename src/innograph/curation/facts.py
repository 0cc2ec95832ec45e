"""``data/facts/<edition>.yaml``: what readers found in descriptions, held against edition and schemes."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from innograph.curation.yaml_records import dump_record, load_located
from innograph.errors import DataError
from innograph.records import (
    AudienceReading,
    CategoryThemes,
    Distinction,
    DistinctionFacts,
    Edition,
    Facts,
    Figure,
    Lines,
    Partner,
    Span,
    ThemeReading,
    parts,
)
from innograph.resources import read_text

Schemes = Mapping[str, frozenset[str]]
"""For each concept scheme of the vocabulary, the names of its concepts."""

Located = Callable[[object], int]


def dump_facts(facts: Facts) -> str:
    """Write facts in the one canonical form."""
    return dump_record(facts)


def facts_path(data: Path, edition: str) -> Path:
    """Give the file of the facts of an edition in the folder ``data``; there need not be one."""
    return data / "facts" / f"{edition}.yaml"


def facts_of(data: Path, edition: str) -> Facts | None:
    """Read the facts of one edition, if there are any, without holding them against it.

    :raises DataError: the file is no YAML, or holds no facts; names the line.
    """
    path = facts_path(data, edition)
    return _load(path)[0] if path.exists() else None


def read_facts(data: Path, editions: Sequence[Edition], schemes: Schemes) -> list[Facts]:
    """Read the facts of every edition of the folder ``data`` that has some, in order of file name.

    :raises DataError: a file is no facts, is of no edition, or does not suit its edition or the schemes: a
        key that does not exist, lines outside the dossier, a figure given twice, a theme that is missing or
        too many …; names the line.
    """
    known = {edition.key: edition for edition in editions}
    found = []
    for path in sorted((data / "facts").glob("*.yaml")):
        facts, line_of = _load(path)
        if facts.edition != path.stem:
            raise DataError(f"holds the facts of {facts.edition!r}: name the file after its edition", path)
        if facts.edition not in known:
            raise DataError(f"no edition {facts.edition!r} in data/editions/", path, line_of(facts))
        _Check(path, line_of, known[facts.edition], schemes).all(facts)
        found.append(facts)
    return found


def _load(path: Path) -> tuple[Facts, Located]:
    return load_located(Facts, read_text(path), path)


class _Check:
    """Holds the facts of one file against their edition and the schemes."""

    def __init__(self, path: Path, line_of: Located, edition: Edition, schemes: Schemes) -> None:
        self.path = path
        self.line_of = line_of
        self.edition = edition
        self.schemes = schemes

    def _refuse(self, where: object, message: str) -> DataError:
        return DataError(message, self.path, self.line_of(where))

    def all(self, facts: Facts) -> None:
        """Check everything, in the order of the file.

        :raises DataError: something does not hold; names the line.
        """
        if not facts.curator:
            raise self._refuse(facts, "curator must say who read the document")
        self._categories(facts)
        distinctions = {distinction.key: distinction for distinction in self.edition.distinctions()}
        for entry in facts.distinctions:
            if entry.distinction not in distinctions:
                message = f"no distinction {entry.distinction!r} in data/editions/{facts.edition}.yaml"
                raise self._refuse(entry, message)
        self._once(facts.distinctions, lambda entry: entry.distinction, "the distinction")
        missing = distinctions.keys() - {entry.distinction for entry in facts.distinctions}
        if missing:
            raise self._refuse(facts, f"the distinction {min(missing)} is missing: it needs at least a theme")
        for entry in facts.distinctions:
            self._distinction(entry, distinctions[entry.distinction])

    def _categories(self, facts: Facts) -> None:
        kinds = {category.key: category.kind for category in self.edition.categories}
        self._once(facts.categories, lambda entry: entry.category, "the category")
        for entry in facts.categories:
            kind = kinds.get(entry.category)
            if kind is None:
                message = f"no category {entry.category!r} in data/editions/{facts.edition}.yaml"
                raise self._refuse(entry, message)
            if kind != "thematic":
                raise self._refuse(
                    entry, f"{entry.category} is a {kind}: only thematic categories have themes"
                )
            self._themes(entry, entry.themes)
            for theme in entry.themes:
                self._concept(entry, "theme", theme)
        thematic = {key for key, kind in kinds.items() if kind == "thematic"}
        missing = thematic - {entry.category for entry in facts.categories}
        if missing:
            raise self._refuse(facts, f"the thematic category {min(missing)} has no theme")

    def _distinction(self, entry: DistinctionFacts, distinction: Distinction) -> None:
        self._themes(entry, [reading.theme for reading in entry.themes])
        if bool(entry.summary) != bool(distinction.description):
            raise self._refuse(
                entry,
                f"{entry.distinction} is described: it needs a summary"
                if distinction.description
                else f"{entry.distinction} is not described: there is nothing to summarise",
            )
        inside = [*distinction.lines, *distinction.description]
        for part in parts(entry):
            lines = getattr(part, "lines", ())
            outside = [span for span in lines if not _covered(span, inside)]
            if outside:
                where = ", ".join(map(str, inside))
                message = f"line {outside[0]} is outside the dossier of {entry.distinction} (lines {where})"
                raise self._refuse(part, message)
            self._known(part)
        self._once(entry.audiences, lambda reading: reading.audience, "the audience")
        self._once(entry.places, lambda place: place.name, "the place")
        self._once(entry.partners, lambda partner: (partner.understood(), partner.role), "the partner")
        self._once(entry.figures, lambda figure: figure.key, "the figure")
        self._once(entry.figures, Figure.says, "a figure of the same value, unit, measure and lines as")
        keys = {figure.key for figure in entry.figures}
        for figure in entry.figures:
            if figure.contradicts and figure.contradicts not in keys - {figure.key}:
                raise self._refuse(
                    figure, f"contradicts {figure.contradicts!r}, which is no other figure of it"
                )

    def _themes(self, entry: CategoryThemes | DistinctionFacts, themes: Sequence[str]) -> None:
        if not themes:
            raise self._refuse(entry, "at least one theme is needed")
        self._once(themes, lambda theme: theme, "the theme", entry)

    def _known(self, part: object) -> None:
        if isinstance(part, ThemeReading):
            self._concept(part, "theme", part.theme)
        elif isinstance(part, AudienceReading):
            self._concept(part, "audience", part.audience)
        elif isinstance(part, Figure):
            self._concept(part, "unit", part.unit)
        elif isinstance(part, Partner):
            self._concept(part, "partner-role", part.role)

    def _concept(self, where: object, scheme: str, name: str) -> None:
        if name not in self.schemes.get(scheme, ()):
            raise self._refuse(where, f"{name!r} is no concept of the scheme id/{scheme} (ontology/)")

    def _once(
        self, entries: Iterable[object], name: Callable[..., object], what: str, where: object | None = None
    ) -> None:
        seen: set[object] = set()
        for entry in entries:
            if name(entry) in seen:
                raise self._refuse(where or entry, f"{what} {_shown(name(entry))} is given twice")
            seen.add(name(entry))


def _covered(span: Span, inside: Lines | list[Span]) -> bool:
    return any(outer.start <= span.start and span.end <= outer.end for outer in inside)


def _shown(name: object) -> str:
    return repr(name[0] if isinstance(name, tuple) else name)
