"""How a thing of the graph is cited: as a sentence, as BibTeX, as CSL-JSON (https://citationstyles.org/).

The address is the permanent one and the version that of the snapshot, so that a citation says the same
wherever the site runs; the documents from which the graph knows of the thing are named beside.
"""

import json
import re
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from pyoxigraph import NamedNode

from innograph.namespaces import ID
from innograph.store.snapshot import Snapshot
from innograph.web.dates import day_in_words, month_in_words
from innograph.web.reader import Node, Reader
from innograph.web.words import Language, word

MEDIA_TYPES: Final = {
    "bib": "application/x-bibtex; charset=utf-8",
    "csl.json": "application/vnd.citationstyles.csl+json",
}
"""What may follow the path of a description, after a dot, to ask for a citation."""

_TEX: Final = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "{}$&#_%"},
}


@dataclass(frozen=True, slots=True)
class Source:
    """A document that the graph's knowledge comes from; its publisher and address where they are known."""

    title: str
    date: str
    publisher: str
    address: str

    def text(self) -> str:
        """Name it in one line."""
        return ", ".join(part for part in (self.title, self.publisher, self.date, self.address) if part)


@dataclass(frozen=True, slots=True)
class Citation:
    """All that a citation of one thing says, in one language."""

    address: str
    title: str
    kind: str
    version: str
    written: date
    language: Language
    sources: list[Source]

    @property
    def text(self) -> str:
        """Give the citation as a sentence."""
        cited = word("cited title", self.language).format(title=self.title)
        kind = f"{self.kind}, " if self.kind else ""
        origin = f" {self._origin}." if self.sources else ""
        return f"{cited}, {kind}innograph, {self._version}, {self.address}.{origin}"

    @property
    def bibtex(self) -> str:
        """Give the citation as an entry of BibTeX."""
        note = self._version[:1].upper() + self._version[1:]
        note += f". {self._origin}" if self.sources else ""
        key = re.sub(r"[^A-Za-z0-9-]", "-", self.address.removeprefix(ID))
        fields = {
            "title": f'"{{{_tex(self.title)}}}"',
            "author": '"{innograph}"',
            "year": f"{{{self.written.year}}}",
            "month": month_in_words(self.written.year, self.written.month, "en")[:3].lower(),
            "howpublished": f"{{\\url{{{self.address}}}}}",
            "note": f"{{{_tex(note)}}}",
        }
        lines = ",\n".join(f"  {name} = {value}" for name, value in fields.items())
        return f"@misc{{innograph-{key},\n{lines}\n}}"

    @property
    def csl(self) -> str:
        """Give the citation as CSL-JSON: a list of one item."""
        item: dict[str, Any] = {
            "id": self.address,
            "type": "dataset",
            "title": self.title,
            "genre": self.kind,
            "container-title": "innograph",
            "author": [{"literal": "innograph"}],
            "issued": {"date-parts": [[self.written.year, self.written.month, self.written.day]]},
            "version": self.version,
            "URL": self.address,
            "language": self.language,
        }
        if self.sources:
            item["note"] = self._origin
        return json.dumps([item], ensure_ascii=False, indent=2)

    @property
    def _version(self) -> str:
        day = day_in_words(self.written, self.language)
        return word("cited version", self.language).format(version=self.version, day=day)

    @property
    def _origin(self) -> str:
        between = "; " if self.language == "en" else "\N{NO-BREAK SPACE}; "
        sources = between.join(source.text() for source in self.sources)
        return f"{word('cited from', self.language)} {sources}"

    def written_as(self, suffix: str) -> str:
        """Give the citation in the format of :data:`MEDIA_TYPES` that ``suffix`` asks for."""
        return self.bibtex if suffix == "bib" else self.csl


def cite(reader: Reader, snapshot: Snapshot, thing: NamedNode, language: Language) -> Citation:
    """Say how ``thing`` is cited; this asks one query."""
    rows = reader.rows("citation", thing=thing.value)
    documents = {row["document"] for row in rows if "document" in row}
    sources = [source for document, source in reader.once(_sources) if document in documents]
    kind = next((row["kind"] for row in rows if "kind" in row), None)
    return Citation(
        thing.value,
        reader.show(thing, language).text,
        reader.show(kind, language).text if kind else "",
        snapshot.version,
        snapshot.written.date(),
        language,
        sources,
    )


def _sources(reader: Reader) -> list[tuple[Node, Source]]:
    """Name all documents, by date."""
    names = ("title", "date", "publisher", "address")
    return [
        (row["document"], Source(*(row[name].value if name in row else "" for name in names)))
        for row in reader.every_row("documents-cited")
    ]


def _tex(text: str) -> str:
    """Write text so that TeX prints it as it is."""
    return "".join(_TEX.get(sign, sign) for sign in " ".join(text.split()))
