"""The five warmest allowed introductions to a person, beside all paths whose conditions are tested afterwards.

Asked as the product asks: from all of our people to somebody by chance, at most two go-betweens; and how far away they
are, up to six ties. The peers read all paths of the kinds of ties that are walked (or of any kind), and then throw
away what is not allowed; what is left is ranked by the same rules, so that the chains must be equal, one by one.
"""

from __future__ import annotations

import csv
import random
import shutil
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

from neo4j.exceptions import Neo4jError

from bench.graph import SECONDS, own_server
from bench.harness import Line, Report, Say, percentile, seconds
from bench.offline import load, write_files
from bench.pages import hits
from graphcrm.database.connection import Database
from graphcrm.domain.viewer import OWNER
from graphcrm.errors import DatabaseError
from graphcrm.queries import introductions as queries
from graphcrm.services.introductions import Reach, reach

SIZES = (10_000, 100_000, 1_000_000)
PEOPLE = 24
WARM_UP = 3
ENOUGH = 6
"""Who exceeds the limit that often, and always, is asked no more."""
TODAY = date(2026, 11, 23)
PATIENCE = 10.0
"""Seconds, the limit of a page's query in the product. Who exceeds it counts as that long."""
AIM = 20.0
ACQUAINTANCES = 10
KINDS = "KNOWS|COVERED_BY|MENTOR_OF|INFLUENCES|REPORTS_TO"
OURS = """EXISTS {
  (employee)-[job:WORKS_AT]->(:OwnFirm)
  WHERE coalesce(job.valid_from <= $as_of, true) AND coalesce(job.valid_to > $as_of, true)
}"""
ALLOWED = f"""all(tie IN relationships(path) WHERE type(tie) IN split('{KINDS}', '|')
    AND coalesce(tie.valid_from <= $as_of, true) AND coalesce(tie.valid_to > $as_of, true)
    AND coalesce(tie.use, 'open') = 'open' AND coalesce(tie.strength > 0, true)
    AND coalesce(tie.basis <> 'family', true) AND NOT coalesce(tie.coverage IN ['none', 'unknown'], false))
  AND all(person IN nodes(path) WHERE person:Person AND NOT person:FamilyMember)"""
COLUMNS = queries.introduction_contacts.query.text.split("WITH DISTINCT tie, source", 1)[1]  # type: ignore[attr-defined]
CHAINS = """
MATCH (target:Person {{id: $person_id}})
CALL (target) {{
  MATCH path = (target)-[{kinds}*1..3]-(employee:Person)
  WITH path, employee
  WHERE {ours} AND {allowed}
  RETURN path
  UNION
  MATCH path = (target)-[{kinds}*0..2]-(person:Person)
  MATCH (person)<-[:WITH]-(contact:Interaction)-[:CONDUCTED_BY]->(employee:Person)
  WITH path, employee
  WHERE {ours} AND {allowed}
  RETURN path
}}
UNWIND relationships(path) AS tie
OPTIONAL MATCH (source:Source {{id: tie.source}})
WITH DISTINCT tie, source
{columns}"""
FAR = """
MATCH (target:Person {{id: $person_id}})
MATCH path = (target)-[{kinds}*1..6]-(employee:Person)
WITH path, employee
WHERE {ours} AND {allowed}
RETURN length(path) AS ties ORDER BY ties LIMIT 3"""


def _naive(text: str, kinds: str) -> str:
    return text.format(kinds=kinds, ours=OURS, allowed=ALLOWED, columns=COLUMNS)


class Afterwards:
    """A database that reads the ties of a circle by all paths, and tests the conditions afterwards."""

    def __init__(self, db: Database, text: str) -> None:
        self.db, self.text = db, text

    def read(self, query: str, parameters: Mapping[str, Any] | None = None, **options: Any) -> list[dict[str, Any]]:
        """As :meth:`Database.read`; the nearest chain is a question of its own and is not asked here."""
        given = dict(parameters or {})
        if query == queries.introduction_circle.query.text:  # type: ignore[attr-defined]
            own = {name: given[name] for name in ("person_id", "as_of")}
            return self.db.read(self.text, own, timeout=PATIENCE)
        if query == queries.introduction_contacts.query.text:  # type: ignore[attr-defined]
            return []  # they are in the paths
        return _Reading(self.db).read(query, given, **options)


