"""The connection to Neo4j: one driver for the whole process, managed transactions, a deadline round every call.

Everything is asked with parameters, the database is named in every call, reads are routed as reads and chained to the
writes before them by bookmarks. What is measured and why the settings are as they are: docs/decisions/.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from time import sleep
from typing import Any, LiteralString, TypeVar, cast
from urllib.parse import urlsplit

import neo4j
from neo4j import GraphDatabase, ManagedTransaction, Session, SummaryCounters, unit_of_work
from neo4j import exceptions as driver_errors

from graphcrm.database import failures
from graphcrm.database.deadline import Deadline, DeadlinePassed, GuardedBookmarks, NobodyAnswers
from graphcrm.database.statements import statement
from graphcrm.database.values import to_python

T = TypeVar("T")

PATIENCE = 2.0
"""Seconds within which Neo4j must have answered once, unless the caller has more patience: a page must tell."""
CONNECT_TIMEOUT = 2.0
HANDSHAKE_TIMEOUT = 2.5
LIVENESS_CHECK_AFTER = 5.0
"""A pooled connection that was idle for longer (in seconds) is tried before it is used: the link may have gone."""
POOL_SIZE = 50
SCHEMES = frozenset({"bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc"})

# The driver logs what it then raises; graphcrm's callers report the error once, in their own way.
logging.getLogger("neo4j").addHandler(logging.NullHandler())
# It also logs the text of every query that the planner has a remark on: a name in it would stay in the log.
logging.getLogger("neo4j.notifications").setLevel(logging.CRITICAL)
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Counters:
    """What a write changed. All zero when it changed nothing."""

    nodes_created: int = 0
    nodes_deleted: int = 0
    relationships_created: int = 0
    relationships_deleted: int = 0
    properties_set: int = 0
    labels_added: int = 0
    labels_removed: int = 0
    indexes_added: int = 0
    indexes_removed: int = 0
    constraints_added: int = 0
    constraints_removed: int = 0

    @property
    def changed(self) -> bool:
        """True if anything at all was changed."""
        return any(getattr(self, one.name) for one in fields(self))

    def __add__(self, other: Counters) -> Counters:
        return Counters(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))


@dataclass(frozen=True, slots=True)
class Written:
    """The answer to a write: the rows it returned and what it changed."""

    rows: list[dict[str, Any]]
    counters: Counters


@dataclass(frozen=True, slots=True)
class Notification:
    """A remark of the planner on a statement (status code of GQL, severity, sentence)."""

    code: str
    severity: str
    title: str
    description: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """What Neo4j would do for a statement, found without running it.

    ``plan`` is the tree of operators as nested dictionaries with ``operatorType``, ``args``, ``identifiers`` and
    ``children``. ``query_type`` is ``r`` (reads), ``rw``, ``w`` or ``s`` (changes the schema).
    """

    plan: dict[str, Any]
    notifications: tuple[Notification, ...]
    query_type: str


@dataclass(frozen=True, slots=True)
class ServerInfo:
    """Who answers at the address."""

    address: str
    version: str
    edition: str


@dataclass(frozen=True, slots=True)
class Transaction:
    """One open write transaction: bound queries take it in place of the database. Made by :meth:`Database.together`."""

    _run: Callable[[str, Mapping[str, Any] | None], neo4j.Result]

    def read(self, query: str, parameters: Mapping[str, Any] | None = None, **_: Any) -> list[dict[str, Any]]:
        """The rows of a query, which sees what the transaction has written. The transaction's deadline counts."""
        return _rows(self._run(query, parameters))

    def write(self, query: str, parameters: Mapping[str, Any] | None = None, **_: Any) -> Written:
        """Runs a writing query; nobody else sees what it wrote before the whole transaction is committed."""
        result = self._run(query, parameters)
        rows = _rows(result)
        return Written(rows, _counters(result.consume().counters))


