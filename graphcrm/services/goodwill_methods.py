"""Which methods of goodwill fit one person on one day, with reasons (C2.5): words before gifts, cheapest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from graphcrm.database.connection import Database
from graphcrm.domain.goodwill_rules import Gesture, Method, Receiver, Verdict
from graphcrm.domain.viewer import Viewer
from graphcrm.errors import NotFound
from graphcrm.queries import gifts as queries
from graphcrm.queries.binder import Asked, asked
from graphcrm.services._goodwill import circumstances, for_viewer, sees_gifts
from graphcrm.services._sensitivity import date_sensitivity

__all__ = ["GoodwillMethods", "JudgedMethod", "goodwill_methods"]


@dataclass(frozen=True, slots=True)
class JudgedMethod:
    """A method with its verdict."""

    method: Method
    verdict: Verdict


@dataclass(frozen=True)
class GoodwillMethods:
    """All methods, the fitting ones first. ``policies``: (name, where it comes from) of those that were looked at."""

    receiver: Receiver
    on: date
    methods: tuple[JudgedMethod, ...]
    policies: tuple[tuple[str, str], ...]
    asked: tuple[Asked, ...]


def goodwill_methods(
    db: Database, viewer: Viewer, person_id: str, on: date, *, today: date, occasion_id: str | None = None
) -> GoodwillMethods:
    """Judge every method of the catalogue for a person.

    Raises:
        NotFound: there is no such person, or the viewer may not know what is done for them.
    """
    around = circumstances(db, person_id, as_of=today)
    if not sees_gifts(viewer, of_relative=around.is_relative):
        raise NotFound("There is no such person.", mend="Look for them in the list of the client's people.")
    occasions = queries.gift_occasions(db, person_id=person_id, as_of=today)
    occasion = next((one for one in occasions if one.id == occasion_id
                     and viewer.sees(date_sensitivity(one.kind, of_person=one.of_person))), None)  # fmt: skip
    given = (occasion.id, occasion.kind) if occasion else (None, None)
    judged = [
        JudgedMethod(method, for_viewer(viewer, around.judge(
            Gesture(code, on, occasion_id=given[0], occasion_kind=given[1]))))
        for code, method in around.book.methods.items()
    ]  # fmt: skip
    order = ("fitting", "possible", "not_correct")
    return GoodwillMethods(
        receiver=around.receiver,
        on=on,
        methods=tuple(sorted(judged, key=lambda one: order.index(one.verdict.mark))),
        policies=tuple((one.name, one.origin) for one in around.policies),
        asked=(*around.asked, asked(queries.gift_occasions, person_id=person_id, as_of=today)),
    )
