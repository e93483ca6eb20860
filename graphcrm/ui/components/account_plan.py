"""The account plan of a client on one page (D1): goal, steps, key figures, risks; each with what can be done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import streamlit as st

from graphcrm.bootstrap import App
from graphcrm.documents import FORMS
from graphcrm.domain.account_plan import PlanFigure, Threat
from graphcrm.domain.viewer import Viewer
from graphcrm.i18n import language
from graphcrm.i18n import translate as _
from graphcrm.queries.account_plan import PlanRisk, PlanStep
from graphcrm.services import account_plan as service
from graphcrm.services.account_plan import AccountPlan
from graphcrm.ui import session
from graphcrm.ui.components.account_plan_forms import edit_button, new_button, state_buttons, wishes_button
from graphcrm.ui.components.chips import chip, value_chip
from graphcrm.ui.components.client_header import facts_grid
from graphcrm.ui.components.computed import how_computed
from graphcrm.ui.components.empty import empty
from graphcrm.ui.components.formats import day, days_from, number, plain, safe
from graphcrm.ui.components.person_link import person_link
from graphcrm.ui.components.power_weights import chosen_weights
from graphcrm.ui.components.reasons import points, tie_line
from graphcrm.ui.components.stance import chosen_subject

PROGRESS = {"reached": "#2f8f5b", "short": "#c06a1c", "not_known": "#7a828c"}


def render_account_plan(app: App, viewer: Viewer, client_id: str, as_of: date) -> None:
    """Draw the tab."""
    found = service.account_plan(app.database, viewer, chosen_subject(client_id), as_of=as_of, weights=chosen_weights())
    _goal(found)
    if found.plan is not None:
        _steps(found)
    _figures(found)
    _risks(found)
    _gaps(found)
    how_computed(
        found.asked,
        _(
            "The plan in force is the newest that has begun and is not closed. Key figures and their power are those "
            "of the tab Key figures. The risks from what is known: all contact on one thread, people about to leave, "
            "a veto that nobody who backs us answers (more likely than not), somebody without whom we no longer reach "
            "those who decide, key figures nobody covers."
        ),
        key="account-plan",
    )


def _goal(found: AccountPlan) -> None:
    plan = found.plan
    st.subheader(_("Account plan"), anchor=False)
    if plan is None:
        empty(
            _("There is no account plan for this client."),
            _("Write down what we want and by when; then steps, and whose attitude must change."),
        )
        with st.container(horizontal=True, gap="small"):
            new_button(
                _("Begin an account plan"), "AccountPlan", found, "plan-new", begun=session.current_app().today()
            )
            _downloads(found)
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.html(f'<p class="gc-question">{safe(plan.goal)}</p>', width="content")
        edit_button("AccountPlan", plan.id, found, "plan-edit")
        _downloads(found)
    if plan.description:
        st.markdown(plain(plan.description))
    facts = dict(service.goal_facts(plan))
    late = [days_from(plan.due, found.as_of) if plan.due else "", "", "", ""]
    facts_grid((name, value, small) for (name, value), small in zip(facts.items(), late, strict=True))


def _downloads(found: AccountPlan) -> None:
    """One button for each form of the document, each made when it is asked for."""
    names = {"pdf": _("PDF"), "docx": _("Word"), "md": _("Markdown"), "text": _("Text"), "json": _("JSON")}
    with st.popover(_("Download the plan"), icon=":material/download:", key="plan-files"):
        for form, name in names.items():
            st.download_button(
                name, _maker(found, form), f"account-plan-{found.facts.id}.{FORMS[form].ending}",
                FORMS[form].media_type, key=f"plan-{form}", on_click="ignore", width="stretch",
            )  # fmt: skip


def _maker(found: AccountPlan, form: str) -> Callable[[], bytes]:
    spoken = language()  # the session is not at hand where the file is made
    return lambda: FORMS[form].write(service.plan_document(found, spoken))


def _steps(found: AccountPlan) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"#### {_('Steps')}", width="content")
        new_button(_("Add a step"), "PlanStep", found, "plan-step-new")
    if not found.steps:
        st.html(f'<p class="gc-missing">{safe(_("No step is written down."))}</p>')
    closed = [step for step in found.steps if step.state != "open"]
    for step in found.steps:
        if step.state == "open":
            _step(found, step)
    if closed:
        with st.expander(f"{_('Done and dropped')} · {number(len(closed))}", key="plan-steps-closed"):
            for step in closed:
                _step(found, step)


def _step(found: AccountPlan, step: PlanStep) -> None:
    with st.container(border=True, gap="xxsmall", key=f"step-{step.id}"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.html(_when(found, step), width="content")
            st.html(f"<span>{safe(step.owner or _('nobody does it yet'))}</span>", width="content")
            if step.person_id and step.person:
                person_link(step.person, step.person_id)
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", gap="small"):
            st.html(f"<span>{safe(step.name)}</span>", width="content")
            with st.container(horizontal=True, gap="xsmall", width="content"):
                if step.state == "open":
                    state_buttons("PlanStep", step.id, ("done", "dropped"), "plan_step_state")
                edit_button("PlanStep", step.id, found, f"edit-{step.id}")
        if step.outcome:
            st.html(f'<p class="gc-note">{safe(_("Outcome: {outcome}", outcome=step.outcome))}</p>')


def _when(found: AccountPlan, step: PlanStep) -> str:
    if step.state != "open":
        return value_chip("plan_step_state", step.state) + (f" {safe(day(step.closed))}" if step.closed else "")
    if step.due is None:
        return chip(_("no day set"))
    told = f"{day(step.due)} · {days_from(step.due, found.as_of)}"
    return chip(f"{_('Overdue')}: {told}", "#b3322e") if found.overdue(step) else chip(told, "#2f7fb8")


def _figures(found: AccountPlan) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"#### {_('Key figures')}", width="content")
        wishes_button(found)
    if not found.figures:
        st.html(f'<p class="gc-missing">{safe(_("No key figure is known."))}</p>')
    for one in found.figures:
        _figure(one)


def _figure(one: PlanFigure) -> None:
    with st.container(border=True, key=f"figure-{one.person_id}"):
        who, stance, ours = st.columns([3, 4, 2.5], vertical_alignment="center")
        with who, st.container(gap="xxsmall"):
            person_link(one.name, one.person_id)
            power = _("power {points} of 100", points=points(one.figure.score.value)) if one.figure else ""
            told = " · ".join(part for part in (one.title, power) if part)
            st.html(f'<p class="gc-note">{safe(told)}</p>')
        with stance:
            st.html(f'<div class="gc-chips">{_stance(one)}</div>')
        with ours:
            team = ", ".join(one.covered_by)
            told = _("in contact: {people}", people=team) if team else _("Nobody of ours is in contact.")
            st.html(f'<p class="{"gc-note" if team else "gc-missing"}">{safe(told)}</p>')


def _stance(one: PlanFigure) -> str:
    now = value_chip("support", one.support)
    if one.wanted is None:
        return f'{now} <span class="gc-note">{safe(_("no wish"))}</span>'
    state = chip(
        {"reached": _("reached"), "short": _("not yet"), "not_known": _("not known whether reached")}[one.progress],
        PROGRESS[one.progress],
    )
    return f'{now} <span aria-hidden="true">→</span> {value_chip("support", one.wanted)} {state}'


def _risks(found: AccountPlan) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"#### {_('Risks')}", width="content")
        if found.plan is not None:
            new_button(_("Add a risk"), "PlanRisk", found, "plan-risk-new")
    if not found.threats and not found.risks:
        st.html(f'<p class="gc-missing">{safe(_("No risk is known."))}</p>')
    if found.threats:
        st.html(f'<p class="gc-question">{safe(_("From what is known of the client"))}</p>')
    for place, threat in enumerate(found.threats):
        _threat(found, threat, f"threat-{place}")
    if found.risks:
        st.html(f'<p class="gc-question">{safe(_("Written down"))}</p>')
    for risk in found.risks:
        _risk(found, risk)


def _threat(found: AccountPlan, threat: Threat, key: str) -> None:
    """The sentence, the people, the ties it rests on; and a step against it."""
    said = service.threat_line(threat)
    with st.container(border=True, gap="xxsmall", key=key):
        st.html(f"<span>{safe(said)}</span>")
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            theirs = [one for one in threat.person_ids if one in found.structure.by_id]
            for one in theirs:
                person_link(found.structure.names[one], one)
            if found.plan is not None:
                person = theirs[0] if theirs else None
                new_button(_("Add a step against it"), "PlanStep", found, f"{key}-step", person_id=person)
        ties = [tie_line(found.evidence[fact.id]) for fact in threat.facts if fact.id in found.evidence]
        if ties:
            with st.expander(_("Why: what it rests on"), key=f"{key}-why"):
                st.html(f'<ul class="gc-proof">{"".join(dict.fromkeys(ties))}</ul>')


def _risk(found: AccountPlan, risk: PlanRisk) -> None:
    with st.container(border=True, gap="xxsmall", key=f"risk-{risk.id}"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            state = value_chip("plan_risk_state", risk.state) if risk.state != "open" else ""
            grave = value_chip("risk_severity", risk.severity) or chip(_("not known how grave"))
            st.html(f"{state} {grave}", width="content")
            if risk.owner:
                st.html(f"<span>{safe(risk.owner)}</span>", width="content")
            if risk.person_id and risk.person:
                person_link(risk.person, risk.person_id)
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", gap="small"):
            st.html(f"<span>{safe(risk.name)}</span>", width="content")
            with st.container(horizontal=True, gap="xsmall", width="content"):
                if risk.state == "open":
                    state_buttons("PlanRisk", risk.id, ("averted", "occurred"), "plan_risk_state")
                edit_button("PlanRisk", risk.id, found, f"edit-{risk.id}")
        answer = risk.answer or _("What we do about it is not written down.")
        st.html(f'<p class="gc-note">{safe(answer)}</p>')


def _gaps(found: AccountPlan) -> None:
    gaps = list(service.plan_gaps(found))
    if gaps and found.plan is not None:
        st.markdown(f"#### {_('What the plan leaves open')}")
        st.html("".join(f'<p class="gc-missing">{safe(gap)}</p>' for gap in gaps))
