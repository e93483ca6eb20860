"""The goodwill plan of a client for a quarter, its saving, and what happened after the gestures of the last (C3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from graphcrm.database.connection import Database
from graphcrm.domain.gift_ranking import GiftOffer
from graphcrm.domain.goodwill_plan import After, Figure, Gesture, GoodwillPlan, Outcome, outcome, plan_quarter, spread
from graphcrm.domain.goodwill_rules import Gesture as Judged
from graphcrm.domain.goodwill_rules import Verdict
from graphcrm.domain.money import Money, RateMissing
from graphcrm.domain.partial_date import PartialDate
from graphcrm.domain.power import KeyFigure, rank_key_figures
from graphcrm.domain.structure import PowerStructure
from graphcrm.domain.viewer import Viewer
from graphcrm.errors import InvalidInput
from graphcrm.queries import gifts as gift_queries
from graphcrm.queries import goodwill_plan as queries
from graphcrm.queries.binder import Asked, asked
from graphcrm.services._coverage import read_pairs
from graphcrm.services._dates import next_occurrence
from graphcrm.services._goodwill import Circumstances, circumstances, for_viewer, gesture_of, offer_of, sees_gifts
from graphcrm.services._rows import RowEdit, new_id, save_edits
from graphcrm.services._saving import Saved
from graphcrm.services._sensitivity import date_sensitivity
from graphcrm.services._structure import known_client, read_structure, structure_asked

QUARTER_DAYS = 91
MOST = 8
"""So many key figures are planned for, the most powerful first."""
WORDS = ("words", "card", "useful")
"""Methods that cost nothing to speak of."""


@dataclass(frozen=True, slots=True)
class QuarterPlan:
    """A plan with the names of those it is for, and the prices of the gifts as the catalogue has them."""

    client_id: str
    begin: date
    end: date
    budget: Money | None
    names: Mapping[str, str]
    plan: GoodwillPlan
    prices: Mapping[str, Money]
    asked: tuple[Asked, ...]

    @property
    def words(self) -> tuple[Gesture, ...]:
        """The gestures that are no gifts."""
        return tuple(one for one in self.plan.gestures if one.kind != "gift")


def goodwill_plan(db: Database, viewer: Viewer, client_id: str, *, budget: Money | None, as_of: date) -> QuarterPlan:
    """Plan the coming quarter for the key figures of a client.

    Raises:
        NotFound: there is no such client. InvalidInput: a budget below zero.
    """
    known_client(db, client_id)
    if budget is not None and budget.amount < 0:
        raise InvalidInput("The budget cannot be less than zero.", mend="Correct it.")
    begin, end = as_of, as_of + timedelta(days=QUARTER_DAYS)
    structure = read_structure(db, viewer, client_id, as_of)
    key = _key_figures(structure)
    given = {"client_id": client_id, "since": begin - timedelta(days=QUARTER_DAYS), "until": end}
    done = queries.goodwill_done(db, **given)
    offers = [offer_of(row) for row in gift_queries.gift_offers(db)]
    days = spread(begin, end, 2 * len(key))
    last = _last_days(structure)
    figures = []
    for place, figure in enumerate(key):
        around = circumstances(db, figure.person_id, as_of=as_of)
        if not sees_gifts(viewer, of_relative=around.is_relative):
            continue
        maker = _Maker(viewer, around, budget, (days[place], days[place + len(key)]), last.get(figure.person_id, end))
        own = [row.on for row in done if row.person_id == figure.person_id]
        occasions = list(_occasions(db, viewer, figure.person_id, begin, end))
        figures.append(
            Figure(
                figure.person_id, figure.name, figure.score.value or 0.0, tuple(maker.gestures(occasions, offers)),
                max((day for day in own if day < begin), default=None), tuple(day for day in own if day >= begin),
            )
        )  # fmt: skip
    return QuarterPlan(
        client_id, begin, end, budget,
        {one.person_id: one.name for one in figures},
        plan_quarter(figures, budget.amount if budget else None),
        {one.id: one.price for one in offers if one.price},
        (*structure_asked(client_id, as_of), asked(queries.goodwill_done, **given)),
    )  # fmt: skip


def _last_days(structure: PowerStructure) -> dict[str, date]:
    """The last day at the client of those of whom it is known: nobody gets anything after it."""
    found = {}
    for one in structure.people:
        if one.leaves_on:
            found[one.id] = PartialDate.parse(str(one.leaves_on)).latest()
    return found


def _key_figures(structure: PowerStructure) -> list[KeyFigure]:
    named = [one for one in rank_key_figures(structure) if one.is_key
             and structure.by_id[one.person_id].presence == "known"]  # fmt: skip
    return named[:MOST]


Occasion = tuple[date, gift_queries.GiftOccasion]


def _occasions(db: Database, viewer: Viewer, person_id: str, begin: date, end: date) -> Iterator[Occasion]:
    """The dates of a person and of their firm that the viewer may know of and that fall into the quarter."""
    for row in gift_queries.gift_occasions(db, person_id=person_id, as_of=begin):
        # The end of a contract is a date to know, not one to congratulate on.
        if row.kind != "contract" and viewer.sees(date_sensitivity(row.kind, of_person=row.of_person)):
            on = next_occurrence(row.on, begin, recurs=row.recurs)
            if on is not None and on <= end:
                yield on, row


@dataclass(frozen=True)
class _Maker:
    """Makes the gestures for one person that the rules do not bar, up to ``until``. ``free``: days without occasion."""

    viewer: Viewer
    around: Circumstances
    budget: Money | None
    free: tuple[date, date]
    until: date

    def gestures(self, occasions: Sequence[Occasion], offers: Sequence[GiftOffer]) -> Iterator[Gesture]:
        """Words at each occasion and without one; gifts of the catalogue likewise, where there is a budget."""
        days: list[tuple[date, gift_queries.GiftOccasion | None]] = [*occasions, *((day, None) for day in self.free)]
        for on, occasion in days:
            if on > self.until:
                continue
            for method in WORDS:
                asked_for = Judged(
                    method, on, occasion_id=occasion.id if occasion else None,
                    occasion_kind=occasion.kind if occasion else None,
                )  # fmt: skip
                yield from self._made(asked_for, Decimal(0), occasion, None)
            for offer in offers if self.budget else ():
                cost = self._cost(offer, on)
                if cost is not None:
                    yield from self._made(gesture_of(self.around, offer, on, occasion), cost, occasion, offer)

    def _cost(self, offer: GiftOffer, on: date) -> Decimal | None:
        """The price in the budget's currency; None where price or rate is not known: nothing is taken for free."""
        if offer.price is None or self.budget is None:
            return None
        try:
            return self.around.rates.convert(offer.price, self.budget.currency, on).amount
        except RateMissing:
            return None

    def _made(
        self, judged: Judged, cost: Decimal, occasion: gift_queries.GiftOccasion | None, offer: GiftOffer | None
    ) -> Iterator[Gesture]:
        verdict: Verdict = for_viewer(self.viewer, self.around.judge(judged))
        if verdict.mark == "not_correct" or (offer and cost <= self.around.book.figures["token"]):
            return  # what costs next to nothing is words, not a gift
        method = self.around.book.methods[judged.method]
        yield Gesture(
            self.around.receiver.id, judged.on, method.kind, judged.method, cost, verdict.mark, verdict.approvals,
            occasion.id if occasion else "", occasion.name if occasion else "",
            offer.id if offer else "", offer.name if offer else "",
        )  # fmt: skip


