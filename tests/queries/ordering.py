"""What a query sorts its solutions by, so that a test can see whether that tells any two apart."""

import re


def ordering(text: str) -> list[str]:
    r"""List the expressions of the outermost ORDER BY, without their direction.

    >>> ordering("SELECT ?a\nWHERE { }\nORDER BY ?a DESC(BOUND(?b))")
    ['?a', 'BOUND(?b)']
    """
    _, _, conditions = text.rpartition("\nORDER BY ")
    words = re.findall(r"[A-Z]*\((?:[^()]|\([^()]*\))*\)|\?\w+", conditions)
    return [re.sub(r"^(?:ASC|DESC)\((.*)\)$", r"\1", word) for word in words]


def with_ordering_projected(text: str, conditions: list[str], given: list[str]) -> tuple[str, list[str]]:
    r"""Let the outermost SELECT, written at the margin, give what it sorts by as well; name those columns.

    >>> with_ordering_projected("SELECT ?a\nWHERE { }", ["?a", "?b"], ["a"])
    ('SELECT ?a (?b AS ?ordering1)\nWHERE { }', ['a', 'ordering1'])
    """
    added, columns = "", []
    for number, condition in enumerate(conditions):
        if condition.removeprefix("?") in given:
            columns.append(condition.removeprefix("?"))
        else:
            added += f" ({condition} AS ?ordering{number})"
            columns.append(f"ordering{number}")
    before, where, after = text.partition("\nWHERE {")
    return f"{before}{added}{where}{after}", columns
