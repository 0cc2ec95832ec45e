"""Answering queries with data: by the SPARQL protocol at /sparql, by name at /queries/…

This is the part of the site that must be quick and that strangers lean on, so it speaks ASGI itself: a
request needs no thread, and a client that hangs up is seen. Pages are left to Flask
(:mod:`innograph.web.app`).
"""

import asyncio
import re
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from hashlib import blake2b
from itertools import chain

from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound

from innograph.errors import FormatError, InnographError, QueryError, SnapshotError
from innograph.store.engine import Question
from innograph.store.formats import SOLUTIONS, TRIPLES, Format
from innograph.store.queries import NamedQuery
from innograph.web import protocol
from innograph.web.cache import Cache, Given
from innograph.web.delivered import DELIVERY, pool_of
from innograph.web.exchange import Exchange, Header
from innograph.web.headers import PREFLIGHT, SECURITY, VARY, encoded
from innograph.web.live import Live, Version
from innograph.web.negotiation import HTML, Wanted, coding, not_acceptable, prefers_page, wanted
from innograph.web.permalink import permalink
from innograph.web.protocol import Asked
from innograph.web.refusals import CannotStream
from innograph.web.traffic import Traffic
from innograph.workers.messages import Delivery, Heading
from innograph.workers.pool import Pool
from innograph.workers.run import Answer

_BASE = encoded((*SECURITY, VARY))
_TYPES = {format.name: format.content_type.encode() for format in (*SOLUTIONS, *TRIPLES)}
_UNSTABLE = ("now", "rand", "uuid")
_UNSTABLE_WORD = re.compile(r"\b(?:now|rand|uuid|struuid)\b")
_QUERIES = "/queries/"
READING = ("GET", "HEAD", "OPTIONS")
"""Methods of an address at which one only reads."""


@dataclass(slots=True)
class Record:
    """What is remembered of a request for the log and the figures."""

    route: str = "page"
    query: str | None = None
    """Hash of the query."""
    rows: int | None = None
    snapshot: str | None = None
    cached: bool = False
    waited: float = 0.0
    outcome: str = "answered"


class Endpoint:
    """Answer with data the requests that are for it."""

    def __init__(
        self, live: Live, examples: Mapping[str, NamedQuery], cache: Cache, traffic: Traffic
    ) -> None:
        self._live = live
        self._examples = examples
        self._cache = cache
        self._traffic = traffic

    @staticmethod
    def route(path: str) -> str | None:
        """Tell which route a path is of: ``sparql``, ``question`` or none of ours."""
        if path in ("/sparql", "/sparql/"):
            return "sparql"
        return "question" if path.startswith(_QUERIES) and not path.endswith("/") else None

    async def answer(self, exchange: Exchange, client: str, record: Record) -> bool:
        """Answer a request of :meth:`route`; tell whether it was: what is not is for a page.

        :raises HTTPException: it is refused.
        :raises InnographError: the query is refused, or stopped.
        :raises Gone: the client has gone.
        """
        if await told_of_methods(exchange, (*READING, "POST") if record.route == "sparql" else READING):
            return True
        accept = exchange.header(b"accept")
        try:
            asked = await self._asked(exchange, record)
        except (HTTPException, QueryError):
            if prefers_page(accept):
                return False
            raise
        if asked.question is None:
            return False
        want = wanted(accept, asked.format)
        with self._live.held(await self._version(asked.snapshot)) as version:
            if want.page:
                await self._ask_for_page(exchange, client, record, asked.question, version)
                return False
            try:
                await self._answer(exchange, client, record, asked, asked.question, want, version)
            except FormatError as error:
                triples = error.message == "triples"
                if (want.triples if triples else want.solutions) == HTML:
                    await self._ask_for_page(exchange, client, record, asked.question, version)
                    return False
                raise _no_format(exchange, asked, TRIPLES if triples else SOLUTIONS) from None
        return True

    async def _asked(self, exchange: Exchange, record: Record) -> Asked:
        if record.route == "sparql":
            body = await exchange.body() if exchange.method == "POST" else b""
            return protocol.read(
                exchange.method, exchange.query_string, exchange.header(b"content-type"), body
            )
        return protocol.read_named(
            exchange.path.removeprefix(_QUERIES), exchange.query_string, self._examples
        )

    async def _version(self, name: str | None) -> Version | None:
        """Open the version of this name; None stands for the current one."""
        if name is None:
            return None
        try:
            found = self._live.open_now(name)
            return found if found else await asyncio.to_thread(self._live.older, name)
        except SnapshotError:
            current = self._live.version.snapshot.version
            raise NotFound(f"no snapshot {name!r} is kept here; the current one is {current}") from None

    async def _ask_for_page(
        self, exchange: Exchange, client: str, record: Record, question: Question, version: Version
    ) -> None:
        """Ask what the page of a query will show, and put it beside the request."""
        record.snapshot = version.snapshot.version
        record.query = _hash(record.snapshot, question, DELIVERY)
        try:
            with exchange.watched():
                answer = await pool_of(version.engine).answer(question, DELIVERY, client)
        except InnographError as error:
            exchange.outcome = error
            return
        assert answer.body is not None  # because rows are cut
        record.waited, record.rows = answer.waited, answer.heading.rows
        exchange.outcome = answer.heading, answer.body

    async def _answer(
        self,
        exchange: Exchange,
        client: str,
        record: Record,
        asked: Asked,
        question: Question,
        want: Wanted,
        version: Version,
    ) -> None:
        name = version.snapshot.version
        delivery = Delivery(
            None if want.solutions == HTML else want.solutions,
            None if want.triples == HTML else want.triples,
            coding(exchange.header(b"accept-encoding")),
            asked.most_rows,
        )
        key = (name,), question, delivery
        stable = _is_stable(question.text)
        if pool_of(version.engine).federates and "service" in question.text.lower():
            stable = False  # what another endpoint says may change at any time
        tag = _hash(name, question, delivery)
        record.query, record.snapshot = tag, name
        headers = list(_BASE)
        headers.append((b"innograph-snapshot", name.encode()))
        if stable and exchange.method != "POST":
            headers.append((b"etag", b'W/"%s"' % tag.encode()))
            forever = asked.snapshot is not None
            headers.append(
                (b"cache-control", b"public, max-age=31536000" if forever else b"public, no-cache")
            )
            if f'"{tag}"' in (exchange.header(b"if-none-match") or ""):
                record.outcome = "unchanged"
                await exchange.respond_empty(304, headers)
                return
        else:
            headers.append((b"cache-control", b"no-store"))
        link = permalink(exchange, asked, name)
        if link:
            headers.append((b"link", b'<%s>; rel="bookmark"' % link))
        given = self._cache.get(key) if stable else None
        if given:
            record.cached, record.rows = True, given.heading.rows
            headers.append((b"server-timing", b"cache"))
            await self._send_whole(exchange, headers, given.heading, given.body)
            return
        await self._ask(exchange, client, record, pool_of(version.engine), key, headers, stable)

    async def _ask(
        self,
        exchange: Exchange,
        client: str,
        record: Record,
        pool: Pool,
        key: tuple[tuple[str], Question, Delivery],
        headers: list[Header],
        stable: bool,
    ) -> None:
        loop = asyncio.get_running_loop()
        began = loop.time()
        _, question, delivery = key
        with exchange.watched(), closing(await pool.answer(question, delivery, client)) as answer:
            record.waited, record.rows = answer.waited, answer.heading.rows
            took = loop.time() - began - answer.waited
            timing = f"wait;dur={answer.waited * 1000:.1f}, query;dur={took * 1000:.1f}"
            headers.append((b"server-timing", timing.encode()))
            if answer.body is None:
                await self._send_pieces(exchange, headers, answer)
                return
        if stable:
            self._cache.put(key, Given(answer.heading, answer.body), len(question.text))
        await self._send_whole(exchange, headers, answer.heading, answer.body)

    async def _send_whole(
        self, exchange: Exchange, headers: list[Header], heading: Heading, body: bytes
    ) -> None:
        complete = b"no; max-rows" if heading.cut else b"yes"
        if exchange.header(b"if-none-match") == "*" and b"etag" in dict(headers):  # any answer will do
            await exchange.respond_empty(304, headers)
            return
        headers = [*headers, *_described(heading), (b"innograph-complete", complete)]
        with self._traffic.carrying(len(body)):
            await exchange.respond(200, headers, body)

    async def _send_pieces(self, exchange: Exchange, headers: list[Header], answer: Answer) -> None:
        if exchange.scope["http_version"] in ("1.0", "1"):  # as ASGI has it, and as granian does
            raise CannotStream
        headers = [*headers, *_described(answer.heading), (b"innograph-complete", b"streaming")]
        await exchange.start(200, headers)
        if exchange.method != "HEAD":
            async for piece in answer.pieces():
                await exchange.write(piece)
        await exchange.finish()


