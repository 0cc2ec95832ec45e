"""The publishers' current files in the shape of the npm package, which :mod:`publishers` reads.

INSEE's Code officiel géographique says which communes, départements and régions there are, geo.api.gouv.fr
what else is known of them; where the two do not list the same communes, they are of different vintages. EPT,
which no service lists, are those of the registers at hand, with the communes that their members became.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from innograph.errors import RegistryError
from innograph.registry.changes import ChangeRow
from innograph.registry.cog import Cog
from innograph.registry.entries import Entry
from innograph.registry.groupings import Json
from innograph.registry.history import History

_PARTS: Final = {"COMD": "commune-deleguee", "COMA": "commune-associee"}
_KEPT: Final = ("siren", "codesPostaux", "population")


COMMUNES: Final = {"code": str, "nom": str, "type": str, "zone": str, "codesPostaux": list} | {
    "codeDepartement": str
}
"""What each record of geo.api.gouv.fr's communes has, and of which type; then what it may have."""
COMMUNES_MAY: Final = {"siren": str, "population": int, "codeEpci": str}
EPCIS: Final = {"code": str, "nom": str, "type": str}
OVERSEAS: Final = {"code": str, "nom": str}


def read_rows(
    content: bytes, must: Mapping[str, type], may: Mapping[str, type], source: str
) -> Sequence[Json]:
    """Read a list of records.

    :param must: fields that each must have, with their types.
    :param may: fields that some have.
    :raises RegistryError: it is cut, no JSON, no list of records, or a record is not like that.
    """
    try:
        rows = json.loads(content)
    except ValueError as error:
        kind = "an HTML page instead of" if content.lstrip()[:1] == b"<" else "cut, or no"
        raise RegistryError(f"{kind} JSON ({error})", source) from error
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        raise RegistryError("no list of records", source)
    for number, row in enumerate(rows, start=1):
        for name, type_ in {**may, **must}.items():
            value = row.get(name)
            if not (isinstance(value, type_) or (value is None and name in may)):
                raise RegistryError(f"record {number} ({row.get('code')}): its {name} is {value!r}", source)
    return rows


def package_of(
    cog: Cog, communes: Sequence[Json], epcis: Sequence[Json], overseas: Sequence[Json], ept: Sequence[Json]
) -> dict[str, Sequence[Json]]:
    """Put the current files into the shape of the package.

    :param communes: geo.api.gouv.fr's; also epcis and overseas.
    :param ept: rows of :func:`ept_of`.
    :raises RegistryError: the publishers do not list the same communes, or EPCI without members.
    :raises KeyError: what a row points at is not there; ``args`` name it.
    """
    known = {row["code"]: row for row in communes}
    _compare(cog, known)
    return {
        "communes": [*_communes(cog, known), *(_overseas(row) for row in communes if row["zone"] == "com")],
        "epci": list(_epci(epcis, communes)),
        "ept": ept,
        "departements": [
            *(
                {"code": r["DEP"], "nom": r["LIBELLE"], "region": r["REG"], "zone": "fr"}
                for r in cog.departments
            ),
            *({"code": row["code"], "nom": row["nom"], "zone": "com"} for row in overseas),
        ],
        "regions": [{"code": r["REG"], "nom": r["LIBELLE"], "zone": "fr"} for r in cog.regions],
    }


def ept_of(registry: Iterable[Entry], changes: Sequence[ChangeRow], current: Iterable[str]) -> list[Json]:
    """Give the EPT of the registers at hand, with what their members are today.

    :param current: codes of the communes in force.
    :raises RegistryError: a member is no more, and nothing says what it became.
    """
    codes = frozenset(current)
    heirs: dict[str, set[str]] = {}
    for gone in History(changes, codes, {}).gone():
        heirs.setdefault(gone.code, set()).update(gone.heirs)
    names: dict[str, str] = {}
    members: dict[str, set[str]] = {}
    for entry in registry:
        if entry.id.startswith("ept/"):
            names[entry.code] = entry.name
        for grouping in entry.member_of:
            if grouping.startswith("ept/"):
                today = {entry.code} if entry.code in codes else heirs.get(entry.code)
                if not today:
                    raise RegistryError(f"{entry.name} ({entry.code}), member of {grouping}, is no more")
                members.setdefault(grouping.removeprefix("ept/"), set()).update(today)
    return [
        {"code": code, "nom": name, "type": "EPT", "membres": [{"code": c} for c in sorted(members[code])]}
        for code, name in sorted(names.items())
    ]


def _compare(cog: Cog, known: Mapping[str, Json]) -> None:
    for typ, there in (("COM", "commune-actuelle"), ("ARM", "arrondissement-municipal")):
        official = {row["COM"] for row in cog.communes if row["TYPECOM"] == typ}
        listed = {c for c, row in known.items() if row["type"] == there and row["zone"] != "com"}
        if official != listed:
            differing = sorted(official ^ listed)
            raise RegistryError(
                f"geo.api.gouv.fr is of another vintage than the COG of {cog.year}: {len(differing)} communes"
                f" are in one of both only, {', '.join(differing[:5])} …"
            )


def _communes(cog: Cog, known: Mapping[str, Json]) -> Iterator[Json]:
    parents = {row["COM"]: row for row in cog.communes if row["TYPECOM"] == "COM"}
    for row in cog.communes:
        parent = parents[row["COMPARENT"] or row["COM"]]
        said = {
            "code": row["COM"],
            "nom": row["LIBELLE"],
            "zone": "fr",
            "departement": parent["DEP"],
            "region": parent["REG"],
        }
        if row["TYPECOM"] in _PARTS:
            yield {**said, "type": _PARTS[row["TYPECOM"]], "chefLieu": row["COMPARENT"]}
        else:
            more = known[row["COM"]]
            kept = {name: more[name] for name in _KEPT if more.get(name) is not None}
            yield {**said, **kept, "type": more["type"], "commune": row["COMPARENT"]}


def _overseas(row: Json) -> Json:
    said = {name: row[name] for name in ("code", "nom", "type", "zone")}
    return {**said, "departement": row["codeDepartement"], "region": "", "codesPostaux": row["codesPostaux"]}


def _epci(rows: Sequence[Json], communes: Sequence[Json]) -> Iterator[Json]:
    members: dict[str, list[Json]] = {row["code"]: [] for row in rows}
    for commune in communes:
        if commune["type"] == "commune-actuelle" and commune.get("codeEpci"):
            members[commune["codeEpci"]].append({"code": commune["code"]})
    for row in rows:
        if not members[row["code"]]:
            raise RegistryError(f"geo.api.gouv.fr lists {row['nom']} ({row['code']}) without a member")
        yield {"code": row["code"], "nom": row["nom"], "type": row["type"], "membres": members[row["code"]]}
