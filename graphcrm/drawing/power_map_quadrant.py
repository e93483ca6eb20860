"""The power-and-support picture: places and axes (power after the key figures' score, support as recorded)."""

from __future__ import annotations

from collections.abc import Mapping

from graphcrm.domain.layout_quadrant import Quadrant, power_quadrant
from graphcrm.domain.power_map import PowerMap
from graphcrm.drawing.model import Point
from graphcrm.drawing.shapes import BOLD, REGULAR, Shape, box, line, words
from graphcrm.i18n import language
from graphcrm.i18n import translate as _
from graphcrm.vocabulary import VOCABULARY

ORDER = ("enemy", "non_supporter", "neutral", "supporter", "mentor", "unknown")


def quadrant_places(
    found: PowerMap, sizes: Mapping[str, tuple[float, float]]
) -> tuple[dict[str, Point], tuple[Shape, ...]]:
    """Where the cards go, and the bands and axes behind them. What is no person of the client stands to the right."""
    greatest = max((figure.score.value or 0.0 for figure in found.figures.values()), default=0.0) or 1.0
    people: dict[str, tuple[float | None, str]] = {}
    for person in found.structure.people:
        if person.id in sizes:
            figure = found.figures.get(person.id)
            power = figure.score.value if figure else None
            people[person.id] = (None if power is None else power / greatest, person.support)
    picture = power_quadrant(people, sizes, ORDER)
    places = {card: Point(at.x, at.y) for card, at in picture.places.items()}
    right = picture.bands[-1].right + 160
    others = [node for node in sizes if node not in people]
    for index, node in enumerate(others):
        places[node] = Point(right + (index % 2) * 240, picture.top + 60 + (index // 2) * 140)
    return places, tuple(_axes(picture))


def _axes(picture: Quadrant) -> list[Shape]:
    top, bottom = picture.top - 54, picture.end + 12
    left, right = picture.bands[0].left, picture.bands[-1].right
    values = VOCABULARY.enumerations["support"].values
    shapes: list[Shape] = []
    for band in picture.bands:
        color = values[band.code].color or "#7a828c"
        width = band.right - band.left
        shapes.append(box((band.left + 3, top, width - 6, bottom - top), f"soft:{color}", radius=10))
        name, middle = values[band.code].name_in(language()), (band.left + band.right) / 2
        shapes.append(words((middle, top + 30), name, (20, BOLD), f"text:{color}", width - 20, 0))
    middle = (picture.top + picture.bottom) / 2
    shapes.append(line((left, middle), (right, middle), "line", 2))
    shapes.append(words((left - 14, picture.top + 24), _("more power"), (18, REGULAR), "muted", 150, 1))
    shapes.append(words((left - 14, picture.bottom - 12), _("less power"), (18, REGULAR), "muted", 150, 1))
    if picture.strip is not None:
        y = picture.strip - 6
        shapes.append(line((left, y), (right, y), "line", 1.5))
        shapes.append(words((left - 14, y + 40), _("power not known"), (18, REGULAR), "muted", 150, 1))
    # An empty frame keeps the words of the axis inside the picture.
    return [*shapes, box((left - 175, top, 1, bottom - top), "")]
