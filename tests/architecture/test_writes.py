"""Nobody can write over what they have not seen (faults.md, "Concurrency", guard).

``MATCH (n) WHERE n.version = $v SET n.version = $v + 1`` looks safe and is not: Neo4j locks at the ``SET``, so of eight
who pass the ``WHERE`` together all write. A statement that reads what it then writes has to lock first
(``SET n._lock = true``), and a save that reads in one statement and writes in another has to stand in the gate.
"""

import ast
import re
from pathlib import Path

import pytest

from graphcrm.queries.binder import catalogue

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "graphcrm"
FILES = sorted(PACKAGE.rglob("*.cypher"))
LOCK = re.compile(r"\bSET\s+(?:\w+:\w+,\s*)?\w+\._lock\s*=\s*true")
NOT_READ = {"id", "key", "_lock"}
"""Ids and keys never change, so there is nothing to lose by looking at them early."""

IN_THE_GATE = {"graphcrm/services/_saving.py", "graphcrm/ingest/apply.py"}
ALONE = {
    "save_places",
    "forget_places",
    "save_scenario",
    "forget_scenario",
    "keep_mapping",
    "keep_last_import",
    "forget_mapping",
    "mark_demo",
    "keep_calendar_feed",
    "keep_account",
    "end_sign_in",
}
"""Writes of one statement that are nobody's facts: they lock, or they look at nothing."""


def bare(text: str) -> str:
    """Without comments and strings."""
    return re.sub(r"//[^\n]*|/\*.*?\*/|'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"", " ", text, flags=re.DOTALL)


def set_clauses(text: str) -> list[tuple[int, str]]:
    """(place, text) of what follows each SET, up to the next clause."""
    ends = r"(?=\b(?:SET|WITH|RETURN|REMOVE|DELETE|DETACH|UNWIND|MATCH|MERGE|FOREACH|CALL|ON)\b|\||$)"
    return [(found.start(), found[1]) for found in re.finditer(rf"\bSET\b(.*?){ends}", text, re.DOTALL)]


def lost_updates(text: str) -> list[str]:
    """What a statement reads of a node or tie before it has locked it, though it writes to the same one."""
    text = bare(text)
    lock = LOCK.search(text)
    locked = lock.start() if lock else len(text)
    clauses = set_clauses(text)
    written = {name for _, clause in clauses for name in re.findall(r"\b(\w+)(?:\.\w+\s*=|\s*\+=)", clause)}
    found = []
    for read in re.finditer(r"\b(\w+)(?:\.(\w+)|\s*\[\w+\])|\b(?:keys|labels|properties)\((\w+)\)", text):
        name, prop = read[1] or read[3], read[2]
        if name not in written or prop in NOT_READ or read.start() >= locked or _is_target(text, read):
            continue
        if any(place + 3 + len(clause) <= read.start() and _writes(clause, name) for place, clause in clauses):
            continue  # locked by the write before it
        if not _of_itself(clauses, read.start(), name, prop):
            found.append(read.group())
    return found


def _writes(clause: str, name: str) -> bool:
    return re.search(rf"\b{name}(?:\.\w+\s*=|\s*\+=)", clause) is not None


def _is_target(text: str, read: re.Match[str]) -> bool:
    """It stands left of the sign: is written, not read."""
    return re.match(r"\s*(?:=(?!=)|\+=)", text[read.end() :]) is not None and any(
        place < read.start() < place + 3 + len(clause) for place, clause in set_clauses(text)
    )


def _of_itself(clauses: list[tuple[int, str]], at: int, name: str, prop: str | None) -> bool:
    """``SET n.c = n.c + 1``: Neo4j locks by itself where a value is made directly of the property's old one."""
    for place, clause in clauses:
        if place < at < place + 3 + len(clause):
            items = re.split(r",(?![^(\[]*[)\]])", clause)
            return any(
                re.match(rf"\s*{name}\.{prop}\s*=", item) and f"{name}.{prop}" in item.split("=", 1)[1]
                for item in items
            )
    return False


WRONG = {
    "version looked at before the lock": "MATCH (n:Entity {id: $id}) WHERE n.version = $v SET n.version = $v + 1",
    "carried along by WITH": "MATCH (n:Entity {id: $id}) WITH n, n.names AS old SET n.names = old + $name",
    "the lock comes too late": "MATCH (n {id: $id}) WHERE n.version = $v SET n._lock = true SET n.version = $v + 1",
    "in the pattern": "MATCH (n:Entity WHERE n.version = $v) SET n += $properties",
    "one property of another": "MATCH (n {id: $id}) SET n.total = n.price * $count",
    "by keys": "MATCH (n {id: $id}) WITH n, any(k IN keys(n) WHERE k = $k) AS has SET n.has = has",
}
RIGHT = {
    "locked first": "MATCH (n {id: $id}) SET n._lock = true WITH n WHERE n.version = $v SET n.version = $v + 1",
    "of itself": "MATCH (n {id: $id}) SET n.count = coalesce(n.count, 0) + 1",
    "blind": "MATCH (n {id: $id}) SET n.name = $name, n += $properties",
    "reads another": "MATCH (n {id: $id})-->(m) SET n.seen = m.name",
    "a comment": "MATCH (n {id: $id}) // WHERE n.version = $v\nSET n.version = 1",
}


@pytest.mark.parametrize("text", WRONG.values(), ids=WRONG)
def test_the_guard_finds_the_wrong_forms(text: str):
    assert lost_updates(text)


@pytest.mark.parametrize("text", RIGHT.values(), ids=RIGHT)
def test_the_guard_lets_the_right_forms_pass(text: str):
    assert lost_updates(text) == []


def test_no_statement_writes_over_what_it_has_not_locked():
    assert len(FILES) > 60
    found = {str(path.relative_to(ROOT)): lost_updates(path.read_text("utf-8")) for path in FILES}
    assert {name: reads for name, reads in found.items() if reads} == {}


def calls(path: Path) -> list[tuple[str, int]]:
    tree = ast.parse(path.read_text("utf-8"))
    return [
        (node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id, node.lineno)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name)
    ]


def modules() -> list[Path]:
    return [path for path in sorted(PACKAGE.rglob("*.py")) if not path.is_relative_to(PACKAGE / "queries")]


def test_facts_are_written_in_the_gate_only():
    """A service that reads and then writes on its own would lose what others saved in between."""
    writing = {name for name, query in catalogue().items() if query.writes}
    assert writing >= {"write_nodes", "record_change", *ALONE}
    found = {
        f"{path.relative_to(ROOT)}:{line} {name}"
        for path in modules()
        for name, line in calls(path)
        if name in writing - ALONE and str(path.relative_to(ROOT)) not in IN_THE_GATE
    }
    assert found == set()


def test_a_transaction_is_opened_by_few():
    """``Database.together`` is how one reads and writes in one transaction: who uses it takes the gate first."""
    users = {str(path.relative_to(ROOT)) for path in modules() for name, _ in calls(path) if name == "together"}
    assert users == IN_THE_GATE
