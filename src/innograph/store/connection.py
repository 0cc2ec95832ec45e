"""HTTP with one server that keeps a graph: kept connections, bounded patience, errors that say what is wrong.

urllib3 keeps the connections; how long to wait and when to ask again is decided here, because all attempts
together have one end, and whoever waits for them wants to know which.
"""

import random
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

import urllib3
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    LocationParseError,
    NewConnectionError,
    ProtocolError,
    ReadTimeoutError,
    TimeoutError,
)

from innograph.errors import Fault, InnographError, StoreError
from innograph.fetch.fetcher import seconds_to_wait, user_agent
from innograph.store.credentials import Credentials

_AGAIN: Final = frozenset({502, 503, 504})
_LONGEST_REASON = 300
_READ = 1 << 16


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait, and how often to ask."""

    seconds: float = 10.0
    """From the question to the last byte of its answer, all attempts and pauses together."""
    connecting: float = 3.0
    """Of these, for one attempt to connect."""
    attempts: int = 3
    pause: float = 0.2
    """Before the second attempt, twice as long before each further one; somewhat more or less, by chance."""


USUAL: Final = Patience()


class Refused(InnographError):
    """Report a status that says no. ``reason`` is the first line of what the server says about it."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(f"{status}: {reason}" if reason else str(status))
        self.status = status
        self.reason = reason


class Reply:
    """An answer that is read as it comes; it goes back to the pool at its end, or is closed."""

    def __init__(self, response: urllib3.BaseHTTPResponse, by: float, server: str) -> None:
        self._response = response
        self._by = by
        self._server = server
        self.status = response.status
        self.media_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()

    def header(self, name: str) -> str | None:
        """Give a header, or nothing."""
        return self._response.headers.get(name)

    def read(self, size: int = -1) -> bytes:
        """Give some of the next bytes, at most ``size`` if it is not negative; none at the end.

        :raises StoreError: the answer breaks off, or is not there in time.
        """
        if time.monotonic() > self._by:
            self.close()
            raise StoreError(f"{self._server} was not done in time", "slow")
        try:
            return self._response.read1(_READ if size < 0 else size)
        except (ReadTimeoutError, TimeoutError) as error:
            self.close()
            raise StoreError(f"{self._server} was not done in time", "slow") from error
        except (HTTPError, OSError) as error:
            self.close()
            raise StoreError(f"the answer of {self._server} breaks off", "nonsense") from error

    def whole(self, most: int) -> bytes:
        """Give all bytes that are left.

        :raises StoreError: there are more than ``most``, they break off, or are not there in time.
        """
        parts = []
        length = 0
        while part := self.read():
            parts.append(part)
            length += len(part)
            if length > most:
                self.close()
                raise StoreError(f"{self._server} answers more than {most} bytes", "nonsense")
        return b"".join(parts)

    def close(self) -> None:
        """Read no more: the connection is closed if the answer is not at its end."""
        self._response.close()


