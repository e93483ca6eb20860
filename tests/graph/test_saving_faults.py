"""Saving against kills, crowds and cut links (faults.md, "Database and network" and "Concurrency")."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from graphcrm.database.connection import Database
from graphcrm.database.migrations import known_migrations
from graphcrm.domain.viewer import OWNER
from graphcrm.errors import EditConflict, WriteConflict
from graphcrm.queries.ingest import write_nodes
from graphcrm.queries.power_map import save_places, saved_places
from graphcrm.services import editing, history
from graphcrm.services.editing import RowEdit, save_edits
from graphcrm.vocabulary import VOCABULARY

TODAY = date(2026, 11, 24)
WORKERS = 8
SAVES = 50


def crowd(work: Callable[[int], None], workers: int = WORKERS) -> None:
    """Runs ``work`` in so many threads, which begin together."""
    gun = threading.Barrier(workers)

    def run(worker: int) -> None:
        gun.wait()
        work(worker)

    with ThreadPoolExecutor(workers) as pool:
        for done in [pool.submit(run, worker) for worker in range(workers)]:
            done.result()


def content(db: Database) -> tuple[list[str], list[str]]:
    """All nodes and ties with their properties; locks and traces of work would show."""
    nodes = db.read("MATCH (n) WHERE NOT n:Migration AND NOT n:MigrationLock RETURN labels(n) AS l, properties(n) AS p")
    ties = db.read("MATCH (a)-[r]->(b) RETURN a.id AS a, type(r) AS t, b.id AS b, properties(r) AS p")
    return sorted(repr(row) for row in nodes), sorted(repr(row) for row in ties)


@pytest.fixture
def firm(database: Database) -> Database:
    save_edits(
        database,
        OWNER,
        [
            RowEdit("Organization", "c", {"name": "Nordwerft", "kinds": ["client"]}),
            RowEdit("Person", "head", {"name": "Anna Berg"}),
            RowEdit("Person", "deputy", {"name": "Пётр Орлов"}),
            RowEdit("REPORTS_TO", "", {"person_id": "deputy", "boss_id": "head"}),
        ],
        key="start",
        today=TODAY,
    )
    return database


def test_eight_people_save_one_person_fifty_times_and_nothing_is_lost(firm: Database):
    """Each adds a name to the list that was on the screen; whoever was overtaken is told, looks again and saves."""
    told: list[str] = []
    shown = editing.visible_properties(OWNER, VOCABULARY.nodes["Person"])

    def work(worker: int) -> None:
        for number in range(SAVES):
            name = f"{worker}/{number}"
            while True:
                values = editing.record(firm, OWNER, "head").values
                seen = {prop: values.get(prop) for prop in shown}  # as the form has it
                names = [*(seen["other_names"] or []), name]
                try:
                    save_edits(firm, OWNER, [RowEdit("Person", "head", {"other_names": names}, seen)], key=name)
                    break
                except EditConflict:
                    told.append(name)

    crowd(work)
    names = editing.record(firm, OWNER, "head").values["other_names"]
    wanted = {f"{worker}/{number}" for worker in range(WORKERS) for number in range(SAVES)}
    assert (len(names), set(names)) == (len(wanted), wanted), "lost, or saved twice"
    assert told, "nobody was in anybody's way: this tested nothing"


PROGRAM = """
import os, signal, sys
from datetime import date
from neo4j._sync.work.transaction import TransactionBase
from graphcrm.database.connection import Database, connect
from graphcrm.database.migrations import known_migrations
from graphcrm.domain.viewer import OWNER
from graphcrm.services import editing, history
from graphcrm.services.editing import RowEdit, save_edits

uri, user, password, name = sys.argv[1:]
run, commit, told = Database._run, TransactionBase._commit, []

def act(fatal):
    db = connect(uri, user, password, name)
    (gone,) = [tie for tie in editing.ties(db, OWNER, "deputy") if tie.kind == "REPORTS_TO"]

    def step(what):
        told.append(what)
        if len(told) == fatal:
            os.kill(os.getpid(), signal.SIGKILL)

    def counted_run(self, tx, deadline, query, parameters):
        step("before: " + query.split("\\n")[0])
        return run(self, tx, deadline, query, parameters)

    def counted_commit(self):
        step("before COMMIT")
        commit(self)
        step("after COMMIT")

    Database._run, TransactionBase._commit = counted_run, counted_commit
    save_edits(db, OWNER, [
        RowEdit("Person", "head", {"name": "Anna Berg-Lund"}),
        RowEdit("Person", "new", {"name": "Max Stein"}),
        RowEdit("WORKS_AT", "", {"person_id": "new", "organization_id": "c", "level": 1}),
        RowEdit("REPORTS_TO", "", {"person_id": "deputy", "boss_id": "new"}),
    ], key="the action", remove=[gone], today=date(2026, 11, 24))

