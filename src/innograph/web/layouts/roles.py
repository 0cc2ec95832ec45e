"""What a body or a person did in an award beside receiving it: sponsor, organiser, juror, partner …"""

from dataclasses import dataclass
from itertools import groupby

from innograph.web.reader import Node, Reader, Row, Shown
from innograph.web.words import Language


@dataclass(frozen=True, slots=True)
class Held:
    """One role held once: in what (a category, a jury, an initiative …), and what belongs to it."""

    owner: Shown
    edition: Shown | None
    """The edition, where it is not the owner itself."""
    partner_role: Shown | None
    juries: list[Shown]
    """The juries of an edition that was organised."""
    honoured: list[Shown]
    """Whose initiative it is."""
    offices: list[Shown]
    """Of a person: the office, as that document gives it."""
    on_behalf_of: list[Shown]


def roles_of(reader: Reader, rows: list[Row], language: Language) -> list[tuple[Shown, list[Held]]]:
    """Give what was held by role, the newest edition first, from the rows of ``roles-of.rq``."""
    return [
        (
            reader.show(role, language),
            [
                _held(reader, list(same), language)
                for _, same in groupby(of_role, key=lambda row: row["participation"])
            ],
        )
        for role, of_role in groupby(rows, key=lambda row: row["role"])
    ]


def _held(reader: Reader, rows: list[Row], language: Language) -> Held:
    def one(name: str) -> Shown | None:
        return reader.show(rows[0][name], language) if name in rows[0] else None

    def several(name: str) -> list[Shown]:
        different: dict[Node, None] = dict.fromkeys(row[name] for row in rows if name in row)
        return [reader.show(node, language) for node in different]

    return Held(
        reader.show(rows[0]["owner"], language),
        one("edition"),
        one("partnerRole"),
        several("jury"),
        several("honoured"),
        several("office"),
        several("onBehalfOf"),
    )
