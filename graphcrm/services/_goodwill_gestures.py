"""What could be done for one key figure in a quarter, judged by the rules: words, invitations, gifts. Shared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from graphcrm.domain.gift_ranking import GiftOffer, RankedGift, Wanted, rank_gifts, why_none
from graphcrm.domain.goodwill_plan import WORDS, Gesture
from graphcrm.domain.goodwill_rules import Gesture as Judged
from graphcrm.domain.money import Money, RateMissing
from graphcrm.domain.score import Reason
from graphcrm.domain.viewer import Viewer
from graphcrm.queries.goodwill_plan import GoodwillEvent
from graphcrm.services._calendar import CalendarEntry
from graphcrm.services._goodwill import Circumstances, event_method, for_viewer, gesture_of, gift_budget
from graphcrm.services._goodwill_words import gift_occasion, known_words

ANSWER_DAYS = 14
"""An invitation goes out so many days before the event at least, where there is still time."""
AT_OCCASION = ("words", "card")
WITHOUT = ("condolence", "useful")
"""Nobody is congratulated on nothing: without an occasion there is something useful, and condolence."""


@dataclass(frozen=True)
class Maker:
    """Makes and judges gestures for one person.

    Attributes:
        around: what rules look at.
        interests: (English, Russian) names. until: nothing after this day.
        occasions: days of theirs, their firm, trade and country. free: a working day of each week.
        unwanted: asked not to be congratulated. mourns: the viewer may know whether they mourn.
    """

    viewer: Viewer
    around: Circumstances
    budget: Money | None
    interests: tuple[tuple[str, str | None], ...]
    offers: tuple[GiftOffer, ...]
    events: tuple[GoodwillEvent, ...]
    occasions: tuple[CalendarEntry, ...]
    free: tuple[date, ...]
    today: date
    until: date
    unwanted: bool = False
    mourns: bool = True

    @property
    def person_id(self) -> str:
        """Whom it is for."""
        return self.around.receiver.id

    def gestures(self) -> tuple[Gesture, ...]:
        """All that is correct: words on the occasions, invitations, and gifts where there is a budget."""
        found: list[Gesture] = []
        days: list[tuple[date, CalendarEntry | None]] = [(one.when.act_on, one) for one in self._wished()]
        days += [(day, None) for day in self.free]
        liked = self._of_interest() if self.free else ()
        for on, entry in days:
            for method in AT_OCCASION if entry else WITHOUT:
                found += self._words(method, on, entry)
            found += self._gifts(on, entry, self.offers if entry else liked)
        for event in self.events:
            last = event.on - timedelta(days=ANSWER_DAYS)
            early = [day for day in self.free if day <= last] or [day for day in self.free[:1] if day < event.on]
            found += (one for day in early for one in self._invitation(event, day))
        return tuple(one for one in found if one.on <= self.until and one.mark != "not_correct")

    def choices(self, on: date, entry: CalendarEntry | None) -> tuple[Gesture, ...]:
        """What there is to choose from on one day, correct or not: words, invitations, gifts, the best at the head."""
        words = [one for method in WORDS if method != "condolence" or self.mourns
                 for one in self._words(method, on, entry)]  # fmt: skip
        invitations = [one for event in self.events for one in self._invitation(event, on)]
        gifts = sorted(self._gifts(on, entry, self.offers, late=True),
                       key=lambda one: (one.mark == "not_correct", -one.score))  # fmt: skip
        return (*words, *invitations, *gifts)

    def chosen(self, choice: str, on: date, entry: CalendarEntry | None) -> Gesture | None:
        """One gesture on one day, judged anew; None when it is not there any more."""
        return next((one for one in self.choices(on, entry) if one.choice == choice), None)

    def barred(self) -> tuple[Reason, ...]:
        """Why not even something useful may be sent."""
        day = self.free[0] if self.free else self.today
        return next((one.verdict.of("never") for one in self._words("useful", day, None) if one.verdict), ())

    def no_gift(self) -> tuple[Reason, ...]:
        """Why no gift is fitting, on the first occasion, else on a day without one; nothing where one is."""
        entry = next(iter(self._wished()), None)
        ranked = self._ranked(entry.when.act_on if entry else self.today, entry, self.offers)
        return why_none(ranked, tuple(known_words(self.interests, None)))

    def _of_interest(self) -> tuple[GiftOffer, ...]:
        """The gifts that fit an interest: others are no attention out of the blue."""
        fits = {one.item_id for one in self._gifts(self.today, None, self.offers, late=True) if one.fits}
        return tuple(one for one in self.offers if one.id in fits)

    def _wished(self) -> Sequence[CalendarEntry]:
        return () if self.unwanted else self.occasions

    def _words(self, method: str, on: date, entry: CalendarEntry | None) -> Iterator[Gesture]:
        if method == "condolence" and not (self.mourns and self.around.receiver.mourning_until):
            return  # to the family of somebody who died it is said on the page of congratulations
        occasion = gift_occasion(entry) if entry else None
        judged = Judged(method, on, occasion_id=occasion.id if occasion else None,
                        occasion_kind=occasion.kind if occasion else None)  # fmt: skip
        verdict = for_viewer(self.viewer, self.around.judge(judged))
        kind = self.around.book.methods[method].kind
        made = Gesture(self.person_id, on, kind, method, mark=verdict.mark, verdict=verdict)
        yield replace(_on_occasion(made, entry), own=method == "condolence" or bool(entry and entry.person_id))

    def _gifts(
        self, on: date, entry: CalendarEntry | None, offers: Sequence[GiftOffer], *, late: bool = False
    ) -> Iterator[Gesture]:
        """With ``late`` those, too, for which there is no time any more."""
        costs = {offer.id: cost for offer in offers if (cost := self._cost(offer, on)) is not None}
        for one in self._ranked(on, entry, [offer for offer in offers if offer.id in costs]):
            codes = {part.code: part for part in one.score.reasons}
            if "rank_lead_short" in codes and not late:
                continue
            offer, fit = one.offer, codes.get("rank_fit")
            made = Gesture(
                self.person_id, on, "gift", self.around.book.method_of(offer.kind).code, costs[offer.id],
                one.verdict.mark, item_id=offer.id, item=offer.name, fits=tuple(fit.params["fits"]) if fit else (),
                score=one.score.value or 0.0, given="rank_given" in codes, verdict=one.verdict,
            )  # fmt: skip
            yield _on_occasion(made, entry)

    def _ranked(self, on: date, entry: CalendarEntry | None, offers: Sequence[GiftOffer]) -> tuple[RankedGift, ...]:
        if not offers:
            return ()
        occasion = gift_occasion(entry) if entry else None
        judged = [(offer, for_viewer(self.viewer, self.around.judge(gesture_of(self.around, offer, on, occasion))))
                  for offer in offers]  # fmt: skip
        words = known_words(self.interests, occasion)
        wanted = Wanted(self.person_id, on, self.today, words, gift_budget(self.around))
        return rank_gifts(judged, wanted, self.around.given, self.around.rates)

    def _cost(self, offer: GiftOffer, on: date) -> Decimal | None:
        """The price in the budget's currency; None where price or rate is not known: nothing is taken for free."""
        if offer.price is None or self.budget is None:
            return None
        figures = self.around.book.figures
        if offer.price.currency == figures["currency"] and offer.price.amount <= figures["token"]:
            return None  # what costs next to nothing is words, not a gift
        try:
            return self.around.rates.convert(offer.price, self.budget.currency, on).amount
        except RateMissing:
            return None

    def _invitation(self, event: GoodwillEvent, on: date) -> Iterator[Gesture]:
        """Judged for the day of the event."""
        full = event.seats is not None and event.held >= event.seats
        if self.person_id in event.guest_ids or full or event.on > self.until:
            return
        method = event_method(event.kind)
        judged = Judged(method, event.on, Money.of(event.cost, event.currency))
        verdict = for_viewer(self.viewer, self.around.judge(judged))
        yield Gesture(
            self.person_id, on, "invitation", method, mark=verdict.mark, item_id=event.id, item=event.name,
            event_on=event.on, verdict=verdict,
        )  # fmt: skip


def _on_occasion(made: Gesture, entry: CalendarEntry | None) -> Gesture:
    if entry is None:
        return made
    return replace(made, occasion_id=entry.date_id or "", occasion=entry.occasion, occasion_key=entry.id,
                   occasion_on=entry.when.on, own=entry.person_id is not None)  # fmt: skip
