"""Maps: outlines that are those of France, one dot for each mark inside its département, nobody lost."""

import math
from collections import Counter
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree

import pytest
from jinja2 import Environment, FileSystemLoader

from innograph import resources
from innograph.registry.file import Registry
from innograph.web import maps
from innograph.web.maps import REACH, Map, Mark, map_of
from innograph.web.outlines import MAINLAND, PARIS, Outline, outlines
from innograph.web.words import word

SVG = "{http://www.w3.org/2000/svg}"
OVERSEAS = ["971", "972", "973", "974", "976"]
ILE_DE_FRANCE = ["75", "77", "78", "91", "92", "93", "94", "95"]


def outline(code: str, frame: str = MAINLAND) -> Outline:
    (found,) = [each for each in outlines() if (each.frame, each.department) == (frame, code)]
    return found


def marks(*codes: str) -> list[Mark]:
    return [Mark(code, f"Organisme {order}", f"/doc/{order}") for order, code in enumerate(codes)]


def written(it: Map, title: str = "Carte", *, listed: bool = False) -> str:
    environment = Environment(
        loader=FileSystemLoader(Path(maps.__file__).with_name("templates")), autoescape=True
    )
    environment.globals["w"] = lambda key: word(key, "fr")
    page = environment.from_string(
        '{% from "_map.html" import map with context %}{{ map(it, title, listed=listed) }}'
    )
    return page.render(it=it, title=title, listed=listed)


def drawn(it: Map, title: str = "Carte", *, listed: bool = False) -> ElementTree.Element:
    text = written(it, title, listed=listed).replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"')
    return ElementTree.fromstring(f"<div>{text}</div>")


def test_the_outlines_are_the_departements_of_the_registers_each_once() -> None:
    with closing(Registry(resources.registry_file())) as registry:
        names = {code: entry.name for code in codes() if (entry := registry.get(f"department/{code}"))}
    assert len(names) == 101
    assert {each.department: each.name for each in outlines()} == names
    assert Counter(each.frame for each in outlines()) == {
        MAINLAND: 96,
        PARIS: 4,
        **dict.fromkeys(OVERSEAS, 1),
    }


def codes() -> list[str]:
    """List the codes of INSEE: 01 to 95 without 20, 2A and 2B, and overseas."""
    numbered = [f"{number:02}" for number in range(1, 96) if number != 20]
    return [*numbered, "2A", "2B", *OVERSEAS]


@pytest.mark.parametrize(
    ("code", "around"),
    [
        ("75", "92 93 94"),
        ("29", "22 56"),
        ("78", "27 28 91 92 95"),
        ("90", "25 68 70 88"),
        ("2A", "2B"),
        ("66", "09 11"),
        ("59", "02 62 80"),
        ("06", "04 83"),
    ],
)
def test_neighbours_touch_and_nobody_else_does(code: str, around: str) -> None:
    mine = {point for ring in outline(code).rings for point in ring}
    touching = {
        each.department
        for each in outlines()
        if each.frame == MAINLAND and mine & {point for ring in each.rings for point in ring}
    }
    assert touching == {code, *around.split()}


@pytest.mark.parametrize(
    "from_west_to_east", [["29", "35", "72", "45", "10", "52", "67"], ["64", "31", "34", "13", "06", "2B"]]
)
def test_west_is_left(from_west_to_east: list[str]) -> None:
    xs = [outline(code).centre[0] for code in from_west_to_east]
    assert xs == sorted(xs)


def test_north_is_up() -> None:
    ys = [outline(code).centre[1] for code in ["59", "60", "75", "45", "18", "63", "12", "34", "66", "2A"]]
    assert ys == sorted(ys)


def test_the_mainland_is_about_as_high_as_it_is_wide() -> None:
    width = outline("67").box[2] - outline("29").box[0]
    height = outline("66").box[3] - outline("59").box[1]
    assert 0.95 < height / width < 1.1
    assert outline("33").area > outline("78").area > outline("90").area > outline("75").area


