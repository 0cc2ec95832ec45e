"""The page of a passage: its document, its place there, and what it says."""

from collections.abc import Mapping
from typing import Any

from pyoxigraph import NamedNode

from innograph.web.layouts.document import given
from innograph.web.layouts.layout import NO_ROLES, Layout
from innograph.web.reader import Reader
from innograph.web.words import Language


def _read(reader: Reader, passage: NamedNode, language: Language) -> Mapping[str, Any]:
    told = given(reader, [passage], language).get(passage, [])
    return {"told": told, "summary": reader.show(passage, language).text}


PASSAGE = Layout(
    "things/passage.html", _read, NO_ROLES | {"done", "figures", "backlinks"}, question="passage-gives"
)