def save_plan(db: Database, viewer: Viewer, found: QuarterPlan, *, key: str, today: date) -> Saved:
    """Write down the words, all in one save. Gifts are planned one by one by their own services, which register them.

    Raises:
        InvalidInput: there is nothing to save. Forbidden, EditRefused, DatabaseError: as every save.
    """
    if not found.words:
        raise InvalidInput("There is nothing to plan.", mend="Look at who is left out, and why.")
    edits = []
    for place, one in enumerate(found.words):
        cells = {
            "kind": one.kind,
            "status": "planned",
            "date": one.on,
            "description": one.occasion,
            "person_id": one.person_id,
            "occasion_id": one.occasion_id,
        }
        made = {name: value for name, value in cells.items() if value}
        edits.append(RowEdit("GoodwillAction", new_id("GoodwillAction", key, place), made))
    return save_edits(db, viewer, edits, key=key, today=today)


def goodwill_outcome(db: Database, viewer: Viewer, client_id: str, *, as_of: date) -> tuple[Outcome, tuple[Asked, ...]]:
    """Attitude and strongest relation of everybody at a client a quarter ago and now, beside the gestures between.

    Raises:
        NotFound: there is no such client.
    """
    known_client(db, client_id)
    since = as_of - timedelta(days=QUARTER_DAYS)
    before, now = (read_structure(db, viewer, client_id, day).by_id for day in (since, as_of))
    strong = [_strength(db, viewer, client_id, day) for day in (since, as_of)]
    given = {"client_id": client_id, "since": since, "until": as_of}
    count = Counter(row.person_id for row in queries.goodwill_done(db, **given) if row.done)
    people = [
        After(one, person.name, count[one], before[one].support if one in before else "unknown", person.support,
              strong[0].get(one), strong[1].get(one))
        for one, person in now.items()
        if not person.is_vacant
    ]  # fmt: skip
    return outcome(people), (*structure_asked(client_id, since), asked(queries.goodwill_done, **given))


def _strength(db: Database, viewer: Viewer, client_id: str, day: date) -> dict[str, float]:
    best: dict[str, float] = {}
    for pair in read_pairs(db, viewer, [client_id], day):
        if pair.points is not None:
            best[pair.person_id] = max(best.get(pair.person_id, 0.0), pair.points)
    return best
