"""The base analysis (C1.1-C1.8) as a report that a manager reads in a minute."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from graphcrm.domain.base_analysis import Answer, CouldFindOut, NamedPerson
from graphcrm.domain.messages import QUESTIONS, STATUSES
from graphcrm.i18n import plural
from graphcrm.i18n import translate as _
from graphcrm.services.base_analysis import ClientAnalysis
from graphcrm.ui.components.chips import chip, show_chips, value_chip
from graphcrm.ui.components.computed import how_computed
from graphcrm.ui.components.edit_dialogs import add_tie_button, edit_tie_button
from graphcrm.ui.components.formats import day, safe, share
from graphcrm.ui.components.log_contact import log_contact_button
from graphcrm.ui.components.person_link import person_link
from graphcrm.ui.components.person_ties import proof
from graphcrm.ui.components.reasons import sentence

SHOWN = 4
WRITTEN_AS = {"C1.1": "FIRST_CONTACT"} | dict.fromkeys(("C1.3", "C1.4", "C1.5", "C1.6", "C1.7"), "STAKEHOLDER_IN")
"""The tie of the client in which an answer is recorded; another contact (C1.2) is logged, which begins the coverage."""
SHADES = {"known": "#1b7f4d", "partly": "#c06a1c", "not_known": "#b3322e"}


def render_base_analysis(result: ClientAnalysis) -> None:
    """Draw the answers one under another, each with its proof or with who could find it out."""
    analysis = result.analysis
    known = sum(answer.status == "known" for answer in analysis.answers)
    st.subheader(_("Base analysis"), anchor=False)
    st.caption(
        _(
            "{known} of {all} questions answered in full, as of {day}",
            known=known,
            all=len(analysis.answers),
            day=day(analysis.as_of),
        )
    )
    with st.container(gap="small"):
        for answer in analysis.answers:
            st.html('<hr class="gc-rule">')
            _answer(answer, result)
    how_computed(
        result.asked,
        _(
            "Who decides and who pays: the roles recorded on the tie to the client. Who influences: the roles, "
            "and everybody who sways a decider by at least 10 % over chains of at most three ties. Known: at "
            "least one answer with a confidence of 50 % or more and nothing missing. Who could find out: by "
            "depth, strength and freshness of the contact, whether the contact is on our side, and whether its "
            "own role touches the question."
        ),
        key="base-analysis",
    )


def _answer(answer: Answer, result: ClientAnalysis) -> None:
    left, right = st.columns([1.1, 2.6], gap="large")
    with left:
        question = _(QUESTIONS[answer.question_id])
        st.html(f'<span class="gc-id">{answer.question_id}</span><p class="gc-question">{safe(question)}</p>')
        show_chips([chip(_(STATUSES[answer.status]), SHADES[answer.status])])
    with right:
        if answer.score is not None:
            _knowledge(answer)
        for person in answer.people[:SHOWN]:
            _person(person, answer.question_id)
        if len(answer.people) > SHOWN:
            with st.expander(plural("{n} more", "{n} more", len(answer.people) - SHOWN)):
                for person in answer.people[SHOWN:]:
                    _person(person, answer.question_id)
        if answer.question_id == "C1.2" and not answer.people and answer.status == "partly":
            st.html(f'<p class="gc-note">{safe(_("No other contact is known."))}</p>')
        if not answer.people and answer.status == "known" and answer.score is None:
            st.html(f'<p class="gc-note">{safe(_("Nobody: this is known."))}</p>')
        if answer.missing:
            st.html(f'<p class="gc-missing">{safe(sentence(answer.missing))}</p>')
            _helpers(answer.could_find_out)
        tie_type = WRITTEN_AS.get(answer.question_id)
        if tie_type:
            key = f"answer-{answer.question_id}"
            add_tie_button(_("Add an answer"), tie_type, result.client_id, result.client_name, key)
        elif answer.question_id == "C1.2":
            log_contact_button("answer-C1.2", client_id=result.client_id)


def _person(person: NamedPerson, question_id: str) -> None:
    with st.container(gap=None):
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            person_link(person.name, person.id)
            if person.tie_id:
                edit_tie_button(person.id, person.name, person.tie_id, f"{question_id}-{person.tie_id}")
            roles = [value_chip("role", role) for role in person.roles]
            chips = "".join([*roles, value_chip("coverage", person.coverage)])
            where = " · ".join(part for part in (person.title, person.organization) if part)
            if chips or where:
                st.html(f'{chips}<span class="gc-note">{safe(where)}</span>', width="content")
        shown = _proof(person, question_id)
        if person.employee:
            made = question_id == "C1.1"
            text = _("contact made by {employee}") if made else _("contact kept by {employee}")
            shown = f"{text.format(employee=person.employee)} · {shown}"
        notes = [_sways(person), shown]
        st.html("".join(f'<p class="gc-note">{safe(note)}</p>' for note in notes if note))


def _sways(person: NamedPerson) -> str:
    if not person.sways:
        return ""
    people = ", ".join(f"{name} {share(chance)}" for name, chance in person.sways[:3])
    if not person.through:
        return _("sways {people}", people=people)
    return _("sways {people}, over {through}", people=people, through=" → ".join(person.through))


def _proof(person: NamedPerson, question_id: str) -> str:
    if question_id == "C1.2":
        return _("last contact {date}", date=day(person.on)) if person.on else _("last contact not known")  # type: ignore[arg-type]
    return proof(person.confidence, person.source, person.on, dated=question_id == "C1.1")


def _knowledge(answer: Answer) -> None:
    score = answer.score
    if score is None or score.value is None:
        return
    st.html(
        f'<div class="gc-power">{safe(share(score.value))}</div>'
        f'<div class="gc-track"><i style="left:0;width:{score.value:.1%};background:{SHADES[answer.status]}"></i></div>'
    )
    with st.expander(_("What this is made of")):
        rows = "".join(
            f"<li>{safe(sentence(reason.code, reason.params))}"
            f"<small>{safe(_('weight {weight}', weight=share(reason.weight)))}</small></li>"
            for reason in score.reasons
        )
        st.html(f'<ul class="gc-proof">{rows}</ul>')


def _helpers(helpers: Sequence[CouldFindOut]) -> None:
    if not helpers:
        st.html(f'<p class="gc-note">{safe(_("Nobody of ours has a contact there who could be asked."))}</p>')
        return
    with st.container(gap=None):
        st.html(f'<p class="gc-note">{safe(_("Could find out:"))}</p>')
        for helper in helpers:
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                person_link(helper.employee_name, helper.employee_id)
                st.html(f'<span class="gc-note">{safe(_why(helper))}</span>', width="content")


def _why(helper: CouldFindOut) -> str:
    touched = helper.last_contact
    when = _("last contact {date}", date=day(touched)) if touched else _("last contact not known")
    if helper.guide:
        return _("is in touch with {person}, who is on our side; {when}", person=helper.person_name, when=when)
    return _("is in touch with {person}; {when}", person=helper.person_name, when=when)
