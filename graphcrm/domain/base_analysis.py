"""The base analysis of a client: the answers to C1.1-C1.8, with names, confidence, source and date, or "not known"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from graphcrm.domain.could_find_out import DEPTH, CouldFindOut, could_find_out
from graphcrm.domain.gaps import PAYMENT_DECIDERS, PURCHASE_DECIDERS, TECHNICAL, Gap, gaps, knowledge
from graphcrm.domain.reach import Sway, strongest_chain, sway_on
from graphcrm.domain.score import Score
from graphcrm.domain.structure import (
    COVERED,
    UNKNOWN,
    FirstContact,
    PowerStructure,
    Stakeholder,
)
from graphcrm.domain.structure_graphs import UNKNOWN_CONFIDENCE

__all__ = ["Answer", "BaseAnalysis", "CouldFindOut", "Gap", "NamedPerson", "base_analysis", "gaps"]

Status = Literal["known", "partly", "not_known"]

SURE_ENOUGH = 0.5
"""Confidence from which a role counts as an answer; below it the answer is known in part."""
NOTABLE_SWAY = 0.1
"""Sway on a decider from which a person is named as one who influences."""

PURCHASE_INFLUENCERS = frozenset({"influencer", "champion", "blocker", "gatekeeper"})
PAYMENT_INFLUENCERS = frozenset({"payment_influencer"})
PURCHASE_SIGNERS = PURCHASE_DECIDERS | {"approver"}


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """A person in an answer, with where it is known from.

    Attributes:
        organization: name of the person's organisation where it is not the client.
        roles: codes of the roles that make the answer, most telling first.
        sways: names of those who decide whom the person sways, with the chance 0-1, strongest first.
        through: for the first of ``sways``, the names of the go-betweens, or empty: directly.
        employee: who of ours made or keeps the contact.
        confidence, source, on: of the tie ``tie_id``. ``on`` is when it was last verified, or the day of the contact; a
            text is a partial date.
    """

    id: str
    name: str
    title: str | None = None
    organization: str | None = None
    roles: tuple[str, ...] = ()
    sways: tuple[tuple[str, float], ...] = ()
    through: tuple[str, ...] = ()
    employee: str | None = None
    coverage: str | None = None
    confidence: float | None = None
    source: str | None = None
    on: date | str | None = None
    tie_id: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question.

    Attributes:
        question_id: row of the requirements, "C1.3".
        people: may be empty when it is known that there is nobody.
        missing: code of the sentence that says what is missing, or "" when the answer is known.
        score: only for C1.8.
    """

    question_id: str
    status: Status
    people: tuple[NamedPerson, ...] = ()
    missing: str = ""
    could_find_out: tuple[CouldFindOut, ...] = ()
    score: Score | None = None


@dataclass(frozen=True, slots=True)
class BaseAnalysis:
    """The answers to C1.1-C1.8, in order."""

    client_id: str
    as_of: date
    answers: tuple[Answer, ...]

    def __getitem__(self, question_id: str) -> Answer:
        """The answer by the id of its question. Raises KeyError for another id."""
        for answer in self.answers:
            if answer.question_id == question_id:
                return answer
        raise KeyError(question_id)


def base_analysis(
    structure: PowerStructure,
    first_contacts: Sequence[FirstContact] = (),
    *,
    horizon: int = 3,
    passing_on: float = 0.5,
) -> BaseAnalysis:
    """Answer C1.1-C1.8 from what is known of a client. Never fails on missing facts: it says what is missing."""

    def swayed_by(deciders: frozenset[str]) -> list[Sway]:
        graph = structure.influence_graph()
        return [
            sway_on(graph, person.id, horizon=horizon, passing_on=passing_on)
            for person in _seated(structure)
            if person.roles & deciders
        ]

    answers = [
        _first_contact(first_contacts),
        _other_contacts(structure, first_contacts),
        _purchase(structure),
        _influence(structure, "C1.4", PURCHASE_INFLUENCERS, swayed_by(PURCHASE_DECIDERS)),
        _by_roles(structure, "C1.5", TECHNICAL, "missing_technical"),
        _payment(structure),
        _influence(structure, "C1.7", PAYMENT_INFLUENCERS, swayed_by(PAYMENT_DECIDERS)),
    ]
    worth = {"known": 1.0, "partly": 0.5, "not_known": 0.0}
    score = knowledge(structure, sum(worth[answer.status] for answer in answers) / len(answers))
    answers.append(_structure_known(score))
    helped = (_with_helpers(structure, answer) for answer in answers)
    return BaseAnalysis(structure.client_id, structure.as_of, tuple(helped))


