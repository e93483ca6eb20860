"""What came after the gestures of a quarter (C3): attitudes and relations then and now, with honest wording."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

FEW = 10
"""With fewer people on either side nothing is said about a difference."""
_SUPPORTS = ("enemy", "non_supporter", "neutral", "supporter", "mentor")
"""From the least to the most favourable; not known is on no side."""


@dataclass(frozen=True, slots=True)
class After:
    """A key figure before and after.

    Attributes:
        support_before, support_after: attitudes, codes of ``support``.
        strength_before, strength_after: of the best relation that one of ours has, 0-10; None where none is known.
        level_before, level_after: the closest relation, codes of ``relationship_level``; None where none is known.
    """

    person_id: str
    name: str
    gestures: int
    support_before: str
    support_after: str
    strength_before: float | None
    strength_after: float | None
    level_before: str | None = None
    level_after: str | None = None

    @property
    def turned(self) -> int | None:
        """1 more favourable, -1 less, 0 as before; None where either is not known."""
        if self.support_before not in _SUPPORTS or self.support_after not in _SUPPORTS:
            return None
        change = _SUPPORTS.index(self.support_after) - _SUPPORTS.index(self.support_before)
        return (change > 0) - (change < 0)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What happened after the gestures. ``code``: the sentence; it never says that they caused it."""

    people: tuple[After, ...]
    code: str
    params: Mapping[str, Any] = field(default_factory=dict, hash=False)


def outcome(people: Sequence[After]) -> Outcome:
    """The sentence about those with gestures beside those without: too few to tell, or how many turned on each side."""
    with_, without = ([one for one in people if bool(one.gestures) is side and one.turned is not None]
                      for side in (True, False))  # fmt: skip
    params = {"count": len(with_), "others": len(without), "least": FEW}
    if not any(one.gestures for one in people):
        return Outcome(tuple(people), "outcome_none", params)
    if len(with_) < FEW or len(without) < FEW:
        return Outcome(tuple(people), "outcome_too_few", {**params, "turned": _turned(with_), "back": _back(with_)})
    same = _turned(with_) * len(without) == _turned(without) * len(with_)
    told = {**params, "turned": _turned(with_), "turned_others": _turned(without)}
    return Outcome(tuple(people), "outcome_same" if same else "outcome_differs", told)


def _turned(people: Iterable[After]) -> int:
    return sum(one.turned == 1 for one in people)


def _back(people: Iterable[After]) -> int:
    return sum(one.turned == -1 for one in people)