class _Reading:
    """A database without the nearest chain, which is measured by itself; counts the hits when ``counted``."""

    def __init__(self, db: Database, *, counted: bool = False) -> None:
        self.db, self.counted, self.hits = db, counted, 0

    def read(self, query: str, parameters: Mapping[str, Any] | None = None, **options: Any) -> list[dict[str, Any]]:
        """As :meth:`Database.read`."""
        if query == queries.introduction_nearest.query.text:  # type: ignore[attr-defined]
            return []
        if self.counted:
            self.hits += hits(self.db, query, parameters or {})
        return self.db.read(query, parameters, **options)


@dataclass(slots=True)
class _Asked:
    """One way to ask, over all people: seconds and answers, None where the limit was exceeded; hits of some."""

    taken: list[float] = field(default_factory=list)
    answers: list[Any] = field(default_factory=list)
    hits: list[int] = field(default_factory=list)

    @property
    def p95(self) -> float:
        """Seconds, at most :data:`PATIENCE`."""
        return percentile(self.taken, 0.95)

    @property
    def over(self) -> int:
        """How often the limit was exceeded."""
        return self.answers.count(None)


def run(work: Path, most: int, say: Say) -> Report:
    """All sizes up to ``most`` people: with three ties to a person, and with ten acquaintances more."""
    report = Report("paths", "Five warm paths")
    for size in [size for size in SIZES if size <= most] or [most]:
        for more in (0, ACQUAINTANCES):
            folder = work / f"{size}-{more}"
            say(f"paths: {size:,} people, {more} acquaintances more")
            fill(folder, size, more)
            with own_server(folder, heap="2g", page_cache="1g") as (db, _):
                db.read("CALL db.awaitIndexes(600)", timeout=SECONDS)
                report.lines += lines(
                    db, size, f"{size:,} people" + (f" with {more} acquaintances more" if more else "")
                )
            shutil.rmtree(folder)
    report.remarks = [
        f"p95 of {PEOPLE} people by chance; {PATIENCE:g} s is the limit of a page's query, and who exceeds it counts "
        f"as that long, and is asked no more after {ENOUGH} times. Hits: records and properties touched, by "
        "`PROFILE`, at the median of a few people, which no load changes: graphcrm's of all its queries, the peers' of "
        "the paths alone.",
        "Compared: every chain, its people and its warmth to the last digit; of the nearest chain its length, wherever "
        "the peer answers.",
    ]
    return report


