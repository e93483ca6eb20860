"""Where the cards of an organisation chart go: pure arithmetic on ids, bosses and sizes.

Trees drawn level by level come out many times wider than high. Here the reports of a boss who lead nobody stand in
a compact grid, wide rows of teams are broken into several, and of some dozen such arrangements the one is taken that
is drawn largest in the given window. Every team keeps a rectangle of its own, so nothing can overlap.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from graphcrm.domain.layout_boxes import Place, Size, shelves

LEVEL_GAP = 44.0
COLUMN_GAP = 30.0
ROW_GAP = 24.0
TEAM_GAP = 40.0
LANE_GAP = 16.0
BROKEN_ROWS = 0.8
"""A chart whose rows of teams are broken is harder to read: it must come out so much larger to be taken."""

Attachment = Literal["bracket", "side"]


@dataclass(frozen=True, slots=True)
class OrgChart:
    """A finished chart.

    Attributes:
        places: the centre of every card; y grows downwards.
        attachments: how a report hangs under its boss: "bracket" from above, "side" along a column of cards.
            Only reports that stand under their boss are named: in a circle of bosses one line has to be left out.
        lanes: x of the vertical lane, relative to the boss, for reports in a second or later row.
    """

    places: dict[str, Place]
    attachments: dict[str, Attachment]
    lanes: dict[str, float]


@dataclass(slots=True)
class _Team:
    """A boss with everybody below, in a rectangle whose upper left corner is the origin."""

    width: float
    height: float
    head: float
    """x of the boss's centre."""
    places: dict[str, tuple[float, float]] = field(default_factory=dict)
    attachments: dict[str, Attachment] = field(default_factory=dict)
    lanes: dict[str, float] = field(default_factory=dict)

    def take(self, other: _Team, x: float, y: float) -> None:
        """Put another team's cards into this one at (x, y)."""
        self.places.update({card: (left + x, top + y) for card, (left, top) in other.places.items()})
        self.attachments.update(other.attachments)
        self.lanes.update(other.lanes)


@dataclass(frozen=True, slots=True)
class _Style:
    """One way to arrange: how many cards stand above each other in a grid, and how wide a row of teams may be."""

    rows: int
    width: float


def org_chart(bosses: Mapping[str, str | None], sizes: Mapping[str, Size], window: Size = (1180.0, 680.0)) -> OrgChart:
    """The organisation chart of the people in ``sizes``, in their given order from left to right.

    Args:
        bosses: the one boss of each person under whom to draw them; None, a missing entry or an unknown id is no boss.
        sizes: width and height of each card, in pixels. Its order decides who stands further left.
        window: width and height in which the whole chart should be as large as it can.

    Several heads stand side by side; people with neither boss nor report stand in a grid below. A circle of bosses is
    cut at the person who comes first. Same input, same output.
    """
    parents = _without_cycles(bosses, sizes)
    reports: dict[str, list[str]] = {}
    for person in sizes:
        boss = parents[person]
        if boss is not None:
            reports.setdefault(boss, []).append(person)
    heads = [person for person in sizes if parents[person] is None and person in reports]
    alone = [person for person in sizes if parents[person] is None and person not in reports]
    order = _bottom_up(heads, reports)
    best: _Team | None = None
    best_scale = -1.0
    for style in _styles(sizes, window):
        sheet = _sheet(heads, alone, _teams(order, reports, sizes, style), sizes, style)
        scale = min(window[0] / max(sheet.width, 1.0), window[1] / max(sheet.height, 1.0), 1.0)
        scale *= BROKEN_ROWS if sheet.lanes else 1.0
        if scale > best_scale * 1.02:
            best, best_scale = sheet, scale
    if best is None:
        return OrgChart({}, {}, {})
    places = {person: Place(x, y) for person, (x, y) in best.places.items()}
    return OrgChart(places, best.attachments, best.lanes)


def _styles(sizes: Mapping[str, Size], window: Size) -> list[_Style]:
    """The arrangements to try, the plainest first."""
    if not sizes:
        return []
    card = max(width for width, _ in sizes.values())
    area = sum((width + COLUMN_GAP) * (height + LEVEL_GAP) for width, height in sizes.values())
    square = math.sqrt(area * window[0] / window[1])
    widths = [math.inf, square * 2.0, square * 1.5, square * 1.2, square]
    return [_Style(rows, max(width, card)) for width in widths for rows in (1, 2, 3, 4, 6, 9)]


def _without_cycles(bosses: Mapping[str, str | None], sizes: Mapping[str, Size]) -> dict[str, str | None]:
    """The boss of each person, with one line of every circle cut: that of the person who comes first."""
    parents = {person: bosses.get(person) for person in sizes}
    parents = {person: boss if boss in sizes and boss != person else None for person, boss in parents.items()}
    settled: set[str] = set()
    for person in sizes:
        walk: list[str] = []
        seen: set[str] = set()
        at: str | None = person
        while at is not None and at not in settled and at not in seen:
            walk.append(at)
            seen.add(at)
            at = parents[at]
        if at is not None and at in seen:
            circle = walk[walk.index(at) :]
            rank = {card: index for index, card in enumerate(sizes) if card in set(circle)}
            parents[min(circle, key=rank.__getitem__)] = None
        settled.update(walk)
    return parents


