"""Whom to win: the smallest group of people whose support is enough (KPP-POS, Borgatti 2006; C2.1).

A list of the most powerful is not a group: the first three may all sway the same director. What a group is worth is its
reach, :mod:`graphcrm.domain.set_reach`. Those who back us already are counted in every group, for nothing.

Reach alone is not enough: somebody who decides the purchase and somebody who decides the payment must be with us, and
nobody who can stop the purchase and is against us may be left unanswered. "With us" and "answered" mean that they
belong to the group or are more likely than not swayed by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from graphcrm.domain.best_sets import GainsOf, People, SearchTooLong, Worth, best_sets, lazy_greedy, upper_bound
from graphcrm.domain.key_players_question import Question, Requirement, can_stop
from graphcrm.domain.power_parts import SHOWN_DECIDERS, chain_facts
from graphcrm.domain.score import TOLERANCE, Fact, Reason, Score
from graphcrm.domain.set_reach import BOUNDS, SetReach
from graphcrm.domain.structure import UNKNOWN

MAX_EXACT = 25
"""People who could be won up to whom the smallest group is exact."""
NEARLY = 0.99
"""Where the wanted share cannot be reached, this share of what can be is wanted instead."""

Status = Literal["found", "nobody", "no_decider", "enough_already"]


@dataclass(frozen=True, slots=True)
class WinningSet:
    """A group of people to win.

    Attributes:
        members: those to win, in the order in which they add most.
        gains: what each adds to the reach of those before, 0-1.
        score: the reach of the group with those who back us already; its reasons: those first, then each member.
        unmet: what this group still leaves open.
    """

    members: tuple[str, ...]
    gains: tuple[float, ...]
    score: Score
    unmet: tuple[Requirement, ...] = ()


@dataclass(frozen=True, slots=True)
class WhomToWin:
    """The smallest groups whose support is enough.

    Attributes:
        status: ``nobody`` is known at the client; it is not known who decides (``no_decider``); those who back us are
            ``enough_already``; groups are ``found``.
        wanted: the share that was wanted.
        possible: the share that everybody together would reach; less than ``wanted`` means that no group can.
        backing: those who back us already.
        backing_reach: their reach, 0-1; ``backed`` tells what each of them adds to it.
        sets: the best group, then the runners-up.
        tried: the user's own group, when one was asked about.
        alone: everybody who could be won, with what each would add if nobody else were won; the most first.
        further: who would add most to the best group, with what they would add.
        is_exact: True when no smaller group, and none of the same size with more reach, exists.
        bound: otherwise, the reach that no group of that size can surpass.
        least_size: how many people are needed at least.
        requirements: what a group must meet.
        cannot_meet: what nobody's support would meet.
        vetoes_unknown: people who can stop the purchase and whose stance is not known.
        error: one standard error of each reach, where it was drawn and not computed.
    """

    status: Status
    wanted: float
    possible: float = 0.0
    backing: tuple[str, ...] = ()
    backing_reach: float = 0.0
    backed: WinningSet | None = None
    sets: tuple[WinningSet, ...] = ()
    tried: WinningSet | None = None
    alone: tuple[tuple[str, float], ...] = ()
    further: tuple[tuple[str, float], ...] = ()
    is_exact: bool = True
    bound: float | None = None
    least_size: int = 0
    requirements: tuple[Requirement, ...] = ()
    cannot_meet: tuple[Requirement, ...] = ()
    vetoes_unknown: tuple[str, ...] = ()
    error: float = 0.0

    @property
    def is_short(self) -> bool:
        """True when the wanted share cannot be reached by anybody's support."""
        return self.possible < self.wanted - TOLERANCE


def whom_to_win(question: Question, *, most: int = 3) -> WhomToWin:
    """The smallest groups whose support is enough, or the best groups of the size that was asked for.

    Args:
        most: how many groups are wanted, the best and the runners-up.
    """
    if not question.people:
        return WhomToWin("nobody", question.wish.share)
    if not question.reach.shares:
        return WhomToWin("no_decider", question.wish.share, backing=_sorted(question, question.backing))
    useful = question.useful
    result = _situation(question)
    if question.wish.size is None and result.backing_reach >= result.wanted - TOLERANCE and not question.unmet(()):
        return replace(result, status="enough_already", further=_further(question, frozenset()))
    search = _Sets(question, min(result.wanted, NEARLY * result.possible), frozenset(result.cannot_meet), most)
    groups, is_exact = _groups(search, useful)
    if not groups:
        return result
    size, best = len(groups[0]), groups[0]
    bound = None if is_exact else upper_bound(useful, question.worth, size, _prefixes(question, best))
    return replace(
        result,
        sets=tuple(_winning_set(question, group, result.cannot_meet) for group in groups),
        further=_further(question, best),
        is_exact=is_exact,
        bound=bound,
        least_size=size if is_exact else search.least_size(useful),
    )