def _seated(structure: PowerStructure) -> list[Stakeholder]:
    return [person for person in structure.people if not person.is_vacant]


def _first_contact(contacts: Sequence[FirstContact]) -> Answer:
    people = tuple(
        NamedPerson(
            id=contact.person_id,
            name=contact.person_name,
            employee=contact.employee_name,
            confidence=contact.confidence,
            source=contact.source,
            on=contact.on,
            tie_id=contact.id,
        )
        for contact in contacts
    )
    if not people:
        return Answer("C1.1", "not_known", missing="missing_first_contact")
    if all(person.on is None or person.employee is None for person in people):
        return Answer("C1.1", "partly", people, "missing_first_contact_details")
    return Answer("C1.1", "known", people)


def _other_contacts(structure: PowerStructure, first: Sequence[FirstContact]) -> Answer:
    """Contacts apart from the first. Known when of everybody on the map it is known whether we have contact."""
    first_ids = {contact.person_id for contact in first}
    ties = [
        tie
        for tie in structure.coverage
        if tie.coverage in COVERED and tie.person_id in structure.by_id and tie.person_id not in first_ids
    ]
    ties.sort(key=lambda tie: (-DEPTH[tie.coverage], structure.names[tie.person_id], tie.id))
    people = tuple(
        NamedPerson(
            id=tie.person_id,
            name=structure.names[tie.person_id],
            title=structure.by_id[tie.person_id].title,
            employee=tie.employee_name,
            coverage=tie.coverage,
            on=tie.last_contact,
            tie_id=tie.id,
        )
        for tie in ties
    )
    told = {tie.person_id for tie in structure.coverage if tie.coverage != UNKNOWN}
    if not told:
        return Answer("C1.2", "not_known", missing="missing_contacts")
    if any(person.id not in told for person in _seated(structure)):
        return Answer("C1.2", "partly", people, "missing_some_contacts")
    return Answer("C1.2", "known", people)


def _by_roles(structure: PowerStructure, question_id: str, roles: frozenset[str], missing: str) -> Answer:
    people = _holders(structure, roles)
    if not people:
        return Answer(question_id, "not_known", missing=missing)
    if not any(_sure(person) for person in people):
        return Answer(question_id, "partly", people, "missing_confidence")
    return Answer(question_id, "known", people)


def _only_a_seat(structure: PowerStructure, roles: frozenset[str]) -> bool:
    """Whether a role of ``roles`` belongs to a vacant seat, and to nobody who is there."""
    held = [person.is_vacant for person in structure.people if person.roles & roles]
    return bool(held) and all(held)


def _purchase(structure: PowerStructure) -> Answer:
    vacant = _only_a_seat(structure, PURCHASE_DECIDERS)
    missing = "missing_purchase_decider_vacant" if vacant else "missing_purchase_decider"
    answer = _by_roles(structure, "C1.3", PURCHASE_SIGNERS, missing)
    if answer.people and not any(set(person.roles) & PURCHASE_DECIDERS for person in answer.people):
        return replace(answer, status="partly", missing="missing_purchase_decider_only_signs")
    return answer


def _payment(structure: PowerStructure) -> Answer:
    vacant = _only_a_seat(structure, PAYMENT_DECIDERS)
    missing = "missing_payment_decider_vacant" if vacant else "missing_payment_decider"
    answer = _by_roles(structure, "C1.6", PAYMENT_DECIDERS, missing)
    if answer.people:
        return answer
    likely = _holders(structure, frozenset({"economic_buyer"}))
    return Answer("C1.6", "partly", likely, "missing_payment_decider_only_budget") if likely else answer


def _holders(structure: PowerStructure, roles: frozenset[str]) -> tuple[NamedPerson, ...]:
    """The people with one of the roles, those we are surest of first."""
    people = [_named(person, roles) for person in _seated(structure) if person.roles & roles]
    return tuple(sorted(people, key=lambda person: (-_trust(person), person.name, person.id)))


def _named(person: Stakeholder, roles: Iterable[str]) -> NamedPerson:
    return NamedPerson(
        id=person.id,
        name=person.name,
        title=person.title,
        roles=tuple(sorted(person.roles & set(roles))),
        confidence=person.confidence,
        source=person.source,
        on=person.last_verified,
        tie_id=person.stakeholder_id,
    )


