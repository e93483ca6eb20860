"""A scenario: changes to a power structure that are thought through and never written to the facts (C1.8, D1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from graphcrm.domain.structure import CoverageTie, InfluenceTie, PowerStructure
from graphcrm.errors import InvalidInput

Kind = Literal["person", "employee", "partner", "tie", "contact", "influence"]
REMOVES: tuple[Kind, ...] = ("person", "employee", "partner", "tie")
ADDS: tuple[Kind, ...] = ("contact", "influence")
MOST_CHANGES = 100


@dataclass(frozen=True, slots=True)
class Change:
    """One change.

    Attributes:
        kind: what is taken away (a person of theirs or outside, an employee of ours, a partner with its people, a tie),
            or added (a contact between one of ours and one of theirs, an influence).
        id: of what is taken away; "" for what is added.
        source_id, target_id: ends of what is added: our employee and their person, or who sways whom.
        strength: 0-10, of an influence that is added; None is not known.
        name: of our employee, for a contact that is added.
    """

    kind: Kind
    id: str = ""
    source_id: str = ""
    target_id: str = ""
    strength: float | None = None
    name: str = ""

    def __post_init__(self) -> None:
        fits = (self.kind in REMOVES and self.id) or (self.kind in ADDS and self.source_id and self.target_id)
        strong = self.strength is None or 0 <= self.strength <= 10
        if not (fits and strong):
            raise InvalidInput(
                "This change cannot be thought through.",
                mend="Take away a person, a partner or a tie, or add a tie between two people, of strength 0 to 10.",
            )

    @property
    def new_id(self) -> str:
        """The id that an added tie has in the scenario. No tie of the graph begins so."""
        return f"*{self.kind}:{self.source_id}:{self.target_id}"


def to_rows(changes: Iterable[Change]) -> list[dict[str, Any]]:
    """The changes as plain values, without names: what is kept holds ids only."""
    return [
        {name: value for name, value in asdict(one).items() if value not in ("", None) and name != "name"}
        for one in changes
    ]


def from_rows(rows: Iterable[Mapping[str, Any]]) -> tuple[Change, ...]:
    """The changes of :func:`to_rows`.

    Raises:
        InvalidInput: they are none.
    """
    try:
        return tuple(Change(**row) for row in rows)
    except TypeError as error:
        raise InvalidInput("This scenario cannot be read.", mend="Delete it and make it anew.") from error


def applied(structure: PowerStructure, changes: Iterable[Change]) -> tuple[PowerStructure, tuple[Change, ...]]:
    """The structure with the changes, and those that do not apply: what they name is not there, or is there already.

    The structure given stays as it is.
    """
    missing = []
    for change in changes:
        changed = _removed(structure, change) if change.kind in REMOVES else _added(structure, change)
        if changed == structure:
            missing.append(change)
        structure = changed
    return structure, tuple(missing)


def _removed(structure: PowerStructure, change: Change) -> PowerStructure:
    if change.kind == "employee":
        kept = tuple(tie for tie in structure.coverage if tie.employee_id != change.id)
        return replace(structure, coverage=kept)
    if change.kind == "person":
        return without_people(structure, {change.id})
    if change.kind == "partner":
        return without_people(structure, {one.id for one in structure.outsiders if one.organization_id == change.id})
    return replace(
        structure,
        reporting=tuple(tie for tie in structure.reporting if tie.id != change.id),
        influences=tuple(tie for tie in structure.influences if tie.id != change.id),
        conflicts=tuple(tie for tie in structure.conflicts if tie.id != change.id),
        coverage=tuple(tie for tie in structure.coverage if tie.id != change.id),
    )


def without_people(structure: PowerStructure, gone: set[str]) -> PowerStructure:
    """The structure without these people and every tie of theirs."""
    return replace(
        structure,
        people=tuple(one for one in structure.people if one.id not in gone),
        outsiders=tuple(one for one in structure.outsiders if one.id not in gone),
        reporting=tuple(tie for tie in structure.reporting if not {tie.person_id, tie.boss_id} & gone),
        influences=tuple(tie for tie in structure.influences if not {tie.source_id, tie.target_id} & gone),
        conflicts=tuple(tie for tie in structure.conflicts if not {tie.source_id, tie.target_id} & gone),
        coverage=tuple(tie for tie in structure.coverage if tie.person_id not in gone),
    )


def _added(structure: PowerStructure, change: Change) -> PowerStructure:
    names = structure.names
    if change.kind == "contact":
        if change.target_id not in structure.by_id:
            return structure
        employee = change.name or change.source_id
        made = CoverageTie(change.new_id, change.target_id, change.source_id, employee, coverage="brief")
        return structure if made in structure.coverage else replace(structure, coverage=(*structure.coverage, made))
    if change.source_id == change.target_id or not {change.source_id, change.target_id} <= names.keys():
        return structure
    tie = InfluenceTie(change.new_id, change.source_id, change.target_id, strength=change.strength, confidence=1.0)
    return structure if tie in structure.influences else replace(structure, influences=(*structure.influences, tie))
