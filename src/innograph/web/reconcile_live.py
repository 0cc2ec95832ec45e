"""What answers a question about names: the registers, and the bodies of the version that is served."""

import threading
from collections.abc import Iterable
from dataclasses import dataclass

from innograph.curation.bodies import OrganizationRow
from innograph.journeys.reconcile.entities import Listed
from innograph.journeys.reconcile.properties import Known
from innograph.journeys.reconcile.service import Service, make_service
from innograph.linking.gazetteer import Gazetteer
from innograph.namespaces import ID
from innograph.registry.file import Registry
from innograph.web.live import Version
from innograph.web.reader import Reader
from innograph.web.words import Language

_BODY = f"{ID}organization/"
_KIND = f"{ID}organization-kind/"
_PLACE = f"{ID}territory/"


@dataclass(frozen=True, slots=True)
class Answering:
    """A service and the graph beside it."""

    service: Service
    reader: Reader

    def known(self, language: Language) -> Known:
        """Give what the values of properties are read from."""
        return Known(self.service.entities, self._wikidata, language)

    def _wikidata(self, address: str) -> Iterable[str]:
        return [row["item"].value.rpartition("/")[2] for row in self.reader.rows("wikidata", thing=address)]


class Services:
    """Gives a service for each version that is served; the registers stay the same."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._gazetteer = Gazetteer(registry)
        self._lock = threading.Lock()
        self._made: tuple[str, Answering] | None = None

    def over(self, version: Version) -> Answering:
        """Give the service for a version; it is made once."""
        name = version.snapshot.version
        with self._lock:
            if self._made is None or self._made[0] != name:
                service = make_service(self._gazetteer, listed_in_graph(version.reader, self._registry))
                self._made = name, Answering(service, version.reader)
            return self._made[1]


def listed_in_graph(reader: Reader, registry: Registry) -> Listed:
    """Read which bodies the graph lists; their SIREN, or else their place, tells which entries they are."""
    bodies: dict[str, OrganizationRow] = {}
    departments: dict[str, str] = {}
    entries: dict[str, str] = {}
    for row in reader.rows("bodies"):
        key = row["body"].value.removeprefix(_BODY)
        kind = row["kind"].value.removeprefix(_KIND) if "kind" in row else "unspecified"
        bodies.setdefault(key, OrganizationRow(key, row["name"].value, kind, ""))
        if "department" in row:
            departments[key] = row["department"].value
        if "siren" in row:
            entry = registry.with_siren(row["siren"].value)
        else:
            entry = registry.get(row["place"].value.removeprefix(_PLACE)) if "place" in row else None
        if entry and entry.kind:
            entries.setdefault(entry.id, key)
    return Listed(bodies, departments, entries)
