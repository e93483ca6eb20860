"""Every page's queries on clienteles of all sizes: what grows with the clientele and what does not.

All sizes are served at once and asked in turn, call by call: what else the machine does hits all of them alike.
Two measures: the time within which 95 of 100 calls answer, beside ``RETURN 1`` and a whole node by id; and the *hits*
of the database (records, index entries and properties touched, by ``PROFILE``), which no load can change.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterable, Mapping
from contextlib import ExitStack, suppress
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
CALLS = 40
PROFILES = 6
TODAY = date(2026, 11, 23)
PATIENCE = 60.0
SLOW = 1.0
"""Seconds: a query that takes so long is not asked again and again."""
NOT_OF_A_PAGE = frozenset({"ingest", "export", "demo"})
ANALYSTS = {
    "account_plans": "every client with or without a plan",
    "knowledge_counts": "how much is known of every client",
}
"""Queries that no page, command or service asks, run by name, and what they go through; a test holds them to it."""
SMALL_ONLY = {"clients_list": "asked while there are at most 300 clients; above that pages ask clients_page"}
"""Queries that pages ask of a small clientele only, and why."""
SEARCHES = {
    "a full name": "anna* AND adl*",
    "a Cyrillic name": "ольг* AND зим*",
    "a first name": "anna*",
    "one letter": "a*",
    "a firm": "adl* AND works* AND 1*",
}
OWN = {"person_candidates": {"after": "ez"}}
"""The first people by id are our own, with many more ties than anybody else: a page of theirs is measured."""
SEARCHED = frozenset({"clients_named", "find_by_name"})
PEERS = {"RETURN 1": "RETURN 1 AS one", "whole node": "MATCH (n:Person {id: $person_id}) RETURN n"}


@dataclass(slots=True)
class Measured:
    """One query at one size: seconds of each call, hits of some; ``rows`` of the last call."""

    taken: list[float] = field(default_factory=list)
    hits: list[int] = field(default_factory=list)
    rows: int = 0

    @property
    def p95(self) -> float:
        """Seconds."""
        return percentile(self.taken, 0.95)

    @property
    def is_slow(self) -> bool:
        """Whether its time is known well enough."""
        return len(self.taken) > 2 and min(self.taken[-2:]) > SLOW


Found = dict[int, dict[str, Measured]]
"""By people, then by query; a search has an entry for each kind of words."""


def run(work: Path, most: int, say: Say) -> Report:
    """All sizes up to ``most`` people."""
    sizes = [size for size in SIZES if size <= most] or [most]
    with ExitStack() as stack:
        served = {}
        for size in sizes:
            say(f"pages: {size:,} people")
            home = work / f"data-{size}" / "neo4j"
            home.mkdir(parents=True)
            write_files(work / f"files-{size}", size)
            load(home, work / f"files-{size}")
            served[size], _ = stack.enter_context(own_server(work / f"data-{size}", heap="2g", page_cache="1g"))
            served[size].read("CALL db.awaitIndexes(600)", timeout=SECONDS)
        return report(measure(served, say))


def questions() -> dict[str, Query]:
    """The reading queries of the pages, and those of analysts, whose parameters are known here."""
    known = _parameters(random.Random(1), 1_000).keys()
    return {
        name: query
        for name, query in catalogue().items()
        if not query.writes and query.topic not in NOT_OF_A_PAGE and query.parameters.keys() <= known
    }


def _parameters(chance: random.Random, people: int) -> dict[str, Any]:
    theirs = people - max(2, people // 200)
    ids = [f"p{number}" for number in chance.sample(range(theirs), 3)]
    number = 2 * chance.randrange(theirs // 50)
    client, deal = f"c{number}", f"d{number}"
    return {
        "client_id": client, "client_ids": [client], "person_id": ids[0], "person_ids": ids, "employee_id": "e1",
        "node_ids": ids, "entity_id": ids[0], "ids": ids, "other_ids": ids, "as_of": TODAY, "since": date(2025, 11, 24),
        "until": date(2026, 11, 24), "days": 365, "most": 50, "after": "", "words": "",
        "labels": ["Person"], "label": "Employee", "types": ["KNOWS"], "employee": "e1", "by_id": "owner",
        "change_id": "none", "layout_id": "none", "deal_id": deal, "organization_ids": [client], "partner_id": client,
        "subject_id": client, "account": "owner", "account_id": "nobody@example.org", "employee_ids": ["e1"],
        "addresses": [f"{ids[0]}@firm.example"],
        "after_client": ["", ""], "industries": [], "countries": [], "stages": [], "search": "", "prefix": "none",
        "plan_id": "none", "feed_id": "none", "event_id": "none", "event_ids": [], "entry_id": "none",
        "action_ids": ids, "clients": 500,
    }  # fmt: skip


def measure(served: Mapping[int, Database], say: Say = lambda _: None, calls: int = CALLS) -> Found:
    """All questions and peers at all sizes in turn, each with the ids of a client and people chosen by chance."""
    texts = {name: (text, {}, {"person_id"}) for name, text in PEERS.items()}
    texts |= {name: (query.text, dict(query.defaults), {*query.parameters}) for name, query in questions().items()}
    found: Found = {size: {} for size in served}
    for turn in range(calls + 1):
        say(f"pages: call {turn} of {calls}")
        given = {size: _parameters(random.Random(turn), size) for size in served}
        for name, (text, defaults, wanted) in texts.items():
            for kind, words in SEARCHES.items() if name in SEARCHED else [("", "")]:
                for size in list(served)[:: 1 if turn % 2 else -1]:
                    own = {key: given[size][key] for key in wanted}
                    own |= {key: value for key, value in defaults.items() if value is not None}
                    own |= OWN.get(name, {}) | ({"words": words} if words else {})
                    one = found[size].setdefault(f"{name}: {kind}" if kind else name, Measured())
                    _ask(served[size], one, text, own, turn)
    return found


def _ask(db: Database, one: Measured, text: str, parameters: Mapping[str, Any], turn: int) -> None:
    if one.is_slow:
        return
    began = time.perf_counter()
    try:
        one.rows = len(db.read(text, dict(parameters), timeout=PATIENCE))
        taken = time.perf_counter() - began
    except DatabaseError:
        taken = float("inf")
    if turn:  # the first one plans
        one.taken.append(taken)
    if turn < PROFILES and taken < PATIENCE / 4:
        with suppress(Neo4jError):  # now and then PROFILE fails where the query itself does not
            one.hits.append(hits(db, text, parameters))


def hits(db: Database, text: str, parameters: Mapping[str, Any], timeout: float = PATIENCE) -> int:
    """Records, index entries and properties that a query touches, by ``PROFILE``."""
    asked = neo4j.Query(f"PROFILE {text}", timeout=timeout)  # type: ignore[arg-type]
    with db._driver.session(database=db.name, default_access_mode="READ") as session:
        result = session.run(asked, dict(parameters))
        list(result)  # what is left unread would not be counted
        profile = result.consume().profile

    def total(step: Mapping[str, Any]) -> int:
        return int(step.get("dbHits", 0)) + sum(total(child) for child in step.get("children", ()))

    return total(profile or {})


def report(found: Found) -> Report:
    """The tables: of what pages ask, of what grows, of what only analysts ask."""
    small, large = min(found), max(found)
    made = Report("pages", "Every page's queries")
    apart = {*PEERS, *ANALYSTS, *SMALL_ONLY}
    searches = [name for name in found[small] if name.split(":")[0] in SEARCHED]
    steady = [name for name in found[small] if name not in apart and name not in searches]
    groups = [("queries of the pages", steady, 1.5), ("searches by name", searches, 3.0)]
    for what, names, aim in groups:
        pooled = {size: percentile(_calls(found[size], names), 0.95) for size in found}
        for peer in PEERS:
            made.lines.append(
                Line(f"all calls of {len(names)} {what}, {large:,} people", peer, seconds(pooled[large]),
                     seconds(found[large][peer].p95),
                     f"{pooled[large] / pooled[small]:.2f} of the p95 at {small:,} ({seconds(pooled[small])})",
                     f"{aim:g}", pooled[large] <= aim * pooled[small])
            )  # fmt: skip
    growing = [name for name in steady if _grows(found[small][name], found[large][name])]
    others = [name for name in steady if name not in growing]
    slower = [name for name in steady if _slower(found[small][name], found[large][name])]
    made.remarks = [
        "All sizes were served at once and each call made at all of them in turn, in an order that turns round: other "
        f"work on the machine hits all alike. `RETURN 1` itself took {seconds(found[small]['RETURN 1'].p95)} beside "
        f"{small:,} people and {seconds(found[large]['RETURN 1'].p95)} beside {large:,} (p95).",
        f"Hits grow with the clientele in {len(growing)} of the {len(steady)} queries; those of the others together "
        f"are {_touched(found[large], others) / max(_touched(found[small], others), 1):.2f} of those at {small:,}:"
        + _table(found, growing),
        f"The median call takes more than 1.5 times as long in {len(slower)} of them: {_named(slower)}.",
        "Searches:" + _table(found, searches),
        "Of a small clientele only: " + "; ".join(f"`{name}` is {why}" for name, why in SMALL_ONLY.items()) + "."
        + _table(found, SMALL_ONLY),
        "No page asks these; analysts run them by name:" + _table(found, ANALYSTS, ANALYSTS),
    ]  # fmt: skip
    return made


def _calls(measured: Mapping[str, Measured], names: Iterable[str]) -> list[float]:
    return [taken for name in names for taken in measured[name].taken]


def _touched(measured: Mapping[str, Measured], names: Iterable[str]) -> float:
    return sum(median(measured[name].hits or [0]) for name in names)


def _grows(one: Measured, other: Measured) -> bool:
    before, after = median(one.hits or [0]), median(other.hits or [0])
    return after > max(1.5 * before, before + 50) or not other.hits


def _slower(one: Measured, other: Measured) -> bool:
    """By more than half and by more than 2 ms."""
    before, after = median(one.taken), median(other.taken)
    return after > max(1.5 * before, before + 0.002)


def _named(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names) or "none"


def _table(found: Found, names: Iterable[str], notes: Mapping[str, str] = {}) -> str:
    sizes = sorted(found)
    lines = [f"\n\n  | query | hits at {' / '.join(f'{size:,}' for size in sizes)} people | rows | p95 | |",
             "  |---|---|---|---|---|"]  # fmt: skip
    for name in names:
        each = [found[size][name] for size in sizes]
        cells = (
            f"`{name}`",
            " / ".join(f"{median(one.hits):,.0f}" if one.hits else "not told" for one in each),
            " / ".join(f"{one.rows:,}" for one in each),
            " / ".join(seconds(one.p95) for one in each),
            notes.get(name, ""),
        )
        lines.append("  | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"
