"""The schema, brought up to date by numbered files that are applied once, in order.

``0001_name.cypher`` holds statements that each end with a semicolon at the end of a line, and each of which may be
run again without harm (``IF NOT EXISTS``, ``MERGE``): Neo4j cannot change the schema and write the record of it in one
transaction, so after a crash the last statement is run once more. What was applied is recorded in the graph as
``(:Migration {name, checksum, statements, done})``. Why not a library: docs/decisions/migrations.md.
"""

from __future__ import annotations

import hashlib
import re
import time
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from graphcrm.database.connection import Database
from graphcrm.database.statements import statement
from graphcrm.errors import DatabaseError, GraphcrmError, MigrationError
from graphcrm.vocabulary import VOCABULARY

LEASE = 30
"""Seconds for which the lock is held without being renewed: that long a killed process stands in the way."""
WAIT = 90.0
"""Seconds to wait for another process that is changing the schema."""
STATEMENT_TIMEOUT = 120.0
FIRST_ANSWER = 30.0
"""Seconds for the first question to a server: one that has only just started loads its planner then."""
INDEX_SECONDS = 3600
OWN_LABELS = ("Entity", "Command", "LabelsDue", "LastImport")
OWN_PROPERTIES = ("id", "version", "_lock", "key", "batch", "position", "part", "rows")


@dataclass(frozen=True, slots=True)
class Migration:
    """One file: its name (``0001_constraints``) and its text."""

    name: str
    text: str

    @property
    def statements(self) -> tuple[str, ...]:
        """The statements in order, without comments and semicolons."""
        bare = re.sub(r"^\s*//.*$", "", self.text, flags=re.MULTILINE)
        return tuple(part.strip() for part in re.split(r";\s*(?:\n|$)", bare) if part.strip())

    @property
    def checksum(self) -> str:
        """SHA-256 of the statements: a better comment does not make another migration."""
        return hashlib.sha256("\n;\n".join(self.statements).encode()).hexdigest()


def known_migrations() -> tuple[Migration, ...]:
    """The migrations of this graphcrm, in order."""
    folder = files(__name__)
    found = sorted(file.name for file in folder.iterdir() if re.fullmatch(r"\d{4}_\w+\.cypher", file.name))
    return tuple(Migration(name.removesuffix(".cypher"), (folder / name).read_text("utf-8")) for name in found)


def migrate(database: Database, migrations: Iterable[Migration] | None = None) -> list[str]:
    """Applies what is missing and returns the names of what it applied; an empty list when nothing was.

    Two processes may call it at once: one applies, the other waits and finds nothing to do. One that failed half-way
    goes on behind the last statement that was done.

    Raises:
        MigrationError: a recorded migration was altered, the database is newer than this graphcrm, a statement was
            refused, or another process holds the lock for too long.
        DatabaseError: as :class:`~graphcrm.database.connection.Database` raises.
    """
    known = tuple(known_migrations() if migrations is None else migrations)
    if not pending(database, known):
        return []
    holder = uuid.uuid4().hex
    _take_lock(database, holder)
    try:
        applied = []
        for migration, done in pending(database, known):  # afresh: another process may just have done it
            _apply(database, migration, done, holder)
            applied.append(migration.name)
        make_words_known(database)
        return applied
    finally:
        _give_back(database, holder)


def await_indexes(database: Database) -> None:
    """Waits until every index of the schema can be asked.

    Raises:
        DatabaseError: one failed, or took longer than an hour.
    """
    database.read(statement("await_indexes"), {"seconds": INDEX_SECONDS}, timeout=INDEX_SECONDS + 60.0)


def make_words_known(database: Database) -> None:
    """Tells the database all labels, types and properties: else each is a transaction of its own at its first use.

    An import counts its transactions, to know whether another came in between: docs/decisions/importing.md. And an
    analyst's query that names a word of which there is nothing yet is answered without a warning.
    """
    kinds = (*VOCABULARY.nodes.values(), *VOCABULARY.ties.values())
    names = {name for kind in kinds for name in kind.properties}.union(OWN_PROPERTIES)
    words = {
        "labels": sorted(VOCABULARY.labels.union(OWN_LABELS)),
        "types": sorted(VOCABULARY.ties),
        "properties": dict.fromkeys(sorted(names), "-"),
    }
    database.write(statement("words"), words, timeout=STATEMENT_TIMEOUT)


