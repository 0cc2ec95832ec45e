"""Holding the SIREN of départements, régions and special collectivités against SIRENE.

They are reviewed facts: nothing here changes them. What differs is told, for a reader to look at.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Final
from urllib.parse import urlencode

from innograph.errors import FetchError
from innograph.fetch.fetcher import Fetcher
from innograph.registry.addresses import JSON
from innograph.registry.reviewed import AuthorityRow

_STEP: Final = 25
"""Requests between two lines of progress."""


def siren_remarks(
    authorities: Iterable[AuthorityRow], address: str, fetcher: Fetcher, tell: Callable[[str], None]
) -> Iterator[str]:
    """Say of each authority in force what SIRENE says otherwise, in one line; nothing where both agree.

    An authority that cannot be asked for ends it: what was not asked is told.

    :param address: the search of recherche-entreprises.api.gouv.fr.
    """
    in_force = [row for row in authorities if not row.valid_until]
    for number, row in enumerate(in_force):
        if number % _STEP == 0:
            tell(f"asking SIRENE for authorities, {number} of {len(in_force)}")
        code = code_of(row.id)
        asked = urlencode({"code_collectivite_territoriale": code, "etat_administratif": "A"})
        try:
            found = _siren(fetcher.get(f"{address}?{asked}", JSON).content, code)
        except (FetchError, ValueError, TypeError, KeyError) as error:
            yield f"SIREN not checked, from {row.id} on: {error}"
            return
        if found != {row.siren}:
            yield f"{row.id} {row.name} has the SIREN {row.siren}; SIRENE gives {_listed(found)}"


def code_of(id: str) -> str:
    """Give the code under which SIRENE knows an authority, that of the column CTCD of INSEE's communes.

    >>> code_of("department/78"), code_of("region/11"), code_of("special-status/972R")
    ('78D', '11', '972R')
    """
    kind, _, code = id.partition("/")
    return f"{code}D" if kind == "department" else code


def _siren(content: bytes, code: str) -> set[str]:
    answer = json.loads(content)
    return {
        result["siren"]
        for result in answer["results"]
        if result["complements"]["collectivite_territoriale"]["code"] == code
    }


def _listed(found: set[str]) -> str:
    return " and ".join(sorted(found)) or "none"
