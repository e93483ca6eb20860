"""The gate of the analysts' console (D3, faults.md): what it refuses by a query's text and by its plan."""

import pytest

from graphcrm.domain.console import called, check_plan, check_text, missing_values, mistake
from graphcrm.domain.console_names import FUNCTIONS, OPERATORS, WORDS, WRITERS
from graphcrm.errors import CypherRefused, InvalidInput


def plan(*operators: str, details: str = "") -> dict:
    """A plan of these operators, the first at its root."""
    made: dict = {}
    for name in reversed(operators):
        made = {"operatorType": name, "args": {"Details": details}, "children": [made] if made else []}
    return made


def refused(plan: dict, query_type: str = "r") -> str:
    with pytest.raises(CypherRefused) as caught:
        check_plan(plan, query_type)
    return str(caught.value)


def test_a_plan_that_reads_is_let_through():
    check_plan(plan("ProduceResults@neo4j", "Expand(All)@neo4j", "NodeByLabelScan@neo4j"), "r")
    check_plan(plan("ProduceResults", "Repeat(All, Trail)", "NodeUniqueIndexSeek"), "r")
    check_plan(plan("ProduceResults@another", "AllNodesScan@another"), "r")  # what an alias stands for


def test_an_operator_of_a_newer_neo4j_is_refused_by_default():
    """faults.md: unknown operator; stub plan."""
    said = refused(plan("ProduceResults@neo4j", "SendByMail(All)@neo4j"))
    assert "does not know what SendByMail does" in said


@pytest.mark.parametrize("name", sorted(WRITERS))
def test_an_operator_that_writes_is_refused_whatever_the_type_says(name):
    assert "would change" in refused(plan("ProduceResults@neo4j", f"{name}@neo4j"))


def test_what_locks_is_refused():
    assert "would change" in refused(plan("ProduceResults@neo4j", "NodeUniqueIndexSeek(Locking)@neo4j"))


@pytest.mark.parametrize("query_type", ["w", "rw", "s", ""])
def test_a_plan_of_readers_whose_type_is_another_is_refused(query_type):
    assert "would change" in refused(plan("ProduceResults@neo4j", "AllNodesScan@neo4j"), query_type)


def test_a_plan_of_the_system_database_is_refused():
    assert "not about the server" in refused(plan("ProduceResults@system", "AllNodesScan@system"))


def test_an_empty_plan_is_refused():
    refused({})


@pytest.mark.parametrize(
    ("operator", "words"),
    [
        ("LoadCSV@neo4j", "LOAD CSV"),
        ("ShowSettings@neo4j", "not about the server"),
        ("TerminateTransactions@neo4j", "not about the server"),
        ("AdministrationCommand@system", "not about the server"),
        ("AllNodesScan@system", "not about the server"),
        ("AllNodesScan@another", "not about the server"),
        ("TransactionApply@neo4j", "IN TRANSACTIONS"),
        ("RunQueryAt@neo4j", "does not know"),
    ],
)
def test_what_leaves_the_graph_is_refused(operator, words):
    assert words in refused(plan("ProduceResults@neo4j", operator))


@pytest.mark.parametrize(
    "details",
    ["apoc.load.json($x) :: (value :: MAP)", "dbms.components() :: ()", "`tx`.`setMetaData`($x) :: ()", "", "()"],
)
def test_a_procedure_that_is_not_named_is_refused(details):
    """faults.md: APOC on a foreign server; a fake procedure's name in the plan."""
    assert "does not call" in refused(plan("ProcedureCall@neo4j", details=details))


def test_procedures_that_read_the_graph_are_let_through():
    check_plan(plan("ProcedureCall@neo4j", details="db.index.fulltext.queryNodes($a, $b) :: (node :: NODE)"), "r")


