"""What the answers to guided questions suggest: a role, an attitude, a political status. A suggestion, never more.

The questions are data (``guides.yaml`` of the vocabulary, with their sources). Not knowing is an answer: it suggests
nothing by itself and is told as what to find out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from graphcrm.vocabulary import Guide, GuideRule

Answer = Literal["yes", "no", "unknown"]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A value that fits the answers, and the questions whose answers speak for it."""

    value: str
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Advice:
    """What a guide says to some answers.

    Attributes:
        suggestions: in the guide's order; at most one where a record takes one value only.
        unanswered: questions that nobody could answer, worth finding out.
        contradictory: everything is answered and some with yes, and yet no value fits.
    """

    suggestions: tuple[Suggestion, ...]
    unanswered: tuple[str, ...]
    contradictory: bool


def advise(guide: Guide, answers: Mapping[str, Answer]) -> Advice:
    """What ``guide`` suggests. Questions that ``answers`` leaves out are not known."""
    said = {question: answers.get(question, "unknown") for question in guide.questions}
    found: dict[str, Suggestion] = {}
    for rule in guide.suggestions:
        if rule.value not in found and _fits(rule, said):
            asked = (*rule.all, *rule.any, *rule.none)
            found[rule.value] = Suggestion(rule.value, tuple(one for one in asked if said[one] != "unknown"))
    suggestions = tuple(found.values())
    unanswered = tuple(question for question, answer in said.items() if answer == "unknown")
    contradictory = not suggestions and not unanswered and "yes" in said.values()
    return Advice(suggestions if guide.many else suggestions[:1], unanswered, contradictory)


def _fits(rule: GuideRule, said: Mapping[str, Answer]) -> bool:
    return (
        all(said[one] == "yes" for one in rule.all)
        and (not rule.any or any(said[one] == "yes" for one in rule.any))
        and all(said[one] == "no" for one in rule.none)
        and not any(said[one] == "yes" for one in rule.unless)
    )
