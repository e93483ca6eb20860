"""The next best question (C1.8, C2.1): which one fact would most change the ranking, and how sure the ranking is."""

from __future__ import annotations

from datetime import date

import streamlit as st

from graphcrm.bootstrap import App
from graphcrm.domain.next_question import Question
from graphcrm.domain.viewer import Viewer
from graphcrm.i18n import translate as _
from graphcrm.services.next_question import NextQuestions, next_questions
from graphcrm.ui.components.chips import chip, show_chips
from graphcrm.ui.components.computed import how_computed
from graphcrm.ui.components.edit_dialogs import learn_button
from graphcrm.ui.components.empty import empty
from graphcrm.ui.components.formats import number, safe, share
from graphcrm.ui.components.knowledge import render_helpers, render_knowledge
from graphcrm.ui.components.power_weights import chosen_weights
from graphcrm.ui.components.reasons import sentence
from graphcrm.ui.components.stance import chosen_subject

SHOWN = 3
WRITTEN_AS = {"role": "STAKEHOLDER_IN", "role_so": "STAKEHOLDER_IN", "level": "WORKS_AT",
              "tie_so": "INFLUENCES", "strength": "INFLUENCES"}  # fmt: skip


def stability_note(found: NextQuestions, person_id: str) -> str:
    """How often a person stays among the first, as plain text."""
    one = found.stability.get(person_id)
    if one is None:
        return ""
    counted = _("among the first {top} in {n} of 100 resamplings", top=found.top, n=number(100 * one.in_top))
    span = number(one.low) if one.low == one.high else f"{number(one.low)}–{number(one.high)}"
    return f"{counted}; " + _("rank there {span}", span=span)


def render_gaps(app: App, viewer: Viewer, client_id: str, as_of: date) -> None:
    """Draw the tab: the next best question, then what we know and what we do not."""
    subject = chosen_subject(client_id)
    render_next_question(next_questions(app.database, viewer, subject, as_of=as_of, weights=chosen_weights()))
    render_knowledge(app, viewer, client_id, as_of)


def render_next_question(found: NextQuestions) -> None:
    """The questions whose answers would change the ranking most, each with its answers and who could ask."""
    st.subheader(_("The next best question"), anchor=False)
    if found.top < 2:
        empty(_("With fewer than two people known there is no ranking to change."))
    elif not found.questions:
        empty(
            _("No single fact would change the first {top}.", top=found.top),
            _("What is known is sure enough, or two facts at once would have to be otherwise."),
        )
    for position, question in enumerate(found.questions[:SHOWN]):
        _question(found, question, position)
    how_computed(
        found.asked,
        _(
            "{worlds} worlds are drawn in which each uncertain tie and role holds with its confidence, unknown "
            "strengths, roles and levels take each of their values by chance, and the power score is computed anew. "
            "A question is worth the mean change of the first five over its answers, by average overlap: 0 % when they "
            "stand as they did, 100 % when they are five others. The same seed every time. How often somebody is among "
            "the first is right to {error} (one standard error).",
            worlds=found.worlds,
            error=share(found.error),
        ),
        key="next-question",
    )


def _question(found: NextQuestions, question: Question, position: int) -> None:
    with st.container(border=True, gap="xsmall"):
        what, who, act = st.columns([4.4, 3, 1.5], vertical_alignment="center")
        with what:
            asked = safe(sentence(*found.question_told(question)))
            st.html(f'<p class="gc-question">{asked}</p>{_answers(found, question)}')
            show_chips([chip(_("changes the first {top} by {value}", top=found.top, value=share(question.value)))])
        with who:
            render_helpers(found.could_find_out(question))
        with act:
            about = (question.person_id, found.structure.names.get(question.person_id, question.person_id))
            kind, client = WRITTEN_AS[question.kind], found.client_id
            learn_button(_("Enter"), kind, about, client, f"ask-{position}", question.tie_id or "")


def _answers(found: NextQuestions, question: Question) -> str:
    telling = [answer for answer in question.answers if answer.change > 0]
    rows = "".join(
        f"<li>{safe(sentence(*found.answer_told(question, answer)))} ({safe(share(answer.chance))}): "
        f"{safe(' '.join(sentence(*told) for told in found.effects_told(answer)))}</li>"
        for answer in telling
    )
    rest = sum(answer.chance for answer in question.answers if answer.change == 0)
    if rest > 0:
        same = sentence("effect_same", {"top": found.top})
        rows += f"<li>{safe(_('Any other answer'))} ({safe(share(rest))}): {safe(same)}</li>"
    return f'<ul class="gc-proof">{rows}</ul>'
