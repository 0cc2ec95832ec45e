"""The page of a person: the public role in an award, and nothing else."""

from collections.abc import Mapping
from typing import Any

from pyoxigraph import NamedNode

from innograph.web.layouts.layout import Layout
from innograph.web.layouts.roles import roles_of
from innograph.web.reader import Reader
from innograph.web.words import Language


def _read(reader: Reader, person: NamedNode, language: Language) -> Mapping[str, Any]:
    return {"roles": roles_of(reader, reader.rows_once("roles-of", thing=person.value), language)}


PERSON = Layout(
    "things/person.html",
    _read,
    shows=frozenset({"done", "figures", "identifiers", "participations"}),
    placed=frozenset({"held_roles"}),
    question="roles-of",
)
