"""Seat the guests of an event, see what a plan reaches, take it away as a table or a document (C3.6)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from contextvars import copy_context
from dataclasses import dataclass, field
from datetime import date
from math import ceil

import numpy as np

from graphcrm.database.connection import Database
from graphcrm.documents.model import Document, Drawing, Line, flat
from graphcrm.domain.seating import Room, Seating, Sitter, judged
from graphcrm.domain.seating_best import best_seating
from graphcrm.domain.structure import SUPPORTIVE
from graphcrm.domain.viewer import Viewer
from graphcrm.drawing.palette import PAPER, Palette
from graphcrm.drawing.seating import Place, TableCard, seating_svg
from graphcrm.i18n import language, plural, use_language
from graphcrm.i18n import translate as _
from graphcrm.ingest.cells import csv_cell
from graphcrm.ingest.workbook_out import WorkbookWriter
from graphcrm.queries import events as queries
from graphcrm.queries.binder import Asked, asked
from graphcrm.queries.events import EventFacts
from graphcrm.services._events import Guest, known_event, read_conflicts, read_guests
from graphcrm.services._wording import day

TABLE_SEATS = 8
SEED = 20_260_000
"""Of the search; the same people are seated in the same way every time."""


@dataclass(frozen=True, slots=True)
class SeatingChoices:
    """How the tables are laid. None: what the event says, else :data:`TABLE_SEATS`, and as many tables as are needed.

    Attributes:
        expected: seat those, too, who are invited and have not answered.
        keep: who has a table stays there.
        fixed: id -> table, set by hand.
    """

    tables: int | None = None
    table_seats: int | None = None
    expected: bool = False
    keep: bool = False
    fixed: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TablePlan:
    """A seating with everything that it is shown by.

    Attributes:
        room: who, where, conflicts and wanted pairs. plan: None when nobody comes, or not everybody has a table.
        unseated: names of those who come and have no table.
    """

    facts: EventFacts
    people: tuple[Guest, ...]
    room: Room
    plan: Seating | None
    unseated: tuple[str, ...]
    asked: tuple[Asked, ...]

    def at(self, table: int) -> list[Guest]:
        """Who sits at a table: ours first, then by firm."""
        seats = self.plan.seats if self.plan else {one.person_id: one.table for one in self.people}
        here = [one for one in self.people if seats.get(one.person_id) == table]
        return sorted(here, key=lambda one: (not one.is_ours, one.firm_name, one.name))


@dataclass(frozen=True, slots=True)
class _Read:
    """Who is to be seated, who is at odds, who should sit together."""

    facts: EventFacts
    people: tuple[Guest, ...]
    apart: frozenset[frozenset[str]]
    together: frozenset[frozenset[str]]
    asked: tuple[Asked, ...]


def propose_seating(db: Database, viewer: Viewer, event_id: str, choices: SeatingChoices, *, as_of: date) -> TablePlan:
    """The best plan that is found, with how far it may be from the best there is.

    Raises:
        NotFound: there is no such event. InvalidInput: too few seats for those who come.
    """
    read = _read(db, viewer, event_id, choices, as_of)
    kept = {one.person_id: one.table for one in read.people if one.table} if choices.keep else {}
    room = _room(read, choices, {**kept, **choices.fixed})
    plan = best_seating(room, np.random.default_rng(SEED)) if room.sitters else None
    return TablePlan(read.facts, read.people, room, plan, (), read.asked)


def stored_seating(db: Database, viewer: Viewer, event_id: str, choices: SeatingChoices, *, as_of: date) -> TablePlan:
    """The tables as they are saved.

    Raises:
        NotFound: there is no such event. InvalidInput: too few seats for those who come.
    """
    read = _read(db, viewer, event_id, choices, as_of)
    seats = {one.person_id: one.table for one in read.people if one.table}
    room = _room(read, choices, {}, max(seats.values(), default=0))
    unseated = tuple(one.name for one in read.people if not one.table)
    plan = judged(room, seats) if read.people and not unseated else None
    return TablePlan(read.facts, read.people, room, plan, unseated, read.asked)


def _read(db: Database, viewer: Viewer, event_id: str, choices: SeatingChoices, as_of: date) -> _Read:
    facts = known_event(db, event_id)
    rsvps = ("accepted", "invited") if choices.expected else ("accepted",)
    people = tuple(one for one in read_guests(db, viewer, facts, as_of) if one.rsvp in rsvps)
    ids = [one.person_id for one in people]
    stances = viewer.filter(queries.event_stances(db, person_ids=ids, as_of=as_of))
    given = {"person_ids": ids, "as_of": as_of}
    sources = (asked(queries.event_conflicts, **given), asked(queries.event_stances, **given))
    return _Read(
        facts,
        people,
        read_conflicts(db, viewer, ids, as_of),
        frozenset(_together(stances)),
        (asked(queries.event_invitations, event_id=event_id, as_of=as_of), *sources),
    )


def _together(stances: list[queries.EventStance]) -> Iterator[frozenset[str]]:
    """Every neutral beside one supporter of the same client."""
    friends: dict[str, str] = {}
    for row in stances:
        if row.support in SUPPORTIVE:
            friends.setdefault(row.client_id, row.person_id)
    for row in stances:
        if row.support == "neutral" and row.client_id in friends:
            yield frozenset((row.person_id, friends[row.client_id]))


def _room(read: _Read, choices: SeatingChoices, fixed: Mapping[str, int], least: int = 0) -> Room:
    each = choices.table_seats or read.facts.table_seats or TABLE_SEATS
    count = choices.tables or max(ceil(len(read.people) / each), least, 1)
    hosts = {one.person_id for one in read.people if one.is_ours}
    sitters = tuple(
        Sitter(one.person_id, one.name, one.is_ours, frozenset(who for who, _name in one.covered_by) & hosts,
               one.firm_id, one.firm_name)
        for one in read.people
    )  # fmt: skip
    return Room(sitters, (each,) * count, read.apart, read.together, fixed)


def seating_drawing(found: TablePlan, *, palette: Palette | None = None, columns: int = 3) -> Drawing:
    """The tables as a picture, in the language in use; with a palette for the screen, else for paper."""
    cards, said = [], []
    for number, size in enumerate(found.room.tables, 1):
        here = found.at(number)
        title = _("Table {number}", number=number) + f" · {len(here)}/{size}"
        cards.append(TableCard(title, tuple(_place(found, one) for one in here), size))
        said.append((0, flat(title)))
        said += [(1, flat(", ".join(part for part in (one.name, one.firm_name) if part))) for one in here]
    title = _("Seating: {event}", event=flat(found.facts.name))
    svg, width, height = seating_svg(cards, title, palette or PAPER, columns)
    return Drawing(svg, width, height, tuple(said))


def _place(found: TablePlan, one: Guest) -> Place:
    plan, note = found.plan, ""
    if plan is not None:
        if any(one.person_id in pair for pair in plan.feuds):
            note = _("conflict at this table")
        elif one.person_id in plan.alone:
            note = _("none of ours here")
    return Place(flat(one.name), flat(one.firm_name), one.is_ours, note)


def seating_rows(found: TablePlan) -> tuple[list[str], list[list[str | int]]]:
    """Headings and rows of the table that is taken away, in the language in use."""
    header = [_("Table"), _("Name"), _("Firm"), _("Title"), _("Ours"), _("In touch")]
    rows: list[list[str | int]] = []
    for number in range(1, len(found.room.tables) + 1):
        for one in found.at(number):
            ours = _("yes") if one.is_ours else ""
            names = ", ".join(name for _id, name in one.covered_by)
            rows.append([number, one.name, one.firm_name, one.title or "", ours, names])
    return header, rows


def seating_csv(found: TablePlan) -> bytes:
    """The plan as CSV for spreadsheets: UTF-8 with a mark, no cell that would run as a formula."""
    header, rows = seating_rows(found)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([csv_cell(str(value)) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def seating_workbook(found: TablePlan) -> bytes:
    """The plan as a workbook."""
    header, rows = seating_rows(found)
    book = WorkbookWriter()
    book.begin("seating", header, wide=[header[1]])
    for row in rows:
        book.add("seating", row)
    return book.content()


def seating_document(found: TablePlan, spoken: str, as_of: date) -> Document:
    """The plan as a document to print: the picture, then each table in words."""

    def written() -> Document:
        use_language(spoken)
        return Document(_("Seating: {event}", event=flat(found.facts.name)), language(), as_of, tuple(_lines(found)))

    return copy_context().run(written)


def _lines(found: TablePlan) -> Iterator[Line]:
    facts = found.facts
    where = ", ".join(part for part in (day(facts.on), facts.city) if part)
    yield Line("fact", flat(where))
    yield Line("fact", plural("{n} person", "{n} people", len(found.people)))
    if found.people:
        yield Line("picture", _("Tables"), seating_drawing(found, columns=2))
    for number in range(1, len(found.room.tables) + 1):
        here = found.at(number)
        yield Line("section", _("Table {number}", number=number))
        for one in here:
            parts = (one.name, one.firm_name, one.title, _("ours") if one.is_ours else "")
            yield Line("item", flat(", ".join(part for part in parts if part)))
        if not here:
            yield Line("missing", _("Nobody sits here."))
