"""The best list of guests, as an integer programme (:mod:`graphcrm.domain.integer_programme`).

One yes-or-no for every candidate, one for every role of a client that somebody on the list has, one for every neutral
who meets a supporter, one for every conflict with both sides on the list. Exact unless time runs out; then the answer
says how far from the best it can be.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graphcrm.domain.guests import PEOPLE, Candidate, Question, Why, reasons
from graphcrm.domain.integer_programme import Programme

SECONDS = 5.0
FOR_NOTHING = 1e-4
"""What a seat costs in points: nobody is invited who brings nothing."""
NEAR = 12
"""How many of those just below the line are told of."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A candidate with what they add to the list (or would), in points, and why.

    Attributes:
        verdict: code of the sentence that says why somebody is not on the list; "" for who is.
    """

    candidate: Candidate
    points: float
    reasons: tuple[Why, ...]
    verdict: str = ""
    params: tuple[tuple[str, object], ...] = ()
    locked: bool = False


@dataclass(frozen=True, slots=True)
class GuestList:
    """The proposal.

    Attributes:
        guests: on the list, who adds most first. near: left out just below the line. barred: who cannot be invited.
        worth: in points. gap: how much more, as a share, the best list could be worth; 0 when this one is the best.
        line: the least that a guest who is not locked adds; None when the list is empty.
    """

    guests: tuple[Judged, ...]
    near: tuple[Judged, ...]
    barred: tuple[Judged, ...]
    worth: float
    gap: float = 0.0
    line: float | None = None

    @property
    def ids(self) -> PEOPLE:
        """The ids of the guests."""
        return frozenset(one.candidate.person_id for one in self.guests)


def best_guests(question: Question, seconds: float = SECONDS) -> GuestList:
    """The list of the greatest worth within the limits, with the reasons for everybody on it and near it.

    Raises:
        InvalidInput: as :meth:`Question.check`.
    """
    question.check()
    chosen, gap = solve(question, seconds)
    return judged_list(question, chosen, gap)


def judged_list(question: Question, chosen: PEOPLE, gap: float = 0.0) -> GuestList:
    """A list, made by the solver or by hand, with its reasons."""
    guests = [_judge(question, chosen, question.by_id[one]) for one in chosen]
    guests.sort(key=lambda one: (-one.points, one.candidate.name))
    line = min((one.points for one in guests if not one.locked), default=None)
    near = [_judge(question, chosen, one) for one in question.open if one.person_id not in chosen]
    near.sort(key=lambda one: (-one.points, one.candidate.name))
    told = [_with_verdict(question, one, guests) for one in near[:NEAR]]
    by_hand = [Judged(question.by_id[one], 0.0, (), "left_by_hand")
               for one in sorted(question.left_out) if one in question.by_id]  # fmt: skip
    barred = [Judged(one, 0.0, (), one.barred, tuple(one.params.items())) for one in question.candidates if one.barred]
    return GuestList(tuple(guests), (*by_hand, *told), tuple(barred), question.worth(chosen), gap, line)


def _judge(question: Question, chosen: PEOPLE, one: Candidate) -> Judged:
    why = reasons(question, chosen, one.person_id)
    return Judged(one, sum(part.points for part in why), tuple(why), locked=one.person_id in question.locked)


def _with_verdict(question: Question, one: Judged, guests: Sequence[Judged]) -> Judged:
    """Why somebody who could be invited is not: they add nothing, their client is full, or all seats are."""
    code, params = "left_nothing", {}
    limits, client = question.limits, one.candidate.client_id
    if one.points > FOR_NOTHING:
        mates = sum(other.candidate.client_id == client for other in guests)
        least = min((other for other in guests if not other.locked), key=lambda other: other.points, default=None)
        if limits.per_client is not None and mates >= limits.per_client:
            code, params = "left_client_full", {"client": one.candidate.client_name, "count": limits.per_client}
        elif least is None:
            code = "left_full_locked"
        else:
            params = {"person": least.candidate.name, "points": round(least.points, 2)}
            code = "left_full_seats" if limits.most == limits.seats else "left_full_budget"
    elif any(why.code == "guest_conflict" for why in one.reasons):
        code = "left_conflict"
        params = {"person": next(why.params["person"] for why in one.reasons if why.code == "guest_conflict")}
    return Judged(one.candidate, one.points, one.reasons, code, tuple(params.items()))


def solve(question: Question, seconds: float = SECONDS) -> tuple[PEOPLE, float]:
    """The ids of the best list, and how far, as a share, the best could lie above it (0: it is the best)."""
    people = [one.person_id for one in question.open]
    found = _programme(question, people).solve(seconds)
    if found.values is None:
        return question.locked, 1.0
    chosen = frozenset(one for one, taken in zip(people, found.values, strict=False) if taken)
    worth = question.worth(chosen)
    return chosen, 0.0 if found.exact or found.bound <= 0 else max(0.0, (found.bound - worth) / found.bound)


def _programme(question: Question, people: Sequence[str]) -> Programme:
    """A column for each of the people first, then for roles, meetings, conflicts."""
    written = Programme()
    place = {one: written.column(question.alone(question.by_id[one]) - FOR_NOTHING) for one in people}
    written.yes = {place[one] for one in question.locked}
    _limits(question, place, written)
    for holders in question.holders.values():
        column = written.column(question.goals.roles)
        written.at_most({column: 1.0, **{place[one]: -1.0 for one in holders}}, 0.0)
    for one, met in question.meetings.items():
        column = written.column(question.goals.together)
        written.at_most({column: 1.0, place[one]: -1.0}, 0.0)
        written.at_most({column: 1.0, **{place[other]: -1.0 for other in met}}, 0.0)
    for first, second in question.feuds:
        column = written.column(-question.goals.apart)
        written.at_most({place[first]: 1.0, place[second]: 1.0, column: -1.0}, 1.0)
    return written


def _limits(question: Question, place: Mapping[str, int], written: Programme) -> None:
    limits = question.limits
    if limits.most is not None and place:
        written.at_most(dict.fromkeys(place.values(), 1.0), float(limits.most))
    if limits.per_client is not None:
        clients: dict[str, dict[int, float]] = {}
        for one, column in place.items():
            clients.setdefault(question.by_id[one].client_id, {})[column] = 1.0
        for row in clients.values():
            written.at_most(row, float(limits.per_client))
