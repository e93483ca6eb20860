"""The account plan of a client (D1): its key figures with the attitude now and wanted, and the risks that show.

A plan's risks are of two kinds: those that somebody wrote down, and those that follow from what is known of the client.
The second kind is found here anew each day, so that a plan cannot keep silent about them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from graphcrm.domain.access import Access, Single, names_of_all
from graphcrm.domain.key_players_question import Question
from graphcrm.domain.map_health import CoverageSummary
from graphcrm.domain.power import KeyFigure
from graphcrm.domain.score import Fact
from graphcrm.domain.structure import COVERED, SUPPORTS, UNKNOWN, PowerStructure

Progress = Literal["reached", "short", "not_known", "no_wish"]


@dataclass(frozen=True, slots=True)
class Threat:
    """A risk that follows from what is known: a sentence (``code``), the people it concerns, the ties it rests on."""

    code: str
    params: Mapping[str, object]
    person_ids: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanFigure:
    """A key figure, or somebody else whose support the plan seeks.

    Attributes:
        figure: power and rank; None for somebody who is not at the client.
        support: the attitude now, a code of ``support``. wanted: the one that the plan seeks; None if it seeks none.
        wanted_tie_id: the tie that says so. covered_by: names of ours who are in contact.
    """

    person_id: str
    name: str
    title: str | None
    figure: KeyFigure | None
    support: str
    wanted: str | None = None
    wanted_tie_id: str | None = None
    covered_by: tuple[str, ...] = ()

    @property
    def progress(self) -> Progress:
        """Whether the attitude is what the plan seeks, or better."""
        if self.wanted is None:
            return "no_wish"
        if UNKNOWN in (self.support, self.wanted) or not {self.support, self.wanted} <= set(SUPPORTS):
            return "not_known"
        return "reached" if SUPPORTS.index(self.support) <= SUPPORTS.index(self.wanted) else "short"


def plan_figures(
    structure: PowerStructure, figures: Sequence[KeyFigure], wishes: Mapping[str, tuple[str, str, str]]
) -> tuple[PlanFigure, ...]:
    """Every key figure by power, then whoever else the plan seeks to win.

    Args:
        wishes: person id -> (name, attitude wanted, id of the tie).
    """
    ranked = {figure.person_id: figure for figure in figures}
    key = [figure.person_id for figure in figures if figure.is_key]
    others = sorted(set(wishes) - set(key), key=lambda one: (ranked[one].rank if one in ranked else 10**6, one))
    return tuple(_plan_figure(structure, one, ranked.get(one), wishes.get(one)) for one in (*key, *others))


def _plan_figure(
    structure: PowerStructure, person_id: str, figure: KeyFigure | None, wish: tuple[str, str, str] | None
) -> PlanFigure:
    person = structure.by_id.get(person_id)
    ties = structure.coverage_of.get(person_id, ())
    return PlanFigure(
        person_id=person_id,
        name=person.name if person else wish[0] if wish else person_id,
        title=person.title if person else None,
        figure=figure,
        support=person.support if person else UNKNOWN,
        wanted=wish[1] if wish else None,
        wanted_tie_id=wish[2] if wish else None,
        covered_by=tuple(dict.fromkeys(tie.employee_name for tie in ties if tie.coverage in COVERED)),
    )


def threats(structure: PowerStructure, summary: CoverageSummary, question: Question) -> tuple[Threat, ...]:
    """What endangers every plan at this client as it stands, the gravest first. Empty: nothing of the kind is known.

    Args:
        summary: see :func:`~graphcrm.domain.map_health.coverage_summary`.
        question: the question whom to win at this client, for vetoes that nobody who backs us answers.
    """
    access, names = Access(structure), names_of_all(structure)
    return (
        *_nobody_decides(access),
        *_one_thread(structure, summary, names),
        *_leaving(structure, access),
        *_vetoes(question, names),
        *_singles(access.singles, summary, names),
        *_uncovered(summary, names),
    )


def _nobody_decides(access: Access) -> Iterator[Threat]:
    if not access.deciders:
        yield Threat("risk_no_decider", {})


def _one_thread(structure: PowerStructure, summary: CoverageSummary, names: Mapping[str, str]) -> Iterator[Threat]:
    ties = tuple(Fact("tie", tie.id) for tie in structure.coverage if tie.coverage in COVERED)
    if summary.single_threaded:
        people = tuple(names[one] for one in summary.hangs_on)
        yield Threat("risk_single_threaded", {"people": people}, summary.hangs_on, ties)
    elif not summary.employee_ids and structure.people:
        yield Threat("risk_no_contact", {})


def _leaving(structure: PowerStructure, access: Access) -> Iterator[Threat]:
    """Ours who are in contact, and those of theirs with whom somebody of ours is."""
    ours = {tie.employee_id: tie for tie in structure.coverage if tie.coverage in COVERED and tie.employee_leaves_on}
    for employee, tie in ours.items():
        held = [person for person, team in access.contacts.items() if employee in team]
        facts = tuple(Fact("tie", one.id) for one in structure.coverage if one.employee_id == employee)
        people = tuple(structure.names[one] for one in held)
        params = {"person": tie.employee_name, "partial_date": tie.employee_leaves_on, "people": people}
        yield Threat("risk_ours_leaving", params, (employee, *held), facts)
    for person in structure.people:
        if person.leaves_on and person.id in access.contacts:
            facts = (Fact("tie", person.works_at_id),) if person.works_at_id else ()
            yield Threat(
                "risk_theirs_leaving", {"person": person.name, "partial_date": person.leaves_on}, (person.id,), facts
            )


def _vetoes(question: Question, names: Mapping[str, str]) -> Iterator[Threat]:
    for need in question.unmet(()):
        if need.need == "veto":
            (one,) = need.people
            person = question.structure.by_id[one]
            facts = (Fact("tie", person.stakeholder_id),) if person.stakeholder_id else ()
            params = {"person": names[one], "support": person.support, "roles": tuple(sorted(person.roles))}
            yield Threat("risk_veto", params, (one,), facts)


def _singles(singles: Sequence[Single], summary: CoverageSummary, names: Mapping[str, str]) -> Iterator[Threat]:
    for single in singles:
        if single.id not in summary.hangs_on:
            params = {"person": names[single.id], "people": tuple(names[one] for one in single.lost)}
            yield Threat("risk_single_way", params, (single.id, *single.lost))


def _uncovered(summary: CoverageSummary, names: Mapping[str, str]) -> Iterator[Threat]:
    if summary.uncovered_ids:
        people = tuple(names[one] for one in summary.uncovered_ids)
        yield Threat("risk_uncovered", {"people": people}, summary.uncovered_ids)
