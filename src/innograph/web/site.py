"""The site: an ASGI application that owns the query workers, answers queries, and has Flask make pages."""

import asyncio
import contextlib
import gc
import json
import logging
import signal
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from innograph.errors import Busy, InnographError, QueryError, QueryStopped, StoreError
from innograph.registry.file import Registry
from innograph.reports import FILE, Reports
from innograph.resources import queries, registry_file
from innograph.store.connection import Patience
from innograph.store.elsewhere import Elsewhere
from innograph.store.engine import Question, RemoteStore
from innograph.store.queries import read_queries
from innograph.store.snapshot import STORE, Snapshot
from innograph.store.snapshots import Home
from innograph.web.access_log import open_log
from innograph.web.address import read_address
from innograph.web.app import create_app, page_queries
from innograph.web.bridge import Bridge
from innograph.web.cache import Cache
from innograph.web.clients import client_address, counted_as, read_networks
from innograph.web.delivered import Delivered, pool_of
from innograph.web.endpoint import READING, Endpoint, Record, told_of_methods
from innograph.web.exchange import Exchange, Gone, Receive, Scope, Send
from innograph.web.headers import SECURITY, VARY, encoded
from innograph.web.live import Live, read_here
from innograph.web.metrics import CONTENT_TYPE, Metrics, State
from innograph.web.options import Options
from innograph.web.reconcile_answers import refused
from innograph.web.refusals import FAULT, Refusal, refusal
from innograph.web.service import functions
from innograph.web.traffic import Traffic
from innograph.workers.limits import Limits
from innograph.workers.messages import Delivery
from innograph.workers.pool import Pool

THREADS = 3
"""Pages made at once. They share one interpreter with whatever answers queries: with eight, a flood of pages
made a small query take 35 ms instead of 5 (``benchmarks/abuse.py``), and no page came sooner."""

THREADS_ELSEWHERE = 8
"""The same where the graph is on another server: these threads mostly wait for it."""

MOST_UNDER_WAY = 2_000
"""Requests that are answered at once, or wait."""

MOST_UNDER_WAY_PER_CLIENT = 500
"""Of these, from one address."""

SECONDS_BETWEEN_LOOKS = 0.5
"""How often the site looks whether another snapshot is current."""

SECONDS_FOR_HEALTH = 2.0
_FOR_OPERATORS = {"/healthz": "health", "/metrics": "metrics"}
_WORKERS_FOR_OLDER = 2
_PLAIN = ("Content-Type", "text/plain; charset=utf-8")
_JSON = ("Content-Type", "application/json")

_log = logging.getLogger(__name__)


