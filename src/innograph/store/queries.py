"""The questions of ``queries/``: one SPARQL file each, with its question and its parameters in the header.

::

    # fr: Quelles collectivités ont été distinguées dans ce département ?
    # en: Which bodies were honoured in this department?
    # note-fr: Remarque facultative.
    # note-en: Optional remark.
    # subject: laureates
    # chart: label number
    # map: body
    # param department: string 78
    # choices department: departments

    PREFIX inno: <https://w3id.org/innograph/ontology#>
    SELECT …

A parameter is a variable of the query with a type (``iri``, ``string`` or ``integer``) and a default value;
``choices`` names the query of ``queries/choices/`` that lists its values, each a ``?value`` with a
``?label``. ``subject`` says under which heading the page stands, ``chart`` which column to draw, by which
other, ``map`` whose laureates to put on a map.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import cast, get_args

from pyoxigraph import Store

from innograph.errors import DataError, QueryError
from innograph.resources import read_text
from innograph.store.binding import Term, bind, bind_each, mentioned_variables
from innograph.store.evaluate import evaluate
from innograph.store.values import ValueType, read_value

_HEADER = re.compile(r"#\s*(fr|en|note-fr|note-en|subject|chart|map):\s*(\S.*)")
_CHOICES = re.compile(r"#\s*choices\s+([A-Za-z_][A-Za-z0-9_]*):\s*([a-z0-9-]+)")
_PARAMETER = re.compile(r"#\s*param\s+([A-Za-z_][A-Za-z0-9_]*):\s*(\S+)\s+(\S.*)")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable that whoever asks may give a value, and the value it has otherwise."""

    name: str
    type: ValueType
    default: str
    choices: str = ""
    """The query of ``queries/choices/`` that lists its values; empty where any will do."""

    def value(self, text: str) -> Term:
        """Read a value of this parameter (see :func:`read_value`).

        :raises QueryError: the text is no value of this type.

        >>> Parameter("year", "integer", "2024").value("20x4")
        Traceback (most recent call last):
        innograph.errors.QueryError: parameter year: '20x4' is not an integer
        """
        try:
            return read_value(text, self.type)
        except QueryError as error:
            raise QueryError(f"parameter {self.name}: {error.message}") from error


@dataclass(frozen=True)
class NamedQuery:
    """A question kept as a file: its name, its wording in both languages, and its SPARQL."""

    name: str
    question_fr: str
    question_en: str
    notes: Mapping[str, str]
    """Remarks by language, ``fr`` and ``en``; either may be missing."""
    parameters: tuple[Parameter, ...]
    text: str
    """The SPARQL below the header."""
    subject: str = ""
    chart: tuple[str, str] | None = None
    """The variables that name and that measure the bars of a chart, where one makes sense."""
    map: str = ""
    """The variable whose laureates a map shows, where one makes sense: a laureate or what was honoured."""

    @cached_property
    def defaults(self) -> Mapping[str, str]:
        """Give the default value of each parameter, as written in the header."""
        return {parameter.name: parameter.default for parameter in self.parameters}

    def bound(self, given: Mapping[str, str]) -> str:
        """Give the SPARQL with every parameter bound: to what is ``given``, else to its default.

        :raises QueryError: there is no such parameter, or a value is not of its type.
        """
        unknown = sorted(set(given) - set(self.defaults))
        if unknown:
            known = ", ".join(self.defaults) or "it has none"
            raise QueryError(f"{self.name} has no parameter {unknown[0]!r}; its parameters: {known}")
        values = {p.name: p.value(given.get(p.name, p.default)) for p in self.parameters}
        return bind(self.text, values)

    def bound_part(self, given: Mapping[str, str], rows: range) -> str:
        """Give the SPARQL, bound, that asks for some of its rows; it has an order and no LIMIT of its own.

        :param rows: the places of the rows, the first being 0.
        :raises QueryError: there is no such parameter, or a value is not of its type.
        """
        return f"{self.bound(given).rstrip()}\nLIMIT {len(rows)} OFFSET {rows.start}\n"

    def bound_each(self, name: str, values: Sequence[str]) -> str:
        """Give the SPARQL with its only parameter bound to each of several values, at least one.

        :raises QueryError: there is no such parameter, or a value is not of its type.
        """
        (parameter,) = self.parameters
        if parameter.name != name:
            raise QueryError(f"{self.name} has no parameter {name!r}; its parameters: {parameter.name}")
        return bind_each(self.text, [{name: parameter.value(value)} for value in values])


