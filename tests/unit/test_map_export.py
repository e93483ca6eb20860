"""The map as files: well formed, closed, the hostile inert (issue 3, exports; ui.md, trap 1)."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from graphcrm.drawing.card import card_shapes, card_size
from graphcrm.drawing.legend import LegendEntry, legend
from graphcrm.drawing.model import Chip, MapData, MapEdge, MapNode, Point
from graphcrm.drawing.palette import DARK, LIGHT, mix
from graphcrm.drawing.route import Box, route
from graphcrm.drawing.svg import map_svg
from graphcrm.drawing.text import ellipsise, text_width, wrap
from graphcrm.ui.components.power_map_export import file_stem
from graphcrm.ui.export.page import map_page, script_safe
from graphcrm.ui.graph.payload import map_payload

HOSTILE = [
    '<img src=x onerror="x()">',
    "</script><script>x()</script>",
    '<a href="javascript:x()">',
    "<!--",
    "{{x}}",
    "\x00\x1b",
]
SVG = "{http://www.w3.org/2000/svg}"


def small_map(*names: str) -> MapData:
    nodes = tuple(
        MapNode(f"n{index}", name, name, roles=(Chip(name, "#4a5f85"),), stance=Chip(name, "#1b7f4d"), tooltip=(name,))
        for index, name in enumerate(names)
    )
    places = {node.id: Point(index * 300.0, 0) for index, node in enumerate(nodes)}
    ties = (
        (MapEdge("e", "n0", nodes[-1].id, "INFLUENCES", "#5b6bbf", arrow=True, tooltip=names),)
        if len(nodes) > 1
        else ()
    )
    shapes, size = legend([LegendEntry("dot", names[0], "#1b7f4d"), LegendEntry("ring", "key")], 500)
    return MapData(nodes, ties, places, legend=shapes, legend_size=size)


def test_svg_is_well_formed_and_holds_names_as_text_only() -> None:
    """A name that is markup comes out as the words of a text; no element but those that draw."""
    root = ElementTree.fromstring(map_svg(small_map(*HOSTILE), "<title>&"))
    allowed = {"svg", "title", "rect", "g", "circle", "line", "text", "path", "polygon"}
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= allowed
    assert not [name for element in root.iter() for name in element.attrib if name.startswith("on") or "href" in name]
    assert any("<img" in (text.text or "") for text in root.iter(f"{SVG}text"))


def test_svg_draws_each_card_where_the_map_has_it() -> None:
    root = ElementTree.fromstring(map_svg(small_map("Anna Adler", "Boris Brandt"), "Map"))
    groups = [group.get("transform") for group in root.iter(f"{SVG}g")]
    assert "translate(0.0 0.0)" in groups
    assert "translate(300.0 0.0)" in groups


def test_page_loads_nothing_and_no_name_leaves_its_block() -> None:
    """pyvis adds two tags from a CDN in every mode; both are gone, and a policy forbids the rest."""
    page = map_page(small_map(*HOSTILE), HOSTILE[1])
    own_markup = re.sub(r"<script>.*?</script>", "", page, flags=re.DOTALL)
    assert not re.findall(r"(?:src|href)\s*=\s*[\"']?(?:https?:)?//", own_markup)
    assert "default-src 'none'" in page
    assert "<img src=x" not in page
    block = re.search(r'<script type="application/json" id="graphcrm-map">(.*?)</script>', page, re.DOTALL)
    names = [node["name"] for node in json.loads(block.group(1))["nodes"]]
    assert names == HOSTILE


def test_json_in_a_script_cannot_end_it() -> None:
    text = script_safe({"a": "</script><!-- \u2028"})
    assert "<" not in text
    assert json.loads(text) == {"a": "</script><!-- \u2028"}


def test_a_card_keeps_every_word_inside() -> None:
    """Long names, long words, many roles: no text is wider than its room, and none lies outside the card."""
    roles = tuple(Chip(f"Technical evaluator {index}", "#4a5f85") for index in range(6))
    for name in ("Anna", "Константин Рождественский-Преображенский младший", "W" * 80):
        node = MapNode("a", name, "Senior Maintenance Engineer " * 4, roles=roles, stance=Chip("Supporter", "#1b7f4d"))
        width, height = card_size(node)
        for look in ("full", "far"):
            for shape in card_shapes(node, look):
                if shape[0] == "t":
                    assert text_width(shape[3], shape[4], bold=shape[5] == 600) <= shape[7] + 1
                    assert -width / 2 < shape[1] < width / 2
                    assert -height / 2 < shape[2] < height / 2


def test_roles_that_do_not_fit_are_counted() -> None:
    roles = tuple(Chip("Economic buyer", "#4a5f85") for _ in range(4))
    texts = [shape[3] for shape in card_shapes(MapNode("a", "Anna", roles=roles), "full") if shape[0] == "t"]
    assert "+3" in texts


def test_a_stance_is_a_colour_and_a_word_in_both_looks() -> None:
    """ui.md: stance by colour **and** word."""
    node = MapNode("a", "Anna", stance=Chip("Supporter", "#4a9a3f"))
    for look in ("full", "far"):
        shapes = card_shapes(node, look)
        assert any(shape[0] == "t" and shape[3] == "Supporter" for shape in shapes)
        assert any("#4a9a3f" in shape for shape in shapes)


@pytest.mark.parametrize(("palette", "token"), [(p, t) for p in (LIGHT, DARK) for t in ("ink", "muted")])
def test_text_has_the_contrast_that_wcag_asks_for(palette, token) -> None:
    """WCAG 2.2, 1.4.3: at least 4.5 to 1 on the card."""
    assert contrast(palette.resolve(token), palette.surface) >= 4.5


@pytest.mark.parametrize("color", ["#1b7f4d", "#4a9a3f", "#8a7a2f", "#c06a1c", "#b3322e", "#7a828c", "#4a5f85"])
@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_chips_have_the_contrast_that_wcag_asks_for(palette, color: str) -> None:
    """WCAG 2.2, 1.4.3, for every stance of the vocabulary, in both themes."""
    assert contrast(palette.resolve(f"text:{color}"), palette.resolve(f"soft:{color}")) >= 4.5


def contrast(one: str, other: str) -> float:
    """WCAG's contrast ratio."""

    def luminance(color: str) -> float:
        parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_curves_start_and_end_on_the_cards() -> None:
    a, b = Box(0, 0, 200, 100), Box(600, 40, 200, 100)
    first, _control, last = route(MapEdge("e", "a", "b", "INFLUENCES"), a, b)
    assert first.x == pytest.approx(100, abs=1)
    assert last.x == pytest.approx(500, abs=1)


