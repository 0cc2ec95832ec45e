"""Where the publishers keep their current files: one table of addresses, each of which can be replaced."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from innograph.errors import RegistryError

JSON: Final = "application/json"


@dataclass(frozen=True, slots=True)
class Source:
    """One file or service of a publisher."""

    key: str
    publisher: str
    gives: str
    address: str
    accept: str
    """The media type that it answers with; empty if any will do."""


_GEO: Final = "https://geo.api.gouv.fr"
_SOURCES: Final = (
    Source(
        "cog",
        "INSEE",
        "Code officiel géographique: communes, départements, régions, movements since 1943 (ZIP of CSV)",
        "",  # each year has its own
        "",
    ),
    Source(
        "communes",
        "geo.api.gouv.fr (INSEE, DGCL, La Poste)",
        "SIREN, postal codes, municipal population and EPCI of communes; communes overseas",
        f"{_GEO}/communes?type=commune-actuelle,arrondissement-municipal&zone=metro,drom,com"
        "&fields=nom,code,type,zone,siren,codeDepartement,codesPostaux,population,codeEpci",
        JSON,
    ),
    Source(
        "epcis",
        "geo.api.gouv.fr (DGCL)",
        "names and kinds of EPCI",
        f"{_GEO}/epcis?fields=nom,code,type",
        JSON,
    ),
    Source(
        "overseas",
        "geo.api.gouv.fr",
        "names of overseas collectivités",
        f"{_GEO}/departements?zone=com&fields=nom,code",
        JSON,
    ),
    Source(
        "authorities",
        "recherche-entreprises.api.gouv.fr (SIRENE)",
        "SIREN of départements, régions and special collectivités, held against ours",
        "https://recherche-entreprises.api.gouv.fr/search",
        JSON,
    ),
)
_COG: Final = {
    "2026": "https://www.insee.fr/fr/statistiques/fichier/8740222/cog_ensemble_2026_csv.zip",
}
"""By year; INSEE gives each file a number of its own: see https://www.insee.fr/fr/information/2560452."""

KEYS: Final = tuple(source.key for source in _SOURCES)
NEWEST: Final = max(_COG)
"""The newest Code officiel géographique whose address is known here."""


def sources_of(cog: str, others: Mapping[str, str]) -> dict[str, Source]:
    """Give the sources of a year, by key.

    :param cog: year of the Code officiel géographique.
    :param others: addresses that stand in for those of the table, by key.
    :raises RegistryError: a key is unknown, or no address is known for the year.
    """
    unknown = sorted(set(others) - set(KEYS))
    if unknown:
        raise RegistryError(f"no source is called {unknown[0]!r}; they are {', '.join(KEYS)}")
    found = {}
    for source in _SOURCES:
        address = others.get(source.key) or source.address or _COG.get(cog, "")
        if not address:
            raise RegistryError(
                f"no address is known for the Code officiel géographique of {cog}: find it at"
                " https://www.insee.fr/fr/information/2560452 and give it as --source cog=ADDRESS"
            )
        found[source.key] = Source(source.key, source.publisher, source.gives, address, source.accept)
    return found
