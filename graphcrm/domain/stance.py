"""Where people stand in one deal, laid over where they stand with us as a rule (requirements C1.3-C1.8, C2.1)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from graphcrm.domain.structure import UNKNOWN, Deal, PowerStructure, Stakeholder

WORDS = ("agenda_business", "agenda_personal", "decision_criteria")


@dataclass(frozen=True, slots=True)
class DealStance:
    """A person's stake in a deal: as a :class:`Stakeholder`, and the words that belong to it, by name of the column."""

    stake: Stakeholder
    words: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class StanceDifference:
    """What is otherwise in the deal.

    Attributes:
        field: "roles", "support", "political_status", or one of :data:`WORDS`.
        standing, in_deal: codes, or text; () and "" are not known.
    """

    person_id: str
    person_name: str
    field: str
    standing: tuple[str, ...]
    in_deal: tuple[str, ...]
    tie_id: str


def in_deal(structure: PowerStructure, deal: Deal, stances: Iterable[DealStance]) -> PowerStructure:
    """The structure as it is for one deal: what is known of the deal goes before what holds as a rule.

    Roles, attitude, political status and interest are taken from the deal where it states them, with its confidence,
    source and day. People with a stake in the deal only are added.
    """
    stances = tuple(stances)
    people = {person.id: person for person in structure.people}
    for stance in stances:
        own = stance.stake
        people[own.id] = _laid_over(people[own.id], own) if own.id in people else own
    differing = frozenset(one.person_id for one in differences(structure, stances))
    return replace(structure, people=tuple(people.values()), deal=replace(deal, differing=differing))


def _laid_over(standing: Stakeholder, own: Stakeholder) -> Stakeholder:
    spare = (standing.stakeholder_id, *standing.more_tie_ids)
    stated = bool(own.roles) or own.support != UNKNOWN or own.political_status != UNKNOWN
    return replace(
        standing,
        roles=own.roles or standing.roles,
        support=own.support if own.support != UNKNOWN else standing.support,
        political_status=own.political_status if own.political_status != UNKNOWN else standing.political_status,
        interest=own.interest if own.interest is not None else standing.interest,
        stakeholder_id=own.stakeholder_id if stated else standing.stakeholder_id,
        confidence=own.confidence if stated else standing.confidence,
        source=own.source if stated else standing.source,
        last_verified=own.last_verified if stated else standing.last_verified,
        more_tie_ids=tuple(tie for tie in spare if tie) if stated else standing.more_tie_ids,
    )


def differences(structure: PowerStructure, stances: Iterable[DealStance]) -> list[StanceDifference]:
    """What the deal states otherwise than what holds as a rule, person by person; what it does not state is the same.

    Words of a deal (agenda, criteria) always differ: they are about it.
    """
    found = []
    for stance in stances:
        own, standing = stance.stake, structure.by_id.get(stance.stake.id)
        pairs = {
            "roles": (_codes(standing.roles if standing else ()), _codes(own.roles)),
            "support": (_known(standing.support if standing else UNKNOWN), _known(own.support)),
            "political_status": (
                _known(standing.political_status if standing else UNKNOWN),
                _known(own.political_status),
            ),
        }
        pairs |= {name: ((), (text,)) for name, text in stance.words}
        for field, (rule, here) in pairs.items():
            if here and here != rule:
                found.append(StanceDifference(own.id, own.name, field, rule, here, own.stakeholder_id or ""))
    return found


def _codes(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(values))


def _known(value: str) -> tuple[str, ...]:
    return () if value == UNKNOWN else (value,)
