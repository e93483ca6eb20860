"""The parts of a person's power: reach, rights, rank, brokerage, veto. Each 0-1, with bounds, sentence and facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt
from typing import Any

import networkx as nx

from graphcrm.domain import measures
from graphcrm.domain.reach import Sway, strongest_chain, sway_on
from graphcrm.domain.score import TOLERANCE, Fact
from graphcrm.domain.structure import PowerStructure, Stakeholder
from graphcrm.domain.structure_graphs import UNKNOWN_CONFIDENCE

PURCHASE_RIGHTS: Mapping[str, float] = {
    "economic_buyer": 1.0,
    "decision_maker": 1.0,
    "approver": 0.5,
    "procurement": 0.25,
}
"""Say in the purchase by role. The economic buyer can say yes alone (Miller & Heiman 1985); an approver only signs what
others chose, procurement only chooses how to buy it."""
PAYMENT_RIGHTS: Mapping[str, float] = {"payment_decider": 1.0, "economic_buyer": 0.5}
"""Say in the payment by role. Who releases the budget can have a payment made, but does not run the payments."""
VETO_RIGHTS: Mapping[str, float] = {
    "blocker": 1.0,
    "approver": 0.8,
    "legal": 0.6,
    "gatekeeper": 0.6,
    "procurement": 0.5,
    "technical_evaluator": 0.5,
}
"""Power to stop what one has no right to start (the veto player, Tsebelis 2002; the gatekeeper, Lewin 1947). Those who
decide can of course say no: that is inside their right to decide and not counted twice."""

DECIDING_ROLES = frozenset({"economic_buyer", "decision_maker", "payment_decider"})
SHOWN_DECIDERS = 5
"""Deciders whose chains of influence a reason names, those swayed most first."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the power of one person. ``value`` None means that it cannot be computed."""

    name: str
    code: str
    value: float | None
    low: float
    high: float
    params: Mapping[str, Any] = field(default_factory=dict, hash=False)
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True)
class Analysis:
    """What is computed once for a whole structure, by the id of the person where not said otherwise.

    Attributes:
        formal: authority by position, as (least, likely, greatest).
        levels: level in the organisation, where known or inferred.
        targets: weight of each person who has a say, by right and confidence.
        sways: by target, the sway on them at the least, likely and greatest strength of the influences.
        betweenness, constraint: see :mod:`graphcrm.domain.measures`.
    """

    structure: PowerStructure
    graph: nx.DiGraph
    formal: Mapping[str, tuple[float, float, float]]
    levels: Mapping[str, int]
    targets: Mapping[str, float]
    sways: Mapping[str, tuple[Sway, Sway, Sway]]
    betweenness: Mapping[str, float]
    constraint: Mapping[str, float]


def analyse(
    structure: PowerStructure, *, payment_share: float = 0.25, horizon: int = 3, passing_on: float = 0.5
) -> Analysis:
    """Compute what the parts of all people share.

    Args:
        payment_share: how much the right to decide the payment counts when rights are compared, 0-1; the right to
            decide the purchase counts for the rest.
        horizon, passing_on: of the influence reach, see :func:`graphcrm.domain.reach.sway_on`.
    """
    graph = structure.influence_graph()
    targets = decision_shares(structure, payment_share)
    certain = all(data["low"] == data["high"] for *_, data in graph.edges(data=True))
    sways = {}
    for target in targets:
        likely = sway_on(graph, target, horizon=horizon, passing_on=passing_on)
        if certain:
            sways[target] = (likely, likely, likely)
        else:
            low, high = (
                sway_on(graph, target, horizon=horizon, passing_on=passing_on, weight=bound)
                for bound in ("low", "high")
            )
            sways[target] = (low, likely, high)
    return Analysis(
        structure=structure,
        graph=graph,
        formal=measures.formal_authority(structure),
        levels=measures.effective_levels(structure),
        targets=targets,
        sways=sways,
        betweenness=measures.betweenness(graph),
        constraint=measures.constraint(graph),
    )


def decision_shares(structure: PowerStructure, payment_share: float = 0.25) -> dict[str, float]:
    """How much each person has to say in purchase and payment together, 0-1; people with no say are left out.

    A vacant seat decides nothing.
    """
    shares = {}
    for person in structure.people:
        purchase = measures.role_right(person, PURCHASE_RIGHTS)
        payment = measures.role_right(person, PAYMENT_RIGHTS)
        share = ((1 - payment_share) * purchase + payment_share * payment) * _trust(person)[1]
        if share > 0 and not person.is_vacant:
            shares[person.id] = share
    return shares


def parts_of(person: Stakeholder, analysis: Analysis) -> tuple[Part, ...]:
    """All parts of one person's power, in a fixed order."""
    return (
        reach_part(person, analysis),
        _rights_part("purchase", PURCHASE_RIGHTS, person),
        _rights_part("payment", PAYMENT_RIGHTS, person),
        formal_part(person, analysis),
        brokerage_part(person, analysis),
        _rights_part("veto", VETO_RIGHTS, person),
        structural_holes_part(person, analysis),
    )


def formal_part(person: Stakeholder, analysis: Analysis) -> Part:
    """Formal authority; see :func:`graphcrm.domain.measures.formal_authority`."""
    if person.id not in analysis.formal:
        return Part("formal", "formal_unknown", None, 0.0, 1.0)
    low, value, high = analysis.formal[person.id]
    facts = tuple(
        Fact("tie", tie)
        for _, _, data in analysis.structure.reporting_graph().out_edges(person.id, data=True)
        for tie in data["tie_ids"]
    )
    if person.id not in analysis.levels:
        return Part("formal", "formal_unknown", value, low, high)
    params = {
        "level": analysis.levels[person.id],
        "deepest": max(analysis.levels.values()),
        "title": person.title or "",
    }
    if person.level is None or person.level < 1:
        return Part("formal", "formal_inferred", value, low, high, params, facts)
    if person.works_at_id:
        facts = (Fact("tie", person.works_at_id), *facts)
    return Part("formal", "formal_level", value, low, high, params, facts)


