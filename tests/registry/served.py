"""The small country as the publishers' services give it: INSEE's ZIP file, geo.api.gouv.fr, SIRENE."""

import csv
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from innograph.registry.reviewed import AuthorityRow
from innograph.registry.sirene import code_of
from publisher import Publisher, Reply, Request
from registry.small import Row

_TYPES = {
    "commune-actuelle": "COM",
    "arrondissement-municipal": "ARM",
    "commune-deleguee": "COMD",
    "commune-associee": "COMA",
}
MOVEMENTS = [
    "10 1950-06-01 COM 01003 Vieuval > COM 01003 Vieux-Val",
    "10 1990-01-01 COM 02002 Bourg > COM 02002 Saint-Bourg",
    "32 2016-01-01 COM 01002 Petit-Val > COM 01002 Val-Neuf",
    "32 2016-01-01 COM 01003 Vieux-Val > COM 01002 Val-Neuf",
    "32 2016-01-01 COM 01003 Vieux-Val > COMD 01003 Vieux-Val",
]
"""What led to the changes that ``small.reviewed`` notes."""


def cog_zip(files: Mapping[str, Sequence[Row]], movements: Sequence[str], year: str = "2026") -> bytes:
    """Write INSEE's ZIP file of a country in the shape of the package."""
    communes = [
        {
            "TYPECOM": _TYPES[row["type"]],
            "COM": row["code"],
            "REG": row["region"] if row["type"] == "commune-actuelle" else "",
            "DEP": row["departement"] if row["type"] == "commune-actuelle" else "",
            "LIBELLE": row["nom"],
            "COMPARENT": row.get("chefLieu") or row.get("commune") or "",
        }
        for row in files["communes"]
        if row["zone"] != "com"
    ]
    departments = [
        {"DEP": row["code"], "REG": row["region"], "LIBELLE": row["nom"]}
        for row in files["departements"]
        if row["zone"] != "com"
    ]
    regions = [
        {"REG": row["code"], "LIBELLE": row["nom"]} for row in files["regions"] if row["zone"] != "com"
    ]
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, rows in (
            ("commune", communes),
            ("mvt_commune", [_movement(text) for text in movements]),
            ("departement", departments),
            ("region", regions),
        ):
            archive.writestr(f"v_{name}_{year}.csv", _csv(rows))
    return content.getvalue()


def _movement(text: str) -> Row:
    kind, day, rest = text.split(" ", 2)
    row = {"MOD": kind, "DATE_EFF": day}
    for side, part in zip(("AV", "AP"), rest.split(" > "), strict=True):
        typ, code, name = part.split(" ", 2)
        row |= {f"TYPECOM_{side}": typ, f"COM_{side}": code, f"LIBELLE_{side}": name}
    return row


def _csv(rows: Sequence[Row]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def geo_communes(files: Mapping[str, Sequence[Row]]) -> list[Row]:
    """Give what geo.api.gouv.fr says of communes and arrondissements."""
    epci = {member["code"]: row["code"] for row in files["epci"] for member in row["membres"]}
    found = []
    for row in files["communes"]:
        if row["type"] in ("commune-actuelle", "arrondissement-municipal"):
            kept = ("code", "nom", "type", "zone", "siren", "codesPostaux", "population")
            said = {name: row[name] for name in kept if name in row}
            said["codeDepartement"] = row["departement"]
            said.setdefault("codesPostaux", [])
            if row["code"] in epci:
                said["codeEpci"] = epci[row["code"]]
            found.append(said)
    return found


def geo_epcis(files: Mapping[str, Sequence[Row]]) -> list[Row]:
    """Give what geo.api.gouv.fr says of EPCI."""
    return [{name: row[name] for name in ("code", "nom", "type")} for row in files["epci"]]


def geo_overseas(files: Mapping[str, Sequence[Row]]) -> list[Row]:
    """Give what geo.api.gouv.fr says of overseas collectivités."""
    return [{"code": row["code"], "nom": row["nom"]} for row in files["departements"] if row["zone"] == "com"]


def as_json(rows: Any) -> Reply:
    """Answer with JSON, as the services do."""
    return Reply(json.dumps(rows, ensure_ascii=False).encode(), "application/json; charset=utf-8")


def sirene(authorities: Sequence[AuthorityRow], otherwise: Mapping[str, str] | None = None) -> Any:
    """Answer for recherche-entreprises.api.gouv.fr: the SIREN of authorities, some of them ``otherwise``."""
    known = {code_of(row.id): row.siren for row in authorities if not row.valid_until} | dict(otherwise or {})

    def reply(request: Request) -> Reply:
        (code,) = request.query["code_collectivite_territoriale"]
        found = {"collectivite_territoriale": {"code": code, "code_insee": code, "elus": []}}
        results = [{"siren": known[code], "complements": found}] if known.get(code) else []
        return as_json({"results": results, "total_results": len(results)})

    return reply


def serve(
    publisher: Publisher,
    files: Mapping[str, Sequence[Row]],
    authorities: Sequence[AuthorityRow],
    movements: Sequence[str] = MOVEMENTS,
    year: str = "2026",
) -> dict[str, str]:
    """Let a publisher serve a country; give the addresses, by key of the source."""
    publisher.replies |= {
        "/cog.zip": Reply(cog_zip(files, movements, year), "application/zip"),
        "/communes": as_json(geo_communes(files)),
        "/epcis": as_json(geo_epcis(files)),
        "/departements": as_json(geo_overseas(files)),
        "/search": sirene(authorities),
    }
    paths = {
        "cog": "/cog.zip",
        "communes": "/communes",
        "epcis": "/epcis",
        "overseas": "/departements",
        "authorities": "/search",
    }
    return {key: f"{publisher.address}{path}" for key, path in paths.items()}
