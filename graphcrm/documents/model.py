"""What a document says, before it has a form: a title and lines, each of a style."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Style = Literal[
    "fact",  # standing of the whole
    "section",
    "question",
    "value",
    "item",
    "missing",  # what is not known
    "helper",  # who could find it out
    "note",
    "figure",  # a key figure
    "reason",
    "proof",  # a tie behind a reason
    "gap",
]


@dataclass(frozen=True, slots=True)
class Line:
    """One line, without control characters."""

    style: Style
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """A document in one language ("en" or "ru"), as of a day."""

    title: str
    language: str
    as_of: date
    lines: tuple[Line, ...]


def flat(text: str) -> str:
    """One line of printable text: a name cannot forge a line, talk to a terminal or turn the writing round."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())
