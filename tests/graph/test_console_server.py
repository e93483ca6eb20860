"""The analysts' console and a server of its own, which may be hurt (D3; faults.md, "Console and Cypher")."""

import logging
from pathlib import Path

import pytest

from graphcrm.config import load_settings
from graphcrm.database.connection import connect
from graphcrm.database.local import LocalServer
from graphcrm.domain.viewer import OWNER
from graphcrm.errors import CypherRefused, CypherWrong, DatabaseError, DatabaseTimeout, QueryFailed
from graphcrm.services.console import Limits, ask_cypher

MARKER = "Зиглиц-0815"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A small server, and its data folder."""
    data = tmp_path_factory.mktemp("console") / "data"
    made = LocalServer(load_settings(data=data, bolt_port=0, heap="384m", page_cache="32m"))
    endpoint = made.start()
    with connect(endpoint.uri, endpoint.username, endpoint.password) as database:
        yield made, database, data
    made.stop()


@pytest.mark.parametrize(
    "bomb",
    [
        "RETURN size(reduce(s = 'x', i IN range(1, 40) | s + s)) AS n",
        "UNWIND range(1, 12) AS k RETURN collect(reduce(s = 'x' + k, i IN range(1, 25) | s + s)) AS n",
        "UNWIND range(1, 9) AS k RETURN reduce(s = 'x' + k, i IN range(1, 26) | s + s) AS n",
    ],
)
def test_a_heap_bomb_ends_in_an_error_or_a_cut_and_the_server_goes_on(server, bomb):
    """faults.md: string doubling, which Neo4j's limit of memory does not count."""
    made, database, _ = server
    before = made.status().pid
    try:
        end = " ".join(ask_cypher(database, OWNER, bomb).cut)
    except QueryFailed as error:
        end = str(error)
    assert end == "bytes" or "needs more memory" in end
    assert ask_cypher(database, OWNER, "RETURN 1 AS one").rows == ((1,),)
    assert made.status().pid == before


def test_no_text_of_a_query_is_written_anywhere(server, caplog):
    """faults.md: query text holds personal data; grep the whole data folder and our own log for a marker."""
    _, database, data = server
    caplog.set_level(logging.DEBUG)
    logging.getLogger("neo4j").setLevel(logging.INFO)  # DEBUG would be the wire itself, which nobody turns on by chance
    ask_cypher(database, OWNER, f"MATCH (n:Nowhere {{name: '{MARKER}'}}) RETURN n, n.`{MARKER}` AS x")
    ask_cypher(database, OWNER, "MATCH (n {name: $name}), (m) RETURN n", {"name": MARKER})
    asked = {
        f"MATCH (n {{name: '{MARKER}'}}) DETACH DELETE n": CypherRefused,
        f"MATCH (n {{name: '{MARKER}'}} RETURN n": CypherWrong,
        f"RETURN date('{MARKER}') AS x": CypherWrong,
        f"UNWIND range(1, 20000000) AS a RETURN collect(a + '{MARKER}') AS x": QueryFailed,
        f"UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b WITH a, b WHERE a + b < 0 "
        f"RETURN count('{MARKER}')": DatabaseTimeout,
    }
    for cypher, error in asked.items():
        with pytest.raises(error) as caught:
            ask_cypher(database, OWNER, cypher, limits=Limits(seconds=1.5 if error is DatabaseTimeout else 20))
        assert isinstance(caught.value, CypherRefused | DatabaseError)
    assert MARKER not in caplog.text
    assert [file.name for file in data.rglob("*") if file.is_file() and holds(file)] == []
    (data / "marked").write_text(f"by {MARKER}", "utf-8")
    assert holds(data / "marked"), "the search finds what is there"


def holds(file: Path) -> bool:
    content = file.read_bytes()
    return any(MARKER.encode(code) in content for code in ("utf-8", "utf-16-le", "utf-16-be"))
