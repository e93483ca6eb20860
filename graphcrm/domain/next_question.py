"""The next best question: which one fact, if learnt, would most change the ranking of key figures (C1.8, C2.1).

Value of information (Howard 1966) with a ranking as the decision: for each answer that a question can have, the
expected power of everybody is computed anew and the first five compared with today's; the value of the question is the
mean change over its answers, by their chances. Rankings are compared by average overlap (Fagin, Kumar & Sivakumar
2003; Webber, Moffat & Zobel 2010): 0 when the first five stand as they did, 1 when they are five others, and a change
at the top counts more than one below.

Every answer is put into the very worlds that were drawn before, so that a question that changes nothing is worth just
nothing, whatever the luck of the draw.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import networkx as nx
import numpy as np

from graphcrm.domain.measures import effective_levels, formal_ranks
from graphcrm.domain.resampling import STRENGTHS, TOP, UNKNOWN_ROLES, Array, Scored, rights_of, rungs, trust
from graphcrm.domain.structure import PowerStructure

MOST_TIES = 8
"""Of the uncertain ties, how many are computed anew: those that move the expected power most in the worlds drawn."""
FEW_NODES = 60
FEW_WORLDS = 25
LEAST_WORLDS = 6
"""In networks of more than FEW_NODES people, what a tie does to brokerage is taken from FEW_WORLDS of the worlds; of
more than 300 from fewer, for each costs the square of the people, down to LEAST_WORLDS. Brokerage weighs a twelfth."""
GRADES: Mapping[str, tuple[int, int]] = {"weak": (1, 3), "medium": (4, 7), "strong": (8, 10)}
"""The answers to "how strong?", with the strengths that each stands for."""


@dataclass(frozen=True, slots=True)
class PossibleAnswer:
    """What could be learnt.

    Attributes:
        code: "yes", "no", "none", a code of ``role``, "weak", "medium", "strong", or "level".
        level: for "level".
        chance: 0-1, before asking.
        entering, leaving: ids of who would come among the first five, and who would go.
        first: who would be first, when that is somebody else than today.
        change: 0-1, how far the first five would differ from today's.
    """

    code: str
    chance: float
    level: int | None = None
    entering: tuple[str, ...] = ()
    leaving: tuple[str, ...] = ()
    first: str | None = None
    change: float = 0.0


@dataclass(frozen=True, slots=True)
class Question:
    """One fact to find out.

    Attributes:
        kind: "role" (which role somebody has), "role_so" (whether the role recorded is so), "tie_so" (whether an
            influence is so), "strength" (how strong one is), "level".
        person_id: whom it is about; of an influence, who sways. target_id: of an influence, who is swayed.
        tie_id: what is recorded already, or None.
        value: 0-1, the mean change of the first five over the answers.
    """

    kind: str
    person_id: str
    target_id: str | None
    tie_id: str | None
    answers: tuple[PossibleAnswer, ...]
    value: float


def questions(scored: Scored, top: int = TOP) -> list[Question]:
    """The questions whose answers would change the first ``top``, the most telling first."""
    view = _View(scored, top)
    found = [*_roles(view), *_levels(view), *_ties(view)]
    telling = [question for question in found if question.value > 0]
    return sorted(telling, key=lambda one: (-round(one.value, 9), one.person_id, one.target_id or "", one.kind))


def average_overlap(one: Sequence[str], other: Sequence[str], depth: int) -> float:
    """Average overlap of two rankings down to ``depth``: 1 for the same order, 0 for nothing in common."""
    if depth == 0:
        return 1.0
    shared = [len({*one[:place]} & {*other[:place]}) / place for place in range(1, depth + 1)]
    return sum(shared) / depth


class _View:
    """Today's first five, and what an answer would make of them."""

    def __init__(self, scored: Scored, top: int) -> None:
        self.scored, self.worlds = scored, scored.worlds
        self.structure: PowerStructure = scored.worlds.structure
        self.depth = min(top, len(self.worlds.people))
        last = len(self.worlds.people) + 1
        formal = formal_ranks(self.structure)
        keys = [(formal.get(person.id, last), person.id) for person in self.worlds.people]
        self.tie_break = np.argsort(np.array(sorted(range(len(keys)), key=keys.__getitem__), dtype=int))
        self.mean = scored.total.mean(axis=0) if self.worlds.people else np.zeros(0)
        self.leaders = self.first(self.mean)

    def first(self, mean: Array) -> list[str]:
        order = np.lexsort((self.tie_break, -np.round(mean, 9)))
        return [self.worlds.people[column].id for column in order[: self.depth]]

    def answer(self, code: str, chance: float, mean: Array, level: int | None = None) -> PossibleAnswer:
        then = self.first(mean)
        return PossibleAnswer(
            code,
            chance,
            level,
            tuple(one for one in then if one not in self.leaders),
            tuple(one for one in self.leaders if one not in then),
            then[0] if then and then[0] != self.leaders[0] else None,
            1.0 - average_overlap(self.leaders, then, self.depth),
        )

    def question(
        self, kind: str, ends: tuple[str, str | None], tie_id: str | None, answers: Iterator[PossibleAnswer]
    ) -> Question:
        told = tuple(answer for answer in answers if answer.chance > 0)
        return Question(kind, *ends, tie_id, told, sum(answer.chance * answer.change for answer in told))


