"""A folder of CSV files for tests of the importer, files put into a graph, and what it looks like from outside."""

import hashlib
import json
import random
from pathlib import Path

from graphcrm.database.connection import Database
from graphcrm.domain.viewer import OWNER
from graphcrm.services.importing import ImportReport, apply_plan, check_folder
from tests.ingest_files import streams

FILES = {
    "regions.csv": ["id,name,country", "r1,Север,RU"],
    "organizations.csv": [
        "id,name,kinds,country,region_id",
        "own,Meridian,own_firm,DE,",
        "verf,Верфь,client|partner,RU,r1",
        "bank,Bank,partner,DE,",
    ],
    "deals.csv": ["id,name,stage,client_id", "d1,Насосы,tender,verf", "d2,Drives,lead,verf"],
    "interactions.csv": ["id,kind,date,participant_ids,employee_ids", "i1,meeting,2026-11-02,p1|p2,e1"],
}


def write_folder(folder: Path, people: int = 40) -> Path:
    """Some ``people`` at one client: a chain of command, influences, families, one of ours who covers them."""
    ids = [f"p{number}" for number in range(1, people + 1)]
    rows = dict(FILES)
    rows["people.csv"] = [
        "id,name,birth_date",
        "e1,Emil,",
        *(f"{one},Person {one},~{1950 + i % 40}" for i, one in enumerate(ids)),
    ]
    rows["works_at.csv"] = [
        "person_id,organization_id,title,level",
        "e1,own,Sales,2",
        *(f"{one},verf,Staff,{1 + i // 4}" for i, one in enumerate(ids)),
    ]
    rows["reports_to.csv"] = [
        "person_id,boss_id,confidence",
        *(f"{one},{ids[(i - 1) // 2]},0.8" for i, one in enumerate(ids) if i),
    ]
    rows["influences.csv"] = [
        "person_id,influenced_id,strength",
        *(f"{one},{ids[i - 3]},{i % 11}" for i, one in enumerate(ids) if i % 3 == 0 and i),
    ]
    rows["stakeholders.csv"] = [
        "person_id,subject_id,roles,support",
        "p1,verf,decision_maker,supporter",
        "p2,d1,technical_evaluator|user,neutral",
    ]
    rows["covered_by.csv"] = ["person_id,employee_id,coverage,recorded_by", *(f"{one},e1,brief,e1" for one in ids[::5])]
    folder.mkdir(parents=True, exist_ok=True)
    for name, lines in rows.items():
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def shuffle_folder(source: Path, target: Path, seed: int = 1) -> Path:
    """The same files with rows and columns in another order, other separators and another encoding."""
    chance = random.Random(seed)
    target.mkdir(parents=True)
    for path in sorted(source.glob("*.csv")):
        header, *rows = [line.split(",") for line in path.read_text("utf-8").splitlines()]
        order = chance.sample(range(len(header)), len(header))
        chance.shuffle(rows)
        lines = [";".join(row[place] for place in order) for row in (header, *rows)]
        (target / path.name).write_text("\r\n".join(lines) + "\r\n", encoding="utf-8-sig", newline="")
    return target


def put(db: Database, files: dict[str, str | bytes], **options: object) -> ImportReport:
    """Import files, given as texts or bytes by name."""
    return apply_plan(db, OWNER, check_folder(db, OWNER, streams(files)), **options)


def graph_content(db: Database) -> list[str]:
    """Every node and tie as a line of text, sorted; without versions and times of recording."""
    nodes = db.read(
        "MATCH (n) WHERE NOT n:TestDatabase AND NOT n:Migration AND NOT n:MigrationLock "
        "AND NOT n:Command AND NOT n:LastImport "
        "RETURN labels(n) AS labels, properties(n) AS properties"
    )
    ties = db.read("MATCH (a)-[r]->(b) RETURN type(r) AS type, a.id AS start, b.id AS end, properties(r) AS properties")
    return sorted(_line(row) for row in (*nodes, *ties))


def _line(row: dict) -> str:
    kept = {name: value for name, value in row["properties"].items() if name not in ("version", "recorded_at")}
    if "labels" in row:
        row = {**row, "labels": sorted(row["labels"])}
    return json.dumps({**row, "properties": kept}, sort_keys=True, ensure_ascii=False, default=str)


def graph_hash(db: Database) -> str:
    """One number for the whole graph."""
    return hashlib.sha256("\n".join(graph_content(db)).encode()).hexdigest()
