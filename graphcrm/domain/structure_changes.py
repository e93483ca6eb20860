"""What changed in a client's power structure between two days: who came, left, turned, which lines began or ended.

A pure comparison of two power structures. Ties are compared by whom they join, not by their ids, so that a stance or
an influence that was closed and opened anew is one change, not an end and a beginning.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, TypeVar

from graphcrm.domain.structure import COVERED, UNKNOWN, CoverageTie, PowerStructure, ReportingLine, Stakeholder

Kind = Literal["people", "stance", "lines", "contact"]
KINDS: tuple[Kind, ...] = ("people", "stance", "lines", "contact")
WARMER: Mapping[str, int] = {"enemy": -2, "non_supporter": -1, "neutral": 0, "supporter": 1, "mentor": 2}
"""Attitudes to us from the coldest to the warmest."""
T = TypeVar("T")
K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class StructureChange:
    """One change.

    Attributes:
        code: of the sentence that tells it, filled by ``params``.
        kind: what it is about.
        person_ids: whom it concerns, the first foremost.
        tie_ids: the ties that tell it, of either day.
        good: True when it is good for us, False when it is bad, None when that is not for a program to say.
    """

    code: str
    kind: Kind
    person_ids: tuple[str, ...]
    params: Mapping[str, Any] = field(default_factory=dict, hash=False)
    tie_ids: tuple[str, ...] = ()
    good: bool | None = None


@dataclass(frozen=True, slots=True)
class Stance:
    """An attitude to us over a time; a bound that is None is open."""

    tie_id: str
    person_id: str
    support: str
    valid_from: date | None
    valid_to: date | None


def structure_changes(
    old: PowerStructure, new: PowerStructure, stances: Iterable[Stance] = ()
) -> list[StructureChange]:
    """Every change from ``old`` to ``new``, by kind, then by name.

    Args:
        stances: all recorded ones, for who turned in between and back again.
    """
    held = list(stances)
    names = {**old.names, **new.names}
    both = [(old.by_id[one], new.by_id[one]) for one in old.by_id.keys() & new.by_id.keys()]
    found = [
        *_people(old, new),
        *(change for before, now in both for change in _person(before, now)),
        *(change for before, now in both for change in _turned_back(before, now, held, (old.as_of, new.as_of))),
        *_bosses(old, new, names),
        *_influences(old, new, names),
        *_conflicts(old, new, names),
        *_coverage(old, new, names),
    ]
    return sorted(
        found, key=lambda one: (KINDS.index(one.kind), names.get(one.person_ids[0], ""), one.code, one.tie_ids)
    )


def turns(person_id: str, stances: Iterable[Stance], since: date, until: date) -> list[Stance]:
    """The attitudes that one person held at some time from ``since`` to ``until``, in their order."""
    own = [
        stance for stance in stances
        if stance.person_id == person_id
        and (stance.valid_from is None or stance.valid_from <= until)
        and (stance.valid_to is None or stance.valid_to > since)
    ]  # fmt: skip
    return sorted(own, key=lambda stance: (stance.valid_from or date.min, stance.tie_id))


def _people(old: PowerStructure, new: PowerStructure) -> Iterator[StructureChange]:
    for person in new.people:
        if person.id not in old.by_id:
            code = "change_came" if person.title else "change_came_untitled"
            yield StructureChange(code, "people", (person.id,), _who(person), _ties(person))
    for person in old.people:
        if person.id not in new.by_id:
            code = "change_left" if person.title else "change_left_untitled"
            yield StructureChange(code, "people", (person.id,), _who(person), _ties(person))


def _who(person: Stakeholder) -> dict[str, Any]:
    return {"person": person.name, **({"title": person.title} if person.title else {})}


def _ties(*people: Stakeholder) -> tuple[str, ...]:
    ids = (one for person in people for one in (person.works_at_id, person.stakeholder_id) if one)
    return tuple(dict.fromkeys(ids))


def _person(before: Stakeholder, now: Stakeholder) -> Iterator[StructureChange]:
    """Title, roles, attitude and political status of one who was and is there."""
    person = {"person": now.name}
    stakes = tuple(dict.fromkeys(one for one in (before.stakeholder_id, now.stakeholder_id) if one))
    if before.title != now.title and before.title and now.title:
        jobs = tuple(dict.fromkeys(one for one in (before.works_at_id, now.works_at_id) if one))
        params = {**person, "title": now.title, "title_before": before.title}
        yield StructureChange("change_title", "people", (now.id,), params, jobs)
    if before.support != now.support:
        yield _turned(before, now, stakes)
    gained, lost = now.roles - before.roles, before.roles - now.roles
    for code, roles in (("change_roles_gained", gained), ("change_roles_lost", lost)):
        if roles:
            yield StructureChange(code, "stance", (now.id,), {**person, "roles": tuple(sorted(roles))}, stakes)
    if before.political_status != now.political_status and UNKNOWN not in (
        before.political_status,
        now.political_status,
    ):
        params = {**person, "political_before": before.political_status, "political_status": now.political_status}
        yield StructureChange("change_political", "stance", (now.id,), params, stakes)


def _turned(before: Stakeholder, now: Stakeholder, stakes: tuple[str, ...]) -> StructureChange:
    params = {"person": now.name, "support": now.support, "support_before": before.support}
    if before.support == UNKNOWN:
        good = WARMER[now.support] > 0 if WARMER.get(now.support, 0) else None
        return StructureChange("change_stance_known", "stance", (now.id,), params, stakes, good)
    if now.support == UNKNOWN:
        return StructureChange("change_stance_unknown", "stance", (now.id,), params, stakes)
    warmer = WARMER.get(now.support, 0) > WARMER.get(before.support, 0)
    code = "change_turned_to_us" if warmer else "change_turned_from_us"
    return StructureChange(code, "stance", (now.id,), params, stakes, warmer)


def _turned_back(
    before: Stakeholder, now: Stakeholder, stances: Sequence[Stance], days: tuple[date, date]
) -> Iterator[StructureChange]:
    """Who is as before, but was not in between."""
    if before.support != now.support:
        return
    between = [
        one
        for one in turns(now.id, stances, *days)
        if one.support not in (now.support, UNKNOWN) and not _held_throughout(one, days)
    ]
    if between:
        params = {"person": now.name, "support": now.support, "support_before": between[-1].support}
        yield StructureChange("change_turned_back", "stance", (now.id,), params, tuple(one.tie_id for one in between))


def _held_throughout(stance: Stance, days: tuple[date, date]) -> bool:
    """Of two attitudes that stand beside each other on both days, as two sources may state them, neither is a turn."""
    first, last = days
    began = stance.valid_from is None or stance.valid_from <= first
    return began and (stance.valid_to is None or stance.valid_to > last)


def _bosses(old: PowerStructure, new: PowerStructure, names: Mapping[str, str]) -> Iterator[StructureChange]:
    """A new boss of one who was and is there; lines of those who came or left go without saying."""
    before, now = _by(old.reporting, _boss_of), _by(new.reporting, _boss_of)
    for person in sorted(old.by_id.keys() & new.by_id.keys()):
        was, is_ = before.get(person), now.get(person)
        if (was.boss_id if was else None) == (is_.boss_id if is_ else None):
            continue
        ties = tuple(line.id for line in (was, is_) if line)
        params = {"person": names[person]}
        if was:
            params["boss_before"] = names.get(was.boss_id, was.boss_id)
        if is_:
            params["boss"] = names.get(is_.boss_id, is_.boss_id)
        code = "change_boss" if was and is_ else "change_boss_new" if is_ else "change_boss_gone"
        yield StructureChange(code, "lines", (person,), params, ties)


def _boss_of(line: ReportingLine) -> str | None:
    return line.person_id if line.line == "solid" else None


def _influences(old: PowerStructure, new: PowerStructure, names: Mapping[str, str]) -> Iterator[StructureChange]:
    before = _by(old.influences, lambda tie: (tie.source_id, tie.target_id))
    now = _by(new.influences, lambda tie: (tie.source_id, tie.target_id))
    for pair, (was, is_) in _paired(before, now):
        params: dict[str, Any] = {"source": names.get(pair[0], pair[0]), "target": names.get(pair[1], pair[1])}
        ties = tuple(tie.id for tie in (was, is_) if tie)
        if was is None or is_ is None:
            code = "change_influence_ended" if is_ is None else "change_influence_began"
            yield StructureChange(code, "lines", pair, params, ties)
        elif was.strength is not None and is_.strength is not None and was.strength != is_.strength:
            code = "change_influence_stronger" if is_.strength > was.strength else "change_influence_weaker"
            params |= {"strength": is_.strength, "strength_before": was.strength}
            yield StructureChange(code, "lines", pair, params, tuple(dict.fromkeys(ties)))


def _conflicts(old: PowerStructure, new: PowerStructure, names: Mapping[str, str]) -> Iterator[StructureChange]:
    before = _by(old.conflicts, lambda tie: tuple(sorted((tie.source_id, tie.target_id))))
    now = _by(new.conflicts, lambda tie: tuple(sorted((tie.source_id, tie.target_id))))
    for pair, (was, is_) in _paired(before, now):
        tie = was or is_
        if tie is not None and (was is None or is_ is None):
            params = {"source": names.get(pair[0], pair[0]), "target": names.get(pair[1], pair[1])}
            code = "change_conflict_ended" if is_ is None else "change_conflict_began"
            yield StructureChange(code, "lines", (pair[0], pair[1]), params, (tie.id,))


def _coverage(old: PowerStructure, new: PowerStructure, names: Mapping[str, str]) -> Iterator[StructureChange]:
    before, now = _by(old.coverage, _pair_in_touch), _by(new.coverage, _pair_in_touch)
    for pair, (was, is_) in _paired(before, now):
        tie = is_ or was
        if tie is None:
            continue
        params: dict[str, Any] = {"person": names.get(pair[0], pair[0]), "employee": tie.employee_name}
        ties = tuple(dict.fromkeys(one.id for one in (was, is_) if one))
        if was is None or is_ is None:
            code = "change_contact_ended" if is_ is None else "change_contact_began"
            yield StructureChange(code, "contact", (pair[0],), params, ties, is_ is not None)
        elif was.level_now != is_.level_now and was.level_now and is_.level_now:
            params |= {"level_before": was.level_now, "level_now": is_.level_now}
            yield StructureChange("change_contact_level", "contact", (pair[0],), params, ties)


def _pair_in_touch(tie: CoverageTie) -> tuple[str, str] | None:
    return (tie.person_id, tie.employee_id) if tie.coverage in COVERED else None


def _by(ties: Iterable[T], key: Callable[[T], K | None]) -> dict[K, T]:
    """The ties by what tells them apart; the first of two alike by their ids, those without a key left out."""
    found: dict[K, T] = {}
    for tie in sorted(ties, key=lambda one: one.id):  # type: ignore[attr-defined]
        own = key(tie)
        if own is not None:
            found.setdefault(own, tie)
    return found


def _paired(before: Mapping[K, T], now: Mapping[K, T]) -> Iterator[tuple[K, tuple[T | None, T | None]]]:
    for key in sorted(before.keys() | now.keys()):  # type: ignore[type-var]
        yield key, (before.get(key), now.get(key))