def test_each_outline_holds_its_centre() -> None:
    assert [each.department for each in outlines() if not each.holds(each.centre, 2)] == []


@pytest.mark.parametrize(
    "codes",
    [["78"], ["78"] * 12, ["90"] * 9, ["75"] * 15 + ["92"] * 6, OVERSEAS * 3, ["2A", "2B", "01", "35", "35"]],
)
def test_each_mark_is_one_dot_inside_its_departement(codes: list[str]) -> None:
    given = marks(*codes)
    it = map_of(given)
    assert it is not None and [dot.mark for dot in it.dots] == given and it.elsewhere == []
    frames = {each.department: each for each in outlines()}  # of Paris the one that is enlarged
    assert all(frames[dot.mark.department].holds((dot.x, dot.y)) for dot in it.dots)
    assert len({(dot.x, dot.y) for dot in it.dots}) == len(codes)


def test_dots_do_not_touch_where_there_is_room() -> None:
    it = map_of(marks(*["33"] * 9, *["59"] * 7))
    assert it is not None
    apart = [math.dist((a.x, a.y), (b.x, b.y)) for a in it.dots for b in it.dots if a is not b]
    assert min(apart) > 2 * it.radius


@pytest.mark.parametrize(
    "codes", [["33"] * 9 + ["59"] * 7, ["78"], ["75"] * 15 + ["92"] * 6 + ["2A"], ["90"] * 60]
)
def test_a_dot_is_touched_beyond_its_edge_as_far_as_no_other_is_nearer(codes: list[str]) -> None:
    it = map_of(marks(*codes))
    assert it is not None
    svg = drawn(it).find(f"figure/{SVG}svg")
    assert svg is not None
    reaching = [each for each in svg.iter(f"{SVG}circle") if each.get("class") == "reach"]
    circles = [tuple(float(each.get(name, "")) for name in ("cx", "cy", "r")) for each in reaching]
    assert all(it.radius < r <= REACH * it.size for _, _, r in circles)
    shapes = [*((dot.x, dot.y, it.radius) for dot in it.dots if dot.reach <= it.radius), *circles]
    assert len(shapes) == len(codes)
    assert all(
        math.dist(a[:2], b[:2]) >= a[2] + b[2] - 0.2  # written to a tenth
        for a in circles
        for b in shapes
        if a is not b
    )
    assert len(codes) > 1 or circles[0][2] == pytest.approx(REACH * it.size, abs=0.1)


def test_the_bodies_of_a_map_can_follow_as_a_list() -> None:
    it = map_of(
        [Mark("78", "<Élancourt>", "/doc/a?x=1&y=2"), Mark("01", "Ain"), Mark("", "Nulle part", "/n")]
    )
    assert it is not None and drawn(it).find("details") is None
    (listed,) = drawn(it, listed=True).iter("details")
    assert [("".join(each.itertext()), each.find("a") is not None) for each in listed.iter("li")] == [
        ("<Élancourt>", True),
        ("Ain", False),
    ]


def test_more_dots_than_have_room_overlap_and_are_all_there() -> None:
    it = map_of(marks(*["90"] * 60))
    assert it is not None and len({(dot.x, dot.y) for dot in it.dots}) == 60


def test_who_has_no_place_is_named_beside_the_map() -> None:
    it = map_of(marks("78", "", "99", "988"))
    assert it is not None
    assert [mark.department for mark in it.elsewhere] == ["", "99", "988"]
    paragraph = drawn(it).find("figure/p")
    assert paragraph is not None
    assert [link.text for link in paragraph] == ["Organisme 1", "Organisme 2", "Organisme 3"]


def test_where_nobody_has_a_place_there_is_no_map() -> None:
    assert map_of([]) is None
    assert map_of(marks("99")) is None
    assert map_of(marks("78"), within=["99"]) is None


