"""Numbers that carry their reasons.

A score never travels alone: each of its reasons names the ties, people and settings it came from, so that the app can
open any number down to its sources. What is not known widens ``low``..``high``; it is not counted as zero in silence.

A reason, fact, gap or answer names its sentence by a ``code``; :mod:`graphcrm.domain.messages` holds the English text
of every code and fills in the fields, so that this layer needs no translation and the app translates whole sentences.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

FactKind = Literal["tie", "node", "setting"]

TOLERANCE = 1e-9
"""Two scores closer than this are one and the same: it absorbs floating-point noise, nothing more."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing in the graph, or one setting, that a number rests on.

    Attributes:
        kind: ``tie`` (``id`` is a tie's id), ``node`` (``id`` is a node's id) or ``setting`` (``id`` is its name).
        id: what to open when the user asks where this came from.
        code: the sentence that describes it, or "" for none.
        params: the fields of the sentence.
    """

    kind: FactKind
    id: str
    code: str = ""
    params: Mapping[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Reason:
    """One part of a score.

    Attributes:
        code: the sentence that states it.
        value: the part by itself, 0-1, or None where it could not be computed.
        weight: its share in the whole, 0-1. Zero means: shown for information, not counted.
        contribution: what it adds to the score: ``value * weight``, or 0 where the value is None.
        facts: what it rests on.
        params: the fields of the sentence.
        low, high: the bounds of ``value`` that the unknown facts allow. None where the value is exact or has no bounds.
    """

    code: str
    value: float | None
    weight: float
    contribution: float
    facts: tuple[Fact, ...] = ()
    params: Mapping[str, Any] = field(default_factory=dict, hash=False)
    low: float | None = None
    high: float | None = None

    @classmethod
    def told(cls, code: str, *facts: Fact, **params: Any) -> Reason:
        """A reason that only says something: it has no value and counts for nothing."""
        return cls(code, None, 0.0, 0.0, facts, params)


@dataclass(frozen=True, slots=True)
class Score:
    """A number between 0 and 1 with its reasons.

    Attributes:
        value: the best estimate, or None: nothing is known from which it could be computed.
        reasons: in the order in which a reader should see them; their contributions sum up to ``value``.
        low, high: the least and the greatest value that the unknown facts allow; equal to ``value`` when all is known,
            None only when ``value`` is None.

    Raises:
        ValueError: ``0 <= low <= value <= high <= 1`` does not hold. That is a bug of ours, never of the data.
    """

    value: float | None
    reasons: tuple[Reason, ...] = ()
    low: float | None = None
    high: float | None = None

    def __post_init__(self) -> None:
        if self.value is None:
            return
        low = self.value if self.low is None else self.low
        high = self.value if self.high is None else self.high
        object.__setattr__(self, "low", low)
        object.__setattr__(self, "high", high)
        if not (-TOLERANCE <= low <= self.value + TOLERANCE and self.value <= high + TOLERANCE <= 1 + 2 * TOLERANCE):
            raise ValueError(f"a score must lie within 0 <= low <= value <= high <= 1, not {low}, {self.value}, {high}")

    @property
    def is_uncertain(self) -> bool:
        """True when unknown facts could move the score, or when there is no score."""
        return self.value is None or self.high - self.low > TOLERANCE  # type: ignore[operator]

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Every fact of every reason, each once, in order."""
        unique: dict[tuple[str, str], Fact] = {}
        for reason in self.reasons:
            for fact in reason.facts:
                unique.setdefault((fact.kind, fact.id), fact)
        return tuple(unique.values())
