"""Which gift suits a person (C3.5): the catalogue ranked for a day and an occasion, each with verdict and reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from graphcrm.database.connection import Database
from graphcrm.domain.congratulations import Known, is_for
from graphcrm.domain.gift_ranking import Bar, RankedGift, Wanted, bars, is_fitting, rank_gifts, why_none
from graphcrm.domain.goodwill_rules import Receiver
from graphcrm.domain.money import Money
from graphcrm.domain.score import Reason
from graphcrm.domain.viewer import Viewer
from graphcrm.i18n import plural
from graphcrm.queries import gifts as queries
from graphcrm.queries.binder import Asked, asked
from graphcrm.queries.gifts import GiftOccasion
from graphcrm.queries.goodwill_plan import goodwill_wishes
from graphcrm.services._calendar import Calendar, client_calendar
from graphcrm.services._congratulations import wished
from graphcrm.services._goodwill import (
    Instead,
    for_viewer,
    gesture_of,
    gift_budget,
    offer_of,
    seen_circumstances,
    words_instead,
)
from graphcrm.services._goodwill_words import gift_occasion, known_words, open_interests
from graphcrm.services._greetings import observed
from graphcrm.services._sensitivity import date_sensitivity

__all__ = ["GiftChoice", "GiftOccasion", "RankedGift", "barred_words", "gift_choice", "is_fitting"]

AHEAD = timedelta(days=60)
"""Occasions of the calendar are offered up to so many days after the day of the gift."""
EXAMPLES = 3
"""So many gifts are named that a rule bars."""


@dataclass(frozen=True)
class GiftChoice:
    """The gifts of the catalogue for one person on one day, the best first.

    Attributes:
        occasions: the useful dates that are stored, then those of the calendar, whose ids (``derived``) the graph does
            not know.
        why_none: why no gift is fitting; nothing where one is. instead: what is correct then, nothing of it
            chosen.
        budget: against which the cost is rated. words: what is known of the person that a gift can fit.
    """

    receiver: Receiver
    ranked: tuple[RankedGift, ...]
    occasions: tuple[GiftOccasion, ...]
    derived: frozenset[str]
    words: Mapping[str, tuple[str, ...]]
    budget: Money
    why_none: tuple[Reason, ...]
    instead: tuple[Instead, ...]
    asked: tuple[Asked, ...]

    @property
    def correct(self) -> tuple[RankedGift, ...]:
        """The gifts that may be given."""
        return tuple(one for one in self.ranked if one.verdict.mark != "not_correct")

    @property
    def bars(self) -> tuple[Bar, ...]:
        """Where none is fitting: by what gifts are barred, what bars most of them first."""
        return bars(self.ranked) if self.why_none else ()

    @property
    def unfit(self) -> tuple[Reason, ...]:
        """Where none is fitting though some are correct: what these lack."""
        return self.why_none[:1] if self.correct else ()


def gift_choice(
    db: Database, viewer: Viewer, person_id: str, on: date, *, today: date, occasion_id: str | None = None
) -> GiftChoice:
    """Rank the catalogue for a person.

    Raises:
        NotFound: there is no such person, or the viewer may not know what is given to them.
    """
    around = seen_circumstances(db, viewer, person_id, today)
    calendar = _calendar(db, viewer, around.receiver, (min(on, today), max(on, today) + AHEAD), today)
    derived = _of_the_calendar(calendar, around.receiver)
    known = calendar.people.get(person_id, Known(person_id))
    occasions = (*_occasions(db, viewer, known, today), *derived)
    occasion = next((one for one in occasions if one.id == occasion_id), None)
    (wishes,) = goodwill_wishes(db, person_ids=[person_id], as_of=today)
    interests = open_interests(viewer, wishes)
    words = known_words(interests, occasion)
    offers = [offer_of(row) for row in queries.gift_offers(db)]
    judged = [(offer, for_viewer(viewer, around.judge(gesture_of(around, offer, on, occasion)))) for offer in offers]
    wanted = Wanted(person_id, on, today, words, gift_budget(around))
    ranked = rank_gifts(judged, wanted, around.given, around.rates)
    none = why_none(ranked, tuple(known_words(interests, None)))
    unwanted = wishes.no_congratulations
    return GiftChoice(
        receiver=around.receiver,
        ranked=ranked,
        why_none=none,
        instead=words_instead(viewer, around, on, occasion, unwanted=unwanted) if none else (),
        occasions=occasions,
        derived=frozenset(one.id for one in derived),
        words=words,
        budget=gift_budget(around),
        asked=(
            asked(queries.gift_offers),
            asked(goodwill_wishes, person_ids=[person_id], as_of=today),
            asked(queries.gift_occasions, person_id=person_id, as_of=today),
            *calendar.asked,
            *around.asked,
        ),
    )


def barred_words(bar: Bar) -> str:
    """How many gifts something bars, and which, the cheapest first."""
    few, left = ", ".join(bar.gifts[:EXAMPLES]), len(bar.gifts) - EXAMPLES
    more = f" {plural('and {n} more', 'and {n} more', left)}" if left > 0 else ""
    return f"{plural('{n} gift', '{n} gifts', len(bar.gifts))}: {few}{more}"


def _occasions(db: Database, viewer: Viewer, known: Known, today: date) -> tuple[GiftOccasion, ...]:
    """Their own dates, and those of their firm on which they are congratulated."""
    rows = queries.gift_occasions(db, person_id=known.id, as_of=today)
    return tuple(
        row for row in rows
        if is_for(observed(row.kind, row.name, person_id=known.id if row.of_person else None), known)
        and viewer.sees(date_sensitivity(row.kind, of_person=row.of_person))
    )  # fmt: skip


def _calendar(db: Database, viewer: Viewer, receiver: Receiver, span: tuple[date, date], today: date) -> Calendar:
    return client_calendar(db, viewer, span, as_of=today, clients=[one.id for one in receiver.employers])


def _of_the_calendar(calendar: Calendar, receiver: Receiver) -> tuple[GiftOccasion, ...]:
    """A birthday known from the birth date, days of hobbies and trades, public holidays; each once, by day."""
    found: dict[str, GiftOccasion] = {}
    for one in wished(calendar, [(firm.id, receiver.id) for firm in receiver.employers]):
        if one.person_id == receiver.id and one.entry.origin != "stored":
            found.setdefault(one.entry.id, gift_occasion(one.entry))
    return tuple(found.values())