def applied_schema(database: Database) -> dict[str, str]:
    """Name -> checksum of every migration that this database has seen to its end."""
    rows = database.read(statement("migrations_recorded"))
    return {row["name"]: row["checksum"] for row in rows if row["done"] == row["statements"]}


def run_again(database: Database, *, after: str) -> None:
    """Runs the statements of all migrations behind ``after`` once more: older data have come into a newer schema.

    Raises:
        DatabaseError: a statement was refused.
    """
    for migration in known_migrations():
        if migration.name > after:
            for text in migration.statements:
                database.write(text, timeout=STATEMENT_TIMEOUT)


def pending(database: Database, known: Iterable[Migration] | None = None) -> list[tuple[Migration, int]]:
    """What is still to be applied, each with the number of its statements that are done. Raises as :func:`migrate`."""
    known = tuple(known_migrations() if known is None else known)
    recorded = {row["name"]: row for row in database.read(statement("migrations_recorded"), timeout=FIRST_ANSWER)}
    _refuse_newer(recorded, known)
    waiting = []
    for migration in known:
        row = recorded.get(migration.name)
        if row is None:
            waiting.append((migration, 0))
        elif row["done"] < row["statements"]:
            # Half done. If the file was mended since, it starts anew: every statement may be run again.
            waiting.append((migration, row["done"] if row["checksum"] == migration.checksum else 0))
        elif row["checksum"] != migration.checksum:
            raise MigrationError(
                "The schema step {name} is not the one that was applied to this database.",
                mend="Install the released graphcrm again; a change of the schema needs a new numbered file.",
                name=migration.name,
            )
        elif waiting:
            raise MigrationError(
                "The schema step {late} is missing in this database, although the later {name} was applied.",
                mend="Give it a number after {name}: steps are applied in order.",
                late=waiting[0][0].name,
                name=migration.name,
            )
    return waiting


def _refuse_newer(recorded: dict[str, Any], known: tuple[Migration, ...]) -> None:
    unknown = sorted(recorded.keys() - {migration.name for migration in known})
    if unknown:
        raise MigrationError(
            "This database was used with a newer graphcrm (schema step {name}); nothing was changed.",
            mend="Install that graphcrm or a later one.",
            name=unknown[-1],
        )


def _apply(database: Database, migration: Migration, done: int, holder: str) -> None:
    total = len(migration.statements)
    _record(database, migration, done)
    for number, text in enumerate(migration.statements[done:], done + 1):
        if not _try_lock(database, holder):
            raise _lock_lost()
        try:
            database.write(text, timeout=STATEMENT_TIMEOUT)
        except DatabaseError as error:
            raise MigrationError(
                "The schema step {name} stopped at statement {number} of {total}: {reason}",
                mend="When the reason is mended, start again: it goes on from there.",
                name=migration.name,
                number=number,
                total=total,
                reason=error,
            ) from error
        _record(database, migration, number)


def _record(database: Database, migration: Migration, done: int) -> None:
    values = {"name": migration.name, "checksum": migration.checksum, "statements": len(migration.statements)}
    database.write(statement("migration_record"), values | {"done": done})


def _take_lock(database: Database, holder: str) -> None:
    database.write(statement("migration_lock_constraint"))
    end = time.monotonic() + WAIT
    while not _try_lock(database, holder):
        if time.monotonic() > end:
            raise MigrationError(
                "Another process has been changing the schema of this database for {seconds} s.",
                mend="Wait for it, or end it, then start again.",
                seconds=f"{WAIT:g}",
            )
        time.sleep(0.2)


def _try_lock(database: Database, holder: str) -> bool:
    rows = database.write(statement("migration_lock_take"), {"holder": holder, "seconds": LEASE}).rows
    return bool(rows[0]["free"])


def _give_back(database: Database, holder: str) -> None:
    try:
        database.write(statement("migration_lock_give_back"), {"holder": holder})
    except GraphcrmError:
        return  # the lease ends by itself; the failure that brought us here is the one to tell


def _lock_lost() -> MigrationError:
    return MigrationError(
        "Another process took over the change of the schema while this one was held up.",
        mend="Start again: whatever is still missing will be applied.",
    )
