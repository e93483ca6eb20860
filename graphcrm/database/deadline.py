"""A deadline of our own round each piece of database work.

The driver bounds connecting and retrying, but not waiting for an answer: on a link that is frozen in use it waits for
ever. So each call has a :class:`Deadline`. It acts in two ways:

* when the time is over it shuts the socket of the connection in use, which wakes the waiting thread at once; the
  driver then throws that connection away;
* it is asked before every attempt and every query of a transaction, so that nothing is tried again when it is too late.

To reach the socket it has to look into the driver's session; ``tests/graph/test_driver_faults.py`` fails if a later
driver is built otherwise.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Collection
from contextlib import suppress
from time import monotonic

from neo4j import Session
from neo4j.api import BookmarkManager


class DeadlinePassed(Exception):
    """The time is over. Not one of the driver's errors, so the driver does not try again."""


class NobodyAnswers(Exception):
    """No connection was made in the time allowed for that."""


class Deadline:
    """The time that one call may take, in seconds, and the time in which a connection must be made.

    Use it as a context manager round the work; ``watch`` tells it which session to cut when the time is over.
    """

    def __init__(self, seconds: float, patience: float) -> None:
        self.seconds = seconds
        self.patience = min(patience, seconds)
        self.connected = False
        self.fired = False
        self._start = monotonic()
        self._end = self._start + seconds
        self._session: Session | None = None
        self._done = threading.Event()

    def __enter__(self) -> Deadline:
        threading.Thread(target=self._guard, name="graphcrm-deadline", daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._session = None
        self._done.set()

    @property
    def left(self) -> float:
        """Seconds left, never less than zero."""
        return max(0.0, self._end - monotonic())

    def watch(self, session: Session) -> None:
        """From now on this session's connection is cut when the time is over."""
        self._session = session

    def reached(self) -> None:
        """Neo4j has answered: from now on only the whole time counts."""
        self.connected = True

    def check(self) -> None:
        """Raises when it is too late to try anything.

        Raises:
            DeadlinePassed: the whole time is used up.
            NobodyAnswers: Neo4j has not answered within the patience.
        """
        if self.fired or not self.left:
            raise DeadlinePassed
        if not self.connected and monotonic() - self._start > self.patience:
            raise NobodyAnswers

    def _guard(self) -> None:
        if self._done.wait(self.left):
            return
        self.fired = True
        # Again and again: at the first moment the driver may be between two connections.
        self._cut()
        while not self._done.wait(0.1):
            self._cut()

    def _cut(self) -> None:
        """Shuts the socket in use, if there is one."""
        connection = getattr(self._session, "_connection", None)
        if connection is None:
            return
        raw: socket.socket = connection.socket._socket
        # Past SSL: a polite goodbye over a frozen link would hang in its turn.
        with suppress(OSError):
            socket.socket.shutdown(raw, socket.SHUT_RDWR)


class GuardedBookmarks(BookmarkManager):
    """The database's bookmarks, which also ask the deadline: the driver fetches bookmarks before each attempt."""

    def __init__(self, bookmarks: BookmarkManager, deadline: Deadline) -> None:
        self._bookmarks = bookmarks
        self._deadline = deadline

    def get_bookmarks(self) -> Collection[str]:
        self._deadline.check()
        return self._bookmarks.get_bookmarks()

    def update_bookmarks(self, previous_bookmarks: Collection[str], new_bookmarks: Collection[str]) -> None:
        self._bookmarks.update_bookmarks(previous_bookmarks, new_bookmarks)
