"""Every page's queries on clienteles of all sizes: what grows with the clientele and what does not.

Two measures: the time within which 95 of 100 calls answer, beside ``RETURN 1`` and a whole node by id asked in turn
with it; and the *hits* of the database (records, index entries and properties touched, by ``PROFILE``), which no load
on the machine can change.
"""

from __future__ import annotations

import random
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

import neo4j
from neo4j.exceptions import Neo4jError

from bench.graph import SECONDS, own_server
from bench.harness import Line, Report, Say, percentile, seconds
from bench.offline import load, write_files
from graphcrm.database.connection import Database
from graphcrm.errors import DatabaseError
from graphcrm.queries.binder import Query, catalogue

SIZES = (1_000, 10_000, 100_000, 1_000_000)
CALLS = 12
PROFILES = 5
TODAY = date(2026, 11, 23)
PATIENCE = 60.0
NOT_OF_A_PAGE = frozenset({"ingest", "export", "demo"})
LISTS = frozenset({"clients_list", "knowledge_counts", "firm_candidates", "person_candidates", "ties_naming"})
"""Queries that go through all clients or records. Pages ask the first for up to 300 clients, the second never."""
PEERS = {"RETURN 1": "RETURN 1 AS one", "whole node": "MATCH (n:Person {id: $person_id}) RETURN n"}


@dataclass(slots=True)
class Measured:
    """One query at one size: seconds of each call, hits of some; ``rows`` of one call."""

    taken: list[float] = field(default_factory=list)
    hits: list[int] = field(default_factory=list)
    rows: int = 0

    @property
    def p95(self) -> float:
        """Seconds."""
        return percentile(self.taken, 0.95)


def run(work: Path, most: int, say: Say) -> Report:
    """All sizes up to ``most`` people."""
    sizes = [size for size in SIZES if size <= most] or [most]
    found: dict[int, dict[str, Measured]] = {}
    for size in sizes:
        say(f"pages: {size:,} people")
        home = work / f"data-{size}" / "neo4j"
        home.mkdir(parents=True)
        write_files(work / f"files-{size}", size)
        load(home, work / f"files-{size}")
        with own_server(work / f"data-{size}", heap="2g", page_cache="1g") as (db, _):
            db.read("CALL db.awaitIndexes(600)", timeout=SECONDS)
            found[size] = measure(db, size)
    return _report(found, sizes)


def questions() -> dict[str, Query]:
    """The reading queries of the pages whose parameters are known here."""
    known = _parameters(random.Random(1), 1_000).keys()
    return {
        name: query
        for name, query in catalogue().items()
        if not query.writes and query.topic not in NOT_OF_A_PAGE and query.parameters.keys() <= known
    }


def _parameters(chance: random.Random, people: int) -> dict[str, Any]:
    theirs = people - max(2, people // 200)
    ids = [f"p{number}" for number in chance.sample(range(theirs), 3)]
    client = f"c{chance.randrange(theirs // 25)}"
    return {
        "client_id": client, "client_ids": [client], "person_id": ids[0], "person_ids": ids, "employee_id": "e1",
        "node_ids": ids, "entity_id": ids[0], "ids": ids, "other_ids": ids, "as_of": TODAY, "since": date(2025, 11, 24),
        "until": date(2026, 11, 24), "days": 365, "most": 50, "after": "", "words": "anna* AND adl*",
        "labels": ["Person"], "label": "Employee", "types": ["KNOWS"], "employee": "e1", "by_id": "owner",
        "change_id": "none", "layout_id": "none",
        "after_client": ["", ""], "industries": [], "countries": [], "stages": [],
    }  # fmt: skip


def measure(db: Database, people: int) -> dict[str, Measured]:
    """All questions and peers in turn, each with the ids of a few clients and people chosen by chance."""
    texts: dict[str, tuple[str, Mapping[str, Any]]] = {name: (text, {}) for name, text in PEERS.items()}
    texts |= {name: (query.text, {**query.defaults}) for name, query in questions().items()}
    wanted = {name: set(query.parameters) for name, query in questions().items()}
    wanted |= {name: {"person_id"} for name in PEERS}
    found = {name: Measured() for name in texts}
    for turn in range(CALLS + 1):
        given = _parameters(random.Random(turn), people)
        for name, (text, defaults) in texts.items():
            if found[name].taken and found[name].taken[-1] > PATIENCE / 4 and turn > 3:
                continue  # its time is known well enough
            own = {key: given[key] for key in wanted[name]} | defaults
            began = time.perf_counter()
            try:
                found[name].rows = len(db.read(text, own, timeout=PATIENCE))
                taken = time.perf_counter() - began
            except DatabaseError:
                taken = float("inf")
            if turn:  # the first one plans
                found[name].taken.append(taken)
            if turn < PROFILES and taken < PATIENCE / 4:
                with suppress(Neo4jError):  # now and then PROFILE fails where the query itself does not
                    found[name].hits.append(hits(db, text, own))
    return found


def hits(db: Database, text: str, parameters: Mapping[str, Any], timeout: float = PATIENCE) -> int:
    """Records, index entries and properties that a query touches, by ``PROFILE``."""
    asked = neo4j.Query(f"PROFILE {text}", timeout=timeout)  # type: ignore[arg-type]
    with db._driver.session(database=db.name, default_access_mode="READ") as session:
        profile = session.run(asked, dict(parameters)).consume().profile

    def total(step: Mapping[str, Any]) -> int:
        return int(step.get("dbHits", 0)) + sum(total(child) for child in step.get("children", ()))

    return total(profile or {})


def _report(found: Mapping[int, Mapping[str, Measured]], sizes: list[int]) -> Report:
    small, large = sizes[0], sizes[-1]
    report = Report("pages", "Every page's queries")
    growing = []
    for name in questions():
        one, other = found[small][name], found[large][name]
        before, after = median(one.hits or [0]), median(other.hits or [0])
        times = other.p95 / max(one.p95, 1e-9)
        if after > max(1.5 * before, before + 50) or not other.hits:
            hits = " / ".join(f"{median(found[size][name].hits or [0]):,.0f}" for size in sizes)
            growing.append(f"| `{name}` | {hits} | {times:.2g} | {'lists all' if name in LISTS else ''} |")
    steady = [name for name in questions() if not any(f"`{name}`" in line for line in growing)]
    for peer in PEERS:
        for kind, names in (("those that do not grow", steady), ("all", list(questions()))):
            ours = percentile([found[large][name].p95 for name in names], 0.95)
            base = percentile([found[small][name].p95 for name in names], 0.95)
            theirs = found[large][peer].p95
            report.lines.append(
                Line(f"{len(names)} queries ({kind}), {large:,} people", f"`{peer}`" if peer == "RETURN 1" else peer,
                     seconds(ours), seconds(theirs), f"{ours / base:.2g} of the time at {small:,}", "1.5",
                     ours / base <= 1.5)
            )  # fmt: skip
    report.remarks = [
        f"Hits grow with the clientele in {len(growing)} of {len(questions())} queries; in the others they do not:",
        f"\n| query | hits at {' / '.join(f'{size:,}' for size in sizes)} people | times p95 | |\n|---|---|---|---|\n"
        + "\n".join(growing),
    ]
    return report