class Site:
    """Serve the snapshots of ``home``."""

    PATHS = ("/sparql", "/queries/<name>", "/healthz", "/metrics")
    """The routes that do not go to Flask, or not always."""

    def __init__(self, home: Home, limits: Limits, options: Options | None = None) -> None:
        """Prepare; nothing runs before the server says that it starts (:meth:`start`).

        :raises InnographError: an option makes no sense.
        """
        options = options or Options()
        self.limits = limits
        self.metrics = Metrics()
        self._home = home
        self.elsewhere: Elsewhere | None = None
        """The endpoint that holds the graph, if it is not in ``home``."""
        if options.store:
            if options.endpoints:
                raise InnographError("--allow-service is not possible with --store: another server answers")
            there = RemoteStore(options.store, credentials=options.store_credentials)
            self.elsewhere = Elsewhere(there, home, Patience(limits.seconds))
        self._registry = options.registry or registry_file()
        self._cache = Cache(options.cache_bytes)
        self.traffic = Traffic()
        self._proxies = read_networks(options.proxies)
        self._write_log = open_log(options.access_log)
        self._public_address = read_address(options.public_address)
        self._endpoints = options.endpoints
        self._under_way: Counter[str] = Counter()
        self._look_now = asyncio.Event()
        self._check: asyncio.Task[Refusal] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the server: a request, or that it starts or stops."""
        if scope["type"] == "lifespan":
            await self._live_with_server(receive, send)
        elif scope["type"] == "http":
            await self._serve(Exchange(scope, receive, send, self.traffic))

    async def start(self) -> None:
        """Open the current snapshot and start its workers.

        :raises InnographError: there is none, or they do not start.
        """
        self._loop = asyncio.get_running_loop()
        self.pages = page_queries()
        examples = read_queries(queries() / "examples")
        versions, read = (self.elsewhere, self.elsewhere.read) if self.elsewhere else (self._home, read_here)
        self.live = await asyncio.to_thread(Live, versions, self.pages, self._open_engine, read)
        self.flask = create_app(
            self.live,
            self.pages,
            examples,
            Registry(self._registry),
            Reports(self._home.path / FILE),
            limits=self.limits,
            public_address=self._public_address,
            functions=tuple if self.elsewhere else functions,
            federated=bool(self._endpoints),
        )
        self._bridge = Bridge(self.flask, THREADS_ELSEWHERE if self.elsewhere else THREADS, self.traffic)
        self._endpoint = Endpoint(self.live, examples, self._cache, self.traffic)
        self.metrics.watch(self._state)
        self._watcher = self._loop.create_task(self._follow())
        with contextlib.suppress(RuntimeError, ValueError):  # not in the main thread, as in tests
            self._loop.add_signal_handler(signal.SIGHUP, self._look_now.set)
        gc.collect()
        gc.freeze()  # what is here stays: there is no use in looking through it again and again
        if self.elsewhere:
            _log.warning(
                "queries go to %s: SERVICE is refused by reading them alone, "
                "so that server had better reach no network",
                self.elsewhere.address,
            )
        elif not self._pool.walled:
            _log.warning(
                "query workers can reach the network (neither a namespace nor a filter is allowed here): "
                "SERVICE is refused by reading queries alone"
            )

    async def stop(self) -> None:
        """Finish what is under way, for as long as a query may take; then end the workers."""
        self._watcher.cancel()
        deadline = self._loop.time() + self.limits.seconds + 1
        while self._under_way and self._loop.time() < deadline:
            await asyncio.sleep(0.02)
        self._bridge.close()
        pools = [pool_of(version.engine) for version in self.live.opened()]
        await asyncio.gather(*(pool.close() for pool in pools))

    # requests

    async def _serve(self, exchange: Exchange) -> None:
        began = time.monotonic()
        peer = (exchange.scope.get("client") or ("", 0))[0]
        address = client_address(peer, exchange.header(b"x-forwarded-for"), self._proxies)
        client = counted_as(address)
        record = Record()
        self._under_way[client] += 1
        try:
            await self._answer(exchange, address, client, record)
        except Gone:
            record.outcome = "gone"
        except Exception as error:  # a door: every request gets an answer, and a fault is logged whole
            await self._refuse(exchange, error, record)
        finally:
            exchange.forget()
            self._under_way[client] -= 1
            if not self._under_way[client]:
                del self._under_way[client]
            self._note(exchange, address, record, time.monotonic() - began)

    async def _answer(self, exchange: Exchange, address: str, client: str, record: Record) -> None:
        if self._under_way.total() > MOST_UNDER_WAY or self._under_way[client] > MOST_UNDER_WAY_PER_CLIENT:
            raise Busy("too many requests are under way")
        exchange.check_headers()
        route = Endpoint.route(exchange.path)
        if route:
            record.route = route
            if await self._endpoint.answer(exchange, client, record):
                return
        elif exchange.path in _FOR_OPERATORS:
            record.route = _FOR_OPERATORS[exchange.path]
            if not await told_of_methods(exchange, READING):
                await self._tell_health(exchange) if record.route == "health" else await self._tell(exchange)
            return
        await self._bridge.answer(exchange, address, client)
        if isinstance(exchange.outcome, Exception):  # the page says why there is no answer
            record.outcome = _outcome(exchange.outcome)

    async def _refuse(self, exchange: Exchange, error: Exception, record: Record) -> None:
        told = refusal(error, self.limits)
        record.outcome = _outcome(error)
        if isinstance(error, StoreError):
            _log.warning("%s", error)
        if told is None:
            _log.error("%s %a", exchange.method, exchange.path, exc_info=error)
            told = FAULT
        if exchange.status:
            return  # too late: nothing tells the end of the body, so the client sees that it breaks off
        kind, text = _PLAIN, told.text
        if exchange.path.startswith("/reconcile"):
            kind, text = _JSON, json.dumps(refused(told.status, told.english))
        headers = encoded((*SECURITY, kind, *told.headers, VARY))
        respond = exchange.refuse_body if isinstance(error, RequestEntityTooLarge) else exchange.respond
        with contextlib.suppress(Gone):
            await respond(told.status, headers, text.encode())

    async def _tell_health(self, exchange: Exchange) -> None:
        """Tell whether a query is answered: whoever asks meanwhile is told the same, and harms nobody."""
        if self._check is None or self._check.done():
            self._check = self._loop.create_task(self._check_health())
        told = await asyncio.shield(self._check)
        headers = encoded((*SECURITY, _PLAIN, ("Cache-Control", "no-store")))
        await exchange.respond(told.status, headers, told.text.encode())

    async def _check_health(self) -> Refusal:
        question = Question(self.pages["alive"].text)
        by = self._loop.time() + SECONDS_FOR_HEALTH
        with self.live.held() as version:
            try:
                await self._pool.answer(question, Delivery(), "health", by=by)
            except InnographError as error:  # what it says may name files and addresses
                _log.warning("no query is answered: %s", error)
                return Refusal(503, f"no query is answered ({_outcome(error)}); the log says more")
            return Refusal(200, f"ok {version.snapshot.version}")

    async def _tell(self, exchange: Exchange) -> None:
        headers = (*SECURITY, ("Content-Type", CONTENT_TYPE), ("Cache-Control", "no-store"))
        await exchange.respond(200, encoded(headers), self.metrics.text())

    def _note(self, exchange: Exchange, address: str, record: Record, seconds: float) -> None:
        self.metrics.request(record.route, exchange.status, seconds, exchange.sent)
        if record.query and not record.cached and record.outcome == "answered":
            self.metrics.waited(record.waited)
        if record.outcome not in ("answered", "unchanged", "refused"):
            self.metrics.stopped(record.outcome)
        self._write_log(
            client=address,
            method=exchange.method,
            path=exchange.path,
            status=exchange.status,
            bytes=exchange.sent,
            ms=round(seconds * 1000, 1),
            outcome=record.outcome,
            query=record.query,
            rows=record.rows,
            snapshot=record.snapshot,
            cached=record.cached or None,
            agent=exchange.header(b"user-agent"),
        )

    # workers

    @property
    def _pool(self) -> Pool:
        return pool_of(self.live.version.engine)

    def _open_engine(self, snapshot: Snapshot, current: bool) -> tuple[Delivered, Callable[[], object]]:
        """Start the workers of a snapshot, from a thread beside the loop."""
        limits = self.limits if current else replace(self.limits, workers=_WORKERS_FOR_OLDER)
        store = self.elsewhere.store() if self.elsewhere else snapshot.path / STORE
        pool = Pool(store, limits, self._endpoints)
        asyncio.run_coroutine_threadsafe(pool.start(), self._loop).result()
        return Delivered(pool), lambda: asyncio.run_coroutine_threadsafe(pool.close(), self._loop)

    def _state(self) -> State:
        version = self.live.version
        return State(version.snapshot.version, self._pool, self._cache, self._under_way.total())

    async def _follow(self) -> None:
        """Look now and then whether another snapshot is current."""
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._look_now.wait(), SECONDS_BETWEEN_LOOKS)
            self._look_now.clear()
            try:
                await asyncio.to_thread(self.live.look)
            except StoreError as error:
                _log.warning("%s", error)
            except Exception as error:  # logged whole; the next look may find it better
                _log.error("another snapshot cannot be served", exc_info=error)

    async def _live_with_server(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                try:
                    await self.start()
                except Exception as error:  # a door: the server learns of it; a fault is logged whole
                    _log.error("%s", error, exc_info=not isinstance(error, InnographError))
                    await send({"type": "lifespan.startup.failed", "message": str(error)})
                    return
                await send({"type": "lifespan.startup.complete"})
            elif message["type"] == "lifespan.shutdown":
                await self.stop()
                await send({"type": "lifespan.shutdown.complete"})
                return


def _outcome(error: Exception) -> str:
    if isinstance(error, QueryStopped):
        return error.limit
    if isinstance(error, Busy):
        return "busy"
    if isinstance(error, StoreError):
        return error.fault
    return "refused" if isinstance(error, HTTPException | QueryError) else "fault"
