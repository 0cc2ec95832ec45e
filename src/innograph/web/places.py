"""Where laureates are: the marks of a map, from whatever a page lists."""

from collections.abc import Iterable
from typing import Final

from innograph.namespaces import ID
from innograph.web.answers import Table
from innograph.web.links import path_to
from innograph.web.maps import Map, Mark, map_of
from innograph.web.reader import Reader
from innograph.web.words import Language

MOST: Final = 1000
"""Things whose laureates are asked for in one question."""


def marks_of(reader: Reader, things: Iterable[str], language: Language) -> list[Mark]:
    """Give a mark for each laureate of some things, once, in their order; one question, and one for names.

    :param things: addresses of laureates, distinctions or initiatives, at most :data:`MOST`.
    :returns: marks with the code of their département; it is empty where the graph knows none.
    """
    ours = [thing for thing in dict.fromkeys(things) if thing.startswith(ID)][:MOST]
    if not ours:
        return []
    order = {thing: at for at, thing in enumerate(ours)}
    rows = reader.rows_about("laureates-and-places", ours)
    rows.sort(key=lambda row: order[row["thing"].value])  # stable: those of one thing stay as they come
    found = {row["laureate"]: row["department"].value if "department" in row else "" for row in rows}
    shown = {laureate: reader.show(laureate, language) for laureate in found}
    return [Mark(code, shown[each].text, path_to(shown[each])) for each, code in found.items()]


def map_of_column(table: Table | None, column: str, reader: Reader, language: Language) -> Map | None:
    """Draw the laureates of what stands in a column of a result (see :func:`marks_of`).

    None where there is no such column, nobody in it has a place, or the page does not show all the rows.
    """
    if not table or column not in table.columns or table.more:
        return None
    at = table.columns.index(column)
    cells = (row[at] for row in table.rows)
    return map_of(marks_of(reader, (cell.address for cell in cells if cell and cell.address), language))
