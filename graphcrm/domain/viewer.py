"""Who asks, and what they may see. Services leave out what a viewer may not see, so that no page can forget it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

Role = Literal["owner", "manager", "analyst", "reader"]

SENSITIVITIES_OF_ROLE: Mapping[Role, frozenset[str]] = {
    "owner": frozenset({"business", "personal", "family", "restricted"}),
    "manager": frozenset({"business", "personal", "family"}),
    "analyst": frozenset({"business", "personal"}),
    "reader": frozenset({"business"}),
}
WRITING_ROLES: frozenset[Role] = frozenset({"owner", "manager"})


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody who asks.

    Attributes:
        id: stable name of the account; recorded with what they change.
        name: as shown.
        role: decides what they see and may do.
        person_id: who of ours they are; None where that is not known.
        acts_freely: whether they say themselves who of ours acts, as where nobody signs in.
    """

    id: str
    name: str
    role: Role
    person_id: str | None = None
    acts_freely: bool = True

    @property
    def may_see(self) -> frozenset[str]:
        """The codes of the enumeration ``sensitivity`` that this viewer sees."""
        return SENSITIVITIES_OF_ROLE[self.role]

    @property
    def may_write(self) -> bool:
        """Whether this viewer may change the graph."""
        return self.role in WRITING_ROLES

    @property
    def sees_everything(self) -> bool:
        """Whether no fact is hidden from this viewer."""
        return self.may_see == SENSITIVITIES_OF_ROLE["owner"]

    def acts_as(self, person_id: str) -> bool:
        """Whether a step of a register may be entered as this one's of ours: of an account only its own person's."""
        return self.acts_freely or self.person_id == person_id

    def sees(self, sensitivity: str | None) -> bool:
        """Whether a fact of this sensitivity may be shown. A fact without one is business."""
        return (sensitivity or "business") in self.may_see

    def visible(self, values: Mapping[str, Any], sensitivity_of: Mapping[str, str]) -> dict[str, Any]:
        """``values`` without the properties whose sensitivity this viewer does not see."""
        return {name: value for name, value in values.items() if self.sees(sensitivity_of.get(name))}

    def filter(self, facts: Iterable[Any]) -> list[Any]:
        """Those of ``facts`` (anything with a ``sensitivity``) that may be shown."""
        return [fact for fact in facts if self.sees(fact.sensitivity)]


OWNER = Viewer(id="owner", name="Owner of this computer", role="owner")
