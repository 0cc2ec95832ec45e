"""A browser over the real graph, served as people serve it; skipped, with the reason, where there is none."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

from innograph.store.snapshots import Home

ROOT = Path(__file__).resolve().parents[2]
SCREENSHOTS = ROOT / "build" / "screenshots"
REQUIRED = "INNOGRAPH_BROWSER_TESTS"
"""Set to ``required`` where a browser must be there: a skip is then a failure."""

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="package")
def chromium() -> str:
    """Give the path of Chromium, or skip."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found:
        return found
    reason = "there is no Chromium here: install Debian's package chromium"
    if os.environ.get(REQUIRED) == "required":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="package")
def site(chromium: str, whole_home: Home) -> Iterator[str]:
    """Serve the whole graph in a process of its own, and give the address."""
    command = [sys.executable, "-m", "innograph", "serve", "--home", str(whole_home.path), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            address = server.stdout.readline().strip()
            assert re.fullmatch(r"http://127\.0\.0\.1:\d+", address)
            yield address
        finally:
            server.terminate()
            server.wait(20)


@pytest.fixture(scope="package")
def browser(chromium: str) -> Iterator[Browser]:
    """Give a browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Visit:
    """A page in a browser of one reader, and what went wrong in it."""

    page: Page
    site: str
    faults: list[str] = field(default_factory=list)
    loaded: list[str] = field(default_factory=list)

    def go(self, path: str) -> None:
        """Open a page of the site."""
        self.page.goto(self.site + path)

    def no_faults(self) -> None:
        """Fail if the console complained, a file was missing or another host was asked."""
        assert self.faults == []

    def watch(self) -> None:
        """Note what the page complains of and asks for."""
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        self.page.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.faults.append(f"{message.type}: {message.text}")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("data", "blob"):
            return
        self.loaded.append(parts.path)
        if f"{parts.scheme}://{parts.netloc}" != self.site:
            self.faults.append(f"asks {request.url}")


Open = Callable[..., Visit]


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Open]:
    """Give a function that opens a browser of a reader: width, language, by night, without script."""
    contexts: list[BrowserContext] = []

    def open_page(
        width: int = 1280, language: str = "fr-FR", *, night: bool = False, script: bool = True
    ) -> Visit:
        context = browser.new_context(
            viewport={"width": width, "height": 800},
            locale=language,
            color_scheme="dark" if night else "light",
            java_script_enabled=script,
        )
        contexts.append(context)
        visit = Visit(context.new_page(), site)
        visit.watch()
        return visit

    yield open_page
    for context in contexts:
        context.close()