def read_query(path: Path) -> NamedQuery:
    """Read a file of ``queries/`` and check that its header is complete and its SPARQL is SPARQL.

    :raises DataError: the file cannot be read or something in it is wrong; says in which line.
    """
    text = read_text(path).replace("\r\n", "\n")
    head, _, body = text.partition("\n\n")
    first_line = head.count("\n") + 3
    facts: dict[str, str] = {}
    parameters: list[Parameter] = []
    choices: dict[str, str] = {}
    for number, line in enumerate(head.split("\n"), start=1):
        if header := _HEADER.fullmatch(line.rstrip()):
            key, value = header.groups()
            if key in facts:
                raise DataError(f"« {key}: » stands here twice", path, number)
            facts[key] = value
        elif declared := _PARAMETER.fullmatch(line.rstrip()):
            parameters.append(_parameter(declared, parameters, path, number))
        elif chosen := _CHOICES.fullmatch(line.rstrip()):
            choices[chosen[1]] = chosen[2]
        else:
            message = (
                "not « # fr: », « # en: », « # note-fr: », « # note-en: », « # subject: », « # chart: »,"
                " « # map: », « # param name: type default » or « # choices name: query »"
            )
            raise DataError(message, path, number)
    for language in ("fr", "en"):
        if language not in facts:
            raise DataError(f"the question is missing: add « # {language}: … »", path, 1)
    notes = {language: facts[f"note-{language}"] for language in ("fr", "en") if f"note-{language}" in facts}
    unknown = sorted(set(choices) - {parameter.name for parameter in parameters})
    if unknown:
        raise DataError(f"choices of {unknown[0]}, which is no parameter", path, 1)
    query = NamedQuery(
        path.stem,
        facts["fr"],
        facts["en"],
        notes,
        tuple(replace(parameter, choices=choices.get(parameter.name, "")) for parameter in parameters),
        body.strip("\n") + "\n",
        facts.get("subject", ""),
        _chart(facts.get("chart"), body, path),
        _map(facts.get("map", ""), body, path),
    )
    first_line += len(body) - len(body.lstrip("\n"))
    _check(query, path, first_line)
    return query


def read_queries(folder: Path) -> dict[str, NamedQuery]:
    """Read every ``*.rq`` of a folder, by name, sorted.

    :raises DataError: one of them is wrong.
    """
    return {path.stem: read_query(path) for path in sorted(folder.glob("*.rq"))}


def _chart(words: str | None, body: str, path: Path) -> tuple[str, str] | None:
    if words is None:
        return None
    names = words.split()
    if len(names) != 2 or not all(_has_variable(body, name) for name in names):
        raise DataError(
            "« # chart: » takes two variables of the query: what names a bar, and its length", path, 1
        )
    return names[0], names[1]


def _map(name: str, body: str, path: Path) -> str:
    if name and not _has_variable(body, name):
        raise DataError("« # map: » takes one variable of the query, whose laureates the map shows", path, 1)
    return name


def _has_variable(body: str, name: str) -> bool:
    return bool(re.search(rf"\?{re.escape(name)}\b", body))


def _parameter(found: re.Match[str], others: list[Parameter], path: Path, number: int) -> Parameter:
    name, kind, default = found.groups()
    if kind not in get_args(ValueType):
        raise DataError(f"{kind!r} is no type of a parameter: iri, string or integer", path, number)
    if any(other.name == name for other in others):
        raise DataError(f"parameter {name} stands here twice", path, number)
    parameter = Parameter(name, cast(ValueType, kind), default)
    try:
        parameter.value(default)
    except QueryError as error:
        raise DataError(error.message, path, number) from error
    return parameter


def _check(query: NamedQuery, path: Path, first_line: int) -> None:
    try:
        if query.parameters:
            missing = sorted(set(query.defaults) - mentioned_variables(query.text))
            if missing:
                raise QueryError(f"the query has no variable ?{missing[0]}, which the header declares")
        evaluate(Store(), query.text)
        evaluate(Store(), query.bound({}))
    except QueryError as error:
        line = first_line + (error.line or 1) - 1
        raise DataError(re.sub(r"^line \d+, ", "", error.message), path, line) from error
