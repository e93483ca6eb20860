"""The examples of the console on the demo (D3): each finds something, Neo4j has no remark, and most give a picture."""

from __future__ import annotations

import pytest

from graphcrm.domain.viewer import OWNER
from graphcrm.services.console import ask_cypher
from graphcrm.ui.components.console_picture import answer_graph
from graphcrm.ui.components.console_state import value_of
from graphcrm.vocabulary.console import cypher_examples


@pytest.mark.parametrize("example", cypher_examples(), ids=lambda one: one.en)
def test_each_example_finds_something(demo, example):
    values = {name: value_of(text) for name, text in example.values.items()}
    answer = ask_cypher(demo, OWNER, example.cypher, values)
    assert answer.rows
    assert answer.hints == answer.cut == ()
    assert answer_graph(answer.rows).nodes
