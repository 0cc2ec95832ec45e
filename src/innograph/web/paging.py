"""Pages of long lists: which part of a list an address asks for, and the ways to the other parts.

A route (or a layout) that lists more than a page holds counts first, then asks for one part::

    part = asked_part(total)                                # 400, 404: no such page
    rows = reader.rows("communes", part.rows, department=…) # LIMIT and OFFSET

and its template writes ``{{ pages(part) }}`` (``_paging.html``) below the list. Two lists of one page take
two names of parameters.
"""

import re
from dataclasses import dataclass
from typing import Final

from flask import request
from werkzeug.exceptions import BadRequest, NotFound

PER_PAGE: Final = 100
"""Things that a page of a list shows."""

_NUMBER = re.compile(r"[1-9][0-9]*")


class NoNumber(BadRequest):
    """The page that is asked for is no number of a page."""

    def __init__(self, name: str, value: str) -> None:
        super().__init__(f"{name}={value[:40]}: pages are numbered 1, 2, 3 …")
        self.french = f"{name}={value[:40]} : les pages sont numérotées 1, 2, 3…"


class NoSuchPage(NotFound):
    """The list ends before the page that is asked for."""

    def __init__(self, name: str, value: str, last: int) -> None:
        super().__init__(f"{name}={value[:40]}: the last page of this list is {last}")
        self.french = f"{name}={value[:40]} : la dernière page de cette liste est la {last}"


@dataclass(frozen=True, slots=True)
class Part:
    """Page ``number`` of a list of ``total`` things, ``size`` of them on each page.

    >>> part = Part(3, 250)
    >>> part.rows, part.first, part.last, part.pages
    (range(200, 250), 201, 250, 3)
    """

    number: int
    total: int
    size: int = PER_PAGE
    name: str = "page"
    """The parameter of the address that holds the number."""

    @property
    def rows(self) -> range:
        """Give the places of its things in the list, the first being 0."""
        begin = (self.number - 1) * self.size
        return range(begin, min(begin + self.size, self.total))

    @property
    def first(self) -> int:
        """Give the number of its first thing, the list beginning with 1; one too many where it is empty."""
        return self.rows.start + 1

    @property
    def last(self) -> int:
        """Give the number of its last thing."""
        return self.rows.stop

    @property
    def pages(self) -> int:
        """Give the number of pages, at least one."""
        return max(1, -(-self.total // self.size))

    def page_of(self, place: int) -> int:
        """Give the number of the page that holds the thing at a place, the first being 0."""
        return place // self.size + 1

    def neighbours(self) -> list[int | None]:
        """List the pages to offer: the first, the last, those around; None stands for those left out.

        >>> Part(7, 2000).neighbours()
        [1, None, 6, 7, 8, None, 20]
        >>> Part(3, 450).neighbours()
        [1, 2, 3, 4, 5]
        """
        near = {1, self.pages, *range(max(1, self.number - 1), min(self.pages, self.number + 1) + 1)}
        near |= {page for page in range(2, self.pages) if {page - 1, page + 1} <= near}
        offered: list[int | None] = []
        for page in sorted(near):
            if page > 1 and page - 1 not in near:
                offered.append(None)
            offered.append(page)
        return offered


def asked_part(total: int, *, size: int = PER_PAGE, name: str = "page") -> Part:
    """Give the part of a list that the current request asks for with ``?page=``; without it the first.

    :param total: how many things the list has; an empty list has one page.
    :param name: of the parameter, where a page has several lists.
    :raises NoNumber: what is asked for is no number from 1 (400).
    :raises NoSuchPage: the list has not as many pages (404).
    """
    asked = request.args.get(name, "1")
    if not _NUMBER.fullmatch(asked):
        raise NoNumber(name, asked)
    pages = Part(1, total, size).pages
    if len(asked) > len(str(pages)) or int(asked) > pages:
        raise NoSuchPage(name, asked, pages)
    return Part(int(asked), total, size, name)
