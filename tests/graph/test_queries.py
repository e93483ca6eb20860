"""Every .cypher file, against real Neo4j and against the vocabulary."""

import re
import subprocess
import sys
import tempfile
import venv
from datetime import date, datetime
from pathlib import Path

import pytest

from graphcrm.domain.console import check_plan, check_text
from graphcrm.errors import CypherRefused
from graphcrm.queries.binder import Query, catalogue
from graphcrm.queries.cypher_text import read_cypher
from graphcrm.vocabulary import VOCABULARY

ROOT = Path(__file__).resolve().parents[2]
QUERIES = list(catalogue().values())
FILES = sorted((ROOT / "graphcrm" / "queries").rglob("*.cypher"))

# Labels, types and properties that are graphcrm's own book-keeping and no words of the users.
OWN_LABELS = {
    "Entity",
    "Command",
    "LabelsDue",
    "MapPosition",
    "Scenario",
    "ImportMapping",
    "CalendarFeed",
    "LastImport",
    "Account",
}
OWN_PROPERTIES = {
    "id",
    "version",
    "_lock",
    "key",
    "batch",
    "state",
    "created_at",
    "updated_at",
    "renewed_at",
    "node_ids",
    "xs",
    "ys",
    "change_id",
    "client_id",
    "changes",
    "saved_at",
    "position",
    "part",
    "rows",
    "disabled",
    "signed_out_at",
    "ended",
}

# The planner may begin with a label of which there are few: deals, against all that is tied to one client. As they grow
# it chooses anew. Introductions begin at our own firm, too.
FEW_OF_A_LABEL = {"account_plan", "client_deals", "event_countries", "goodwill_events", "introduction_circle"}
SCANS = {"AllNodesScan", "UndirectedAllRelationshipsScan", "DirectedAllRelationshipsScan", "CartesianProduct"}
SAMPLE = {str: "no-such-id", int: 10, float: 1.0, bool: True, date: date(2026, 1, 1), datetime: datetime(2026, 1, 1)}


def sample(annotation):
    """A value of the type that a query declares."""
    text = str(annotation)
    if annotation in SAMPLE:
        return SAMPLE[annotation]
    if text.startswith(("list", "tuple", "collections.abc.Sequence")):
        return []
    if text.startswith(("dict", "collections.abc.Mapping")):
        return {}
    return next((SAMPLE[kind] for kind in SAMPLE if kind.__name__ in text), None)


def operators(plan) -> list[str]:
    return [plan["operatorType"].split("@")[0]] + [
        name for child in plan.get("children", []) for name in operators(child)
    ]


def test_every_file_is_bound_to_a_function():
    assert {path.stem for path in FILES} == {query.name for query in QUERIES}


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_neo4j_explains_it_without_a_word(query: Query, demo):
    """No notification of any kind, no cartesian product; no scan of all nodes or ties."""
    parameters = {name: sample(annotation) for name, annotation in query.parameters.items()}
    # A plan that was made on the nearly empty graph of another test is not looked at.
    explanation = demo.explain(f"CYPHER replan=force {query.text}", parameters)
    ignored = {
        "01N50",
        "01N51",
        "01N52",
    }  # words that the demo's data happen not to use; the lint below knows all words
    assert [n for n in explanation.notifications if n.code not in ignored] == []
    given_ids = [name for name in query.parameters if name == "id" or name.endswith("_id")]
    found = SCANS.intersection(operators(explanation.plan))
    if given_ids and query.name not in FEW_OF_A_LABEL:
        found |= {name for name in operators(explanation.plan) if name == "NodeByLabelScan"}
    assert found == set()
    if query.writes:
        with pytest.raises(CypherRefused):
            check_plan(explanation.plan, explanation.query_type)
    else:  # the lists of the analysts' console are long enough for the library itself
        check_text(query.text)
        check_plan(explanation.plan, explanation.query_type)


@pytest.mark.parametrize("query", [q for q in QUERIES if not q.writes], ids=lambda query: query.name)
def test_a_reading_query_runs_on_the_demo_and_on_nothing(query: Query, demo):
    parameters = {name: sample(annotation) for name, annotation in query.parameters.items()}
    rows = query.run(demo, parameters)
    assert all(set(row) == set(query.columns) for row in rows)


