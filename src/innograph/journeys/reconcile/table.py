"""A table of somebody's, with what reconciliation finds put behind each row."""

import csv
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal, TextIO

from innograph.errors import ReconciliationError
from innograph.journeys.reconcile.asking import read_day
from innograph.journeys.reconcile.explaining import REASONS
from innograph.journeys.reconcile.matching import MOST, Match
from innograph.journeys.reconcile.properties import PROPERTIES, Known
from innograph.journeys.reconcile.service import Service
from innograph.journeys.reconcile.sheet import Sheet
from innograph.journeys.reconcile.types import types
from innograph.linking.mentions import LONGEST

ADDED = (
    "innograph_id",
    "siren",
    "code_insee",
    "nom_officiel",
    "nature",
    "departement",
    "score",
    "certain",
    "explication",
    "candidats",
)
"""The columns that are added; what a row is, is said only where it is certain."""

_REMEMBERED = 50_000
"""Different questions whose answers are kept: tables name the same body again and again."""

_SHOWN = 5
"""Candidates that are listed for a person."""

Outcome = Literal["certain", "to check", "nothing"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which column holds what, and what holds for all rows."""

    column: int
    """Of the names."""
    beside: Mapping[str, int]
    """Columns by the property that they tell."""
    constant: Mapping[str, str]
    """Values by property, the same for every row that has no other."""


def reconcile_sheet(
    sheet: Sheet, wanted: Wanted, service: Service, out: TextIO, progress: Callable[[int], None]
) -> dict[Outcome, int]:
    """Write every row of a table with what is found behind it.

    :param progress: is given the number of rows done, after each.
    :returns: how many rows came out how.
    """

    @lru_cache(_REMEMBERED)
    def answered(name: str, *values: str) -> tuple[Outcome, list[str]]:
        return _answer(service, name, {id: text for id, text in zip(ids, values, strict=True) if text})

    ids = list({**wanted.constant, **wanted.beside})
    counts: dict[Outcome, int] = {"certain": 0, "to check": 0, "nothing": 0}
    writer = csv.writer(out, delimiter=sheet.delimiter, lineterminator=sheet.newline)
    writer.writerow([*sheet.header, *_named_apart(sheet.header)])
    done = 0
    for row in sheet:
        if not row:
            writer.writerow(row)
            continue
        told = {
            **wanted.constant,
            **{id: row[n].strip() for id, n in wanted.beside.items() if row[n].strip()},
        }
        outcome, cells = answered(row[wanted.column].strip(), *(told.get(id, "") for id in ids))
        counts[outcome] += 1
        writer.writerow([*row, *cells])
        done += 1
        progress(done)
    return counts


@contextmanager
def written_aside(path: Path, encoding: str) -> Iterator[TextIO]:
    """Open a file for writing that takes its name only when all of it is written.

    :raises ReconciliationError: it cannot be written.
    """
    aside = path.with_name(f".{path.name}.new")
    try:
        with aside.open("w", encoding=encoding, newline="") as out:
            yield out
        os.replace(aside, path)
    except OSError as error:
        raise ReconciliationError(f"cannot be written ({error.strerror})", path) from error
    finally:
        aside.unlink(missing_ok=True)


def _answer(service: Service, name: str, told: Mapping[str, str]) -> tuple[Outcome, list[str]]:
    asked = service.asking.ask(name, {id: [text] for id, text in told.items()})
    found = service.reconciler.answer(asked, MOST)
    unread = "date illisible" if told.get("date") and not read_day(told["date"]) else ""
    if not found:
        why = "cellule vide" if not name else "aucun candidat"
        if len(name) > LONGEST:
            why = f"nom de plus de {LONGEST} signes"
        return "nothing", ["", "", "", "", "", "", "", "non", _joined(why, unread), ""]
    best = found[0]
    score = f"{best.score:.0f}"
    if not best.certain:
        listed = " | ".join(_listed(service, match) for match in found[:_SHOWN])
        return "to check", ["", "", "", "", "", "", score, "non", _joined(_why_not(found), unread), listed]
    entity, known = best.entity, Known(service.entities)
    identifiers = [str(next(iter(PROPERTIES[id].values(known, entity)), "")) for id in ("siren", "inseeCode")]
    kind = types()[entity.kind].label.fr
    why = _joined(*_words(best), unread)
    return "certain", [
        entity.id, *identifiers, entity.name, kind, entity.department, score, "oui", why, ""
    ]  # fmt: skip


def _why_not(found: list[Match]) -> str:
    """Tell why the best candidate is not certain."""
    best = found[0]
    alike = sum(match.score == best.score for match in found)
    if alike > 1 and not best.explanation:
        return f"{alike} de même score : précisez département, code postal ou nature"
    return _joined(*_words(best))


def _words(match: Match) -> list[str]:
    told = [REASONS[reason].fr for reason in match.reasons]
    return [*dict.fromkeys(told), *([match.explanation.fr] if match.explanation else [])]


def _listed(service: Service, match: Match) -> str:
    described = service.entities.describe(match.entity).fr
    return f"{match.entity.name}, {described} [{match.entity.id}] {match.score:.0f}"


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _named_apart(header: tuple[str, ...]) -> list[str]:
    """Give the added columns names that the table does not have yet.

    >>> _named_apart(("nom", "siren", "innograph_siren"))[:3]
    ['innograph_id', 'innograph_siren_2', 'code_insee']
    """
    taken = set(header)
    names = []
    for name in ADDED:
        prefixed = f"innograph_{name.removeprefix('innograph_')}"
        more = (f"{prefixed}_{number}" for number in range(2, len(taken) + 3))
        names.append(next(each for each in (name, prefixed, *more) if each not in taken))
    return names