def _situation(question: Question) -> WhomToWin:
    """All of the answer that holds whichever groups are found."""
    everybody = frozenset(question.useful)
    cannot_meet = question.unmet(everybody)
    return WhomToWin(
        "found",
        question.wish.share,
        possible=question.worth(everybody),
        backing=_sorted(question, question.backing),
        backing_reach=question.worth(frozenset()),
        backed=_backed(question),
        requirements=question.requirements,
        cannot_meet=cannot_meet,
        vetoes_unknown=tuple(one.id for one in question.people if can_stop(one) and one.support == UNKNOWN),
        error=question.reach.error,
        alone=_alone(question),
        tried=_tried(question, cannot_meet),
    )


@dataclass(frozen=True)
class _Sets:
    """What the searches share. ``needed``: the reach that is enough; ``waived``: requirements that nobody can meet."""

    question: Question
    needed: float
    waived: frozenset[Requirement]
    most: int

    def meets(self, members: People) -> bool:
        return self.waived.issuperset(self.question.unmet(members))

    def is_enough(self, members: People) -> bool:
        return self.question.worth(members) >= self.needed - TOLERANCE and self.meets(members)

    def exact(self, useful: Sequence[str]) -> list[People]:
        """Raises SearchTooLong."""
        size = self.question.wish.size
        if size is not None:
            size = min(size, len(useful))
            found = best_sets(useful, self.question.worth, size, most=self.most, allows=self.meets)
            found = found or best_sets(useful, self.question.worth, size, most=self.most)
            return [members for _worth, members in found]
        for count in range(self.least_size(useful), len(useful) + 1):
            found = best_sets(useful, self.question.worth, count, least=self.needed, most=self.most, allows=self.meets)
            if found:
                return [members for _worth, members in found]
        return []

    def greedy(self, useful: Sequence[str]) -> list[People]:
        """A group, then one for each of its members without that member: what to do if they cannot be won."""
        first = self._grown(useful)
        others = (self._grown([one for one in useful if one != member]) for member in _order(self.question, first)[0])
        groups = dict.fromkeys([first, *sorted(others, key=lambda group: (len(group), -self.question.worth(group)))])
        fitting = [
            group for group in groups if group and (self.question.wish.size is not None or self.is_enough(group))
        ]
        return (fitting or [first])[: self.most]

    def _grown(self, useful: Sequence[str]) -> People:
        """Requirements first, each by who adds most of those who meet it; then reach; then who is not needed goes."""
        size = len(useful) if self.question.wish.size is None else min(self.question.wish.size, len(useful))
        group: People = frozenset()
        while len(group) < size and not self.meets(group):
            before = len(self.question.unmet(group))
            meeting = [one for one in useful if len(self.question.unmet(group | {one})) < before]
            if not meeting:
                break
            group |= {max(meeting, key=lambda one: (self.question.worth(group | {one}), one))}
        while len(group) < size and (self.question.wish.size is not None or not self.is_enough(group)):
            grown = lazy_greedy(set(useful) - group, GainsOf(self.question.worth, group), 1)
            if not grown:
                break
            group |= {grown[0][0]}
        if self.question.wish.size is None:
            for one in reversed(_order(self.question, group)[0]):
                group = group - {one} if self.is_enough(group - {one}) else group
        return group

    def least_size(self, useful: Sequence[str]) -> int:
        """How many people any group needs at least: the greatest gains added up, which no group can surpass."""
        worth = self.question.worth(frozenset())
        gains = sorted((self.question.worth(frozenset({one})) - worth for one in useful), reverse=True)
        for count, gain in enumerate(gains):
            if worth >= self.needed - TOLERANCE:
                return count
            worth += gain
        return len(gains)


def _groups(search: _Sets, useful: Sequence[str]) -> tuple[list[People], bool]:
    if len(useful) <= MAX_EXACT:
        try:
            return [group for group in search.exact(useful) if group], True
        except SearchTooLong:
            pass  # the greedy answer tells its bound
    return [group for group in search.greedy(useful) if group], False


def _sorted(question: Question, people: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(people, key=lambda person: (-question.reach.value({person}), person)))