def test_a_map_of_a_region_is_cropped_to_it_and_makes_it_stand_out() -> None:
    it = map_of(marks("78", "75", "75", "13"), within=ILE_DE_FRANCE)
    assert it is not None
    assert sorted(land.name for land in it.land if land.wanted) == sorted(
        outline(code).name for code in ILE_DE_FRANCE
    )
    assert "Oise" in [land.name for land in it.land] and "Finistère" not in [land.name for land in it.land]
    assert it.size < 330 and it.insets == []
    assert [mark.department for mark in it.elsewhere] == ["13"]
    assert all(it.box[0] < dot.x < it.box[2] and it.box[1] < dot.y < it.box[3] for dot in it.dots)


def test_names_of_departements_stand_inside_them_below_the_dots_where_they_fit() -> None:
    it = map_of(marks("77", "77", "75"), within=ILE_DE_FRANCE)
    assert it is not None
    at = {land.name: land.name_at for land in it.land if land.name_at}
    assert {"Yvelines", "Essonne", "Seine-et-Marne"} <= set(at) and "Paris" not in at
    assert all(outline(code).holds(at[name]) for code, name in [("77", "Seine-et-Marne"), ("78", "Yvelines")])
    assert at["Seine-et-Marne"][1] > max(dot.y for dot in it.dots if dot.mark.department == "77") + it.radius
    whole = map_of(marks("77"))
    assert whole is not None and not any(land.name_at for land in whole.land)


def test_a_map_of_one_departement_shows_its_neighbours_even_without_a_laureate() -> None:
    it = map_of([], within=["90"])
    assert it is not None
    assert [land.name for land in it.land if land.wanted] == ["Territoire de Belfort"]
    assert {"Doubs", "Haut-Rhin", "Haute-Saône", "Vosges"} <= {land.name for land in it.land}


@pytest.mark.parametrize(("within", "names"), [("974", {"La Réunion"}), ("94", {"Paris", "Hauts-de-Seine"})])
def test_overseas_and_around_paris_a_box_is_the_map(within: str, names: set[str]) -> None:
    it = map_of(marks(within), within=[within])
    assert it is not None and names <= {land.name for land in it.land} and len(it.dots) == 1


def test_what_lies_in_several_boxes_stands_out_on_the_whole_map() -> None:
    it = map_of([], within=["974", "35"])
    assert it is not None and [land.name for land in it.land if land.wanted] == [
        "Ille-et-Vilaine",
        "La Réunion",
    ]


def test_dots_are_links_with_names_in_the_order_of_the_marks() -> None:
    it = map_of([Mark("78", "<Élancourt>", "/doc/a?x=1&y=2"), Mark("01", "Ain"), Mark("35", "R" * 90, "/r")])
    assert it is not None
    shown = drawn(it, "Où sont-ils ?")
    (svg,) = shown.iter(f"{SVG}svg")
    assert svg.get("aria-label") == "Où sont-ils ?"
    dots = [each for each in svg.iter() if each.get("class") == "dot"]
    assert [(each.tag.removeprefix(SVG), each.get("href")) for each in dots] == [
        ("a", "/doc/a?x=1&y=2"),
        ("g", None),
        ("a", "/r"),
    ]
    assert [each.findtext(f"{SVG}text") for each in dots[:2]] == ["<Élancourt>", "Ain"]
    assert dots[2].get("aria-label") == "R" * 90 and (dots[2].findtext(f"{SVG}text") or "").endswith("R…")
    way_past = shown.find("figure/figcaption/a")
    assert way_past is not None and way_past.get("href") == "#after-map"
    assert [each.get("id") for each in shown] == ["map", "after-map"]


def test_a_map_of_all_editions_is_light() -> None:
    it = map_of(marks(*(codes() * 2)[:150]))
    assert it is not None
    assert len(written(it).encode()) < 60_000