def test_brackets_run_at_right_angles() -> None:
    a, b = Box(0, 0, 200, 100), Box(300, 200, 200, 100)
    for edge in (MapEdge("e", "a", "b", "R", route="bracket"), MapEdge("e", "a", "b", "R", route="side"),
                 MapEdge("e", "a", "b", "R", route="bracket", lane=-150)):  # fmt: skip
        points = route(edge, a, b)
        assert all(one.x == other.x or one.y == other.y for one, other in pairwise(points))


def test_a_tie_to_nobody_is_left_out() -> None:
    data = small_map("Anna")
    lost = MapData(data.nodes, (MapEdge("e", "n0", "gone", "INFLUENCES"),), data.places)
    assert map_payload(lost)["edges"] == []
    ElementTree.fromstring(map_svg(lost, "Map"))


def test_equal_maps_give_equal_data() -> None:
    assert map_payload(small_map("Anna", "Boris")) == map_payload(small_map("Anna", "Boris"))


def test_words_are_cut_to_their_room() -> None:
    assert ellipsise("Anna", 100, 16) == "Anna"
    assert ellipsise("Константинопольская", 60, 16).endswith("…")
    assert all(text_width(line, 16) <= 90 for line in wrap("one two three four five six", 90, 16, lines=2))


def test_colours_mix_by_channel() -> None:
    assert mix("#000000", "#ffffff", 0.5) == "#808080"


def test_a_file_name_from_any_name() -> None:
    assert file_stem("ООО «Ромашка»/../x") == "power-map-ООО-Ромашка-x"
    assert file_stem("///") == "power-map"


def test_an_open_seat_has_a_broken_outline() -> None:
    """A vacant seat and a person known by function only are cards, told apart from known people."""
    dashes = [card_shapes(MapNode("a", "Anna", open_seat=seat), look)[0][-1] for seat in (True, False) for look in
              ("full", "far")]  # fmt: skip
    assert dashes == [1, 1, 0, 0]


def test_svg_names_its_fonts_as_css_reads_them() -> None:
    """A name that ends in a number must be quoted, else readers throw the whole list away."""
    root = ElementTree.fromstring(map_svg(small_map("Anna"), "Map"))
    assert root.get("font-family").startswith("'Source Sans 3', Source Sans Pro, Graphcrm Sans")
