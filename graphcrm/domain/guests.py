"""Whom to invite to an event so that it serves its goals best, and why each guest is on the list or not (C3.6).

The worth of a list is a sum: what each guest brings alone (a gap in coverage closed, power), what the list as a whole
reaches (every role at a client once, a neutral who meets a supporter), less the pairs in conflict. The best list within
seats, budget and the limit per client is a small integer programme; see :mod:`graphcrm.domain.guests_best`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any

from graphcrm.domain.structure import SUPPORTIVE
from graphcrm.errors import InvalidInput

GAPS: Mapping[str, float] = {"uncovered": 1.0, "cold": 0.6, "below_wanted": 0.5}
"""What is amiss with somebody's coverage, and how much an evening together does about it."""
OTHERS = 0.5
"""The share of that for who is no key figure."""
ROLES = (
    "economic_buyer",
    "decision_maker",
    "approver",
    "technical_evaluator",
    "payment_decider",
    "payment_influencer",
    "procurement",
)
"""The roles of which an event should see somebody of each client (C1.3-C1.7)."""
PEOPLE = frozenset[str]


@dataclass(frozen=True, slots=True)
class Goals:
    """How much each goal counts, 0-5; only the proportions matter.

    Attributes:
        coverage: close gaps in coverage. power: who has power over the decision. roles: see every role of a client.
        together: a neutral meets a supporter of the same client. apart: do not invite both sides of a conflict.

    Raises:
        InvalidInput: a weight out of range, or all of them zero.
    """

    coverage: float = 3.0
    power: float = 2.0
    roles: float = 1.0
    together: float = 1.0
    apart: float = 3.0

    def __post_init__(self) -> None:
        weights = [getattr(self, item.name) for item in fields(self)]
        if not all(0 <= weight <= 5 for weight in weights) or not any(weights):
            raise InvalidInput(
                "The goals of the event cannot be used.", mend="Give each goal 0 to 5, and at least one more than 0."
            )