def _bottom_up(heads: Sequence[str], reports: Mapping[str, list[str]]) -> list[str]:
    """All bosses, each after the bosses below."""
    order: list[str] = []
    waiting = list(heads)
    while waiting:
        person = waiting.pop()
        order.append(person)
        waiting.extend(report for report in reports[person] if report in reports)
    return order[::-1]


def _teams(
    order: Sequence[str], reports: Mapping[str, list[str]], sizes: Mapping[str, Size], style: _Style
) -> dict[str, _Team]:
    """A team for every boss. Teams below are emptied into those above, so the work stays proportional to the depth."""
    teams: dict[str, _Team] = {}
    for boss in order:
        below = [teams.pop(report) for report in reports[boss] if report in reports]
        leaders = [report for report in reports[boss] if report in reports]
        leaves = [report for report in reports[boss] if report not in reports]
        teams[boss] = _team(boss, list(zip(leaders, below, strict=True)), leaves, sizes, style)
    return teams


def _team(
    boss: str, below: list[tuple[str, _Team]], leaves: list[str], sizes: Mapping[str, Size], style: _Style
) -> _Team:
    """One boss over the teams below and a grid of those who lead nobody."""
    width, height = sizes[boss]
    hung = [([leader], team) for leader, team in below]
    if leaves:
        hung.insert(0, (leaves, _grid(leaves, sizes, style)))  # first: its lanes start at the bus
    cards_of = {id(part): cards for cards, part in hung}
    rows = _rows([part for _, part in hung], style.width)
    lane = LANE_GAP if len(rows) > 1 else 0.0
    inner = max(row_width for _, row_width in rows)
    team = _Team(max(inner + lane, width), 0.0, 0.0)
    start = (team.width - inner - lane) / 2 + lane
    top = height + LEVEL_GAP
    anchors: list[float] = []
    for index, (row, row_width) in enumerate(rows):
        x = start + (0.0 if index else (inner - row_width) / 2)
        for part in row:
            team.take(part, x, top)
            if not index:
                anchors.append(x + part.head)
            for card in cards_of[id(part)]:
                team.attachments.setdefault(card, "bracket")
                if index and team.attachments[card] == "bracket":
                    team.lanes[card] = start - LANE_GAP
            x += part.width + TEAM_GAP
        top += max(part.height for part in row) + LEVEL_GAP
    team.height = top - LEVEL_GAP
    team.head = min(max((anchors[0] + anchors[-1]) / 2, width / 2), team.width - width / 2)
    team.places[boss] = (team.head, height / 2)
    for cards, _ in hung:
        for card in team.lanes.keys() & cards:
            team.lanes[card] -= team.head
    return team


def _rows(parts: Sequence[_Team], limit: float) -> list[tuple[list[_Team], float]]:
    """The teams in rows no wider than the limit (but for a team that is wider by itself), with the rows' widths."""
    rows: list[tuple[list[_Team], float]] = []
    for part in parts:
        wider = rows[-1][1] + TEAM_GAP + part.width if rows else 0.0
        if rows and wider <= limit:
            rows[-1][0].append(part)
            rows[-1] = (rows[-1][0], wider)
        else:
            rows.append(([part], part.width))
    return rows


def _grid(leaves: Sequence[str], sizes: Mapping[str, Size], style: _Style) -> _Team:
    """People who lead nobody, in columns; hung from above when they fit in one row, else along each column's left."""
    cell = max(sizes[leaf][0] for leaf in leaves), max(sizes[leaf][1] for leaf in leaves)
    room = (
        max(1, int((style.width + COLUMN_GAP) // (cell[0] + COLUMN_GAP))) if math.isfinite(style.width) else len(leaves)
    )
    columns = min(math.ceil(len(leaves) / style.rows), room)
    flat = columns == len(leaves)
    indent = 0.0 if flat else LANE_GAP
    step = cell[0] + COLUMN_GAP
    rows = math.ceil(len(leaves) / columns)
    team = _Team(indent + columns * step - COLUMN_GAP, rows * (cell[1] + ROW_GAP) - ROW_GAP, 0.0)
    for index, leaf in enumerate(leaves):
        column, row = index % columns, index // columns
        team.places[leaf] = (indent + column * step + cell[0] / 2, row * (cell[1] + ROW_GAP) + sizes[leaf][1] / 2)
        if not flat:
            team.attachments[leaf] = "side"
    team.head = team.width / 2
    return team


def _sheet(
    heads: Sequence[str], alone: Sequence[str], teams: Mapping[str, _Team], sizes: Mapping[str, Size], style: _Style
) -> _Team:
    """All teams side by side, and under them the people whose place nobody knows."""
    spots, size = shelves([(teams[head].width, teams[head].height) for head in heads], style.width, TEAM_GAP * 1.5)
    sheet = _Team(size[0], size[1], 0.0)
    for head, spot in zip(heads, spots, strict=True):
        sheet.take(teams[head], spot.x, spot.y)
    if alone:
        limit = max(sheet.width, math.sqrt(len(alone) * 1.7) * max(sizes[card][0] + COLUMN_GAP for card in alone))
        top = sheet.height + (LEVEL_GAP * 1.5 if heads else 0.0)
        spots, size = shelves([sizes[card] for card in alone], limit, COLUMN_GAP)
        for card, spot in zip(alone, spots, strict=True):
            sheet.places[card] = (spot.x + sizes[card][0] / 2, top + spot.y + sizes[card][1] / 2)
        sheet.width, sheet.height = max(sheet.width, size[0]), top + size[1]
    return sheet
