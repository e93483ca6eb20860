"""Whom to congratulate in the next days, on what, by whom of ours, by which channel, in which words (C3.1-C3.4).

Shared by the services of congratulations and of the week; not a service itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from typing import Any, Literal

from graphcrm.database.connection import Database
from graphcrm.domain.congratulations import (
    Draft,
    Known,
    Recipient,
    Sent,
    channel_of,
    counts_as_sent,
    is_for,
    refusal,
    tone_of,
)
from graphcrm.domain.coverage import Pair
from graphcrm.domain.goodwill_rules import Gesture, Receiver, RuleBook, judge
from graphcrm.domain.local_time import our_time
from graphcrm.domain.viewer import Viewer
from graphcrm.i18n import translate as _
from graphcrm.queries import congratulations as queries
from graphcrm.queries.binder import Asked, asked
from graphcrm.queries.calendar import calendar_clients
from graphcrm.services._calendar import Calendar, CalendarEntry, client_calendar
from graphcrm.services._clientele import Clients
from graphcrm.services._coverage import pairs_asked, read_pairs
from graphcrm.services._goodwill import rule_book
from graphcrm.services._greetings import Letter, Sender, greeting_of, language_of, observed, on_the_card, write_drafts
from graphcrm.services._sensitivity import tie_visible
from graphcrm.services._time_zones import zone_of

BACK_DAYS = 7
"""A congratulation whose day is past is still shown, as missed, for so long."""
LEAD_DAYS = 60
"""Dates so far ahead are looked at for those that ask for preparation."""
SAME_HOLIDAY_DAYS = 10
"""A holiday of several days (New Year, Eid) is one occasion."""
COUNTED = frozenset({"foundation", "work_anniversary", "contract", "project"})
OURS = ""
State = Literal["due", "sent", "missed", "refused"]


@dataclass(frozen=True, slots=True)
class CongratulationLine:
    """One person and one occasion.

    Attributes:
        id: stable from run to run. greeting: key of the texts; "condolence" for somebody who died.
        state: ``refused`` has its sentence in ``why_not``, with its fields in ``why_params``.
        employee_id: who of ours is nearest to the person; None when nobody covers them. level: of that relation.
        why_channel: sentence why ``channel``. language: of the drafts.
        drafts: the freshest first; none for who must not be congratulated.
        sent: the record of what was sent, or planned (then ``state`` is not ``sent``).
        hour: our time when it is ten o'clock where they are; None when it is the same, or not known.
    """

    id: str
    entry: CalendarEntry
    greeting: str
    person: Recipient
    client_id: str
    client_name: str
    state: State
    why_not: str | None
    employee_id: str | None
    employee_name: str | None
    level: str | None
    channel: str
    why_channel: str
    language: str
    drafts: tuple[Draft, ...]
    sent: Sent | None
    hour: time | None = None
    why_params: Mapping[str, Any] = field(default_factory=dict, hash=False)

    @property
    def in_own_language(self) -> bool:
        """Whether the drafts are in the person's own language; True when that is not known."""
        return self.person.language in (None, self.language)

    @property
    def occasion(self) -> str:
        """Its name in the language in use; a number for an anniversary, but never for a birthday: that is an age."""
        if self.greeting == "condolence":
            return _("Condolences")
        entry, name = self.entry, self.entry.occasion
        return f"{name} ({entry.when.years})" if entry.when.years and entry.kind in COUNTED else name

    @property
    def card_name(self) -> str | None:
        """The name for the envelope or card, where one is to be written."""
        return on_the_card(self.person) if self.channel == "letter" else None

    @property
    def is_open(self) -> bool:
        """Whether it waits to be sent: a late one too, and condolences."""
        return self.state in ("due", "missed") or (self.greeting == "condolence" and self.state == "refused")

    @property
    def date_id(self) -> str | None:
        """The useful date that it is for, if it is stored."""
        return self.entry.date_id


@dataclass(frozen=True, slots=True)
class Congratulations:
    """The lines by the day to act on, who of ours has any, and the queries.

    Attributes:
        clients: id -> name of those looked at, by name.
        total: how many clients there are in the graph; ``more``: whether others come after those of this page.
    """

    lines: tuple[CongratulationLine, ...]
    employees: Mapping[str, str]
    clients: Mapping[str, str]
    asked: tuple[Asked, ...]
    total: int
    more: bool = False

    @property
    def date_ids(self) -> frozenset[str]:
        """The stored dates that these are for."""
        return frozenset(line.date_id for line in self.lines if line.date_id)

    @property
    def action_ids(self) -> frozenset[str]:
        """The goodwill actions, planned or sent, that these are."""
        return frozenset(line.sent.id for line in self.lines if line.sent)


@dataclass(frozen=True, slots=True)
class Wished:
    """An occasion on which somebody could be congratulated. ``greeting``: key of the texts."""

    entry: CalendarEntry
    greeting: str
    client_id: str
    person_id: str


