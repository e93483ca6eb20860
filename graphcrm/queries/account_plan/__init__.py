"""The account plan of a client (D1): the goal, its steps and risks, whom it seeks to win."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from graphcrm.database.connection import Database
from graphcrm.queries.binder import cypher


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """An account plan. ``share_now`` and ``share_wanted``: our share of what they buy, 0-100."""

    id: str
    goal: str
    description: str | None
    begun: date | None
    due: date | None
    value: float | None
    currency: str | None
    share_now: float | None
    share_wanted: float | None
    owner_id: str | None
    owner: str | None


@dataclass(frozen=True, slots=True)
class PlanStep:
    """A step. ``state`` is that of the day asked about, a code of ``plan_step_state``."""

    id: str
    name: str
    due: date | None
    state: str
    closed: date | None
    outcome: str | None
    owner_id: str | None
    owner: str | None
    person_id: str | None
    person: str | None
    is_family: bool


@dataclass(frozen=True, slots=True)
class PlanRisk:
    """A risk written by hand. ``state`` is that of the day, a code of ``plan_risk_state``."""

    id: str
    name: str
    severity: str | None
    state: str
    closed: date | None
    answer: str | None
    owner_id: str | None
    owner: str | None
    person_id: str | None
    person: str | None
    is_family: bool


@dataclass(frozen=True, slots=True)
class PlanTarget:
    """Whose support the plan seeks, and what attitude it wants of them. ``tie_id``: of SEEKS_SUPPORT_OF."""

    tie_id: str
    person_id: str
    person: str
    support_wanted: str
    sensitivity: str | None
    is_family: bool


@dataclass(frozen=True, slots=True)
class PlanOverview:
    """The state of one client's plan: how many steps are open, how many of them overdue."""

    client_id: str
    client_name: str
    plan_id: str | None
    goal: str | None
    due: date | None
    owner: str | None
    open_steps: int
    overdue_steps: int


@cypher
def account_plan(db: Database, *, client_id: str, as_of: date) -> PlanFacts | None: ...
@cypher
def account_plan_steps(db: Database, *, plan_id: str, as_of: date) -> list[PlanStep]: ...
@cypher
def account_plan_risks(db: Database, *, plan_id: str, as_of: date) -> list[PlanRisk]: ...
@cypher
def account_plan_targets(db: Database, *, plan_id: str, as_of: date) -> list[PlanTarget]: ...
@cypher
def account_plans(db: Database, *, as_of: date) -> list[PlanOverview]: ...
