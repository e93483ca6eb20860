"""Values of an answer in free Cypher, as text and as JSON (D3)."""

import csv
import io
import json
from datetime import UTC, date, datetime, time, timedelta

import pytest

from graphcrm.services.console import Node, Path, Tie, as_csv, plain, shown

ADA = Node("4:x:1", ("Entity", "Person"), {"name": "Ада", "id": "p-ada"})
BO = Node("4:x:2", ("Entity", "Client"), {"id": "c-bo"})
KNOWS = Tie("5:x:1", "KNOWS", "4:x:1", "4:x:2", {"since": 2020})
BACK = Tie("5:x:2", "KNOWS", "4:x:2", "4:x:1", {})


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "true"),
        (0.5, "0.5"),
        (ADA, "(:Person Ада)"),
        (BO, "(:Client c-bo)"),
        (Node("4:x:3", (), {}), "()"),
        (KNOWS, "[:KNOWS]"),
        (Path((ADA, BO), (KNOWS,)), "(:Person Ада)-[:KNOWS]->(:Client c-bo)"),
        (Path((ADA, BO, ADA), (BACK, BACK)), "(:Person Ада)<-[:KNOWS]-(:Client c-bo)-[:KNOWS]->(:Person Ада)"),
        (Path((ADA,), ()), "(:Person Ада)"),
        ([1, "a", None], "1|a|"),
        ([ADA, BO], "(:Person Ада)|(:Client c-bo)"),
        ([[1], {"a": date(2026, 11, 23)}], '[[1], {"a": "2026-11-23"}]'),
        (date(2026, 11, 23), "2026-11-23"),
        (timedelta(days=1), "1 day, 0:00:00"),
        (float("nan"), "nan"),
    ],
)
def test_as_text(value, text):
    assert shown(value) == text


def test_whole_nodes_have_all_they_hold():
    assert shown(ADA, whole=True) == '(:Entity:Person {"name": "Ада", "id": "p-ada"})'
    assert shown(KNOWS, whole=True) == '[:KNOWS {"since": 2020}]'


def test_json_holds_every_kind():
    row = [ADA, KNOWS, Path((ADA, BO), (KNOWS,)), {"x": [BO]}, time(9), datetime(2026, 1, 1, tzinfo=UTC), float("inf")]
    text = json.dumps(plain(row), allow_nan=False)
    found = json.loads(text)
    assert found[0] == {"id": "4:x:1", "labels": ["Entity", "Person"], "properties": {"name": "Ада", "id": "p-ada"}}
    assert (found[1]["type"], found[1]["start"], found[1]["end"]) == ("KNOWS", "4:x:1", "4:x:2")
    assert [one["id"] for one in found[2]["nodes"]] == ["4:x:1", "4:x:2"]
    assert found[4:] == ["09:00:00", "2026-01-01T00:00:00+00:00", "inf"]


def test_csv_runs_no_formula():
    text = as_csv(("=a", "n", "x"), [("=1+1", -5, ADA), ("@x", None, ["=1", 2])])
    assert list(csv.reader(io.StringIO(text))) == [
        ["'=a", "n", "x"],
        ["'=1+1", "-5", '(:Entity:Person {"name": "Ада", "id": "p-ada"})'],
        ["'@x", "", "'=1|2"],
    ]