def read_congratulations(
    db: Database, viewer: Viewer, *, as_of: date, days: int = 7, employee_id: str | None = None, clients: Clients = None
) -> Congratulations:
    """Whom to congratulate in the coming ``days``, whom in the last week was not, and what wants preparation now.

    Args:
        employee_id: only those whom this one of ours is nearest to; None means all.
        clients: at which clients; of a large clientele never at all of them.
    """
    span = (as_of - timedelta(days=BACK_DAYS + SAME_HOLIDAY_DAYS), as_of + timedelta(days=days + LEAD_DAYS))
    calendar = client_calendar(db, viewer, span, as_of=as_of, clients=clients)
    pairs = read_pairs(db, viewer, list(calendar.clients), as_of)
    nearest = nearest_of_ours(pairs)
    wanted = [one for one in wished(calendar, nearest) if _in_time(one.entry, as_of, days)]
    ids = sorted({one.person_id for one in wanted})
    ours = sorted({pair.employee_id for pair in nearest.values()})
    rows = {row.id: row for row in queries.congratulation_people(db, person_ids=[*ids, *ours], as_of=as_of)}
    history: dict[str, list[Sent]] = defaultdict(list)
    for row in queries.congratulations_sent(db, person_ids=ids):
        history[row.person_id].append(sent_of(row))
    made = _Maker(viewer, as_of, calendar, nearest, rows, history, _zones(db, calendar), rule_book())
    lines = [made.line(one) for one in wanted if one.person_id in rows]
    kept = [line for line in lines if employee_id in (None, line.employee_id)]
    names = {line.employee_id: line.employee_name or "" for line in lines if line.employee_id}
    return Congratulations(
        lines=tuple(sorted(kept, key=lambda line: (line.entry.when.act_on, line.person.name, line.id))),
        employees=dict(sorted(names.items(), key=lambda pair: pair[1])),
        clients=calendar.clients,
        total=calendar.total,
        more=calendar.more,
        asked=(
            *calendar.asked,
            *pairs_asked(list(calendar.clients), as_of),
            asked(queries.congratulation_people, person_ids=ids, as_of=as_of),
            asked(queries.congratulations_sent, person_ids=ids),
        ),
    )


Nearest = Mapping[tuple[str, str], Pair]
"""(client, person) -> the strongest relation of one of ours with them."""


def nearest_of_ours(pairs: Iterable[Pair]) -> Nearest:
    """Who of ours is nearest to each person."""
    best: dict[tuple[str, str], Pair] = {}
    for pair in pairs:
        key = (pair.client_id, pair.person_id)
        if pair.in_touch and (key not in best or (pair.points or 0.0) > (best[key].points or 0.0)):
            best[key] = pair
    return best


def wished(calendar: Calendar, people: Iterable[tuple[str, str]]) -> Iterator[Wished]:
    """Each occasion with each person it is for: a date of a firm, a trade or a country with all of ``people`` there.

    Args:
        people: ids of client and person.
    """
    there: dict[str, list[str]] = defaultdict(list)
    for client_id, person_id in people:
        there[client_id].append(person_id)
    begun: dict[tuple[str, str], date] = {}
    told: set[tuple[str, str]] = set()
    for entry in sorted(calendar.entries, key=lambda one: one.when.on):
        greeting = greeting_of(entry)
        if greeting is None or not entry.when.exact:
            continue
        day = observed(entry.kind, entry.key or entry.name, country=entry.country, person_id=entry.person_id)
        for client_id in entry.clients:
            if entry.kind == "public_holiday":
                first = begun.setdefault((client_id, greeting), entry.when.on)
                if first != entry.when.on and (entry.when.on - first).days <= SAME_HOLIDAY_DAYS:
                    continue
                begun[client_id, greeting] = entry.when.on
            for person_id in [entry.person_id] if entry.person_id else there[client_id]:
                if not is_for(day, calendar.people.get(person_id, Known(person_id))):
                    continue
                if (entry.id, person_id) not in told:  # somebody who works at two clients has one birthday
                    told.add((entry.id, person_id))
                    yield Wished(entry, greeting, client_id, person_id)


def _in_time(entry: CalendarEntry, as_of: date, days: int) -> bool:
    until = as_of + timedelta(days=days)
    if entry.when.act_on < as_of:
        return entry.when.act_on >= as_of - timedelta(days=BACK_DAYS)
    return entry.when.act_on < until or entry.when.prepare_from <= as_of


def _zones(db: Database, calendar: Calendar) -> dict[str, str | None]:
    """Client -> its time zone; ours under :data:`OURS`."""
    own = queries.congratulation_place(db)
    clients = calendar_clients(db, client_ids=list(calendar.clients))
    zones = {one.id: zone_of(one.time_zone, one.city, one.country) for one in clients}
    return zones | {OURS: zone_of(own.time_zone, None, own.country) if own else None}


