"""Invite, take answers, note who came; one or many in one save (C3.6). Nobody is invited twice, no seat given twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from graphcrm.database.connection import Database, Transaction
from graphcrm.domain.viewer import Viewer
from graphcrm.errors import InvalidInput, NotFound
from graphcrm.queries import events as queries
from graphcrm.queries.changes import names_of
from graphcrm.services._events import known_event
from graphcrm.services._guests import read_candidates
from graphcrm.services._invitation_steps import Action, Noted, Stored, Wanted, write_invitations
from graphcrm.services._not_found import no_such_event
from graphcrm.services._rows import Record, RowEdit, save_edits, save_made
from graphcrm.services._saving import require_writer
from graphcrm.services._wording import sentence

__all__ = ["ANSWERS", "Noted", "answer", "attend", "invite", "seat", "send", "strike"]

ANSWERS = ("invited", "accepted", "waiting", "declined", "no_answer")


def invite(db: Database, viewer: Viewer, event_id: str, person_ids: Sequence[str], *, key: str, today: date) -> Noted:
    """Put people, theirs or ours, on the list as to be invited. Who is on it already is left as they are.

    Raises:
        NotFound: there is no such event. InvalidInput: it is over, or somebody may not be invited, with why.
        Forbidden, DatabaseError: as every save.
    """
    require_writer(viewer)
    facts = known_event(db, event_id)
    if facts.on is None:
        raise InvalidInput("The event has no day.", mend="Enter its day first.")
    if facts.on < today:
        raise InvalidInput("The event is over: nobody can be invited any more.", mend="Look at its follow-up.")
    wanted = list(dict.fromkeys(person_ids))
    _require_allowed(db, viewer, facts, wanted, today)
    return _added(db, viewer, event_id, wanted, key, today)


def _require_allowed(db: Database, viewer: Viewer, facts: Any, wanted: Sequence[str], today: date) -> None:
    client_ids = queries.clients_of_guests(db, person_ids=list(wanted), as_of=today)
    candidates = {one.person_id: one for one in read_candidates(db, viewer, facts, {}, today, client_ids).people}
    for one in wanted:
        found = candidates.get(one)
        if found is not None and found.barred:
            raise InvalidInput(
                "{name} cannot be invited: {why}", name=found.name, why=sentence(found.barred, found.params)
            )


def send(db: Database, viewer: Viewer, event_id: str, person_ids: Sequence[str], *, key: str, today: date) -> Noted:
    """The invitations of these people are out today: from "to be invited" to "invited".

    To what is of value each is judged once more, with all who had to agree; who may not be invited is told of.
    """

    def make(stored: Stored, _seats: int | None) -> list[Wanted]:
        return [Wanted(one, {"rsvp": "invited", "invited_on": today}) for one in dict.fromkeys(person_ids)
                if one in stored and stored[one]["rsvp"] == "chosen"]  # fmt: skip

    return write_invitations(Action(db, viewer, event_id, key, today), make)


def answer(db: Database, viewer: Viewer, event_id: str, answers: Mapping[str, str], *, key: str, today: date) -> Noted:
    """Take answers: person's id -> code of :data:`ANSWERS`.

    Who accepts when all seats are taken by others who have accepted comes onto the waiting list, and is told of. Who is
    not invited yet, or had declined, is judged as if the invitation were sent now.

    Raises:
        InvalidInput: an answer that is none. NotFound: no such event, or somebody who is not on its list.
    """
    for code in answers.values():
        if code not in ANSWERS:
            raise InvalidInput("There is no answer “{answer}”.", mend="Choose one of the list.", answer=code)

    def make(stored: Stored, seats: int | None) -> list[Wanted]:
        _require_on_list(stored, answers)
        gone = {one for one, code in answers.items() if code != "accepted"}
        taken = sum(row["rsvp"] == "accepted" and one not in gone for one, row in stored.items())
        rows = []
        for one, code in answers.items():
            if code == stored[one]["rsvp"]:
                continue
            given = code
            if code == "accepted":
                given = "waiting" if seats is not None and taken >= seats else "accepted"
                taken += given == "accepted"
            cells: dict[str, Any] = {"rsvp": given}
            cells["answered_on"] = today if given in ("accepted", "waiting", "declined") else None
            if given in ("declined", "no_answer") and stored[one]["table"] is not None:
                cells["table"] = None
            if given != stored[one]["rsvp"]:
                rows.append(Wanted(one, cells))
        return rows

    return write_invitations(Action(db, viewer, event_id, key, today), make)


def attend(
    db: Database, viewer: Viewer, event_id: str, came: Mapping[str, bool | None], *, key: str, today: date
) -> Noted:
    """Note who came and who did not: person's id -> True, False or None (not known).

    Raises:
        InvalidInput: the event is still ahead. NotFound: no such event, or somebody who is not on its list.
    """
    require_writer(viewer)
    facts = known_event(db, event_id)
    if facts.on is None or facts.on > today:
        raise InvalidInput("The event is still ahead: nobody can have come yet.", mend="Note it on the day or after.")

    def make(stored: Stored, _seats: int | None) -> list[Wanted]:
        _require_on_list(stored, came)
        return [Wanted(one, {"attended": value}) for one, value in came.items() if value is not stored[one]["attended"]]

    return write_invitations(Action(db, viewer, event_id, key, today), make)


def seat(
    db: Database, viewer: Viewer, event_id: str, tables: Mapping[str, int | None], *, key: str, today: date
) -> Noted:
    """Save the tables: person's id -> number of the table, or None for no place."""

    def make(stored: Stored, _seats: int | None) -> list[Wanted]:
        _require_on_list(stored, tables)
        return [Wanted(one, {"table": table}) for one, table in tables.items() if table != stored[one]["table"]]

    return write_invitations(Action(db, viewer, event_id, key, today), make)


