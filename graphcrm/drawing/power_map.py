"""Turns a client's power structure into what is drawn: cards, ties, places, axes, in the session's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graphcrm.domain.layout import OrgChart, org_chart
from graphcrm.domain.layout_boxes import shelves
from graphcrm.domain.layout_network import influence_network
from graphcrm.domain.power_map import PowerMap
from graphcrm.domain.structure import Stakeholder
from graphcrm.drawing.card import card_size
from graphcrm.drawing.legend import LegendEntry, legend
from graphcrm.drawing.model import Chip, MapData, MapNode, Point
from graphcrm.drawing.power_map_quadrant import quadrant_places
from graphcrm.drawing.power_map_ties import REASONED, REASONED_COLOUR, chart_ties, map_ties
from graphcrm.drawing.shapes import Shape
from graphcrm.i18n import language
from graphcrm.i18n import translate as _
from graphcrm.vocabulary import VOCABULARY

MOST_SHOWN = 500
BELOW = 70.0
"""Space between the chart and the firms and people around the client, in pixels."""
ROLE_COLOUR = "#4a5f85"
ROLE_ORDER = tuple(VOCABULARY.enumerations["role"].values)
COVERAGE_BARS = {"none": 0, "brief": 1, "multiple": 2, "in_depth": 3}
GREY = "#7a828c"


@dataclass(frozen=True, slots=True)
class Filters:
    """What of a map is shown. An empty set lets everything through."""

    roles: frozenset[str] = frozenset()
    supports: frozenset[str] = frozenset()
    coverages: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    ties: frozenset[str] = frozenset({"REPORTS_TO", "INFLUENCES", "CONFLICTS_WITH"})


def draw_map(
    found: PowerMap,
    layout: str,
    filters: Filters,
    saved: Mapping[str, tuple[float, float]],
    window: tuple[float, float],
) -> MapData:
    """The map in one of the layouts "chart", "network", "quadrant", with cards where the viewer has put them."""
    people = shown_people(found, filters)
    nodes = {node.id: node for node in (*_cards(found, people), *_neighbours(found))}
    sizes = {node: card_size(card) for node, card in nodes.items()}
    ties = [edge for edge in map_ties(found, filters.ties) if edge.source in nodes and edge.target in nodes]
    backdrop: tuple[Shape, ...] = ()
    if layout == "quadrant":
        places, backdrop = quadrant_places(found, sizes)
        lines = chart_ties(found, filters.ties, None)
    elif layout == "network":
        every = [edge for edge in map_ties(found, frozenset(VOCABULARY.ties)) if edge.kind != "REPORTS_TO"]
        pairs = ((edge.source, edge.target, edge.width / 4) for edge in every)
        places = {node: Point(at.x, at.y) for node, at in influence_network(pairs, sizes, window).items()}
        lines = chart_ties(found, filters.ties, None)
    else:
        staff = {person.id: sizes[person.id] for person in people}
        chart = _chart(found, staff, window)
        places = _with_neighbours(chart, {node: size for node, size in sizes.items() if node not in staff}, staff)
        lines = chart_ties(found, filters.ties, chart)
    places |= {node: Point(*at) for node, at in saved.items() if node in nodes}
    shapes, size = legend(list(legend_entries(filters.ties)), 1100)
    return MapData(
        nodes=tuple(nodes.values()),
        edges=tuple(edge for edge in (*lines, *ties) if edge.source in nodes and edge.target in nodes),
        places=places,
        layout=f"{found.client_id}/{layout}",
        backdrop=backdrop,
        legend=shapes,
        legend_size=size,
        note=_note(found, people),
        labels=_labels(),
    )


def _labels() -> dict[str, str]:
    """The words of the map itself."""
    return {
        "fit": _("Show everything"),
        "zoom_in": _("Zoom in"),
        "zoom_out": _("Zoom out"),
        "map": _("Power map. Arrow keys walk from card to card, Enter shows more of the card chosen."),
        "empty": _("Nobody fits these filters."),
    }


def shown_people(found: PowerMap, filters: Filters) -> list[Stakeholder]:
    """Who passes the filters, the most powerful first when there are too many, else in the structure's order."""
    passing = [person for person in found.structure.people if _passes(found, person, filters)]
    if len(passing) <= MOST_SHOWN:
        return passing
    last = len(passing)
    return sorted(passing, key=lambda who: found.figures[who.id].rank if who.id in found.figures else last)[:MOST_SHOWN]


def coverage_of(found: PowerMap, person_id: str) -> str:
    """The best coverage of a person by any of ours: a code; "unknown" when nobody said anything."""
    known = [tie.coverage for tie in found.structure.coverage_of.get(person_id, ()) if tie.coverage in COVERAGE_BARS]
    return max(known, key=COVERAGE_BARS.__getitem__, default="unknown")


def role_names(roles: Iterable[str]) -> list[str]:
    """Names of roles, those that decide first."""
    return [VOCABULARY.value_name("role", role, language()) for role in sorted(roles, key=_role_order)]


def _role_order(role: str) -> int:
    return ROLE_ORDER.index(role) if role in ROLE_ORDER else len(ROLE_ORDER)


