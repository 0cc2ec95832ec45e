"""The access log: one line of JSON for each request, whatever stands in it."""

import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from innograph.errors import InnographError

Log = Callable[..., None]


def open_log(path: str | None) -> Log:
    """Open the log at ``path``, ``-`` for standard output; without a path nothing is written.

    :raises InnographError: the file cannot be written.
    """
    if path is None:
        return lambda **values: None
    try:
        file = sys.stdout if path == "-" else Path(path).open("a", encoding="ascii", buffering=1)  # noqa: SIM115
    except OSError as error:
        raise InnographError(f"the access log cannot be written ({error.strerror})", path) from error

    def write(**values: object) -> None:
        file.write(line(datetime.now(UTC), values))
        if path == "-":
            file.flush()

    return write


def line(time: datetime, values: dict[str, object]) -> str:
    r"""Write a line: ASCII, and without control characters, so that nothing in it can act on a terminal.

    >>> line(datetime(2031, 5, 2, tzinfo=UTC), {"path": "/é\n\x1b[2J", "rows": None})
    '{"time": "2031-05-02T00:00:00.000+00:00", "path": "/\\u00e9\\n\\u001b[2J"}\n'
    """
    kept = {name: value for name, value in values.items() if value is not None}
    return json.dumps({"time": time.isoformat(timespec="milliseconds"), **kept}) + "\n"
