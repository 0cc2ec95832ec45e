"""Expected answers that are too long to type twice: plain grouping of the tables in ``tests/facts/``.

Each function gives the header and the rows that the query of the same name must answer.
"""

import re
from collections.abc import Callable, Iterable

from case_tables import Row
from innograph.text import sort_key
from queries.reading import edition_labels, facts, laureates

Expected = tuple[list[str], list[list[str]]]

_TELLS_KIND = re.compile(
    r"\b(?:C[ACDRU]|CCAS|CIAS|SDIS|SIVOM|Ville|Région|[Cc]ommunauté|Conseil (?:D|d|R|r)\w+|Syndicat"
    r"|[Mm]étropole|Centre Communal)\b"
)
_RANKS = ("gold", "silver", "bronze", "fraternity", "")


def _by_edition(rows: Iterable[Row]) -> list[Row]:
    labels = edition_labels()
    return sorted(rows, key=lambda row: sort_key(labels[row["edition"]]))


def _categories() -> list[Row]:
    """Give one row per category, in the order of editions and of each document."""
    seen = {(row["edition"], row["category"]): row for row in reversed(facts("distinctions"))}
    return _by_edition(sorted(seen.values(), key=lambda row: int(row["category_order"])))


def categories_and_their_sponsors() -> Expected:
    labels, sponsors = edition_labels(), facts("sponsors")
    rows = [
        [labels[row["edition"]], row["category"], sponsor["sponsor"]]
        for row in _categories()
        for sponsor in sponsors
        if (sponsor["edition"], sponsor["category"]) == (row["edition"], row["category"])
    ]
    return ["editionLabel", "categoryLabel", "sponsorLabel"], rows


def categories_without_a_sponsor() -> Expected:
    labels = edition_labels()
    sponsored = {(row["edition"], row["category"]) for row in facts("sponsors")}
    rows = [
        [labels[row["edition"]], row["category"]]
        for row in _categories()
        if (row["edition"], row["category"]) not in sponsored
    ]
    return ["editionLabel", "categoryLabel"], rows


def gold_in_each_category() -> Expected:
    labels = edition_labels()
    years = {row["edition"]: row["year"] for row in facts("editions")}
    golden = [row for row in facts("distinctions") if row["rank"] == "gold"]
    golden.sort(key=lambda row: (years[row["edition"]], sort_key(labels[row["edition"]])))
    rows = [
        [years[row["edition"]], labels[row["edition"]], row["category"], row["title"], name]
        for row in golden
        for name in sorted(laureates(row), key=sort_key)
    ]
    return ["year", "editionLabel", "categoryLabel", "title", "laureateLabel"], rows


def palmares_of_an_edition() -> Expected:
    rows = [
        [row["category"], row["rank_label"], name, mention, row["title"]]
        for row in facts("distinctions")
        if row["edition"] == "territoria-2024"
        for name, mention in zip(laureates(row), row["mentions"].split(" | "), strict=True)
    ]
    return ["categoryLabel", "rankLabel", "laureateLabel", "mention", "title"], rows


def departments_honoured() -> Expected:
    labels = edition_labels()
    years = {row["edition"]: row["year"] for row in facts("editions")}
    departments = {row["name"] for row in facts("bodies") if row["kind"] == "department"}
    honours = [(name, row) for row in facts("distinctions") for name in laureates(row) if name in departments]
    honours.sort(key=lambda honour: (sort_key(honour[0]), years[honour[1]["edition"]], honour[1]["edition"]))
    rows = [
        [
            name,
            years[row["edition"]],
            labels[row["edition"]],
            row["category"],
            row["rank_label"],
            row["title"],
        ]
        for name, row in honours
    ]
    return ["departmentLabel", "year", "editionLabel", "categoryLabel", "rankLabel", "title"], rows


def laureates_by_kind_and_rank() -> Expected:
    kinds = {row["name"]: row["kind"] for row in facts("bodies")}
    honours = [
        (kind, row["rank"])
        for row in facts("distinctions")
        for kind in {kinds[name] for name in laureates(row)} - {"group"}
    ]
    rows = [
        [f"organization-kind/{kind}", *(str(honours.count((kind, rank))) for rank in _RANKS), str(total)]
        for kind in {kind for kind, _ in honours}
        for total in [sum(1 for other, _ in honours if other == kind)]
    ]
    header = ["kind", "gold", "silver", "bronze", "fraternity", "unranked", "distinctions"]
    return header, sorted(rows, key=lambda row: (-int(row[-1]), row[0]))


def criteria_by_edition() -> Expected:
    labels = edition_labels()
    rows = [[labels[row["edition"]], row["order"], row["label"]] for row in _by_edition(facts("criteria"))]
    return ["editionLabel", "order", "criterionLabel"], rows