@pytest.mark.parametrize(
    "cypher",
    [
        "RETURN apoc.load.json('x')",
        "RETURN apoc . /* hidden */ load\n.json // more\n ('x')",
        "RETURN `apoc`.`load`.json('x')",
        "RETURN `apoc.load.json`('x')",
        "RETURN 'a' + \"it's\" + apoc.x('b')",
        "RETURN '\\'' + apoc.x() + '\\''",
        "RETURN `it's` + apoc.x() + `it's`",
        "RETURN date.apoc.x()",
        "RETURN graph.byName('x')",
        "RETURN genai.vector.encode('x', 'OpenAI', {})",
        "RETURN ai.text.embed('x')",
        "RETURN file()",
        "RETURN apoc.x$(1)",
        "RETURN {using: 1, a: apoc.x()}",
        "MATCH (n) USING INDEX n:apoc.load(name) RETURN n",
        "CALL dbms.listConfig()",
        "CALL tx.setMetaData({a: 1})",
        "CALL db.clearQueryCaches()",
    ],
)
def test_a_function_or_procedure_that_is_not_named_is_refused_by_the_text(cypher):
    with pytest.raises(CypherRefused, match="does not call"):
        check_text(cypher)


@pytest.mark.parametrize(
    "inner",
    [
        "LOAD CSV FROM 'x' AS r RETURN r",
        "load /**/ csv with headers from $x as r RETURN r",
        "SHOW SETTINGS YIELD name RETURN name",
        "show// x\nusers YIELD user RETURN user",
        "SHOW TRANSACTIONS YIELD transactionId AS t TERMINATE TRANSACTIONS t YIELD message RETURN message",
        "USE system MATCH (n) RETURN n",
        "CALL (){ MATCH (n) RETURN n } IN TRANSACTIONS RETURN n",
        "CALL (){ MATCH (n) RETURN n } IN 2 CONCURRENT TRANSACTIONS OF 1 ROW RETURN n",
    ],
)
@pytest.mark.parametrize(
    "outer",
    [
        "RETURN [x IN [1] | COLLECT {{ {} }}] AS y",
        "MATCH (a)-[*1..2 {{x: COLLECT {{ {} }}}}]->(b) RETURN b",
        "RETURN CASE WHEN rand() > 2 THEN EXISTS {{{}}} ELSE 1 END AS y",
        "CYPHER 25 MATCH (`it's`) RETURN COUNT {{\n{}}} AS `y''s`",
    ],
)
def test_a_query_within_an_expression_hides_nothing(outer, inner):
    """Neo4j's plan has no operator for it, only the text of the expression."""
    with pytest.raises(CypherRefused, match=r"reads the graph only|not about the server|in one transaction"):
        check_text(outer.format(inner))


def test_names_that_are_spelled_like_a_clause():
    check_text("MATCH (n:Show {use: $show})-[:A|USE]->(m) WHERE n.terminate = m . use RETURN n {.show, use: 1}, `use`")
    check_text("MATCH (n) WITH n, n.x AS transactions WHERE 'x' IN transactions RETURN n")
    check_text("MATCH (n) WHERE n.transactions IN $transactions AND n.load > 1 RETURN n.csv // SHOW USERS")
    check_text(
        "MATCH (show) WITH show.use AS use WHERE use IN ['open'] AND use <> 'x' RETURN use, use AS show ORDER BY use"
    )
    with pytest.raises(CypherRefused, match="`show`"):
        check_text("MATCH (show) WITH show RETURN show")


@pytest.mark.parametrize(
    "cypher",
    [
        "RETURN \\u0061poc.x()",
        "RETURN '\\u0027, apoc.x(), \\u0027'",
        "\\uu0043REATE (n)",
        "RETURN apoc.\u200babs(1)",
        "RETURN apoc\ufeff.abs(1)",
        "RETURN apoc.x\x00(1)",
        "RETURN \\u2028 1",
        "RETURN [x IN [1] | COLLECT { LO\x08AD CSV FROM 'x' AS r RETURN r }]",
        "RETURN 'x\ud800'",
    ],
)
def test_what_hides_a_name_is_refused(cypher):
    with pytest.raises(CypherRefused, match=r"hides a letter|stands outside|holds a sign"):
        check_text(cypher)


