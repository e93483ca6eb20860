"""Examples of the analysts' console as data (D3)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from pydantic import Field, TypeAdapter

from graphcrm.vocabulary.model import Word
from graphcrm.vocabulary.reader import read_data


class CypherExample(Word):
    """What it asks, as the word's names; ``values``: of its parameters, as somebody would write them."""

    cypher: str
    values: Mapping[str, str] = Field(default_factory=dict)


@cache
def cypher_examples() -> tuple[CypherExample, ...]:
    """The examples, in the order in which they are shown."""
    return TypeAdapter(tuple[CypherExample, ...]).validate_python(read_data("console.yaml"))