class Connection:
    """A server at one address. Threads share it."""

    def __init__(
        self,
        address: str,
        credentials: Credentials | None = None,
        patience: Patience = USUAL,
        *,
        size: int = 8,
        wait: Callable[[float], object] = time.sleep,
    ) -> None:
        """Prepare; nothing is asked yet.

        :param size: connections that are kept open.
        :raises StoreError: the address is none of the web, or holds a password.
        """
        self.address = check_address(address)
        self.server = f"{urlsplit(address).scheme}://{urlsplit(address).netloc}"
        self.patience = patience
        self._credentials = credentials
        self._wait = wait
        self._pool = urllib3.PoolManager(maxsize=size)

    def ask(
        self,
        method: str,
        *,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        query: str = "",
        accepted: Iterable[int] = (200,),
        seconds: float | None = None,
    ) -> Reply:
        """Make a request that may be made twice: one that reads, or one that does the same again.

        It is made again after a connection that failed and after 502, 503 and 504, as often and as long as
        :class:`Patience` allows; ``Retry-After`` is respected if there is time for it.

        :param query: what follows the question mark of the address.
        :param accepted: statuses that are answers.
        :param seconds: to wait instead of what patience says.
        :raises Refused: the server answers another status, which asking again does not change.
        :raises StoreError: it cannot be reached, or is too slow.
        """
        by = time.monotonic() + (seconds or self.patience.seconds)
        url = f"{self.address}{'&' if '?' in self.address else '?'}{query}" if query else self.address
        pause = self.patience.pause
        for attempt in range(1, self.patience.attempts + 1):
            try:
                return self._once(method, url, body, dict(headers or {}), frozenset(accepted), by)
            except _Later as later:
                pause_now = max(later.seconds, pause * random.uniform(0.75, 1.25))
                if attempt == self.patience.attempts or time.monotonic() + pause_now > by:
                    raise later.error from later
            self._wait(pause_now)
            pause *= 2
        raise AssertionError("at least one attempt is made")

    def _once(
        self,
        method: str,
        url: str,
        body: bytes | None,
        headers: dict[str, str],
        accepted: frozenset[int],
        by: float,
    ) -> Reply:
        headers["User-Agent"] = user_agent()
        response = self._send(method, url, body, headers, by)
        wanted = response.headers.get("WWW-Authenticate", "")
        if response.status in (401, 403) and self._credentials and self._credentials.meet(wanted):
            response.drain_conn()
            response = self._send(method, url, body, headers, by)
        reply = Reply(response, by, self.server)
        if response.status in accepted:
            return reply
        reason = self._reason(reply)
        if response.status in _AGAIN:
            fault: Fault = "slow" if response.status == 504 else "unreachable"
            error = StoreError(f"{self.server} answers {response.status} {reason}".rstrip(), fault)
            raise _Later(error, seconds_to_wait(response.headers.get("Retry-After", "")) or 0.0)
        raise Refused(response.status, reason)

    def _send(
        self, method: str, url: str, body: bytes | None, headers: dict[str, str], by: float
    ) -> urllib3.BaseHTTPResponse:
        left = max(0.001, by - time.monotonic())
        if self._credentials:
            headers["Authorization"] = self._credentials.header(method, url)
        try:
            return self._pool.request(
                method,
                url,
                body=body,
                headers={name: value for name, value in headers.items() if value},
                timeout=urllib3.Timeout(connect=min(left, self.patience.connecting), read=left),
                retries=False,
                redirect=False,
                preload_content=False,
            )
        except ReadTimeoutError as error:
            raise StoreError(f"{self.server} does not answer in time", "slow") from error
        except (NewConnectionError, ConnectTimeoutError, ProtocolError) as error:
            raise _Later(StoreError(f"{self.server} cannot be reached", "unreachable")) from error
        except (HTTPError, LocationParseError) as error:
            raise StoreError(f"{self.server} cannot be reached ({error})", "unreachable") from error

    def _reason(self, reply: Reply) -> str:
        """Read what a server says of its refusal: one line, not too long, never a page."""
        if location := reply.header("Location"):
            reply.close()
            return f"it sends us to {location}"
        try:
            text = (
                reply.whole(1_000_000).decode("utf-8", "replace") if reply.media_type != "text/html" else ""
            )
        except StoreError:
            text = ""
        finally:
            reply.close()
        return " ".join(text.strip().partition("\n")[0].split())[:_LONGEST_REASON]


class _Later(Exception):
    """An attempt that failed in a way that another may not."""

    def __init__(self, error: StoreError, seconds: float = 0.0) -> None:
        super().__init__(error.message)
        self.error = error
        self.seconds = seconds


def check_address(address: str) -> str:
    """Check the address of an endpoint and give it.

    :raises StoreError: it is none of the web, or holds a password.

    >>> check_address("https://user:secret@example.org/sparql")
    Traceback (most recent call last):
    innograph.errors.StoreError: the address of a store must not hold a password: see docs/deployment.md
    """
    try:
        parts = urlsplit(address)
        known = parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.fragment
        known = known and (parts.port or 1) > 0
    except ValueError:
        known = False
    if not known:
        raise StoreError(f"not the address of a SPARQL endpoint: {address!r}", "unreachable")
    if parts.username is not None or parts.password is not None:
        raise StoreError(
            "the address of a store must not hold a password: see docs/deployment.md", "unreachable"
        )
    return address