def strike(db: Database, viewer: Viewer, event_id: str, person_ids: Sequence[str], *, key: str, today: date) -> Noted:
    """Take people off the list who have not been invited yet; an invitation that is out can only be declined.

    Raises:
        EditConflict: somebody has sent an invitation meanwhile.
    """
    require_writer(viewer)
    held = queries.event_seats_taken(db, event_id=event_id)
    rows = [row for row in (held.invitations if held else []) if row["person_id"] in {*person_ids}]
    remove = [Record(row["tie_id"], "INVITED_TO", "", {"rsvp": "chosen"}, row["person_id"], event_id) for row in rows
              if row["rsvp"] == "chosen"]  # fmt: skip
    return Noted(save_edits(db, viewer, [], key=key, remove=remove, today=today), len(remove))


def _require_on_list(stored: Stored, people: Mapping[str, Any]) -> None:
    if any(one not in stored for one in people):
        raise NotFound("Somebody is no longer on the list of this event.", mend="Reload the page.")


def _added(db: Database, viewer: Viewer, event_id: str, wanted: Sequence[str], key: str, today: date) -> Noted:
    """Put on the list who is not on it, in one transaction and as one change."""
    told: dict[str, list[str]] = {}

    def edits(tx: Transaction) -> list[RowEdit]:
        held = queries.event_seats_taken(tx, event_id=event_id)  # type: ignore[arg-type]
        if held is None:
            raise no_such_event()
        stored = {row["person_id"] for row in held.invitations}
        told["rows"] = [one for one in wanted if one not in stored]
        told["already"] = [one for one in wanted if one in stored]
        return [RowEdit("INVITED_TO", "", {"person_id": one, "event_id": event_id, "rsvp": "chosen"})
                for one in told["rows"]]  # fmt: skip

    saved = save_made(db, viewer, edits, key=key, today=today)
    already = {row.id: row.name for row in names_of(db, ids=told.get("already", []))}
    return Noted(saved, len(told.get("rows", ())), already=tuple(sorted(already.values())))
