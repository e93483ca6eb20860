"""The five warmest allowed introductions to a person, beside all paths whose conditions are tested afterwards.

Asked as the product asks: from all of our people to somebody by chance, at most two go-betweens; and how far away they
are, up to six ties. The peers read all paths of the kinds of ties that are walked (or of any kind), and then throw
away what is not allowed. All else is the same for everybody: the question that follows about the people on the chains,
the ranking, and the answer, chain by chain.
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
from bench.harness import Line, Report, Say, percentile, processor_seconds, seconds
from bench.offline import load, write_files
from bench.pages import hits
from graphcrm.database.connection import Database
from graphcrm.domain.viewer import OWNER
from graphcrm.errors import DatabaseError
from graphcrm.queries import introductions as queries
from graphcrm.services.introductions import Reach, reach

SIZES = (10_000, 100_000, 1_000_000)
PEOPLE = 24
WARM_UP = 12
ROUNDS = 9
ENOUGH = 30.0
"""Seconds of answering, after which one is asked no more."""
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
CIRCLE, NEAREST = queries.introduction_circle.query.text, queries.introduction_nearest.query.text  # type: ignore[attr-defined]
COLUMNS = CIRCLE.split("\n}\nRETURN\n", 1)[1]
CHAINS = """
MATCH (target:Person {{id: $person_id}})
CALL (target{more}) {{
  MATCH path = (target)-[{kinds}*1..3]-(employee:Person)
  {ends}
  WITH path, employee
  WHERE {ours} AND {allowed}
  RETURN relationships(path) AS way, [] AS contacts
  UNION ALL
  MATCH path = (target)-[{kinds}*0..2]-(person:Person)
  MATCH (person)<-[:WITH]-(contact:Interaction)-[:CONDUCTED_BY]->(employee:Person)
  WITH path, person, contact, employee
  WHERE {ours} AND {allowed} AND contact.date <= $as_of AND contact.date > $as_of - duration({{days: $days}})
  RETURN relationships(path) AS way,
    [contact {{.id, .kind, .mood, on: contact.date, person_id: person.id, employee_id: employee.id}}] AS contacts
}}
WITH collect(way) AS ways, collect(DISTINCT contacts) AS met
WITH [ways] AS chains, met, [] AS walks
RETURN
{columns}"""
FAR = """
MATCH (target:Person {{id: $person_id}})
MATCH path = (target)-[{kinds}*1..6]-(employee:Person)
WITH path, employee
WHERE {ours} AND {allowed}
RETURN length(path) AS ties ORDER BY ties LIMIT 3"""
OF_EACH = f"""
MATCH (:OwnFirm)<-[job:WORKS_AT]-(employee:Person)
WHERE coalesce(job.valid_from <= $as_of, true) AND coalesce(job.valid_to > $as_of, true)
MATCH (target:Person {{id: $person_id}}) WHERE target <> employee
MATCH path = shortestPath((target)-[:{KINDS}*1..6]-(employee))
WHERE {ALLOWED}
RETURN length(path) AS ties ORDER BY ties LIMIT 3"""


OTHERS = """
CALL () {
  MATCH (:OwnFirm)<-[:WORKS_AT]-(person:Person&!Employee)
  RETURN collect(DISTINCT person) AS others
}"""
BY_LABEL = """WHERE employee:Employee OR employee IN others
  WITH collect({path: path, employee: employee}) AS found // else the planner tests the costly conditions first
  UNWIND found AS one
  WITH one.path AS path, one.employee AS employee"""


def _naive(text: str, kinds: str = "", *, by_label: bool = False) -> str:
    """``by_label``: the ends of the paths are told by their label first, as graphcrm does."""
    ends, others = (BY_LABEL, OTHERS) if by_label else ("", "")
    more = ", others" if by_label else ""
    return others + text.format(kinds=kinds, ours=OURS, allowed=ALLOWED, columns=COLUMNS, ends=ends, more=more)


class Asking:
    """A database without the nearest chain, which is measured by itself; ``circle`` stands in for the circle's text.

    Counts the hits when ``counted``.
    """

    def __init__(self, db: Database, circle: str = CIRCLE, *, counted: bool = False) -> None:
        self.db, self.circle, self.counted, self.hits = db, circle, counted, 0

    def read(self, query: str, parameters: Mapping[str, Any] | None = None, **_: Any) -> list[dict[str, Any]]:
        """As :meth:`Database.read`."""
        if query == NEAREST:
            return []
        text = self.circle if query == CIRCLE else query
        if self.counted:
            self.hits += hits(self.db, text, parameters or {}, timeout=PATIENCE)
        return self.db.read(text, parameters, timeout=PATIENCE)


@dataclass(slots=True)
class _Asked:
    """One way to ask: seconds and answers (None where the limit was exceeded), work of each round, hits of some."""

    taken: list[float] = field(default_factory=list)
    answers: list[Any] = field(default_factory=list)
    worked: list[float] = field(default_factory=list)
    hits: list[int] = field(default_factory=list)

    @property
    def work(self) -> float:
        """Seconds of the processor for one question, client and server together."""
        return median(self.worked)

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
        f"{PEOPLE} people by chance, {ROUNDS} times over, or until {ENOUGH:g} s of answering: median and p95 on the "
        "wall, work and hits (records and properties touched, by `PROFILE`: no load changes them) of one question. "
        f"{PATIENCE:g} s is the limit of a page's query, and who exceeds it counts as that long.",
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
    ids = [f"p{number}" for number in random.Random(1).sample(range(people - max(2, people // 200)), PEOPLE)]
    texts = {
        "ours": CIRCLE,
        "all paths of these kinds of ties to ours, then the conditions": _naive(CHAINS, f":{KINDS}", by_label=True),
        "all paths of these kinds of ties, then whose they are and the conditions": _naive(CHAINS, f":{KINDS}"),
        "all paths, then kinds, whose they are and the conditions": _naive(CHAINS),
    }
    warmest = {name: _warmest(db, text) for name, text in texts.items()}
    nearest = {"ours": _nearest(db, NEAREST), "all paths of these kinds of ties, then the conditions":
               _nearest(db, _naive(FAR, f":{KINDS}")),
               "`shortestPath` from each of ours, then the conditions": _nearest(db, OF_EACH)}  # fmt: skip
    return [
        *_compared(f"{told}, five warmest chains", warmest, ids),
        *_compared(f"{told}, nearest chain up to six ties", nearest, ids),
    ]


Ask = Callable[[str, bool], Any]
"""Of a person's id, and whether hits are wanted: gives the answer, or the number of hits."""