@dataclass(slots=True)
class Database:
    """Neo4j, as the rest of graphcrm sees it. Safe to use from many threads; made by :func:`connect`."""

    address: str
    name: str
    _driver: neo4j.Driver
    _before_write: Callable[[], None] = lambda: None
    _bookmarks: Any = field(default_factory=GraphDatabase.bookmark_manager)

    def read(
        self,
        query: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        timeout: float = 5.0,
        patience: float = PATIENCE,
    ) -> list[dict[str, Any]]:
        """All rows of a reading query, as dictionaries from column name to plain Python value.

        Args:
            query: Cypher with ``$parameters``.
            parameters: their values.
            timeout: seconds for the whole call, tries over again included.
            patience: seconds in which Neo4j must have answered at all.

        Raises:
            DatabaseUnavailable, DatabaseTimeout, AuthenticationFailed, QueryFailed, ConfigurationError
        """

        def work(tx: ManagedTransaction, deadline: Deadline) -> list[dict[str, Any]]:
            return _rows(self._run(tx, deadline, query, parameters))

        return self._transact("READ", work, Deadline(timeout, patience))

    def write(
        self,
        query: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        timeout: float = 30.0,
        patience: float = PATIENCE,
    ) -> Written:
        """Runs a writing query in a transaction of its own. It may be run more than once, so it must be idempotent.

        Args and raises as :meth:`read`, and:

        Raises:
            WriteConflict: a uniqueness constraint or a deadlock stood against it; nothing was saved.
            OutcomeUnknown: the link was cut during COMMIT; look for what you wrote before you write again.
            NoSpace: Neo4j's disk is full, or nearly so; nothing was saved.
        """

        def work(tx: ManagedTransaction, deadline: Deadline) -> Written:
            result = self._run(tx, deadline, query, parameters)
            rows = _rows(result)
            return Written(rows, _counters(result.consume().counters))

        return self._transact("WRITE", work, Deadline(timeout, patience))

    def together(self, work: Callable[[Transaction], T], *, timeout: float = 30.0, patience: float = PATIENCE) -> T:
        """All that ``work`` reads and writes, as one transaction: the whole of it is saved, or nothing.

        After a deadlock or a lost link ``work`` is run once more from its beginning, on a new transaction, so it must
        keep no state of its own. An error that it raises takes everything back and is passed on.

        Raises as :meth:`write`.
        """

        def once(tx: ManagedTransaction, deadline: Deadline) -> T:
            return work(Transaction(lambda query, parameters: self._run(tx, deadline, query, parameters)))

        return self._transact("WRITE", once, Deadline(timeout, patience))

    def explain(self, query: str, parameters: Mapping[str, Any] | None = None, *, timeout: float = 10.0) -> Explanation:
        """The plan of a query and the planner's remarks. The query is not run. Raises as :meth:`read`."""

        def work(tx: ManagedTransaction, deadline: Deadline) -> Explanation:
            return _explanation(self._run(tx, deadline, f"EXPLAIN {query}", parameters).consume())

        return self._transact("READ", work, Deadline(timeout, PATIENCE), notifications="INFORMATION")

    def server(self) -> ServerInfo:
        """Who answers, asked afresh. Raises as :meth:`read`."""
        rows = self.read(statement("server_version"))
        return ServerInfo(self.address, rows[0]["version"], rows[0]["edition"])

    def counts(self) -> tuple[int, int]:
        """The number of nodes and of ties in the graph. Raises as :meth:`read`."""
        row = self.read(statement("graph_counts"))[0]
        return row["nodes"], row["ties"]

    def close(self) -> None:
        """Closes all connections. The object cannot be used afterwards; what another thread is asking fails."""
        try:
            self._driver.close()
        except Exception:
            # The driver takes leave on connections that another thread may be writing to (BufferError and the like).
            # Whoever leaves is not to fail by it: the sockets end with the process, or with the other's error.
            log.debug("a connection was in use when it was closed", exc_info=True)

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _run(
        self, tx: ManagedTransaction, deadline: Deadline, query: str, parameters: Mapping[str, Any] | None
    ) -> neo4j.Result:
        deadline.reached()
        deadline.check()
        return tx.run(cast(LiteralString, query), dict(parameters or {}))

    def _transact(
        self,
        mode: str,
        work: Callable[[ManagedTransaction, Deadline], T],
        deadline: Deadline,
        notifications: str = "OFF",
    ) -> T:
        """One managed transaction within its deadline, with the driver's errors made ours."""
        try:
            with deadline:
                while True:
                    try:
                        return self._attempt(mode, work, deadline, notifications)
                    except driver_errors.ClientError as error:
                        # Somebody else's wrong passwords shut the door for a few seconds: wait outside.
                        if error.code != failures.TOO_MANY_WRONG_PASSWORDS or deadline.left < 1:
                            raise
                        sleep(0.5)
                    except driver_errors.IncompleteCommit:
                        # Nothing can be half saved by who only reads: ask again.
                        if mode != "READ":
                            raise
                        deadline.check()
        except NobodyAnswers as error:
            raise failures.nobody_answers(self.address) from error
        except DeadlinePassed as error:
            raise failures.too_slow(deadline.seconds) from error
        except driver_errors.IncompleteCommit as error:
            raise failures.outcome_unknown() from error
        except (driver_errors.DriverError, driver_errors.Neo4jError, OSError, ValueError) as error:
            if deadline.fired:
                raise failures.too_slow(deadline.seconds) from error
            raise failures.translated(error, address=self.address, database=self.name) from error

    def _attempt(
        self, mode: str, work: Callable[[ManagedTransaction, Deadline], T], deadline: Deadline, notifications: str
    ) -> T:
        with self._session(mode, deadline, notifications) as session:
            deadline.watch(session)

            @unit_of_work(timeout=max(deadline.left, 0.001))
            def once(tx: ManagedTransaction) -> T:
                try:
                    if mode == "READ":
                        return work(tx, deadline)
                    self._before_write()
                    done = work(tx, deadline)
                    self._before_write()  # a long one: others may have filled the disk meanwhile
                    return done
                except driver_errors.TransientError as error:
                    if "OutOfMemory" in (error.code or ""):
                        # Neo4j calls it transient; trying again would only hurt the others again.
                        raise failures.translated(error, address=self.address, database=self.name) from error
                    raise

            return session.execute_read(once) if mode == "READ" else session.execute_write(once)

    def _session(self, mode: str, deadline: Deadline, notifications: str) -> Session:
        return self._driver.session(
            database=self.name,
            default_access_mode=mode,
            bookmark_manager=GuardedBookmarks(self._bookmarks, deadline),
            connection_acquisition_timeout=min(max(HANDSHAKE_TIMEOUT, deadline.patience), deadline.seconds),
            max_transaction_retry_time=deadline.seconds,
            initial_retry_delay=0.05,
            retry_delay_multiplier=1.2,
            notifications_min_severity=notifications,
        )