def _rights_part(name: str, rights: Mapping[str, float], person: Stakeholder) -> Part:
    """A right that follows from the roles, times the confidence in the tie that says so.

    Without any role the likely value is the lowest, not the middle: roles are recorded first of those who matter, so
    that a person without one seldom decides. The upper bound says that they may.
    """
    if not person.roles:
        return Part(name, f"{name}_unknown", 0.0, 0.0, 1.0)
    right = measures.role_right(person, rights)
    facts = (Fact("tie", person.stakeholder_id),) if person.stakeholder_id else ()
    if right == 0:
        return Part(name, f"{name}_none", 0.0, 0.0, 0.0, {}, facts)
    low, value, high = (right * trust for trust in _trust(person))
    roles = tuple(sorted(person.roles & rights.keys(), key=lambda role: (-rights[role], role)))
    return Part(name, f"{name}_right", value, low, high, {"roles": roles}, facts)


def _trust(person: Stakeholder) -> tuple[float, float, float]:
    if person.confidence is None:
        return UNKNOWN_CONFIDENCE
    return (min(max(person.confidence, 0.0), 1.0),) * 3  # type: ignore[return-value]


def reach_part(person: Stakeholder, analysis: Analysis) -> Part:
    """Influence reach: the share of the others' say in purchase and payment that the person sways.

    The mean of the sway on each other person with a say, weighted by how much they have to say. See
    :mod:`graphcrm.domain.reach` for the sway itself.
    """
    others = {target: share for target, share in analysis.targets.items() if target != person.id}
    if not others:
        if analysis.targets:
            return Part("reach", "reach_sole_decider", 0.0, 0.0, 0.0)
        swaying = person.id in analysis.graph and analysis.graph.out_degree(person.id) > 0
        return Part("reach", "reach_no_decider", None, 0.0, 1.0 if swaying else 0.0)
    total = sum(others.values())
    low, value, high = (
        sum(share * analysis.sways[target][bound].chances.get(person.id, 0.0) for target, share in others.items())
        / total
        for bound in range(3)
    )
    if high <= TOLERANCE:
        return Part("reach", "reach_none", 0.0, 0.0, 0.0)
    swayed = sorted(
        (target for target in others if person.id in analysis.sways[target][1].chances),
        key=lambda target: (-others[target] * analysis.sways[target][1].chances[person.id], target),
    )[:SHOWN_DECIDERS]
    facts = tuple(fact for target in swayed for fact in _chain_facts(person, target, analysis))
    names = analysis.structure.names
    deciders = tuple((names[target], analysis.sways[target][1].chances[person.id]) for target in swayed)
    inexact = any(person.id in analysis.sways[target][1].inexact for target in others)
    code = "reach_at_most" if inexact else "reach"
    return Part("reach", code, value, min(low, value), max(value, high), {"deciders": deciders}, facts)


def _chain_facts(person: Stakeholder, target: str, analysis: Analysis) -> list[Fact]:
    sway = analysis.sways[target][1]
    chain = strongest_chain(analysis.graph, sway, person.id) or (person.id, target)
    return chain_facts(analysis.graph, analysis.structure.names, chain, sway.chances[person.id])


def chain_facts(graph: nx.DiGraph, names: Mapping[str, str], chain: Sequence[str], chance: float) -> list[Fact]:
    """The one swayed at the end of a chain of influence, with the chance, and each tie of the chain."""
    params = {"decider": names.get(chain[-1], chain[-1]), "chance": chance}
    through = tuple(names.get(middle, middle) for middle in chain[1:-1])
    facts = [
        Fact("node", chain[-1], "sways_through", {**params, "through": through})
        if through
        else Fact("node", chain[-1], "sways_directly", params)
    ]
    for source, swayed in nx.utils.pairwise(chain):
        data = graph.get_edge_data(source, swayed)
        if data is None:
            continue
        code = "influence_strength_unknown" if data["unknown"] else "influence"
        ends = {"source": names.get(source, source), "target": names.get(swayed, swayed), "weight": data["weight"]}
        facts += [Fact("tie", tie, code, ends) for tie in data["tie_ids"]]
    return facts


def brokerage_part(person: Stakeholder, analysis: Analysis) -> Part:
    """Brokerage: the square root of the normalised betweenness in the influence network (Freeman 1977).

    Betweenness bunches near zero in networks with a few brokers; the root spreads it without changing the order. No
    bounds: it depends on which ties there are, and whether more are unknown nobody can say.
    """
    share = analysis.betweenness.get(person.id, 0.0)
    if share <= TOLERANCE:
        return Part("brokerage", "brokerage_none", 0.0, 0.0, 0.0)
    value = sqrt(share)
    facts = tuple(Fact("tie", tie) for tie in measures.incident_ties(analysis.graph, person.id))
    return Part("brokerage", "brokerage", value, value, value, {"betweenness": share}, facts)


def structural_holes_part(person: Stakeholder, analysis: Analysis) -> Part:
    """Freedom to broker: 1 less the constraint (Burt 1992), not below 0. None for a person without influence ties."""
    tightness = analysis.constraint.get(person.id)
    if tightness is None:
        return Part("structural_holes", "structural_holes_unknown", None, 0.0, 1.0)
    value = min(max(1.0 - tightness, 0.0), 1.0)
    facts = tuple(Fact("tie", tie) for tie in measures.incident_ties(analysis.graph, person.id))
    return Part("structural_holes", "structural_holes", value, value, value, {"constraint": tightness}, facts)