def _order(question: Question, group: People, worth: Worth | None = None) -> tuple[tuple[str, ...], tuple[float, ...]]:
    """The members in the order in which they add most, with what each adds."""
    worth = worth or question.worth
    members: list[str] = []
    gains: list[float] = []
    while len(members) < len(group):
        now = worth(frozenset(members))
        gain, one = min((now - worth(frozenset([*members, one])), one) for one in group.difference(members))
        members.append(one)
        gains.append(max(0.0, -gain))
    return tuple(members), tuple(gains)


def _prefixes(question: Question, group: People) -> list[People]:
    members, _gains = _order(question, group)
    return [frozenset(members[:count]) for count in range(len(members) + 1)]


def _alone(question: Question) -> tuple[tuple[str, float], ...]:
    now = question.worth(frozenset())
    others = (person.id for person in question.people if person.id not in question.backing)
    gains = [(person, max(question.worth(frozenset({person})) - now, 0.0)) for person in others]
    return tuple(sorted(gains, key=lambda gain: (-gain[1], gain[0])))


def _tried(question: Question, cannot_meet: Sequence[Requirement]) -> WinningSet | None:
    at_hand = {person.id for person in question.people}
    group = (question.wish.tried & at_hand) - question.backing
    return _winning_set(question, group, cannot_meet) if group else None


def _further(question: Question, group: People, most: int = 5) -> tuple[tuple[str, float], ...]:
    others = [one for one in question.useful if one not in group]
    return tuple(lazy_greedy(others, GainsOf(question.worth, group), most))


def _winning_set(question: Question, group: People, cannot_meet: Sequence[Requirement]) -> WinningSet:
    members, gains = _order(question, group)
    reasons = [_backing_reason(question, question.worth(frozenset()))] if question.backing else []
    reasons += [_member_reason(question, one, gain) for one, gain in zip(members, gains, strict=True)]
    unmet = tuple(need for need in question.unmet(group) if need not in cannot_meet)
    return WinningSet(members, gains, _reach_score(question, question.backing | group, reasons), unmet)


def _backed(question: Question) -> WinningSet | None:
    """Those who back us already as a group of their own."""
    if not question.backing:
        return None
    members, gains = _order(question, question.backing, question.reach.value)
    reasons = [_member_reason(question, one, gain) for one, gain in zip(members, gains, strict=True)]
    return WinningSet(members, gains, _reach_score(question, question.backing, reasons), question.unmet(()))


def _reach_score(question: Question, people: People, reasons: Sequence[Reason]) -> Score:
    low, value, high = (question.reach.value(people, bound) for bound in BOUNDS)
    return Score(value, tuple(reasons), low=min(low, value), high=max(high, value))


def _backing_reason(question: Question, reached: float) -> Reason:
    names, structure = question.structure.names, question.structure
    people = _sorted(question, question.backing)
    facts = tuple(Fact("tie", tie) for one in people if (tie := structure.by_id[one].stakeholder_id))
    return Reason("win_backing", reached, 1.0, reached, facts, {"people": tuple(names[one] for one in people)})


def _member_reason(question: Question, one: str, gain: float) -> Reason:
    person, names = question.structure.by_id[one], question.structure.names
    deciders, swaying = swayed_by(question.reach, names, one)
    facts = (*((Fact("tie", person.stakeholder_id),) if person.stakeholder_id else ()), *swaying)
    params = {
        "person": person.name,
        "deciders": deciders,
        "roles": tuple(sorted(person.roles)),
        "support": person.support,
    }
    if Requirement("veto", (one,)) in question.requirements:
        code = "win_veto_and_sways" if deciders else "win_veto"
    elif one in question.reach.shares:
        code = "win_decides_and_sways" if deciders else "win_decides"
    else:
        code = "win_sways" if deciders else ("win_answers" if one not in question.backing else "win_sways_nobody")
    return Reason(code, gain, 1.0, gain, facts, params)


def swayed_by(
    reach: SetReach, names: Mapping[str, str], one: str
) -> tuple[tuple[tuple[str, float], ...], tuple[Fact, ...]]:
    """Whom of those who decide somebody sways most, each as (name, chance), and the ties of the strongest chains."""
    chances = {target: reach.chance(target, frozenset({one})) for target in reach.shares if target != one}
    swayed = sorted(
        (target for target, chance in chances.items() if chance > TOLERANCE),
        key=lambda target: (-reach.shares[target] * chances[target], target),
    )[:SHOWN_DECIDERS]
    facts: list[Fact] = []
    for target in swayed:
        chain = reach.strongest(target, {one}) or (one, target)
        facts += chain_facts(reach.graph, names, chain, chances[target])
    return tuple((names[target], chances[target]) for target in swayed), tuple(facts)
