"""Whom to win at a client (C2.1, D1): the smallest groups whose support is enough, each with its reasons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from graphcrm.database.connection import Database
from graphcrm.domain.gaps import vacant_deciders
from graphcrm.domain.key_players import WhomToWin
from graphcrm.domain.key_players import whom_to_win as find_sets
from graphcrm.domain.key_players_question import Question, Requirement, Wish
from graphcrm.domain.power import PowerWeights
from graphcrm.domain.structure import COVERED, CoverageTie, PowerStructure
from graphcrm.domain.viewer import Viewer
from graphcrm.i18n import plural
from graphcrm.i18n import translate as _
from graphcrm.queries import client as client_queries
from graphcrm.queries.binder import Asked, asked
from graphcrm.services._evidence import Evidence, evidence
from graphcrm.services._stance import Subject, client_of, read_structure_of, structure_asked_of
from graphcrm.services._structure import known_client
from graphcrm.services._wording import day, percent

SEED = 2006
"""Where states of the network have to be drawn they are the same every time, so that the answer is too."""


@dataclass(frozen=True, slots=True)
class WhomToWinAtClient:
    """The answer for one client as of a day.

    Attributes:
        evidence: every tie that a reason may name, by id.
        asked: the queries.
    """

    client_id: str
    client_name: str
    structure: PowerStructure
    answer: WhomToWin
    evidence: Mapping[str, Evidence]
    asked: tuple[Asked, ...]

    def contacts(self, person_id: str) -> tuple[CoverageTie, ...]:
        """Who of ours is in contact with a person, the strongest first."""
        ties = (tie for tie in self.structure.coverage_of.get(person_id, ()) if tie.coverage in COVERED)
        return tuple(sorted(ties, key=lambda tie: (-(tie.strength or 0), tie.employee_name)))


def whom_to_win(
    db: Database,
    viewer: Viewer,
    subject: Subject,
    *,
    as_of: date,
    wish: Wish | None = None,
    weights: PowerWeights | None = None,
) -> WhomToWinAtClient:
    """The smallest groups of people whose support is enough at a client.

    Raises:
        NotFound: there is no such client, or no such deal there.
    """
    client_id = client_of(subject)
    facts = known_client(db, client_id)
    structure = read_structure_of(db, viewer, subject, as_of)
    draw = np.random.default_rng(SEED)
    question = Question(structure, draw, wish or Wish(), weights or PowerWeights())
    return WhomToWinAtClient(
        client_id=client_id,
        client_name=facts.name,
        structure=structure,
        answer=find_sets(question),
        evidence=evidence(structure, facts.name),
        asked=(asked(client_queries.client_facts, client_id=client_id), *structure_asked_of(subject, as_of)),
    )


def vacant_line(structure: PowerStructure) -> str:
    """Which vacant seat would decide; "" when there is none."""
    seats = vacant_deciders(structure)
    return _("The seat that decides is vacant: {people}.", people=", ".join(seats)) if seats else ""


def status_line(answer: WhomToWin) -> str:
    """The answer in a sentence, for every case."""
    wanted = percent(answer.wanted)
    if answer.status == "nobody":
        return _("Nobody is known at this client, so it is not known whose support is enough.")
    if answer.status == "no_decider":
        return _("It is not known who decides, so it is not known whose support is enough.")
    if answer.status == "enough_already":
        return _(
            "Those who back us already reach {reach} of the decision: enough for the wanted {wanted}.",
            reach=percent(answer.backing_reach),
            wanted=wanted,
        )
    if not answer.sets:
        return _("Nobody who could still be won would change anything.")
    if answer.is_short:
        return _(
            "The wanted {wanted} cannot be reached: with everybody who can be won it is {possible}.",
            wanted=wanted,
            possible=percent(answer.possible),
        )
    best = answer.sets[0]
    size = plural("To win: {n} person.", "To win: {n} people.", len(best.members))
    reach = _("With those who back us already it is {reach} of the decision.", reach=percent(best.score.value or 0.0))
    return f"{size} {reach}"


def how_sure(answer: WhomToWin) -> str:
    """Whether there could be a better group, and how exact the numbers are."""
    if not answer.sets:
        return ""
    said = [_("Exact: every other group was ruled out.")] if answer.is_exact else [_bound(answer)]
    if answer.error > 0:
        said.append(_("The reach was drawn at random and is exact to {error}.", error=f"±{percent(2 * answer.error)}"))
    return " ".join(said)


def _bound(answer: WhomToWin) -> str:
    size = len(answer.sets[0].members)
    return _(
        "Too many people for an exact answer: no group of {size} can reach more than {bound}, and fewer than {least} "
        "cannot be enough.",
        size=size,
        bound=percent(answer.bound or 1.0),
        least=answer.least_size,
    )


def requirement_lines(answer: WhomToWin, structure: PowerStructure) -> Iterator[str]:
    """What is not known, or cannot be met by anybody's support."""
    needs = {need.need for need in answer.requirements}
    if answer.status not in ("nobody", "no_decider"):
        if "purchase" not in needs:
            yield _("It is not known who decides the purchase.")
        if "payment" not in needs:
            yield _("It is not known who decides the payment.")
    names = structure.names
    for need in answer.cannot_meet:
        yield unmet_line(need, names)
    leaving = [structure.by_id[person] for person in answer.backing if structure.by_id[person].leaves_on]
    for person in leaving:
        yield _("Backs us but leaves on {day}: {person}.", person=person.name, day=day(person.leaves_on))
    if answer.vetoes_unknown:
        people = ", ".join(names[person] for person in answer.vetoes_unknown)
        yield _("Can stop the purchase, attitude to us not known: {people}.", people=people)


def unmet_line(need: Requirement, names: Mapping[str, str]) -> str:
    """A requirement that is left open, in a sentence."""
    people = _people(need.people, names)
    if need.need == "purchase":
        return _("Nobody who decides the purchase is with us: {people}.", people=people)
    if need.need == "payment":
        return _("Nobody who decides the payment is with us: {people}.", people=people)
    return _("The veto stays unanswered: {people}.", people=people)


def _people(people: Sequence[str], names: Mapping[str, str]) -> str:
    return ", ".join(names.get(person, person) for person in people)