def _roles(view: _View) -> Iterator[Question]:
    for column, person in enumerate(view.worlds.people):
        if not person.roles:
            rest = 1.0 - sum(UNKNOWN_ROLES.values())
            options = [("none", rest, (0.0, 0.0, 0.0))]
            options += [(role, chance, rights_of(person, role)) for role, chance in UNKNOWN_ROLES.items()]
        elif trust(person.confidence) < 1 and any(rights_of(person)):
            sure = trust(person.confidence)
            options = [("yes", sure, rights_of(person)), ("no", 1 - sure, (0.0, 0.0, 0.0))]
        else:
            continue
        kind = "role_so" if person.roles else "role"
        answers = (view.answer(code, chance, _with_rights(view, column, rights)) for code, chance, rights in options)
        yield view.question(kind, (person.id, None), person.stakeholder_id, answers)


def _with_rights(view: _View, column: int, rights: tuple[float, float, float]) -> Array:
    """(n) expected power when one person has these rights in every world."""
    scored, worlds, part = view.scored, view.worlds, view.scored.part
    own = np.array([part["purchase"], part["payment"], part["veto"]])
    mean = view.mean.copy()
    mean[column] += own @ (np.array(rights) - worlds.rights[:, :, column].mean(axis=1))
    gained = scored.say(np.array(rights)) - scored.shares[:, column]
    if not gained.any():
        return mean
    others = scored.others + gained[:, None]
    others[:, column] = scored.others[:, column]
    swayed, target = scored.swayed.copy(), worlds.people[column].id
    sources = scored.sways.get(target)
    if sources is None:
        sources = scored.sway(scored.graph, target)
    for source, chance in sources.items():
        if source in scored.index:
            swayed[:, scored.index[source]] += gained * chance
    return mean + part["reach"] * (scored.reach(swayed, others) - scored.reached).mean(axis=0)


def _levels(view: _View) -> Iterator[Question]:
    levels, deepest = effective_levels(view.structure), rungs(view.structure)
    for column, person in enumerate(view.worlds.people):
        if person.id in levels or not deepest:
            continue
        share = view.scored.part["formal"]
        usual = view.worlds.formal[:, column].mean()

        def answers(column: int = column, share: float = share, usual: float = usual) -> Iterator[PossibleAnswer]:
            for level in range(1, deepest + 1):
                mean = view.mean.copy()
                mean[column] += share * ((deepest - level + 1) / deepest - usual)
                yield view.answer("level", 1 / deepest, mean, level)

        yield view.question("level", (person.id, None), person.works_at_id, answers())


def _ties(view: _View) -> Iterator[Question]:
    for place in _moving_ties(view):
        tie, sure = view.worlds.ties[place], float(view.worlds.chance[place])
        between = _brokerage_change(view, place)
        drawn = view.worlds.present[place].mean()
        options = [("no", 1 - sure, None, -drawn)]
        if tie.strength is None:
            options += [
                (grade, sure * (high - low + 1) / STRENGTHS, _graded(view, place, low, high), 1 - drawn)
                for grade, (low, high) in GRADES.items()
            ]
        else:
            options.append(("yes", sure, view.worlds.strength[place], 1 - drawn))
        answers = (
            view.answer(code, chance, _with_tie(view, place, strength) + share * between)
            for code, chance, strength, share in options
        )
        kind = "strength" if tie.strength is None else "tie_so"
        yield view.question(kind, (tie.source_id, tie.target_id), tie.id, answers)