def _warmest(db: Database, circle: str) -> Ask:
    def ask(one: str, counted: bool) -> Any:
        asking = Asking(db, circle, counted=counted)
        found = reach(asking, OWNER, one, as_of=TODAY)  # type: ignore[arg-type]
        return asking.hits if counted else chains(found)

    return ask


def _nearest(db: Database, text: str) -> Ask:
    def ask(one: str, counted: bool) -> Any:
        given = {"person_id": one, "as_of": TODAY, "most": 3}
        if counted:
            return hits(db, text, given, timeout=PATIENCE)
        return [row["ties"] for row in db.read(text, given, timeout=PATIENCE)][:1]

    return ask


def _compared(what: str, ways: Mapping[str, Ask], ids: list[str]) -> list[Line]:
    """The first of ``ways`` beside the others: each asked about everybody, in turn, several times over."""
    found = {name: _Asked() for name in ways}
    for name, ask in ways.items():
        for one in ids[:WARM_UP]:
            with suppress(Neo4jError, DatabaseError):  # it takes too long; the line says how often
                found[name].hits.append(ask(one, True))
                ask(one, False)
                continue
            break
    for turn in range(ROUNDS):
        for name in list(ways)[:: -1 if turn % 2 else 1]:
            _ask(found[name], ways[name], ids)
    ours, *others = found
    for name in others:
        for mine, theirs in zip(found[ours].answers, found[name].answers, strict=False):
            assert theirs is None or mine == theirs, f"{mine} / {theirs}"
    return [_line(what, name, found[ours], found[name]) for name in others]


def chains(found: Reach) -> list[tuple[tuple[str, ...], float]]:
    """Ids of the people of each chain, and its warmth."""
    return [(chain.people, chain.warmth) for chain in (*found.ways.warm, *found.ways.cold)]


def _ask(asked: _Asked, ask: Ask, ids: list[str]) -> None:
    """One round."""
    before, count = processor_seconds(), 0
    for one in ids:
        if sum(asked.taken) > ENOUGH:
            break
        began = time.perf_counter()
        try:
            answer = ask(one, False)
        except DatabaseError:
            answer = None
        taken = time.perf_counter() - began
        asked.taken.append(taken if answer is not None else max(taken, PATIENCE))
        asked.answers.append(answer)
        count += 1
    if count:
        asked.worked.append((processor_seconds() - before) / count)


def _line(what: str, beside: str, ours: _Asked, theirs: _Asked) -> Line:
    quick = percentile(theirs.taken, 0.95) / percentile(ours.taken, 0.95)
    middling, work = median(theirs.taken) / median(ours.taken), theirs.work / max(ours.work, 1e-9)
    fewer = f", {median(theirs.hits) / median(ours.hits):.3g} x fewer hits" if ours.hits and theirs.hits else ""
    told = f"{quick:.3g} x as fast in the p95, {middling:.3g} x in the median, {work:.3g} x by work{fewer}"
    return Line(what, beside, _told(ours), _told(theirs), told, f"{AIM:g} x", quick >= AIM)


def _told(asked: _Asked) -> str:
    touched = f", {median(asked.hits):,.0f} hits" if asked.hits else ""
    over = f", {asked.over} of {len(asked.answers)} over the limit" if asked.over else ""
    middle, p95 = seconds(median(asked.taken)), seconds(percentile(asked.taken, 0.95))
    return f"{middle}, p95 {p95} ({seconds(asked.work)} of work){touched}{over}"
