"""Records as YAML: one canonical form to write, and a strict reader that names file and line.

A mapping is a dataclass, a sequence a tuple; fields at their default are left out; unknown keys, missing
fields, duplicated keys and values of another type are refused. Lines are written ``[19, 164-169]``.
"""

import dataclasses
import re
import types
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

import yaml

from innograph.errors import DataError
from innograph.records import Span

_Record = TypeVar("_Record")
_FIRST = ("key", "initiative", "series", "award", "document")
_LAST = ("categories", "distinctions")
_BOOLEANS = {"true": True, "false": False}
_TAGS = {
    str: ("str",),
    int: ("int",),
    bool: ("bool",),
    date: ("timestamp",),
    Decimal: ("int", "float"),
}
_DECIMAL = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?")


class _Inline(list[Any]):
    """A sequence written on one line."""


class _Dumper(yaml.SafeDumper):
    """PyYAML's safe dumper, with sequences indented under their key and lines of a document inline."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Indent sequences too."""
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        """Write every value out: no anchors."""
        return True


_Dumper.add_representer(
    _Inline, lambda dumper, data: dumper.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=True)
)
_Dumper.add_representer(
    Decimal,
    lambda dumper, data: dumper.represent_scalar(
        f"tag:yaml.org,2002:{'float' if data.as_tuple().exponent else 'int'}", f"{data:f}"
    ),
)


def dump_record(record: Any) -> str:
    """Write a record in the canonical form.

    >>> from innograph.records import Criterion
    >>> print(dump_record(Criterion("l'innovation", (Span(11, 11),))), end="")
    label: l'innovation
    lines: [11]
    """
    return yaml.dump(_plain(record), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110)


def _plain(value: Any) -> Any:
    if isinstance(value, Span):
        return value.start if value.start == value.end else str(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = sorted(dataclasses.fields(value), key=_place)
        kept = {field.name: getattr(value, field.name) for field in fields}
        return {f.name: _plain(kept[f.name]) for f in fields if kept[f.name] != f.default}
    if isinstance(value, tuple):
        items = [_plain(item) for item in value]
        return _Inline(items) if value and isinstance(value[0], Span) else items
    return value


def _place(field: "dataclasses.Field[Any]") -> tuple[bool, bool]:
    """Order fields: addresses first, long lists of parts last, the rest as declared."""
    return field.name in _LAST, field.name not in _FIRST


def load_record(cls: type[_Record], text: str, path: Path) -> _Record:
    """Read a record of class ``cls``.

    :param path: the name of the file, for messages.
    :raises DataError: the text is not YAML, or not such a record; names the line.
    """
    return load_located(cls, text, path)[0]


def load_located(cls: type[_Record], text: str, path: Path) -> tuple[_Record, Callable[[object], int]]:
    """Read a record as :func:`load_record` does, beside a function that tells the line of each of its parts.

    :raises DataError: the text is not YAML, or not such a record; names the line.
    """
    try:
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise DataError(f"not YAML: {error.problem}", path, line) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise DataError(f"not YAML: {error}", path) from error
    if node is None:
        raise DataError("the file is empty", path)
    reader = _Reader(path)
    record: _Record = reader.read(node, cls, "the file")
    return record, lambda part: reader.starts[id(part)]


class _Reader:
    """Turns YAML nodes into values of annotated types; keeps path and lines of records for messages."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.starts: dict[int, int] = {}
        """Line of each record that was read, by its identity: equal records may stand in several places."""

    def _refuse(self, node: yaml.Node, message: str) -> DataError:
        return DataError(message, self.path, node.start_mark.line + 1)

    def read(self, node: yaml.Node, wanted: Any, what: str) -> Any:
        """Read ``node`` as a value of the type ``wanted``; ``what`` names it in messages."""
        origin = get_origin(wanted)
        if origin in (Union, types.UnionType):
            (wanted,) = (option for option in get_args(wanted) if option is not type(None))
            return self.read(node, wanted, what)
        if wanted is Span:
            return self._span(node, what)
        if dataclasses.is_dataclass(wanted):
            return self._mapping(node, wanted, what)
        if origin is tuple:
            if not isinstance(node, yaml.SequenceNode):
                raise self._refuse(node, f"{what} must be a list")
            if get_args(wanted)[0] is Span and not node.value:
                raise self._refuse(node, f"{what} must name the lines that say it")
            return tuple(self.read(item, get_args(wanted)[0], f"an entry of {what}") for item in node.value)
        if origin is Literal:
            return self._choice(node, get_args(wanted), what)
        return self._scalar(node, wanted, what)

    def _mapping(self, node: yaml.Node, cls: Any, what: str) -> Any:
        if not isinstance(node, yaml.MappingNode):
            names = ", ".join(field.name for field in dataclasses.fields(cls))
            raise self._refuse(node, f"{what} must be a mapping of {names}")
        hints = get_type_hints(cls)
        values: dict[str, Any] = {}
        for key, value in self._entries(node):
            name = key.value
            if name not in hints:
                raise self._refuse(key, f"unknown key {name!r} in {what}; known are {', '.join(hints)}")
            if name in values:
                raise self._refuse(key, f"{name!r} is given twice in {what}")
            values[name] = self.read(value, hints[name], f"{name!r}")
        missing = [f.name for f in dataclasses.fields(cls) if _required(f) and f.name not in values]
        if missing:
            raise self._refuse(node, f"{what} lacks {', '.join(missing)}")
        try:
            record = cls(**values)
        except ValueError as error:
            raise self._refuse(node, f"{what}: {error}") from error
        self.starts[id(record)] = node.start_mark.line + 1
        return record

    def _entries(self, node: yaml.MappingNode) -> Iterator[tuple[yaml.ScalarNode, yaml.Node]]:
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise self._refuse(key, "a key must be a word")
            yield key, value

    def _span(self, node: yaml.Node, what: str) -> Span:
        try:
            return Span.parse(str(node.value))
        except ValueError as error:
            raise self._refuse(node, f"{what}: {error}") from error

    def _choice(self, node: yaml.Node, choices: tuple[str, ...], what: str) -> str:
        if not isinstance(node, yaml.ScalarNode) or node.value not in choices:
            raise self._refuse(node, f"{what} must be one of {', '.join(choices)}, not {node.value!r}")
        return str(node.value)

    def _scalar(self, node: yaml.Node, wanted: type, what: str) -> Any:
        tag = node.tag.removeprefix("tag:yaml.org,2002:")
        if not isinstance(node, yaml.ScalarNode) or tag not in _TAGS[wanted]:
            hint = " (put it in quotes)" if wanted is str and isinstance(node, yaml.ScalarNode) else ""
            raise self._refuse(node, f"{what} must be of type {wanted.__name__}{hint}")
        try:
            if wanted is date:
                return date.fromisoformat(node.value)
            if wanted is bool:
                return _BOOLEANS[node.value]
            if wanted is Decimal and not _DECIMAL.fullmatch(node.value):
                raise ValueError("write digits, and a point if need be")
            return wanted(node.value)
        except (ValueError, KeyError) as error:
            raise self._refuse(node, f"{what} cannot be {node.value!r}: {error}") from error


def _required(field: "dataclasses.Field[Any]") -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
