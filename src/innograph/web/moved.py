"""Addresses that lead elsewhere (301), and those that lead nowhere any more (410)."""

from collections.abc import Callable

from pyoxigraph import NamedNode
from werkzeug.exceptions import Gone
from werkzeug.routing import RequestRedirect

from innograph.curation.retired import FILE, RetiredRow, read_retired
from innograph.namespaces import ID
from innograph.web.live import Version
from innograph.web.reader import Shown
from innograph.web.words import language_of_request

_BY_SIREN = "organization/siren-"


class Moved(RequestRedirect):
    """One thing took the place of what had this address, for good."""

    code = 301


class Withdrawn(Gone):
    """Nothing, or several things, took the place of what had this address. ``nearest`` are those."""

    def __init__(self, row: RetiredRow, nearest: list[Shown]) -> None:
        super().__init__(f"{ID}{row.address} was given up on {row.when}: {row.why_en}")
        self.french = f"{ID}{row.address} n'existe plus depuis le {row.when} : {row.why_fr}"
        self.nearest = nearest


def look_elsewhere(version: Version, path: str, lead: Callable[[str], str]) -> None:
    """Send whoever asks for an address that nothing has to what took its place, if that is known.

    A body of the registers that has an address of its own is known by its SIREN too.

    :param lead: gives the address to be sent to, from a path below ``/id/``.
    :raises Moved: one thing took its place.
    :raises Withdrawn: it was given up, and not for one other thing.
    """
    siren = path.removeprefix(_BY_SIREN)
    if siren != path:
        for row in version.reader.rows("bodies-by-siren", siren=siren):
            raise Moved(lead(row["body"].value.removeprefix(ID)))
    table = read_retired(version.snapshot.dump(FILE)) if FILE in version.snapshot.dumps() else []
    for retired in table:
        if retired.address == path:
            if len(retired.others()) == 1:
                raise Moved(lead(retired.successors))
            language = language_of_request()
            others = [version.reader.show(NamedNode(ID + each), language) for each in retired.others()]
            raise Withdrawn(retired, others)
