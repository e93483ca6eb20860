"""The question whom to win (C2.1), with all that its search asks: reach, those who back us, what a group must meet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import numpy as np

from graphcrm.domain.best_sets import People
from graphcrm.domain.gaps import PAYMENT_DECIDERS, PURCHASE_DECIDERS
from graphcrm.domain.power import PowerWeights
from graphcrm.domain.power_parts import VETO_RIGHTS, decision_shares
from graphcrm.domain.score import TOLERANCE
from graphcrm.domain.set_reach import SetReach
from graphcrm.domain.structure import UNKNOWN, PowerStructure, Stakeholder
from graphcrm.errors import InvalidInput

WANTED = 0.6
"""The share of the decision that is enough unless the user wants another."""
LIKELY = 0.5
"""From this chance on somebody is more likely than not swayed."""
AGAINST = frozenset({"non_supporter", "enemy"})

Need = Literal["purchase", "payment", "veto"]


@dataclass(frozen=True, slots=True)
class Requirement:
    """At least one of ``people`` must be with us; for a veto it is the one who has it."""

    need: Need
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """What a user wants of the group.

    Attributes:
        share: of the decision, above 0 and up to 1.
        size: of the group; None for the smallest that is enough.
        excluded: ids of people of whom it is clear that they cannot be won.
        tried: ids of a group of the user's own, to be judged like those that are found.

    Raises:
        InvalidInput: a share or a size out of range.
    """

    share: float = WANTED
    size: int | None = None
    excluded: frozenset[str] = frozenset()
    tried: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if not 0 < self.share <= 1:
            raise InvalidInput(
                "The wanted share of the decision cannot be used.", mend="Choose a share above 0 and up to 100 %."
            )
        if self.size is not None and self.size < 1:
            raise InvalidInput("A group of this size cannot be formed.", mend="Choose a size of at least one person.")


@dataclass(frozen=True)
class Question:
    """Whom to win, with all that the search asks. ``draw``: see :class:`~graphcrm.domain.set_reach.SetReach`."""

    structure: PowerStructure
    draw: np.random.Generator
    wish: Wish = field(default_factory=Wish)
    weights: PowerWeights = field(default_factory=PowerWeights)

    @cached_property
    def reach(self) -> SetReach:
        """The reach of sets at this client."""
        return SetReach(
            self.structure.influence_graph(),
            decision_shares(self.structure, self.weights.payment_share),
            self.draw,
            horizon=self.weights.horizon,
            passing_on=self.weights.passing_on,
        )

    @cached_property
    def people(self) -> tuple[Stakeholder, ...]:
        """Those who can take a side: everybody but vacant seats."""
        return tuple(person for person in self.structure.people if not person.is_vacant)

    @cached_property
    def backing(self) -> People:
        """Those who back us already."""
        return frozenset(person.id for person in self.people if person.is_supportive)

    @cached_property
    def requirements(self) -> tuple[Requirement, ...]:
        """Every condition that can be stated from what is known."""
        found = []
        needs: tuple[tuple[Need, frozenset[str]], ...] = (
            ("purchase", PURCHASE_DECIDERS),
            ("payment", PAYMENT_DECIDERS),
        )
        for need, roles in needs:
            holders = tuple(person.id for person in self.people if person.roles & roles)
            found += [Requirement(need, holders)] if holders else []
        found += [Requirement("veto", (person.id,)) for person in self.people if can_stop(person) and _against(person)]
        return tuple(found)

    @cached_property
    def useful(self) -> tuple[str, ...]:
        """Those to win whose support would change anything: the reach, or a requirement."""
        now = self.reach.value(self.backing)
        open_ones = [person for need in self.requirements for person in need.people]

        def changes(person: str) -> bool:
            more = self.backing | {person}
            if self.reach.value(more) > now + TOLERANCE:
                return True
            return any(
                self.reach.chance(one, more) > self.reach.chance(one, self.backing) + TOLERANCE for one in open_ones
            )

        others = (person.id for person in self.people if person.id not in self.backing | self.wish.excluded)
        return tuple(person for person in others if changes(person))

    def worth(self, members: People) -> float:
        """The reach of the members together with those who back us."""
        return self.reach.value(members | self.backing)

    def unmet(self, members: Iterable[str]) -> tuple[Requirement, ...]:
        """The requirements that the members, with those who back us, leave open."""
        group = self.backing.union(members)
        return tuple(
            need
            for need in self.requirements
            if not any(self.reach.chance(person, group) >= LIKELY - TOLERANCE for person in need.people)
        )


def can_stop(person: Stakeholder) -> bool:
    """Whether somebody's role lets them stop a purchase."""
    return bool(person.roles & VETO_RIGHTS.keys())


def _against(person: Stakeholder) -> bool:
    # Whoever is known as a blocker is against us until a stance says otherwise.
    return person.support in AGAINST or (person.support == UNKNOWN and "blocker" in person.roles)
