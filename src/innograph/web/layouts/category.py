"""The pages of a category and of a series of them: their honours, and the same category across years."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from pyoxigraph import NamedNode

from innograph.web.layouts.award import renamed
from innograph.web.layouts.distinctions import distinctions, several
from innograph.web.layouts.layout import NO_ROLES, Layout
from innograph.web.reader import Reader, Row, Shown
from innograph.web.words import Language, word


@dataclass(frozen=True, slots=True)
class CategoryOfYear:
    """A series of categories in one loaded edition; without a category where that edition has none."""

    edition: Shown
    category: Shown | None
    sponsors: list[Shown]
    stated: bool
    """Whether the document names a sponsor."""


def _read(reader: Reader, thing: NamedNode, language: Language) -> Mapping[str, Any]:
    found = reader.rows("category-honours", thing=thing.value)
    years = reader.rows_once("category-years", thing=thing.value)
    by_category = [
        (reader.show(category, language), distinctions(reader, same, language))
        for category, same in groupby(found, key=lambda row: row["category"])
    ]
    count = sum(len(each) for _, each in by_category)
    editions = [
        _year(reader, list(same), language) for _, same in groupby(years, key=lambda row: row["edition"])
    ]
    own = next((each for each in editions if each.category and each.category.address == thing.value), None)
    names = [row["name"].value for row in years if "name" in row]
    return {
        "categories": by_category,
        "years": editions,
        "own": own,
        "series": reader.show(years[0]["series"], language) if years else None,
        "renamed": renamed(names),
        "summary": word("category summary", language).format(
            title=reader.show(thing, language).text,
            edition=own.edition.text
            if own
            else ", ".join(each.edition.text for each in editions if each.category),
            distinctions=count,
        ),
        "linked": {"inDefinedTermSet": own.edition.address} if own else {},
    }


def _year(reader: Reader, same: list[Row], language: Language) -> CategoryOfYear:
    first = same[0]
    return CategoryOfYear(
        reader.show(first["edition"], language),
        reader.show(first["category"], language) if "category" in first else None,
        [reader.show(node, language) for node in several(same, "sponsor")],
        first["stated"].value == "true" if "stated" in first else False,
    )


_SHOWS = NO_ROLES | {"done", "figures", "backlinks"}
CATEGORY = Layout("things/category.html", _read, _SHOWS - {"participations"}, question="category-honours")
CATEGORY_SERIES = Layout("things/category.html", _read, _SHOWS, question="category-honours")
