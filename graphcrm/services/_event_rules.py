"""What the rules of goodwill say of an invitation, for everybody who could be invited, in a handful of queries. Shared.

The same rules, policies, sums over household and employer, and rates as for gifts: both count in the same sums.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from graphcrm.database.connection import Database
from graphcrm.domain.goodwill_rules import Gesture, Verdict
from graphcrm.domain.money import Money
from graphcrm.domain.viewer import Viewer
from graphcrm.queries.events import EventFacts
from graphcrm.services._goodwill import Circumstances, circumstances_of, event_method, for_viewer


@dataclass(frozen=True)
class EventRules:
    """All that rules look at for the guests of one event. ``ties``: person's id -> id of the invitation there is."""

    facts: EventFacts
    around: Mapping[str, Circumstances]
    ties: Mapping[str, str]

    def gesture(self, person_id: str) -> Gesture:
        """The invitation as rules see it; one that is there already is not counted twice."""
        return invitation_gesture(self.facts, self.ties.get(person_id, ""))

    def verdict(self, viewer: Viewer, person_id: str) -> Verdict:
        """The verdict on inviting somebody, without what tells of a family that the viewer may not know of."""
        return for_viewer(viewer, self.around[person_id].judge(self.gesture(person_id)))


def invitation_gesture(facts: EventFacts, tie_id: str) -> Gesture:
    """An invitation to an event, as rules see it."""
    value = Money.of(facts.cost_per_guest, facts.currency)
    return Gesture(event_method(facts.kind), facts.on or date.max, value, id=tie_id)


def read_rules(
    db: Database, facts: EventFacts, person_ids: Iterable[str], ties: Mapping[str, str], as_of: date
) -> EventRules:
    """Read what rules look at for some people; also what the viewer may not see: limits hold all the same."""
    return EventRules(facts, circumstances_of(db, person_ids, as_of=as_of), ties)
