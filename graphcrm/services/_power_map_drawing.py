"""The power map as a picture in a document, with the same in words. Shared; not a service itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from graphcrm.documents.model import Drawing, flat
from graphcrm.domain.power_map import PowerMap
from graphcrm.domain.structure import Stakeholder
from graphcrm.drawing.legend import legend
from graphcrm.drawing.palette import PAPER
from graphcrm.drawing.power_map import Filters, draw_map, legend_entries, role_names
from graphcrm.drawing.svg import MARGIN, map_svg, svg_frame
from graphcrm.i18n import translate as _
from graphcrm.services._wording import value_name

SHEET = (1500.0, 960.0)
"""Pixels that the chart should fill: the sides of a page that lies across."""
NARROWEST = 860.0
"""Pixels of the legend under a small chart: it goes among the text of an upright page."""
READABLE = 120
"""With more cards the words on each are fewer and larger."""


def power_map_drawing(shown: PowerMap) -> Drawing:
    """The organisation chart with all ties, in the language in use."""
    data = draw_map(shown, "chart", Filters(), {}, SHEET)
    entries, bare = list(legend_entries(Filters().ties)), replace(data, legend=(), legend_size=(0.0, 0.0))
    shapes, size = legend(entries, max(svg_frame(bare)[2] - 2 * MARGIN, NARROWEST))
    data = replace(data, legend=shapes, legend_size=size)
    _left, _top, width, height = svg_frame(data)
    title = _("Power map: {client}", client=flat(shown.client_name))
    svg = map_svg(data, title, PAPER, "far" if len(data.nodes) > READABLE else "full")
    return Drawing(svg, width, height, tuple(_words(shown)))


def _words(shown: PowerMap) -> Iterator[tuple[int, str]]:
    """Who stands under whom: each person once, under the boss whom the chart draws."""
    structure = shown.structure
    bosses: dict[str, str] = {}
    for line in sorted(structure.reporting, key=lambda line: (line.line != "solid", line.id)):
        bosses.setdefault(line.person_id, line.boss_id)
    reports: dict[str, list[Stakeholder]] = {}
    for person in structure.people:
        reports.setdefault(bosses.get(person.id, ""), []).append(person)
    told: set[str] = set()
    everybody = [(0, person) for person in reversed(structure.people)]
    # A circle of bosses hangs under nobody: who is left over comes last.
    waiting = everybody + [(0, person) for _depth, person in everybody if bosses.get(person.id) not in structure.by_id]
    while waiting:
        depth, person = waiting.pop()
        if person.id in told:
            continue
        told.add(person.id)
        yield depth, _card(person)
        waiting += [(depth + 1, report) for report in reversed(reports.get(person.id, []))]
    for outsider in structure.outsiders:
        parts = (outsider.name, outsider.title, outsider.organization_name)
        yield 0, flat(", ".join(part for part in parts if part))


def _card(person: Stakeholder) -> str:
    who = ", ".join(part for part in (person.name, person.title) if part)
    parts = [who, ", ".join(role_names(person.roles))]
    if person.is_vacant:
        parts.append(value_name("presence", person.presence))
    else:
        parts.append(value_name("support", person.support))
    return flat("; ".join(part for part in parts if part))