def _trust(person: NamedPerson) -> float:
    return UNKNOWN_CONFIDENCE[1] if person.confidence is None else person.confidence


def _sure(person: NamedPerson) -> bool:
    return _trust(person) >= SURE_ENOUGH


def _influence(structure: PowerStructure, question_id: str, roles: frozenset[str], sways: Sequence[Sway]) -> Answer:
    """Who influences a decision: who sways those who decide it, and who holds a role that does."""
    deciders = {sway.target for sway in sways}
    found = {person.id: person for person in _swaying(structure, sways)}
    for holder in _holders(structure, roles):
        known = found.get(holder.id)
        found[holder.id] = replace(known, roles=holder.roles) if known else holder
    people = tuple(
        sorted(
            (person for person in found.values() if person.id not in deciders or person.sways),
            key=lambda person: (-sum(chance for _, chance in person.sways), person.name, person.id),
        )
    )
    if not people:
        return Answer(question_id, "not_known", missing="missing_influence" if deciders else "missing_decider_first")
    if not deciders:
        return Answer(question_id, "partly", people, "missing_decider_first")
    if any(not _has_notable(sway) for sway in sways):
        return Answer(question_id, "partly", people, "missing_influence_on_some")
    if any(data["unknown"] for sway in sways for *_, data in structure.influence_graph().in_edges(sway.target, True)):
        return Answer(question_id, "partly", people, "missing_strength")
    return Answer(question_id, "known", people)


def _has_notable(sway: Sway) -> bool:
    return any(chance >= NOTABLE_SWAY for chance in sway.chances.values())


def _swaying(structure: PowerStructure, sways: Sequence[Sway]) -> list[NamedPerson]:
    graph, names = structure.influence_graph(), structure.names
    outsiders = {person.id: person for person in structure.outsiders}
    ties = {tie.id: tie for tie in structure.influences}
    people = []
    for source in sorted({person for sway in sways for person in sway.chances}):
        felt = [sway for sway in sways if sway.chances.get(source, 0.0) >= NOTABLE_SWAY]
        felt.sort(key=lambda sway: (-sway.chances[source], names[sway.target]))
        vacant = source in structure.by_id and structure.by_id[source].is_vacant
        if not felt or vacant:
            continue
        chain = strongest_chain(graph, felt[0], source)
        tie = ties[graph.edges[chain[0], chain[1]]["tie_ids"][0]] if chain else None
        insider, outsider = structure.by_id.get(source), outsiders.get(source)
        person = insider or outsider
        people.append(
            NamedPerson(
                id=source,
                name=names.get(source, source),
                title=person.title if person else None,
                organization=outsider.organization_name if outsider else None,
                sways=tuple((names[sway.target], sway.chances[source]) for sway in felt),
                through=tuple(names.get(middle, middle) for middle in chain[1:-1]),
                confidence=tie.confidence if tie else None,
                source=tie.source if tie else None,
                on=tie.last_verified if tie else None,
                tie_id=tie.id if tie else None,
            )
        )
    return people


def _structure_known(score: Score) -> Answer:
    """C1.8: known from three quarters on, not known below a quarter."""
    value = score.value or 0.0
    if value >= 0.75:
        return Answer("C1.8", "known", score=score)
    return Answer("C1.8", "partly" if value >= 0.25 else "not_known", missing="missing_structure", score=score)


FAMILY_OF_QUESTION: dict[str, frozenset[str]] = {
    "C1.3": PURCHASE_SIGNERS | {"procurement"},
    "C1.4": PURCHASE_SIGNERS | PURCHASE_INFLUENCERS,
    "C1.5": TECHNICAL,
    "C1.6": PAYMENT_DECIDERS | PAYMENT_INFLUENCERS | {"economic_buyer"},
    "C1.7": PAYMENT_DECIDERS | PAYMENT_INFLUENCERS | {"economic_buyer"},
}
"""Roles whose holders are likely to know the answer to a question."""


def _with_helpers(structure: PowerStructure, answer: Answer) -> Answer:
    if answer.status == "known":
        return answer
    roles = FAMILY_OF_QUESTION.get(answer.question_id, frozenset())
    return replace(answer, could_find_out=could_find_out(structure, roles))
