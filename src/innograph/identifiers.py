"""Identifiers that others give to bodies and places: their forms, the addresses they make, where they lead.

A scheme has a property of our vocabulary. Its values are kept short (``FR103``, ``Q90``); as RDF they are
texts, or addresses where whoever keeps the scheme has made them addresses.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class Scheme:
    """One scheme of identifiers, under the name that ``data/identifiers.tsv`` uses."""

    name: str
    property: str
    """Name of the property in our vocabulary, without its namespace."""
    about: frozenset[str]
    """What it identifies: ``organization``, ``territory`` or both."""
    form: re.Pattern[str]
    iri: str = ""
    """What the value makes an address of, ``{}`` standing for it; empty where the value stays a text."""
    page: str = ""
    """Where the identifier leads a reader or a program, ``{}`` standing for it, if anywhere."""
    target: str = ""
    """Address of the data set that the identifiers lead to, if it is one."""
    opaque: str = ""
    """What a page shows instead of a value that tells a reader nothing."""

    def leads_to(self, value: str) -> str:
        """Give the address at which something answers for a value; empty if there is none.

        >>> SCHEMES["wikidata"].leads_to("Q90"), SCHEMES["iso-3166-2"].leads_to("FR-78")
        ('http://www.wikidata.org/entity/Q90', '')
        """
        return (self.page or self.iri).format(value) if self.page or self.iri else ""

    def short(self, text: str) -> str:
        """Give the value of what the property holds: an address loses what all of the scheme begin with.

        >>> SCHEMES["nuts"].short("http://data.europa.eu/nuts/code/FR103")
        'FR103'
        """
        return text.removeprefix(self.iri.removesuffix("{}"))


_BOTH = frozenset({"organization", "territory"})
_PLACE = frozenset({"territory"})
_BODY = frozenset({"organization"})
_UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"

SCHEMES: Final[Mapping[str, Scheme]] = MappingProxyType(
    {
        scheme.name: scheme
        for scheme in (
            Scheme(
                "siren",
                "siren",
                _BODY,
                re.compile(r"\d{9}", re.ASCII),
                page="https://annuaire-entreprises.data.gouv.fr/entreprise/{}",
                target="https://annuaire-entreprises.data.gouv.fr/",
            ),
            Scheme("website", "website", _BODY, re.compile(r"https?://[^\s<>\"{}|\\^`]+"), "{}"),
            Scheme(
                "wikidata",
                "wikidata",
                _BOTH,
                re.compile(r"Q[1-9]\d*", re.ASCII),
                "http://www.wikidata.org/entity/{}",
                target="https://www.wikidata.org/",
            ),
            Scheme(
                "insee-uri",
                "inseeUri",
                _PLACE,
                re.compile(f"(departement|region)/{_UUID}"),
                "http://id.insee.fr/geo/{}",
                target="https://rdf.insee.fr/",
                opaque="id.insee.fr",
            ),
            Scheme("iso-3166-2", "iso31662", _PLACE, re.compile(r"FR-([A-Z]{3}|[0-9][0-9A-Z]{1,2})")),
            Scheme(
                "nuts",
                "nuts",
                _PLACE,
                re.compile("FR[0-9A-Z]{1,3}"),
                "http://data.europa.eu/nuts/code/{}",
                target="http://data.europa.eu/nuts",
            ),
            Scheme(
                "eu-atu",
                "euAtu",
                _PLACE,
                re.compile("FRA_(DPT_[0-9AB]{3}|RG_[A-Z]{2,5})"),
                "http://publications.europa.eu/resource/authority/atu/{}",
                target="http://publications.europa.eu/resource/authority/atu",
            ),
        )
    }
)
"""Every scheme by name, in the order in which pages show them."""

GEO_API: Final = "https://geo.api.gouv.fr/"
"""Where programs are answered for a place by its code (API Découpage administratif)."""

_GEO_API = {"commune": "communes", "epci": "epcis", "department": "departements", "region": "regions"}


def geo_api(territory_kind: str, code: str) -> str:
    """Give the address at geo.api.gouv.fr of a place in force; empty for kinds that it does not list.

    >>> geo_api("department", "78"), geo_api("former-commune", "70002")
    ('https://geo.api.gouv.fr/departements/78', '')
    """
    return f"{GEO_API}{_GEO_API[territory_kind]}/{code}" if territory_kind in _GEO_API else ""


def is_siren(text: str) -> bool:
    """Tell whether a text is a SIREN: nine digits whose Luhn sum is a multiple of ten.

    >>> is_siren("217802081"), is_siren("217802082"), is_siren("21780208")
    (True, False, False)
    """
    if len(text) != 9 or not (text.isascii() and text.isdigit()):
        return False
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(text))
    return sum(number // 10 + number % 10 for number in doubled) % 10 == 0