def fill(folder: Path, people: int, more: int) -> None:
    """A store with the clientele and ``more`` acquaintances of each person by chance, some of them not allowed."""
    home = folder / "neo4j"
    home.mkdir(parents=True)
    write_files(folder / "files", people)
    chance, theirs = random.Random(2), people - max(2, people // 200)
    header = [":START_ID", ":END_ID", ":TYPE", "strength:double", "use:string", "id:string", "version:long"]
    with (folder / "files" / "ties-acquaintances.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        for number in range(theirs if more else 0):
            for place in range(more):
                use = "do_not_use" if chance.random() < 0.2 else "open"
                ends = f"p{number}", f"p{chance.randrange(theirs)}"
                writer.writerow([*ends, "KNOWS", chance.randint(0, 10), use, f"a{number}-{place}", 1])
    load(home, folder / "files")
    shutil.rmtree(folder / "files")


def lines(db: Database, people: int, told: str) -> list[Line]:
    """Both questions, asked in every way in turn."""
    ids = [f"p{number}" for number in random.Random(1).sample(range(people - max(2, people // 200)), PEOPLE + WARM_UP)]
    typed, free = (_naive(CHAINS, kinds) for kinds in (f":{KINDS}", ""))
    nearest = queries.introduction_nearest.query.text  # type: ignore[attr-defined]
    far = _naive(FAR, f":{KINDS}")
    ways: dict[str, Callable[[str], Any]] = {
        "ours": lambda one: chains(reach(_Reading(db), OWNER, one, as_of=TODAY)),  # type: ignore[arg-type]
        "typed": lambda one: chains(reach(Afterwards(db, typed), OWNER, one, as_of=TODAY)),  # type: ignore[arg-type]
        "free": lambda one: chains(reach(Afterwards(db, free), OWNER, one, as_of=TODAY)),  # type: ignore[arg-type]
        "nearest": lambda one: [row["ties"] for row in db.read(nearest, _given(one, most=3), timeout=PATIENCE)][:1],
        "far": lambda one: [row["ties"] for row in db.read(far, _given(one), timeout=PATIENCE)][:1],
    }
    found = {name: _Asked() for name in ways}
    for turn, one in enumerate(ids):
        for name, ask in list(ways.items())[:: -1 if turn % 2 else 1]:
            _ask(found[name], ask, one, counts=turn >= WARM_UP)
        if turn < WARM_UP:
            reading = _Reading(db, counted=True)
            reach(reading, OWNER, one, as_of=TODAY)  # type: ignore[arg-type]
            found["ours"].hits.append(reading.hits)
            _profile(db, found["nearest"], nearest, _given(one, most=3))
            for name, text in (("typed", typed), ("free", free), ("far", far)):
                _profile(db, found[name], text, _given(one))
    for name, peer in (("ours", "typed"), ("ours", "free"), ("nearest", "far")):
        for mine, theirs in zip(found[name].answers, found[peer].answers, strict=False):
            assert theirs is None or mine == theirs, f"{mine} / {theirs}"
    kinds, all_kinds = "all paths of these kinds of ties, then the conditions", "all paths, then kinds and conditions"
    return [
        _line(f"{told}, five warmest chains", kinds, found["ours"], found["typed"]),
        _line(f"{told}, five warmest chains", all_kinds, found["ours"], found["free"]),
        _line(f"{told}, nearest chain up to six ties", kinds, found["nearest"], found["far"]),
    ]


def chains(found: Reach) -> list[tuple[tuple[str, ...], float]]:
    """Ids of the people of each chain, and its warmth."""
    return [(chain.people, chain.warmth) for chain in (*found.ways.warm, *found.ways.cold)]


def _given(one: str, **more: Any) -> dict[str, Any]:
    return {"person_id": one, "as_of": TODAY, **more}


def _ask(asked: _Asked, ask: Callable[[str], Any], one: str, *, counts: bool) -> None:
    if asked.over == len(asked.answers) >= ENOUGH:
        return
    began = time.perf_counter()
    try:
        answer = ask(one)
    except DatabaseError:
        answer = None
    taken = time.perf_counter() - began
    if counts:
        asked.taken.append(taken if answer is not None else max(taken, PATIENCE))
        asked.answers.append(answer)


def _profile(db: Database, asked: _Asked, text: str, given: Mapping[str, Any]) -> None:
    with suppress(Neo4jError):  # it takes too long; the line says how often the limit was exceeded
        asked.hits.append(hits(db, text, given, timeout=PATIENCE))


def _line(what: str, beside: str, ours: _Asked, theirs: _Asked) -> Line:
    quick = theirs.p95 / ours.p95
    return Line(what, beside, _told(ours), _told(theirs), f"{quick:.3g} x as fast", f"{AIM:g} x", quick >= AIM)


def _told(asked: _Asked) -> str:
    touched = f", {median(asked.hits):,.0f} hits" if asked.hits else ""
    over = f", {asked.over} of {len(asked.answers)} over the limit" if asked.over else ""
    return f"{seconds(asked.p95)}{touched}{over}"
