"""Where the database's log stands: by it graphcrm knows whether anybody, in whatever way, has written since."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass

from neo4j import Bookmarks, GraphDatabase

from graphcrm.database.connection import Database
from graphcrm.database.statements import statement

_ENTRY = rb"\xcc\x10(.{16})([\x00-\x7f]|\xc8.|\xc9.{2}|\xca.{4}|\xcb.{8})"
_BOOKMARK = re.compile(rb"[\x91-\x9f](?:" + _ENTRY + rb")+\x90", re.DOTALL)
"""What a bookmark holds, as PackStream writes it: the id of each database asked, the number of its last transaction."""
_ENTRIES = re.compile(_ENTRY, re.DOTALL)
_SYSTEM = bytes(15) + b"\x01"
"""The id of the database ``system``: whoever has asked it once gets its number too."""


def position(db: Database) -> frozenset[str]:
    """Where the database's log stands: the bookmark that a transaction gets which only looks.

    Equal positions mean that nobody wrote in between. Whoever reads over ``db`` from now on sees all that was committed
    up to it: its reads wait for that bookmark.

    Raises as :class:`~graphcrm.database.connection.Database`.
    """
    before = db._bookmarks.get_bookmarks()
    # Our own: other threads add to theirs meanwhile.
    bookmarks = GraphDatabase.bookmark_manager(Bookmarks.from_raw_values(before))
    looking = Database(db.address, db.name, db._driver, _bookmarks=bookmarks)
    looking.read(statement("graph_counts"), patience=5.0)
    found = frozenset(bookmarks.get_bookmarks())
    db._bookmarks.update_bookmarks(before, found)
    return found


@dataclass(frozen=True, slots=True)
class LogEntry:
    """A committed transaction: which database it changed, and its number, which is one more than the last one's."""

    database: str
    number: int

    def __str__(self) -> str:
        return f"{self.database}:{self.number}"

    def plus(self, transactions: int) -> LogEntry:
        """The entry after so many more transactions."""
        return LogEntry(self.database, self.number + transactions)


def last_entry(position: frozenset[str]) -> LogEntry | None:
    """The last transaction at a position, ``system``'s aside. None where the bookmark is of no form that is known."""
    if len(position) != 1:
        return None
    (bookmark,) = position
    kind, _, text = bookmark.partition(":")
    try:
        content = base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None
    if kind != "FB" or not _BOOKMARK.fullmatch(content):
        return None
    entries = _ENTRIES.findall(content)
    ours = [entry for entry in entries if entry[0] != _SYSTEM]
    if len(ours) != 1 or len(entries) != content[0] & 0x0F:
        return None
    ((database, number),) = ours
    return LogEntry(database.hex(), int.from_bytes(number if len(number) == 1 else number[1:], signed=True))
