"""A request that is strange does not cost so much that others wait: all are read in one thread."""

import time
from collections.abc import Callable

import pytest
from werkzeug.exceptions import BadRequest

from innograph.web.exchange import LONGEST_LIST
from innograph.web.protocol import LONGEST_FORGIVEN, parse, read

from .site_client import SiteClient

FORM = b"application/x-www-form-urlencoded"


def quickest(action: Callable[[], object]) -> float:
    """Give the seconds of the quickest of five runs: others use this machine too."""
    times = []
    for _ in range(5):
        began = time.perf_counter()
        action()
        times.append(time.perf_counter() - began)
    return min(times)


@pytest.mark.parametrize(
    "name", [b"accept", b"accept-encoding", b"accept-language", b"content-type", b"if-none-match"]
)
@pytest.mark.parametrize("path", ["/sparql", "/", "/queries/editions"])
def test_long_lists_of_what_a_client_takes_are_not_read(client: SiteClient, path: str, name: bytes) -> None:
    value = b"a/b;q=0.5," * 6000
    query = b"query=ASK%7B%7D" if path == "/sparql" else b""
    status, headers, pieces = client.send("GET", path, query, [(name, value)])
    assert status == 431
    assert b"has more than 4000 bytes" in b"".join(pieces)
    assert (b"x-content-type-options", b"nosniff") in headers
    of_usual_length = b"text/csv," * (LONGEST_LIST // 10)
    assert client.send("GET", path, b"", [(name, of_usual_length)])[0] != 431


def test_other_headers_may_be_longer(client: SiteClient) -> None:
    assert client.send("GET", "/sparql", b"query=ASK%7B%7D", [(b"cookie", b"x" * 60_000)])[0] == 200


@pytest.mark.parametrize("fault", [b"%", b"%zz", b"%4"])
def test_parameters_with_faults_take_hardly_longer_than_those_without(fault: bytes) -> None:
    whole = b"query=ASK{}&x=" + b"%41" * 300_000
    faulty = b"query=ASK{}&x=" + fault * (len(whole) // len(fault))

    def refused() -> None:
        with pytest.raises(BadRequest, match="percent sign"):
            parse(faulty)

    assert quickest(refused) < 5 * quickest(lambda: parse(whole))
    many = b"&".join(b"a%d=" % n + fault * 900 for n in range(990))
    with pytest.raises(BadRequest, match="percent sign"):
        read("POST", b"", FORM.decode(), many)


def test_faults_in_short_parameters_are_forgiven() -> None:
    text = b"q=100 %25 ou 100 %, c'est %zz"
    assert parse(text) == {"q": ["100 % ou 100 %, c'est %zz"]}
    assert parse(b"q=" + b"%" * (LONGEST_FORGIVEN - 2)) == {"q": ["%" * (LONGEST_FORGIVEN - 2)]}