def announced_counts() -> Expected:
    labels = edition_labels()
    rows = sorted(
        facts("counts"),
        key=lambda row: (sort_key(labels[row["edition"]]), row["stage"], row["counted"], -int(row["value"])),
    )
    return ["editionLabel", "rank", "qualifier", "value", "evidence"], [
        [
            labels[row["edition"]],
            f"rank/{row['rank']}" if row["rank"] else "",
            row["qualifier"],
            row["value"],
            row["lines"],
        ]
        for row in rows
    ]


def how_mentions_were_linked() -> Expected:
    """Count the links: by exact name where the mention tells the kind of body, else by the name alone.

    No rule tells which body some partners are: a network (CAF), or a name that many places know (Conseil
    Jeunes). Nor nine others: an abbreviated name (CE Alsace, La Gazette), a number or a shortened name in a
    dossier (PARIS 5, ROMANS), the town in « Ville et Métropole du Grand Nancy », members without a name; a
    name that other communes bear (SAINT NAZAIRE), a commune's (Orange), a wrong département (LAVONCOURT).
    """
    mentions = [
        *(mention for row in facts("distinctions") for mention in row["mentions"].split(" | ")),
        *(row["mention"] for name in ("sponsors", "jury", "organisers") for row in facts(name)),
        *(row["host"] for row in facts("events") if row["host"]),
    ]
    settled_alone = ["CE Alsace", "LAVONCOURT", "La Gazette", "Orange", "PARIS 5", "ROMANS", "SAINT NAZAIRE"]
    for mention in (*settled_alone, "les communes membres"):
        mentions.remove(mention)
    mentions.remove(
        "Ville et Métropole du Grand Nancy"
    )  # the town; its metropolis is linked by its exact name
    partners = facts("partners")
    mentions += [row["reading"] or row["mention"] for row in partners if not row["settled"]]
    settled = [row for row in partners if row["settled"]]
    kinds = len([mention for mention in mentions if _TELLS_KIND.search(mention)])
    return ["basis", "rule", "curator", "mentions"], [
        ["basis/curated", "", "innograph", str(len(settled_alone) + 2 + len(settled))],
        ["basis/inferred", "rule/bare-name", "", str(len(mentions) - kinds)],
        ["basis/inferred", "rule/exact-name", "", str(kinds)],
    ]


def _seats(column: str) -> list[tuple[Row, str, set[str]]]:
    """Give each département or région with its count of distinctions and the names of its laureates."""
    places = {row["name"]: row for row in (*facts("places"), *facts("told-places")) if row[column]}
    honours = [
        (places[name][column], row["edition"], row["category_order"], row["order"], name)
        for row in facts("distinctions")
        for name in laureates(row)
        if name in places
    ]
    counted = [
        (
            territory,
            str(len({honour[1:4] for honour in honours if honour[0] == territory["code"]})),
            {name for code, *_, name in honours if code == territory["code"]},
        )
        for territory in facts("territories")
        if territory["kind"] == column
    ]
    assert {honour[0] for honour in honours} == {territory["code"] for territory, _, _ in counted}
    return sorted(counted, key=lambda seat: (-int(seat[1]), -len(seat[2]), seat[0]["code"]))


def distinctions_by_department() -> Expected:
    return ["departmentLabel", "distinctions", "laureates", "code", "department"], [
        [seat["name"], number, str(len(names)), seat["code"], f"territory/department/{seat['code']}"]
        for seat, number, names in _seats("department")
    ]


def distinctions_by_region() -> Expected:
    return ["regionLabel", "distinctions", "laureates", "code", "region"], [
        [seat["name"], number, str(len(names)), seat["code"], f"territory/region/{seat['code']}"]
        for seat, number, names in _seats("region")
    ]


def distinctions_by_size_of_commune() -> Expected:
    sizes = {
        "moins de 2 000 habitants": range(2000),
        "2 000 à 9 999": range(2000, 10000),
        "10 000 à 49 999": range(10000, 50000),
        "50 000 à 99 999": range(50000, 100000),
        "100 000 et plus": range(100000, 10**7),
    }
    people = {
        row["name"]: int(row["population"])
        for row in facts("places")
        if row["population"] and "arrondissement" not in row["name"]  # a part of Paris
    }
    rows = []
    for size, bounds in sizes.items():
        communes = {name for name in people if people[name] in bounds}
        honours = [communes & set(laureates(row)) for row in facts("distinctions")]
        rows.append([size, str(sum(map(bool, honours))), str(len(set().union(*honours)))])
    return ["size", "distinctions", "communes"], rows


TABULATED: dict[str, Callable[[], Expected]] = {
    function.__name__.replace("_", "-"): function
    for function in (
        announced_counts,
        categories_and_their_sponsors,
        categories_without_a_sponsor,
        criteria_by_edition,
        departments_honoured,
        distinctions_by_department,
        distinctions_by_region,
        distinctions_by_size_of_commune,
        gold_in_each_category,
        how_mentions_were_linked,
        laureates_by_kind_and_rank,
        palmares_of_an_edition,
    )
}