BARE = re.compile(r"""//[^\n]*|/\*.*?\*/|'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*\"""", re.S)
LABEL = re.compile(r"\(\s*\w*\s*:\s*([A-Za-z_][\w|&:!]*)")
TYPE = re.compile(r"\[\s*\w*\s*:\s*([A-Z_][A-Z_|]*)")
PROPERTY = re.compile(r"(?<![\w$.])([a-z_]\w*)\.([A-Za-z_]\w*)(?!\w*\s*\()|[{,]\s*(\.)([a-z_]\w*)")
GIVEN = re.compile(r"UNWIND\s+\$\w+\s+AS\s+(\w+)|(\w+)\s+IN\s+\$\w+")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_it_uses_the_words_of_the_vocabulary(path: Path):
    text = re.sub(
        r"\bCALL\s+[a-z][\w.]*", "CALL", BARE.sub(" ", path.read_text("utf-8"))
    )  # procedures are no properties
    labels = {label for group in LABEL.findall(text) for label in re.split(r"[|&:!]+", group) if label}
    types = {kind for group in TYPE.findall(text) for kind in group.split("|") if kind}
    given = {name for pair in GIVEN.findall(text) for name in pair if name}  # rows that the caller passes in
    found = [(m[1] or m[3], m[2] or m[4]) for m in PROPERTY.finditer(text)]
    used = {name for variable, name in found if variable not in given}
    words = {name for kind in (*VOCABULARY.nodes.values(), *VOCABULARY.ties.values()) for name in kind.properties}
    aliases = set(re.findall(r"\bAS\s+(\w+)", text)) | set(re.findall(r"([a-z_]\w*)\s*:", text))
    assert labels - VOCABULARY.labels - OWN_LABELS == set()
    assert types - VOCABULARY.ties.keys() == set()
    assert used - words - OWN_PROPERTIES - aliases == set()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_it_does_not_write_in_the_form_that_loses_updates(path: Path):
    """A check of the version needs a lock taken first: 145 of 200 acknowledged writes were lost without one."""
    text = BARE.sub(" ", path.read_text("utf-8"))
    guarded = re.search(r"\bWHERE\b[^;]*\.version\s*=", text) and re.search(r"\bSET\b", text)
    assert not guarded or re.search(r"SET\s+\w+\._lock\b.*WHERE\b[^;]*\.version\s*=", text, re.S)


def test_the_files_ship_in_the_wheel():
    """Build the wheel, install it alone in a new environment, and read every query from there."""
    with tempfile.TemporaryDirectory() as folder:
        built = subprocess.run(
            [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, str(ROOT)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert built.returncode == 0, built.stderr
        (wheel,) = Path(folder).glob("*.whl")
        home = Path(folder) / "env"
        venv.create(home, with_pip=False)
        site = next(home.glob("lib/python*/site-packages"))
        subprocess.run([sys.executable, "-m", "zipfile", "-e", str(wheel), str(site)], check=True)
        outer = [path for path in sys.path if path.endswith("site-packages")]
        (site / "outer.pth").write_text("\n".join(outer))
        code = (
            "import graphcrm; from graphcrm.queries.binder import catalogue; from graphcrm.bootstrap import bundled;"
            "print(graphcrm.__file__); print(len(catalogue()));"
            "print((bundled('app.py').is_file(), (bundled('seed') / 'people.csv').is_file()))"
        )
        ran = subprocess.run(
            [home / "bin" / "python", "-c", code], capture_output=True, text=True, cwd=folder, check=True
        )
        place, count, shipped = ran.stdout.split("\n")[:3]
        assert place.startswith(str(site))
        assert int(count) == len(QUERIES)
        assert shipped == "(True, True)"


def test_a_file_holds_one_statement_with_documentation():
    for path in FILES:
        found = read_cypher(path.read_text("utf-8"))
        assert found.documentation.endswith("."), path.name
        assert ";" not in BARE.sub(" ", found.text), path.name
