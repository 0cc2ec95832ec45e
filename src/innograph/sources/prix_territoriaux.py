"""The palmarès of the Prix Territoriaux La Gazette - GMF: one family, laid out in two ways.

The results are published as a web page (``prix_territoriaux_page``) or as a press release
(``prix_territoriaux_release``). Both honour one dossier with each prize, without ranks; the prizes are
categories, and their names are data: another year may have others. The headings tell which layout it is.
"""

from innograph.records import Extraction
from innograph.sources.document import Document
from innograph.sources.prix_territoriaux_page import check_page_whole, read_page, recognises_page
from innograph.sources.prix_territoriaux_release import check_release_whole, read_release, recognises_release
from innograph.sources.reading import Reading
from innograph.text import fold

FAMILY = "prix-territoriaux"

_OPENING = 12
"""Among so many first lines that are not blank, one names the award, even where others are damaged."""


def recognises(document: Document) -> bool:
    """Tell whether the document is a palmarès of the Prix Territoriaux, whole or damaged."""
    return any("prix territoriaux" in fold(text) for _, text in document.numbered()[:_OPENING])


def read(document: Document, *, lenient: bool = False) -> Extraction:
    """Read a palmarès of the Prix Territoriaux.

    :param lenient: note what is not understood, or announced and missing, instead of refusing the document.
    :raises SourceError: the document has neither layout, is cut, or holds a line that nothing understands.
    """
    rows = document.numbered()
    reading = Reading(document, lenient)
    is_page = recognises_page(rows)
    if not is_page and not recognises_release(rows):
        last, _ = rows[-1]
        raise document.refuse(last, "no prize « • Prix … : … » or « … – Prix … »: the document seems cut")
    edition = read_page(reading) if is_page else read_release(reading)
    # A line that nothing understands is reported before what is missing: it is the likelier cause.
    reading.account()
    if is_page:
        check_page_whole(reading)
    else:
        check_release_whole(reading, edition)
    return reading.extraction(edition, FAMILY)
