"""The ready-made questions under the subjects that people look for."""

from collections.abc import Mapping
from typing import Final

from innograph.store.queries import NamedQuery
from innograph.web.words import has_word

ORDER: Final = ("laureates", "themes", "editions", "categories", "places", "numbers", "evidence", "other")


def by_subject(questions: Mapping[str, NamedQuery]) -> list[tuple[str, list[NamedQuery]]]:
    """Give each subject that has questions, in order, with its questions.

    A question without a subject, or with one that the interface has no word for, stands under ``other``.
    """
    found: dict[str, list[NamedQuery]] = {subject: [] for subject in ORDER}
    for query in questions.values():
        known = query.subject in found and has_word(f"subject {query.subject}")
        found[query.subject if known else "other"].append(query)
    return [(subject, queries) for subject, queries in found.items() if queries]


def featured(questions: Mapping[str, NamedQuery]) -> list[NamedQuery]:
    """Give a few questions to begin with: the first one without parameters of each subject."""
    return [
        next((query for query in queries if not query.parameters), queries[0])
        for _, queries in by_subject(questions)
    ]
