"""Saying who asks: a name and a password, by HTTP Basic (RFC 7617), or Digest (RFC 7616) where it is wanted.

Virtuoso's graph store takes Digest alone, which urllib3 does not speak.
"""

import base64
import hashlib
import re
import secrets
import threading
from urllib.parse import urlsplit

from innograph.errors import StoreError

_PART = re.compile(r'(\w+)=(?:"([^"]*)"|([^\s,]+))')
_ALGORITHMS = {"MD5": "md5", "SHA-256": "sha256"}


class Credentials:
    """A name and a password for one server. What is printed of them is nothing."""

    def __init__(self, text: str) -> None:
        """Read ``name:password``.

        :raises StoreError: there is no colon, or something that no header may hold.
        """
        name, colon, password = text.partition(":")
        if not colon or not name or not text.isprintable():
            raise StoreError("the credentials of a store are not « name:password »", "unreachable")
        self._name, self._password = name, password
        self._basic = False
        self._challenge: dict[str, str] | None = None
        self._count = 0
        self._lock = threading.Lock()

    def __repr__(self) -> str:
        return "Credentials(…)"

    @property
    def text(self) -> str:
        """Give them as they were read, to be handed on to whoever asks for us."""
        return f"{self._name}:{self._password}"

    def meet(self, challenge: str) -> bool:
        """Take what a server wants to know (``WWW-Authenticate``); tell whether asking again can meet it.

        Nothing is told before somebody asks: Virtuoso refuses whoever says Basic without a word of Digest.
        """
        scheme, _, rest = challenge.partition(" ")
        parts = {name.lower(): quoted or plain for name, quoted, plain in _PART.findall(rest)}
        if scheme.lower() != "digest":
            with self._lock:
                first, self._basic = not self._basic, True
            return first
        takes_auth = "auth" in parts.get("qop", "auth").replace(" ", "").split(",")
        known = parts.get("algorithm", "MD5").upper() in _ALGORITHMS
        if not ({"realm", "nonce"} <= parts.keys() and takes_auth and known):
            return False
        with self._lock:
            again = self._challenge is None or parts["nonce"] != self._challenge["nonce"]
            self._challenge, self._count = parts, 0
        return again

    def header(self, method: str, url: str) -> str:
        """Give the header Authorization of a request; empty as long as nobody wants it."""
        with self._lock:
            if self._challenge is None:
                return "Basic " + base64.b64encode(self.text.encode()).decode() if self._basic else ""
            self._count += 1
            return self._digest(self._challenge, method, url, f"{self._count:08x}")

    def _digest(self, challenge: dict[str, str], method: str, url: str, count: str) -> str:
        def hashed(*parts: str) -> str:
            algorithm = _ALGORITHMS[challenge.get("algorithm", "MD5").upper()]
            return hashlib.new(algorithm, ":".join(parts).encode(), usedforsecurity=False).hexdigest()

        parts = urlsplit(url)
        uri = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
        secret = hashed(self._name, challenge["realm"], self._password)
        given = {"username": self._name, "uri": uri, **{n: challenge[n] for n in ("realm", "nonce")}}
        if "qop" in challenge:
            client = secrets.token_hex(8)
            wanted = hashed(secret, challenge["nonce"], count, client, "auth", hashed(method, uri))
            given["cnonce"] = client
        else:
            wanted = hashed(secret, challenge["nonce"], hashed(method, uri))
        given |= {"response": wanted, **{n: challenge[n] for n in ("opaque",) if n in challenge}}
        bare = {n: challenge[n] for n in ("algorithm",) if n in challenge}
        bare |= {"qop": "auth", "nc": count} if "qop" in challenge else {}
        quoted = [f'{name}="{value}"' for name, value in given.items()]
        return "Digest " + ", ".join([*quoted, *(f"{name}={value}" for name, value in bare.items())])
