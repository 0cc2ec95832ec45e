"""Every error that innograph reports, in one tree.

::

    InnographError              exit status 3: an error we report
    ├── SourceError             an award document was refused, at a line
    │   └── UnknownFamily       no parser recognises the document
    ├── DataError               a file of data/, ontology/, shapes/ or queries/ is wrong, at a line
    ├── NotConforming           exit status 1: the graph breaks a shape
    ├── RegistryError           the file of the registers is missing, cut or of another vintage
    ├── FetchError              an address of the web did not give, whole, what it was asked for
    ├── QueryError              a SPARQL query was refused
    │   ├── FormatError         its answer has no such format
    │   └── NeedsNetwork        it asks another endpoint, which whoever answers cannot reach
    ├── QueryStopped            a SPARQL query went over a limit
    ├── StoreError              the server that keeps the graph gives no sound answer, or not in time
    ├── Busy                    there is no room for one more query just now
    ├── ReportError             a reader's report of an error was refused, or cannot be kept
    ├── ReconciliationError     a question about names was refused, or a table of names
    └── SnapshotError           no snapshot, or one that is not whole

An error is raised where the fact is known and caught only at the doors (``cli``, ``web``). Its text is one
line that says where, what, and what to do.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal


class InnographError(Exception):
    """Report one thing that is wrong.

    :param message: what is wrong and what to do, one sentence or two.
    :param path: the file concerned, if there is one.
    :param line: its line, counted from 1.
    """

    exit_status = 3

    def __init__(self, message: str, path: Path | str | None = None, line: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.path = path
        self.line = line

    def __str__(self) -> str:
        """Give ``file:line: message`` on one line; without a file, the message alone.

        >>> str(SourceError("unknown rank 'Platine'", "palmares.txt", 19))
        "palmares.txt:19: unknown rank 'Platine'"
        """
        message = " ".join(self.message.split())
        if self.path is None:
            return message
        return f"{self.path}: {message}" if self.line is None else f"{self.path}:{self.line}: {message}"


class SourceError(InnographError):
    """Refuse an award document, or a part of it that no parser understands."""


class UnknownFamily(SourceError):
    """Refuse a document that no family of documents recognises."""


class DataError(InnographError):
    """Refuse a file that people write: curated data, vocabulary, shapes or queries."""


class NotConforming(InnographError):
    """Refuse a graph that breaks a shape of severity ``sh:Violation``."""

    exit_status = 1


class RegistryError(InnographError):
    """Refuse a file of the registers: ours, or one that a publisher gives."""


class FetchError(InnographError):
    """Report that an address of the web did not give, whole, what it was asked for."""


class QueryError(InnographError):
    """Refuse a SPARQL query or one of its parameters.

    :param french: the message in French, where it is not about the grammar of SPARQL.
    """

    def __init__(
        self,
        message: str,
        path: Path | str | None = None,
        line: int | None = None,
        *,
        french: str | None = None,
    ) -> None:
        super().__init__(message, path, line)
        self.french = french


class FormatError(QueryError):
    """Refuse to write the answer to a query in a format that it does not have."""


class NeedsNetwork(QueryError):
    """Refuse a query that asks an endpoint which may be asked, but not by whoever refuses it."""


Limit = Literal["time", "memory", "rows", "bytes", "depth"]


class QueryStopped(InnographError):
    """Report that a query was stopped because it went over a ``limit``.

    :param reasons: what makes it heavy, where that is known (see :func:`innograph.store.heavy.reasons`).
    """

    def __init__(self, message: str, limit: Limit, reasons: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__(message)
        self.limit = limit
        self.reasons = reasons


Fault = Literal["unreachable", "nonsense", "slow", "withdrawn", "elsewhere", "service"]


class StoreError(InnographError):
    """Report that the graph, which another server keeps, cannot be asked there.

    :param fault: that server cannot be reached, answers what makes no sense, or not in time; what it keeps is
        just being replaced; or what is wanted is not kept there at all. Or it is an endpoint that the query
        asks by ``SERVICE`` that gives no answer.
    """

    def __init__(self, message: str, fault: Fault) -> None:
        super().__init__(message)
        self.fault: Fault = fault


class Busy(InnographError):
    """Report that a query was not started because too much else is under way."""


class ReportError(InnographError):
    """Refuse a reader's report of an error, or say that it cannot be kept."""


class ReconciliationError(InnographError):
    """Refuse a question about names: one of the service, or a table with its line."""


class SnapshotError(InnographError):
    """Refuse a snapshot that is missing, incomplete or altered."""
