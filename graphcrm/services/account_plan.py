"""The account plan of a client (D1): goal, key figures with attitude now and wanted, steps and risks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from graphcrm.database.connection import Database
from graphcrm.domain.account_plan import plan_figures, threats
from graphcrm.domain.key_players_question import Question, Wish
from graphcrm.domain.map_health import coverage_summary, map_health
from graphcrm.domain.power import PowerWeights, rank_key_figures
from graphcrm.domain.power_map import PowerMap
from graphcrm.domain.viewer import Viewer
from graphcrm.queries import account_plan as queries
from graphcrm.queries.account_plan import PlanFacts
from graphcrm.queries.binder import Asked, asked
from graphcrm.services._account_plan import AccountPlan, goal_facts, plan_document, plan_gaps, threat_line
from graphcrm.services._evidence import evidence
from graphcrm.services._stance import Subject, client_of, read_structure_of, structure_asked_of
from graphcrm.services._structure import known_client

__all__ = ["AccountPlan", "account_plan", "goal_facts", "plan_document", "plan_gaps", "threat_line"]

SEED = 2006
"""Where states of the network have to be drawn they are the same every time, so that the answer is too."""


def account_plan(
    db: Database, viewer: Viewer, subject: Subject, *, as_of: date, weights: PowerWeights | None = None
) -> AccountPlan:
    """The account plan of a client; attitudes are those in the deal, if one is named.

    Raises:
        NotFound: there is no such client, or no such deal there.
    """
    client_id = client_of(subject)
    facts = known_client(db, client_id)
    structure = read_structure_of(db, viewer, subject, as_of)
    figures = rank_key_figures(structure, weights)
    summary = coverage_summary(structure, figures)
    plan = queries.account_plan(db, client_id=client_id, as_of=as_of)
    question = Question(structure, np.random.default_rng(SEED), Wish(), weights or PowerWeights())
    given = {"plan_id": plan.id, "as_of": as_of} if plan else {}
    return AccountPlan(
        facts=facts,
        as_of=as_of,
        plan=plan,
        steps=_without_relatives(viewer, queries.account_plan_steps(db, **given)) if plan else (),  # type: ignore[arg-type]
        risks=_without_relatives(viewer, queries.account_plan_risks(db, **given)) if plan else (),  # type: ignore[arg-type]
        threats=threats(structure, summary, question),
        figures=plan_figures(structure, figures, _wishes(db, viewer, plan, as_of)),
        health=map_health(structure, figures),
        coverage=summary,
        map=PowerMap.of(client_id, facts.name, structure, figures),
        evidence=evidence(structure, facts.name),
        asked=_asked(subject, plan, as_of),
    )


def _wishes(db: Database, viewer: Viewer, plan: PlanFacts | None, as_of: date) -> dict[str, tuple[str, str, str]]:
    if plan is None:
        return {}
    rows = viewer.filter(queries.account_plan_targets(db, plan_id=plan.id, as_of=as_of))
    seen = (row for row in rows if viewer.sees("family") or not row.is_family)
    return {row.person_id: (row.person, row.support_wanted, row.tie_id) for row in seen}


def _without_relatives(viewer: Viewer, rows: Sequence[queries.PlanStep | queries.PlanRisk]) -> tuple:
    """Open ones first. Whom it is about is left out where that is somebody's relative whom the viewer may not know."""
    masked = [row if viewer.sees("family") or not row.is_family else replace(row, person_id=None, person=None)
              for row in rows]  # fmt: skip
    return tuple(sorted(masked, key=lambda row: row.state != "open"))


def _asked(subject: Subject, plan: PlanFacts | None, as_of: date) -> tuple[Asked, ...]:
    client_id = client_of(subject)
    found = [asked(queries.account_plan, client_id=client_id, as_of=as_of)]
    if plan is not None:
        given = {"plan_id": plan.id, "as_of": as_of}
        found += [
            asked(queries.account_plan_steps, **given),
            asked(queries.account_plan_risks, **given),
            asked(queries.account_plan_targets, **given),
        ]
    return (*found, *structure_asked_of(subject, as_of))