def connect(
    uri: str, username: str, password: str, database: str = "neo4j", *, before_write: Callable[[], None] = lambda: None
) -> Database:
    """A database at an address. Nothing is sent yet: the first call finds out whether somebody answers.

    Args:
        before_write: raises an error when nothing may be written now. Asked when a transaction that writes begins, and
            before its COMMIT.

    Raises:
        ConfigurationError: the address cannot be one of Neo4j's.
    """
    _check_address(uri)
    try:
        driver = GraphDatabase.driver(
            uri,
            auth=(username, password),
            user_agent="graphcrm",
            telemetry_disabled=True,
            connection_timeout=CONNECT_TIMEOUT,
            connection_acquisition_timeout=HANDSHAKE_TIMEOUT,
            liveness_check_timeout=LIVENESS_CHECK_AFTER,
            max_connection_pool_size=POOL_SIZE,
            keep_alive=True,
        )
    except (driver_errors.DriverError, ValueError, TypeError) as error:
        raise failures.unusable_address(uri) from error
    return Database(address=uri, name=database, _driver=driver, _before_write=before_write)


def _check_address(uri: str) -> None:
    """Finds a wrong address here: the driver would try some of them for seconds, and others in its own ways.

    Raises:
        ConfigurationError: not one of Bolt's schemes, no host, no number for the port, or a password inside.
    """
    parts = urlsplit(uri)
    try:
        fits = parts.scheme in SCHEMES and bool(parts.hostname) and parts.port != 0
    except ValueError:
        fits = False
    if parts.password is not None or parts.username is not None:
        raise failures.unusable_address(f"{parts.scheme}://...@{parts.hostname}")
    if not fits:
        raise failures.unusable_address(uri)


def _rows(result: neo4j.Result) -> list[dict[str, Any]]:
    keys = result.keys()
    return [dict(zip(keys, (to_python(value) for value in record.values()), strict=True)) for record in result]


def _counters(counters: SummaryCounters) -> Counters:
    return Counters(*(getattr(counters, one.name) for one in fields(Counters)))


def _explanation(summary: neo4j.ResultSummary) -> Explanation:
    remarks = tuple(
        Notification(
            code=status.gql_status,
            severity=status.raw_severity or "",
            title=status.raw_classification or "",
            description=status.status_description,
        )
        for status in summary.gql_status_objects
        if status.is_notification
    )
    return Explanation(dict(summary.plan or {}), remarks, summary.query_type or "")
