"""Who is whose relative (C2.3): parents, spouses and siblings are stored, everything else is derived from them.

A relative is found along the shortest chain of stored ties, and carries that chain as its proof; of two chains of equal
length the one over fewer marriages counts. Kinship is never stored: a mended tie mends all that follows from it.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations

import networkx as nx

LETTERS = {"U": "fmp", "D": "sdc", "G": "bzg", "S": "hwe", "K": "uuu", "W": "vvv"}
"""Kind of step (up, down, sibling, spouse, guardian, ward) -> its letters: to a man, to a woman, gender not known."""
GENDERS = {"male": 0, "female": 1}


@dataclass(frozen=True, slots=True)
class FamilyTie:
    """A stored tie between two relatives.

    Attributes:
        kind: type of the tie: PARENT_OF (parent to child), SPOUSE_OF, SIBLING_OF, GUARDIAN_OF (guardian to ward).
        ended: a marriage that is over.
    """

    id: str
    kind: str
    start: str
    end: str
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a chain: to whom, over which stored ties, and its letter as ``kinship_name`` reads it."""

    person_id: str
    tie_ids: tuple[str, ...]
    letter: str


@dataclass(frozen=True, slots=True)
class Relative:
    """A relative with the chain that proves it.

    Attributes:
        chain: the steps from the person asked about; the last reaches the relative.
        half: "f" or "m" for a sibling who shares only the father or the mother, "?" when the shared one's gender is not
            known, else "".
    """

    chain: tuple[Step, ...]
    half: str = ""

    @property
    def person_id(self) -> str:
        """Who the relative is."""
        return self.chain[-1].person_id

    @property
    def path(self) -> str:
        """A letter for each step."""
        return "".join(step.letter for step in self.chain)


@dataclass(frozen=True)
class Family:
    """People who are related, by stored ties. Circles and self-ties do no harm: no chain meets a person twice.

    Attributes:
        genders: person -> "male", "female" or anything else for not known; people without one may be left out.
    """

    ties: tuple[FamilyTie, ...]
    genders: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def _neighbours(self) -> dict[tuple[str, str], dict[str, tuple[tuple[str, ...], bool]]]:
        """(person, kind of step) -> whom it reaches -> (ids of the ties, whether the marriage has ended)."""
        found: dict[tuple[str, str], dict[str, tuple[tuple[str, ...], bool]]] = defaultdict(dict)
        there = {"PARENT_OF": ("D", "U"), "SPOUSE_OF": ("S", "S"), "SIBLING_OF": ("G", "G"), "GUARDIAN_OF": ("W", "K")}
        # A couple that married again: the marriage that holds comes last and counts.
        for tie in sorted(self.ties, key=lambda tie: (not tie.ended, tie.id)):
            if tie.start != tie.end:
                forth, back = there[tie.kind]
                found[tie.start, forth][tie.end] = ((tie.id,), tie.ended)
                found[tie.end, back][tie.start] = ((tie.id,), tie.ended)
        for children in [reached for (_parent, kind), reached in found.items() if kind == "D"]:
            for first, second in combinations(sorted(children), 2):
                proof = (children[first][0][0], children[second][0][0])
                found[first, "G"].setdefault(second, (proof, False))
                found[second, "G"].setdefault(first, (proof, False))
        return found

    def parents(self, person_id: str) -> frozenset[str]:
        """The known parents."""
        return frozenset(self._neighbours.get((person_id, "U"), {}))

    def half(self, one: str, other: str) -> str:
        """How two siblings are halves: "" unless both parents of both are known and just one is shared."""
        ours, theirs = self.parents(one), self.parents(other)
        if len(ours) < 2 or len(theirs) < 2 or len(ours & theirs) != 1:
            return ""
        (shared,) = ours & theirs
        return {"male": "f", "female": "m"}.get(self.genders.get(shared, ""), "?")

    def steps(self, person_id: str, kind: str) -> Iterator[Step]:
        """All steps of a kind from a person, in a stable order."""
        for reached, (tie_ids, ended) in sorted(self._neighbours.get((person_id, kind), {}).items()):
            letter = LETTERS[kind][GENDERS.get(self.genders.get(reached, ""), 2)]
            yield Step(reached, tie_ids, letter.upper() if ended and kind == "S" else letter)


def _shapes() -> frozenset[str]:
    """Every kind of chain that makes somebody a relative: by blood, by one marriage, and a few others."""

    def blood(depth: int) -> list[str]:
        up, down = ["U" * n for n in range(depth + 1)], ["D" * n for n in range(depth + 1)]
        return [*up, *down[1:], *(above + "G" + below for above in up for below in down)]

    by_marriage = {"S" + chain for chain in blood(3)} | {chain + "S" for chain in blood(2)}
    others = {"SGS", "DSU", "USD", "DU", "SS", "K", "W"}
    return frozenset({*blood(4), *by_marriage, *others} - {""})


SHAPES = _shapes()
_BEGINNINGS = frozenset(shape[:cut] for shape in SHAPES for cut in range(1, len(shape) + 1))


def relatives(family: Family, person_id: str) -> tuple[Relative, ...]:
    """Everybody who is a relative of a person, the closest first; each by the one shortest chain.

    The order: number of steps, then of marriages, then id.
    """
    best: dict[str, tuple[tuple[int, int, str], Relative]] = {}
    for kinds, chain in _chains(family, person_id):
        if kinds not in SHAPES:
            continue
        last = chain[-1].person_id
        half = family.half(person_id, last) if kinds == "G" else ""
        order = (len(chain), sum(letter in "SKW" for letter in kinds), last)
        if last not in best or order < best[last][0]:
            best[last] = (order, Relative(chain, half))
    return tuple(relative for _order, relative in sorted(best.values(), key=lambda found: found[0]))


def _chains(family: Family, person_id: str) -> Iterator[tuple[str, tuple[Step, ...]]]:
    """(kinds, steps) of every chain that may lead to a relative, the short ones first."""
    queue: deque[tuple[str, tuple[Step, ...]]] = deque([("", ())])
    seen: set[tuple[str, str]] = set()
    while queue:
        kinds, chain = queue.popleft()
        here = chain[-1].person_id if chain else person_id
        for kind in LETTERS:
            if kinds + kind not in _BEGINNINGS:
                continue
            for step in family.steps(here, kind):
                met = step.person_id == person_id or any(step.person_id == one.person_id for one in chain)
                if met or (step.person_id, kinds + kind) in seen:
                    continue
                seen.add((step.person_id, kinds + kind))
                queue.append((kinds + kind, (*chain, step)))
                yield kinds + kind, (*chain, step)


def relation(family: Family, one: str, other: str) -> Relative | None:
    """What ``other`` is to ``one``; None when they are no relatives as far as is known."""
    return next((found for found in relatives(family, one) if found.person_id == other), None)


def households(people: Iterable[str], ties: Iterable[FamilyTie], *, minors: Iterable[str] = ()) -> list[frozenset[str]]:
    """Groups that share a purse, as gift rules see it: couples whose marriage holds, and their children under age.

    Args:
        people: who is asked about; everybody is in exactly one household.
        minors: those of them who are under age.
    """
    young = set(minors)
    graph = nx.Graph()
    graph.add_nodes_from(people)
    for tie in ties:
        couple = tie.kind == "SPOUSE_OF" and not tie.ended
        child = tie.kind in ("PARENT_OF", "GUARDIAN_OF") and tie.end in young
        if (couple or child) and tie.start in graph and tie.end in graph:
            graph.add_edge(tie.start, tie.end)
    return sorted((frozenset(group) for group in nx.connected_components(graph)), key=sorted)
