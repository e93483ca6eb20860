"""Where the database's log stands: by it graphcrm knows whether anybody, in whatever way, has written since."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass

from neo4j import Bookmarks, GraphDatabase

from graphcrm.database.connection import Database
from graphcrm.database.statements import statement

_BOOKMARK = re.compile(rb"\x91\xcc\x10(.{16})([\x00-\x7f]|\xc8.|\xc9.{2}|\xca.{4}|\xcb.{8})\x90", re.DOTALL)
"""What a bookmark holds, as PackStream writes it: the id of the one database, the number of its last transaction."""


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
    """The last transaction at a position. None where its bookmark is not of the form that is known."""
    if len(position) != 1:
        return None
    (bookmark,) = position
    kind, _, text = bookmark.partition(":")
    try:
        content = base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None
    found = _BOOKMARK.fullmatch(content)
    if kind != "FB" or found is None:
        return None
    number = found[2] if len(found[2]) == 1 else found[2][1:]
    return LogEntry(found[1].hex(), int.from_bytes(number, signed=True))