def _hash(snapshot: str, question: Question, delivery: Delivery) -> str:
    said = "\0".join(map(str, chain((snapshot,), question, delivery)))
    return blake2b(said.encode("utf-8", "replace"), digest_size=12).hexdigest()


async def told_of_methods(exchange: Exchange, methods: Sequence[str]) -> bool:
    """Answer ``OPTIONS``; tell whether that was what was asked.

    :raises MethodNotAllowed: the method is none of these.
    """
    if exchange.method not in methods:
        raise MethodNotAllowed(methods)
    if exchange.method != "OPTIONS":
        return False
    allowed = (("Allow", ", ".join(methods)), ("Access-Control-Allow-Methods", ", ".join(methods)))
    await exchange.respond(200, [*_BASE, *encoded((*allowed, *PREFLIGHT))])
    return True


def _is_stable(text: str) -> bool:
    """Tell whether a query has the same answer whenever it is asked of the same snapshot.

    >>> _is_stable("ASK { ?known ?p 'Uuid' }"), _is_stable("SELECT (NOW () AS ?t) {}")
    (False, False)
    >>> _is_stable("ASK { ?known ?p ?brand }")
    True
    """
    lowered = text.lower()
    # few texts get as far as the second look, which takes fifty times as long
    return not any(word in lowered for word in _UNSTABLE) or not _UNSTABLE_WORD.search(lowered)


def _described(heading: Heading) -> list[Header]:
    headers = [(b"content-type", _TYPES[heading.format])]
    if heading.coding:
        headers.append((b"content-encoding", heading.coding.encode()))
    if heading.rows is not None:
        headers.append((b"innograph-rows", b"%d" % heading.rows))
    return headers


def _no_format(exchange: Exchange, asked: Asked, formats: Sequence[Format]) -> HTTPException:
    """Say that an answer has no such format; at an address that ends with one, that nothing is there."""
    if exchange.path.endswith(f".{asked.format}"):
        stem = exchange.path.removeprefix(_QUERIES).removesuffix(f".{asked.format}")
        return NotFound(f"the answer to {stem} cannot be written as {asked.format}")
    return not_acceptable(asked.format, formats)