@pytest.mark.parametrize(
    "cypher",
    [
        "PROFILE MATCH (n) RETURN n",
        "/* a */ pRoFiLe MATCH (n) RETURN n",
        "// a\n EXPLAIN MATCH (n) RETURN n",
        "CYPHER 5 PROFILE MATCH (n) RETURN n",
        "CYPHER 25 CYPHER 5 RETURN 1",
        "cypher runtime=slotted MATCH (n) RETURN n",
        "CYPHER 5 planner=cost MATCH (n) RETURN n",
        "USE system SHOW USERS",
        "use neo4j MATCH (n) RETURN n",
    ],
)
def test_a_query_begins_with_what_it_asks(cypher):
    with pytest.raises(CypherRefused, match=r"does not begin with|takes no settings"):
        check_text(cypher)


@pytest.mark.parametrize(
    "cypher",
    [
        "",
        " \n;",
        "// nothing",
        "/* nothing",
        "x" * 50_001,
        "RETURN " + "[" * 61 + "]" * 61,
        "RETURN " + "COLLECT { RETURN " * 11 + "1" + "}" * 11,
        "UNWIND [1] AS x " * 201,
    ],
)
def test_what_is_no_query_is_told(cypher):
    with pytest.raises(InvalidInput):
        check_text(cypher)


@pytest.mark.parametrize(
    "cypher",
    [
        "CYPHER 25 MATCH (n) RETURN n",
        "MATCH (n) WHERE n.text = 'apoc.x()' AND n.x IN (['a']) AND (n.y) RETURN n // apoc.x()",
        "MATCH p = SHORTEST 3 (a)-[:KNOWS]-+(b) RETURN [x IN nodes(p) | x.`имя`]",
        "MATCH (n) WHERE n.имя = 'Зиглиц' RETURN count(DISTINCT n), date.truncate('year', n.day), size( [1] )",
        "RETURN 'C:\\\\' AS a, '\\u0416' AS b",
        "CALL db.index.fulltext.queryNodes('names', $text) YIELD node RETURN node",
        "MATCH (n:Client) USING INDEX n:Client(name) USING TEXT INDEX SEEK n:Client (name) RETURN n",
    ],
)
def test_what_reads_is_let_through(cypher):
    check_text(cypher)


def test_what_is_within_a_text_is_not_counted():
    check_text("RETURN '" + "[" * 100 + "' AS x, `" + "{" * 100 + "` // " + "(" * 100)
    check_text("RETURN " + "abs(" * 60 + "1" + ")" * 60 + ", " + "[1], " * 1000 + "1")


def test_a_long_chain_of_names_is_read_once():
    """A text made to keep the gate busy would take minutes if it was read from each of its signs."""
    check_text("RETURN " + "a." * 20_000 + "a")
    check_text("RETURN " + "a" * 40_000)
    check_text("RETURN " + "`" * 40_000)
    check_text("RETURN " + "use," * 12_000)


def test_names_before_brackets():
    assert called("RETURN a . `b` /* x */ . c /* ( */ (1), 'd(' , e.f, g (2)") == ("a.b.c", "g")


def test_the_lists_do_not_overlap():
    assert not OPERATORS & WRITERS
    assert {"file", "linenumber", "graph.byname"}.isdisjoint(FUNCTIONS | WORDS)


def test_the_place_of_a_mistake_is_the_users():
    message = (
        'Invalid input \'RETURN\': expected ")" (line 1, column 18 (offset: 17))\n"EXPLAIN MATCH (n RETURN n"\n   ^'
    )
    found = mistake(message, before=8)
    assert (found.words, found.line, found.column) == ("Invalid input 'RETURN': expected \")\"", 1, 10)
    assert (mistake("x (line 2, column 3 (offset: 20))", before=8).column) == 3
    assert mistake("two statements (line 0, column 0 (offset: 8))").line is None
    assert mistake("/ by zero").words == "/ by zero"


def test_parameters_are_read_out_of_the_planner_s_remark():
    assert missing_values("warn: parameter missing. The undefined parameter(s) $`a` and $`b``c`.") == ("a", "b`c")