def _passes(found: PowerMap, person: Stakeholder, filters: Filters) -> bool:
    return (
        (not filters.roles or bool(person.roles & filters.roles))
        and (not filters.supports or person.support in filters.supports)
        and (not filters.coverages or coverage_of(found, person.id) in filters.coverages)
        and (not filters.units or person.unit_id in filters.units)
    )


def _cards(found: PowerMap, people: Iterable[Stakeholder]) -> Iterable[MapNode]:
    values = VOCABULARY.enumerations["support"].values
    for person in people:
        figure = found.figures.get(person.id)
        support = values.get(person.support, values["unknown"])
        reach = (figure.components.get("reach") if figure else None) or 0.0
        covered = coverage_of(found, person.id)
        title, known = person.title or person.unit_name or "", person.presence == "known"
        if not known:
            seat = VOCABULARY.value_name("presence", person.presence, language())
            title = " · ".join(filter(None, (seat, title if title != person.name else "")))
        attitude = f"{_('Attitude to us')}: {support.name_in(language())}"
        stance = Chip(support.name_in(language()), support.color or GREY)
        yield MapNode(
            person.id,
            person.name,
            title,
            roles=tuple(Chip(name, ROLE_COLOUR) for name in role_names(person.roles)),
            stance=None if person.is_vacant else stance,
            coverage=COVERAGE_BARS.get(covered),
            gaps=len(found.gaps.get(person.id, ())),
            rank=figure.rank if figure and figure.is_key else None,
            open_seat=not known,
            differs=_differs(found, person),
            size=round(1.0 + 0.2 * min(reach, 1.0), 2),
            tooltip=tuple(
                filter(
                    None,
                    (
                        person.name,
                        title,
                        ", ".join(role_names(person.roles)),
                        attitude if not person.is_vacant else "",
                        _("≠ otherwise in this deal") if _differs(found, person) else "",
                    ),
                )
            ),
        )


def _differs(found: PowerMap, person: Stakeholder) -> bool:
    deal = found.structure.deal
    return deal is not None and person.id in deal.differing


def _neighbours(found: PowerMap) -> Iterable[MapNode]:
    for item in (*found.structure.outsiders, *found.neighbours):
        firm = getattr(item, "kind", "person") != "person"
        title = item.title or ""
        if not firm and getattr(item, "organization_name", None):
            title = ", ".join(filter(None, (item.title, item.organization_name)))
        tooltip = tuple(filter(None, (item.name, title)))
        yield MapNode(item.id, item.name, title, "organization" if firm else "outsider", tooltip=tooltip)


def _chart(found: PowerMap, sizes: Mapping[str, tuple[float, float]], window: tuple[float, float]) -> OrgChart:
    bosses: dict[str, str | None] = {}
    for line in sorted(found.structure.reporting, key=lambda line: (line.line != "solid", line.id)):
        bosses.setdefault(line.person_id, line.boss_id)
    return org_chart(bosses, sizes, window)


def _with_neighbours(
    chart: OrgChart, others: Mapping[str, tuple[float, float]], staff: Mapping[str, tuple[float, float]]
) -> dict[str, Point]:
    """The chart, and below it, in lines as wide, what does not belong to it: it does not move when they come or go."""
    spots = chart.places
    left = min((at.x - staff[who][0] / 2 for who, at in spots.items()), default=0.0)
    right = max((at.x + staff[who][0] / 2 for who, at in spots.items()), default=0.0)
    bottom = max((at.y + staff[who][1] / 2 for who, at in spots.items()), default=0.0) + BELOW
    corners, _size = shelves(list(others.values()), max(right - left, 500.0), 40.0)
    places = {who: Point(at.x, at.y) for who, at in chart.places.items()}
    for (node, (width, height)), corner in zip(others.items(), corners, strict=True):
        places[node] = Point(left + corner.x + width / 2, bottom + corner.y + height / 2)
    return places


def _note(found: PowerMap, people: list[Stakeholder]) -> str:
    total = len(found.structure.people)
    if len(people) == total:
        return ""
    told = _("{shown} of {total} people shown.", shown=len(people), total=total)
    return told + (" " + _("Filter to see others.") if len(people) == MOST_SHOWN else "")


def legend_entries(ties: Iterable[str]) -> Iterable[LegendEntry]:
    """What the legend explains, in the language of the session."""
    for value in VOCABULARY.enumerations["support"].values.values():
        yield LegendEntry("dot", value.name_in(language()), value.color or GREY)
    for kind in ("REPORTS_TO", "INFLUENCES", "CONFLICTS_WITH"):
        if kind in ties:
            tie = VOCABULARY.ties[kind]
            yield LegendEntry("dashed" if kind == "INFLUENCES" else "line", tie.name_in(language()), tie.color)
    if REASONED in ties:
        knows = VOCABULARY.ties["KNOWS"]
        yield LegendEntry("line", knows.name_in(language()), knows.color)
        yield LegendEntry("dashed", _("may know each other, not confirmed"), REASONED_COLOUR)
    yield LegendEntry("ring", _("key figure, with rank"))
    yield LegendEntry("gap", _("things not known"))
    yield LegendEntry("bars", _("covered by ours"))
