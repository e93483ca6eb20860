"""The calendar of useful dates (C2.4, C3.1-C3.4): whose day it is, on which day to act, and by whom of ours.

Stored dates, birthdays known from the birth date, days of hobbies and trades from the catalogue, and public holidays of
the clients' countries (library ``holidays``). Whoever has left or died is told as such and never congratulated.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, partial
from typing import Any, Literal

import holidays

from graphcrm.database.connection import Database
from graphcrm.domain.congratulations import Known
from graphcrm.domain.occasions import (
    IsWorking,
    Occurrence,
    Rule,
    fits_interest,
    fits_profession,
    occurrences,
    rule_occurrences,
    working_day_before,
)
from graphcrm.domain.viewer import Viewer
from graphcrm.i18n import language
from graphcrm.i18n import translate as _
from graphcrm.queries import calendar as queries
from graphcrm.queries.binder import Asked, asked
from graphcrm.queries.calendar import CalendarChild, CalendarClient, CalendarDate, CalendarPerson
from graphcrm.russian_names import gender_of
from graphcrm.services._clientele import Clients, Part, Shown, count_clients, shown_clients
from graphcrm.services._sensitivity import date_sensitivity, tie_visible
from graphcrm.vocabulary import VOCABULARY
from graphcrm.vocabulary.holidays import in_russian
from graphcrm.vocabulary.occasions import CatalogueDay, occasion_catalogue
from graphcrm.vocabulary.school import school_dates

__all__ = ["Calendar", "CalendarEntry", "client_calendar"]

Origin = Literal["stored", "birth_date", "catalogue", "holiday"]
BIRTHDAY_LEAD_DAYS = 7


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One occasion on one day.

    Attributes:
        id: stable from run to run, for feeds.
        when: the day itself, the day to act on, the day to begin preparing.
        kind: code of ``date_kind``. name: in the language in use; a stored one as it was entered.
        person_id: None for a date of the firm. status: code of ``person_status`` where it is not active.
        covered_by: names of our employees by id.
        clients: id -> name of all clients whom the day concerns: one, but for a public holiday.
        key: of the catalogue's day, or the English name of a public holiday: the same in every language.
    """

    id: str
    when: Occurrence
    kind: str
    name: str
    origin: Origin
    clients: Mapping[str, str]
    person_id: str | None = None
    person_name: str | None = None
    status: str | None = None
    covered_by: Mapping[str, str] | None = None
    country: str | None = None
    key: str | None = None

    @property
    def date_id(self) -> str | None:
        """The useful date that it is, if it is a stored one."""
        return self.id.rpartition("-")[0] if self.origin == "stored" else None

    @property
    def occasion(self) -> str:
        """What day it is: in the language in use where the name says no more than its kind, else as it was entered."""
        says_the_kind = self.kind == "birthday" or self.name == VOCABULARY.value_name("date_kind", self.kind, "en")
        return VOCABULARY.value_name("date_kind", self.kind, language()) if says_the_kind else self.name

    @property
    def may_congratulate(self) -> bool:
        """False for somebody who died, left or retired."""
        return self.status in (None, "active")


@dataclass(frozen=True, slots=True)
class Calendar:
    """The entries by day to act on, the clients they can be of, our employees who cover somebody, and the queries.

    Attributes:
        clients: id -> name, by name. people: id -> what decides which days are theirs.
        total: how many clients there are in the graph; ``more``: whether others come after those of this page.
    """

    entries: tuple[CalendarEntry, ...]
    clients: Mapping[str, str]
    employees: Mapping[str, str]
    asked: tuple[Asked, ...]
    total: int
    more: bool = False
    people: Mapping[str, Known] = field(default_factory=dict)

    def of_employee(self, employee_id: str) -> Calendar:
        """Only what concerns people whom an employee covers, and the public holidays."""
        kept = [one for one in self.entries if one.origin == "holiday" or employee_id in (one.covered_by or {})]
        return replace(self, entries=tuple(kept))


