"""The one list of families of documents: adding one is writing its module and naming it here."""

from typing import Protocol

from innograph.errors import UnknownFamily
from innograph.records import Extraction
from innograph.sources import (
    interconnectes_label,
    prix_territoriaux,
    territoria_palmares,
    territoria_press_pack,
)
from innograph.sources.document import Document


class Family(Protocol):
    """What the module of a family offers."""

    FAMILY: str

    def recognises(self, document: Document) -> bool:
        """Tell whether a document, whole or damaged, is of this family."""

    def read(self, document: Document, *, lenient: bool = False) -> Extraction:
        """Read a document of this family.

        :raises innograph.errors.SourceError: it does not understand a line; names it.
        """


FAMILIES: tuple[Family, ...] = (
    territoria_palmares,
    territoria_press_pack,
    interconnectes_label,
    prix_territoriaux,
)


def family_of(document: Document, name: str | None = None) -> Family:
    """Find the family of a document, by its ``name`` if that is known.

    :raises UnknownFamily: no family has this name, or none recognises the document, or several do.
    """
    names = ", ".join(family.FAMILY for family in FAMILIES)
    if name:
        for family in FAMILIES:
            if name == family.FAMILY:
                return family
        raise UnknownFamily(f"no family {name!r}; known are {names}", document.name)
    found = [family for family in FAMILIES if family.recognises(document)]
    if len(found) != 1:
        why = "several families recognise" if found else "no family recognises"
        raise UnknownFamily(f"{why} this document: name its family with --family ({names})", document.name)
    return found[0]