@dataclass(frozen=True, slots=True)
class _Maker:
    viewer: Viewer
    as_of: date
    calendar: Calendar
    nearest: Nearest
    rows: Mapping[str, queries.CongratulationPerson]
    history: Mapping[str, list[Sent]]
    zones: Mapping[str, str | None]
    book: RuleBook

    def line(self, one: Wished) -> CongratulationLine:
        row = self.rows[one.person_id]
        person, pair = recipient_of(row, self.viewer), self.nearest.get((one.client_id, one.person_id))
        history = self.history.get(one.person_id, [])
        why_not, params = self._against(row, one.entry)
        greeting = "condolence" if why_not == "congratulate_deceased" else one.greeting
        sent = record_for(history, greeting, one.entry)
        tone = tone_of(pair.level_now if pair else None)
        channel, why_channel = channel_of(person, tone)
        letter = Letter(greeting, one.entry, self.calendar.clients[one.client_id], tone, self._sender(pair),
                        self._spouse(row))  # fmt: skip
        wanted = why_not is None or greeting == "condolence"
        return CongratulationLine(
            id=f"{one.entry.id}/{person.id}",
            entry=one.entry,
            greeting=greeting,
            person=person,
            client_id=one.client_id,
            client_name=self.calendar.clients[one.client_id],
            state=self._state(one.entry, why_not, sent),
            why_not=_told(why_not, self.viewer),
            why_params=params,
            employee_id=pair.employee_id if pair else None,
            employee_name=pair.employee_name if pair else None,
            level=pair.level_now if pair else None,
            channel=channel,
            why_channel=why_channel,
            language=language_of(person, greeting),
            drafts=tuple(write_drafts(person, letter, history)) if wanted else (),
            sent=sent,
            hour=our_time(one.entry.when.act_on, self.zones.get(one.client_id), self.zones[OURS]),
        )

    def _against(self, row: queries.CongratulationPerson, entry: CalendarEntry) -> tuple[str | None, dict[str, Any]]:
        """Why not, and its fields: what the person is and wishes; then what the rules of goodwill bar even in words."""
        why_not = refusal(recipient_of(row), entry.when.act_on)
        if why_not is not None:
            return why_not, {}
        receiver = Receiver(row.id, row.name, status=row.status or "active", mourning_until=row.mourning_until,
                            named=row.presence == "known")  # fmt: skip
        gesture = Gesture("words", entry.when.act_on, occasion_kind=entry.kind)
        barred = judge(gesture, receiver, self.book).of("never")
        return (barred[0].code, dict(barred[0].params)) if barred else (None, {})

    def _state(self, entry: CalendarEntry, why_not: str | None, sent: Sent | None) -> State:
        if sent is not None and sent.done:
            return "sent"
        if why_not is not None:
            return "refused"
        return "missed" if entry.when.act_on < self.as_of else "due"

    def _sender(self, pair: Pair | None) -> Sender:
        own = self.rows.get(pair.employee_id) if pair else None
        return Sender(own.name, own.gender) if own else Sender()

    def _spouse(self, row: queries.CongratulationPerson) -> Mapping[str, Any] | None:
        seen = [one for one in row.spouses if tie_visible(self.viewer, "SPOUSE_OF", one["sensitivity"])]
        return seen[0] if len(seen) == 1 else None


def _told(why_not: str | None, viewer: Viewer) -> str | None:
    """Why not, for a viewer: to have asked not to be congratulated is personal, to mourn is a fact of the family."""
    needed = {"congratulate_unwanted": "personal", "congratulate_mourning": "family"}.get(why_not or "")
    return why_not if viewer.sees(needed) else "congratulate_not_now"


def record_for(history: Iterable[Sent], greeting: str, entry: CalendarEntry) -> Sent | None:
    """What was recorded for an occasion, what was sent before what is planned; condolences are said once."""
    if greeting == "condolence":
        found = [one for one in history if one.kind == "condolence"]
    else:
        found = [one for one in history if one.kind == "congratulation" and one.status not in ("refused", "cancelled")
                 and counts_as_sent(one, entry.id, entry.date_id, entry.when.on)]  # fmt: skip
    return min(found, key=lambda one: not one.done, default=None)


def recipient_of(row: queries.CongratulationPerson, viewer: Viewer | None = None) -> Recipient:
    """The person; for a viewer, without what they may not see."""
    person = Recipient(
        row.id, row.name, row.given_name, row.patronymic, row.family_name, row.gender, row.language, row.status,
        row.no_congratulations, row.mourning_until, row.email, row.phone, row.preferred_channel,
    )  # fmt: skip
    if viewer is None:
        return person
    return replace(
        person,
        unwanted=person.unwanted and viewer.sees("personal"),
        mourning_until=person.mourning_until if viewer.sees("family") else None,
    )


def sent_of(row: queries.CongratulationSent) -> Sent:
    return Sent(row.id, row.person_id, row.kind, row.status, row.on, row.occasion_key, tuple(row.date_ids),
                row.text_key, row.text, row.employee_name)  # fmt: skip