def client_calendar(
    db: Database, viewer: Viewer, span: tuple[date, date], *, as_of: date, clients: Clients = None
) -> Calendar:
    """All that falls on the days of ``span`` (both ends in), by the day to act on.

    Args:
        as_of: whose dates: the people who work at the clients on this day.
        clients: of which clients; of a large clientele never of all of them.
    """
    if clients is None or isinstance(clients, Part):
        shown = shown_clients(db, as_of, clients)
        chosen = shown.ids
    else:
        shown, chosen = Shown((), count_clients(db)), list(clients)
    there = {one.id: one for one in queries.calendar_clients(db, client_ids=chosen)}
    given: dict[str, Any] = {"client_ids": list(there), "as_of": as_of}
    people = queries.calendar_people(db, **given)
    dates = [row for row in queries.calendar_dates(db, **given) if _sees_date(viewer, row)]
    found = _once([
        *_stored(dates, there, span, viewer),
        *_birthdays(people, there, span, viewer),
        *_own_days(people, there, span, viewer),
        *_school(queries.calendar_children(db, **given) if viewer.sees("family") else (), there, span, viewer),
        *_trades(list(there.values()), span),
        *_holidays(list(there.values()), span),
    ])  # fmt: skip
    return Calendar(
        entries=tuple(sorted(found, key=lambda entry: (entry.when.act_on, entry.when.on, entry.name, entry.id))),
        clients={one.id: one.name for one in there.values()},
        employees=_covering_any(found),
        asked=(
            *shown.asked,
            asked(queries.calendar_clients, client_ids=chosen),
            asked(queries.calendar_dates, **given),
            asked(queries.calendar_people, **given),
        ),
        total=shown.total,
        more=shown.more,
        people=_known(people),
    )


def _covering_any(entries: Iterable[CalendarEntry]) -> dict[str, str]:
    found = {employee: name for entry in entries for employee, name in (entry.covered_by or {}).items()}
    return dict(sorted(found.items(), key=lambda pair: pair[1]))


def _known(rows: Iterable[CalendarPerson]) -> dict[str, Known]:
    found: dict[str, Known] = {}
    for row in rows:
        there = found.get(row.person_id, Known(row.person_id, gender_of(row.gender, row.patronymic)))
        found[row.person_id] = replace(there, titles=(*there.titles, *row.titles))
    return found


def _once(entries: Sequence[CalendarEntry]) -> list[CalendarEntry]:
    """A public holiday that somebody has entered for a client is not told twice."""
    entered = {(client, entry.when.on) for entry in entries for client in entry.clients
               if entry.origin == "stored" and entry.kind == "public_holiday"}  # fmt: skip
    kept = []
    for entry in entries:
        if entry.origin == "holiday":
            there = {one: name for one, name in entry.clients.items() if (one, entry.when.on) not in entered}
            if there:
                kept.append(replace(entry, clients=there))
        else:
            kept.append(entry)
    return kept


def _sees_date(viewer: Viewer, row: CalendarDate) -> bool:
    return viewer.sees(date_sensitivity(row.kind, of_person=row.person_id is not None))


