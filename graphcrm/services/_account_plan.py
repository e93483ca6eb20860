"""The account plan of a client as a result, and in words as a document. Shared; not a service itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextvars import copy_context
from dataclasses import dataclass
from datetime import date

from graphcrm.documents.model import Document, Line, flat, table
from graphcrm.domain.account_plan import PlanFigure, Threat
from graphcrm.domain.map_health import CoverageSummary, MapHealth
from graphcrm.domain.power_map import PowerMap
from graphcrm.domain.structure import PowerStructure
from graphcrm.formats import money
from graphcrm.i18n import language, use_language
from graphcrm.i18n import translate as _
from graphcrm.queries.account_plan import PlanFacts, PlanRisk, PlanStep
from graphcrm.queries.binder import Asked
from graphcrm.queries.client import ClientFacts
from graphcrm.services._evidence import Evidence
from graphcrm.services._power_map_drawing import power_map_drawing
from graphcrm.services._wording import day, number, percent, sentence, value_name


@dataclass(frozen=True, slots=True)
class AccountPlan:
    """The account plan of a client as of a day.

    Attributes:
        plan: the plan in force; None if there is none: then steps and risks are empty, but figures and threats are not.
        steps: open ones first, by when they are due, then those that are done or dropped.
        risks: those that were written down, open ones first, the gravest first.
        threats: those that follow from what is known of the client.
        map: for the picture. evidence: every tie that a threat may name, by id.
    """

    facts: ClientFacts
    as_of: date
    plan: PlanFacts | None
    steps: tuple[PlanStep, ...]
    risks: tuple[PlanRisk, ...]
    threats: tuple[Threat, ...]
    figures: tuple[PlanFigure, ...]
    health: MapHealth
    coverage: CoverageSummary
    map: PowerMap
    evidence: Mapping[str, Evidence]
    asked: tuple[Asked, ...]

    @property
    def structure(self) -> PowerStructure:
        """The power structure that figures and threats rest on."""
        return self.map.structure

    def overdue(self, step: PlanStep) -> bool:
        """Whether a step is open after its day."""
        return step.state == "open" and step.due is not None and step.due < self.as_of


def threat_line(threat: Threat) -> str:
    """A risk that follows from what is known, in a sentence."""
    return sentence(threat.code, threat.params)


def plan_gaps(found: AccountPlan) -> Iterator[str]:
    """What the plan itself leaves open, in sentences."""
    plan = found.plan
    if plan is None:
        yield _("There is no account plan for this client.")
        return
    if plan.due is None:
        yield _("By when the goal is to be reached is not written down.")
    if plan.value is None and plan.share_wanted is None:
        yield _("What the goal is worth to us is not written down.")
    if plan.owner is None:
        yield _("Nobody leads the plan.")
    steps = [step for step in found.steps if step.state == "open"]
    if not steps:
        yield _("No step is open.")
    for step in steps:
        if step.owner is None or step.due is None:
            yield _("Without owner or day: {step}", step=step.name)
    unwanted = [one.name for one in found.figures if one.wanted is None]
    if unwanted:
        yield _("Of these key figures it is not said what attitude we want: {people}.", people=", ".join(unwanted))


def goal_facts(plan: PlanFacts) -> Iterator[tuple[str, str]]:
    """(name, value) of what the goal is measured by."""
    yield _("To be reached by"), day(plan.due) or _("not known")
    yield _("Worth to us"), _worth(plan)
    yield _("Our share of what they buy"), _share(plan)
    yield _("Who leads it"), plan.owner or _("nobody yet")


def _worth(plan: PlanFacts) -> str:
    if plan.value is None:
        return _("not known")
    return money(plan.value, plan.currency) if plan.currency else number(plan.value)


def _share(plan: PlanFacts) -> str:
    now, wanted = (_("not known") if one is None else percent(one / 100) for one in (plan.share_now, plan.share_wanted))
    if plan.share_now is None and plan.share_wanted is None:
        return _("not known")
    return _("{now}, wanted {wanted}", now=now, wanted=wanted)


def progress_words(figure: PlanFigure) -> str:
    """How far somebody is from the attitude that is wanted."""
    return {
        "reached": _("yes"),
        "short": _("not yet"),
        "not_known": _("not known"),
        "no_wish": "",
    }[figure.progress]


def step_state(found: AccountPlan, step: PlanStep) -> str:
    """The state of a step in words; an open one after its day is overdue."""
    told = _("Overdue") if found.overdue(step) else value_name("plan_step_state", step.state)
    return f"{told} ({day(step.closed)})" if step.closed else told


def plan_document(found: AccountPlan, spoken: str | None = None) -> Document:
    """The plan as a document in the language ``spoken`` ("en", "ru"), or in the one in use."""

    def write() -> Document:
        if spoken:
            use_language(spoken)
        title = _("{client}: account plan as of {day}", client=found.facts.name, day=day(found.as_of))
        return Document(flat(title), language(), found.as_of, tuple(_lines(found)))

    return copy_context().run(write)


def _lines(found: AccountPlan) -> Iterator[Line]:
    yield from _goal(found)
    yield Line("section", _("Key figures"))
    yield from _figures(found)
    yield Line("section", _("Steps"))
    yield from _steps(found)
    yield Line("section", _("Risks"))
    yield from _risks(found)
    gaps = [Line("gap", flat(text)) for text in plan_gaps(found)]
    if gaps:
        yield Line("section", _("What the plan leaves open"))
        yield from gaps
    if found.structure.people:
        yield Line("picture", _("Power map"), power_map_drawing(found.map))


def _goal(found: AccountPlan) -> Iterator[Line]:
    plan = found.plan
    yield Line("section", _("Goal"))
    if plan is None:
        yield Line("note", _("There is no account plan for this client."))
        return
    yield Line("value", flat(plan.goal))
    if plan.description:
        yield Line("note", flat(plan.description))
    yield from (Line("item", flat(f"{name}: {value}")) for name, value in goal_facts(plan))
    if found.structure.deal is not None:
        yield Line("item", flat(_("As people stand in the deal: {deal}", deal=found.structure.deal.name)))
    yield Line("item", _("Power map: {health}", health=value_name("map_health", str(found.health.level))))


def _figures(found: AccountPlan) -> Iterator[Line]:
    if not found.figures:
        yield Line("note", _("No key figure is known."))
        return
    heading = (_("Name"), _("Power"), _("Attitude now"), _("Attitude wanted"), _("Reached?"), _("In contact"))
    yield table(heading, (_figure(one) for one in found.figures))


def _figure(one: PlanFigure) -> tuple[str, ...]:
    score = one.figure.score.value if one.figure else None
    return (
        ", ".join(part for part in (one.name, one.title) if part),
        number(100 * score) if score is not None else "",
        value_name("support", one.support),
        value_name("support", one.wanted),
        progress_words(one),
        ", ".join(one.covered_by) or _("nobody"),
    )


def _steps(found: AccountPlan) -> Iterator[Line]:
    if not found.steps:
        yield Line("note", _("No step is written down."))
        return
    heading = (_("Step"), _("By when"), _("Who does it"), _("About"), _("State"))
    yield table(heading, (_step(found, one) for one in found.steps))


def _step(found: AccountPlan, step: PlanStep) -> tuple[str, ...]:
    what = f"{step.name}. {_('Outcome: {outcome}', outcome=step.outcome)}" if step.outcome else step.name
    return what, day(step.due), step.owner or "", step.person or "", step_state(found, step)


def _risks(found: AccountPlan) -> Iterator[Line]:
    if not found.threats and not found.risks:
        yield Line("note", _("No risk is known."))
    if found.threats:
        yield Line("question", _("From what is known of the client"))
    yield from (Line("gap", flat(threat_line(threat))) for threat in found.threats)
    if found.risks:
        yield Line("question", _("Written down"))
        heading = (_("Risk"), _("How grave"), _("What we do about it"), _("Who watches it"), _("State"))
        yield table(heading, (_risk(one) for one in found.risks))


def _risk(risk: PlanRisk) -> tuple[str, ...]:
    state = value_name("plan_risk_state", risk.state)
    return (
        risk.name,
        value_name("risk_severity", risk.severity),
        risk.answer or "",
        risk.owner or "",
        f"{state} ({day(risk.closed)})" if risk.closed else state,
    )
