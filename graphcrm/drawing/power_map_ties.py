"""The ties of a power map as they are drawn: who reports to whom, who sways whom, who is at odds, what was expanded."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import groupby

from graphcrm.domain.layout import OrgChart
from graphcrm.domain.messages import describe
from graphcrm.domain.power_map import NeighbourTie, PowerMap
from graphcrm.drawing.model import MapEdge
from graphcrm.formats import number, percent
from graphcrm.i18n import language
from graphcrm.i18n import translate as _
from graphcrm.vocabulary import VOCABULARY

UNKNOWN_STRENGTH = 5.0


def chart_ties(found: PowerMap, kinds: Collection[str], chart: OrgChart | None) -> list[MapEdge]:
    """Lines from boss to report: brackets under the boss where the chart put them so, else straight and thin."""
    if "REPORTS_TO" not in kinds:
        return []
    edges = []
    hung: set[str] = set()
    lines = sorted(found.structure.reporting, key=lambda line: (line.line != "solid", line.id))
    for line in lines:
        under = chart is not None and line.person_id in chart.attachments and line.person_id not in hung
        hung.add(line.person_id)
        edges.append(
            MapEdge(
                line.id,
                line.boss_id,
                line.person_id,
                "REPORTS_TO",
                VOCABULARY.ties["REPORTS_TO"].color,
                1.8 if under else 0.9,
                dashed=line.line == "dotted",
                route=chart.attachments[line.person_id] if chart and under else "straight",
                lane=chart.lanes.get(line.person_id) if chart and under else None,
                tooltip=_told(found, "REPORTS_TO", line.person_id, line.boss_id),
            )
        )
    return edges


def map_ties(found: PowerMap, kinds: Collection[str]) -> list[MapEdge]:
    """Influence, conflict and the ties that an expansion brought; parallel ones bent apart."""
    known = [tie for tie in found.acquaintances if REASONED in kinds]
    beside = {tie.id: tie for tie in (*known, *found.neighbour_ties)}  # an expansion may bring the same
    edges = [*_influences(found), *_conflicts(found), *_beside(found, beside.values()), *_reasoned(found)]
    return _bent([edge for edge in edges if edge.kind in kinds or edge.kind not in SWITCHED])


REASONED = "REASONED"
"""The kind of a line that is no tie: two who may know each other. It waits for a yes or a no. Its switch shows who
does know whom, too, so that a line that was answered by yes is seen to have become solid."""
SWITCHED = frozenset({"REPORTS_TO", "INFLUENCES", "CONFLICTS_WITH", REASONED})
"""The kinds that have a switch of their own; what an expansion brings is shown because it was asked for."""
REASONED_COLOUR = "#1f8a84"


def tie_name(kind: str) -> str:
    """The name of a kind of line, in the language in use."""
    return _("may know") if kind == REASONED else VOCABULARY.ties[kind].name_in(language())


def _influences(found: PowerMap) -> list[MapEdge]:
    edges = []
    for tie in found.structure.influences:
        strength = UNKNOWN_STRENGTH if tie.strength is None else tie.strength
        basis = VOCABULARY.value_name("influence_basis", tie.basis, language())
        said = _("strength not known") if tie.strength is None else _("strength {n} of 10", n=number(tie.strength))
        about = " · ".join(filter(None, (said, basis, tie.topic)))
        edges.append(
            MapEdge(
                tie.id,
                tie.source_id,
                tie.target_id,
                "INFLUENCES",
                VOCABULARY.ties["INFLUENCES"].color,
                0.8 + 0.32 * strength,
                dashed=True,
                arrow=True,
                label="?" if tie.strength is None else number(tie.strength),
                tooltip=(*_told(found, "INFLUENCES", tie.source_id, tie.target_id), about),
            )
        )
    return edges


def _conflicts(found: PowerMap) -> list[MapEdge]:
    return [
        MapEdge(
            tie.id,
            tie.source_id,
            tie.target_id,
            "CONFLICTS_WITH",
            VOCABULARY.ties["CONFLICTS_WITH"].color,
            2.4,
            bend=-0.12,
            tooltip=(*_told(found, "CONFLICTS_WITH", tie.source_id, tie.target_id), *filter(None, (tie.reason,))),
        )
        for tie in found.structure.conflicts
    ]


def _beside(found: PowerMap, ties: Iterable[NeighbourTie]) -> list[MapEdge]:
    edges = []
    for tie in ties:
        detail = VOCABULARY.value_name("partner_kind", tie.detail, language())
        amount = "" if tie.amount is None else percent(tie.amount) if tie.type == "OWNS" else number(tie.amount)
        kind = VOCABULARY.ties[tie.type]
        edges.append(
            MapEdge(
                tie.id,
                tie.source_id,
                tie.target_id,
                tie.type,
                kind.color,
                1.6,
                arrow=not kind.symmetric and tie.type != "PARTNER_OF",
                label=detail or amount,
                tooltip=(*_told(found, tie.type, tie.source_id, tie.target_id), *filter(None, (detail, amount))),
            )
        )
    return edges


def _reasoned(found: PowerMap) -> list[MapEdge]:
    """Dashed and thin: nobody has said so yet."""
    return [
        MapEdge(
            pair.id,
            pair.person_id,
            pair.tie.other_id,
            REASONED,
            REASONED_COLOUR,
            1.2,
            dashed=True,
            bend=0.22,
            tooltip=(
                *_told(found, REASONED, pair.person_id, pair.tie.other_id),
                describe(pair.tie.code, pair.tie.params, translate=_),
            ),
        )
        for pair in found.reasoned
    ]


def _told(found: PowerMap, kind: str, source: str, target: str) -> tuple[str, ...]:
    """A tie in words: who, what, whom."""
    names = found.structure.names | {item.id: item.name for item in found.neighbours}
    names.setdefault(found.client_id, found.client_name)
    return (f"{names.get(source, source)} · {tie_name(kind)} · {names.get(target, target)}",)


def _bent(edges: list[MapEdge]) -> list[MapEdge]:
    """Ties between the same two, fanned out, so that each can be seen and clicked."""
    from dataclasses import replace

    def pair(edge: MapEdge) -> tuple[str, str]:
        return min(edge.source, edge.target), max(edge.source, edge.target)

    result: list[MapEdge] = []
    for _ends, group in groupby(sorted(edges, key=lambda edge: (pair(edge), edge.id)), key=pair):
        for index, edge in enumerate(group):
            # The bend is to the left of the direction, so two opposite ties part of themselves; the rest need help.
            result.append(edge if not index else replace(edge, bend=edge.bend + 0.13 * index))
    return result
