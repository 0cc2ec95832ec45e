"""Communes through time: which are no more, what became of them, since when one bears its name, old names.

A commune is told apart by its code and its name, as INSEE tells them apart: one that takes others in and
keeps its name goes on; one that comes back under its old code and name was never lost.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from innograph.registry.changes import ChangeRow
from innograph.registry.entries import Entry

_ENDS: Final = ("merged", "split")


@dataclass(frozen=True, slots=True)
class Gone:
    """A commune that is no more: its code and name, from when to when, and the codes in force it is in."""

    code: str
    name: str
    since: str
    """Empty where it was there before the register begins."""
    until: str
    heirs: tuple[str, ...]

    @property
    def id(self) -> str:
        """Give its identifier, ``former-commune/50129-2016-01-01``."""
        return _gone_id(self.code, self.until)


@dataclass(frozen=True, slots=True)
class FormerName:
    """A name and a code that the entry ``id`` bore until a day; one of both may be what it is today."""

    id: str
    name: str
    code: str
    until: str


@dataclass(frozen=True, slots=True)
class _Event:
    """What became of one commune at one moment: one row, or, where it is shared out, several."""

    rows: tuple[ChangeRow, ...]

    @property
    def moment(self) -> tuple[str, bool]:
        """Give the day; a commune can change its code and be merged on one day, in this order."""
        return self.rows[0].until, self.ends

    @property
    def ends(self) -> bool:
        return self.rows[0].change in _ENDS

    @property
    def going_on(self) -> tuple[str, str]:
        """Give the code and name of the commune after it, if it goes on."""
        row = self.rows[0]
        after = [(row.code, row.name) for row in self.rows if row.change in ("renamed", "recoded")]
        return after[0] if after else (row.former_code, row.former_name)

    @property
    def outcome(self) -> set[tuple[str, str]]:
        """Give the codes and names of the communes that its places are in after it."""
        return {(row.code, row.name) for row in self.rows} if self.ends else {self.going_on}


class History:
    """Follows communes through their changes."""

    def __init__(
        self, changes: Iterable[ChangeRow], current: Iterable[str], parts: Mapping[tuple[str, str], str]
    ) -> None:
        """Take the changes in, and what there is today.

        :param current: codes of the communes in force.
        :param parts: for the code and name of a commune déléguée or associée, the commune that it is part of.
        """
        self._current = frozenset(current)
        self._parts = parts
        self._events: dict[str, list[_Event]] = defaultdict(list)
        self._starts: dict[tuple[str, str], list[str]] = defaultdict(list)
        ordered = sorted(changes, key=lambda row: (row.former_code, row.until, row.change in _ENDS))
        for (code, _, _), rows in groupby(
            ordered, key=lambda row: (row.former_code, row.until, row.change in _ENDS)
        ):
            self._events[code].append(_Event(tuple(rows)))
        for row in ordered:
            if row.change != "merged" or row.code == row.former_code:
                self._starts[row.code, row.name].append(row.until)

    def since(self, code: str, name: str, until: str = "") -> str:
        """Give the day since which a commune bore this code and name, until the day ``until`` or to this day.

        Empty where it did so when the register begins, in 1943.
        """
        return max((day for day in self._starts[code, name] if not until or day < until), default="")

    def gone(self) -> Iterator[Gone]:
        """Give the communes that are no more."""
        for code, events in self._events.items():
            for event in events:
                if event.ends and not self._comes_back(event):
                    name, until = event.rows[0].former_name, event.rows[0].until
                    yield Gone(code, name, self.since(code, name, until), until, self._heirs_after(event))

    def former_names(self) -> Iterator[FormerName]:
        """Give the names and codes that communes bore before; those of one that is no more lead to it."""
        for event in (event for events in self._events.values() for event in events):
            bearer = self._bearer(event)
            for row in event.rows:
                if row.change in ("renamed", "recoded") and bearer:
                    yield FormerName(bearer, row.former_name, row.former_code, row.until)

    def _comes_back(self, event: _Event) -> bool:
        row = event.rows[0]
        return any(day > row.until for day in self._starts[row.former_code, row.former_name])

    def _next(self, code: str, moment: tuple[str, bool]) -> _Event | None:
        return next((event for event in self._events.get(code, ()) if event.moment > moment), None)

    def _bearer(self, event: _Event) -> str | None:
        """Give the identifier of the commune that goes on after an event, as it is today or was at last."""
        (code, _), moment = event.going_on, event.moment
        while later := self._next(code, moment):
            if later.ends and not self._comes_back(later):
                return _gone_id(code, later.rows[0].until)
            (code, _), moment = later.going_on, later.moment
        return f"commune/{code}" if code in self._current else None

    def _heirs_after(self, end: _Event) -> tuple[str, ...]:
        former = (end.rows[0].former_code, end.rows[0].former_name)
        if former in self._parts:
            return (self._parts[former],)
        return tuple(sorted({h for part in end.outcome for h in self._heirs([former, part], end.moment)}))

    def _heirs(self, been: Sequence[tuple[str, str]], moment: tuple[str, bool]) -> set[str]:
        """Give the codes in force that the places of a former commune came to.

        Where a commune that it was, or was part of, comes back, its places go with that one; where one comes
        back under its code and another name, it is its own heir.

        :param been: the former commune, then each that it was part of, up to now, by code and name.
        """
        origin, code = been[0][0], been[-1][0]
        event = self._next(code, moment)
        if event is None:
            return {code} & self._current
        after = {(row.code, row.name) for row in event.rows}
        parts = after & set(been) or {part for part in after if part[0] == origin} or event.outcome
        return {heir for part in parts for heir in self._heirs([*been, part], event.moment)}


def history_of(changes: Iterable[ChangeRow], entries: Iterable[Entry]) -> History:
    """Follow communes to what is there today.

    :param entries: all of them; communes in force and their communes déléguées and associées are looked at.
    """
    current = []
    parts = {}
    for entry in entries:
        if entry.id.startswith("commune/"):
            current.append(entry.code)
        elif entry.id.startswith(("delegated-commune/", "associated-commune/")):
            parts[entry.code, entry.name] = entry.within[0].partition("/")[2]
    return History(changes, current, parts)


def _gone_id(code: str, until: str) -> str:
    return f"former-commune/{code}-{until}"
