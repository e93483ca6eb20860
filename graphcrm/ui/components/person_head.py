"""The head of a person's page: who they are, where they stand, what they think of us."""

from __future__ import annotations

from datetime import date

import streamlit as st

from graphcrm.i18n import language, plural
from graphcrm.i18n import translate as _
from graphcrm.services.person import PersonView
from graphcrm.ui.components.chips import REPORT_CSS, chip, show_chips, value_chip
from graphcrm.ui.components.client_header import facts_grid
from graphcrm.ui.components.edit_dialogs import edit_buttons
from graphcrm.ui.components.edit_leaving import leaves_button
from graphcrm.ui.components.formats import day, days_from, number, plain
from graphcrm.ui.components.log_contact import log_contact_button
from graphcrm.ui.components.person_link import client_link, way_back
from graphcrm.ui.components.person_ties import stance_chip
from graphcrm.vocabulary import VOCABULARY


def render_person_head(view: PersonView, as_of: date) -> None:
    """Draw name, jobs, chips and the facts that matter."""
    st.html(REPORT_CSS)
    clients = {job.organization_id: job.organization_name for job in view.jobs if job.at_client and job.current}
    clients |= {stake.subject_id: stake.subject_name for stake in view.stakes if stake.subject_kind == "client"}
    with st.container(horizontal=True):
        way_back()
        for client_id, name in clients.items():
            client_link(name, client_id, icon=":material/domain:")
    st.title(plain(view.name), anchor=False)
    st.caption(plain(" · ".join(_lines(view))))
    show_chips(_chips(view))
    facts_grid(_facts(view, as_of))
    with st.container(horizontal=True, gap="small"):
        edit_buttons(view.id, view.name, "person")
        if any(job.current for job in view.jobs) and view.presence != "vacant":
            leaves_button(view.id, view.name, "person-leaves")
        if not view.is_ours:
            log_contact_button("log-person", person_id=view.id)
    if view.withheld:
        st.caption(_("Facts that your role does not see are left out of this page."))


def _lines(view: PersonView) -> list[str]:
    lines = [view.latin_name] if view.latin_name and view.latin_name != view.name else []
    jobs = {job.id: ", ".join(filter(None, (job.title, job.organization_name))) for job in view.jobs}
    if current := [jobs[job.id] for job in view.jobs if job.current]:
        return [*lines, *current]
    if jobs:
        told = _("no place of work on this day; at another time: {jobs}", jobs="; ".join(jobs.values()))
        return [*lines, told]
    return [*lines, _("no place of work is known")]


def _chips(view: PersonView) -> list[str]:
    chips = []
    if view.presence != "known":
        chips.append(value_chip("presence", view.presence))
    if view.status and view.status != "active":
        chips.append(value_chip("person_status", view.status))
    stakes = [stake for stake in view.stakes if stake.current]
    standing = [stake for stake in stakes if stake.subject_kind == "client"] or stakes
    chips += [value_chip("role", role) for role in dict.fromkeys(role for stake in stakes for role in stake.roles)]
    if standing:
        chips.append(stance_chip(standing[0].support))
        if standing[0].political_status not in (None, "unknown"):
            chips.append(value_chip("political_status", standing[0].political_status))
    if view.is_ours:
        kind = VOCABULARY.nodes["Person"]
        chips.append(chip(kind.secondary["Employee"].name_in(language()), kind.color))
    return chips


def _facts(view: PersonView, as_of: date) -> list[tuple[str, str, str]]:
    facts = [(_("Power"), *_power(view)), (_("Rank by power"), *_rank(view))] if view.power else []
    covering = [tie for tie in view.coverage if tie.outgoing and tie.coverage not in ("none", "unknown")]
    if view.is_ours:
        covered = sum(not tie.outgoing for tie in view.coverage)
        facts.append((_("Covers"), plural("{n} person", "{n} people", covered), ""))
    else:
        names = ", ".join(tie.other_name for tie in covering)
        facts.append((_("Covered by"), names or _("nobody of ours"), ""))
    last = max(
        [item.date for item in view.interactions] + [tie.last_contact for tie in view.coverage if tie.last_contact],
        default=None,
    )
    facts.append((_("Last contact"), days_from(last, as_of) if last else _("not known"), day(last) if last else ""))
    if view.occasions and view.occasions[0].next_on:
        first = view.occasions[0]
        facts.append((_("Next date"), days_from(first.next_on, as_of), f"{day(first.next_on)} · {first.name}"))
    return facts


def _power(view: PersonView) -> tuple[str, str]:
    first = view.power[0]
    score = first.figure.score
    if score.value is None:
        return _("not known"), first.client_name
    value = _("{points} of 100", points=number(100 * score.value))
    if score.is_uncertain:
        value_range = _("{low} to {high} of 100", low=number(100 * score.low), high=number(100 * score.high))
        return value, _("could be {range}", range=value_range)
    return value, first.client_name


def _rank(view: PersonView) -> tuple[str, str]:
    first = view.power[0]
    chart = first.figure.formal_rank
    rank = _("{rank} of {people}", rank=first.figure.rank, people=first.people)
    return rank, _("by the chart alone: {rank}", rank=chart) if chart else _("the chart does not tell")
