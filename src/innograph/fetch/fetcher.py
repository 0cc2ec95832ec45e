"""Asking addresses of the web: politely, within limits, and never taking half an answer for a whole one.

The standard library speaks HTTP; what is added here is what a guest of somebody's server owes: a name and an
address in ``User-Agent``, pauses, patience when told to wait, and no second download of what has not changed.
"""

import email.utils
import http.client
import time
import urllib.error
import urllib.request
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib.metadata import metadata
from typing import Final

from innograph.errors import FetchError
from innograph.fetch.kept import Answer, Kept

_AGAIN: Final = frozenset({429, 500, 502, 503, 504})
_BLOCK: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class Manners:
    """How long to wait, how often to try, how much to take."""

    timeout: float = 60.0
    """Seconds without a byte."""
    attempts: int = 4
    pause: float = 1.0
    """Seconds before the second attempt, twice as many before each further one."""
    patience: float = 120.0
    """Seconds that we wait at most when told to."""
    between: float = 0.0
    """Seconds between two requests."""
    largest: int = 200_000_000
    """Bytes of an answer, decompressed."""


class Fetcher:
    """Fetches from the web."""

    def __init__(
        self,
        manners: Manners = Manners(),
        kept: Kept | None = None,
        wait: Callable[[float], None] = time.sleep,
        tell: Callable[[str], None] = lambda step: None,
    ) -> None:
        """Take the limits, where answers are kept, how to wait, and whom to tell of it."""
        self._manners = manners
        self._kept = kept
        self._wait = wait
        self._tell = tell
        self._opener = _opener()
        self._asked = False

    def get(self, address: str, accept: str) -> Answer:
        """Fetch an address, or give what is kept of it where it has not changed.

        :param accept: the media types that are wanted, as in ``Accept``.
        :raises FetchError: it cannot be had, whole, within the limits; says why.
        """
        kept = self._kept.find(address) if self._kept else None
        headers = {"Accept": accept}
        if kept and kept.etag:
            headers["If-None-Match"] = kept.etag
        if kept and kept.modified:
            headers["If-Modified-Since"] = kept.modified
        answer = self._ask(address, headers)
        if answer is None and kept:
            return replace(kept, unchanged=True)
        if answer is None:
            raise FetchError("answers 304 Not Modified to who has nothing yet", address)
        if self._kept:
            self._kept.keep(answer)
        return answer

    def post(self, address: str, form: bytes, accept: str) -> Answer:
        """Send a form and give the answer, which is not kept.

        :raises FetchError: it cannot be had, whole, within the limits; says why.
        """
        form_type = "application/x-www-form-urlencoded"
        answer = self._ask(address, {"Accept": accept, "Content-Type": form_type}, form)
        if answer is None:
            raise FetchError("answers 304 Not Modified to a form", address)
        return answer

    def _ask(self, address: str, headers: dict[str, str], form: bytes | None = None) -> Answer | None:
        """Ask as often as manners allow; None says that nothing has changed."""
        if not address.startswith(("https://", "http://")):
            raise FetchError("no address of the web", address)
        if self._asked and self._manners.between:
            self._wait(self._manners.between)
        self._asked = True
        polite = {**headers, "User-Agent": user_agent(), "Accept-Encoding": "gzip"}
        pause = self._manners.pause
        for attempt in range(1, self._manners.attempts + 1):
            try:
                return self._once(urllib.request.Request(address, form, polite))
            except _Later as later:
                seconds = max(later.seconds or 0.0, pause)
                if attempt == self._manners.attempts or seconds > self._manners.patience:
                    raise FetchError(later.reason, address) from later
                self._tell(f"{address} {later.reason}; again in {seconds:.0f} s")
            self._wait(seconds)
            pause *= 2
        raise FetchError("was not asked: no attempt is allowed", address)

    def _once(self, request: urllib.request.Request) -> Answer | None:
        """Ask once.

        :raises _Later: it may work later.
        :raises FetchError: it will not.
        """
        address = request.full_url
        try:
            with self._opener.open(request, timeout=self._manners.timeout) as response:
                content = self._read(response, address)
                headers = response.headers
        except urllib.error.HTTPError as error:
            error.close()
            if error.code == 304:
                return None
            reason = f"answers {error.code} {error.reason}"
            if error.code in _AGAIN:
                raise _Later(reason, seconds_to_wait(error.headers.get("Retry-After", ""))) from error
            raise FetchError(reason, address) from error
        except http.client.IncompleteRead as error:
            raise _Later("breaks off") from error
        except (OSError, http.client.HTTPException) as error:
            raise _Later(f"cannot be reached ({_reason(error)})") from error
        media = headers.get_content_type() if "Content-Type" in headers else ""
        return Answer(address, content, media, headers.get("Last-Modified", ""), headers.get("ETag", ""))

    def _read(self, response: http.client.HTTPResponse, address: str) -> bytes:
        """Read an answer to its end, decompressed.

        :raises _Later: it breaks off.
        :raises FetchError: it is too large, or not compressed as it says.
        """
        largest = self._manners.largest
        encoding = response.headers.get("Content-Encoding", "identity").lower()
        if encoding not in ("identity", "gzip"):
            raise FetchError(f"is encoded as {encoding}, which nobody asked for", address)
        inflate = zlib.decompressobj(16 + zlib.MAX_WBITS) if encoding == "gzip" else None
        parts: list[bytes] = []
        taken = size = 0
        while block := response.read(_BLOCK):
            taken += len(block)
            try:
                part = inflate.decompress(block, largest + 1 - size) if inflate else block
            except zlib.error as error:
                raise FetchError("is no gzip, as it says that it is", address) from error
            parts.append(part)
            size += len(part)
            if size > largest:
                raise FetchError(f"is larger than {largest} bytes", address)
        announced = response.headers.get("Content-Length", "")
        if (announced.isdigit() and taken < int(announced)) or (inflate and not inflate.eof):
            raise _Later("breaks off")
        return b"".join(parts)


class _Later(Exception):
    """An answer that may be had later."""

    def __init__(self, reason: str, seconds: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.seconds = seconds


def user_agent() -> str:
    """Say who asks: innograph, its version and its address, as its package says.

    >>> import re
    >>> bool(re.fullmatch(r"innograph/[0-9.]+ [(][+]https://[^ ]+[)]", user_agent()))
    True
    """
    said = metadata("innograph")
    addresses = [line.partition(",")[2].strip() for line in said.get_all("Project-URL", [])]
    return f"innograph/{said['Version']} (+{' '.join(addresses)})"


def _opener() -> urllib.request.OpenerDirector:
    """Build what speaks HTTP and nothing else: no redirection must lead to another scheme."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler,
        urllib.request.HTTPHandler,
        urllib.request.HTTPSHandler,
        urllib.request.HTTPRedirectHandler,
        urllib.request.HTTPDefaultErrorHandler,
        urllib.request.HTTPErrorProcessor,
        urllib.request.UnknownHandler,
    ):
        opener.add_handler(handler())
    return opener


def seconds_to_wait(text: str) -> float | None:
    """Read ``Retry-After``: seconds, or a date.

    >>> seconds_to_wait("7"), seconds_to_wait("Wed, 21 Oct 2015 07:28:00 GMT"), seconds_to_wait("soon")
    (7.0, 0.0, None)
    """
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        return max(0.0, email.utils.parsedate_to_datetime(text).timestamp() - time.time())
    except ValueError:
        return None


def _reason(error: Exception) -> str:
    inner = error.reason if isinstance(error, urllib.error.URLError) else error
    return str(inner) or type(inner).__name__