for line in sys.stdin:
    child = os.fork()
    if child == 0:
        act(int(line))
        print("finished", len(told), flush=True)
        os._exit(0)
    if os.waitpid(child, 0)[1] == signal.SIGKILL:
        print("killed", flush=True)
"""


@contextmanager
def program(endpoint, name: str) -> Iterator[Callable[[int], list[str]]]:
    """``act(n)`` carries the action out in a process that kills itself before its n-th step; what became of it."""
    command = [sys.executable, "-c", PROGRAM, endpoint.uri, endpoint.username, endpoint.password, name]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert process.stdin
        assert process.stdout

        def act(step: int) -> list[str]:
            print(step, file=process.stdin, flush=True)
            return process.stdout.readline().split()

        yield act
        process.stdin.close()


def test_kill_9_at_every_step_of_one_save_leaves_all_of_it_or_nothing(firm: Database, neo4j_endpoint):
    """Before each statement, before COMMIT and after it. What was killed before COMMIT is not there at all."""
    before = content(firm)
    kills = 0
    with program(neo4j_endpoint, firm.name) as act:
        while content(firm) == before:
            kills += 1
            assert act(kills) == ["killed"]
            assert kills < 60
        after = content(firm)
        assert kills > 12, "the gate, the reading, the writing of nodes and ties, the record"
        assert firm.read("MATCH (c:Change) WHERE c.number > 1 RETURN c.number AS n") == [{"n": 2}]
        assert firm.read("MATCH (p:Person {id: 'new'})<-[:REPORTS_TO]-({id: 'deputy'}) RETURN count(p) AS n") == [
            {"n": 1}
        ]
        assert act(10_000)[0] == "finished", "the user, who heard nothing, sends the same again"
    assert content(firm) == after, "and it is answered from the record of the first time"


KEYS = 60


def made_at_once(db: Database) -> int:
    """How many nodes there are after eight have made the same people at one time."""
    rows = [{"id": f"p{n}", "labels": ["Person"], "drop": [], "properties": {"name": f"P{n}"}} for n in range(KEYS)]

    def work(worker: int) -> None:
        for row in rows:
            while True:
                try:
                    write_nodes(db, rows=[row])
                    break
                except WriteConflict:
                    continue

    crowd(work)
    return db.read("MATCH (p:Person) RETURN count(p) AS n")[0]["n"]


def test_the_same_people_made_by_eight_at_once_are_there_once(database: Database):
    assert made_at_once(database) == KEYS


def test_without_the_constraint_they_would_not_be(database: Database):
    """So the test above does test the constraint of the schema, and would fail if a migration lost it."""
    constraint = next(one for one in known_migrations()[0].statements if "CONSTRAINT entity_id" in one)
    database.write("DROP CONSTRAINT entity_id")
    try:
        made = made_at_once(database)
    finally:
        database.write("MATCH (p:Person) DETACH DELETE p")
        database.write(constraint)
    assert made > KEYS


def test_one_form_sent_by_eight_at_once_makes_one_person(firm: Database):
    """Double click, browser resend, two tabs of one session: the same command."""
    saved = []
    crowd(lambda worker: saved.append(save_edits(firm, OWNER, [RowEdit("Person", "", {"name": "Twin"})], key="twin")))
    assert len({one.change_id for one in saved}) == 1
    assert firm.read("MATCH (p:Person {name: 'Twin'}) RETURN count(p) AS n") == [{"n": 1}]
    assert firm.read("MATCH (c:Change) WHERE c.number > 1 RETURN count(c) AS n") == [{"n": 1}]


def test_an_undo_that_is_sent_twice_takes_one_step_back(firm: Database):
    save_edits(firm, OWNER, [RowEdit("Person", "head", {"phone": "1234567"})], key="one")
    save_edits(firm, OWNER, [RowEdit("Person", "head", {"phone": "7654321"})], key="two")
    crowd(lambda worker: history.undo(firm, OWNER, key="one click"), 2)
    assert editing.record(firm, OWNER, "head").values["phone"] == "1234567"


def test_cards_that_are_moved_by_eight_at_once_all_stay_where_they_were_put(database: Database):
    def work(worker: int) -> None:
        for number in range(10):
            save_places(database, layout_id="one", places=[{"id": f"{worker}/{number}", "x": 1.0, "y": 2.0}])

    crowd(work)
    found = saved_places(database, layout_id="one")
    assert found
    assert len(set(found.ids)) == len(found.ids) == len(found.xs) == len(found.ys) == WORKERS * 10
