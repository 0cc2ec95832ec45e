"""The registers of the small country at hand, and a publisher that serves newer ones."""

from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from innograph.fetch.fetcher import Fetcher, Manners
from innograph.fetch.kept import Kept
from innograph.journeys.refresh import Refreshed, Wanted, refresh
from innograph.registry.compact import Vintage, checked_entries, write_aside
from innograph.registry.file import Registry
from innograph.registry.publishers import Years
from publisher import Publisher
from registry.served import serve
from registry.small import package, reviewed, write_reviewed

TODAY = date(2026, 11, 24)


class Place:
    """A folder with the registers of the small country and its tables, and a publisher that serves it."""

    def __init__(self, folder: Path, publisher: Publisher) -> None:
        self.publisher = publisher
        self.target = folder / "registry.sqlite"
        self.tables = write_reviewed(folder / "registers", reviewed())
        self.addresses = serve(publisher, package(), reviewed().authorities)
        self.steps: list[str] = []
        self._cache = folder / "cache"
        vintage = Vintage("2026", Years(2023, 2017))
        entries = checked_entries(package(), reviewed(), vintage, "made up")
        write_aside(self.target, entries, reviewed(), {"package": "6.0.0"}, vintage)
        self.before = self.target.read_bytes()

    def refresh(self, **changes: Any) -> Refreshed:
        wanted = Wanted("2026", self.addresses, self.tables, self.target, fewest=5)
        fetcher = Fetcher(
            Manners(timeout=2.0, attempts=2),
            Kept(self._cache),
            wait=lambda seconds: None,
            tell=self.steps.append,
        )
        return refresh(replace(wanted, **changes), self.target, fetcher, TODAY, self.steps.append)

    def entries(self) -> dict[str, Any]:
        with closing(Registry(self.target)) as registry:
            return {entry.id: entry for entry in registry}
