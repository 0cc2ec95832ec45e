"""What a client is told when it gets no answer: a status, and a sentence in French and in English."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from werkzeug.exceptions import HTTPException, HTTPVersionNotSupported

from innograph.errors import Busy, QueryError, QueryStopped, StoreError
from innograph.workers.limits import Limits


@dataclass(frozen=True, slots=True)
class Refusal:
    """A response without an answer. ``french`` is missing where only the English sentence is exact."""

    status: int
    english: str
    french: str | None = None
    headers: Sequence[tuple[str, str]] = field(default=())

    @property
    def text(self) -> str:
        """Give the body for programs: a line in each language."""
        return "".join(f"{line}\n" for line in (self.english, self.french) if line)


class CannotStream(HTTPVersionNotSupported):
    """A long answer to a client of HTTP/1.0, who could not tell one that breaks off from a whole one."""

    description = (
        "This answer is so long that it is sent in pieces, and HTTP/1.0 cannot tell whether all have come: "
        "ask by HTTP/1.1 (nginx: proxy_http_version 1.1), or for less, with max-rows."
    )
    french = (
        "Cette réponse est si longue qu'elle est envoyée par morceaux, et HTTP/1.0 ne permet pas de savoir "
        "si tous sont arrivés : demandez par HTTP/1.1 (nginx : proxy_http_version 1.1), ou demandez moins, "
        "avec max-rows."
    )


FAULT = Refusal(500, "something went wrong here; it has been logged")
"""What a client is told of a fault of ours."""


def refusal(error: Exception, limits: Limits) -> Refusal | None:
    """Say why there is no answer; None for what is a fault of ours, of which the client learns nothing."""
    if isinstance(error, HTTPException):
        headers = [
            (n, v) for n, v in error.get_headers() if n.lower() not in ("content-type", "content-length")
        ]
        french = getattr(error, "french", None)
        return Refusal(error.code or 500, error.description or error.name, french, headers)
    if isinstance(error, QueryError):
        return Refusal(400, str(error), error.french)
    if isinstance(error, Busy):
        return _busy(limits)
    if isinstance(error, QueryStopped):
        return _stopped(error, limits)
    if isinstance(error, StoreError):
        return told_of_store(error)
    return None


def told_of_store(error: StoreError) -> Refusal:
    """Say why the server that keeps the graph has given no answer; what it said is for the log alone."""
    return _STORE[error.fault]


def _busy(limits: Limits) -> Refusal:
    seconds = round(limits.seconds)
    return Refusal(
        503,
        f"Too many queries are under way just now: ask again in {seconds} seconds.",
        f"Trop de requêtes sont en cours : reposez la vôtre dans {seconds} secondes.",
        [("Retry-After", str(seconds))],
    )


def _stopped(error: QueryStopped, limits: Limits) -> Refusal:
    """Name the limit, and what helps."""
    if error.limit == "depth":
        return Refusal(
            400,
            "The query is nested too deeply: write it with fewer brackets.",
            "La requête est trop imbriquée : écrivez-la avec moins d'accolades et de parenthèses.",
        )
    status, limit_en, limit_fr = {
        "time": (504, f"{limits.seconds:g} seconds", f"{limits.seconds:g} secondes"),
        "memory": (503, f"{_mega(limits.memory)} MB of memory", f"{_mega(limits.memory)} Mo de mémoire"),
        "rows": (503, f"{limits.rows} rows", f"{limits.rows} lignes"),
        "bytes": (503, f"{_mega(limits.bytes)} MB of results", f"{_mega(limits.bytes)} Mo de résultats"),
    }[error.limit]
    helps = [_HELP[kind] for kind, _ in error.reasons] if status == 504 or error.limit == "memory" else []
    details = [detail for _, detail in error.reasons]
    english = [
        f"The query was stopped: it went over the limit of {limit_en}.",
        *(help[0].format(*detail.split()) for help, detail in zip(helps, details, strict=False)),
        "Asking for a part helps too: LIMIT in a subquery, a known thing to begin from, or max-rows; "
        "the whole graph is at /dumps/.",
    ]
    french = [
        f"La requête a été arrêtée : elle dépassait la limite de {limit_fr}.",
        *(help[1].format(*detail.split()) for help, detail in zip(helps, details, strict=False)),
        "Demander une partie aide aussi : un LIMIT dans une sous-requête, une chose connue comme point de "
        "départ, ou max-rows ; le graphe entier est à /dumps/.",
    ]
    return Refusal(status, " ".join(english), " ".join(french))


_STORE = {
    "unreachable": Refusal(
        502,
        "The server that keeps the graph cannot be reached from here: ask again later.",
        "Le serveur qui garde le graphe ne peut être joint d'ici : réessayez plus tard.",
    ),
    "nonsense": Refusal(
        502,
        "The server that keeps the graph gave no answer that makes sense: ask again later.",
        "Le serveur qui garde le graphe n'a pas donné de réponse qui ait un sens : réessayez plus tard.",
    ),
    "slow": Refusal(
        504,
        "The server that keeps the graph did not answer in time: ask for less, or again later.",
        "Le serveur qui garde le graphe n'a pas répondu à temps : demandez moins, ou réessayez plus tard.",
    ),
    "withdrawn": Refusal(
        503,
        "A new version of the graph is being put in place: ask again in a minute.",
        "Une nouvelle version du graphe est en cours d'installation : réessayez dans une minute.",
        [("Retry-After", "60")],
    ),
    "service": Refusal(
        502,
        "An endpoint that the query asks by SERVICE gives no answer: ask again later, or do without it by "
        "SERVICE SILENT.",
        "Un point d'accès que la requête interroge par SERVICE ne répond pas : réessayez plus tard, ou "
        "passez-vous-en par SERVICE SILENT.",
    ),
    "elsewhere": Refusal(
        501,
        "This is not available here: the site reads the graph from another server and keeps no files of it.",
        "Ceci n'est pas disponible ici : le site lit le graphe sur un autre serveur et n'en garde aucun "
        "fichier.",
    ),
}


def _mega(number: int) -> str:
    return f"{number / 1_000_000:g}"


_HELP = {
    "apart": (
        "{0} and {1} stand in patterns that share no variable, so that each solution of one is combined with "
        "each of the other: join them.",
        "{0} et {1} sont dans des motifs sans variable commune, si bien que chaque solution de l'un se "
        "combine avec chaque solution de l'autre : reliez-les.",
    ),
    "path": (
        "The path {0} may go on without end: begin it at a known thing, or write out its steps.",
        "Le chemin {0} peut se poursuivre sans fin : faites-le partir d'une chose connue, ou écrivez ses "
        "étapes.",
    ),
    "sorted": (
        "ORDER BY needs all solutions before the first one can be given: sort fewer.",
        "ORDER BY exige toutes les solutions avant de donner la première : triez-en moins.",
    ),
    "grouped": (
        "GROUP BY goes through all solutions: count fewer.",
        "GROUP BY parcourt toutes les solutions : comptez-en moins.",
    ),
    "distinct": (
        "DISTINCT keeps every solution in memory: name fewer variables.",
        "DISTINCT garde chaque solution en mémoire : nommez moins de variables.",
    ),
    "text": (
        "Searching in texts (REGEX, CONTAINS …) reads each of them: narrow down first what is searched.",
        "Chercher dans les textes (REGEX, CONTAINS…) les lit tous : restreignez d'abord ce qui est cherché.",
    ),
}