def _moving_ties(view: _View) -> list[int]:
    """The places of the uncertain ties, those first whose weight goes with the power of somebody most strongly."""
    worlds = view.worlds
    weights = worlds.present * worlds.strength
    doubtful = [place for place, tie in enumerate(worlds.ties) if 0 < worlds.chance[place] < 1 or tie.strength is None]
    if len(doubtful) <= MOST_TIES:
        return doubtful
    spread = weights[doubtful] - weights[doubtful].mean(axis=1, keepdims=True)
    scale = np.sqrt((spread**2).mean(axis=1, keepdims=True)) + 1e-12
    moved = np.abs((spread / scale) @ (view.scored.total - view.mean)) / worlds.count
    effect = np.sort(moved, axis=1)[:, ::-1][:, : view.depth].sum(axis=1)
    best = np.argsort(-effect, kind="stable")[:MOST_TIES]
    return [doubtful[number] for number in best]


def _graded(view: _View, place: int, low: int, high: int) -> Array:
    return (low + np.floor(view.worlds.spread[place] * (high - low + 1))) / STRENGTHS


def _with_tie(view: _View, place: int, strength: Array | None) -> Array:
    """(n) expected power, brokerage as drawn, when one tie has this strength in every world; None: it is not so."""
    scored, worlds = view.scored, view.worlds
    tie = worlds.ties[place]
    ends = (tie.source_id, tie.target_id)
    others = [other for other in worlds.edges[ends] if other != place]
    rest = (worlds.present[others] * worlds.strength[others]).max(axis=0) if others else np.zeros(worlds.count)
    graph = scored.graph.copy()
    graph.edges[ends]["worlds"] = rest if strength is None else np.maximum(rest, strength)
    steps = scored.weights.horizon - 1
    sources = nx.single_source_shortest_path_length(graph.reverse(copy=False), ends[0], cutoff=steps)
    targets = nx.single_source_shortest_path_length(graph, ends[1], cutoff=steps)
    swayed = scored.swayed.copy()
    for target in targets.keys() & scored.sways.keys():
        share = scored.shares[:, scored.index[target]]
        now = scored.sways[target]
        for source, chance in scored.sway(graph, target, frozenset(sources)).items():
            if source in scored.index:
                swayed[:, scored.index[source]] += share * (chance - now[source])
    return view.mean + scored.part["reach"] * (scored.reach(swayed, scored.others) - scored.reached).mean(axis=0)


def _looked_at(worlds: int, nodes: int) -> int:
    """In how many worlds it is looked at what a tie does to brokerage."""
    if nodes <= FEW_NODES:
        return worlds
    return min(worlds, FEW_WORLDS, max(LEAST_WORLDS, FEW_WORLDS * 300 // nodes))


def _brokerage_change(view: _View, place: int) -> Array:
    """(n) what brokerage adds to the expected power when the tie is so, against when it is not."""
    scored, worlds = view.scored, view.worlds
    change = np.zeros(len(worlds.people))
    if not scored.part["brokerage"]:
        return change
    tie = worlds.ties[place]
    edges = list(scored.graph.edges)
    row = edges.index((tie.source_id, tie.target_id))
    there = np.array([data["worlds"] > 0 for *_, data in scored.graph.edges(data=True)])
    others = [other for other in worlds.edges[edges[row]] if other != place]
    kept = worlds.present[others].any(axis=0) if others else np.zeros(worlds.count, dtype=bool)
    looked_at = _looked_at(worlds.count, len(scored.graph))
    for world in np.flatnonzero(~kept[:looked_at]):
        other = there[:, world].copy()
        other[row] = ~other[row]
        gain = scored.brokerage_of(other) - scored.brokerage[world]
        change += gain if other[row] else -gain
    return scored.part["brokerage"] * change / looked_at
