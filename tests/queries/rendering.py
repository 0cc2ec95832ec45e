"""Answers of the store as rows of plain text, the form in which expected answers are typed."""

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    Triple,
)

_THINGS = "https://w3id.org/innograph/id/"

Answer = QueryBoolean | QuerySolutions | QueryTriples


def shown(term: NamedNode | Literal | BlankNode | Triple | None) -> str:
    """Write a term as expected answers do: literals without tag or datatype, things without the common part.

    >>> shown(NamedNode("https://w3id.org/innograph/id/rank/gold")), shown(Literal("or", language="fr"))
    ('rank/gold', 'or')
    """
    if term is None:
        return ""
    if isinstance(term, Literal | NamedNode):
        return term.value.removeprefix(_THINGS)
    raise TypeError(f"no answer should hold {term}")


def variables(answer: QuerySolutions) -> list[str]:
    """List the names of the variables of an answer, in order."""
    return [variable.value for variable in answer.variables]


def table(answer: Answer, columns: list[str]) -> list[list[str]]:
    """Give the rows of an answer, cut to ``columns``.

    Solutions keep their order. A graph is the table ``subject predicate literal`` of its triples whose object
    is a literal, sorted, predicates by their last word; a boolean is one cell, ``answer``.
    """
    if isinstance(answer, QueryBoolean):
        return [[str(bool(answer)).lower()]]
    if isinstance(answer, QueryTriples):
        triples = [triple for triple in answer if isinstance(triple.object, Literal)]
        return sorted([shown(t.subject), _last_word(t.predicate), shown(t.object)] for t in triples)
    unknown = set(columns) - set(variables(answer))
    if unknown:
        raise KeyError(f"the query has no variable {', '.join(sorted(unknown))}")
    return [[shown(solution[column]) for column in columns] for solution in answer]


def _last_word(predicate: NamedNode) -> str:
    return predicate.value.replace("#", "/").rsplit("/", 1)[1]
