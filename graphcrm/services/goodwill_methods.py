"""Which methods of goodwill fit one person on one day, with reasons (C2.5): words before gifts, cheapest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from graphcrm.database.connection import Database
from graphcrm.domain.goodwill_rules import Gesture, Method, Receiver, Verdict
from graphcrm.domain.viewer import Viewer
from graphcrm.errors import InvalidInput
from graphcrm.i18n import language
from graphcrm.queries import gifts as queries
from graphcrm.queries.binder import Asked, asked
from graphcrm.queries.goodwill_plan import goodwill_wishes
from graphcrm.services._goodwill import for_viewer, seen_circumstances, words_instead
from graphcrm.services._rows import RowEdit, new_id, save_edits
from graphcrm.services._saving import Saved, require_writer
from graphcrm.services._sensitivity import date_sensitivity
from graphcrm.vocabulary import VOCABULARY

__all__ = ["GoodwillMethods", "JudgedMethod", "WordsPlan", "goodwill_methods", "plan_words"]


@dataclass(frozen=True, slots=True)
class WordsPlan:
    """Words that somebody wants to say or send.

    Attributes:
        method: code of a method that costs nothing to speak of.
        occasion_id: of a stored useful date. occasion_key: of an occasion of the calendar. occasion: its name.
    """

    person_id: str
    method: str
    on: date
    occasion_id: str | None = None
    occasion_key: str | None = None
    occasion: str | None = None


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
    around = seen_circumstances(db, viewer, person_id, today)
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


def plan_words(db: Database, viewer: Viewer, plan: WordsPlan, employee_id: str, *, key: str, today: date) -> Saved:
    """Plan a congratulation, a card or a condolence: it stands in the week of who is to do it.

    Args:
        employee_id: who of ours does it. key: names the user's action; the same again saves nothing twice.

    Raises:
        InvalidInput: it is not correct, or its day is past. NotFound: there is no such person.
        Forbidden, EditRefused, DatabaseError: as every save.
    """
    require_writer(viewer)
    around = seen_circumstances(db, viewer, plan.person_id, today)
    known = queries.gift_occasions(db, person_id=plan.person_id, as_of=today)
    stored = next((one for one in known if one.id == plan.occasion_id), None)
    # The kind of an occasion of the calendar weighs nothing with words; that there is one, does.
    occasion = stored or (
        queries.GiftOccasion(plan.occasion_key, "", "", "", True, True) if plan.occasion_key else None
    )
    (wishes,) = goodwill_wishes(db, person_ids=[plan.person_id], as_of=today)
    able = words_instead(viewer, around, plan.on, occasion, unwanted=wishes.no_congratulations)
    method = next((method for method, _verdict in able if method.code == plan.method), None)
    if method is None:
        raise InvalidInput("By the rules it is not correct.", mend="Look at the methods of goodwill, with the reasons.")
    if plan.on < today:
        raise InvalidInput("The day is past.", mend="Choose a day that is still ahead.")
    name = VOCABULARY.value_name("goodwill_method", method.code, language())
    told = stored.name if stored else plan.occasion
    cells = {
        "kind": method.kind,
        "status": "planned",
        "date": plan.on,
        "description": f"{name} ({told})" if told else name,
        "person_id": plan.person_id,
        "occasion_id": stored.id if stored else None,
        "occasion_key": plan.occasion_key,
        "employee_id": employee_id,
    }
    made = RowEdit("GoodwillAction", new_id("GoodwillAction", key), {name: one for name, one in cells.items() if one})
    return save_edits(db, viewer, [made], key=key, today=today)