@dataclass(frozen=True, slots=True)
class Limits:
    """What the list has to keep within. None: no limit, or not known.

    Attributes:
        seats: free seats for guests. per_client: guests of one client at most.
        budget, cost_per_guest: in the same currency; together they limit the number, alone they do not.
    """

    seats: int | None = None
    per_client: int | None = None
    budget: float | None = None
    cost_per_guest: float | None = None

    def __post_init__(self) -> None:
        given = (self.seats, self.per_client, self.budget, self.cost_per_guest)
        if any(value is not None and value < 0 for value in given):
            raise InvalidInput("Seats, budget and limits cannot be less than zero.", mend="Correct the number.")

    @property
    def affordable(self) -> int | None:
        """How many guests the budget pays for; None when budget or cost per guest is not known."""
        if self.budget is None or not self.cost_per_guest:
            return None
        return int(self.budget / self.cost_per_guest + 1e-9)

    @property
    def most(self) -> int | None:
        """The most guests that seats and budget allow together."""
        return min((limit for limit in (self.seats, self.affordable) if limit is not None), default=None)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody of theirs who could be invited.

    Attributes:
        power: 0-1, None when not known. roles, support: codes of the vocabulary.
        gap: key of :data:`GAPS`, or "" when the coverage is as wanted. gap_with: who of ours it concerns.
        barred: code of the sentence that says why they cannot be invited; "" when they can. params: its fields.
    """

    person_id: str
    name: str
    client_id: str
    client_name: str
    power: float | None = None
    is_key: bool = False
    roles: frozenset[str] = frozenset()
    support: str = "unknown"
    gap: str = ""
    gap_with: str = ""
    barred: str = ""
    params: Mapping[str, Any] = field(default_factory=dict, hash=False, compare=False)


@dataclass(frozen=True, slots=True)
class Why:
    """One reason with what it adds to the worth of the list, in points."""

    code: str
    points: float
    params: Mapping[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Question:
    """The candidates with the goals and limits of an event.

    Attributes:
        conflicts: pairs of ids at odds. locked: who is on the list whatever it costs. left_out: who is not.
    """

    candidates: tuple[Candidate, ...]
    goals: Goals = Goals()
    limits: Limits = Limits()
    conflicts: frozenset[PEOPLE] = frozenset()
    locked: PEOPLE = frozenset()
    left_out: PEOPLE = frozenset()

    @cached_property
    def by_id(self) -> dict[str, Candidate]:
        """The candidates by their id."""
        return {one.person_id: one for one in self.candidates}

    @cached_property
    def open(self) -> tuple[Candidate, ...]:
        """Those who can be on the list, in the given order."""
        return tuple(one for one in self.candidates if not one.barred and one.person_id not in self.left_out)

    @cached_property
    def holders(self) -> dict[tuple[str, str], PEOPLE]:
        """(client, role) -> who of the open candidates has it."""
        found: dict[tuple[str, str], set[str]] = {}
        for one in self.open:
            for role in one.roles & set(ROLES):
                found.setdefault((one.client_id, role), set()).add(one.person_id)
        return {key: frozenset(ids) for key, ids in sorted(found.items())}

    @cached_property
    def meetings(self) -> dict[str, PEOPLE]:
        """Every neutral -> the supporters of the same client whom they could meet."""
        friends: dict[str, set[str]] = {}
        for one in self.open:
            if one.support in SUPPORTIVE:
                friends.setdefault(one.client_id, set()).add(one.person_id)
        return {
            one.person_id: frozenset(friends[one.client_id])
            for one in self.open
            if one.support == "neutral" and one.client_id in friends
        }

    @cached_property
    def feuds(self) -> tuple[tuple[str, str], ...]:
        """The conflicts between open candidates."""
        ids = {one.person_id for one in self.open}
        pairs = (sorted(pair) for pair in self.conflicts if len(pair) == 2 and pair <= ids)
        return tuple(sorted((first, second) for first, second in pairs))

    def alone(self, one: Candidate) -> float:
        """What a candidate brings whoever else comes."""
        share = 1.0 if one.is_key else OTHERS
        return self.goals.coverage * GAPS.get(one.gap, 0.0) * share + self.goals.power * (one.power or 0.0)

    def worth(self, chosen: Iterable[str]) -> float:
        """The worth of a list in points."""
        ids = frozenset(chosen)
        total = sum(self.alone(self.by_id[one]) for one in ids)
        total += self.goals.roles * sum(bool(holders & ids) for holders in self.holders.values())
        total += self.goals.together * sum(one in ids and bool(met & ids) for one, met in self.meetings.items())
        return total - self.goals.apart * sum(pair <= ids for pair in map(frozenset, self.feuds))

    def fits(self, chosen: Iterable[str]) -> bool:
        """Whether a list keeps to the limits and to what was locked and left out."""
        ids = frozenset(chosen)
        clients = Counter(self.by_id[one].client_id for one in ids)
        most, each = self.limits.most, self.limits.per_client
        return (
            ids <= {one.person_id for one in self.open}
            and ids >= self.locked
            and (most is None or len(ids) <= most)
            and (each is None or all(count <= each for count in clients.values()))
        )

    def check(self) -> None:
        """Whether any list can be made.

        Raises:
            InvalidInput: somebody is locked in who cannot be invited, or more are than the limits allow.
        """
        for one in sorted(self.locked):
            if one not in self.by_id or one in self.left_out or self.by_id[one].barred:
                name = self.by_id[one].name if one in self.by_id else one
                raise InvalidInput(
                    "{name} cannot be locked in: they cannot be invited.", mend="Unlock them.", name=name
                )
        if not self.fits(self.locked):
            raise InvalidInput(
                "More guests are locked in than seats, budget or the limit per client allow.",
                mend="Unlock somebody, or raise the limit.",
            )


def reasons(question: Question, chosen: PEOPLE, person_id: str) -> list[Why]:
    """Why somebody is on the list ``chosen``, or what they would add to it; the heaviest first.

    The points sum up to what the list is worth with them, less its worth without them.
    """
    one, goals, others = question.by_id[person_id], question.goals, chosen - {person_id}
    found = [*_own(question, one), *_roles(question, one, others), *_meetings(question, one, others)]
    found += [
        Why("guest_conflict", -goals.apart, {"person": question.by_id[other].name})
        for pair in question.feuds
        if person_id in pair and (other := next(end for end in pair if end != person_id)) in others
    ]
    return sorted((why for why in found if why.points), key=lambda why: (-abs(why.points), why.code))


def _own(question: Question, one: Candidate) -> list[Why]:
    share = 1.0 if one.is_key else OTHERS
    found = []
    if one.gap in GAPS:
        code = f"guest_{one.gap}{'_key' if one.is_key else ''}"
        found.append(Why(code, question.goals.coverage * GAPS[one.gap] * share, {"employee": one.gap_with}))
    if one.power:
        found.append(Why("guest_power", question.goals.power * one.power, {"share": one.power}))
    return found


def _roles(question: Question, one: Candidate, others: PEOPLE) -> list[Why]:
    return [
        Why("guest_role", question.goals.roles, {"role": role, "client": one.client_name})
        for (_client, role), holders in question.holders.items()
        if one.person_id in holders and not holders & others
    ]


def _meetings(question: Question, one: Candidate, others: PEOPLE) -> list[Why]:
    points, names = question.goals.together, {key: who.name for key, who in question.by_id.items()}
    met = question.meetings.get(one.person_id, frozenset()) & others
    found = []
    if met:
        found.append(Why("guest_meets", points, {"people": tuple(sorted(names[who] for who in met))}))
    # Only who is the one supporter there makes the meeting; with two of them, neither alone does.
    alone = [who for who, friends in question.meetings.items() if who in others
             and one.person_id in friends and not friends & others]  # fmt: skip
    if alone:
        found.append(Why("guest_host_of", points * len(alone), {"people": tuple(sorted(names[who] for who in alone))}))
    return found
