"""Free Cypher for the analysts' console: asked once, in a READ session, within a time, and cut at its caps.

Not a managed transaction: those try again, and a query that met the limit of memory would hurt the others six times.
What may be asked at all is not decided here but in ``graphcrm/domain/console.py``.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal, LiteralString, TypeVar, cast

import neo4j
from neo4j import exceptions as driver_errors

from graphcrm.database import failures
from graphcrm.database.connection import HANDSHAKE_TIMEOUT, PATIENCE, Database, Explanation
from graphcrm.database.deadline import Deadline, DeadlinePassed, GuardedBookmarks, NobodyAnswers
from graphcrm.database.found import CellReader
from graphcrm.errors import QueryFailed

T = TypeVar("T")
Cut = Literal["rows", "bytes", "cell"]
BEFORE = len("EXPLAIN ")
"""Signs before the query on its first line when it is explained."""
_STACK = 64 * 1024 * 1024
"""Bytes of stack, of which only those are taken that are used."""
_SIZING = threading.Lock()


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of an answer is taken, at most.

    Attributes:
        rows: rows.
        bytes: what Neo4j sends, in bytes.
        cell: signs of one value.
        seconds: for everything.
    """

    rows: int = 1_000
    bytes: int = 8_000_000
    cell: int = 20_000
    seconds: float = 20.0


@dataclass(frozen=True, slots=True)
class Streamed:
    """The rows that were taken, in the order of ``columns``, and at which caps others or parts of them were not."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    cut: tuple[Cut, ...]


class Misunderstood(QueryFailed):
    """Neo4j does not understand the query, or stopped at a value; ``words`` are its own."""

    def __init__(self, words: str) -> None:
        self.words = words
        super().__init__("Neo4j refused the statement: {reason}", reason=words)


class _TooMuch(OSError):
    """More was sent than is taken."""


class _Meter:
    """Counts what comes in over a connection while it is in use, and stops it at a limit.

    Bolt sends a record whole: without this, one value of 100 MB would be in memory before anybody could cut it.
    """

    def __init__(self, connection: Any, most: int) -> None:
        self._inbox = connection.inbox
        self._socket = self._inbox._socket
        self._left = most
        self.full = False

    def __enter__(self) -> _Meter:
        self._inbox._socket = self
        return self

    def __exit__(self, *_: object) -> None:
        self._inbox._socket = self._socket

    def recv_into(self, buffer: memoryview, count: int) -> int:
        """As the socket's own."""
        if self._left <= 0:
            self.full = True
            raise _TooMuch
        got: int = self._socket.recv_into(buffer, count)
        self._left -= got
        return got


def _with_room(work: Callable[[], T]) -> T:
    """What ``work`` gives, done in a thread whose stack holds a value of any depth that Neo4j can send.

    The driver goes down into lists and maps level by level, out of Python's sight: in a thread with half a megabyte of
    stack, as macOS gives them, 2,000 levels end the whole process.
    """
    done: list[tuple[T | None, BaseException | None]] = []

    def run() -> None:
        try:
            done.append((work(), None))
        except BaseException as error:
            done.append((None, error))

    with _SIZING:
        before = threading.stack_size(_STACK)
        thread = threading.Thread(target=run, name="graphcrm-console", daemon=True)
        try:
            thread.start()
        finally:
            threading.stack_size(before)
    thread.join()
    value, error = done[0]
    if error is not None:
        raise error
    return cast(T, value)


def explain(db: Database, cypher: str, values: Mapping[str, Any], seconds: float) -> Explanation:
    """The plan and the remarks of the planner.

    Raises:
        Misunderstood: a mistake in the query; and as :meth:`Database.read`.
    """
    try:
        return _with_room(lambda: db.explain(cypher, values, timeout=seconds))
    except RecursionError as error:
        raise QueryFailed("The query is too long to be planned.", mend="Ask in several queries.") from error
    except QueryFailed as error:
        if (words := _words(error.__cause__)) is None:
            raise
        raise Misunderstood(words) from error


def stream(db: Database, cypher: str, values: Mapping[str, Any], limits: Limits) -> Streamed:
    """Run a query that was found fit, once.

    Raises:
        Misunderstood: it stopped at a value; and as :meth:`Database.read`.
    """
    return _with_room(lambda: _streamed(db, cypher, values, limits))


def _streamed(db: Database, cypher: str, values: Mapping[str, Any], limits: Limits) -> Streamed:
    deadline = Deadline(limits.seconds, PATIENCE)
    with _told(db, deadline), deadline, _session(db, deadline, limits.rows + 1) as session:
        deadline.watch(session)
        # Neo4j counts in seconds and wants one at least; our own time is exact.
        query = neo4j.Query(cast(LiteralString, cypher), timeout=max(1.0, deadline.left))
        result = session.run(query, dict(values))
        deadline.reached()
        return _taken(session, result, limits)


def _taken(session: neo4j.Session, result: neo4j.Result, limits: Limits) -> Streamed:
    reader = CellReader(limits.cell)
    rows: list[tuple[Any, ...]] = []
    cut: list[Cut] = []
    columns = tuple(result.keys())
    with _Meter(session._connection, limits.bytes) as meter:
        try:
            for record in result:
                if len(rows) == limits.rows:
                    cut.append("rows")
                    break
                rows.append(tuple(reader.read(value) for value in record.values()))
            result.consume()
        except (driver_errors.DriverError, OSError):
            if not meter.full:
                raise
            cut.append("bytes")
    if reader.cut:
        cut.append("cell")
    return Streamed(columns, rows, tuple(cut))


def _session(db: Database, deadline: Deadline, fetch: int) -> neo4j.Session:
    return db._driver.session(
        database=db.name,
        default_access_mode="READ",
        bookmark_manager=GuardedBookmarks(db._bookmarks, deadline),
        connection_acquisition_timeout=min(HANDSHAKE_TIMEOUT, deadline.seconds),
        fetch_size=fetch,
        notifications_min_severity="OFF",
    )


@contextmanager
def _told(db: Database, deadline: Deadline) -> Iterator[None]:
    """The driver's errors made ours."""
    try:
        yield
    except NobodyAnswers as error:
        raise failures.nobody_answers(db.address) from error
    except DeadlinePassed as error:
        raise failures.too_slow(deadline.seconds) from error
    except RecursionError as error:
        raise QueryFailed("The answer is nested too deeply to be shown.", mend="Ask for its parts.") from error
    except (driver_errors.DriverError, driver_errors.Neo4jError, OSError, ValueError) as error:
        if deadline.fired:
            raise failures.too_slow(deadline.seconds) from error
        if words := _words(error):
            raise Misunderstood(words) from error
        raise failures.translated(error, address=db.address, database=db.name) from error


def _words(error: BaseException | None) -> str | None:
    """What Neo4j says of the query itself, or of a value in it; None if the error is about something else.

    Who may ask here sees everything, so the words may hold a value of the graph.
    """
    if not isinstance(error, driver_errors.ClientError):
        return None
    code = error.code or ""
    of_the_query = (".Statement." in code or ".Procedure." in code) and not code.endswith("AccessMode")
    return (error.message or code) if of_the_query else None
