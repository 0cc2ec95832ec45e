"""The table of addresses that were given up is read strictly, and held against the graph."""

from pathlib import Path

import pytest
from pyoxigraph import Literal, Quad

from innograph import resources
from innograph.curation.retired import FILE, RetiredRow, read_retired
from innograph.errors import DataError
from innograph.journeys.build import check_retired
from innograph.namespaces import inno, thing

HEADER = "address\tsuccessors\twhen\twhy_fr\twhy_en\n"
ROW = RetiredRow("theme/a", "theme/b theme/c", "2031-05-02", "partagé", "split")


def written(folder: Path, *rows: str) -> Path:
    path = folder / FILE
    path.write_text(HEADER + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


def test_ours_reads() -> None:
    for row in read_retired(resources.data() / FILE):
        assert row.why_fr and row.why_en


def test_a_row_is_read(tmp_path: Path) -> None:
    path = written(tmp_path, "theme/a\ttheme/b theme/c\t2031-05-02\tpartagé\tsplit")
    assert read_retired(path) == [ROW]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (["/id/theme/a\t\t2031-05-02\tx\ty"], ":2: '/id/theme/a' is no address"),
        (["theme/a\ttheme\t2031-05-02\tx\ty"], ":2: 'theme' is no address"),
        (["theme/a\t\tMay\tx\ty"], ":2: a day"),
        (["theme/a\t\t2031-05-02\tx\t"], ":2: a day"),
        (["theme/a\ttheme/b\t2031-05-02\tx\ty", "theme/b\t\t2031-05-02\tx\ty"], ":2: theme/b was given up"),
    ],
)
def test_what_is_malformed_is_refused_with_its_line(tmp_path: Path, rows: list[str], message: str) -> None:
    with pytest.raises(DataError) as refused:
        read_retired(written(tmp_path, *rows))
    assert message in str(refused.value)


def quads(*keys: str) -> list[Quad]:
    return [Quad(thing("theme", key), inno.name, Literal(key)) for key in keys]


def test_what_took_its_place_must_be_there_and_the_thing_gone() -> None:
    check_retired([ROW], quads("b", "c"), Path(FILE))
    with pytest.raises(DataError, match=r"addresses\.tsv:2: nothing has the address theme/c"):
        check_retired([ROW], quads("b"), Path(FILE))
    with pytest.raises(DataError, match=r"addresses\.tsv:2: theme/a is the address of a thing"):
        check_retired([ROW], quads("a", "b", "c"), Path(FILE))
