"""The state of a client's power map at a glance, and how well we cover its key figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graphcrm.domain.power import KeyFigure, rank_key_figures
from graphcrm.domain.score import Fact, Reason
from graphcrm.domain.structure import COVERED, PowerStructure


@dataclass(frozen=True, slots=True)
class MapHealth:
    """Code of the enumeration ``map_health`` as a number, with its reasons.

    Attributes:
        level: 0 empty, 1 no key player known, 2 key players and none supportive, 3 a supportive key player.
        reasons: each names the people it speaks of; their value is None: this is a rule, not a sum.
    """

    level: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class CoverageSummary:
    """How well our people cover the key figures of a client.

    Attributes:
        covered, key_figures: numbers of people.
        share: covered / key_figures, or None when no key figure is known.
        uncovered_ids: key figures whom nobody of ours covers, the most powerful first.
        employee_ids: our people who cover anybody there.
        single_threaded: True when all contact hangs on one of ours, or on one person there. False when there is none.
        hangs_on: ids of the people on whom it hangs: ours, theirs, or both.
        at_risk: those of ``hangs_on`` whose last day is known.
    """

    covered: int
    key_figures: int
    share: float | None
    uncovered_ids: tuple[str, ...]
    employee_ids: tuple[str, ...]
    single_threaded: bool
    hangs_on: tuple[str, ...]
    at_risk: tuple[str, ...]
    reasons: tuple[Reason, ...]


def map_health(structure: PowerStructure, figures: Sequence[KeyFigure] | None = None) -> MapHealth:
    """The state of the power map. ``figures`` are those of :func:`rank_key_figures`, if the caller has them."""
    people = [person for person in structure.people if not person.is_vacant]
    if not people:
        return MapHealth(0, (Reason.told("map_empty"),))
    ranked = rank_key_figures(structure) if figures is None else figures
    key = [figure for figure in ranked if figure.is_key]
    if not key:
        return MapHealth(1, (Reason.told("map_no_key_player", count=len(people)),))
    supportive = [figure for figure in key if structure.by_id[figure.person_id].is_supportive]
    if not supportive:
        stances = tuple(_stance_fact(structure, figure) for figure in key)
        return MapHealth(2, (Reason.told("map_no_supporter", *stances, people=_names(key)),))
    stances = tuple(_stance_fact(structure, figure) for figure in supportive)
    return MapHealth(3, (Reason.told("map_supporter", *stances, people=_names(supportive)),))


def coverage_summary(structure: PowerStructure, figures: Sequence[KeyFigure] | None = None) -> CoverageSummary:
    """How well our people cover the key figures, and whether all contact hangs on one person.

    Contact is a coverage that is in depth, multiple or brief; "none" and "unknown" are none. With one person there and
    one of ours it hangs on both.
    """
    ranked = rank_key_figures(structure) if figures is None else figures
    key = [figure for figure in ranked if figure.is_key]
    contacts = [tie for tie in structure.coverage if tie.coverage in COVERED and tie.person_id in structure.by_id]
    reached = {tie.person_id for tie in contacts}
    ours = tuple(sorted({tie.employee_id for tie in contacts}))
    uncovered = [figure for figure in key if figure.person_id not in reached]
    hangs_on = (*(ours if len(ours) == 1 else ()), *(sorted(reached) if len(reached) == 1 else ()))
    leaving = {tie.employee_id for tie in contacts if tie.employee_leaves_on}
    leaving |= {person.id for person in structure.people if person.leaves_on}
    at_risk = tuple(person for person in hangs_on if person in leaving)
    share = (len(key) - len(uncovered)) / len(key) if key else None
    return CoverageSummary(
        covered=len(key) - len(uncovered),
        key_figures=len(key),
        share=share,
        uncovered_ids=tuple(figure.person_id for figure in uncovered),
        employee_ids=ours,
        single_threaded=bool(hangs_on),
        hangs_on=hangs_on,
        at_risk=at_risk,
        reasons=_coverage_reasons(structure, key, uncovered, hangs_on, at_risk),
    )


def _coverage_reasons(
    structure: PowerStructure,
    key: Sequence[KeyFigure],
    uncovered: Sequence[KeyFigure],
    hangs_on: Sequence[str],
    at_risk: Sequence[str],
) -> tuple[Reason, ...]:
    names = {**structure.names, **{tie.employee_id: tie.employee_name for tie in structure.coverage}}
    ties = tuple(Fact("tie", tie.id) for tie in structure.coverage if tie.coverage in COVERED)
    reasons = []
    if not key:
        reasons.append(Reason.told("coverage_no_key_figure"))
    elif uncovered:
        people = tuple(Fact("node", figure.person_id) for figure in uncovered)
        reasons.append(Reason.told("coverage_missing", *people, people=_names(uncovered)))
    else:
        reasons.append(Reason.told("coverage_complete", *ties, count=len(key)))
    if hangs_on:
        reasons.append(Reason.told("single_threaded", *ties, people=tuple(names[person] for person in hangs_on)))
    if at_risk:
        leavers = tuple(Fact("node", person) for person in at_risk)
        reasons.append(Reason.told("contact_leaving", *leavers, people=tuple(names[person] for person in at_risk)))
    return tuple(reasons)


def _names(figures: Sequence[KeyFigure]) -> tuple[str, ...]:
    return tuple(figure.name for figure in figures)


def _stance_fact(structure: PowerStructure, figure: KeyFigure) -> Fact:
    person = structure.by_id[figure.person_id]
    params = {"person": person.name, "support": person.support}
    if person.stakeholder_id:
        return Fact("tie", person.stakeholder_id, "stance", params)
    return Fact("node", person.id, "stance", params)
