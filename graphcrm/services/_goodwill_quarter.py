"""The goodwill plan of a client for a quarter: what is read for it, and the plan itself. Shared; not a service."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from graphcrm.database.connection import Database
from graphcrm.domain.goodwill_plan import Figure, GoodwillPlan, Step, plan_quarter
from graphcrm.domain.money import Money, RateMissing, Rates
from graphcrm.domain.partial_date import PartialDate
from graphcrm.domain.power import KeyFigure, rank_key_figures
from graphcrm.domain.structure import PowerStructure
from graphcrm.domain.viewer import Viewer
from graphcrm.queries import gifts as gift_queries
from graphcrm.queries import goodwill_plan as queries
from graphcrm.queries.binder import Asked, asked
from graphcrm.queries.calendar import calendar_clients
from graphcrm.queries.goodwill_plan import GoodwillDone, GoodwillWishes
from graphcrm.services._calendar import CalendarEntry, client_calendar, workdays
from graphcrm.services._colleagues import our_people
from graphcrm.services._congratulations import Nearest, Wished, nearest_of_ours, wished
from graphcrm.services._coverage import pairs_asked, read_pairs
from graphcrm.services._goodwill import Circumstances, circumstances_of, offer_of, sees_gifts
from graphcrm.services._goodwill_gestures import Maker
from graphcrm.services._goodwill_words import open_interests
from graphcrm.services._structure import read_structure, structure_asked

QUARTER_DAYS = 91
MOST = 8
"""So many key figures are planned for, the most powerful first."""


@dataclass(frozen=True)
class QuarterPlan:
    """A plan, with what an edited step is judged by.

    Attributes:
        names: of those it is for. colleagues: id -> name of ours.
        used: what gifts of this quarter, given or planned before, cost of the budget. uncounted: how many of them have
            no price, or no rate into its currency.
        standing: what is planned, or was done, in this quarter already.
        busy: who of ours -> days on which they have a gesture planned.
        days_off: days of the quarter on which nobody works there.
    """

    client_id: str
    begin: date
    end: date
    budget: Money | None
    names: Mapping[str, str]
    colleagues: Mapping[str, str]
    plan: GoodwillPlan
    makers: Mapping[str, Maker]
    figures: Mapping[str, Figure]
    used: Money | None
    uncounted: int
    standing: tuple[GoodwillDone, ...]
    busy: Mapping[str, tuple[date, ...]]
    days_off: frozenset[date]
    asked: tuple[Asked, ...] = field(default=(), compare=False)

    @property
    def room(self) -> Money | None:
        """What is left of the budget before this plan."""
        if self.budget is None or self.used is None:
            return self.budget
        return Money(max(self.budget.amount - self.used.amount, Decimal(0)), self.budget.currency)

    def occasion_of(self, step: Step) -> CalendarEntry | None:
        """The occasion of a step, in the calendar."""
        maker = self.makers[step.gesture.person_id]
        return next((one for one in maker.occasions if one.id == step.gesture.occasion_key), None)


def read_quarter(db: Database, viewer: Viewer, client_id: str, *, budget: Money | None, as_of: date) -> QuarterPlan:
    """Read and plan the coming quarter; the number of queries does not depend on how many key figures there are."""
    begin, end = as_of, as_of + timedelta(days=QUARTER_DAYS)
    structure = read_structure(db, viewer, client_id, as_of)
    key = _key_figures(structure)
    ids = [one.person_id for one in key]
    people = circumstances_of(db, ids, as_of=as_of)
    key = [one for one in key if _seen(viewer, people.get(one.person_id))]
    wishes = {row.id: row for row in queries.goodwill_wishes(db, person_ids=ids, as_of=as_of)}
    calendar = client_calendar(db, viewer, (begin, end + timedelta(days=10)), as_of=as_of, clients=[client_id])
    pairs = read_pairs(db, viewer, [client_id], as_of)
    owners = _owners(client_id, key, nearest_of_ours(pairs))
    given = {"client_id": client_id, "since": begin - timedelta(days=QUARTER_DAYS), "until": end}
    within = {"since": begin, "until": end}
    done = queries.goodwill_done(db, **given)  # type: ignore[arg-type]
    ours = sorted({one for one in owners.values() if one})
    busy = _busy(queries.goodwill_busy(db, employee_ids=ours, **within))
    off = _days_off(db, client_id, begin, end)
    occasions = _occasions(wished(calendar, [(client_id, one.person_id) for one in key]), wishes, (begin, end))
    last = _last_days(structure)
    make = partial(_makes(db, client_id, begin, end), viewer, budget=budget, free=tuple(_free(begin, end, off)))
    makers = {one: _maker(partial(make, people[one], until=last.get(one, end)), wishes[one], occasions[one], done)
              for one in (figure.person_id for figure in key)}  # fmt: skip
    figures = {one.person_id: _figure(one, makers[one.person_id], done, begin, owners) for one in key}
    standing = tuple(row for row in done if row.on >= begin and row.person_id in figures)
    used, uncounted = _used(standing, budget, next((one.around.rates for one in makers.values()), Rates(())))
    room = Money(max(budget.amount - used.amount, Decimal(0)), budget.currency) if budget and used else None
    return QuarterPlan(
        client_id, begin, end, budget, {one.person_id: one.name for one in key},
        our_people(db, as_of),
        plan_quarter(list(figures.values()), room, busy), makers, figures, used, uncounted, standing, busy, off,
        asked=(
            *structure_asked(client_id, as_of), *_rules_asked(people), *calendar.asked,
            *pairs_asked([client_id], as_of), asked(queries.goodwill_wishes, person_ids=ids, as_of=as_of),
            asked(queries.goodwill_done, **given), asked(queries.goodwill_busy, employee_ids=ours, **within),
            asked(queries.goodwill_events, client_id=client_id, **within), asked(gift_queries.gift_offers),
        ),
    )  # fmt: skip


def _makes(db: Database, client_id: str, begin: date, end: date) -> Callable[..., Maker]:
    """A maker with what is the same for all: the catalogue of gifts and our events."""
    offers = tuple(offer_of(row) for row in gift_queries.gift_offers(db))
    events = tuple(queries.goodwill_events(db, client_id=client_id, since=begin, until=end))
    return partial(Maker, offers=offers, events=events, today=begin)


def _rules_asked(people: Mapping[str, Circumstances]) -> tuple[Asked, ...]:
    """The queries are the same for all."""
    return next((one.asked for one in people.values()), ())


def _seen(viewer: Viewer, around: Circumstances | None) -> bool:
    return around is not None and sees_gifts(viewer, of_relative=around.is_relative)


def _busy(rows: Iterable[queries.GoodwillBusy]) -> dict[str, tuple[date, ...]]:
    found: dict[str, tuple[date, ...]] = {}
    for row in rows:
        found[row.employee_id] = (*found.get(row.employee_id, ()), row.on)
    return found


def _maker(
    make: Callable[..., Maker], row: GoodwillWishes, occasions: Sequence[CalendarEntry], done: Iterable[GoodwillDone]
) -> Maker:
    maker = make(interests=(), occasions=tuple(occasions), unwanted=row.no_congratulations)
    consoled = any(one.kind == "condolence" and one.person_id == row.id for one in done)
    viewer = maker.viewer
    return replace(maker, interests=open_interests(viewer, row), mourns=viewer.sees("family") and not consoled)


def _key_figures(structure: PowerStructure) -> list[KeyFigure]:
    named = [one for one in rank_key_figures(structure) if one.is_key
             and structure.by_id[one.person_id].presence == "known"]  # fmt: skip
    return named[:MOST]


def _last_days(structure: PowerStructure) -> dict[str, date]:
    """The last day at the client of those of whom it is known: nobody gets anything after it."""
    return {one.id: PartialDate.parse(str(one.leaves_on)).latest() for one in structure.people if one.leaves_on}


def _owners(client_id: str, key: Sequence[KeyFigure], nearest: Nearest) -> dict[str, str]:
    """Who of ours does it: who is nearest to the person, else who is nearest to most people there; "": nobody."""
    there = Counter(pair.employee_id for (at, _person), pair in nearest.items() if at == client_id)
    most = max(there, key=lambda one: (there[one], one), default="")
    near = {person: pair.employee_id for (at, person), pair in nearest.items() if at == client_id}
    return {one.person_id: near.get(one.person_id, most) for one in key}


def _occasions(
    days: Iterable[Wished], wishes: Mapping[str, GoodwillWishes], span: tuple[date, date]
) -> dict[str, list[CalendarEntry]]:
    """The days on which each could be congratulated, from the first to the last of ``span``."""
    found: dict[str, list[CalendarEntry]] = defaultdict(list)
    for one in days:
        if one.person_id in wishes and span[0] <= one.entry.when.act_on < span[1]:
            found[one.person_id].append(one.entry)
    return found


def _days_off(db: Database, client_id: str, begin: date, end: date) -> frozenset[date]:
    rows = calendar_clients(db, client_ids=[client_id])
    works = workdays(rows[0]) if rows else lambda day: day.isoweekday() <= 5
    days = (begin + timedelta(days=number) for number in range((end - begin).days + 1))
    return frozenset(day for day in days if not works(day))


def _free(begin: date, end: date, off: frozenset[date]) -> Iterator[date]:
    """A working day of each week, from the middle of the week on: for what has no date of its own."""
    monday = begin - timedelta(days=begin.weekday())
    while monday < end:
        days = (monday + timedelta(days=place) for place in (2, 1, 3, 0, 4))
        day = next((one for one in days if begin < one < end and one not in off), None)
        if day is not None:
            yield day
        monday += timedelta(days=7)


def _figure(
    one: KeyFigure, maker: Maker, done: Iterable[GoodwillDone], begin: date, owners: Mapping[str, str]
) -> Figure:
    own = [row for row in done if row.person_id == one.person_id]
    stands = [row for row in own if row.on >= begin]
    return Figure(
        person_id=one.person_id,
        name=one.name,
        power=one.score.value or 0.0,
        gestures=maker.gestures(),
        last=max((row.on for row in own if row.on < begin), default=None),
        planned=tuple(row.on for row in stands),
        words_on=min((row.on for row in stands if row.kind in ("congratulation", "condolence")), default=None),
        has_more=any(row.kind in ("gift", "invitation") for row in stands),
        owner_id=owners[one.person_id],
        barred=maker.barred(),
        no_gift=maker.no_gift(),
        unwanted=maker.unwanted,
    )


def _used(standing: Iterable[GoodwillDone], budget: Money | None, rates: Rates) -> tuple[Money | None, int]:
    """(what the gifts that stand cost of the budget, how many of them could not be counted)."""
    if budget is None:
        return None, 0
    total, uncounted = Decimal(0), 0
    for row in {row.id: row for row in standing if row.kind == "gift" or row.cost}.values():
        cost = Money.of(row.cost, row.currency)
        try:
            total += rates.convert(cost, budget.currency, row.on).amount if cost else Decimal(0)
            uncounted += cost is None
        except RateMissing:
            uncounted += 1
    return Money(total, budget.currency), uncounted
