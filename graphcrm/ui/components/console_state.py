"""What the console keeps of a session (D3): the text, the values, the last answer, what was asked before."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import streamlit as st

from graphcrm.errors import GraphcrmError
from graphcrm.services.console import ConsoleAnswer
from graphcrm.ui.state import ui_state

TEXT, VALUE = "console-cypher", "console-value-"
"""Keys of the text and, with a parameter's name behind, of the field of its value."""
MOST_KEPT = 20


@dataclass(frozen=True, slots=True)
class Question:
    """A query and the values of its parameters as they were written."""

    cypher: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class ConsoleState:
    """What outlives the widgets.

    Attributes:
        question: as it stands in the fields, kept while they are not drawn.
        names, names_of: the parameters of a text, and the text.
        answer, failure: of the last time that it was asked; ``failed`` is the text that failed.
        number: how many answers there were: another one is another picture.
        asked: what was asked before, the last first.
    """

    question: Question = field(default_factory=lambda: Question(""))
    names: tuple[str, ...] = ()
    names_of: str = ""
    answer: ConsoleAnswer | None = None
    failure: GraphcrmError | None = None
    failed: str = ""
    number: int = 0
    asked: list[Question] = field(default_factory=list)

    def keep(self, question: Question) -> None:
        """Put a question before those that were asked earlier, once."""
        self.asked = [question, *(one for one in self.asked if one != question)][:MOST_KEPT]


def console_state() -> ConsoleState:
    """Of this session."""
    return ui_state().pages.setdefault("console", ConsoleState())


def load_question(cypher: str, values: Mapping[str, str]) -> None:
    """Put a question into the fields; for callbacks, before the fields are drawn. The last answer goes."""
    state = console_state()
    state.question, state.answer, state.failure = Question(cypher, dict(values)), None, None
    st.session_state[TEXT] = cypher
    for name, text in values.items():
        st.session_state[VALUE + name] = text


def value_of(text: str) -> Any:
    """What a field stands for: JSON's own words (``12``, ``true``, ``["a"]``, ``"12"``), a day, else the text."""
    with suppress(ValueError, RecursionError):
        return json.loads(text, parse_constant=lambda word: word)
    with suppress(ValueError):
        return date.fromisoformat(text) if len(text) == len("2026-11-26") else datetime.fromisoformat(text)
    return text


def text_of(value: Any) -> str:
    """The reverse of :func:`value_of`."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str) and isinstance(value_of(value), str) and value_of(value) == value:
        return value
    return json.dumps(value, ensure_ascii=False, default=str)
