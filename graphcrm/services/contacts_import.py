"""Contacts out of a calendar file or the headers of a mailbox (C1.2, D1): look first, then record them.

Who took part is found by e-mail address. The same file again records nothing twice: a contact's id comes from the UID
of its event or the Message-ID of its mail. Nothing but subject, day and people is kept.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, BinaryIO

from graphcrm.database.connection import Database, Transaction
from graphcrm.domain.viewer import Viewer
from graphcrm.errors import InvalidInput
from graphcrm.i18n import N_
from graphcrm.ingest.calendar import read_calendar
from graphcrm.ingest.cell_text import cell_text
from graphcrm.ingest.changeset import changes_of
from graphcrm.ingest.check import check_rows
from graphcrm.ingest.contact_entries import LIMITS, ContactEntry, LeftOut
from graphcrm.ingest.lookup import read_snapshot
from graphcrm.ingest.mail_headers import read_mail_headers
from graphcrm.ingest.plan import make_plan
from graphcrm.ingest.rows import parse_table
from graphcrm.ingest.tables import RawRow, RawTable
from graphcrm.queries import contacts_import as queries
from graphcrm.services._new_record import require_sound
from graphcrm.services._saving import Prepared, Saved, require_writer, save
from graphcrm.vocabulary import VOCABULARY

READERS = {".ics": read_calendar, ".mbox": read_mail_headers}
REASONS = {
    "known": N_("recorded already"),
    "nobody_of_theirs": N_("none of the addresses belongs to a person whom you know"),
    "shared_address": N_("the address stands with several people: merge them if they are one (page Duplicates)"),
    "nobody_of_ours": N_("nobody of ours took part: say whose file it is"),
    "future": N_("has not taken place yet"),
    "cancelled": N_("cancelled"),
    "private": N_("marked as private"),
    "automatic": N_("a circular or an automatic answer"),
    "circular": N_("more than 30 people"),
    "no_key": N_("without an identifier, so it could not be told from another"),
    "no_date": N_("without a day that can be read"),
    "broken": N_("cannot be read"),
}
"""Why an entry is left out, in words."""
MOST_AT_ONCE = 2_000
"""Contacts recorded in one go, in one transaction; the rest comes when the file is imported again."""
_COLUMNS = ("id", "kind", "date", "summary", "participant_ids", "employee_ids", "client_id")


@dataclass(frozen=True, slots=True)
class Found:
    """A contact that would be recorded. ``theirs`` and ``ours``: id -> name."""

    id: str
    entry: ContactEntry
    theirs: Mapping[str, str]
    ours: Mapping[str, str]
    client_id: str | None


@dataclass(frozen=True, slots=True)
class ContactsPreview:
    """What an import would do.

    Attributes:
        file: its name. read: how many events or mails were read; ``cut``: the file holds more than are read.
        found: to be recorded, newest first; ``rest``: how many more come when the file is imported again.
        left_out: the other entries, each with its reason.
        strangers: address -> how often it stands in entries of which nobody of theirs is known.
    """

    file: str
    read: int
    cut: bool
    found: tuple[Found, ...]
    rest: int
    left_out: tuple[ContactEntry, ...]
    strangers: Mapping[str, int] = field(default_factory=dict)

    @property
    def reasons(self) -> dict[LeftOut, int]:
        """How many are left out, by reason."""
        return dict(Counter(entry.left_out for entry in self.left_out).most_common())


def preview(
    db: Database, viewer: Viewer, name: str, stream: BinaryIO, *, today: date, mine: str | None = None
) -> ContactsPreview:
    """Read a file and tell what would be recorded and what not, and why. Nothing is written.

    Args:
        name: of the file; its ending tells what it is.
        mine: id of the one of ours whose calendar or mailbox it is: they took part in all that is in it.

    Raises:
        InvalidInput: it is neither a calendar nor a mailbox, or too large. Forbidden: the viewer may not write.
    """
    require_writer(viewer)
    entries = _read(name, stream, today)
    owners = _owners(db, viewer, entries, today)
    judged = [_judge(entry, owners, mine) for entry in entries]
    ids = [_id_of(entry) for entry in entries]
    known = set(queries.contacts_known(db, ids=sorted({*ids})))
    new: dict[str, Found] = {}
    out: list[ContactEntry] = []
    for entry_id, (entry, theirs, ours, client_id) in zip(ids, judged, strict=True):
        if not entry.left_out and (entry_id in known or entry_id in new):
            entry = _against(entry, "known")  # noqa: PLW2901
        if entry.left_out:
            out.append(entry)
        else:
            new[entry_id] = Found(entry_id, entry, theirs, ours, client_id)
    newest = sorted(new.values(), key=lambda one: (one.entry.on or date.min, one.id), reverse=True)
    strangers = Counter(one for entry in out if entry.left_out == "nobody_of_theirs" for one in entry.addresses
                        if one not in owners)  # fmt: skip
    return ContactsPreview(
        file=name,
        read=len(entries),
        cut=len(entries) >= LIMITS.entries,
        found=tuple(newest[:MOST_AT_ONCE]),
        rest=max(len(newest) - MOST_AT_ONCE, 0),
        left_out=tuple(out),
        strangers=dict(strangers.most_common(50)),
    )


def record(
    db: Database, viewer: Viewer, wanted: ContactsPreview, *, key: str, today: date, subjects: bool = True
) -> Saved:
    """Record what a preview found, as one change. ``subjects``: keep what events and mails are called.

    Raises:
        Forbidden, DatabaseError: as every save. EditRefused: somebody has gone since the preview.
    """
    table = RawTable("interactions", VOCABULARY.nodes["Interaction"], _COLUMNS, _COLUMNS)
    table.rows += [RawRow(one.entry.line, _cells(one, subjects)) for one in wanted.found]

    def prepare(tx: Transaction) -> Prepared:
        parsed = parse_table(table)
        snapshot = read_snapshot(tx, [parsed])  # type: ignore[arg-type]
        # What somebody has recorded since the preview stays as it is.
        parsed.rows[:] = [row for row in parsed.rows if row.id not in snapshot.nodes]
        checked = check_rows([parsed], snapshot, today=today)
        require_sound(checked.problems)
        return Prepared(changes_of(make_plan(checked.rows, snapshot), snapshot, now=datetime.now(UTC)))

    return save(db, viewer, key, prepare, today=today)


def _read(name: str, stream: BinaryIO, today: date) -> list[ContactEntry]:
    reader = next((reader for ending, reader in READERS.items() if name.lower().endswith(ending)), None)
    if reader is None:
        raise InvalidInput(
            "{file} is neither a calendar nor a mailbox.", mend="Choose a file that ends in .ics or .mbox.", file=name
        )
    stream.seek(0, 2)
    size = stream.tell()
    stream.seek(0)
    if size > LIMITS.file_bytes:
        megabytes, limit = size // 1024**2, LIMITS.file_bytes // 1024**2
        raise InvalidInput("The file has {megabytes} MB; at most {limit} MB are read.", mend="Split it.",
                           megabytes=megabytes, limit=limit)  # fmt: skip
    entries = []
    for entry in reader(stream, today):
        entries.append(entry)
        if len(entries) >= LIMITS.entries:
            break
    if not entries:
        raise InvalidInput("{file} holds no event and no mail.", mend="Export it once more.", file=name)
    return entries


def _owners(
    db: Database, viewer: Viewer, entries: Iterable[ContactEntry], today: date
) -> dict[str, list[queries.AddressOwner]]:
    """Address -> who has it. A relative is nobody for who may not know of relatives."""
    addresses = sorted({address for entry in entries if not entry.left_out for address in entry.addresses})
    found: dict[str, list[queries.AddressOwner]] = {}
    for row in queries.people_by_address(db, addresses=addresses, as_of=today):
        if viewer.sees("family") or not row.is_family:
            found.setdefault(row.address, []).append(row)
    return found


Judged = tuple[ContactEntry, dict[str, str], dict[str, str], str | None]


def _judge(entry: ContactEntry, owners: Mapping[str, Sequence[queries.AddressOwner]], mine: str | None) -> Judged:
    """The entry with theirs, ours and the client. An address of several people is nobody's: it cannot be told whose."""
    people = [owners[one][0] for one in entry.addresses if len(owners.get(one, ())) == 1]
    theirs = {one.id: one.name for one in people if not one.is_ours}
    ours = {one.id: one.name for one in people if one.is_ours}
    if mine is not None:
        ours.setdefault(mine, "")
    if not entry.left_out and not theirs:
        shared = any(len(owners.get(one, ())) > 1 for one in entry.addresses)
        entry = _against(entry, "shared_address" if shared else "nobody_of_theirs")
    if not entry.left_out and not ours:
        entry = _against(entry, "nobody_of_ours")
    clients = Counter(client for one in people if not one.is_ours for client in one.client_ids)
    return entry, theirs, ours, min(clients, key=lambda one: (-clients[one], one), default=None)


def _against(entry: ContactEntry, reason: LeftOut) -> ContactEntry:
    return ContactEntry(entry.key, entry.on, entry.kind, entry.subject, entry.addresses, entry.line, reason)


def _id_of(entry: ContactEntry) -> str:
    """The same for the same event or mail, whatever the file is called."""
    source = "mail" if entry.kind == "email" else "event"
    return f"interaction-{hashlib.blake2b(f'{source}:{entry.key}'.encode(), digest_size=10).hexdigest()}"


def _cells(one: Found, subjects: bool) -> tuple[str, ...]:
    values: tuple[Any, ...] = (
        one.id, one.entry.kind, one.entry.on, one.entry.subject if subjects else None, list(one.theirs), list(one.ours),
        one.client_id,
    )  # fmt: skip
    return tuple(cell_text(value) for value in values)
