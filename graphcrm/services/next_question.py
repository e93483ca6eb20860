"""How sure the ranking of key figures is, and which one fact would change it most (C1.8, C2.1, A5.2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np

from graphcrm.database.connection import Database
from graphcrm.domain.could_find_out import CouldFindOut, could_find_out
from graphcrm.domain.next_question import PossibleAnswer, Question, questions
from graphcrm.domain.power import PowerWeights
from graphcrm.domain.resampling import TOP, Scored, Stability, draw_worlds, stability
from graphcrm.domain.structure import PowerStructure
from graphcrm.domain.viewer import Viewer
from graphcrm.queries.binder import Asked
from graphcrm.services._evidence import Evidence, evidence
from graphcrm.services._stance import Subject, client_of, read_structure_of, structure_asked_of
from graphcrm.services._structure import known_client

WORLDS = 200
"""How many worlds are drawn: enough that a share is right to some three points of 100."""
SWAYED = 40_000
"""At a client of more than 200 people as many worlds as make so many rankings of somebody: their cost grows with the
square of the people. A share is then right to :attr:`NextQuestions.error`."""
LEAST_WORLDS = 25
SEED = 20_031
"""The same draw every time, so that the same facts give the same numbers."""
SHOWN = 5
KNOWING = frozenset({"champion", "coach", "influencer", "gatekeeper", "procurement"})
"""Roles whose holders are likely to know who sways whom."""

Told = tuple[str, Mapping[str, Any]]
"""A sentence: its code and its fields; see :mod:`graphcrm.domain.messages`."""


@dataclass(frozen=True, slots=True)
class NextQuestions:
    """The uncertainty of one client's ranking as of a day.

    Attributes:
        stability: by person id, how often each is among the first ``top``.
        questions: whose answers would change the first ``top``, the most telling first.
        evidence: every tie that a question may concern, by id.
    """

    client_id: str
    client_name: str
    structure: PowerStructure
    top: int
    worlds: int
    stability: Mapping[str, Stability]
    questions: tuple[Question, ...]
    evidence: Mapping[str, Evidence]
    asked: tuple[Asked, ...]

    @property
    def error(self) -> float:
        """The standard error of a share of the worlds, at most: that of a half."""
        return 0.5 / self.worlds**0.5

    def could_find_out(self, question: Question) -> tuple[CouldFindOut, ...]:
        """Our employees best placed to find the answer, each over their best contact there, the best first."""
        here = question.person_id in self.structure.by_id
        return could_find_out(self.structure, KNOWING, question.person_id if here else question.target_id)

    def question_told(self, question: Question) -> Told:
        """The sentence of a question."""
        names, person = self.structure.names, self.structure.by_id.get(question.person_id)
        params: dict[str, Any] = {"person": names.get(question.person_id, question.person_id)}
        if question.target_id:
            params["target"] = names.get(question.target_id, question.target_id)
        if question.kind == "role_so" and person:
            params["roles"] = tuple(sorted(person.roles))
        return f"ask_{question.kind}", params

    def answer_told(self, question: Question, answer: PossibleAnswer) -> Told:
        """The sentence of an answer."""
        if answer.code == "level":
            return "answer_level", {"level": answer.level}
        if question.kind == "role" and answer.code != "none":
            return "answer_role", {"role": answer.code}
        return f"answer_{answer.code}", {}

    def effects_told(self, answer: PossibleAnswer) -> Iterator[Told]:
        """What an answer would do to the first ``top``, in sentences."""
        names, top = self.structure.names, {"top": self.top}
        if answer.first:
            yield "effect_first", {"person": names[answer.first]}
        if answer.entering:
            come, gone = (tuple(names[one] for one in ids) for ids in (answer.entering, answer.leaving))
            yield "effect_exchange", {**top, "entering": come, "leaving": gone}
        elif not answer.first:
            yield ("effect_order" if answer.change > 0 else "effect_same"), top


def next_questions(
    db: Database, viewer: Viewer, subject: Subject, *, as_of: date, weights: PowerWeights | None = None
) -> NextQuestions:
    """How sure the ranking of a client's people is, and what to find out.

    Raises:
        NotFound: there is no such client, or no such deal there.
    """
    client_id = client_of(subject)
    facts = known_client(db, client_id)
    structure = read_structure_of(db, viewer, subject, as_of)
    stable, asks = _drawn(structure, weights or PowerWeights())
    return NextQuestions(
        client_id=client_id,
        client_name=facts.name,
        structure=structure,
        top=min(TOP, len(stable)),
        worlds=_worlds(structure),
        stability=stable,
        questions=asks,
        evidence=evidence(structure, facts.name),
        asked=structure_asked_of(subject, as_of),
    )


def _worlds(structure: PowerStructure) -> int:
    return min(WORLDS, max(LEAST_WORLDS, SWAYED // max(len(structure.people), 1)))


@lru_cache(maxsize=64)
def _drawn(structure: PowerStructure, weights: PowerWeights) -> tuple[Mapping[str, Stability], tuple[Question, ...]]:
    """Remembered by the whole structure: a changed tie, or one that a viewer may not see, makes another structure."""
    scored = Scored(draw_worlds(structure, np.random.default_rng(SEED), _worlds(structure)), weights)
    return stability(scored), tuple(questions(scored))
