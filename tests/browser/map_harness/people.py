"""Invented power structures for the map's own tests and screenshots: few, many, long names, Cyrillic, hostile."""

from __future__ import annotations

import random

from graphcrm.domain.layout import org_chart
from graphcrm.domain.layout_network import influence_network
from graphcrm.drawing.card import card_size
from graphcrm.drawing.model import Chip, MapData, MapEdge, MapNode, Point

FIRST = (
    "Anna",
    "Boris",
    "Clara",
    "Dmitri",
    "Elena",
    "Frank",
    "Greta",
    "Hugo",
    "Irina",
    "Jonas",
    "Katja",
    "Leon",
    "Marta",
)
LAST = ("Adler", "Brandt", "Conti", "Dubois", "Eriksen", "Falk", "Greco", "Hansen", "Ivanova", "Jansen", "Keller")
CYRILLIC = ("Константин Рождественский-Преображенский", "Мария Щербакова", "Юлия Выжлецова")
TITLES = (
    "Head of Procurement",
    "Plant Manager",
    "Senior Maintenance Engineer for Rotating Equipment",
    "Accountant",
    "Главный инженер",
    "Quality",
)
HOSTILE = '<img src=x onerror="window.pwned=1"> <a href="javascript:window.pwned=1">x</a>'
STANCES = (
    Chip("Mentor", "#1b7f4d"),
    Chip("Supporter", "#4a9a3f"),
    Chip("Neutral", "#8a7a2f"),
    Chip("Non-supporter", "#c06a1c"),
    Chip("Opponent", "#b3322e"),
    Chip("Not known", "#7a828c"),
)
ROLES = (
    Chip("Economic buyer", "#2f5fa8"),
    Chip("Decision maker", "#2f5fa8"),
    Chip("Technical evaluator", "#4b7f86"),
    Chip("Payment decider", "#7d5ba6"),
    Chip("Champion", "#1b7f4d"),
    Chip("User", "#5c6673"),
)
LABELS = {"fit": "Fit", "zoom_in": "Zoom in", "zoom_out": "Zoom out", "map": "Power map", "empty": "Nobody to show"}


def bosses_of(count: int) -> dict[str, str | None]:
    """A chart that is flat at the foot: every boss leads three teams, every team lead a handful."""
    chart: dict[str, str | None] = {"p0": None}
    for index in range(1, count):
        chart[f"p{index}"] = f"p{(index - 1) // 4}" if index < 5 else f"p{(index - 1) // 5}"
    return chart


def node(index: int, chance: random.Random) -> MapNode:
    """One invented person; the same for the same chance."""
    name = f"{FIRST[index % len(FIRST)]} {LAST[(index * 7) % len(LAST)]}"
    if index % 13 == 5:
        name = CYRILLIC[index % len(CYRILLIC)]
    if index == 3:
        name = HOSTILE
    return MapNode(
        f"p{index}",
        name,
        TITLES[index % len(TITLES)],
        roles=tuple(chance.sample(ROLES, chance.choice((0, 1, 1, 2, 3)))),
        stance=STANCES[chance.choice((0, 1, 1, 2, 2, 2, 3, 4, 5, 5))],
        coverage=chance.choice((None, 0, 0, 1, 2, 3)),
        gaps=chance.choice((0, 0, 0, 1, 2, 4)),
        rank=index // 3 + 1 if index % 3 == 1 and index < 16 else None,
        tooltip=(name, TITLES[index % len(TITLES)]),
    )


def example(count: int, layout: str = "chart", window: tuple[float, float] = (1180, 620)) -> MapData:
    """A map of ``count`` invented people."""
    chance = random.Random(count)
    nodes = [node(index, chance) for index in range(count)]
    sizes = {item.id: card_size(item) for item in nodes}
    bosses = bosses_of(count)
    swayed = [(chance.randrange(count), chance.randrange(count), chance.randint(1, 10)) for _ in range(count * 2 // 3)]
    swayed = [tie for tie in swayed if tie[0] != tie[1]]
    if layout == "chart":
        chart = org_chart(bosses, sizes, window)
        spots, hung, lanes = chart.places, chart.attachments, chart.lanes
    else:
        spots = influence_network(((f"p{a}", f"p{b}", s / 10) for a, b, s in swayed), sizes, window)
        hung, lanes = {}, {}
    edges = [
        MapEdge(f"r{who}", boss, who, "REPORTS_TO", "#8b95a1", 1.6, route=hung.get(who, "curve"), lane=lanes.get(who))
        for who, boss in bosses.items()
        if boss is not None and layout == "chart"
    ]
    edges += [
        MapEdge(
            f"i{index}",
            f"p{a}",
            f"p{b}",
            "INFLUENCES",
            "#5b6bbf",
            0.8 + 0.35 * strength,
            dashed=True,
            arrow=True,
            label=str(strength),
            tooltip=(f"influences ({strength})", HOSTILE),
        )
        for index, (a, b, strength) in enumerate(swayed)
    ]
    edges += [
        MapEdge(f"c{index}", f"p{index}", f"p{index + 2}", "CONFLICTS_WITH", "#c0392b", 2.2, route="curve", bend=0.1)
        for index in range(0, count - 2, 11)
    ]
    places = {who: Point(place.x, place.y) for who, place in spots.items()}
    return MapData(tuple(nodes), tuple(edges), places, layout=layout, labels=LABELS)
