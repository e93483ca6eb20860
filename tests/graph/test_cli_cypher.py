"""``graphcrm cypher`` as a user runs it, on real Neo4j (D3)."""

import csv
import io
import json
import os
import subprocess
import sys

import pytest

from graphcrm.errors import CypherRefused, InvalidInput
from tests.commands import environment_of

PEOPLE = "MATCH (p:Kept) WHERE p.id >= $from RETURN p, p.name AS name ORDER BY p.id"


@pytest.fixture
def kept(database, run):
    database.write("CREATE (:Kept {id: 'a', name: '=Ада'}), (:Kept {id: 'b', name: '[red]Bo[/red]\x1b[31m'})")
    return run


def test_a_table(kept):
    text = kept("cypher", PEOPLE, "--param", "from=a")
    assert "(:Kept =Ада)" in text
    assert "[red]Bo[/red]" in text
    assert "\x1b[31m" not in text


def test_csv(kept):
    rows = list(csv.DictReader(io.StringIO(kept("cypher", PEOPLE, "-p", "from=b", "-f", "csv"))))
    assert [row["p"] for row in rows] == ['(:Kept {"id": "b", "name": "[red]Bo[/red]\\u001b[31m"})']
    assert kept("cypher", PEOPLE, "-p", "from=a", "-f", "csv").splitlines()[1].endswith(",'=Ада")


def test_json(kept):
    (row,) = json.loads(kept("cypher", PEOPLE, "-p", "from=b", "--format", "json"))
    assert (row["p"]["labels"], row["p"]["properties"]["id"]) == (["Kept"], "b")


def test_what_is_wrong_is_told(kept):
    with pytest.raises(CypherRefused, match="only reads"):
        kept("cypher", "CREATE (n)")
    with pytest.raises(InvalidInput, match="needs a value for from"):
        kept("cypher", PEOPLE)
    with pytest.raises(InvalidInput, match="is not a parameter"):
        kept("cypher", PEOPLE, "-p", "from")


def typed(endpoint, query: str, *options: str) -> tuple[int, str, str]:
    """Standard input holds the query; gives the exit code, standard output and standard error."""
    ran = subprocess.run(
        [sys.executable, "-m", "graphcrm", "cypher", "-", *options],
        input=query,
        env=os.environ | environment_of(endpoint),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return ran.returncode, ran.stdout, ran.stderr


def test_from_standard_input_what_is_cut_is_told_beside_the_answer(database, neo4j_endpoint):
    code, out, said = typed(neo4j_endpoint, "UNWIND range(1, 50)\nAS i RETURN i", "-f", "json", "--most", "3")
    assert code == 0
    assert [row["i"] for row in json.loads(out)] == [1, 2, 3]
    assert said == "There are more rows; the first 3 are here.\n"


def test_a_mistake_is_pointed_at(database, neo4j_endpoint):
    code, out, said = typed(neo4j_endpoint, "MATCH (n)\n  RETURN m.name\n")
    assert (code, out) == (1, "")
    assert said.splitlines()[:2] == ["  RETURN m.name", "         ^"]
    assert "Line 2, column 10" in said
    assert "Traceback" not in said