def _covering(viewer: Viewer, rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    return {row["id"]: row["name"] for row in rows if viewer.sees(row["sensitivity"])}


def _stored(
    rows: Sequence[CalendarDate], clients: Mapping[str, CalendarClient], span: tuple[date, date], viewer: Viewer
) -> Iterator[CalendarEntry]:
    for row in rows:
        client = clients[row.client_id]
        falls = occurrences(row.on, recurs=row.recurs, span=span, lead_days=row.lead_days, is_working=workdays(client))
        for when in falls:
            yield CalendarEntry(
                id=f"{row.id}-{when.on.year}",
                when=when,
                kind=row.kind,
                name=row.name,
                origin="stored",
                clients={client.id: client.name},
                person_id=row.person_id,
                person_name=row.person_name,
                status=row.status,
                covered_by=_covering(viewer, row.covered_by),
            )


def _of_person(row: CalendarPerson, client: CalendarClient, viewer: Viewer) -> Callable[..., CalendarEntry]:
    return partial(
        CalendarEntry,
        clients={client.id: client.name},
        person_id=row.person_id,
        person_name=row.person_name,
        status=row.status,
        covered_by=_covering(viewer, row.covered_by),
    )


def _birthdays(
    people: Sequence[CalendarPerson], clients: Mapping[str, CalendarClient], span: tuple[date, date], viewer: Viewer
) -> Iterator[CalendarEntry]:
    """Of those whose birthday is known from the birth date alone."""
    if not viewer.sees(date_sensitivity("birthday")):
        return
    for row in people:
        if row.has_birthday or not row.birth_date:
            continue
        client = clients[row.client_id]
        working = workdays(client)
        falls = occurrences(row.birth_date, recurs=True, span=span, lead_days=BIRTHDAY_LEAD_DAYS, is_working=working)
        for when in falls:
            make = _of_person(row, client, viewer)
            identity = f"birthday-{row.person_id}-{when.on.year}"
            yield make(identity, when, "birthday", _("Birthday"), "birth_date")


def _own_days(
    people: Sequence[CalendarPerson], clients: Mapping[str, CalendarClient], span: tuple[date, date], viewer: Viewer
) -> Iterator[CalendarEntry]:
    """Days of the catalogue for whoever has the hobby or profession; a tie that may not be used leads to nothing."""
    days = [day for day in occasion_catalogue() if day.interests or day.professions]
    for row in people:
        client = clients[row.client_id]
        for day in days:
            if day.countries and client.country not in day.countries:
                continue
            if not fits_profession(day.professions, row.titles) and not any(
                _usable(viewer, one) and fits_interest(day.interests, (one["name"], one["name_ru"]))
                for one in row.interests
            ):
                continue
            for when in rule_occurrences(Rule(**day.rule), span, workdays(client)):
                make = _of_person(row, client, viewer)
                identity = f"{day.code}-{row.person_id}-{when.on.year}"
                yield make(identity, when, day.kind, day.name_in(language()), "catalogue", key=day.code)


def _school(
    rows: Iterable[CalendarChild], clients: Mapping[str, CalendarClient], span: tuple[date, date], viewer: Viewer
) -> Iterator[CalendarEntry]:
    """School milestones of children, computed from the year of birth: never exact, so nobody is congratulated on them.

    Only where the parent's record says that they may be noted.
    """
    for row in rows:
        year = re.match(r"~?(\d{4})", row.birth_date)
        if year is None or not tie_visible(viewer, "PARENT_OF", row.sensitivity):
            continue
        client = clients[row.client_id]
        for milestone, on in school_dates(client.country, int(year[1])):
            if span[0] <= on <= span[1]:
                names = {
                    "first_day": _("{child}: first day of school, about (estimated from the year of birth)"),
                    "last_bell": _("{child}: last bell, about (estimated from the year of birth)"),
                    "graduation": _("{child}: graduation, about (estimated from the year of birth)"),
                }
                identity = f"school-{milestone}-{row.person_id}-{row.child_id}-{on.year}"
                name = names[milestone].format(child=row.child_name)
                yield CalendarEntry(
                    identity, Occurrence(on, on, on, None, False), "school", name, "catalogue",
                    {client.id: client.name}, row.person_id, row.person_name, row.status,
                    _covering(viewer, row.covered_by), key=f"school-{milestone}",
                )  # fmt: skip


def _usable(viewer: Viewer, interest: Mapping[str, Any]) -> bool:
    return interest["use"] != "do_not_use" and tie_visible(viewer, "INTERESTED_IN", interest["sensitivity"])


def _trades(clients: Sequence[CalendarClient], span: tuple[date, date]) -> Iterator[CalendarEntry]:
    for day in occasion_catalogue():
        if day.interests or not day.industries:
            continue
        for client in clients:
            if client.industry in day.industries and (not day.countries or client.country in day.countries):
                yield from _client_days(day, client, span)


def _client_days(day: CatalogueDay, client: CalendarClient, span: tuple[date, date]) -> Iterator[CalendarEntry]:
    for when in rule_occurrences(Rule(**day.rule), span, workdays(client)):
        identity, name = f"{day.code}-{client.id}-{when.on.year}", day.name_in(language())
        yield CalendarEntry(identity, when, day.kind, name, "catalogue", {client.id: client.name}, key=day.code)


def _holidays(clients: Sequence[CalendarClient], span: tuple[date, date]) -> Iterator[CalendarEntry]:
    """One entry for each public holiday of a country (or its part), with all clients whom it concerns."""
    places: dict[tuple[str, str | None], dict[str, str]] = {}
    for client in clients:
        if client.country:
            places.setdefault((client.country, _part(client)), {})[client.id] = client.name
    merged: dict[tuple[str, date, str], dict[str, str]] = {}
    for (country, part), there in places.items():
        for on, name in _public_days(country, part, language(), span):
            merged.setdefault((country, on, name), {}).update(there)
    for (country, on, name), there in merged.items():
        act_on = working_day_before(on, workdays(next(one for one in clients if one.id in there)))
        when = Occurrence(on, act_on, act_on, None, True)
        english = _kept(country, None, "en", on.year).get(on) or name
        identity = f"{country}-{on}"
        yield CalendarEntry(identity, when, "public_holiday", name, "holiday", there, country=country, key=english)


def _public_days(
    country: str, part: str | None, in_language: str, span: tuple[date, date]
) -> Iterator[tuple[date, str]]:
    for year in range(span[0].year, span[1].year + 1):
        for on, name in sorted(_kept(country, part, in_language, year).items()):
            if span[0] <= on <= span[1]:
                yield on, in_russian(name) if in_language == "ru" else name


@cache
def _kept(country: str, part: str | None, in_language: str, year: int) -> dict[date, str]:
    """The public holidays of a year, and Easter where it is kept though the law need not name a Sunday."""
    feasts = {
        on: day.name_in(in_language)
        for day in occasion_catalogue()
        if day.kind == "public_holiday" and country in day.countries and (on := Rule(**day.rule).in_year(year))
    }
    return feasts | dict(_national(country, part, in_language, year).items())


def holiday_name(country: str, on: date, spoken: str) -> str | None:
    """What a public holiday is called in a language (ISO 639-1), as far as the library knows; else None."""
    known = _national(country, None, "en", on.year)
    for code in getattr(known, "supported_languages", ()):
        if code.split("_")[0] == spoken:
            return holidays.country_holidays(country, years=on.year, language=code).get(on)
    english = known.get(on)
    return in_russian(english) if spoken == "ru" and english else None


@cache
def _national(country: str, part: str | None, in_language: str, year: int) -> holidays.HolidayBase:
    """The public holidays of a year; none for a country that the library does not know."""
    spoken = {"ru": "ru", "en": "en_US"}[in_language]
    options: dict[str, Any] = {"years": year, "subdiv": part}
    try:
        known = holidays.country_holidays(country, **options)
        # What the library does not know in Russian is looked up by its English name.
        for code in (spoken, "en_US", "en_GB"):
            if code in getattr(known, "supported_languages", ()):
                return holidays.country_holidays(country, language=code, **options)
        return known
    except NotImplementedError:
        return holidays.HolidayBase(years=year)


def _part(client: CalendarClient) -> str | None:
    """The library's code of the client's part of its country, where it tells parts apart."""
    code = (client.subdivision or "").partition("-")[2]
    return code if code in _parts_of(client.country or "") else None


@cache
def _parts_of(country: str) -> frozenset[str]:
    """The library makes its whole table anew at each question; the calendar asks for everybody at every client."""
    return frozenset(holidays.list_supported_countries().get(country, ()))


def workdays(client: CalendarClient) -> IsWorking:
    """Whether a day is a working day where the client is; Monday to Friday for a country that is not known."""
    country, part = client.country, _part(client)
    if not country:
        return lambda day: day.isoweekday() <= 5
    return lambda day: _national(country, part, "en", day.year).is_working_day(day)
