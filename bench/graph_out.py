"""Who knows whom, out of the graph for analysis: lists of columns, beside rows and whole nodes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from bench.graph import SECONDS, own_server
from bench.harness import Contender, Line, Report, Say, agree, faster, interleave, ratio
from bench.offline import load, write_files
from graphcrm.database.connection import Database

SIZES = (100_000, 1_000_000)
RANGE = 100_000
"""People in one reading, of all contenders: each costs a query more, to find where it ends."""
WITHIN = "MATCH (a:Person) WHERE $from <= a.id < $to MATCH (a)-[r:REPORTS_TO|KNOWS|INFLUENCES]->(b:Person)"
Edge = tuple[str, str, float | None]


def run(work: Path, most: int, say: Say) -> Report:
    """Both sizes up to ``most`` people."""
    report = Report("graph-out", "The graph out for analysis")
    for size in [size for size in SIZES if size <= most] or [most]:
        say(f"graph out: {size:,} people")
        home = work / f"data-{size}" / "neo4j"
        home.mkdir(parents=True)
        write_files(work / f"files-{size}", size)
        load(home, work / f"files-{size}")
        with own_server(work / f"data-{size}", heap="2g", page_cache="1g") as (db, _):
            report.lines += _lines(db, size)
    report.remarks = [
        "Compared: an order-free hash of all ties (both ends and the strength). All read by ranges of 100,000 people, "
        "so that neither side holds all of them at once, and pay for finding where a range ends. The lists are read in "
        "turn with rows, and then in turn with whole nodes.",
    ]
    return report


def _lines(db: Database, size: int) -> list[Line]:
    db.read("CALL db.awaitIndexes(600)", timeout=SECONDS)
    large = size > 100_000
    return [
        _beside(db, size, "plain rows", by_rows, 2.0 if large else 6.0),
        _beside(db, size, "whole nodes", by_nodes, 2.0 if large else 15.0),
    ]


def _beside(db: Database, size: int, peer: str, read: Callable[[Database], Iterator[Edge]], aim: float) -> Line:
    """The lists in turn with one peer alone: what whole nodes leave for the server to clean up falls on their pair."""
    found = interleave(
        [
            Contender("lists", lambda _: list(by_lists(db)), answer=_hash),
            Contender(peer, lambda _: list(read(db)), answer=_hash),
        ],
        9 if size <= 100_000 else 1,  # the first of them meet a server that still compiles its queries
    )
    agree({name: one.answer for name, one in found.items()})
    lists, other = found["lists"], found[peer]
    return Line(f"{size:,} people, {lists.answer[0]:,} ties", peer, lists.both(), other.both(), faster(lists, other),
                f"{aim:g} x", ratio(lists, other) >= aim)  # fmt: skip


def by_lists(db: Database) -> Iterator[Edge]:
    """graphcrm's way: a list for each column."""
    query = (
        f"{WITHIN} RETURN collect(a.id) AS ones, collect(b.id) AS others, collect(coalesce(r.strength, -1)) AS strong"
    )
    for within in _ranges(db):
        row = db.read(query, within, timeout=SECONDS)[0]
        yield from zip(row["ones"], row["others"], row["strong"], strict=True)


def by_rows(db: Database) -> Iterator[Edge]:
    """A row for each tie."""
    query = f"{WITHIN} RETURN a.id AS one, b.id AS other, coalesce(r.strength, -1) AS strong"
    for within in _ranges(db):
        yield from ((row["one"], row["other"], row["strong"]) for row in db.read(query, within, timeout=SECONDS))


def by_nodes(db: Database) -> Iterator[Edge]:
    """Whole nodes and relationships, as object mappers fetch them."""
    query = f"{WITHIN} RETURN a, r, b"
    for within in _ranges(db):
        for row in db.read(query, within, timeout=SECONDS):
            yield row["a"]["id"], row["b"]["id"], row["r"].get("strength", -1)


def _ranges(db: Database) -> Iterator[dict[str, str]]:
    query = "MATCH (p:Person) WHERE p.id >= $from WITH p.id AS id ORDER BY id SKIP $size LIMIT 1 RETURN id"
    begin = ""
    while found := db.read(query, {"from": begin, "size": RANGE}, timeout=SECONDS):
        yield {"from": begin, "to": found[0]["id"]}
        begin = found[0]["id"]
    yield {"from": begin, "to": "\U0010ffff"}


def _hash(edges: Iterable[Edge]) -> tuple[int, str]:
    total = count = 0
    for edge in edges:
        total += int.from_bytes(hashlib.blake2b(repr(edge).encode(), digest_size=16).digest())
        count += 1
    return count, f"{total % 2**128:032x}"
