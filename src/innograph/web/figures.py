"""The figures that the page of an initiative or of a distinction shows, each with its lines."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

from innograph.namespaces import concept, inno, term
from innograph.web.gathered import Said, gather
from innograph.web.passages import in_order, read_passages
from innograph.web.reader import Node, Reader, Row, Shown
from innograph.web.words import Language, word


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One line of the table of figures."""

    itself: Shown
    number: str
    unit: Shown | None
    measures: Shown | None
    more: list[Shown]
    """Percent of what, over which time, and a reader's note, where there are any."""
    mention: str
    passages: list[Shown]


def figures_of(
    reader: Reader, rows: Iterable[Row], documents: Collection[Node], language: Language
) -> list[FigureRow]:
    """Give the table of figures, in the order of the documents.

    :param rows: those of ``figures.rq``.
    :param documents: those from whose passages figures are taken; from any where there are none here.
    """
    lines = reader.once(read_passages)
    found = []
    for figure, said in gather(rows, "figure").items():
        passages = [each for each in said.all(inno.evidence) if each in lines]
        passages = [each for each in passages if not documents or lines[each].document in documents]
        if passages:
            place = lines[passages[0]].document.value, said.number(inno.order), figure.value
            found.append((place, _row(reader, figure, said, in_order(reader, passages), language)))
    return [row for _, row in sorted(found, key=lambda pair: pair[0])]


def _row(reader: Reader, figure: Node, said: Said, passages: list[Node], language: Language) -> FigureRow:
    unit, measures = said.one(inno.unit), said.in_language(inno.measures, language)
    more = (said.one(property) for property in (inno.base, inno.period, term("rdfs:comment")))
    number = {
        "value": said.one(inno.value),
        "lower": said.one(inno.lowerValue),
        "upper": said.one(inno.upperValue),
        "qualifier": said.one(inno.qualifier),
    }
    return FigureRow(
        reader.show(figure, language),
        number_of({name: value for name, value in number.items() if value}, language),
        reader.show(unit, language) if unit and unit != concept("unit", "other") else None,
        reader.show(measures, language) if measures else None,
        [reader.show(each, language) for each in more if each],
        said.text(inno.printed) or "",
        [reader.show(passage, language) for passage in passages],
    )


def number_of(row: Row, language: Language) -> str:
    """Write the number of a figure with its hedge, from ``value``, ``lower``, ``upper`` and ``qualifier``."""
    qualifier = f"{row['qualifier'].value} " if "qualifier" in row else ""
    return qualifier + _number(row, language)


def _number(row: Row, language: Language) -> str:
    if "value" in row:
        return written(row["value"].value, language)
    bounds = [written(row[name].value, language) if name in row else "" for name in ("lower", "upper")]
    if all(bounds):
        return "–".join(bounds)
    return f"{word('at least' if bounds[0] else 'at most', language)} {''.join(bounds)}"


def written(number: str, language: Language) -> str:
    """Write a decimal number as readers of a language do.

    >>> written("1452000", "en"), written("12.5", "fr"), written("-3.0", "fr")
    ('1,452,000', '12,5', '-3')
    """
    text = f"{Decimal(number):,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    if language == "en":
        return text
    return text.replace(",", "\N{NARROW NO-BREAK SPACE}").replace(".", ",")


def size_in_words(size: int, language: Language) -> str:
    """Write a number of bytes as readers of a language do.

    >>> size_in_words(6187404, "fr"), size_in_words(812, "en")
    ('6,2\N{NO-BREAK SPACE}Mo', '812\N{NO-BREAK SPACE}B')
    """
    name, unit = "B", 1
    for larger, number in (("kB", 10**3), ("MB", 10**6)):
        if size >= number:
            name, unit = larger, number
    if language == "fr":
        name = name.replace("B", "o")
    return f"{written(f'{size / unit:.1f}', language)}\N{NO-BREAK SPACE}{name}"
