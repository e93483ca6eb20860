"""What the binder reads from a .cypher file, and that a wrong file cannot be imported."""

import sys
import textwrap

import pytest

from graphcrm.errors import QueryContractError
from graphcrm.queries.cypher_text import read_cypher


def test_documentation_parameters_and_columns():
    found = read_cypher(
        "// One\n// paragraph.\nMATCH (n {id: $id}) RETURN n.id AS id, n.a + 1 AS more ORDER BY id LIMIT $limit"
    )
    assert found.documentation == "One paragraph."
    assert found.parameters == {"id", "limit"}
    assert found.columns == ("id", "more")
    assert found.text.startswith("MATCH")


@pytest.mark.parametrize(
    ("text", "parameters", "columns"),
    [
        ("RETURN '$no' AS a", set(), ("a",)),
        ('RETURN "it\\"s $no" AS a', set(), ("a",)),
        ("RETURN 1 AS a // $no RETURN 2 AS b", set(), ("a",)),
        ("/* $no RETURN 1 AS z */ RETURN $p AS a", {"p"}, ("a",)),
        ("MATCH (`$no`) RETURN `$no`.x AS a", set(), ("a",)),
        ("MATCH (n) CALL (n) { RETURN n.x AS inner } RETURN inner", set(), ("inner",)),
        (
            "MATCH (n) RETURN COLLECT { MATCH (n)--(m) RETURN m.id ORDER BY m.id LIMIT 3 } AS a, n.b AS b",
            set(),
            ("a", "b"),
        ),
        ("MATCH (n) RETURN DISTINCT {x: n.x, y: [1, 2]} AS map, count(*) AS n SKIP 1", set(), ("map", "n")),
        ("MATCH (n) RETURN n.a AS a UNION MATCH (m) RETURN m.a AS a", set(), ("a",)),
        ("MATCH (n) SET n.returned = $x", {"x"}, ()),
    ],
)
def test_it_is_not_fooled(text, parameters, columns):
    found = read_cypher(text)
    assert (found.parameters, found.columns, found.unnamed) == (parameters, columns, ())


def test_a_returned_expression_needs_a_name():
    assert read_cypher("MATCH (n) RETURN n.id, n.b AS b").unnamed == ("n.id",)


@pytest.fixture
def topic(tmp_path, monkeypatch):
    """Writes a package with one query and imports it."""

    def build(cypher_file: str | None, signature: str):
        package = tmp_path / "a_topic"
        package.mkdir()
        (package / "__init__.py").write_text(
            textwrap.dedent(
                """
                from dataclasses import dataclass
                from graphcrm.queries.binder import cypher
                @dataclass
                class Row:
                    id: str
                    name: str
                @cypher
                """
            )
            + signature
        )
        if cypher_file is not None:
            (package / "people.cypher").write_text(cypher_file)
        monkeypatch.syspath_prepend(str(tmp_path))
        monkeypatch.delitem(sys.modules, "a_topic", raising=False)
        return __import__("a_topic")

    yield build
    sys.modules.pop("a_topic", None)


GOOD = "// People.\nMATCH (p {id: $id}) RETURN p.id AS id, p.name AS name"


def test_a_file_that_fits_is_bound(topic):
    query = topic(GOOD, "def people(db, *, id: str) -> list[Row]: ...").people.query
    assert (query.name, query.topic, dict(query.parameters), query.columns) == (
        "people", "a_topic", {"id": str}, ("id", "name"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("file", "signature", "complaint"),
    [
        (None, "def people(db, *, id: str) -> list[Row]: ...", "no file people.cypher"),
        (
            GOOD,
            "def people(db, *, other: str) -> list[Row]: ...",
            r"the file has \$\['id'\], the function has \['other'\]",
        ),
        (GOOD.replace("p.name AS name", "p.name AS title"), "def people(db, *, id: str) -> list[Row]: ...", "title"),
        (GOOD.replace("// People.\n", ""), "def people(db, *, id: str) -> list[Row]: ...", "no first comment"),
        (GOOD.replace(" AS name", ""), "def people(db, *, id: str) -> list[Row]: ...", "lack AS name: p.name"),
        (GOOD, "def people(db, *, id: str) -> list[str]: ...", "one column is wanted"),
        (GOOD, "def people(db, *, id: str) -> set[str]: ...", "not one of the binder's shapes"),
    ],
)
def test_a_mismatch_fails_when_the_package_is_imported(topic, file, signature, complaint):
    with pytest.raises(QueryContractError, match=complaint):
        topic(file, signature)
