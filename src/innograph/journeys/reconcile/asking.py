"""Reading what somebody knows beside a name: département, kind, codes, postal code, date, types."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from innograph.errors import ReconciliationError
from innograph.journeys.reconcile.entities import Entities
from innograph.journeys.reconcile.evidence import Asked, Strictness
from innograph.journeys.reconcile.properties import PROPERTIES
from innograph.journeys.reconcile.types import Type, read_kinds, types
from innograph.linking.gazetteer import Gazetteer
from innograph.linking.weighing import Question
from innograph.names import plain_name

_FRENCH_DAY = re.compile(r"([0-9]{1,2})[/.]([0-9]{1,2})[/.]([0-9]{4})")
_NONE = frozenset({"?"})
"""What fits nothing."""
_YEAR = re.compile(r"[12][0-9]{3}")


class Asking:
    """Makes questions of texts; threads may share it."""

    def __init__(self, gazetteer: Gazetteer, entities: Entities) -> None:
        self._gazetteer = gazetteer
        self._entities = entities

    def ask(
        self,
        name: str,
        known: Mapping[str, Sequence[str]],
        wanted: Iterable[str] = (),
        strict: Strictness = "should",
    ) -> Asked:
        """Make a question of a name.

        What is empty is not known. What cannot be read (« Bavière » for a département) fits nothing, so that
        nothing is certain; only a date that cannot be read is left aside.

        :param known: texts by the identifier of their property; several are alternatives.
        :param wanted: identifiers of types.
        :raises ReconciliationError: a property or a type is unknown, or of two codes it is not clear which.
        """
        for id in known:
            if id not in PROPERTIES or not PROPERTIES[id].asked:
                asked = ", ".join(each.id for each in PROPERTIES.values() if each.asked)
                raise ReconciliationError(f"no property {_short(id)} can be asked for; there are: {asked}")
        wanted_types = read_types(wanted)
        given = {id: [text.strip() for text in texts if text.strip()] for id, texts in known.items()}
        kinds = [read_kinds(text) or _NONE for text in given.get("organizationKind", ())]
        question = Question(
            name,
            kinds=_union(kinds or [each.kinds for each in wanted_types]),
            departments=_union(map(self._departments, given.get("department", ()))),
            postcodes=frozenset(map(_postcode, given.get("postcode", ()))),
            code=_one("inseeCode", map(_code, given.get("inseeCode", ()))),
            siren=_one("siren", map(_siren, given.get("siren", ()))),
            on=_one("date", filter(None, map(read_day, given.get("date", ())))),
        )
        return Asked(question, wanted_types, strict)

    def _departments(self, text: str) -> frozenset[str]:
        """Read a code, a name (of a département, or a région for all of its), or one of our identifiers."""
        entity = self._entities.get(text)
        if entity:
            return entity.departments or _NONE
        for form in (text.upper(), text.zfill(2), plain_name(text)):
            if form in self._gazetteer.places:
                return self._gazetteer.places[form]
        return self._gazetteer.read(text).departments or _NONE


def read_types(ids: Iterable[str]) -> tuple[Type, ...]:
    """Give the types with these identifiers, in their order.

    :raises ReconciliationError: there is none of one of them; says which there are.
    """
    wanted = list(dict.fromkeys(ids))
    for id in wanted:
        if id not in types():
            raise ReconciliationError(f"no type {_short(id)}; there are: {', '.join(types())}")
    return tuple(types()[id] for id in wanted)


def read_day(text: str) -> str:
    """Read a day; of a year alone, its last one: what was there then was there all year.

    >>> read_day("2016-01-31T00:00:00Z"), read_day("31/1/2016"), read_day("2016"), read_day("hier")
    ('2016-01-31', '2016-01-31', '2016-12-31', '')
    """
    text = text.strip()
    french = _FRENCH_DAY.fullmatch(text)
    if french:
        text = f"{french[3]}-{french[2]:0>2}-{french[1]:0>2}"
    elif _YEAR.fullmatch(text):
        text = f"{text}-12-31"
    try:
        return date.fromisoformat(text[:10]).isoformat()
    except ValueError:
        return ""


def _union(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*sets)


def _one(id: str, values: Iterable[str]) -> str:
    """Give the one value of a property.

    :raises ReconciliationError: there are several.
    """
    found = set(values)
    if len(found) > 1:
        raise ReconciliationError(f"several values of {id}: ask for one")
    return next(iter(found), "")


def _packed(text: str) -> str:
    return "".join(text.split()).upper()


def _code(text: str) -> str:
    """Give a code as INSEE writes it: a spreadsheet drops the zero of « 01004 »."""
    return _packed(text).zfill(5) if len(_packed(text)) == 4 else _packed(text)


def _postcode(text: str) -> str:
    """Give the five digits at the head of « 01000 Bourg » and of « 1000 »."""
    found = re.match(r"[0-9]{4,5}(?![0-9])", text) or re.fullmatch(r"[0-9]{4,5}", _packed(text))
    return found[0].zfill(5) if found else "?"


def _siren(text: str) -> str:
    """Give the SIREN, also of a SIRET."""
    return _packed(text)[:9] if len(_packed(text)) == 14 else _packed(text)


def _short(text: str) -> str:
    return repr(text if len(text) <= 60 else f"{text[:59]}…")
